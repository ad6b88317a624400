"""What was read laid beside what is expected, in order: the cheapest way through both, by what the caller says that each step costs.

Where equal texts cost nothing and all else is no step at all, that is an exact alignment; where an optical reader's look-alikes
cost little, it is one of a scan. Found by Dijkstra's algorithm (1959): a text as it should be is read straight on.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Laid(NamedTuple):
    """Items `first` to `last` of what is expected and the words from `start` to `end` that stand for them; either may be none."""

    first: int
    last: int
    start: int
    end: int
    price: float = 0.0


Ways = Callable[[int, int], Iterable[tuple[int, int, float]]]
"""From so many items and words that were laid: how many of each may be laid next, and what that costs."""


def cheapest(items: int, words: int | None, ways: Ways, start: int = 0) -> list[Laid] | None:
    """The cheapest steps from the first item and word `start` to the last of both; None where there is no way.

    Of equal ones those whose last steps begin earliest. With None for `words` it may end at any word.
    """
    origin = Laid(0, 0, start, start)
    waiting: list[tuple[float, int, int, Laid]] = [(0.0, 0, start, origin)]
    best: dict[tuple[int, int], float] = {}
    came_by: dict[tuple[int, int], Laid] = {}
    while waiting:
        cost, i, j, step = heapq.heappop(waiting)
        if (i, j) in came_by:
            continue
        came_by[i, j] = step
        if i == items and words in (None, j):
            return _traced(came_by, step, origin)
        for down, right, price in ways(i, j):
            there, total = (i + down, j + right), cost + price
            if total <= best.get(there, total):
                best[there] = total
                heapq.heappush(waiting, (total, *there, Laid(i, there[0], j, there[1], price)))
    return None


def _traced(came_by: dict[tuple[int, int], Laid], step: Laid, origin: Laid) -> list[Laid]:
    steps: list[Laid] = []
    while step is not origin:
        steps.append(step)
        step = came_by[step.first, step.start]
    return steps[::-1]
