"""An agreement as PDF: PDF/A-3a and PDF/UA-1 in one file, the same bytes for the same document."""

from __future__ import annotations

import ctypes.util
import gc
import io
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import NamedTuple
from xml.etree import ElementTree

import pikepdf

from agreements.errors import CheckError, ZvError
from agreements.model.document import Document
from render.html import STYLESHEET, default_layout, markup, stylesheet
from render.hyphenation import use_german
from render.libraries import no_pango
from render.papercode import drawn
from render.structure import rebuild


@contextmanager
def _by_their_own_names() -> Iterator[None]:
    """Has libraries opened by the names that they have on Linux, and none looked for by those that they have elsewhere.

    WeasyPrint tries the names of all systems, the one of Linux last, and for each that is not there Python starts ldconfig, gcc and ld
    to look for another: 214 processes, a third of what it takes to load.
    """
    looks = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = looks


try:
    with redirect_stdout(io.StringIO()), _by_their_own_names():  # WeasyPrint prints a page of English before it raises
        import weasyprint
        from cssselect2 import ElementWrapper
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except ImportError as error:
    raise ZvError(
        f"PDF kann nicht geschrieben werden, weil der Baustein WeasyPrint fehlt oder älter ist als Version 70: {error}."
    ) from error
except OSError as error:
    raise no_pango(str(error), sys.platform) from error

BLOCK = "data-block"
"""The attribute by which the page template numbers the elements that hold a block."""

FONT = "Liberation-Sans"
FALLBACK_FONT = "DejaVu-Sans"
"""For letters that Liberation Sans lacks (some of DIN 91379)."""

POINTS = 72 / 96
"""Points in a pixel of CSS."""


class Spot(NamedTuple):
    """Number of a page from 0, and a square on it, in points from its bottom left."""

    page: int
    left: float
    bottom: float
    size: float


BASE_STYLES = weasyprint.CSS(
    string="""
    head, title, meta { display: none }
    html, body, main, div, section, h1, h2, h3, p, ul { display: block }
    li { display: list-item }
    h1, h2, h3 { bookmark-label: content(text) }
    @page {
        @bottom-center { text-align: center; vertical-align: middle }
        @top-right { text-align: right; vertical-align: middle }
    }
    """
)
"""What elements are, before the layout says how they look: the part of WeasyPrint's own styles that the page template needs."""

SOFT_BREAKS = "\N{HYPHEN}\N{SOFT HYPHEN}"
"""U+2010 is what the layout sets where it parts a word; in a value it could not be told from that."""

WARNINGS = (
    (
        re.compile(r"\.notdef glyph rendered .*: (?P<what>.*)", re.DOTALL),
        "Für dieses Zeichen hat keine Schrift ein Bild: {what}.",
        "Bitte das Zeichen ersetzen oder das Systempaket fonts-dejavu-core einrichten.",
    ),
    (
        re.compile("HarfBuzz-Subset"),
        "Eine Bibliothek zum Einbetten der Schriften fehlt.",
        "Bitte das Systempaket libharfbuzz-subset0 einrichten; ohne es entstehen langsamer andere Dateien.",
    ),
    (re.compile("(?P<what>.*)", re.DOTALL), "WeasyPrint meldet: {what}.", "Bitte das Layout prüfen."),
)
"""What WeasyPrint warns of, in words that help."""

UA_METADATA = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""The entry of PDF/UA-1 (ISO 14289-1, 5) and its schema, which PDF/A-3 wants described (ISO 19005-3, 6.6.2.3.3)."""


def render_pdf(document: Document, layout_dir: Path | None = None) -> bytes:
    """The agreement as a tagged PDF; raises `ZvError` where a font, a letter or a library is missing."""
    _refuse_soft_breaks(document)
    folder = (layout_dir or default_layout()).resolve()
    use_german()
    with _warnings_are_errors(), _without_collection():
        pages = Page(markup(document, folder), folder).render(font_config=_fonts(), stylesheets=[_styles(folder)])
        ids = [blocks_on(page) for page in pages.pages]
        raw = pages.write_pdf(
            pdf_variant="pdf/a-3a", uncompressed_pdf=True, pdf_identifier=False, finisher=lambda _, pdf: rebuild(pdf, document, ids)
        )
        spot = _place_of_code(pages.pages)
    return _finish(raw, document, spot)


def prepare_pages() -> None:
    """Reads dictionary, fonts and styles of the layout that comes with the program, so that processes split off later have them."""
    use_german()
    _fonts()
    _styles(default_layout().resolve())


def print_page(source: str, css: str, folder: Path) -> bytes:
    """A page of HTML, with tables and headings as they are, as a tagged PDF; errors as for `render_pdf`."""
    use_german()
    with _warnings_are_errors(), _without_collection():
        styles = weasyprint.CSS(string=css, url_fetcher=LayoutFiles(folder), font_config=_fonts())
        page = weasyprint.HTML(string=source, base_url=folder.as_uri() + "/", url_fetcher=LayoutFiles(folder))
        raw = page.write_pdf(
            pdf_variant="pdf/a-3a", uncompressed_pdf=True, pdf_identifier=False, font_config=_fonts(), stylesheets=[styles]
        )
    return _finish(raw)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Spares the search for garbage while a page tree grows, which holds none: it costs a twentieth, more in a large process."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def blocks_on(page: weasyprint.Page) -> list[str]:
    """The numbers of the blocks on a page, in order.

    WeasyPrint hands out the places of ids alone; but an element with an id has all its styles computed anew,
    while elements without share them, and that takes a sixth of the time.
    """
    numbers = (box.element.get(BLOCK) for box in page._page_box.descendants() if box.element is not None)
    return list(dict.fromkeys(number for number in numbers if number))


class Page(weasyprint.HTML):  # type: ignore[misc]
    """The page, read as the XML that its template also is, with the few of WeasyPrint's own styles that it needs.

    Reading it as any HTML takes ten times as long. All of WeasyPrint's styles give each element five more for notes and
    list markers, and each page's margins sixteen, which takes a tenth of the time. Should WeasyPrint no longer ask for
    them here, it uses its own, and the page stays the same.
    """

    def __init__(self, source: str, folder: Path) -> None:
        try:
            root = ElementTree.fromstring(source)
        except ElementTree.ParseError as error:
            raise ZvError(
                f"Die Seite lässt sich nicht setzen: {error}.",
                abhilfe="Bitte im Layout jedes Element schließen und aus den Werten Steuerzeichen entfernen.",
            ) from error
        self.base_url = folder.as_uri() + "/"
        self.url_fetcher = LayoutFiles(folder)
        self.media_type = "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:
        return [BASE_STYLES]


class LayoutFiles(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint the layout's own files and refuses everything else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=["file"])
        self._folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file's content; raises `RefusedError` for a file elsewhere or an address in the network."""
        if not url.startswith(self._folder.as_uri() + "/") or ".." in url or "%2e" in url.lower():
            raise RefusedError(url)
        return super().fetch(url, headers)


class RefusedError(FatalURLFetchingError):  # type: ignore[misc]
    """An address outside the layout was asked for."""


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """The fonts of the system, looked up once in a process."""
    return FontConfiguration()


@lru_cache(maxsize=8)
def _styles(folder: Path) -> weasyprint.CSS:
    """The layout's parsed styles."""
    return weasyprint.CSS(
        string=stylesheet(folder), base_url=(folder / STYLESHEET).as_uri(), url_fetcher=LayoutFiles(folder), font_config=_fonts()
    )


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """Raises what WeasyPrint would only have logged: a letter without glyph, a style it does not know."""
    seen: list[str] = []
    thread = get_ident()
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: seen.append(record.getMessage()) if record.thread == thread else None  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    except RefusedError as error:
        raise ZvError(
            f"Das Layout verlangt eine Datei außerhalb seines Ordners: {error}.", abhilfe="Bitte die Datei neben das Layout legen."
        ) from error
    finally:
        logger.removeHandler(handler)
    if seen:
        raise _translated(seen[0])


def _translated(warning: str) -> ZvError:
    found = ((pattern.search(warning), message, remedy) for pattern, message, remedy in WARNINGS)
    match, message, remedy = next(entry for entry in found if entry[0])
    return ZvError(message.format_map(match.groupdict() if match else {}), abhilfe=remedy)


def _refuse_soft_breaks(document: Document) -> None:
    for block in document.blocks:
        for span in block.spans:
            if any(char in span.text for char in SOFT_BREAKS):
                raise CheckError(
                    f"„{span.text}“ enthält einen Trennstrich (U+2010 oder U+00AD), der im PDF wie eine Silbentrennung aussähe"
                    + (f" (Feld {span.feld})." if span.feld else "."),
                    abhilfe="Bitte den einfachen Bindestrich „-“ schreiben.",
                )


def _place_of_code(pages: list[weasyprint.Page]) -> Spot | None:
    """Where the layout leaves room for the code."""
    for number, page in enumerate(pages):
        for box in page._page_box.descendants():
            if box.element is not None and box.element.get("class") == "papercode":
                size = min(box.width, box.height) * POINTS
                return Spot(number, box.content_box_x() * POINTS, (page.height - box.content_box_y()) * POINTS - size, size)
    return None


def _finish(raw: bytes, document: Document | None = None, spot: Spot | None = None) -> bytes:
    """The written PDF with the entry of PDF/UA, the record inside, and an identifier made from its content."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _check_fonts(pdf)
        _declare_accessible(pdf)
        _read_spaces_as_spaces(pdf)
        if document and document.enclosed:
            _enclose(pdf, document)
        if document and spot:
            _draw(pdf.pages[spot.page], drawn(document.papercode, spot.left, spot.bottom, spot.size))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return target.getvalue()


def _draw(page: pikepdf.Page, operators: bytes) -> None:
    """Adds to a page what is measured in points from its bottom left, whatever the page has set before."""
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + operators)


def _check_fonts(pdf: pikepdf.Pdf) -> None:
    """Raises `ZvError` where the system set the text in another font than the layout names."""
    names = {str(font.BaseFont).partition("+")[2] for font in _embedded_fonts(pdf)}
    foreign = sorted(name for name in names if not name.startswith((FONT, FALLBACK_FONT)))
    if foreign or (names and not any(name.startswith(FONT) for name in names)):
        raise ZvError(
            f"Die Schrift Liberation Sans fehlt (gesetzt würde {', '.join(foreign) or FALLBACK_FONT}).",
            abhilfe="Bitte die Systempakete fonts-liberation und fonts-dejavu-core einrichten.",
        )


def _embedded_fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = {font.objgen: font for page in pdf.pages for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()}
    return [found[key] for key in sorted(found)]


def _declare_accessible(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(packet.replace(b"</rdf:RDF>", UA_METADATA.lstrip()))


def _read_spaces_as_spaces(pdf: pikepdf.Pdf) -> None:
    """Lets readers copy blanks as blanks: Liberation Sans has one glyph for both kinds, and the first one met names it."""
    for font in _embedded_fonts(pdf):
        font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<00a0>", b"<0020>"))


def _enclose(pdf: pikepdf.Pdf, document: Document) -> None:
    """Puts files inside, the first as the source it was made from (ISO 19005-3, 6.8 and annex E); their day is fixed, as its year is."""
    day = f"D:{document.jahr}0101000000Z"
    specs: list[pikepdf.Object] = []
    for each in document.enclosed:
        spec = pikepdf.AttachedFileSpec(
            pdf, each.text.encode(), filename=each.name, mime_type=each.kind, description=f"{each.says}: {document.titel}",
            creation_date=day, mod_date=day,
        )  # fmt: skip
        spec.obj.AFRelationship = pikepdf.Name.Supplement if specs else pikepdf.Name.Source
        pdf.attachments[each.name] = spec
        specs.append(spec.obj)
    pdf.Root.AF = pikepdf.Array(specs)
