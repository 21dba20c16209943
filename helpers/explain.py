"""Why a statement is what it is, in words for a person who does not program.

>>> print(explain(analysis.statements[-1]))      # doctest: +SKIP
Piyush Goyal said it, in the words of the article: any trade deal must be equitable …
- “stressed” reports somebody's words (class: stress). …
"""

from collections.abc import Sequence

from helpers.knowledge.names import country_evidence
from helpers.records import INHERITED, LABELS, TONES, Sentiment, Speaker, Stance, Statement
from helpers.reporting.quotations import OPENING_MARKS
from helpers.reporting.rules import RULES, VERBATIM
from helpers.text.quotation_marks import find_quotes
from helpers.tone.model import likeliest
from helpers.wording import cited, listing, per_cent, signed

SPEAKERS = {
    "full_name": "{names} is named there.",
    "surname": "“{source}” is the surname of {names}.",
    "given_name": "“{source}” is the given name of {names}.",
    "pronoun": "“{source}” is taken to be {names}: the likeliest for the pronoun, being near and a subject.",
    "plural": "“{source}” is taken to be {names}: as many people as it counts, those mentioned last.",
    "relative": "“{source}” stands for {names}, named just before.",
    "label": "“{source}” is how {names} is labelled there.",
    "interviewee": "“{source}” stands for {names}, the only person named before the questions begin.",
    "role": "“{source}” is taken to be {names}, the person last mentioned in that role.",
    "organisation": "“{source}” is an organisation, which speaks under its own name ({names}).",
    "described": "“{source}” is an organisation or document that the article does not name; it speaks as {names}.",
    "antecedent": "“{source}” is taken to be {names}, the organisation or document of that kind named before.",
    "owner": "“{source}” is a document, and the article tells that it comes from {names}.",
    "country": "“{source}” stands for {names}.",
    "as_named": "“{source}” is named so there; who or what {names} is, the article does not tell.",
}
SURE = (
    "How sure: {per_cent} in 100 that these are somebody's words, by the model's own account (notebook 08 checks it)."
)
SURE_WITHIN = (
    "How sure: {per_cent} in 100, as for such words outside a quotation; no annotated article checks those inside one."
)
THEMES = {INHERITED: "It names no theme itself; the theme {theme} is inherited from the words around it ({places})."}
RETOLD_AS = {"direct": "", "mixed": "", "indirect": ", in the words of the article"}
VERDICTS = {"said": "said it", "not said": "did not say it", "supposed": "is only supposed to say it"}
KINDS = {
    "direct": "All of it stands in quotation marks: the words are the speaker's own (direct).",
    "mixed": "Part of it stands in quotation marks, the rest is the reporter's wording (mixed).",
    "indirect": "Nothing of it stands in quotation marks: the words are the reporter's (indirect).",
}
NEARLY = "Nearly all of it stands in quotation marks: the words inside them are the speaker's own (direct)."
RETOLD = "The words are those of whoever tells of it, not the source's own (indirect)."
WORD_FOR_WORD = (
    "The article sets it down word for word, without quotation marks: the words are the speaker's own (direct)."
)

TELLING = 0.2  # what adds less is not told


def explain(statement: Statement) -> str:
    """The statement and each rule that made it, a line each."""
    names = " and ".join(s.name for s in statement.speakers)
    words = {
        "cue": statement.cue.text if statement.cue else "",
        "source": statement.source.text if statement.source else "",
        "names": names,
    }
    retold = RETOLD_AS[statement.kind] if statement.asserted == "said" else ""
    told = f"{names or 'Somebody'} {VERDICTS[statement.asserted]}{retold}: {statement.text}"
    return "\n".join([told, *(f"- {r}" for r in reasons(statement, words))])


def reasons(statement: Statement, words: dict[str, str]) -> list[str]:
    """One sentence a rule, in the order in which they were used."""
    found = []
    for rule in statement.why:
        kind, _, value = rule.partition(": ")
        if kind == "cue":
            found.append(f"“{words['cue']}” reports somebody's words (class: {value}).")
        elif kind == INHERITED:
            theme, _, places = value.partition(" from ")
            found.append(THEMES[kind].format(theme=theme, places=places))
        elif rule.startswith("speaker by "):
            found.append(SPEAKERS[rule.removeprefix("speaker by ")].format(**words))
        elif rule in RULES:
            found.append(RULES[rule].explanation.format(**words))
    if not statement.speakers:
        found.append(
            "Who that is cannot be told from the article, so nobody is named."
            if words["source"]
            else "Nobody is named."
        )
    found += [of_country(s) for s in statement.speakers if s.country_evidence]
    marked = statement.text[:1] in OPENING_MARKS
    verbatim = VERBATIM & set(statement.why) and not marked
    within = "told_within" in statement.why
    kind = RETOLD if within and statement.kind == "indirect" else WORD_FOR_WORD if verbatim else KINDS[statement.kind]
    if kind == KINDS["direct"] and begins_unmarked(statement.text):
        kind = NEARLY
    sure = SURE_WITHIN if within else SURE
    return [*found, kind, sure.format(per_cent=round(100 * statement.confidence))]


def of_country(speaker: Speaker) -> str:
    """What speaks for the country of a speaker, the weightiest first, and whether it decides."""
    told = sorted(speaker.country_evidence, key=lambda e: -e.weight)
    words = listing(f"{cited(e.span.text)} {country_evidence()[e.kind].words} ({e.country})" for e in told)
    if speaker.country:
        return f"{speaker.name} is taken for an official of {speaker.country}: {words}."
    return f"The country of {speaker.name} cannot be told for sure: {words}."


def begins_unmarked(text: str) -> bool:
    """Do words stand before the first quotation mark, or behind the last?

    >>> begins_unmarked("a “cold winter.”"), begins_unmarked("“a cold winter.”"), begins_unmarked("a cold winter")
    (True, False, False)
    """
    quotes = find_quotes(text)
    outside = text[: quotes[0].start] + text[quotes[-1].end :] if quotes else ""
    return any(char.isalnum() for char in outside)


def explain_stance(stance: Stance) -> str:
    """A stance in a sentence: the verdict, how likely it is, the words that decided, what the others add, and what either
    model says by itself where two were asked.

    >>> from helpers.records import Reason, Span, Stance
    >>> why = (Reason(Span(8, 17, "condemned"), -3.94, "frame against"),)
    >>> print(explain_stance(Stance(Span(22, 26, "raid"), "negative", -0.93, (0.95, 0.03, 0.02), reasons=why)))
    Negative towards [raid] (95 %), for [condemned] (−3.94).
    """
    chance = stance.probabilities[LABELS.index(stance.label)]
    verdict = stance_verdict(stance.label, stance.sure).capitalize() + ("" if stance.sure else ",")
    demand = " The speaker says how it must be, not how it is." if stance.demand else ""
    other = f" It is told what {cited(stance.held_by.text)} thinks of it." if stance.held_by else ""
    decided = decided_by(stance, LABELS, stance.rest)
    return f"{verdict} towards {cited(stance.target.text)} ({per_cent(chance)}){decided}.{demand}{other}"


def explain_tone(tone: Sentiment) -> str:
    """The tone of a whole statement in a sentence: the verdict, how likely it is, and the words that decided.

    >>> from helpers.records import Reason, Sentiment, Span
    >>> why = (Reason(Span(8, 15, "thanked"), 1.94, "cue thank"),)
    >>> print(explain_tone(Sentiment("positive", 0.7, (0.1, 0.08, 0.8, 0.02), why)))
    Positive (80 %), for [thanked] (+1.94).
    """
    chance = tone.probabilities[TONES.index(tone.label)]
    return f"{tone.label.capitalize()} ({per_cent(chance)}){decided_by(tone, TONES)}."


def decided_by(verdict: Stance | Sentiment, labels: Sequence[str], rest: float = 0.0) -> str:
    """What speaks for a verdict, as the end of a sentence: the words of the readable model, and beside it the encoder.

    >>> from helpers.records import Sentiment
    >>> decided_by(Sentiment("neutral", 0.0, readable=(0.1, 0.6, 0.2, 0.1), encoder=(0.1, 0.2, 0.6, 0.1)), TONES)
    '. The encoder, which gives no reasons, says positive (60 %); the readable model neutral (60 %), for want of words that tell'
    """
    named = listing(f"{cited(r.span.text)} ({signed(r.weight)})" for r in verdict.reasons)
    words = f", for {named or 'want of words that tell'}" + (
        f". The rest of the sentence adds {signed(rest)}" if abs(rest) >= TELLING else ""
    )
    if verdict.readable is None or verdict.encoder is None:
        return words
    weights, network = (said_by(chances, labels) for chances in (verdict.readable, verdict.encoder))
    return f". The encoder, which gives no reasons, says {network}; the readable model {weights}{words}"


def said_by(chances: Sequence[float], labels: Sequence[str]) -> str:
    """The likeliest label and how likely it is: ``said_by((0.1, 0.2, 0.7), LABELS) == "positive (70 %)"``."""
    return f"{likeliest(chances, labels)} ({per_cent(max(chances))})"


def stance_verdict(label: str, sure: bool) -> str:
    """The label of a stance, or that it is unsure.

    >>> stance_verdict("neutral", False)
    'unsure, rather neutral'
    """
    return label if sure else f"unsure, rather {label}"
