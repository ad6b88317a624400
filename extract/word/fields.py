"""Fields of a Word file: what each shows, and whether that is what the file keeps of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from agreements.reading.doubts import Doubt
from extract.word.styles import OFF, W, is_on, value, whole

_OF_TODAY = ("DATE", "TIME")
_UNKEPT = ("EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM", *_OF_TODAY)
"""What Word shows without keeping it."""
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s(.*)", re.DOTALL | re.IGNORECASE)
_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9a-f]{1,6}|\d{1,7})\b(?:.*?\\f\s+(?:\"([^\"]*)\"|(\S+)))?", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False
    form: str = ""
    """What a form field shows by its own data."""
    dirty: bool = False
    """Whether Word reckons it anew when the file is opened (17.16.18)."""

    @property
    def name(self) -> str:
        """What kind it is."""
        return "".join(self.instruction.split()[:1]).upper()

    @property
    def doubt(self) -> Doubt | None:
        """Why a person sees another result than the file keeps."""
        return Doubt("wird-neu-berechnet", feld=self.name) if self.dirty or self.name in _OF_TODAY else None

    @property
    def shown(self) -> str:
        """What it shows without a result."""
        button = _BUTTON.match(self.instruction)
        return self.form or (button[1].strip() if button else "")

    @property
    def unkept(self) -> str:
        """A German sentence on what it shows without keeping it."""
        if self.result or self.name not in _UNKEPT:
            return ""
        return f"Ein Feld („{self.name}“) zeigt in Word etwas, das die Datei nicht enthält; es wurde nicht gelesen."

    def symbol(self) -> tuple[int, str] | None:
        """The sign that a SYMBOL field shows, and its font."""
        found = None if self.result else _SYMBOL.match(self.instruction)
        return (int(found[1], 0), found[2] or found[3] or "") if found else None


def begun(mark: etree._Element) -> Field:
    """A field whose beginning this mark is (its `w:fldChar`)."""
    return Field(form=_dropdown(mark) or _checkbox(mark), dirty=is_dirty(mark))


def is_dirty(element: etree._Element) -> bool:
    """Whether a field is marked to be reckoned anew."""
    return (element.get(W + "dirty") or "0") not in OFF


def _dropdown(begin: etree._Element) -> str:
    """What a drop-down form field shows, "" for every other field."""
    entries = [value(entry) or "" for entry in begin.iterfind(f"{W}ffData/{W}ddList/{W}listEntry")]
    chosen = whole(value(begin.find(f"{W}ffData/{W}ddList/{W}result"))) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _checkbox(begin: etree._Element) -> str:
    """What a form field for a tick shows."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    state = None if box is None else next((found for name in ("checked", "default") if (found := box.find(W + name)) is not None), None)
    return "" if box is None else "☒" if state is not None and is_on(state) else "☐"


def whole_fields(root: etree._Element) -> set[etree._Element]:
    """The marks of all fields that have a beginning and an end; a lone mark must not swallow what follows."""
    marks: set[etree._Element] = set()
    open_fields: list[list[etree._Element]] = []
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            open_fields.append([mark])
        elif open_fields:
            open_fields[-1].append(mark)
            if kind == "end":
                marks.update(open_fields.pop())
    return marks
