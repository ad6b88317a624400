"""What two agreements say differently: paragraph by paragraph, moved ones recognised, and word by word.

Paragraphs first, then words. Whatever the way round two texts are compared, the same words are found equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from agreements.comparing.pairing import best_pairs
from agreements.library.differences import Difference, differing_values
from agreements.library.library import Library
from agreements.model.document import Block, Document
from agreements.model.record import Vereinbarung

Side = Literal["beide", "alt", "neu"]


class Piece(NamedTuple):
    """A run of letters that both texts have, or the old or the new one alone."""

    text: str
    art: Literal["gleich", "entfallen", "neu"]


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of either document, or of both.

    The pieces that are equal or gone give `old.text`, those that are equal or new give `new.text`, letter by letter.
    A paragraph that stands elsewhere now has both, changed or not.
    """

    art: Literal["unveraendert", "geaendert", "neu", "entfaellt", "verschoben"]
    old: Block | None
    new: Block | None
    pieces: tuple[Piece, ...]

    @property
    def stelle(self) -> str | None:
        """Its address in the wording, of the new one where it has one; None for text without a wording."""
        return (self.new.stelle if self.new else "") or (self.old.stelle if self.old else "") or None


@dataclass(frozen=True)
class Comparison:
    """Two documents laid beside each other, and the Angaben in which their records differ."""

    old: Document
    new: Document
    steps: tuple[tuple[Row, Side], ...]
    """Every paragraph in the order of both documents; a moved one comes twice, at its old place ("alt") and at its new one ("neu")."""
    angaben: tuple[Difference, ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Each paragraph once, a moved one at its new place."""
        return tuple(row for row, side in self.steps if side != "alt" or row.art != "verschoben")

    @property
    def equal(self) -> bool:
        """Whether both say the same."""
        return not self.angaben and all(row.art == "unveraendert" for row in self.rows)


def compare_records(library: Library, old: Vereinbarung, new: Vereinbarung) -> Comparison:
    """Two effective records beside each other, by their text and by Angabe; errors as for `Library.filled`."""
    said = (each for each in differing_values(library.register, old, new) if not (each.feld or "").endswith(".zustand"))
    return compare(library.filled(old), library.filled(new), tuple(said))  # how a signature looks is not what is agreed


def compare(old: Document, new: Document, angaben: Sequence[Difference] = ()) -> Comparison:
    """Two documents beside each other, paragraph by paragraph."""
    return Comparison(old, new, steps(old.blocks, new.blocks), tuple(angaben))


def steps(old: Sequence[Block], new: Sequence[Block]) -> tuple[tuple[Row, Side], ...]:
    """The paragraphs of both in their order, as `Comparison.steps`."""
    return tuple(_steps(old, new, _pairs(old, new)))


# ---------------------------------------------------------------- paragraphs


_ALIKE, _MOVED, _PLACE = 0.5, 0.7, 0.25
"""Share of common words from which a paragraph is thought to be another's new form, or the same one elsewhere;
what the same address in the wording adds to it."""
_MOVED_WORDS = 4
"""Words that a paragraph must have to be recognised elsewhere: shorter ones are alike by chance."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Numbers of blocks that belong together: in order, and moved ones, each by the old block's number."""

    steady: dict[int, int]
    moved: dict[int, int]

    def mirrored(self) -> _Pairs:
        return _Pairs({b: a for a, b in self.steady.items()}, {b: a for a, b in self.moved.items()})


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> _Pairs:
    """Which blocks belong together, whichever is called the old one."""
    if [*map(_key, old)] > [*map(_key, new)]:
        return _paired(new, old).mirrored()
    return _paired(old, new)


def _paired(old: Sequence[Block], new: Sequence[Block]) -> _Pairs:
    steady: dict[int, int] = {}
    for code in Indel.opcodes([_key(block) for block in old], [_key(block) for block in new]):
        if code.tag == "equal":
            steady.update(zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True))
    for olds, news in list(_gaps(steady, len(old), len(new))):
        steady.update(_likest(olds, news, old, new))
    return _Pairs(steady, _elsewhere(steady, old, new))


def _key(block: Block) -> str:
    return f"{block.art}{block.level}\n{block.text}"


def _gaps(steady: dict[int, int], old: int, new: int) -> Iterator[tuple[range, range]]:
    """The runs of blocks between those that are paired, where both documents have some."""
    a = b = 0
    for next_a, next_b in (*sorted(steady.items()), (old, new)):
        if next_a > a and next_b > b:
            yield range(a, next_a), range(b, next_b)
        a, b = next_a + 1, next_b + 1


def _likest(olds: range, news: range, old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """The pairs, in order, that are most alike together."""
    pairs = best_pairs([[_worth(old[a], new[b]) for b in news] for a in olds])
    return {olds[i]: news[j] for i, j in pairs}


def _worth(old: Block, new: Block) -> float:
    """How good it is to lay two blocks beside each other, 0 where they have nothing to do with each other."""
    if "ueberschrift" in (old.art, new.art) and old.art != new.art:
        return 0.0
    if old.stelle and (old.stelle, old.liste, old.column, old.gruppe) == (new.stelle, new.liste, new.column, new.gruppe):
        return _PLACE + _likeness(old.text, new.text, 0.0)
    return _likeness(old.text, new.text, _ALIKE)


def _likeness(old: str, new: str, least: float) -> float:
    """The share of words that two texts have in common, in order; 0 where it is less than `least`."""
    return Indel.normalized_similarity(_words(old), _words(new), score_cutoff=least)


def _words(text: str) -> list[str]:
    return [match[1] for match in _TOKEN.finditer(text)]


def _elsewhere(steady: dict[int, int], old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """The blocks left over that stand in the other document too, the most alike first."""
    here = [a for a in range(len(old)) if a not in steady and len(_words(old[a].text)) >= _MOVED_WORDS]
    there = [b for b in range(len(new)) if b not in steady.values() and len(_words(new[b].text)) >= _MOVED_WORDS]
    alike = [(_likeness(old[a].text, new[b].text, _MOVED), a, b) for a in here for b in there]
    moved: dict[int, int] = {}
    for score, a, b in sorted(alike, key=lambda item: (-item[0], item[1:])):
        if score and a not in moved and b not in moved.values():
            moved[a] = b
    return moved


def _steps(old: Sequence[Block], new: Sequence[Block], pairs: _Pairs) -> Iterator[tuple[Row, Side]]:
    """The rows in the order of both documents, what is gone before what is new in its place."""
    moved = {a: _both("verschoben", old[a], new[b]) for a, b in pairs.moved.items()}
    arrived = {b: moved[a] for a, b in pairs.moved.items()}
    a = b = 0
    for next_a, next_b in (*sorted(pairs.steady.items()), (len(old), len(new))):
        for gone in range(a, next_a):
            yield moved.get(gone) or Row("entfaellt", old[gone], None, (Piece(old[gone].text, "entfallen"),)), "alt"
        for come in range(b, next_b):
            yield arrived.get(come) or Row("neu", None, new[come], (Piece(new[come].text, "neu"),)), "neu"
        if next_a < len(old):
            same = _key(old[next_a]) == _key(new[next_b])
            yield _both("unveraendert" if same else "geaendert", old[next_a], new[next_b]), "beide"
        a, b = next_a + 1, next_b + 1


def _both(art: Literal["unveraendert", "geaendert", "verschoben"], old: Block, new: Block) -> Row:
    return Row(art, old, new, pieces(old.text, new.text))


# ---------------------------------------------------------------- words


_CITING = r"§§?|Art\.|Artikels?|Abs\.|Absatz(?:es)?|Satz(?:es)?|S\.|Nrn?\.|Nummern?|Ziff(?:er|\.)|Buchst(?:abe|\.)"
_TOKEN = re.compile(
    rf"""(
        (?:{_CITING})\s?\d+(?:\s?[a-z]\b)?           # § 48b, Abs. 1, § 16 k
      | \d+(?:[.,:]\d+)*                             # 13.155.724  3,9
      | \w+(?:[-‑–]\w+)*                             # Social-Media
      | [^\w\s]
    )(\s*)""",
    re.VERBOSE,
)  # fmt: skip
"""A word or sign, and the white space behind it; a number is one word, and so is what cites one."""

_STOP = frozenset(
    """
    aber als am an auch auf aus bei bis da das dass dem den der des die dies diese dieser dieses durch ein eine einem einen
    einer eines er es für hat ihr ihre ihrer im in ins ist ihren mit nach noch oder sein seine sich sie sind so soll sowie
    über um und unter vom von vor werden wie wird zu zum zur
""".split()  # noqa: SIM905, words are easier to read and to add to in running text
)
_REWRITTEN = 0.25
"""Share of common words below which two texts are shown as one instead of the other."""


class _Run(NamedTuple):
    """Words from a to b of the old text in place of those from c to d of the new one."""

    same: bool
    a: int
    b: int
    c: int
    d: int

    @property
    def words(self) -> int:
        return max(self.b - self.a, self.d - self.c)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one run of pieces, what is gone before what is new."""
    if old == new:
        return (Piece(old, "gleich"),) if old else ()
    if old > new:
        flipped = {"gleich": "gleich", "entfallen": "neu", "neu": "entfallen"}
        return _joined([Piece(piece.text, flipped[piece.art]) for piece in _pieces(new, old)])  # type: ignore[arg-type]
    return _joined(_pieces(old, new))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _tokens(old), _tokens(new)
    yield from _changed(old[: len(old) - sum(map(len, map("".join, before)))], new[: len(new) - sum(map(len, map("".join, after)))])
    for run in _runs([word for word, _ in before], [word for word, _ in after]):
        if run.same:
            for (word, space), (_, other) in zip(before[run.a : run.b], after[run.c : run.d], strict=True):
                yield Piece(word, "gleich")
                yield from _changed(space, other)
        else:
            yield from _changed("".join(map("".join, before[run.a : run.b])), "".join(map("".join, after[run.c : run.d])))


def _tokens(text: str) -> list[tuple[str, str]]:
    return [(found[1], found[2]) for found in _TOKEN.finditer(text)]


def _changed(old: str, new: str) -> Iterator[Piece]:
    """One text in place of another; the same white space at their ends is equal."""
    if old == new:
        yield Piece(old, "gleich")
        return
    space = old[len(old.rstrip()) :]
    common = len(space) if old.strip() and new.strip() and space == new[len(new.rstrip()) :] else 0
    yield Piece(old[: len(old) - common], "entfallen")
    yield Piece(new[: len(new) - common], "neu")
    yield Piece(space[:common], "gleich")


def _joined(found: Sequence[Piece] | Iterator[Piece]) -> tuple[Piece, ...]:
    """The pieces with neighbours of a kind as one; between equal ones what is gone stands before what is new."""
    joined: list[Piece] = []
    for same, run in groupby((piece for piece in found if piece.text), key=lambda piece: piece.art == "gleich"):
        several = list(run)
        for art in ("gleich",) if same else ("entfallen", "neu"):
            if text := "".join(piece.text for piece in several if piece.art == art):
                joined.append(Piece(text, art))  # type: ignore[arg-type]
    return tuple(joined)


def _runs(before: list[str], after: list[str]) -> list[_Run]:
    """Equal and changed words by turns, without equal stop words scattered among changed ones."""
    if Indel.normalized_similarity(before, after, score_cutoff=_REWRITTEN) == 0.0:
        return [_Run(False, 0, len(before), 0, len(after))]
    runs = _merged(_Run(code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end)
                   for code in Indel.opcodes(before, after))  # fmt: skip
    slid = _merged(_slid(runs, before, after))
    return _merged(_Run(run.same and not _scattered(slid, at, before), *run[1:]) for at, run in enumerate(slid))


def _merged(runs: Iterator[_Run]) -> list[_Run]:
    merged: list[_Run] = []
    for run in runs:
        if run.a == run.b and run.c == run.d:
            continue
        if merged and merged[-1].same == run.same:
            merged[-1] = _Run(run.same, merged[-1].a, run.b, merged[-1].c, run.d)
        else:
            merged.append(run)
    return merged


def _scattered(runs: Sequence[_Run], at: int, before: Sequence[str]) -> bool:
    """Whether a run of equal words says nothing by itself: stop words and signs, fewer than are changed on either side."""
    run = runs[at]
    if not 0 < at < len(runs) - 1:
        return False
    beside = (runs[at - 1], runs[at + 1])
    return all(word.lower() in _STOP or word in _SIGNS for word in before[run.a : run.b]) and all(
        run.words < each.words and each.a < each.b and each.c < each.d for each in beside
    )


_SIGNS = ",-–/"


def _slid(runs: list[_Run], before: Sequence[str], after: Sequence[str]) -> Iterator[_Run]:
    """The runs, each lone insertion or deletion moved to where it begins or ends with its sentence or clause.

    In "a b, a c, a d" and "a b, a d" either "a c," or "c, a" may be called gone: the former reads better.
    """
    left = list(runs)
    for at in range(1, len(left) - 1):
        run = left[at]
        if run.same or (run.a < run.b and run.c < run.d):
            continue
        words, start, end = (before, run.a, run.b) if run.a < run.b else (after, run.c, run.d)
        shift = _best_shift(words, start, end, left[at - 1].words, left[at + 1].words)
        a, b, c, d = (number + shift for number in run[1:])
        left[at - 1] = left[at - 1]._replace(b=a, d=c)
        left[at] = _Run(False, a, b, c, d)
        left[at + 1] = left[at + 1]._replace(a=b, c=d)
    yield from left


def _best_shift(words: Sequence[str], start: int, end: int, room_before: int, room_after: int) -> int:
    """By how many words a run may best be moved, to the left (less than 0) or right, without a change of what both texts say."""
    shifts = [0]
    while -shifts[-1] < room_before and words[start + shifts[-1] - 1] == words[end + shifts[-1] - 1]:
        shifts.append(shifts[-1] - 1)
    onward = 0
    while onward < room_after and words[start + onward] == words[end + onward]:
        onward += 1
        shifts.append(onward)
    return max(shifts, key=lambda shift: (_bound(words, start + shift, end + shift), shift))


def _bound(words: Sequence[str], start: int, end: int) -> int:
    """How well a run from start to end is a whole."""
    return 2 * (words[start - 1] in ".;:!?" or words[end - 1] in ".;:!?") + (words[start - 1] == ",") + (words[end - 1] == ",")
