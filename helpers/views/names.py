"""What notebooks show of names: mentions and whom they mean, forms and what they stand for, recogniser against rules.

>>> quantities("a 25 percent tariff")[["text", "value", "unit"]].values.tolist()
[['25 percent', '25', 'percent']]

The views only show what the steps have found; nothing is found here.
"""

import pandas as pd

from helpers.parse import Parsed
from helpers.records import Analysis, Span
from helpers.views.show import Shown, framed, marked_paragraphs

# The recogniser's label: in words, and how what our rules say begins where they agree. Amounts and dates are not compared.
RECOGNISED: dict[str, tuple[str, tuple[str, ...]]] = {
    "PERSON": ("person", ("person",)),
    "ORG": ("organisation", ("organisation",)),
    "GPE": ("country or town", ("country", "place")),
    "LOC": ("place", ("place",)),
    "FAC": ("building or road", ("place",)),
    "NORP": ("nationality or group", ("country",)),
    "EVENT": ("event", ("event",)),
    "LAW": ("law", ("agreement",)),
    "PRODUCT": ("product", ()),
    "WORK_OF_ART": ("work of art", ()),
    "LANGUAGE": ("language", ()),
}


def officials_marked(analysis: Analysis, most: int = 3) -> Shown:
    """The first paragraphs with the mentions of officials marked."""
    names: dict[tuple[int, int], list[str]] = {}
    for person in analysis.officials:
        for mention in person.mentions:
            names.setdefault((mention.span.start, mention.span.end), []).append(person.name)
    return marked_paragraphs(
        analysis.article, [(*place, " + ".join(who)) for place, who in sorted(names.items())], most
    )


def entity_counts(entities: pd.DataFrame) -> pd.DataFrame:
    """How many entities and mentions of each type. Columns: type, entities, mentions, names."""
    counts = entities.groupby("type", sort=False)["name"].agg(
        entities="nunique", mentions="size", names=lambda names: ", ".join(names.unique())
    )
    return counts.reset_index()


def gazetteer() -> pd.DataFrame:
    """The known names by kind. Columns: kind, forms, examples."""
    from helpers.knowledge.names import known_forms

    by_kind: dict[str, list[str]] = {}
    for form, known in known_forms().items():
        by_kind.setdefault(known.kind, []).append(form)
    return framed("kind forms examples", [(k, len(forms), ", ".join(forms[:5])) for k, forms in by_kind.items()])


def quantities(text: str) -> pd.DataFrame:
    """The amounts, percentages, durations and dates of a text. Columns: text, type, value, unit, start, end."""
    from helpers.names.quantities import find_quantities
    from helpers.tables.schemas import number_text

    rows = [(q.text, q.type, number_text(q.value), q.unit, q.start, q.end) for q in find_quantities(text)]
    return framed("text type value unit start end", rows)


def recogniser_and_rules(parsed: Parsed, analysis: Analysis) -> pd.DataFrame:
    """Names that spaCy's recogniser tags otherwise than our rules do. Columns: text, recogniser, rules, start."""
    rows = []
    for paragraph in parsed.paragraphs:
        for ent in paragraph.doc.ents:
            span = paragraph.span_of(ent)
            ours, (recognised, agree) = reading(analysis, span), RECOGNISED.get(ent.label_, ("", ("",)))
            if not ours.startswith(agree):
                rows.append((span.text, recognised, ours, span.start))
    return framed("text recogniser rules start", rows)


def reading(analysis: Analysis, span: Span) -> str:
    """What the rules made of a span: the entity that covers most of it, or the role that holds it, or nothing."""
    found = [
        (min(m.span.end, span.end) - max(m.span.start, span.start), f"{e.type}: {e.name}")
        for e in analysis.entities
        for m in e.mentions
        if m.span.overlaps(span) and m.rule not in ("pronoun", "plural", "role")
    ]
    for person in analysis.people:
        if any(evidence.overlaps(span) for evidence in person.evidence) and not found:
            return f"part of the role of {person.name}: {person.role}"
    return max(found, default=(0, "no name"))[1]
