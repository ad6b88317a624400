"""Where in the blocks of a document its Angaben stand: of each what was read, as letters of the text, and the ways to write it there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from agreements.language.calendar import DAY, FORMS_OF_DAYS
from agreements.language.names import is_name
from agreements.language.notation import CASES
from agreements.language.numbering import STEP, goal_number
from agreements.language.place_and_date import LEADS
from agreements.language.said import say
from agreements.language.target_vocabulary import AMOUNT
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund, locations_of
from agreements.register.register import Register, Traeger
from agreements.wording.own import FRONT, called, field
from extract.by_grammar.budget import Amount
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.signature_lines import Signature
from extract.by_grammar.targets import Candidate, is_individual


@dataclass(frozen=True, slots=True)
class Form:
    """One way to have a field at a place: the letters that it covers, and the field."""

    start: int
    end: int
    field: str


@dataclass(frozen=True, slots=True)
class Place:
    """An Angabe in a block, and the ways to write it there, the one that covers most of its own words first."""

    block: int
    path: str
    forms: tuple[Form, ...]

    @property
    def start(self) -> int:
        return min(form.start for form in self.forms)

    @property
    def end(self) -> int:
        return max(form.end for form in self.forms)

    def overlaps(self, other: Place) -> bool:
        """Whether two places of one block share letters."""
        return self.block == other.block and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Run:
    """A list, and where each of its entries stands: the block, from and to which letter."""

    path: str
    entries: tuple[tuple[int, int, int], ...]

    @property
    def field(self) -> str:
        return field(self.path)

    @property
    def by_entry(self) -> Iterator[Place]:
        """Each entry as a place of its own."""
        for nth, (block, start, end) in enumerate(self.entries, 1):
            yield Place(block, self.path, (Form(start, end, field(f"{self.path}.{nth}")),))


@dataclass(frozen=True)
class Stated:
    """What was read of one document: its pieces, which are the blocks of its record, and what stands in them. See `with_whole_lines`."""

    record: Vereinbarung
    register: Register
    lines: Sequence[Sequence[Piece]]
    """Of each block of the record the pieces that it was made of."""
    sections: Sequence[Section]
    targets: Mapping[str, Sequence[Candidate]]
    amounts: Mapping[str, Sequence[tuple[Piece, int, Amount]]]
    signatures: Sequence[tuple[str, Signature]]

    def places(self) -> tuple[Place, ...]:
        """Every place of an Angabe that is no list; where two overlap, the one that is to be taken comes first."""
        return (
            *self._of_targets(),
            *self._of_amounts(),
            *self._of_signatures(),
            *self._of_titles(),
            *self._of_front(),
            *self._of_ministries(),
        )

    def runs(self) -> tuple[Run, ...]:
        """Every list of paragraphs, whose entries stand one behind the other."""
        return (*self._regional(), *(run for section in self.sections if is_individual(section) for run in self._of_goal(section)))

    def contradictions(self) -> Iterator[Befund]:
        """Each place that surely says another value than the Angabe has: it stays text, and a person must know."""
        for feld, several in self.targets.items():
            value = value_at(self.record, feld)
            bare = value.model_copy(update={"entspricht": None}) if isinstance(value, Zielwert) else None
            for candidate in several if bare else ():
                said = candidate.target
                if said.framed and said.zielwert not in (None, bare) and not (said.doubts or candidate.doubts):
                    yield _contradiction(self, feld, value, *candidate.place)
        for feld, amounts in self.amounts.items():
            value = value_at(self.record, feld)
            for piece, offset, amount in amounts if isinstance(value, int | Decimal) else ():
                if amount.wert not in (None, value) and not amount.doubts:
                    yield _contradiction(self, feld, value, piece, offset + amount.start, offset + amount.end)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(piece): number for number, several in enumerate(self.lines) for piece in several}

    def _text(self, number: int) -> str:
        return self.record.text[number].text

    def _place(self, piece: Piece, path: str, forms: Sequence[Form]) -> Iterator[Place]:
        """A place in a piece whose text the record has as it was read."""
        number = self._numbers.get(id(piece))
        if number is not None and forms and self._text(number) == piece.text:
            yield Place(number, path, tuple(forms))

    # ------------------------------------------------------------ targets and amounts

    def _of_targets(self) -> Iterator[Place]:
        for feld, several in self.targets.items():
            value = value_at(self.record, feld)
            for candidate in several if isinstance(value, Zielwert) else ():
                if candidate.target.zielwert != value.model_copy(update={"entspricht": None}):
                    continue
                piece, start, end = candidate.place
                yield from self._place(piece, feld, list(_of_target(piece.text, start, end, feld, value)))
                level = candidate.target.entspricht
                if level and level.zielwert and level.zielwert == value.entspricht:
                    piece, start, end = candidate.level_place
                    yield from self._place(
                        piece, f"{feld}.entspricht", list(_of_level(piece.text, start, end, f"{feld}.entspricht", level.zielwert))
                    )

    def _of_amounts(self) -> Iterator[Place]:
        for feld, said in self.amounts.items():
            for piece, offset, amount in said:
                if amount.wert is not None and amount.wert == value_at(self.record, feld):
                    start, end = offset + amount.start, offset + amount.end
                    written = ("mio",) if feld.endswith("_mio") else ("euro", "millionen")
                    tail = re.search(r",[-–—]+$", piece.text[start:end])
                    ends = (end, start + tail.start()) if tail else (end,)
                    yield from self._place(piece, feld, [Form(start, each, field(feld, form)) for each in ends for form in written])

    # ------------------------------------------------------------ signatures

    def _of_signatures(self) -> Iterator[Place]:
        for name, signature in self.signatures:
            for key in ("ort", "datum", "zusatz", "name", "funktion", "stelle"):
                path = f"{name}.{key}"
                value = value_at(self.record, path)
                if value is None or key not in signature.words:
                    continue
                for number in self._lines(signature, key):
                    if forms := tuple(_of_signature(self._text(number), path, value, key, self.record.jahr)):
                        yield Place(number, path, forms)
                        break

    def _lines(self, signature: Signature, key: str) -> Iterator[int]:
        """The blocks from which a value of a signature was read: those of its words, or that say them."""
        words, text = signature.words[key]
        ids = {id(word) for word in words}
        for piece in signature.lines:
            if ids & {id(word) for word in piece.words} or (text and text in piece.text):
                yield self._numbers[id(piece)]

    # ------------------------------------------------------------ title page and opening, goals

    def _of_front(self) -> Iterator[Place]:
        """Year, Träger and those who sign, where title page and opening name them."""
        names = {
            f"unterschriften.{party}.{number}.name": each.name
            for party in ("land", "traeger")
            for number, each in getattr(self.record.unterschriften, party).items()
            if isinstance(each.name, str)
        }
        once = Counter(names.values())
        for number, block in enumerate(self.record.text):
            if block.art in FRONT:
                yield from _of_traeger(number, block.text, self.register.find(self.record.traeger, self.record.jahr))
                dates = [found.span() for found in DAY.finditer(block.text)]
                for found in re.finditer(rf"(?<![\d.,/-]){self.record.jahr}(?![\d,/-]|\.\d)", block.text):
                    if not any(start <= found.start() < end for start, end in dates):
                        yield Place(number, "jahr", (Form(*found.span(), field("jahr")),))
                for path, name in names.items():
                    yield from _of_words(number, block.text, path, name) if once[name] == 1 else ()

    def _of_ministries(self) -> Iterator[Place]:
        several = [
            (f"ministerien.{number}.{key}", value)
            for number, each in self.record.ministerien.items()
            for key in ("name", "kurz")
            if isinstance(value := getattr(each, key), str)
        ]
        for number, block in enumerate(self.record.text):
            for path, value in sorted(several, key=lambda pair: -len(pair[1])) if block.art != "unterschrift" else ():
                yield from _of_words(number, block.text, path, value)

    def _of_titles(self) -> Iterator[Place]:
        for section in self.sections:
            title = value_at(self.record, f"ziele.individuell.{section.nummer}.titel") if is_individual(section) else None
            if section.titel and isinstance(title, str):
                text, number = section.titel.text, goal_number(section.titel.text)
                start = number[1] if number else 0
                path = f"ziele.individuell.{section.nummer}.titel"
                yield from self._place(section.titel, path, [Form(start, len(text), field(path))] if text[start:] == title else [])

    # ------------------------------------------------------------ lists

    def _regional(self) -> Iterator[Run]:
        path = "rahmenbedingungen.regionale_lage"
        entries = value_at(self.record, path)
        texts = [block.text for block in self.record.text]
        count = len(entries) if isinstance(entries, tuple) else 0
        first = next((at for at in range(len(texts) - count + 1) if count and tuple(texts[at : at + count]) == entries), None)
        if first is not None:
            yield Run(path, tuple((first + at, 0, len(texts[first + at])) for at in range(count)))

    def _of_goal(self, section: Section) -> Iterator[Run]:
        numbers = [self._numbers[id(piece)] for piece in section.pieces]
        at = 0
        for key in ("ziel", "schritte", "erreicht_wenn"):
            path = f"ziele.individuell.{section.nummer}.{key}"
            entries = value_at(self.record, path)
            if isinstance(entries, tuple) and (found := self._entries(entries, numbers, at)):
                yield Run(path, tuple(found))
                at = numbers.index(found[-1][0]) + 1

    def _entries(self, entries: Sequence[str], numbers: Sequence[int], at: int) -> list[tuple[int, int, int]]:
        """Where the entries of a list stand in some blocks, in order; nothing where one of them does not."""
        found: list[tuple[int, int, int]] = []
        for entry in entries:
            place = next((place for place in range(at, len(numbers)) if _entry_in(self._text(numbers[place]), entry)), None)
            if place is None:
                return []
            found.append((numbers[place], *_entry_in(self._text(numbers[place]), entry)))
            at = place + 1
        return found


def _contradiction(stated: Stated, feld: str, value: Any, piece: Piece, start: int, end: int) -> Befund:
    text = piece.text[start:end]
    expected = " ".join(say(feld, value, stated.register, stated.record.jahr))
    return Befund("widerspruch", "warnung", text, feld, expected, locations_of(piece.between(start, end), text)[0])


def _entry_in(text: str, entry: str) -> tuple[int, int] | tuple[()]:
    """The letters of a block that are an entry of a list: all, all behind its number, or all before what introduces the next list."""
    mark = STEP.match(text)
    if text == entry:
        return 0, len(text)
    if mark and text[mark.end() :] == entry:
        return mark.end(), len(text)
    return (0, len(entry)) if text.startswith(f"{entry} ") else ()


# ---------------------------------------------------------------- lines


def with_whole_lines(
    record: Vereinbarung, pieces: Sequence[Piece], signatures: Sequence[tuple[str, Signature]]
) -> tuple[Vereinbarung, tuple[tuple[Piece, ...], ...]]:
    """The record, each block a piece, with lines joined over which a name of the opening or a signature runs; the pieces of each block."""
    texts = [block.text for block in record.text]
    joined = {*_broken_ministries(record, texts), *_broken_offices(record, pieces, texts, signatures)}
    lines: list[list[int]] = []
    for number in range(len(texts)):
        if number in joined:
            lines[-1].append(number)
        else:
            lines.append([number])
    blocks = (record.text[several[0]].model_copy(update={"text": " ".join(texts[number] for number in several)}) for several in lines)
    return record.model_copy(update={"text": tuple(blocks)}), tuple(tuple(pieces[number] for number in several) for several in lines)


def _broken_ministries(record: Vereinbarung, texts: Sequence[str]) -> Iterator[int]:
    """The lines of the opening in which the name of a ministry goes on that begins in the line before."""
    names = [each.name for each in record.ministerien.values() if isinstance(each.name, str)]
    for number, (one, other) in enumerate(pairwise(record.text), 1):
        if one.art == other.art and one.art in FRONT:
            two = f"{texts[number - 1]} {texts[number]}"
            if any(name in two and name not in one.text and name not in other.text for name in names):
                yield number


def _broken_offices(
    record: Vereinbarung, pieces: Sequence[Piece], texts: Sequence[str], signatures: Sequence[tuple[str, Signature]]
) -> Iterator[int]:
    """The lines of a signature in which an office goes on that begins in the line before."""
    for name, signature in signatures:
        office = value_at(record, f"{name}.stelle")
        words = {id(word) for word in signature.words.get("stelle", ((), ""))[0]}
        numbers = [number for number, piece in enumerate(pieces) if words & {id(word) for word in piece.words}]
        if len(numbers) == 2 and numbers[1] == numbers[0] + 1 and office == " ".join(texts[number] for number in numbers):
            yield numbers[1]


# ---------------------------------------------------------------- ways to write a value


def _of_target(text: str, start: int, end: int, feld: str, value: Zielwert) -> Iterator[Form]:
    """The whole phrase as the notation writes it, else its figure, else its words."""
    begins = (start - 3, start) if text[:start].endswith("um ") else (start,)
    for mode in ("jahr", "vorjahr", "ohne"):
        yield from (Form(begin, end, field(feld, called("zielwert", mode))) for begin in begins)
    yield from _of_figure(text, start, end, feld, value)


def _of_level(text: str, start: int, end: int, feld: str, value: Zielwert) -> Iterator[Form]:
    yield Form(start, end, field(feld, called("zielwert", "niveau")))
    yield from _of_figure(text, start, end, feld, value)


def _of_figure(text: str, start: int, end: int, feld: str, value: Zielwert) -> Iterator[Form]:
    said = (value.richtung, value.schranke, value.einheit if value.einheit != "prozent" else None, value.bezug)
    told: list[Any] = [each for each in said if each is not None]
    if value.wert is None:
        yield Form(start, end, field(feld, called("worte", text[start:end], *told)))
    elif amount := re.compile(AMOUNT, re.I).search(text, start, end):
        first, last = amount.span("zahl")
        yield Form(first, last, field(feld, called("zahl", *told)))
        yield Form(first, last, field(feld, called("worte", text[first:last], *told)))


def _of_signature(text: str, path: str, value: Any, key: str, jahr: int) -> Iterator[Form]:
    """The forms of what one line of a signature says."""
    if key != "datum":
        filters = {"zusatz": ("zusatz",), "funktion": ("funktion",), "stelle": (called("stelle", path.split(".")[1]),)}.get(key, ())
        if text == value and key == "name" and is_name(text):
            filters = ("person",)
        if (start := text.find(str(value))) >= 0:
            yield Form(start, start + len(str(value)), field(path, *filters))
        return
    if isinstance(value, date):
        for found in DAY.finditer(text):
            yield from (
                Form(*found.span(), field(path, *filters))
                for filters in (("datum",), *((called("datum", form),) for form in FORMS_OF_DAYS))
            )
    elif value is OFFEN and (blank := re.search(rf"(?:,|\b(?:{'|'.join(LEADS)})\b)(?P<rest>[\s_.…]*{jahr}$)", text)):
        yield Form(blank.start("rest") + 1, len(text), field(path, "datum"))


def _of_traeger(number: int, text: str, row: Traeger) -> Iterator[Place]:
    written = {case: str(getattr(row, case)) for case in ("name", *CASES) if case != "gattung_genitiv"}
    for form in sorted(set(written.values()), key=len, reverse=True):
        for found in re.finditer(rf"(?<![\w-])(?i:{re.escape(form[:1])}){re.escape(form[1:])}(?![\w-])", text):
            cases = [case for case, name in written.items() if name == form]
            filters = [(case,) if found.group() == form else (case, "satzanfang") for case in cases]
            yield Place(number, "traeger", tuple(Form(*found.span(), field("traeger", *each)) for each in filters))


def _of_words(number: int, text: str, path: str, words: str) -> Iterator[Place]:
    for found in re.finditer(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text):
        yield Place(number, path, (Form(*found.span(), field(path)),))
