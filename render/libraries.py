"""What is said where the libraries that set pages are missing: they are no part of Python's packages, and only PDFs need them."""

from __future__ import annotations

import re

from agreements.errors import ZvError

_INSTALLED = {
    "win32": "Pango aus MSYS2 einrichten, „pacman -S mingw-w64-ucrt-x86_64-pango“ (Handbuch, „zv auf Windows-Rechnern“).",
    "darwin": "Pango mit Homebrew einrichten: „brew install pango“.",
}
"""By Python's name of the system."""
_ELSEWHERE = "Die Pakete einrichten: „apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0“."
"""Debian's names; other systems call them alike."""


def no_pango(said: str, system: str) -> ZvError:
    """What to tell a person of a library that could not be loaded, from the loader's English and Python's name of the system."""
    named = re.search(r"'([^']+)'", said)
    which = f" ({named[1]})" if named else ""
    return ZvError(
        f"PDF kann nicht geschrieben werden, weil die Bibliothek Pango fehlt{which}; lesen, prüfen und Word (--format docx) geht ohne sie.",
        abhilfe=_INSTALLED.get(system, _ELSEWHERE),
    )
