"""What sets two texts apart, line by line, so that one can be made of the other, in both directions and around other changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import LCSseq

CONTEXT = 2
"""Lines kept on either side of a change, for a person who reads it; where it belongs is known without them."""


class Stelle(BaseModel):
    """One stretch of lines that became another; each line has its own line end, so that none is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zeile: int
    """The line before the change at which it begins, from 1."""
    davor: tuple[str, ...] = ()
    alt: tuple[str, ...] = ()
    neu: tuple[str, ...] = ()
    danach: tuple[str, ...] = ()


class _Change(NamedTuple):
    """Lines `start` to `end` of a text and what takes their place."""

    start: int
    end: int
    lines: tuple[str, ...]


def patch(before: str, after: str) -> tuple[Stelle, ...]:
    """What changes from one text to another."""
    old = _lines(before)
    return tuple(
        Stelle(zeile=start + 1, davor=old[max(start - CONTEXT, 0) : start], alt=old[start:end], neu=lines, danach=old[end : end + CONTEXT])
        for start, end, lines in _changes(old, _lines(after))
    )


def patched(before: str, stellen: Sequence[Stelle]) -> str | None:
    """The text as it is after a patch; None where the patch is not of this text."""
    lines = _lines(before)
    changes = [_Change(each.zeile - 1, each.zeile - 1 + len(each.alt), each.neu) for each in stellen]
    in_order = all(one.end <= other.start for one, other in pairwise(changes))
    fits = all(change.start >= 0 and lines[change.start : change.end] == each.alt for change, each in zip(changes, stellen, strict=True))
    return _with(lines, changes) if in_order and fits else None


def reversed_(stellen: Sequence[Stelle]) -> tuple[Stelle, ...]:
    """The patch that takes another one back: made of the text after it, it gives the text before."""
    found, moved = [], 0
    for each in stellen:
        found.append(each.model_copy(update={"zeile": each.zeile + moved, "alt": each.neu, "neu": each.alt}))
        moved += len(each.neu) - len(each.alt)
    return tuple(found)


def merged(base: str, here: str, other: str) -> str | None:
    """The text `here` with what sets `other` apart from `base`; None where a line that is concerned is another by now.

    Lines beside it may have changed, lines above may have come and gone.
    """
    lines = _lines(base)
    places = _places(lines, _lines(here))
    changes: list[_Change] = []
    for start, end, new in _changes(lines, _lines(other)):
        found = _moved(places, start, end)
        if found is None:
            return None
        changes.append(_Change(*found, new))
    return _with(_lines(here), changes)


def nearer(here: str, one: str, other: str) -> bool:
    """Whether fewer lines set a text apart from `one` than from `other`."""
    lines = _lines(here)
    return LCSseq.distance(lines, _lines(one)) < LCSseq.distance(lines, _lines(other))


def _moved(places: dict[int, int], start: int, end: int) -> tuple[int, int] | None:
    """Where some lines of one text stand in another; None where they are not all there, side by side."""
    if start == end:
        above, below = places.get(start - 1), places.get(start)
        place = above + 1 if above is not None else below
        return None if place is None else (place, place)
    there = [places.get(line) for line in range(start, end)]
    first = there[0]
    if first is None or there != list(range(first, first + len(there))):
        return None
    return first, first + len(there)


def _places(base: Sequence[str], here: Sequence[str]) -> dict[int, int]:
    """Of each line that stayed: its number in the one text and in the other; the beginning and the end of a text stay, too."""
    found = {-1: -1, len(base): len(here)}
    for step in LCSseq.opcodes(base, here):
        if step.tag == "equal":
            found |= {line: step.dest_start + line - step.src_start for line in range(step.src_start, step.src_end)}
    return found


def _changes(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[_Change]:
    """The fewest changes that make one text of the other, none beside another."""
    start = there = 0
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            if (start, there) != (step.src_start, step.dest_start):
                yield _Change(start, step.src_start, new[there : step.dest_start])
            start, there = step.src_end, step.dest_end
    if (start, there) != (len(old), len(new)):
        yield _Change(start, len(old), new[there:])


def _with(lines: tuple[str, ...], changes: Sequence[_Change]) -> str:
    for change in reversed(changes):
        lines = (*lines[: change.start], *change.lines, *lines[change.end :])
    return "".join(lines)


def _lines(text: str) -> tuple[str, ...]:
    """The lines with their ends; only a line feed ends one, whatever else a person typed."""
    return tuple(re.findall(r"[^\n]*\n|[^\n]+", text))
