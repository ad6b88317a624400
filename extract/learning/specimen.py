"""One agreement to learn a wording from: its blocks, and where in them its Angaben stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path

from agreements.filling.fill import fill
from agreements.language.sentences import sentences
from agreements.language.target_vocabulary import AMOUNT, LEVEL, REFERENCE, pattern_of
from agreements.language.tokens import Tokens
from agreements.library.library import Library
from agreements.library.proof import paragraphs_of
from agreements.model.document import Art
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Found
from agreements.reading.reading import Reading
from agreements.register.register import Traeger
from agreements.wording.own import own_wording
from extract.by_grammar.blocks import pieces_of
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.individual_goals import is_step
from extract.by_grammar.record import read_structure
from extract.by_grammar.sections import sections_of
from extract.by_grammar.stated_amounts import stated_amounts
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.targets import agreed, is_goal, is_individual


@dataclass(frozen=True, slots=True)
class Mark:
    """A field in the text: its name, and the ways to write it that fit here, each the filters behind it ("dativ")."""

    path: str
    filters: tuple[str, ...] = ("",)
    offset: int = 0
    """So many years from the agreement's."""
    text: str = field(default="", compare=False)
    """How it is written in the specimen."""


Part = str | Mark
Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """An individually agreed goal with steps: only its number, and the sentence that introduces the steps, are no Angabe."""

    nummer: int
    intro: Parts
    reached: bool
    """Whether paragraphs follow the steps."""


@dataclass(frozen=True)
class Passage:
    """One block of the text, or a whole goal."""

    art: Art
    parts: Parts
    level: int = 0
    regional: bool = False
    goal: Goal | None = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Words and fields, for comparing."""
        found: list[str] = []
        for part in self.parts:
            found += Tokens(part).written if isinstance(part, str) else [f"\0{part.path}"]
        return tuple(found)

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What is the same in two passages that say the same."""
        return (self.art, *self.tokens)

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(part for part in self.parts if isinstance(part, Mark))

    @property
    def text(self) -> str:
        """For people: fields as "…"."""
        return "".join(part if isinstance(part, str) else "…" for part in self.parts)


@dataclass(frozen=True)
class Specimen:
    """An agreement that was read without a wording; `record` is effective."""

    name: str
    sha256: str
    reading: Reading
    record: Vereinbarung
    found: tuple[Found, ...]
    passages: tuple[Passage, ...]
    signatures: tuple[tuple[str, ...], ...]
    """The lines of each column."""

    @property
    def unsure(self) -> dict[str, str]:
        """The Angaben that a person must look at, with the reason."""
        return {found.feld: found.reason or "" for found in self.found if found.doubtful}


def specimen(name: str, sha256: str, reading: Reading, record: Vereinbarung, found: tuple[Found, ...], library: Library) -> Specimen:
    """What a wording is learned from, of a reading and what it says."""
    marking = _Marking(reading, record, library)
    return Specimen(name, sha256, reading, record, found, tuple(marking.passages()), marking.signatures)


def specimen_of_record(name: str, sha256: str, record: Vereinbarung, library: Library) -> Specimen:
    """The same of a record that keeps its text."""
    reading = Reading("word", None, paragraphs_of(fill(own_wording(record), record, library.register)))
    _, found, _ = read_structure(Path(name), reading, library)
    return specimen(name, sha256, reading, record, found, library)


# ---------------------------------------------------------------- where Angaben stand

Stretch = tuple[int, int, Mark | None]
"""Letters from start to end that are a field; without one they are left out, since the field says them."""


@dataclass
class _Marking:
    """One document, and the stretches found in each of its pieces, by the piece's identity."""

    reading: Reading
    record: Vereinbarung
    library: Library
    stretches: dict[int, list[Stretch]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.row = self.library.register.find(self.record.traeger, self.record.jahr)
        self.pieces = pieces_of(self.reading)
        self.sections = sections_of(self.pieces)
        self._targets()
        self._amounts()

    def _targets(self) -> None:
        setting = Setting(self.record.jahr, names=self.row.forms)
        for feld, candidates in agreed(self.sections, setting).items():
            value = value_at(self.record, feld)
            for candidate in candidates:
                said = candidate.target.zielwert
                if said is None or value is None or said != getattr(value, "model_copy", lambda **_: None)(update={"entspricht": None}):
                    continue
                text, start, end = candidate.piece.text, candidate.offset + candidate.target.start, candidate.offset + candidate.target.end
                level = candidate.target.entspricht
                if level and level.zielwert and level.zielwert == getattr(value, "entspricht", None):
                    mark = Mark(f"{feld}.entspricht", ('zielwert("niveau")',))
                    self._put(*candidate.level_place, mark)
                for from_, to, is_core in phrase_spans(text, start, end):
                    self._put(candidate.piece, from_, to, Mark(feld, (f'zielwert("{_mode(text[start:end])}")',)) if is_core else None)

    def _amounts(self) -> None:
        for feld, said in stated_amounts(self.sections, self.record.jahr).items():
            for piece, offset, amount in said:
                if amount.wert is not None and amount.wert == value_at(self.record, feld):
                    written = "mio" if feld.endswith("_mio") else "euro"
                    self._put(piece, offset + amount.start, offset + amount.end, Mark(feld, (written,)))

    def _put(self, piece: Piece, start: int, end: int, mark: Mark | None) -> None:
        if not any(start < other_end and other_start < end for other_start, other_end, _ in self.stretches[id(piece)]):
            self.stretches[id(piece)].append((start, end, mark))

    def parts(self, piece: Piece, start: int = 0) -> Parts:
        """The text of a piece from a letter on, its fields marked."""
        text = piece.text
        for path in ("name", "kurz"):
            for number, ministry in self.record.ministerien.items():
                if isinstance(value := getattr(ministry, path), str):
                    self._find(piece, re.escape(value), Mark(f"ministerien.{number}.{path}"))
        if piece.art in ("titelseite", "eingang"):
            for path, value in _signers(self.record):
                self._find(piece, re.escape(value), Mark(path))
        for pattern, mark in _names(self.row):
            self._find(piece, pattern, mark)
        for from_, to, offset in _years(text, self.record.jahr, piece.art in ("titelseite", "eingang")):
            self._put(piece, from_, to, Mark("jahr", offset=offset))
        return _cut(text, sorted(self.stretches[id(piece)], key=lambda stretch: stretch[:2]), start)

    def _find(self, piece: Piece, pattern: str, mark: Mark) -> None:
        for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", piece.text):
            sentence_start = found.group()[:1].isupper() and mark.path == "traeger" and mark.filters != ("name",)
            filters = tuple(f"{case} | satzanfang" if sentence_start else case for case in mark.filters)
            self._put(piece, *found.span(), Mark(mark.path, filters))

    # ---------------------------------------------------------------- blocks

    def passages(self) -> Iterator[Passage]:
        """The blocks in order, without the signatures; each goal with steps is one."""
        goals = {id(section.titel): section for section in self.sections if _has_steps(section)}
        within = {id(piece) for section in goals.values() for piece in section.pieces}
        lage = value_at(self.record, "rahmenbedingungen.regionale_lage")
        for piece in self.pieces:
            if piece.art == "unterschrift" or id(piece) in within:
                continue
            if section := goals.get(id(piece)):
                yield self._goal(section)
            else:
                yield Passage(piece.art, self.parts(piece), piece.level, regional=isinstance(lage, tuple) and piece.text in lage)

    def _goal(self, section: Section) -> Passage:
        assert section.titel is not None
        assert section.nummer is not None
        steps = [place for place in range(len(section.pieces)) if is_step(section.pieces, place)]
        before = section.pieces[steps[0] - 1] if steps[0] else None
        intro: Parts = ()
        if before is not None and before.text.endswith(":"):
            intro = self.parts(before, list(sentences(before.text))[-1][0])
        goal = Goal(section.nummer, intro, steps[-1] + 1 < len(section.pieces))
        return Passage("ueberschrift", (section.titel.text,), section.titel.level, goal=goal)

    @property
    def signatures(self) -> tuple[tuple[str, ...], ...]:
        signed = [piece for piece in self.pieces if piece.art == "unterschrift"]
        return tuple(tuple(piece.text for piece in lines) for _, lines in groupby(signed, key=lambda piece: piece.level))


def _has_steps(section: Section) -> bool:
    return (section.titel is not None and is_goal(section) and is_individual(section)
            and any(is_step(section.pieces, place) for place in range(len(section.pieces))))  # fmt: skip


def _mode(phrase: str) -> str:
    """How a target phrase names what it is compared with."""
    return "vorjahr" if "vorjahr" in phrase.lower() else "jahr" if re.search(r"\b(?:19|20)\d\d\b", phrase) else "ohne"


def _signers(record: Vereinbarung) -> Iterator[tuple[str, str]]:
    for party in ("land", "traeger"):
        for number, signature in getattr(record.unterschriften, party).items():
            if isinstance(signature.name, str):
                yield f"unterschriften.{party}.{number}.name", signature.name


def _names(row: Traeger) -> Iterator[tuple[str, Mark]]:
    """Every form of the Träger's name, each with the cases that it can be, the longest first."""
    cases: Mapping[str, list[str]] = defaultdict(list)
    for case in ("genitiv", "dativ", "nominativ", "akkusativ", "name"):
        cases[getattr(row, case)].append(case)
    for form in sorted(cases, key=len, reverse=True):
        yield f"(?i:{re.escape(form[:1])}){re.escape(form[1:])}", Mark("traeger", tuple(cases[form]))
    yield re.escape(row.gattung_genitiv) + rf"(?! {re.escape(row.name.partition(' ')[2])})", Mark("traeger", ("gattung_genitiv",))


_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d,/-]|\.\d)")
_OF_THE_AGREEMENT = re.compile(
    r"(?:[Jj]ahr(?:e?s)?|[Ff]ür|[Ii]m|[Ii]n|31\. Dezember|Frühjahr|Zielvereinbarung(?:en)?|Zielsteuerung|Zielerreichung|Jahresendwerten?)$"
)
_CITED = re.compile(r"(?:[Hh]aushalt\w*|BGBl\.?.*|S\.)$")


def _years(text: str, jahr: int, front: bool) -> Iterator[tuple[int, int, int]]:
    """Where a text names the agreement's year or one beside it, and how many years from it; years of laws stay text."""
    for found in _YEAR.finditer(text):
        offset = int(found.group()) - jahr
        before = text[: found.start()].rstrip()
        if abs(offset) <= 1 and not _CITED.search(before) and (_OF_THE_AGREEMENT.search(before) or (front and not offset)):
            yield *found.span(), offset


def _cut(text: str, stretches: Sequence[Stretch], start: int) -> Parts:
    """The text from a letter on, parted at its fields."""
    parts: list[Part] = []
    at = start
    for from_, to, mark in stretches:
        if from_ < at:
            continue
        parts += [text[at:from_]] + ([replace(mark, text=text[from_:to])] if mark else [])
        at = to + 1 if mark is None and text[to : to + 1] == " " else to
    return _tidy((*parts, text[at:]))


def _tidy(parts: Sequence[Part]) -> Parts:
    """The parts without empty texts, neighbouring texts joined."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


_WORD = re.compile(
    rf"(?P<reference>{REFERENCE}|{LEVEL})|(?P<amount>{AMOUNT})|(?P<bound>{pattern_of('schranke')})"
    rf"|(?P<verb>{pattern_of('richtung')}(?:\s(?:wird|werden))?)|(?P<filler>(?<!\w)(?:um|auf)(?!\w))",
    re.I,
)
_PARTICIPLE = re.compile(r"(?:gesteigert|reduziert|gesenkt|gehalten|verringert|vermindert|erhöht)$", re.I)
_REFLEXIVE = re.compile(r"(?:erhöh|verringer|reduzier|vermind|verbesser)\w*$", re.I)


def phrase_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The stretch of letters that is a target's phrase (True), and those of the sentence that its notation says with it (False).

    `start` to `end` is all that was read as the target; other words may stand in between: its verb stays in the sentence then.
    """
    lead = re.search(r"(?:(?<!\w)(?:um|auf|von)\s)$", text[:start])
    start = lead.start() if lead and not lead.group().startswith("von") else start
    words = list(_WORD.finditer(text, start, end))
    core = next((number for kind in ("amount", "verb") for number, word in enumerate(words) if word[kind]), 0)
    if not words:
        yield start, end, True
        return
    first = last = core
    while first and not text[words[first - 1].end() : words[first].start()].strip():
        first -= 1
    while last + 1 < len(words) and not text[words[last].end() : words[last + 1].start()].strip():
        last += 1
    auxiliary = re.compile(r"\s(?:wird|werden)(?!\w)").match(text, words[last].end())
    yield words[first].start(), auxiliary.end() if auxiliary and _PARTICIPLE.search(words[last].group()) else words[last].end(), True
    yield from ((word.start(), word.end(), False) for word in (*words[:first], *words[last + 1 :]) if word["reference"])
    if _REFLEXIVE.search(words[last].group()) and (sich := _sich(text, words[first].start())):
        yield sich


def _sich(text: str, before: int) -> tuple[int, int, bool] | None:
    """The "sich" of the sentence, which goes with a verb that the notation does not write."""
    begin = max(text.rfind(mark, 0, before) for mark in (". ", ", "))
    found = re.compile(r"(?<!\w)sich(?!\w)").search(text, max(0, begin), before)
    return (found.start(), found.end(), False) if found else None
