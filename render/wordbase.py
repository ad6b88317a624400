"""The Word file before it has a text: the house template, or none, with every style, list, setting and footer an agreement needs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final, cast

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.numbering import CT_Numbering
from docx.oxml.section import CT_SectPr
from docx.oxml.styles import CT_Style, CT_Styles
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.numbering import NumberingPart
from docx.section import Section, _Header
from lxml.etree import XMLSyntaxError, _Element

from agreements.errors import UnreadableError
from agreements.files.opening import content

LAYOUT: Final = Path(__file__).resolve().parent.parent / "templates" / "layout" / "word"

VAL: Final = qn("w:val")
STYLE_ID: Final = qn("w:styleId")

TEMPLATE_TYPE: Final = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DOCUMENT_TYPE: Final = CONTENT_TYPE.WML_DOCUMENT_MAIN.encode()

KEPT_PARTS: Final = frozenset(getattr(RELATIONSHIP_TYPE, kind) for kind in ("STYLES", "SETTINGS", "NUMBERING", "THEME", "FONT_TABLE"))
"""What of python-docx's own template is of use."""

STYLES_WITH_EFFECTS: Final = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
"""A second copy of the styles that Word 2010 wrote beside the first; it would lack those that are added here."""

HELD: Final = frozenset(qn(f"w:{tag}") for tag in ("autoHyphenation", "themeFontLang"))
"""Settings that hold whatever the house template says: the text is German, and set like the PDF."""

SETTINGS_ORDER: Final = """
writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves
doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation
consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle
defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets
drawingGridHorizontalSpacing drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore
savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace
updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr attachedSchema themeFontLang
clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown
smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol listSeparator
""".split()  # noqa: SIM905  # ninety-eight quotes help nobody
"""Word opens a settings part only in the order of CT_Settings (ECMA-376 Part 1, 17.15.1.78)."""


def open_base(vorlage: Path | None, entwurf: bool) -> WordDocument:
    """An empty Word document with all styles; raises UnreadableError where the house template is no .dotx or .docx."""
    return docx.Document(BytesIO(_prepared(content(vorlage) if vorlage else b"", vorlage, entwurf)))


def style_ids(document: WordDocument) -> dict[str, str]:
    """Style ids by style name in lower case: names are the same in every language of Word, ids are not ("berschrift1")."""
    return _ids(document.styles.element)


@lru_cache(maxsize=8)
def _prepared(template: bytes, vorlage: Path | None, entwurf: bool) -> bytes:
    """The package to start from; a template is prepared once, not for each of sixteen agreements."""
    document = _opened(template, vorlage) if vorlage else _blank()
    _drop(document.part.package, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    _drop(document.part, STYLES_WITH_EFFECTS)
    _clear_body(document)
    ids = _add_styles(document.styles.element)
    _number_list_items(document, ids["ListBullet"])
    _add_settings(document.settings.element)
    _add_footer(document.sections[-1], ids)
    if entwurf:
        _mark_as_draft(document, ids)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _layout(name: str) -> BaseOxmlElement:
    """The root of one of our layout files."""
    return parse_xml((LAYOUT / name).read_bytes())


def _opened(template: bytes, vorlage: Path) -> WordDocument:
    try:
        return docx.Document(BytesIO(_as_document(template)))
    except (OpcError, zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError) as fault:
        raise UnreadableError(
            "Die Word-Vorlage lässt sich nicht öffnen.",
            datei=vorlage,
            abhilfe="Sie muss unverschlüsselt und ohne Makros sein: bitte in Word als „Word-Vorlage (*.dotx)“ speichern.",
        ) from fault


def _as_document(template: bytes) -> bytes:
    """The template as an ordinary document: only the type that its list of contents states differs."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(TEMPLATE_TYPE, DOCUMENT_TYPE) if name == "[Content_Types].xml" else content)
    return stream.getvalue()


def _blank() -> WordDocument:
    """python-docx's own template without its styles, lists and settings."""
    document = docx.Document()
    _drop(document.part, *{rel.reltype for rel in document.part.rels.values()}.difference(KEPT_PARTS))
    for root in (document.styles.element, document.settings.element, document.part.numbering_part.element):
        root[:] = []
    document.element.body[:] = []
    return document


def _drop(source: object, *reltypes: str) -> None:
    rels = source.rels  # type: ignore[attr-defined]  # a package and a part have it, without a common base
    for rel_id in [rel_id for rel_id, rel in rels.items() if rel.reltype in reltypes]:
        del rels[rel_id]


def _clear_body(document: WordDocument) -> None:
    """Drops a template's text, and the pictures only that text showed; the last section's page stays."""
    body = document.element.body
    before = set(body.xpath(".//@r:*"))
    if body.sectPr is None:
        body.append(_layout("section.xml"))
    section = document.sections[-1]._sectPr
    _inherit_headers(body, section)
    _state_page(section)
    body.clear_content()
    for rel_id in before.difference(body.xpath(".//@r:*")):
        document.part.rels.pop(rel_id, None)


def _inherit_headers(body: BaseOxmlElement, last: CT_SectPr) -> None:
    """Gives the last section the headers and footers that it took from the sections before it."""
    for section in reversed(body.xpath("./w:p/w:pPr/w:sectPr")):
        for reference in section.xpath("./w:headerReference | ./w:footerReference"):
            if not any(own.tag == reference.tag and own.get(qn("w:type")) == reference.get(qn("w:type")) for own in last):
                last.insert(0, reference)


def _state_page(section: CT_SectPr) -> None:
    """Gives a section that is silent on its paper and margins ours."""
    ours = _layout("section.xml")
    if section.pgSz is None:
        section.get_or_add_pgSz().attrib.update(ours.xpath("./w:pgSz")[0].attrib)
    if section.pgMar is None:
        section.get_or_add_pgMar().attrib.update(ours.xpath("./w:pgMar")[0].attrib)


def _ids(styles: CT_Styles) -> dict[str, str]:
    return {name.lower(): style.get(STYLE_ID) for style in styles.xpath("./w:style") for name in style.xpath("./w:name/@w:val")}


def _add_styles(styles: CT_Styles) -> dict[str, str]:
    """Adds our styles where the template has none of that name; returns their ids by ours."""
    ours = cast(CT_Styles, _layout("styles.xml"))
    theirs = _ids(styles)
    ids = {own: theirs.get(name) or _free_id(own, theirs) for name, own in _ids(ours).items()}
    if not styles.xpath("./w:docDefaults"):
        styles.insert(0, ours.xpath("./w:docDefaults")[0])
    defaults = set(styles.xpath("./w:style[@w:default='1']/@w:type"))
    for style in ours.xpath("./w:style"):
        if style.name_val.lower() not in theirs:
            styles.append(_renamed(style, ids, defaults))
    _speak_german(styles)
    return ids


def _free_id(own: str, theirs: dict[str, str]) -> str:
    taken = set(theirs.values())
    return next(name for name in (own, *(f"{own}{number}" for number in range(1, len(taken) + 2))) if name not in taken)


def _renamed(style: CT_Style, ids: dict[str, str], defaults: set[str]) -> CT_Style:
    """The style under an id that is free in the template, leaning on the template's styles."""
    style.styleId = ids[str(style.styleId)]
    for reference in style.xpath("./w:basedOn | ./w:next | ./w:link"):
        reference.set(VAL, ids[reference.get(VAL)])
    if style.get(qn("w:type")) in defaults:
        style.attrib.pop(qn("w:default"), "")
    return style


def _speak_german(styles: CT_Styles) -> None:
    """States German as the language of all text that does not say otherwise (read aloud, spelt and hyphenated by it)."""
    run = _child(_child(styles.xpath("./w:docDefaults")[0], "w:rPrDefault", "w:pPrDefault"), "w:rPr")
    _child(run, "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")
    for language in styles.xpath("./w:docDefaults//w:lang | ./w:style[@w:default='1']/w:rPr/w:lang"):
        language.set(VAL, "de-DE")


def _child(parent: _Element, tag: str, *successors: str) -> _Element:
    """The child of that tag; made, before the successors, where there is none."""
    found = parent.find(qn(tag))
    if found is not None:
        return found
    child = OxmlElement(tag)
    after = [place for place, sibling in enumerate(parent) if sibling.tag in map(qn, successors)]
    parent.insert(after[0] if after else len(parent), child)
    return child


def _number_list_items(document: WordDocument, style_id: str) -> None:
    """Gives the list style our dash, unless the template numbers it already."""
    style = document.styles.element.get_by_id(style_id)
    if not _is_numbered(style):
        number = _add_numbering(document, style_id)
        style.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def _is_numbered(style: CT_Style | None) -> bool:
    """Whether a style, or one it is based on, has a numbering."""
    return style is not None and (bool(style.xpath("./w:pPr/w:numPr/w:numId")) or _is_numbered(style.base_style))


def _add_numbering(document: WordDocument, style_id: str) -> int:
    """Adds our dash to the document's lists; returns the number that a style names."""
    numbering = _numbering(document)
    definition = _layout("numbering.xml")
    free = max(map(int, numbering.xpath("./w:abstractNum/@w:abstractNumId")), default=-1) + 1
    definition.set(qn("w:abstractNumId"), str(free))
    for link in definition.iter(qn("w:pStyle")):
        link.set(VAL, style_id)
    numbering.insert_element_before(definition, "w:num", "w:numIdMacAtCleanup")
    return int(numbering.add_num(free).numId)  # type: ignore[no-untyped-call]


def _numbering(document: WordDocument) -> CT_Numbering:
    """The root of the document's lists; made where a template has none."""
    part = document.part
    if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
        name, root = PackURI("/word/numbering.xml"), cast(CT_Numbering, OxmlElement("w:numbering"))
        part.relate_to(NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, part.package), RELATIONSHIP_TYPE.NUMBERING)
    return cast(CT_Numbering, part.numbering_part.element)


def _add_settings(settings: BaseOxmlElement) -> None:
    """Adds our settings where the template is silent, and those that must hold."""
    for setting in _layout("settings.xml").iterchildren("{*}*"):
        present = settings.find(setting.tag)
        if present is None:
            settings.append(setting)
        elif setting.tag in HELD:
            settings.replace(present, setting)
    rank = {name: place for place, name in enumerate(SETTINGS_ORDER)}
    settings[:] = sorted(settings, key=lambda setting: rank.get(str(setting.tag).rpartition("}")[2], len(rank)))


def _add_footer(section: Section, ids: dict[str, str]) -> None:
    """Adds the page number, unless the template has a header or footer of its own."""
    if not section._sectPr.xpath("./w:headerReference | ./w:footerReference"):
        section.footer.is_linked_to_previous = False
        section.footer._element[:] = _styled("footer.xml", ids)


def _mark_as_draft(document: WordDocument, ids: dict[str, str]) -> None:
    """Sets the mark of a draft above the header of every page."""
    for header in _headers(document):
        if header.is_linked_to_previous:
            header.is_linked_to_previous = False
            header._element[:] = []
        for place, paragraph in enumerate(_styled("entwurf.xml", ids)):
            header._element.insert(place, paragraph)


def _headers(document: WordDocument) -> Iterator[_Header]:
    """The headers of the kinds of page that the document tells apart."""
    section = document.sections[-1]
    yield section.header
    if section.different_first_page_header_footer:
        yield section.first_page_header
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header


def _styled(name: str, ids: dict[str, str]) -> list[_Element]:
    """The paragraphs of one of our layout files, with the template's style ids."""
    root = _layout(name)
    for style in root.iter(qn("w:pStyle")):
        style.set(VAL, ids[str(style.get(VAL))])
    return list(root)
