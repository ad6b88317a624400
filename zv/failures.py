"""Why agreements could not be made, each reason once with all whom it concerns: a slip in their wording is one, not one of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agreements.errors import ZvError


def shared(failures: Iterable[tuple[str, ZvError]]) -> dict[str, list[str]]:
    """Whom each reason concerns, in the order they are told."""
    found: dict[str, list[str]] = {}
    for name, error in failures:
        found.setdefault(str(error), []).append(name)
    return found


def told(failures: Iterable[tuple[str, ZvError]]) -> Iterator[str]:
    """Each reason, with all whom it concerns where these are several."""
    for reason, names in shared(failures).items():
        yield f"{reason} Betrifft {', '.join(names)}." if len(names) > 1 else reason
