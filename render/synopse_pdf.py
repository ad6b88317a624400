"""A Synopse as PDF, A4 across: PDF/A-3a and PDF/UA-1 in one file, the same bytes for the same comparison."""

from __future__ import annotations

from pathlib import Path

from render.html import default_layout
from render.pdf import print_page
from render.synopse import Synopse, markup, stylesheet


def render_synopse_pdf(synopse: Synopse, layout_dir: Path | None = None) -> bytes:
    """The Synopse as a tagged PDF; ZvError where a font, a letter or a library is missing."""
    folder = (layout_dir or default_layout()).resolve()
    return print_page(markup(synopse, folder), stylesheet(folder), folder)
