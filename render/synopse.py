"""Two agreements side by side, as drafters know it: left the old text, what goes in italics, right the new one, what comes in bold.

What a Synopse shows is made here once, for every format; the HTML page is made here, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Literal

from markupsafe import Markup

from agreements.comparing.texts import Comparison, Piece, Row, Side, pieces
from agreements.language.said import ABSENT
from agreements.library.differences import Difference
from agreements.model.document import Block
from render.browserpage import policy_sum, template
from render.html import default_layout

TEMPLATE = "synopse.html.j2"
STYLESHEET = "synopse.css"
LONGEST_VALUE = 160
"""Letters up to which a value stands in the table of Angaben; longer ones are texts, and stand in the Synopse."""


@dataclass(frozen=True, slots=True)
class Synopse:
    """All that is shown: a comparison, what its two sides are called, and what a person must know about them."""

    comparison: Comparison
    titel: str
    links: str
    """Heading of the old column: "2024", "versandt: lk-emsland.yaml"."""
    rechts: str
    hinweise: tuple[str, ...] = ()
    ganz: bool = False
    """Whether paragraphs that are the same are shown in full."""

    @property
    def summary(self) -> str:
        """One sentence on how much differs."""
        return summary(self.comparison)


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a line: what stands there, or a word on why nothing does, and whether it is a list item."""

    pieces: tuple[Piece, ...] = ()
    note: str = ""
    punkt: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side; `hidden` are the texts that a line "unverändert" stands for."""

    art: Literal["unveraendert", "geaendert", "neu", "entfaellt", "verschoben"]
    left: Cell
    right: Cell
    hidden: tuple[str, ...] = ()


@dataclass(slots=True)
class Section:
    """A heading and what stands below it; `ebene` is 1 to 3. What stands before the first heading is the Eingang."""

    titel: str
    ebene: int
    lines: list[Line] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether one word says all: nothing below the heading differs, and it is not shown in full."""
        return len(self.lines) == 1 and bool(self.lines[0].hidden)


def summary(comparison: Comparison) -> str:
    """One sentence on how much differs: "2 Absätze geändert, 1 neu; 51 unverändert; 3 Angaben anders."."""
    counts: Counter[str] = Counter(row.art for row in comparison.rows)
    changed = [f"{counts[art]} {said}" for art, said in _COUNTED.items() if counts[art]]
    if changed:
        changed[0] = changed[0].replace(" ", " Absatz " if changed[0].startswith("1 ") else " Absätze ", 1)
    values = len(comparison.angaben)
    said = f"{'1 Angabe' if values == 1 else f'{values} Angaben'} anders" if values else ""
    if not changed:
        return f"Der Text ist gleich; {said}." if said else "Beide sagen dasselbe."
    return "; ".join(filter(None, (", ".join(changed), f"{counts['unveraendert']} unverändert", said))) + "."


_COUNTED = {"geaendert": "geändert", "neu": "neu", "entfaellt": "entfallen", "verschoben": "verschoben"}


# ---------------------------------------------------------------- what is shown


def sections(synopse: Synopse) -> list[Section]:
    """The paragraphs of both documents below their headings, in the order of both."""
    comparison = synopse.comparison
    found = [Section("Eingang", 1)]
    places = _headings(comparison)
    for row, side in comparison.steps:
        block = row.new if side != "alt" and row.new else row.old
        if block and block.art == "ueberschrift" and not (row.art == "verschoben" and side == "alt"):
            found.append(Section(_titel(row), min(max(block.level, 1), 3)))
            if row.art in ("unveraendert", "neu", "entfaellt"):
                continue
        found[-1].lines.append(_line(row, side, places))
    kept = found if found[0].lines else found[1:]
    if not synopse.ganz:
        for section in kept:
            section.lines = list(_folded(section.lines))
    return kept


def _titel(row: Row) -> str:
    block = row.new or row.old
    return f"{block.text if block else ''}{ {'neu': ' (neu)', 'entfaellt': ' (entfällt)'}.get(row.art, '') }"


def _headings(comparison: Comparison) -> dict[tuple[int, Side], str]:
    """Below which heading each side of a moved row stands."""
    places: dict[tuple[int, Side], str] = {}
    heading: dict[Side, str] = {"alt": "", "neu": ""}
    for row, side in comparison.steps:
        for own, block in (("alt", row.old), ("neu", row.new)):
            if block and block.art == "ueberschrift" and side in (own, "beide"):
                heading[own] = block.text  # type: ignore[index]
        if side != "beide":
            places[id(row), side] = heading[side]
    return places


def _line(row: Row, side: Side, places: dict[tuple[int, Side], str]) -> Line:
    left, right = _left(row), _right(row)
    match row.art, side:
        case "neu", _:
            return Line("neu", Cell(note="(neu)"), right)
        case "entfaellt", _:
            return Line("entfaellt", left, Cell(note="entfällt"))
        case "verschoben", "alt":
            return Line("verschoben", left, Cell(note=f"verschoben nach: {_place(row, 'neu', places)}"))
        case "verschoben", _:
            return Line("verschoben", Cell(note=f"verschoben von: {_place(row, 'alt', places)}"), right)
    return Line(row.art, left, right)


def _place(row: Row, side: Side, places: dict[tuple[int, Side], str]) -> str:
    """Where the other half of a moved row stands."""
    here = places[id(row), "alt"] == places[id(row), "neu"]
    return "andere Stelle in diesem Abschnitt" if here else places[id(row), side] or "Anfang"


def _left(row: Row) -> Cell:
    return Cell(tuple(piece for piece in visible(row.pieces) if piece.art != "neu"), punkt=_is_item(row.old))


def _right(row: Row) -> Cell:
    return Cell(tuple(piece for piece in visible(row.pieces) if piece.art != "entfallen"), punkt=_is_item(row.new))


def visible(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with the word around it wherever only white space is gone or new, which nobody sees: "u.a." and "u. a."."""
    sides = [{"gleich": "", "entfallen": "", "neu": ""}]
    for piece in found:
        if piece.art == "gleich" or sides[-1]["gleich"]:
            sides.append({"gleich": "", "entfallen": "", "neu": ""})
        sides[-1][piece.art] += piece.text
    for before, here, behind in zip(sides, sides[1:], [*sides[2:], {"gleich": ""}], strict=False):
        if not here["gleich"] and not (here["entfallen"] + here["neu"]).strip():
            head = _WORD_BEFORE.search(before["gleich"])
            tail = _WORD_BEHIND.match(behind["gleich"])
            word_before, word_behind = head[0] if head else "", tail[0] if tail else ""
            before["gleich"] = before["gleich"].removesuffix(word_before)
            behind["gleich"] = behind["gleich"].removeprefix(word_behind)
            here |= {art: f"{word_before}{here[art]}{word_behind}" for art in ("entfallen", "neu")}
    arts: tuple[Literal["gleich", "entfallen", "neu"], ...] = ("gleich", "entfallen", "neu")
    return tuple(Piece(side[art], art) for side in sides for art in arts if side[art])


_WORD_BEFORE, _WORD_BEHIND = re.compile(r"\S+$"), re.compile(r"^\S+")


def _is_item(block: Block | None) -> bool:
    return block is not None and block.art == "punkt"


def _folded(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with each run of those that are the same as one line "unverändert"."""
    for same, run in groupby(lines, key=lambda line: line.art == "unveraendert"):
        several = list(run)
        if same:
            texts = tuple("".join(piece.text for piece in line.left.pieces) for line in several)
            yield Line("unveraendert", Cell(note=_opening(texts)), Cell(note="unverändert"), texts)
        else:
            yield from several


def _opening(texts: Sequence[str]) -> str:
    """Which paragraphs are the same, by how the first one begins."""
    words = texts[0].split()
    begin = " ".join(words[:6]) + (" …" if len(words) > 6 else "")
    return f"„{begin}“" + (f" und {len(texts) - 1} weitere" if len(texts) > 1 else "")


@dataclass(frozen=True, slots=True)
class Value:
    """A line of the table of Angaben."""

    name: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    um: str


def values(differences: Iterable[Difference]) -> list[Value]:
    """The table of Angaben; texts that stand in the Synopse are only counted."""
    return [_value(each) for each in differences]


def _value(difference: Difference) -> Value:
    if sum(map(len, (*difference.alt, *difference.neu))) > LONGEST_VALUE:
        return Value(difference.name, _counted(difference.alt, "entfallen"), _counted(difference.neu, "neu"), "Text, siehe oben")
    found = visible(pieces(" / ".join(difference.alt), " / ".join(difference.neu)))
    left, right = (tuple(piece for piece in found if piece.art != art) for art in ("neu", "entfallen"))
    return Value(difference.name, left, right, difference.um)


def _counted(texts: tuple[str, ...], art: Literal["entfallen", "neu"]) -> tuple[Piece, ...]:
    if texts == (ABSENT,):
        return (Piece(ABSENT, art),)
    return (Piece(f"{len(texts)} {'Absatz' if len(texts) == 1 else 'Absätze'}", art),)


# ---------------------------------------------------------------- HTML


def render_synopse_html(synopse: Synopse, layout_dir: Path | None = None) -> bytes:
    """The Synopse as a page in UTF-8 that needs no other file and no script; every value is text, never markup."""
    folder = layout_dir or default_layout()
    return markup(synopse, folder, stylesheet(folder)).encode("utf-8")


def markup(synopse: Synopse, layout_dir: Path, css: str = "") -> str:
    """The page's HTML, for the screen with its styles inside where `css` gives them, else for paper."""
    return template(layout_dir, TEMPLATE).render(
        synopse=synopse, sections=sections(synopse), values=values(synopse.comparison.angaben),
        jahr=synopse.comparison.new.jahr, css=Markup(css), css_hash=policy_sum(css),
    )  # fmt: skip


def stylesheet(layout_dir: Path) -> str:
    """How a Synopse looks, on paper and on a screen."""
    return (layout_dir / STYLESHEET).read_text(encoding="utf-8")
