"""How much is tried of what takes long: the first few in `make test`, the same few every time, and all in `make lang`.

Laws try all in `make treffer`, too.
"""

from __future__ import annotations

from hypothesis import settings

WHOLE = settings.get_current_profile_name() in ("lang", "treffer")
"""Profiles are named in conftest.py; the one a run asks for is loaded before any test is collected."""


def seeds(sample: int, whole: int) -> range:
    """The seeds that a test goes through."""
    return range(whole if WHOLE else sample)


def shares(sample: int, whole: int, size: int) -> list[range]:
    """The same in shares of a size, each a test of its own, so that several processes have them."""
    several = seeds(sample, whole)
    return [several[first : first + size] for first in range(0, len(several), size)]


def examples(few: int) -> int:
    """How many examples a law gets whose own are slow, or must be many: so many, ten times as many in `make lang`."""
    return 10 * few if WHOLE else few
