"""Everything that can go wrong and stop zv: one tree, each error with file, place, remedy and exit code."""

from __future__ import annotations

import re
from pathlib import Path


def visible(text: str) -> str:
    """The text with what commands a terminal, turns writing round or is no character as what it is written with; lines stay lines.

    "\\x1b", and "\\u009b" from there on, as JSON has it, which stays the same data.
    """
    return text if text.isascii() and text.isprintable() else _COMMANDS.sub(_written, text)


_COMMANDS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those of writing direction (Unicode TR 36), and what stands for bytes that are no UTF-8 in the name of a file."""


def _written(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    return f"\\x{code:02x}" if code < 0x20 else f"\\u{code:04x}"


QUOTED = 200
"""Letters of a quotation in a message: enough to find the place, and a line that can be read whatever stands there."""


def shortened(text: str) -> str:
    """The text, each quotation („…“) and each word that is longer than `QUOTED` cut off there."""
    return _LONG_WORD.sub(r"\1…", _QUOTATION.sub(r"\1…“", text))


_LONG_WORD = re.compile(rf"([^\s/]{{{QUOTED}}})[^\s/]{{100,}}")
_LONG_NAME = re.compile(rf"([^/]{{{QUOTED}}})[^/]{{100,}}")
"""What no file can be called."""
_QUOTATION = re.compile(rf"(„[^“]{{{QUOTED}}})[^“]+“")


class ZvError(Exception):
    """A German sentence on what is wrong, where, and what to do about it."""

    exit_code = 1

    def __init__(self, message: str, *, datei: Path | str | None = None, zeile: int | None = None, abhilfe: str | None = None) -> None:
        super().__init__(message)
        self.message = shortened(message)
        self.datei = datei
        self.zeile = zeile
        self.abhilfe = shortened(abhilfe) if abhilfe else abhilfe
        self.parts: tuple[ZvError, ...] = ()
        """Where several things are wrong at once: each by itself."""

    def __str__(self) -> str:
        datei = _LONG_NAME.sub(r"\1…", str(self.datei or ""))
        place = f"{datei}:{self.zeile}: " if datei and self.zeile else f"{datei}: " if datei else ""
        return visible(f"{place}{self.message}" + (f" {self.abhilfe}" if self.abhilfe else ""))


class CheckError(ZvError):
    """Something was read or made, and does not hold."""


class RecordError(CheckError):
    """A record that does not follow its schema."""


class WordingError(CheckError):
    """A wording that could not be read back, or that cannot say what a record holds."""


class ChangedError(CheckError):
    """A file that somebody else changed since it was read."""


class UsageError(ZvError):
    """A command that asks for what does not exist."""

    exit_code = 2


class UnreadableError(ZvError):
    """A file that is not there, broken, encrypted, or not of the form its name says."""

    exit_code = 3


class OtherKindError(ZvError):
    """A document that is no agreement after § 48b Abs. 1 Satz 1 Nr. 4 SGB II."""

    exit_code = 4
