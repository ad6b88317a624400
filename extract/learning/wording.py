"""A year's wording from agreements of that year: what is the same in all becomes text, what is an Angabe becomes a field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from agreements.errors import WordingError
from agreements.wording.own import expression
from agreements.wording.units import Wording
from agreements.wording.wording import parse_wording
from extract.learning.alignment import Gathered, Piece, gather, side_by_side
from extract.learning.signatures import signature_lines
from extract.learning.specimen import Passage, Specimen
from extract.learning.syntax import FRONT, condition, is_writable, loop, written


@dataclass(frozen=True, slots=True)
class Learned:
    """The text of a new wording, loaded, and what a person must look at in it, each a German sentence with its place."""

    text: str
    wording: Wording
    notes: tuple[str, ...]


def learn(specimens: Sequence[Specimen], schluessel: str, datei: Path) -> Learned:
    """The wording, to stand in `datei`, that agreements of one year follow; WordingError where they give none that is reversible."""
    writing = _Writing(gather(side_by_side(specimens), specimens), specimens)
    wording = _loaded(writing, schluessel, datei)
    notes = tuple(writing.notes(wording))
    text = _head(specimens, wording.jahr, notes) + writing.text()
    return Learned(text, parse_wording(text, datei, schluessel), notes)


def _loaded(writing: _Writing, schluessel: str, datei: Path) -> Wording:
    """The wording without the passages for which it would be refused."""
    while True:
        try:
            return parse_wording(writing.text(), datei, schluessel)
        except WordingError as error:
            if not writing.leave_out(error.zeile or 0, error.message):
                raise


def _head(specimens: Sequence[Specimen], jahr: int, notes: Iterable[str]) -> str:
    """The comment at the top: what the text is, what it was learned from, what a jurist must look at."""
    lines = [
        f"Entwurf des Wortlauts {jahr}, gelernt aus {len(specimens)} Vereinbarung{'en' if len(specimens) > 1 else ''} dieses Jahres, "
        "mit ihren Fehlern. Vor dem Gebrauch juristisch durchzusehen.",
        "Quellen:",
        *(f"- {specimen.name}, sha256 {specimen.sha256}" for specimen in specimens),
    ]
    lines += ["Anzusehen:", *(f"- {note}" for note in notes)] if notes else []
    return "{#\n" + "\n".join(line.replace("#}", "# }") for line in lines) + "\n#}\n"


# ---------------------------------------------------------------- the lines


@dataclass
class _Writing:
    """The lines of a wording, and which of them say which passage."""

    gathered: Gathered
    specimens: Sequence[Specimen]
    lines: list[str] = field(default_factory=list)
    begins: dict[int, Passage] = field(default_factory=dict)
    """The passage that begins in a line, counted from 1."""
    left_out: dict[int, tuple[Passage, str]] = field(default_factory=dict)
    """By identity, the passages for which the wording would be refused, and why."""

    def text(self) -> str:
        """The wording without a head."""
        self.lines, self.begins = [], {}
        pieces = self._pieces()
        for place, piece in enumerate(pieces):
            art = piece.passages[0].art
            if art in FRONT:
                self._front(piece)
            elif piece.goals:
                self._goals(piece, pieces[:place], pieces[place + 1 :])
            else:
                self._several(piece)
        if signed := list(signature_lines(self.specimens)):
            self._say("::: unterschriften", *signed, ":::")
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def _pieces(self) -> list[Piece]:
        """What is to be written: title page and opening as one part each; what stands behind them in their form is text."""
        kept = [replace(piece, passages=tuple(filter(self._is_kept, piece.passages))) for piece in self.gathered.pieces]
        found: list[Piece] = []
        opened: list[str] = []
        for art, run in groupby((piece for piece in kept if piece.passages), key=_front_of):
            several = list(run)
            passages = tuple(passage for piece in several for passage in piece.passages)
            if not art:
                found += several
            elif art in opened:
                found.append(Piece(tuple(replace(passage, art="text") for passage in passages)))
            else:
                opened.append(art)
                found.append(Piece(passages))
        return found

    def _is_kept(self, passage: Passage) -> bool:
        if id(passage) not in self.left_out and not is_writable(passage):
            self.left_out[id(passage)] = passage, "Zeichen wie {{ oder {% können im Wortlaut nicht als Text stehen"
        return id(passage) not in self.left_out

    def _say(self, *lines: str, passage: Passage | None = None) -> None:
        if passage:
            self.begins[len(self.lines) + 1] = passage
        self.lines += lines

    def _front(self, piece: Piece) -> None:
        self._say(f"::: {piece.passages[0].art}")
        for passage in piece.passages:
            self._say(written(passage.parts), passage=passage)
        self._say(":::", "")

    def _several(self, piece: Piece) -> None:
        if piece.condition:
            self._say(f"{{% if {expression(piece.condition)} %}}")
        for passage in piece.passages:
            if passage.regional:
                self._say(*loop("absatz", "rahmenbedingungen.regionale_lage", "{{ absatz }}"))
            else:
                self._say(_marked(passage), "", passage=passage)
        if piece.condition:
            self._say("{% endif %}")

    def _goals(self, piece: Piece, before: Sequence[Piece], behind: Sequence[Piece]) -> None:
        """Individually agreed goals: a loop over their numbers; where a fixed goal follows, each by its own number."""
        level = "#" * max(1, piece.passages[0].level)
        numbers = sorted({goal.nummer for goal in piece.goals})
        if not _goal_follows(behind):
            first = min(numbers[0], _last_fixed(before) + 1)
            self._say(f"{{% for nummer, ziel in ziele.individuell.items() if nummer >= {first} %}}")
            self._goal(piece, "ziel", level + " {{ nummer }}. {{ ziel.titel }}")
            self._say("{% endfor %}")
            return
        for number in numbers:
            path = f"ziele.individuell[{number}]"
            self._say(f"{{% if {path} %}}")
            self._goal(piece, path, f"{level} {number}. {{{{ {path}.titel }}}}")
            self._say("{% endif %}")

    def _goal(self, piece: Piece, path: str, heading: str) -> None:
        intros = Counter(written(goal.intro) for goal in piece.goals if goal.intro).most_common(1)
        inner = [intros[0][0], ""] if intros else []
        inner += [*loop("schritt", f"{path}.schritte", "- {{ schritt }}")]
        if any(goal.reached for goal in piece.goals):
            inner += loop("absatz", f"{path}.erreicht_wenn", "{{ absatz }}")
        self._say(heading, "", passage=piece.passages[0])
        self._say(*loop("absatz", f"{path}.ziel", "{{ absatz }}"), *condition(f"{path}.schritte", inner))

    # ---------------------------------------------------------------- what is said of it

    def leave_out(self, line: int, reason: str) -> bool:
        """Leaves out the passage in or before a line, unless it cannot be told which."""
        begun = [place for place in self.begins if place <= line]
        passage = self.begins[max(begun)] if begun else None
        if passage is None or passage.goal:
            return False
        own = (each for piece in self.gathered.pieces for each in piece.passages)
        source = next(each for each in own if each == replace(passage, art=each.art))
        self.left_out[id(source)] = source, reason
        return True

    def notes(self, wording: Wording) -> Iterator[str]:
        """What a person must look at, with its address in the wording."""
        for passage, reason in self.left_out.values():
            yield f"Nicht aufgenommen: „{passage.text[:80]}“ ({reason})"
        addresses = self._addresses(wording)
        for place, said in self.gathered.notes:
            address = next((address for passage, address in addresses if place is not None and passage == place), None)
            yield f"{address}: {said}" if address else said
        for passage, address in addresses:
            yield from (f"{address}: {remark}" for remark in _doubtful(passage))

    def _addresses(self, wording: Wording) -> list[tuple[Passage, str]]:
        by_line = {unit.zeile: unit.stelle for unit in wording.units}
        return [(passage, by_line.get(line) or passage.art) for line, passage in sorted(self.begins.items())]


def _front_of(piece: Piece) -> str:
    art = piece.passages[0].art
    return art if art in FRONT else ""


def _goal_follows(behind: Sequence[Piece]) -> bool:
    """Whether another numbered goal comes before the next section."""
    for passage in (passage for piece in behind for passage in piece.passages):
        if passage.art == "ueberschrift":
            return re.match(r"\d{1,2}[.)] ", passage.text) is not None
        if passage.art == "absatz":
            return False
    return False


def _last_fixed(before: Sequence[Piece]) -> int:
    """The number of the last goal that every agreement has."""
    headings = [passage for piece in before if not piece.condition for passage in piece.passages if passage.art == "ueberschrift"]
    number = re.match(r"(\d{1,2})[.)] ", headings[-1].text) if headings else None
    return int(number[1]) if number else 98


def _marked(passage: Passage) -> str:
    """A passage with the mark of its kind."""
    mark = "#" * passage.level + " " if passage.art == "ueberschrift" else "- " if passage.art == "punkt" else ""
    return mark + written(passage.parts)


def _doubtful(passage: Passage) -> Iterator[str]:
    """What is not sure of a passage by itself."""
    for mark in passage.marks:
        if len(mark.filters) > 1:
            yield f"der Fall des Namens ist nicht eindeutig, gewählt ist {mark.filters[0]}"
