"""Several agreements of a year laid side by side: which of their passages are the same, and what the wording says of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rapidfuzz.distance import Indel

from agreements.comparing.pairing import best_pairs
from agreements.language.tokens import shortened
from agreements.model.fields import value_at
from extract.learning.specimen import Goal, Mark, Part, Passage, Specimen

_ALIKE = 0.55
"""Passages less alike are not the same one; headings and lines of the opening must be more alike, they have few words."""
_SHORT, _ALIKE_SHORT = 8, 0.6
_FRONT = ("titelseite", "eingang")


@dataclass
class Column:
    """One passage of the year: what each specimen that has it says, by the specimen's number."""

    passages: dict[int, Passage] = field(default_factory=dict)

    @property
    def first(self) -> Passage:
        return self.passages[min(self.passages)]

    @property
    def present(self) -> frozenset[int]:
        return frozenset(self.passages)

    @property
    def chosen(self) -> Passage:
        """What the wording says: the text that most specimens have, of several such the one with most fields, of these the first."""
        counts = Counter(passage.key for passage in self.passages.values())
        best = max(self.passages, key=lambda number: (counts[self.passages[number].key], _fields(self.passages[number]), -number))
        return replace(self.passages[best], parts=self._decided(self.passages[best]))

    def _decided(self, chosen: Passage) -> tuple[Part, ...]:
        """Its parts, with the notations that fit in every specimen; somebody's name is a field only if it is one in all of them."""
        others = [passage for passage in self.passages.values() if passage.key == chosen.key]
        found: list[Part] = []
        for part in chosen.parts:
            if isinstance(part, str):
                found.append(part)
            elif part.path.startswith("unterschriften.") and not all(part in passage.marks for passage in self.passages.values()):
                found.append(part.text)
            else:
                place = sum(isinstance(other, Mark) for other in chosen.parts[: chosen.parts.index(part)])
                found.append(self._fitting(part, [other.marks[place].filters for other in others]))
        return tuple(found)

    @staticmethod
    def _fitting(mark: Mark, several: Sequence[tuple[str, ...]]) -> Mark:
        fitting = tuple(written for written in mark.filters if all(written in other for other in several))
        return replace(mark, filters=fitting or mark.filters)


def _fields(passage: Passage) -> int:
    return len({mark.path for mark in passage.marks if mark.path.startswith(("ziele.", "haushalt."))})


# ---------------------------------------------------------------- side by side


def side_by_side(specimens: Sequence[Specimen]) -> list[Column]:
    """The passages of all specimens in one order; passages that are the same stand in one column."""
    columns: list[Column] = []
    for number, specimen in enumerate(specimens):
        columns = list(_merged(columns, specimen.passages, number))
    return columns


def _merged(columns: Sequence[Column], passages: Sequence[Passage], number: int) -> Iterator[Column]:
    """The columns with one specimen more, as its passages fit them best, in order."""
    likeness = [[_likeness(column.first, passage) for passage in passages] for column in columns]
    at, seen = 0, 0
    for column, passage in (*best_pairs(likeness), (len(columns), len(passages))):
        yield from columns[at:column]
        yield from (Column({number: other}) for other in passages[seen:passage])
        if column < len(columns):
            yield Column({**columns[column].passages, number: passages[passage]})
        at, seen = column + 1, passage + 1


def _likeness(one: Passage, other: Passage) -> float:
    """How much two passages are the same, 0 where they are not."""
    if one.goal or other.goal:
        return 1.0 if one.goal and other.goal else 0.0
    if one.regional and other.regional:
        return 0.9
    if (one.art in _FRONT, one.art == "ueberschrift") != (other.art in _FRONT, other.art == "ueberschrift"):
        return 0.0
    if one.art == "absatz" and one.tokens[:3] != other.tokens[:3]:
        return 0.0
    fields = {mark.path for mark in one.marks} & {mark.path for mark in other.marks} - {"jahr", "traeger"}
    alike = Indel.normalized_similarity(one.tokens, other.tokens)
    least = _ALIKE_SHORT if min(len(one.tokens), len(other.tokens)) < _SHORT else _ALIKE
    return max(alike, 0.5) if alike >= least or (fields and alike >= 0.3) else 0.0


# ---------------------------------------------------------------- what only some have


@dataclass(frozen=True)
class Piece:
    """What comes into the wording: passages, under the field that decides whether an agreement has them."""

    passages: tuple[Passage, ...]
    condition: str | None = None
    goals: tuple[Goal, ...] = ()
    """Individually agreed goals of all agreements that stand here; the passage is the heading of one of them."""


@dataclass
class Gathered:
    """What a wording is made of, in order, and what a person must know of it."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[Passage | None, str]] = field(default_factory=list)


def gather(columns: Sequence[Column], specimens: Sequence[Specimen]) -> Gathered:
    """The passages of the wording; of those that only some agreements have, those that a field or the majority decides."""
    gathered = Gathered()
    names = [specimen.name for specimen in specimens]
    everybody = frozenset(range(len(names)))
    columns = with_region(columns, len(names))
    for (goals, present), run in groupby(columns, key=lambda column: _standing(column, everybody)):
        several = list(run)
        if goals:
            agreed = tuple(passage.goal for column in several for passage in column.passages.values() if passage.goal)
            gathered.pieces.append(Piece((several[0].first,), goals=agreed))
        elif present == everybody:
            gathered.pieces += [Piece((column.chosen,), _condition(column)) for column in several]
        elif deciding := _deciding(several, present, specimens):
            gathered.pieces.append(Piece(tuple(column.chosen for column in several), deciding))
        else:
            _by_majority(gathered, several, present, names)
    for column in columns:
        gathered.notes += _differing(column, names)
    return gathered


def _standing(column: Column, everybody: frozenset[int]) -> tuple[bool, frozenset[int]]:
    """Whether a column is goals, and which agreements have it: those lists may be empty are in all."""
    goals = column.first.goal is not None
    return goals, everybody if goals or column.first.regional else column.present


def _condition(column: Column) -> str | None:
    """The field without which a passage is not printed."""
    return next((mark.path for mark in column.chosen.marks if mark.path.startswith(("ziele.", "haushalt."))), None)


def _deciding(run: Sequence[Column], present: frozenset[int], specimens: Sequence[Specimen]) -> str | None:
    """The field that all agreements with these passages have, and no other has."""
    paths = dict.fromkeys(mark.path for column in run for mark in column.chosen.marks if mark.path.startswith(("ziele.", "haushalt.")))
    return next((path for path in paths if all((value_at(specimen.record, path) is not None) == (number in present)
                                               for number, specimen in enumerate(specimens))), None)  # fmt: skip


def _by_majority(gathered: Gathered, run: Sequence[Column], present: frozenset[int], names: Sequence[str]) -> None:
    kept = 2 * len(present) > len(names)
    said = ", ".join(names[number] for number in sorted(present))
    for column in run:
        if kept:
            gathered.pieces.append(Piece((column.chosen,), _condition(column)))
            gathered.notes.append((column.chosen, f"steht nur in {said}; in den anderen ist es eine Abweichung"))
        else:
            gathered.notes.append((None, f"Nicht aufgenommen, steht nur in {said}: „{shortened(column.first.text)}“"))


def _differing(column: Column, names: Sequence[str]) -> Iterator[tuple[Passage, str]]:
    """Which agreements say a passage otherwise than the wording."""
    chosen = column.chosen
    if chosen.goal or chosen.regional or len(column.passages) < 2:
        return
    other = [names[number] for number, passage in sorted(column.passages.items()) if passage.key != chosen.key]
    if other:
        yield chosen, f"lautet anders in {', '.join(other)}"


# ---------------------------------------------------------------- the region

_ON_THE_SETTING = re.compile(r"Rahmenbedingung|Ausgangslage|Arbeitsmarkt|regional|vor Ort", re.I)
_ON_MONEY = re.compile(r"finanziell|Haushalt|Budget|Mio\.|Euro\b|€", re.I)


def with_region(columns: Sequence[Column], count: int) -> list[Column]:
    """The columns, those on the region as one; with several agreements these are what differs in the chapter on the setting."""
    setting, flags = False, list[bool]()
    for column in columns:
        if column.first.art == "ueberschrift" and column.first.level <= 1:
            setting = bool(_ON_THE_SETTING.search(column.first.text))
        flags.append(_is_regional(column, count, setting))
    runs = [[place for place, _ in run] for flag, run in groupby(enumerate(flags), key=lambda pair: pair[1]) if flag]
    region = max(runs, key=lambda run: sum(_said_regional(columns[place]) + 0.1 for place in run), default=[])
    found: list[Column] = []
    for place, column in enumerate(columns):
        if place not in region:
            found.append(Column({number: replace(passage, regional=False) for number, passage in column.passages.items()}))
        elif place == region[0]:
            found.append(Column({number: replace(passage, regional=True, parts=()) for number, passage in column.passages.items()}))
    return found


def _said_regional(column: Column) -> bool:
    return any(passage.regional for passage in column.passages.values())


def _is_regional(column: Column, count: int, setting: bool) -> bool:
    if column.first.art not in ("text", "punkt") or column.first.goal:
        return False
    if count == 1:
        return _said_regional(column)
    same = len(column.passages) == count and len({passage.key for passage in column.passages.values()}) == 1
    money = any(_ON_MONEY.search(passage.text) or _fields(passage) for passage in column.passages.values())
    return not same and (_said_regional(column) or (setting and not money))
