"""A record's file changed by the program: only the lines of the changed value, everything else stays byte by byte."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.errors import RecordError
from agreements.files.yaml_scalars import normal, same
from agreements.files.yaml_text import Entry, Key, Keys, Node, parse
from agreements.files.yaml_write import inline, item_lines, list_lines, mapping_lines, value_lines


def change(text: str, path: str | Keys, value: Any, datei: Path | str | None = None) -> str:
    """The text with one value set; a missing key is added at the end of the nearest mapping that is there.

    `path` is dotted, or a tuple where a key itself has dots; a number addresses an item of a list, the number behind
    the last one appends. RecordError where the path leads through a value, or the text cannot be changed in place.
    """
    data = parse(text, datei).data
    return rewrite(text, _with(data, _keys(path), normal(value), datei), datei)


def delete(text: str, path: str | Keys, datei: Path | str | None = None) -> str:
    """The text without one key or item; comments above it stay. RecordError where there is none."""
    data = parse(text, datei).data
    return rewrite(text, _without(data, _keys(path), datei), datei)


def rename_key(text: str, path: Keys, key: Key, datei: Path | str | None = None) -> str:
    """The text with another key in place of one, whose value and comments stay. RecordError where there is none."""
    entry = _entry(parse(text, datei).root, path)
    if entry is None or not text[entry.start : entry.after].endswith(":"):
        raise RecordError(f"„{path[-1]}“ gibt es in der Datei nicht.", datei=datei, abhilfe="Den Pfad prüfen.")
    return f"{text[: entry.start]}{inline(key)}{text[entry.after - 1 :]}"


def _entry(node: Node, path: Keys) -> Entry | None:
    found = next((entry for entry in node.entries if entry.key == path[0]), None)
    return found if found is None or len(path) == 1 else _entry(found.node, path[1:])


def rewrite(text: str, data: Mapping[Any, Any], datei: Path | str | None = None) -> str:
    """The text with the fewest edits after which it reads as `data`; RecordError where that is not possible in place."""
    wanted = normal(data)
    edits = sorted(_Editor(text).edits(None, parse(text, datei).root, wanted), key=lambda edit: (edit.start, edit.end))
    changed = text
    for edit in reversed(edits):  # from the end, so that offsets hold; of two at one place the inner one came first and stays first
        changed = changed[: edit.start] + edit.text + changed[edit.end :]
    if not same(_ordered(parse(changed, datei).data), _ordered(wanted)):
        raise RecordError(
            "Die Datei ist so geschrieben, dass der Wert nicht an Ort und Stelle geändert werden kann.",
            datei=datei,
            abhilfe="Den Wert von Hand ändern.",
        )
    return changed


# ---------------------------------------------------------------- the data as they are to be


def _keys(path: str | Keys) -> Keys:
    return tuple(path.split(".")) if isinstance(path, str) else path


def _known(data: Any, key: str | int) -> Any:
    """A key as the data have it: "4" names the item 4 of a list, and the integer key 4 where there is no text key "4"."""
    if isinstance(data, list) and str(key).isdecimal():
        return int(key)
    if isinstance(data, dict) and key not in data and str(key).isdecimal():
        return int(key)
    return key


def _with(data: Any, keys: Keys, value: Any, datei: Path | str | None) -> Any:
    """The data with a value set under a path; mappings are made where there are none."""
    if not keys:
        return value
    data = {} if data is None else data
    key = _known(data, keys[0])
    if isinstance(data, dict):
        return {**data, key: _with(data.get(key), keys[1:], value, datei)}
    if isinstance(data, list) and isinstance(key, int) and key <= len(data):
        item = _with(data[key] if key < len(data) else None, keys[1:], value, datei)
        return [*data[:key], item, *data[key + 1 :]]
    raise RecordError(f"„{keys[0]}“ lässt sich nicht setzen, weil darüber ein Wert steht.", datei=datei, abhilfe="Den Pfad prüfen.")


def _without(data: Any, keys: Keys, datei: Path | str | None) -> Any:
    """The data without what stands under a path."""
    key = _known(data, keys[0])
    there = key in data if isinstance(data, dict) else isinstance(data, list) and isinstance(key, int) and key < len(data)
    if not there:
        raise RecordError(f"„{keys[0]}“ gibt es in der Datei nicht.", datei=datei, abhilfe="Den Pfad prüfen.")
    below = None if len(keys) == 1 else _without(data[key], keys[1:], datei)
    if isinstance(data, dict):
        return {name: below if name == key else part for name, part in data.items() if len(keys) > 1 or name != key}
    return [*data[:key], *([] if len(keys) == 1 else [below]), *data[key + 1 :]]


def _ordered(data: Any) -> Any:
    """Data with sorted keys: an edit may append a key that the wanted data have further up."""
    if isinstance(data, dict):
        return {key: _ordered(data[key]) for key in sorted(data, key=str)}
    return [_ordered(part) for part in data] if isinstance(data, list) else data


# ---------------------------------------------------------------- the edits


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of a text and what takes its place."""

    start: int
    end: int
    text: str


class _Editor:
    """Finds the edits that make a text say other data; what is equal is not touched."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def edits(self, entry: Entry | None, node: Node, wanted: Any) -> Iterator[Edit]:
        """The edits below one entry (None: the whole file)."""
        if same(node.data, wanted):
            return
        if node.style == "block" and node.kind == "mapping" and isinstance(wanted, dict) and (not entry or _share_keys(node, wanted)):
            yield from self._mapping(node, wanted)
        elif node.style == "block" and node.kind == "list" and isinstance(wanted, list) and wanted:
            yield from self._list(node, wanted)
        elif node.style == "flow" and (inner := self._within_flow(node, wanted)) is not None:
            yield from inner
        elif entry is not None:
            yield self._replaced(entry, wanted)

    def _mapping(self, node: Node, wanted: dict[Any, Any]) -> Iterator[Edit]:
        for number, entry in enumerate(node.entries):
            if entry.key in wanted:
                yield from self.edits(entry, entry.node, wanted[entry.key])
            else:
                yield self._removed(node, number)
        there = {entry.key for entry in node.entries}
        if added := {key: value for key, value in wanted.items() if key not in there}:
            yield self._inserted(node.entries[-1], mapping_lines(added, self._column(node.start), {}, ""))

    def _list(self, node: Node, wanted: list[Any]) -> Iterator[Edit]:
        """Equal items at both ends stay, those between are changed in pairs, the rest is added or removed."""
        have = [entry.node.data for entry in node.entries]
        first = next((n for n, pair in enumerate(zip(have, wanted, strict=False)) if not same(*pair)), min(len(have), len(wanted)))
        room = min(len(have), len(wanted)) - first
        last = next((n for n in range(room) if not same(have[-1 - n], wanted[-1 - n])), room)
        old, new = node.entries[first : len(have) - last], wanted[first : len(wanted) - last]
        for entry, value in zip(old, new, strict=False):
            yield from self.edits(entry, entry.node, value)
        for entry in old[len(new) :]:
            yield self._removed(node, int(entry.key))
        if added := new[len(old) :]:
            lines = list_lines(added, self._column(node.start), {}, "")
            place = first + len(old)
            yield self._inserted(node.entries[place - 1], lines) if place else self._inserted_before(node.entries[0], lines)

    def _within_flow(self, node: Node, wanted: Any) -> list[Edit] | None:
        """The edits of single values within brackets; None where the brackets must be written anew."""
        if node.kind == "scalar":
            return None if isinstance(wanted, dict | list) else [Edit(node.start, node.end, inline(wanted, flow=True))]
        keys = list(wanted) if isinstance(wanted, dict) else list(range(len(wanted))) if isinstance(wanted, list) else None
        if keys != [entry.key for entry in node.entries] or isinstance(wanted, dict) != (node.kind == "mapping"):
            return None
        found: list[Edit] = []
        for entry in node.entries:
            if not same(entry.node.data, wanted[entry.key]):
                inner = self._within_flow(entry.node, wanted[entry.key]) if entry.node.start < entry.node.end else None
                if inner is None:
                    return None
                found += inner
        return found

    def _replaced(self, entry: Entry, value: Any) -> Edit:
        """A value in place of another behind the same colon or dash, the comment of its first line kept."""
        node, indent = entry.node, self._column(entry.start)
        if isinstance(entry.key, int) and self.text[entry.start] == "-" and entry.after == entry.start + 1:
            first, lines = item_lines(value, indent, {}, "")
        else:
            first, lines = value_lines(value, indent, entry.after - self._line_start(entry.start), {}, "")
        old = self.text[entry.after : node.end]
        if node.kind == "scalar" and node.style != "block" and not lines:
            gap = re.match(" *", old)
            return Edit(entry.after, node.end, (gap.group() if gap and gap.group() else " ") + first[1:])
        end = self._line_end(node.end)
        return Edit(entry.after, end, self.newline.join([first + self._comment(entry, end), *lines]))

    def _comment(self, entry: Entry, end: int) -> str:
        """The comment on the line of the value's colon or dash, with the blanks before it."""
        node = entry.node
        start = node.start if node.style == "block" and node.kind == "scalar" else entry.after
        if node.style != "block":
            start = node.end
        found = _COMMENT.match(self.text, start, min(self._line_end(start), end))
        return found.group(1) if found else ""

    def _removed(self, node: Node, number: int) -> Edit:
        """An entry taken out with its lines; the first one behind a dash gives its place to the next."""
        entry = node.entries[number]
        start = self._line_start(entry.start)
        if self.text[start : entry.start].strip():
            after = node.entries[number + 1].start if number + 1 < len(node.entries) else entry.node.end
            return Edit(entry.start, after, "")
        return Edit(start, self._next_line(entry.node.end), "")

    def _inserted(self, entry: Entry, lines: Iterator[str]) -> Edit:
        """Lines behind an entry."""
        place = self._next_line(entry.node.end)
        block = "".join(line + self.newline for line in lines)
        return Edit(place, place, block if self.text[:place].endswith("\n") else self.newline + block)

    def _inserted_before(self, entry: Entry, lines: Iterator[str]) -> Edit:
        """Lines before an entry, which may itself stand behind the dash of another list."""
        pad = " " * self._column(entry.start)
        return Edit(entry.start, entry.start, self.newline.join([*lines, pad]).removeprefix(pad))

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _column(self, offset: int) -> int:
        return offset - self._line_start(offset)

    def _line_end(self, offset: int) -> int:
        """The offset of the line's end, before its line break."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[offset:end].endswith("\r") else end

    def _next_line(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1


def _share_keys(node: Node, wanted: dict[Any, Any]) -> bool:
    return any(entry.key in wanted for entry in node.entries)


_COMMENT = re.compile(r"(?:[|>][-+0-9]*)?( +#[^\n\r]*)")
