"""Objects of a PDF file as they are asked for where anything may stand in their place, and what a page is drawn with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import pikepdf

T = TypeVar("T", pikepdf.Array, pikepdf.Dictionary)
_DONE = re.compile(rb"/([^\0\t\n\f\r /<>\[\](){}%]+)[\0\t\n\f\r ]+Do(?![^\0\t\n\f\r /<>\[\](){}%])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def entry(holder: Any, key: str, kind: type[T]) -> T:
    """What stands under a key, an empty one where that is of another kind."""
    found = holder.get(key) if isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)) else None
    return found if isinstance(found, kind) else kind()


def contents(page: pikepdf.Page) -> Iterator[pikepdf.Stream]:
    """The streams that a page is written with."""
    found = page.obj.get("/Contents")
    yield from (each for each in (found if isinstance(found, pikepdf.Array) else [found]) if isinstance(each, pikepdf.Stream))


def forms_drawn(written: bytes, resources: pikepdf.Dictionary) -> Iterator[pikepdf.Stream]:
    """The forms that a stream draws, each as often as it says so."""
    inside = entry(resources, "/XObject", pikepdf.Dictionary)
    for match in _DONE.finditer(written):
        name = "/" + _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), match[1]).decode("utf-8", "replace")
        found = inside.get(name)
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Form":
            yield found
