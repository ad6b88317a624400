"""What the goals of a document say that has one section of them, of typed paragraphs."""

from __future__ import annotations

from agreements.reading.findings import Found
from agreements.reading.reading import Word
from extract.by_grammar.elements import Piece
from extract.by_grammar.sections import sections_of
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.targets import read_goals

HEADINGS = {
    "ziele.leistungen_lebensunterhalt.gesamt": "1. Verringerung der Hilfebedürftigkeit",
    "ziele.integrationsquote.gesamt": "2. Verbesserung der Integration in Erwerbstätigkeit",
    "ziele.langzeitleistungsbezug.gesamt": "3. Vermeidung von langfristigem Leistungsbezug",
    "ziele.integrationsquote.alleinerziehende": "4. Integration von Alleinerziehenden in Erwerbstätigkeit",
}


def typed(art: str, text: str, level: int = 0) -> Piece:
    return Piece(art, tuple(Word(word) for word in text.split()), level)  # type: ignore[arg-type]


def goals_said(feld: str, text: str, jahr: int) -> dict[str, Found]:
    """The Angaben of paragraphs, one a line and "- " before items, below the heading of a field's goal, or below that of the chapter."""
    pieces = [typed("ueberschrift", "III. Ziele", 1)]
    if feld:
        pieces.append(typed("ueberschrift", HEADINGS[feld], 2))
    pieces += [typed("punkt" if line.startswith("- ") else "text", line.removeprefix("- ")) for line in text.split("\n")]
    goals = read_goals(sections_of(pieces), Setting(jahr))
    return {found.feld: found for found in (*goals.found, *goals.perhaps)}
