"""The cheapest way through what is expected and what was read."""

from __future__ import annotations

import random
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from agreements.matching.alignment import Laid, Ways, cheapest
from agreements.matching.words import in_context


def _edits(expected: str, read: str) -> Ways:
    """Letters laid beside letters; equal ones cost nothing, all else the same."""

    def ways(i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if i < len(expected):
            yield 1, 0, 1.0
        if j < len(read):
            yield 0, 1, 1.0
        if i < len(expected) and j < len(read):
            yield 1, 1, float(expected[i] != read[j])

    return ways


def _exactly(expected: str, read: str) -> Ways:
    return lambda i, j: [(1, 1, 0.0)] if expected[i : i + 1] == read[j : j + 1] != "" else []


def test_the_cheapest_way_costs_what_the_edit_distance_is() -> None:
    rnd = random.Random(1)
    for _ in range(200):
        expected, read = ("".join(rnd.choices("abc", k=rnd.randrange(9))) for _ in range(2))
        steps = cheapest(len(expected), len(read), _edits(expected, read))
        assert steps is not None
        assert sum(step.price for step in steps) == Levenshtein.distance(expected, read)
        assert [(step.first, step.start) for step in steps] == [(0, 0), *((step.last, step.end) for step in steps)][: len(steps)]


def test_where_only_equal_texts_are_laid_another_text_has_no_way() -> None:
    assert cheapest(3, 3, _exactly("abc", "abc")) == [Laid(0, 1, 0, 1), Laid(1, 2, 1, 2), Laid(2, 3, 2, 3)]
    assert cheapest(3, 3, _exactly("abc", "abd")) is None
    assert cheapest(3, 4, _exactly("abc", "abcd")) is None


def test_a_beginning_is_found_inside_of_a_text() -> None:
    ways = _exactly("bc", "abcd")
    assert cheapest(2, None, ways, start=1) == [Laid(0, 1, 1, 2), Laid(1, 2, 2, 3)]
    assert cheapest(2, None, ways, start=2) is None


def test_of_equal_ways_the_one_whose_last_steps_begin_earliest_is_taken() -> None:
    assert cheapest(1, 2, _edits("a", "aa")) == [Laid(0, 0, 0, 1, 1.0), Laid(0, 1, 1, 2)]


def test_the_words_around_a_place_are_looked_for_within_reach() -> None:
    text = "Der Landkreis verfolgt 21,9 Mio. Euro."
    assert in_context(text, 23, 27) == (4, 31)
    endless = f"{'a' * 100_000} 21,9 {'b' * 100_000}"
    start, end = in_context(endless, 100_001, 100_005)
    assert (100_001 - start, end - 100_005) == (200, 200)
