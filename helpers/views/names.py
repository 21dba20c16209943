"""What notebooks show of names: mentions and whom they mean, forms and what they stand for, recogniser against rules.

>>> quantities("a 25 percent tariff")[["text", "value", "unit"]].values.tolist()
[['25 percent', '25', 'percent']]

The views only show what the steps have found; nothing is found here.
"""

from __future__ import annotations

import pandas as pd

from helpers.parse import Parsed
from helpers.records import Analysis, Span
from helpers.views.show import Shown, framed, marked_paragraphs, ordered
from helpers.views.texts import in_words

NER_NAMES = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "country or town",
    "LOC": "place",
    "FAC": "building or road",
    "NORP": "nationality or group",
    "EVENT": "event",
    "LAW": "law",
    "PRODUCT": "product",
    "WORK_OF_ART": "work of art",
}
UNCOMPARED = ("CARDINAL", "ORDINAL", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY")
AGREES = {
    "PERSON": ("person",),
    "ORG": ("organisation",),
    "GPE": ("country", "place"),
    "LOC": ("place",),
    "FAC": ("place",),
    "NORP": ("country",),
    "EVENT": ("event",),
    "LAW": ("agreement",),
}
BY_NAME = ("full_name", "surname", "given_name")  # rules of mentions that hold the name itself


def mentions(analysis: Analysis) -> pd.DataFrame:
    """Every mention of a person, in the order of the text. Columns: text, person, rule, paragraph, start, end."""
    rows = [
        (m.span.text, p.name, m.rule, m.paragraph, m.span.start, m.span.end)
        for p in analysis.people
        for m in p.mentions
    ]
    return ordered(framed("text person rule paragraph start end", rows), "start", "end")


def without_name(analysis: Analysis) -> pd.DataFrame:
    """The mentions that do not hold the name itself: pronouns, roles, groups."""
    found = mentions(analysis)
    return found[~found["rule"].isin(BY_NAME)].reset_index(drop=True)


def officials_marked(analysis: Analysis, most: int = 3) -> Shown:
    """The first paragraphs with the mentions of officials marked."""
    names: dict[tuple[int, int], list[str]] = {}
    for person in analysis.officials:
        for mention in person.mentions:
            names.setdefault((mention.span.start, mention.span.end), []).append(person.name)
    return marked_paragraphs(
        analysis.article, [(*place, " + ".join(who)) for place, who in sorted(names.items())], most
    )


def entity_counts(analysis: Analysis) -> pd.DataFrame:
    """How many entities and mentions of each type. Columns: type, entities, mentions, names."""
    kinds = dict.fromkeys(e.type for e in analysis.entities)
    rows = [
        (
            kind,
            len(here := [e for e in analysis.entities if e.type == kind]),
            sum(len(e.mentions) for e in here),
            ", ".join(e.name for e in here),
        )
        for kind in kinds
    ]
    return framed("type entities mentions names", rows)


def other_forms(analysis: Analysis) -> pd.DataFrame:
    """The mentions that are not the canonical name itself. Columns: text, stands_for, type, rule, start."""
    rows = [
        (m.span.text, e.name, e.type, m.rule, m.span.start)
        for e in analysis.entities
        for m in e.mentions
        if m.span.text != e.name and e.type != "person"
    ]
    return ordered(framed("text stands_for type rule start", rows), "start")


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
            ours = reading(analysis, span)
            if ent.label_ not in UNCOMPARED and not ours.startswith(AGREES.get(ent.label_, ("none",))):
                rows.append((span.text, NER_NAMES.get(ent.label_, in_words(ent.label_)), ours, span.start))
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
