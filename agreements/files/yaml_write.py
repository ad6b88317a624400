"""Plain data in, the lines of a YAML file out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from agreements.files.yaml_scalars import DAY, DECIMAL, INT, ODD_NUMBER, WORDS, YAML_1_1, normal
from agreements.files.yaml_text import Key

WIDTH = 100
"""Columns at which a long text is folded."""


def dump(data: Mapping[Any, Any], *, header: str = "", comments: Mapping[str, str] | None = None) -> str:
    """Data as YAML for people: blocks, long texts folded, a blank line around each part, comments above the key of their dotted path.

    TypeError or ValueError for what a record cannot hold (a float, a Decimal that is not finite).
    """
    parts = [list(mapping_lines({key: value}, 0, comments or {}, "")) for key, value in normal(data).items()]
    lines = [*_comment(header, 0), ""] if header else []
    for number, part in enumerate(parts):
        if number and (len(part) > 1 or len(parts[number - 1]) > 1):
            lines.append("")
        lines += part
    return "\n".join(lines if parts else [*lines, "{}"]) + "\n"


def mapping_lines(data: Mapping[Key, Any], indent: int, comments: Mapping[str, str], path: str) -> Iterator[str]:
    """The lines of a mapping's keys and values, the keys in column `indent`."""
    for key, value in data.items():
        below = f"{path}.{key}" if path else str(key)
        yield from _comment(comments.get(below, ""), indent)
        name = str(key) if isinstance(key, int) else inline(key)
        first, rest = value_lines(value, indent, indent + len(name) + 1, comments, below)
        yield f"{' ' * indent}{name}:{first}"
        yield from rest


def list_lines(data: Sequence[Any], indent: int, comments: Mapping[str, str], path: str) -> Iterator[str]:
    """The lines of a list's items, the dashes in column `indent`."""
    for number, value in enumerate(data):
        below = f"{path}.{number}"
        yield from _comment(comments.get(below, ""), indent)
        head, rest = item_lines(value, indent, comments, below)
        yield f"{' ' * indent}-{head}"
        yield from rest


def item_lines(value: Any, indent: int, comments: Mapping[str, str], path: str) -> tuple[str, list[str]]:
    """What stands behind the dash of a list's item, and the lines below it."""
    if isinstance(value, dict | list) and value:
        said, lines = value_lines(value, indent, 0, comments, path)
        return (lines[0][indent + 1 :], lines[1:]) if lines else (said, [])
    return value_lines(value, indent, indent + 1, comments, path)


def value_lines(value: Any, indent: int, column: int, comments: Mapping[str, str], path: str) -> tuple[str, list[str]]:
    """What stands behind a colon in `column`, beginning with a blank, and the lines below it, deeper than `indent`."""
    if isinstance(value, dict) and value:
        return "", list(mapping_lines(value, indent + 2, comments, path))
    if isinstance(value, list) and value and not all(isinstance(part, int | Decimal) and not isinstance(part, bool) for part in value):
        return "", list(list_lines(value, indent + 2, comments, path))
    short = inline(value)
    if isinstance(value, str) and column + 1 + len(short) > WIDTH and (folded := _folded(value, WIDTH - indent - 2)):
        return " >-", [" " * (indent + 2) + line for line in folded]
    return f" {short}", []


def inline(value: Any, *, flow: bool = False) -> str:
    """A value on one line; `flow` where it stands within brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{inline(key, flow=True)}: {inline(part, flow=True)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(part, flow=True) for part in value) + "]"
    if isinstance(value, str):
        return value if _is_plain(value, flow) else _quoted(value)
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


_PLAIN_START = re.compile(r"[^\W_]|[_(/„“‚‘«»§€…–—·•½²³°+$<;]")
_BREAKS_PLAIN = re.compile(
    r": |:$| #|[^\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Marks of a mapping or comment, and what is not seen, or turns writing round (Unicode TR 36)."""


def _is_plain(text: str, flow: bool) -> bool:
    """Whether a text can stand without quotes, and is text for every YAML reader."""
    if text != text.strip(" ") or not _PLAIN_START.match(text) or _BREAKS_PLAIN.search(text):
        return False
    if flow and re.search(r"[,\[\]{}:]", text):
        return False
    return text not in WORDS and not any(odd.fullmatch(text) for odd in (INT, DECIMAL, DAY, ODD_NUMBER, YAML_1_1))


def _quoted(text: str) -> str:
    """A text in single quotes where these need no escapes, else in double quotes."""
    if re.search(r"[\"\\]", text) and not _BREAKS_PLAIN.search(re.sub("[:#]", "", text)):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if not _BREAKS_PLAIN.match(sign) or sign == ":":
        return sign
    return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}")


def _folded(text: str, width: int) -> list[str]:
    """A text in lines that read back as this text when folded; empty where that is not possible."""
    lines = textwrap.wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False, replace_whitespace=False, expand_tabs=False)
    exact = " ".join(lines) == text and not _BREAKS_PLAIN.search(text.replace(":", "").replace("#", ""))
    return lines if exact else []


def _comment(text: str, indent: int) -> Iterator[str]:
    for line in text.splitlines():
        visible = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(line.split()))
        yield f"{' ' * indent}# {visible}".rstrip()
