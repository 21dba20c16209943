"""A small fictional article, analysed by hand, and stranger ones: for testing tables, charts, reader and report."""

from __future__ import annotations

from dataclasses import replace

from helpers.records import (
    Analysis,
    Article,
    Cue,
    Entity,
    EntityInStatement,
    Mention,
    Paragraph,
    Person,
    Readability,
    Reason,
    Sentiment,
    Span,
    Speaker,
    Stance,
    Statement,
    Theme,
    ThemedParagraph,
)

PARAGRAPHS = (
    ("title", "Norvia and Zemland sign “Lighthouse” pact"),
    ("byline", "By Ada Quill"),
    (
        "body",
        "Norvia’s Defence Minister Elin Sørby said the pact “will protect every cable”, and that Zemland’s "
        "President Bo Lind had promised that patrols would begin in 2031. Lind and Sørby praised the shared ports.",
    ),
    ("link", "Also Read: Ferry strike ends"),
    (
        "body",
        "“We will not pay,” Lind said, “for cyber attacks on our ports.” The ministry warned of "
        "=unfair tariffs & <b>costs</b> of $5 to $6 a ton.",
    ),
)
TEXT = "\n".join(text for _, text in PARAGRAPHS)
ATTACK = '</script><script>window.PWNED=1</script><img src=x onerror="window.PWNED=1">\'"&'

SØRBY = Speaker("Elin Sørby", "Defence Minister", "Norvia", True, "full_name")
LIND = Speaker("Bo Lind", "President", "Zemland", True, "surname")


def span(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """The nth place of `words` in the article."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words), words)


def cue(words: str, lemma: str, nth: int = 0) -> Cue:
    found = span(words, nth)
    return Cue(found.start, found.end, found.text, lemma)


def paragraphs() -> tuple[Paragraph, ...]:
    found, start = [], 0
    for number, (kind, text) in enumerate(PARAGRAPHS, 1):
        found.append(Paragraph(number, kind, Span(start, start + len(text), text), f"{kind}: as in the example"))
        start += len(text) + 1
    return tuple(found)


def entity(name: str, type: str, *places: Span, **more: object) -> Entity:
    return Entity(name, type, tuple(Mention(place, 3, "name") for place in places), **more)


def said(name: str, type: str, place: Span) -> EntityInStatement:
    return EntityInStatement(name, type, place.start, place.end, place.text)


def make_analysis() -> Analysis:
    """Five statements: mixed, one inside another, of two speakers, of two segments, of an unnamed source."""
    scores = Readability(12, 1, 60.5, 8.25, 9.5, 8.0)
    outer = span("that Zemland’s President Bo Lind had promised that patrols would begin in 2031")
    inner = span("that patrols would begin in 2031")
    cyber, ports = span("cyber attacks on our ports"), span("ports", 1)
    statements = (
        Statement(
            "lighthouse",
            "s-1",
            "mixed",
            (span("the pact “will protect every cable”"),),
            cue("said", "say"),
            span("Elin Sørby"),
            (SØRBY,),
            Sentiment("positive", 0.61, (0.1, 0.15, 0.7, 0.05), (Reason(span("protect"), 1.9, "word protect"),)),
            themes=(Theme("undersea_cables", (span("cable"),), ("cable*",)),),
            readability=replace(scores, words=6),
            why=("clausal complement", "quotation"),
            paragraph=3,
        ),
        Statement(
            "lighthouse",
            "s-2",
            "indirect",
            (outer,),
            cue("said", "say"),
            span("Elin Sørby"),
            (SØRBY,),
            Sentiment("neutral", 0.0, (0.1, 0.75, 0.1, 0.05)),
            entities=(said("Zemland", "country", span("Zemland", 1)), said("Bo Lind", "person", span("Bo Lind"))),
            readability=replace(scores, flesch_kincaid_grade=11.5),
            why=("coordination",),
            paragraph=3,
        ),
        Statement(
            "lighthouse",
            "s-3",
            "indirect",
            (inner,),
            cue("promised", "promise"),
            span("Bo Lind"),
            (LIND,),
            Sentiment("neutral", 0.0, (0.1, 0.75, 0.1, 0.05)),
            entities=(said("2031", "date", span("2031")),),
            readability=replace(scores, words=6),
            why=("nested",),
            paragraph=3,
        ),
        Statement(
            "lighthouse",
            "s-4",
            "indirect",
            (span("the shared ports"),),
            cue("praised", "praise"),
            span("Lind and Sørby"),
            (LIND, SØRBY),
            Sentiment("positive", 0.3, (0.2, 0.2, 0.5, 0.1)),
            themes=(Theme("maritime", (span("ports"),), ("port*",)),),
            paragraph=3,
        ),
        Statement(
            "lighthouse",
            "s-5",
            "direct",
            (span("“We will not pay,”"), span("“for cyber attacks on our ports.”")),
            cue("said", "say", 1),
            span("Lind", 2),
            (LIND,),
            Sentiment("negative", -0.55, (0.7, 0.1, 0.15, 0.05), (Reason(span("attacks"), -2.1, "word attack"),)),
            (Stance(cyber, "negative", -0.8),),
            (Theme("cyber", (cyber,)), Theme("maritime", (ports,), ("port*",))),
            readability=scores,
            why=("quotation",),
            paragraph=5,
        ),
        Statement(
            "lighthouse",
            "s-6",
            "indirect",
            (span("=unfair tariffs & <b>costs</b> of $5 to $6 a ton"),),
            cue("warned of", "warn"),
            span("The ministry"),
            sentiment=None,
            why=("speech act with object",),
            paragraph=5,
        ),
    )
    return Analysis(
        Article("lighthouse", TEXT, paragraphs(), title=PARAGRAPHS[0][1], byline=PARAGRAPHS[1][1]),
        entities=(
            entity("Norvia", "country", span("Norvia"), span("Norvia", 1)),
            entity("Zemland", "country", span("Zemland"), span("Zemland", 1)),
            entity("2031", "date", span("2031"), value="2031"),
            entity("$5", "money", span("$5"), value=5.0, unit="USD"),
        ),
        people=(
            Person(
                "Elin Sørby",
                "Defence Minister",
                "Norvia",
                (Mention(span("Elin Sørby"), 3, "full_name"),),
                (span("Defence Minister"),),
                "she",
            ),
            Person(
                "Bo Lind", "President", "Zemland", (Mention(span("Bo Lind"), 3, "full_name"),), (span("President"),)
            ),
            Person("Ada Quill", None, None, ()),
        ),
        statements=statements,
        themes=(
            ThemedParagraph(
                3,
                (
                    Theme("undersea_cables", (span("cable"),), ("cable*",)),
                    Theme("maritime", (span("patrols"), span("ports")), ("patrol*", "port*")),
                ),
            ),
            ThemedParagraph(
                5, (Theme("cyber", (cyber,), ("cyber*",)), Theme("trade", (span("tariffs"),), ("tariff*",)))
            ),
        ),
        readability=Readability(58, 3, 55.0, 9.75, 11.0, 9.1),
        made_with={"on-the-record": "0.1.0"},
    )


def make_empty(text: str = "") -> Analysis:
    """An article in which nothing was found."""
    body = (Paragraph(1, "body", Span(0, len(text), text), "running text"),) if text else ()
    return Analysis(Article("empty", text, body))


def make_hostile() -> Analysis:
    """An article that tries to run a script from every text that a page shows."""
    text = f"{ATTACK} said {ATTACK} about {ATTACK}."
    words = [span(ATTACK, n, text) for n in range(3)]
    says = span("said", 0, text)
    theme = Theme(ATTACK, (words[2],), (ATTACK,))
    person = Speaker(ATTACK, ATTACK, ATTACK, True, ATTACK)
    whole = Span(words[1].start, words[2].end, text[words[1].start : words[2].end])
    statements = tuple(
        Statement(
            ATTACK,
            f"{ATTACK}{n}",
            "mixed",
            (piece,),
            Cue(says.start, says.end, says.text, ATTACK),
            words[0],
            speakers,
            Sentiment("negative", -0.5, (0.7, 0.1, 0.2, 0.0), (Reason(Span(0, len(ATTACK), ATTACK), -1.0, ATTACK),)),
            (Stance(words[2], "negative", -0.4),),
            (theme,),
            (EntityInStatement(ATTACK, "country", words[2].start, words[2].end, ATTACK),),
            Readability(20, 1, 50.0, 9.0, 9.0, 9.0),
            (ATTACK,),
            1,
        )
        for n, (piece, speakers) in enumerate([(whole, (person,)), (words[1], ()), (words[2], (person,))])
    )
    return Analysis(
        Article(
            ATTACK,
            text,
            (Paragraph(1, "body", Span(0, len(text), text), ATTACK),),
            ATTACK,
            ATTACK,
            ATTACK,
            ATTACK,
            ATTACK,
        ),
        (Entity(ATTACK, "country", (Mention(words[2], 1, ATTACK),), ATTACK, ATTACK, ATTACK),),
        (Person(ATTACK, ATTACK, ATTACK, (Mention(words[0], 1, ATTACK),), (words[0],)),),
        statements,
        (ThemedParagraph(1, (theme,)),),
        Readability(20, 1, 50.0, 9.0, 9.0, 9.0),
        {ATTACK: ATTACK},
    )


def make_crowd(speakers: int) -> Analysis:
    """Many speakers, one statement each."""
    names = [f"Speaker Number {n:02d} of the Long-Named Delegation" for n in range(speakers)]
    text, spans = "", []
    for name in names:
        start = len(text) + len(name) + len(" said ")
        text += f"{name} said the talks go on with Zemland. "
        spans.append(Span(start, len(text) - 2, text[start : len(text) - 2]))
    statements = tuple(
        Statement(
            "crowd",
            f"c-{n}",
            "indirect",
            (piece,),
            None,
            None,
            (
                Speaker(
                    name,
                    "Permanent Representative to the Council for Regional Co-operation",
                    "Zemland",
                    True,
                    "full_name",
                ),
            ),
            Sentiment("neutral", 0.0, (0.1, 0.75, 0.1, 0.05)),
            (Stance(piece, "neutral", 0.0),),
            themes=(Theme(f"theme_{n % 30}", (piece,)),),
            entities=(EntityInStatement(f"Entity {n}", "organisation", piece.start, piece.end, piece.text),),
            paragraph=1,
            readability=Readability(12, 1, 50.0, 9.0, 9.0, 9.0),
        )
        for n, (name, piece) in enumerate(zip(names, spans, strict=True))
    )
    entities = tuple(entity(f"Entity {n}", "organisation", piece) for n, piece in enumerate(spans))
    article = Article("crowd", text, (Paragraph(1, "body", Span(0, len(text), text), "running text"),))
    return Analysis(article, entities, (), statements)
