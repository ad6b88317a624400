"""An agreement as one self-contained, accessible HTML page; the PDF is printed from the same template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup

from agreements.errors import UsageError, ZvError
from agreements.model.document import Block, Document, Span, runs
from render.typography import typeset

TEMPLATE = "vereinbarung.html.j2"
STYLESHEET = "vereinbarung.css"

COLUMNS = 2
"""Signature columns side by side; further ones begin a new row."""


@dataclass(frozen=True, slots=True)
class Item:
    """A block with its id in the page and what the layout needs to know of its neighbours."""

    block: Block
    id: str
    tag: str
    css_class: str


@dataclass(frozen=True, slots=True)
class SignatureField:
    """What stands above or below the pen in one signature column, and its cell in the grid."""

    items: tuple[Item, ...]
    css_class: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks that are set together."""

    art: str
    items: tuple[Item, ...]

    @property
    def fields(self) -> list[SignatureField]:
        """The signature fields of the part, column by column."""
        return list(_signature_fields(self.items))


def render_html(document: Document, layout_dir: Path | None = None) -> bytes:
    """The agreement as a page in UTF-8 that needs no other file; raises `ZvError` for a layout that is not there."""
    folder = layout_dir or default_layout()
    return markup(document, folder, css=stylesheet(folder)).encode("utf-8")


def markup(document: Document, layout_dir: Path, css: str = "") -> str:
    """The page's HTML, with its styles inside where `css` gives them; every value is text, never markup."""
    try:
        return template(layout_dir).render(document=document, parts=parts(document), css=Markup(css))
    except TemplateError as error:
        raise _broken(layout_dir / TEMPLATE, str(error)) from error


def default_layout() -> Path:
    """The layout that comes with the program."""
    return Path(__file__).parent.parent / "templates" / "layout"


@lru_cache(maxsize=8)
def template(layout_dir: Path) -> Template:
    """The parsed page template of a layout."""
    environment = Environment(loader=FileSystemLoader(layout_dir), autoescape=True, undefined=StrictUndefined)
    try:
        return environment.from_string(_source(layout_dir / TEMPLATE))
    except TemplateError as error:
        raise _broken(layout_dir / TEMPLATE, str(error)) from error


def stylesheet(layout_dir: Path) -> str:
    """The styles of a layout, for paper and screen."""
    return _source(layout_dir / STYLESHEET)


def parts(document: Document) -> list[Part]:
    """The blocks as the page prints them: typeset, numbered, grouped."""
    blocks = in_reading_order(document.blocks)
    levels = heading_levels(blocks)
    followers = [after.art for _, after in pairwise(blocks)] + [""]
    items = iter(
        Item(replace(block, spans=blank_with_field(typeset(block.spans))), str(at), _tag(block, level), _css_class(block, after))
        for at, (block, level, after) in enumerate(zip(blocks, levels, followers, strict=True))
    )
    return [Part(art, tuple(next(items) for _ in group)) for (art, _), group in runs(blocks)]


_MARKED = ("offen", "strittig")
"""What is drawn as a box of its own."""


def blank_with_field(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with the blank after marked ones as their last letter: WeasyPrint does not draw one that ends a line alone."""
    moved = list(spans)
    for at, (field, after) in enumerate(pairwise(spans)):
        if field.zustand in _MARKED and after.text.startswith(" "):
            moved[at] = replace(moved[at], text=field.text + " ")
            moved[at + 1] = replace(after, text=after.text[1:])
    return tuple(moved)


def in_reading_order(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with neighbouring signature lines column by column, above the pen before below it."""
    ordered: list[Block] = []
    for (art, _), group in runs(blocks):
        ordered += sorted(group, key=lambda block: (block.column, block.gruppe)) if art == "unterschrift" else group
    return tuple(ordered)


def heading_levels(blocks: tuple[Block, ...]) -> list[int]:
    """The level each heading is tagged with, 0 for other blocks: PDF/UA-1 (ISO 14289-1, 7.4.2) lets none be skipped."""
    levels: list[int] = []
    above: list[int] = []
    for block in blocks:
        if block.art == "ueberschrift":
            above = [ebene for ebene in above if ebene < block.level] + [block.level]
        levels.append(len(above) if block.art == "ueberschrift" else 0)
    return levels


def _tag(block: Block, level: int) -> str:
    return f"h{level}" if level else "p"


def _css_class(block: Block, follower: str) -> str:
    if block.art == "ueberschrift":
        return f"ebene-{block.level} anlage" if block.begins_annex else f"ebene-{block.level}"
    return f"{block.art} vor-liste" if follower == "punkt" and block.art != "punkt" else block.art


def _signature_fields(items: tuple[Item, ...]) -> Iterator[SignatureField]:
    for (spalte, gruppe), group in groupby(items, key=lambda item: (item.block.column, item.block.gruppe)):
        row, column = divmod(spalte - 1, COLUMNS)
        yield SignatureField(tuple(group), "unter-stift" if gruppe else "ueber-stift", 2 * row + 1 + gruppe, column + 1)


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UsageError(
            "Diese Datei des Layouts fehlt.", datei=path, abhilfe="Im Ordner templates/layout müssen alle Dateien des Layouts liegen."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error


def _broken(path: Path, reason: str) -> ZvError:
    return ZvError(f"Das Layout ist nicht lesbar: {reason}.", datei=path, abhilfe="Bitte die Datei berichtigen.")
