"""The targets and individual goals of a document in no known wording, by its headings and the grammar of target sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from agreements.language.numbering import ABSATZ, ANLAGE, LIKE_A_GOAL, STEP
from agreements.language.sentences import STOPPED, sentences
from agreements.language.target_vocabulary import pattern_of
from agreements.language.tokens import shortened
from agreements.model.record import Zielwert
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, locations_of
from agreements.reading.reading import Word
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.individual_goals import individual
from extract.by_grammar.tables import is_row, rows_of
from extract.by_grammar.target_elements import FELDER, Gruppe, Indikator, Level, Setting, Target
from extract.by_grammar.target_sentences import level_after, targets
from extract.by_grammar.topics import STATUTORY, Thema, thema_of
from extract.correction.legibility import weighed

_ALWAYS = ("ziele.integrationsquote.gesamt", "ziele.langzeitleistungsbezug.gesamt")
"""Targets that every agreement has."""
_OF_THEMA: dict[Thema, tuple[Indikator, Gruppe]] = {
    "leistungen_lebensunterhalt": ("leistungen_lebensunterhalt", "gesamt"),
    "integrationsquote": ("integrationsquote", "gesamt"),
    "alleinerziehende": ("integrationsquote", "alleinerziehende"),
    "langzeitleistungsbezug": ("langzeitleistungsbezug", "gesamt"),
}
_WITHOUT_GOALS: frozenset[Thema] = frozenset(("grundsaetze", "rahmen", "regional", "schwerpunkte", "haushalt", "nachhaltung"))
_MONITORED = re.compile(pattern_of("beobachtet"), re.I)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A target with the piece that says it."""

    target: Target
    piece: Piece
    offset: int
    section: Section
    doubts: tuple[Doubt, ...] = ()
    level_in: tuple[Piece, int] | None = None
    """The piece of the sentence that says the level, and where in it that begins; None where it is the target's own."""

    @property
    def level_place(self) -> tuple[Piece, int, int]:
        """Where the level stands that the target comes to: a piece, from and to which letter."""
        level = self.target.entspricht
        assert level is not None
        piece, offset = self.level_in or (self.piece, self.offset)
        return piece, offset + level.start, offset + level.end

    @property
    def words(self) -> tuple[Word, ...]:
        """The words that make the target."""
        return self.piece.between(self.offset + self.target.start, self.offset + self.target.end)

    @property
    def place(self) -> tuple[Piece, int, int]:
        """Where the target stands: a piece, from and to which letter."""
        return self.piece, self.offset + self.target.start, self.offset + self.target.end

    @property
    def text(self) -> str:
        """The target, letter by letter."""
        return self.piece.text[self.offset + self.target.start : self.offset + self.target.end]


@dataclass(slots=True)
class Goals:
    """What the goals of a document say."""

    found: list[Found] = field(default_factory=list)
    perhaps: list[Found] = field(default_factory=list)
    """What may be agreed besides, all of it null and to be looked at: a record has only what is agreed."""
    befunde: list[Befund] = field(default_factory=list)
    said: dict[str, list[Candidate]] = field(default_factory=dict)
    """Every sentence that agrees, or may agree, a target, by its field."""


def is_goal(section: Section) -> bool:
    """Whether a section agrees a goal, or introduces the goals."""
    if section.titel and _ATTACHED.match(section.titel.text):
        return True
    if section.thema in STATUTORY or (section.nummer is not None and "ziele" in section.path):
        return not _WITHOUT_GOALS & {*section.path}
    return "ziele" in section.themen and section.thema not in _WITHOUT_GOALS and not _WITHOUT_GOALS & {*section.path}


_ATTACHED = re.compile(rf"{ANLAGE.pattern}(?:\W*$|.*(?:Ziel|Kennzahl|Indikator))", re.I)
"""The heading of an Anlage that may hold the target values."""


def is_individual(section: Section) -> bool:
    """Whether a goal is none of the statutory ones."""
    return (
        section.nummer is not None and "ziele" in section.path and section.thema not in STATUTORY and not _WITHOUT_GOALS & {*section.path}
    )


def read_goals(sections: Sequence[Section], setting: Setting) -> Goals:
    """All targets and individual goals; a target that should be there and was not read is null, to be looked at."""
    zone = [section for section in sections if is_goal(section)]
    candidates = list(_candidates(zone or sections, setting))
    by_field = _by_field(candidates, setting.jahr, told=bool(zone))
    goals = Goals(said=by_field)
    for feld, several in by_field.items():
        goals.found += _resolved(feld, several)
    goals.found += _missing(zone, set(by_field))
    goals.found += _other_of_two(goals.found)
    read = {angabe.feld for angabe in goals.found}
    goals.found += [*_named_only(zone, read), *_torn(sections, read)]
    goals.perhaps += _without_place(zone, candidates if zone else (), setting, read)
    goals.befunde += _unusual_references(goals.found, setting.jahr)
    for section in zone:
        if is_individual(section):
            goals.found += individual(section)
    return goals


def agreed(sections: Sequence[Section], setting: Setting) -> dict[str, list[Candidate]]:
    """Every sentence that agrees, or may agree, a target, by its field."""
    zone = [section for section in sections if is_goal(section)]
    return _by_field(list(_candidates(zone or sections, setting)), setting.jahr, told=bool(zone))


def _by_field(candidates: list[Candidate], jahr: int, told: bool) -> dict[str, list[Candidate]]:
    """The candidates by their fields; `told`: whether the section with the goals is."""
    doubt = () if told else (Doubt("abschnitt-unbekannt"),)
    by_field: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in _with_references(candidates, jahr):
        if candidate.target.feld:
            by_field[candidate.target.feld].append(replace(candidate, doubts=(*candidate.doubts, *doubt)))
    return by_field


# ---------------------------------------------------------------- targets


def _candidates(sections: Sequence[Section], setting: Setting) -> Iterator[Candidate]:
    for section in sections:
        own = _within(section, setting)
        doubt = (Doubt("bei-anderem-ziel"),) if is_individual(section) else ()
        announced = False
        before: list[Candidate] = []
        rows = rows_of(section.pieces, setting.jahr)
        for piece in section.pieces:
            said = replace(own, certain=piece.certain)
            if row := rows.get(id(piece)):
                yield from (
                    Candidate(replace(target, end=min(target.end, len(piece.text))), piece, 0, section, (*doubt, *row.doubts))
                    for target in targets(row.text, replace(said, framed=row.agreed or announced, column=row.column))
                )
                continue
            for start, end in sentences(piece.text):
                sentence = _without_number(piece, start, end)
                if before and (level := level_after(sentence, said)):
                    yield from _with_level(before, level, (piece, start))
                    before = []
                    continue
                yield from before
                read = targets(sentence, replace(said, framed=announced and _is_item(piece)))
                before = [Candidate(target, piece, start, section, doubt) for target in read]
            announced = _announces(piece.text) or (announced and _is_item(piece))
        yield from before


def _is_item(piece: Piece) -> bool:
    """Whether a piece is an item of a list, or a row of a table."""
    return piece.art == "punkt" or is_row(piece.text) or bool(STEP.match(piece.text))


def _without_number(piece: Piece, start: int, end: int) -> str:
    """A sentence of a piece, blanks in the place of the number of its Absatz or of an item of a list."""
    number = (ABSATZ.match(piece.text) or STEP.match(piece.text)) if start == 0 else None
    return " " * number.end() + piece.text[number.end() : end] if number else piece.text[start:end]


def _within(section: Section, setting: Setting) -> Setting:
    """The setting below a section's heading."""
    if section.thema not in _OF_THEMA:
        return setting
    indikator, gruppe = _OF_THEMA[section.thema]
    return replace(setting, indikator=indikator, gruppe=gruppe)


def _announces(text: str) -> bool:
    """Whether a paragraph ends by announcing agreed targets in a list."""
    if _NO_TARGET.search(text) or not re.search(r"Zielwert|[Vv]ereinbar|verständig|folgende\w*\s+Ziele", text):
        return False
    head = len(text) <= _HEAD_OF_TABLE and not text.endswith(".")
    return head or text.endswith(":") or bool(re.search(r"\b(?:Tabelle|Übersicht)\b", text))


_NO_TARGET = re.compile(r"\b(?:ohne|kein\w*|nicht)\b", re.I)
_HEAD_OF_TABLE = 40
"""Letters of a line, "Kennzahl Zielwert 2022", that is the head of a table whose cells nothing parts any more."""


def _with_level(before: list[Candidate], level: Level, place: tuple[Piece, int]) -> Iterator[Candidate]:
    """The targets of the sentence before, the last of which comes to the level; its sentence begins at the place."""
    doubts = level.doubts if len(before) == 1 else (*level.doubts, Doubt("mehrere-zielwerte-davor"))
    yield from before[:-1]
    last = before[-1]
    twice = (Doubt("zwei-niveaus"),) if last.target.entspricht else ()
    yield replace(last, target=replace(last.target, entspricht=replace(level, doubts=(*doubts, *twice))), level_in=place)


def _with_references(candidates: list[Candidate], jahr: int) -> list[Candidate]:
    """Each target with the year it is compared with; a sentence that names none inherits that of the one before it in the same goal."""
    found: list[Candidate] = []
    for candidate in candidates:
        value = candidate.target.zielwert
        if value is None or value.richtung == "betraegt" or candidate.target.names_bezug:
            found.append(candidate)
            continue
        earlier = [other for other in found if other.target.framed and _year(other) is not None]
        same = [other for other in earlier if other.section is candidate.section and other.target.indikator == candidate.target.indikator]
        nearest = (same or earlier)[-1:]
        if candidate.target.by_sign and not same:
            found.append(replace(candidate, target=replace(candidate.target, zielwert=value.model_copy(update={"bezug": jahr - 1}))))
            continue
        doubts = tuple(doubt for other in nearest for doubt in _doubts(other)) if same else (Doubt("ohne-bezugsjahr"),)
        year = _year(nearest[0]) if nearest else None
        target = replace(candidate.target, zielwert=value.model_copy(update={"bezug": year}))
        found.append(replace(candidate, target=target, doubts=(*candidate.doubts, *doubts)))
    return found


def _year(candidate: Candidate) -> int | None:
    return candidate.target.zielwert.bezug if candidate.target.zielwert else None


def _resolved(feld: str, candidates: list[Candidate]) -> Iterator[Found]:
    """The Angabe that some sentences give: sure where all that agree something agree the same, and one was understood wholly."""
    strong = [candidate for candidate in candidates if candidate.target.framed] or candidates
    sure = [candidate for candidate in strong if not _doubts(candidate)]
    best = (sure or sorted(strong, key=lambda candidate: (candidate.target.zielwert is None, len(_doubts(candidate)))))[0]
    value = best.target.zielwert
    others = [candidate for candidate in strong if candidate is not best and candidate.target.zielwert != value]
    doubts: tuple[Doubt, ...] = ()
    if others:
        doubts = (Doubt("zwei-saetze", einer=best.text, anderer=others[0].text),)
    elif not sure:
        doubts = _doubts(best)
    same = [candidate for candidate in strong if candidate.target.zielwert == value]
    places = tuple(location for candidate in same for location in locations_of(candidate.words, candidate.text))
    yield replace(weighed(feld, value, best.words, best.text, *doubts), locations=places)
    for candidate in [candidate for candidate in same if candidate.target.entspricht][:1]:
        yield _level_found(f"{feld}.entspricht", candidate, doubts)


def _level_found(feld: str, candidate: Candidate, doubts: tuple[Doubt, ...]) -> Found:
    level = candidate.target.entspricht
    assert level is not None
    piece, start, end = candidate.level_place
    unread = () if level.zielwert else (Doubt("nicht-sicher-gelesen"),)
    return weighed(feld, level.zielwert, piece.between(start, end), piece.text[start:end], *(doubts or level.doubts or unread))


def _doubts(candidate: Candidate) -> tuple[Doubt, ...]:
    unread = () if candidate.target.zielwert else (Doubt("zielwert-unlesbar"),)
    unframed = () if candidate.target.framed else (Doubt("nicht-vereinbart"),)
    return tuple(dict.fromkeys((*candidate.target.doubts, *candidate.doubts, *unread, *unframed)))


def _missing(zone: Sequence[Section], read: set[str]) -> Iterator[Found]:
    """What should be there and was not read."""
    for feld in _ALWAYS:
        if feld not in read:
            yield Found.unread(feld, Doubt("zielwert-fehlt"))
    for section in zone:
        feld = _expected(section)
        if feld and feld not in read and feld not in _ALWAYS and not any(_MONITORED.search(piece.text) for piece in section.pieces):
            yield Found.unread(feld, Doubt("ziel-ohne-zielwert"), locations_of(section.titel.words) if section.titel else ())
            read.add(feld)


def _expected(section: Section) -> str:
    """The target that a section has: that of its theme; of the first goal of a picture, whose heading tells nothing, that of K1."""
    if section.titel and not section.titel.certain and section.nummer == 1 and is_individual(section):
        return _of_thema("leistungen_lebensunterhalt")
    return _of_thema(section.thema)


def _of_thema(thema: Thema) -> str:
    """The target of a statutory theme; empty for all others."""
    return "ziele.{}.{}".format(*_OF_THEMA[thema]) if thema in _OF_THEMA else ""


def _named_only(zone: Sequence[Section], read: set[str]) -> Iterator[Found]:
    """The target of a group, unread where a sentence of a picture names it below a statutory goal and none of it was understood.

    A figure stands beside them, or the sentence breaks off before it. Of single parents it may stand below any of them: theirs is a goal of
    its own, whose heading light may have taken.
    """
    named_by = ((section, piece) for section in zone if section.thema in STATUTORY for piece in section.pieces if not piece.certain)
    for section, piece in named_by:
        groups = [gruppe for gruppe in _GROUPS if section.thema == "integrationsquote" or gruppe == "alleinerziehende"]
        for start, end in sentences(piece.text):
            named = [gruppe for gruppe in groups if _GROUPS[gruppe].search(piece.text, start, end)]
            agreed = _FIGURE.search(piece.text, start, end) or not STOPPED.search(piece.text[start:end].rstrip())
            felder = [f"ziele.integrationsquote.{gruppe}" for gruppe in named] if agreed else []
            yield from (Found.unread(feld, Doubt("zielwert-fehlt"), locations_of(piece.words)) for feld in felder if feld not in read)
            read.update(felder)


def _torn(sections: Sequence[Section], read: set[str]) -> Iterator[Found]:
    """The total of a goal of the law, unread where what is left of it in a picture went with the words that announce all of them.

    These break off there, or state a percentage.
    """
    chapters = (section for section in sections if section.thema == "ziele" and "ziele" not in section.path)
    for piece in (piece for section in chapters for piece in section.pieces if not piece.certain):
        feld = _of_thema(thema_of(piece.text))
        stated = not STOPPED.search(piece.text.rstrip()) or _PERCENTAGE.search(piece.text)
        if feld and feld not in read and stated:
            yield Found.unread(feld, Doubt("zielwert-fehlt"), locations_of(piece.words))
            read.add(feld)


_GROUPS = {
    "frauen": re.compile(r"\bFrauen"), "maenner": re.compile(r"\bMänner"), "alleinerziehende": re.compile(r"\bAlleinerziehende")
}  # fmt: skip
_FIGURE, _PERCENTAGE = re.compile(r"\d|%"), re.compile(r"\d\s?%")


def _other_of_two(found: Sequence[Found]) -> Iterator[Found]:
    """The target of women or of men, unread where that of the others was and is not to be read: one sentence agrees both."""
    read = {each.feld: each for each in found}
    for one, other in permutations(f"ziele.integrationsquote.{gruppe}" for gruppe in ("frauen", "maenner")):
        if other not in read and one in read and read[one].wert is None:
            yield Found.unread(other, Doubt("zielwert-fehlt"), read[one].locations)


def _without_place(zone: Sequence[Section], candidates: Sequence[Candidate], setting: Setting, read: set[str]) -> Iterator[Found]:
    """What a target may say that no goal has a place for, and a goal of a picture whose heading ran into its text.

    Below the heading of a goal of its own, of which a fold may have left too little to tell it, no total is agreed, but that of a group.
    """
    said: list[tuple[str, str, Sequence[Word]]] = []
    for candidate in candidates:
        target = candidate.target
        if (
            target.feld is None
            and target.zielwert
            and (target.framed or not candidate.piece.certain)
            and ("integrationsquote", target.gruppe) in FELDER
        ):
            said.append((f"ziele.integrationsquote.{target.gruppe}", candidate.text, candidate.words))
        if target.feld == _ALWAYS[0] and is_individual(candidate.section) and not candidate.piece.certain:
            said.append(("ziele.integrationsquote.alleinerziehende", candidate.text, candidate.words))
    for piece in (piece for section in zone if not is_individual(section) for piece in section.pieces if not piece.certain):
        thema = thema_of(piece.text) if LIKE_A_GOAL.match(piece.text) else ""
        if thema in _OF_THEMA:
            said.append(("ziele.{}.{}".format(*_OF_THEMA[thema]), piece.text, piece.words))
    for feld, text, words in said:
        if feld not in read:
            read.add(feld)
            yield Found.unread(feld, Doubt("bei-keinem-ziel", worte=shortened(text)), locations_of(words, text))


def _unusual_references(found: Sequence[Found], jahr: int) -> Iterator[Befund]:
    """A target compared with another year than the one before: often last year's text left in."""
    for angabe in found:
        if isinstance(angabe.wert, Zielwert) and angabe.wert.bezug not in (None, jahr - 1):
            yield Befund(
                "widerspruch",
                "hinweis",
                f"Bezugsjahr {angabe.wert.bezug}",
                angabe.feld,
                str(jahr - 1),
                angabe.locations[0] if angabe.locations else locations_of(())[0],
            )


# ---------------------------------------------------------------- individual goals
