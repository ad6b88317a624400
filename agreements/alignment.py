"""Words of a document laid beside words of the wording: where each slot's text lies, and where the words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from agreements.model import Abweichung
from agreements.notation import OPEN, Context
from agreements.wording import Part, Slot

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SHAPES = str.maketrans({sign: '"' for sign in "„“”‟«»"} | {sign: "'" for sign in "‚‘’‹›"} | {sign: "-" for sign in "–—‐‑−"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, and where it stands in its text."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> tuple[Token, ...]:
    """The words and signs of a text; white space only parts them."""
    return tuple(Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text))


def shape(text: str) -> str:
    """A text with every quote and dash in its plainest form: another shape of them is no other wording."""
    return text.translate(_SHAPES)


@lru_cache(maxsize=4096)
def shapes(text: str) -> tuple[str, ...]:
    """The tokens of a text in their plainest form, for comparing."""
    return tuple(_TOKEN.findall(shape(text)))


# ---------------------------------------------------------------- slots


@dataclass(frozen=True, slots=True)
class Region:
    """The letters of a text that a slot was laid on."""

    start: int
    end: int
    low: int
    """From the last word before the slot that fits …"""
    high: int
    """… to the first behind it: all that may belong to the value where the slot alone says too little."""


def align(parts: Sequence[Part], text: str, context: Context) -> tuple[Region | None, ...]:
    """For each slot where its value stands in the text, None where nothing is left for it."""
    items = _items(parts)
    source = tokenize(text)
    exact = _exact(items, source, text, context)
    return exact if exact is not None else _nearest(items, source, text, context)


def fits(parts: Sequence[Part], text: str, context: Context) -> bool:
    """Whether the text is the wording's, with a readable value in each slot."""
    return _exact(_items(parts), tokenize(text), text, context) is not None


_Item = str | Slot


def _items(parts: Sequence[Part]) -> tuple[_Item, ...]:
    items: list[_Item] = []
    for part in parts:
        items.extend(shapes(part) if isinstance(part, str) else [part])
    return tuple(items)


def _exact(items: tuple[_Item, ...], source: tuple[Token, ...], text: str, context: Context) -> tuple[Region, ...] | None:
    """The regions where every word fits; closed notations take the longest they can read, free ones the shortest."""
    ends = {token.end: number + 1 for number, token in enumerate(source)}
    plain = [shape(token.text) for token in source]

    def walk(item: int, at: int) -> tuple[Region, ...] | None:
        while item < len(items) and isinstance(items[item], str):
            if at >= len(plain) or plain[at] != items[item]:
                return None
            item, at = item + 1, at + 1
        if item == len(items):
            return () if at == len(source) else None
        slot = items[item]
        assert isinstance(slot, Slot)
        start = source[at].start if at < len(source) else len(text)
        for after in _ends(slot, at, start, ends, source, text, context):
            if (rest := walk(item + 1, after)) is not None:
                end = source[after - 1].end if after > at else start
                return (Region(start, end, start, end), *rest)
        return None

    return walk(0, 0)


def _ends(slot: Slot, at: int, start: int, ends: dict[int, int], source: tuple[Token, ...], text: str, context: Context) -> Iterator[int]:
    """Numbers of the tokens that may follow a slot beginning at token `at`."""
    if slot.notation.free:
        yield from range(at + 1, len(source) + 1)
        return
    if found := OPEN.match(text, start):
        yield ends[found.end()]
    for end in slot.notation.spans(text, start, context):
        if (after := ends.get(end) if end > start else at) is not None:
            yield after


_MISSING, _EXTRA, _OTHER = 0.5, 0.5, 0.9
_UNREAD, _UNREAD_WORD = 0.4, 0.6
_FREE, _EMPTY = 0.05, 1.5


def _nearest(items: tuple[_Item, ...], source: tuple[Token, ...], text: str, context: Context) -> tuple[Region | None, ...]:
    """The regions of the cheapest alignment, where words are missing, extra or other ones."""
    n, m = len(items), len(source)
    plain = [shape(token.text) for token in source]
    ends = {token.end: number + 1 for number, token in enumerate(source)}
    infinite = float("inf")
    cost = [[infinite] * (m + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int, bool]]] = [[(0, 0, False)] * (m + 1) for _ in range(n + 1)]
    cost[0][0] = 0.0

    def reach(i: int, j: int, value: float, origin: tuple[int, int, bool]) -> None:
        if value < cost[i][j]:
            cost[i][j], back[i][j] = value, origin

    for i in range(n + 1):
        item = items[i] if i < n else None
        for j in range(m + 1):
            here = cost[i][j]
            if here == infinite:
                continue
            if j < m:
                reach(i, j + 1, here + _EXTRA, (i, j, False))
            if isinstance(item, str):
                reach(i + 1, j, here + _MISSING, (i, j, False))
                if j < m:
                    same = plain[j] == item
                    reach(i + 1, j + 1, here + (0.0 if same else _OTHER), (i, j, same))
            elif item is not None:
                reach(i + 1, j, here + _EMPTY, (i, j, False))
                if item.notation.free:
                    for k in range(j + 1, m + 1):
                        reach(i + 1, k, here + _FREE, (i, j, True))
                    continue
                start = source[j].start if j < m else len(text)
                for k in _ends(item, j, start, ends, source, text, context):
                    reach(i + 1, k, here, (i, j, True))
                for k in range(j + 1, min(m, j + 24) + 1):
                    reach(i + 1, k, here + _UNREAD + _UNREAD_WORD * (k - j), (i, j, False))
    return _regions(items, source, back)


def _regions(items: tuple[_Item, ...], source: tuple[Token, ...], back: list[list[tuple[int, int, bool]]]) -> tuple[Region | None, ...]:
    steps: list[tuple[int, int, int, int, bool]] = []
    i, j = len(items), len(source)
    while i or j:
        before_i, before_j, good = back[i][j]
        steps.append((before_i, before_j, i, j, good))
        i, j = before_i, before_j
    steps.reverse()
    found: list[Region | None] = []
    for number, (i, j, next_i, next_j, good) in enumerate(steps):
        if next_i > i and isinstance(items[i], Slot):
            low, high = _widened(steps, number, len(source))
            a, b = (j, next_j) if good else (low, high)
            found.append(Region(*_letters(source, a, b), *_letters(source, low, high)) if b > a else None)
    return tuple(found)


def _letters(source: tuple[Token, ...], low: int, high: int) -> tuple[int, int]:
    return source[low].start, source[high - 1].end


def _widened(steps: list[tuple[int, int, int, int, bool]], number: int, end: int) -> tuple[int, int]:
    low = next((next_j for _, _, _, next_j, good in reversed(steps[:number]) if good), 0)
    high = next((j for _, j, _, _, good in steps[number + 1:] if good), end)
    return low, high


# ---------------------------------------------------------------- departures


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a document that the wording has otherwise: letters from start to end of either text."""

    start: int
    end: int
    expected_start: int
    expected_end: int
    shape_only: bool
    """Only another shape of quote or dash."""


def differences(expected: str, text: str) -> Iterator[Difference]:
    """Where a document's text departs from what the wording gives, word by word; white space does not count."""
    old, new = tokenize(expected), tokenize(text)
    old_plain, new_plain = [shape(token.text) for token in old], [shape(token.text) for token in new]
    if old_plain == new_plain and [token.text for token in old] == [token.text for token in new]:
        return
    pending: tuple[int, int, int, int] | None = None
    for code in Indel.opcodes(old_plain, new_plain):
        if code.tag == "equal":
            if pending:
                yield _difference(expected, text, old, new, *pending)
                pending = None
            for one, other in zip(range(code.src_start, code.src_end), range(code.dest_start, code.dest_end), strict=True):
                if old[one].text != new[other].text:
                    yield Difference(new[other].start, new[other].end, old[one].start, old[one].end, True)
        elif pending:
            pending = (pending[0], code.src_end, pending[2], code.dest_end)
        else:
            pending = (code.src_start, code.src_end, code.dest_start, code.dest_end)
    if pending:
        yield _difference(expected, text, old, new, *pending)


def _difference(expected: str, text: str, old: tuple[Token, ...], new: tuple[Token, ...], a: int, b: int, c: int, d: int) -> Difference:
    def span(tokens: tuple[Token, ...], low: int, high: int, whole: str) -> tuple[int, int]:
        if low < high:
            return tokens[low].start, tokens[high - 1].end
        at = tokens[low - 1].end if low else 0
        return at, at

    return Difference(*span(new, c, d, text), *span(old, a, b, expected), False)


def departure(stelle: str, expected: str, text: str, difference: Difference) -> Abweichung:
    """The entry of `abweichungen` that makes the wording's text the document's at one place."""
    old = expected[difference.expected_start:difference.expected_end]
    new = text[difference.start:difference.end]
    if old and new:
        return Abweichung(stelle=stelle, art="ersetzt", alt=old, neu=new, vorkommen=_nth(expected, old, difference.expected_start))
    if old:
        return Abweichung(stelle=stelle, art="gestrichen", alt=old, vorkommen=_nth(expected, old, difference.expected_start))
    before = expected[:difference.expected_start].rstrip().rpartition(" ")[2]
    if before:
        at = expected.rfind(before, 0, difference.expected_start)
        return Abweichung(stelle=stelle, art="eingefuegt", alt=before, neu=new, vorkommen=_nth(expected, before, at))
    first = expected.lstrip().partition(" ")[0]
    return Abweichung(stelle=stelle, art="ersetzt", alt=first, neu=f"{new} {first}", vorkommen=1)


def _nth(text: str, words: str, start: int) -> int:
    count, at = 0, -1
    while (at := text.find(words, at + 1)) != -1 and at <= start:
        count += 1
    return max(1, count)


def in_context(text: str, start: int, end: int, words: int = 2) -> tuple[int, int]:
    """A place widened by up to two words to either side within its clause, so that a person finds it."""
    before = re.search(rf"(?:[^\W\d_][\w-]*\s+){{0,{words}}}$", text[:start])
    after = re.match(rf"(?:\s+[^\W\d_][\w-]*){{0,{words}}}", text[end:])
    return before.start() if before else start, end + (after.end() if after else 0)
