"""How the text of a wording is written: fields, conditions, loops; nothing of a document becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agreements.wording.own import expression
from extract.learning.specimen import Mark, Parts, Passage

FRONT = ("titelseite", "eingang")
_MARKUP = re.compile(r"\{[{%#]|[%#}]\}")
_MARK = re.compile(r"#{1,3} |- |:::|\+\+\+|\(\d{1,2}\) ")
"""How a block begins that is no plain text."""


def is_writable(passage: Passage) -> bool:
    """Whether the text of a passage stays text in a wording: it looks neither like an instruction nor like another kind of block."""
    if passage.regional:
        return True
    text = "".join(part for part in passage.parts if isinstance(part, str))
    if _MARKUP.search(text) or not (passage.text.strip() and written(passage.parts).strip()):
        return False
    return passage.art in ("ueberschrift", "punkt") or bool(_MARK.match(passage.text)) == (passage.art == "absatz")


def written(parts: Parts) -> str:
    """Text and fields as a wording has them."""
    return "".join(part if isinstance(part, str) else field(part) for part in parts)


def field(mark: Mark) -> str:
    """A field: "{{ traeger | dativ }}"."""
    filters = f" | {mark.filters[0]}" if mark.filters[0] else ""
    offset = f" {'+' if mark.offset > 0 else '-'} {abs(mark.offset)}" if mark.offset else ""
    return f"{{{{ {expression(mark.path)}{offset}{filters} }}}}"


def loop(name: str, path: str, body: str) -> list[str]:
    """The lines that print one block for each entry of a list."""
    return [f"{{% for {name} in {expression(path)} %}}", body, "", "{% endfor %}"]


def condition(path: str, body: Iterable[str]) -> list[str]:
    """The lines that are printed only where there is a field."""
    return [f"{{% if {expression(path)} %}}", *body, "{% endif %}"]
