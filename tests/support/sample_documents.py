"""Documents made by hand, for tests of the formats: every kind of block, with words that look like something else."""

from __future__ import annotations

from agreements.model.document import Block, Document, Span

WORDS = (
    "Sonnenblumen wachsen am Wegrand und die Gemeindeverwaltung freut sich über Blumenbeete, Schattenplätze sowie "
    "Regenwassersammelbecken, welche Spaziergängerinnen und Spaziergänger regelmäßig besichtigen."
)
LOOK_ALIKES = ("<b>fett</b> & {{ x }} &amp; {% if %}", "- a", "(1) b", "§ 3 c", "4. d", "– Strich", "# Raute", "* Stern")


def prose(sentences: int) -> str:
    """So many sentences, with long words to part."""
    return " ".join([WORDS] * sentences)


def text(words: str) -> Block:
    return Block("text", (Span(words),))


def heading(words: str, ebene: int = 1) -> Block:
    return Block("ueberschrift", (Span(words),), level=ebene)


def absatz(words: str) -> Block:
    return Block("absatz", (Span(words),))


def item(words: str, liste: str = "liste") -> Block:
    return Block("punkt", (Span(words, "liste.1"),), liste=liste)


def line(words: str, spalte: int, gruppe: int = 0) -> Block:
    return Block("unterschrift", (Span(words),), column=spalte, gruppe=gruppe)


def signatures(columns: int = 2) -> list[Block]:
    """A signature block whose first column waits for the pen."""
    gap = Block("unterschrift", (Span("Musterstadt, den "), Span("", "datum", "leer"), Span(" 2024")), column=1)
    blocks = [gap, line("In Vertretung", 1), line("(Erika Muster)", 1, 1), line("Amt für Blumenbeete und Schattenplätze", 1, 1)]
    for spalte in range(2, columns + 1):
        blocks += [line(f"Dorf {spalte}, den 1. Februar 2024", spalte), line(f"(Max Muster {spalte})", spalte, 1)]
    return blocks


def document(*blocks: Block) -> Document:
    return Document("Vereinbarung <2024> & mehr", 2024, "lk-muster", blocks)


def front() -> list[Block]:
    """Title page and opening."""
    title = [Block("titelseite", (Span(words),)) for words in ("Vereinbarung", "über die Blumen", "im Jahr 2024")]
    return title + [Block("eingang", (Span(words),)) for words in ("Es schließt das", "Land", "folgende", "Vereinbarung")]


def everything(*more: Block) -> Document:
    """A document of some pages with each kind of block, and what looks like another kind."""
    middle = [
        heading("I. Blumen"),
        *(text(words) for words in LOOK_ALIKES),
        heading("§ 1 Beete", 2),
        absatz("(1) Vereinbart werden 3,9 % nach § 48b Abs. 1 Satz 3, z. B. Beratungs- und Social-Media-Angebote:"),
        *(item(words) for words in LOOK_ALIKES),
        *(item(prose(2), "andere") for _ in range(4)),
        heading("1. Wege", 3),
        *(text(prose(count)) for count in (3, 8, 5, 7, 9)),
    ]
    return document(*front(), *middle, *more, *signatures())
