"""The formats an agreement is printed in, and how: what a call of `zv drucke` may choose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import cast

from agreements.model.document import Document

FORMATS = {
    "pdf": "render.pdf:render_pdf",
    "docx": "render.word:render_word",
    "html": "render.html:render_html",
    "text": "render.text:render_text",
}
"""The formats and what makes them; the name is the choice of `--format`, loaded only when asked for."""

SUFFIXES = {"text": "txt"}


@dataclass(frozen=True, slots=True)
class How:
    """How agreements are to be printed."""

    formate: tuple[str, ...] = ("pdf", "docx")
    vorlage: Path | None = None
    """The house template of Word files."""
    endgueltig: bool = False
    """Whether only what is final may be printed."""


def filename(traeger: str, form: str) -> str:
    """What the output of a format is called."""
    return f"{traeger}.{SUFFIXES.get(form, form)}"


def renderer(name: str, vorlage: Path | None = None) -> Callable[[Document], bytes]:
    """The function that makes a format; `vorlage` is the house template of Word files."""
    module, _, function = FORMATS[name].partition(":")
    made = cast(Callable[..., bytes], getattr(import_module(module), function))
    return partial(made, vorlage=vorlage) if name == "docx" else made
