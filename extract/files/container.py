"""Judging a file before it is opened: what it is, and whether its parts may be unpacked."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from lxml import etree

from agreements.errors import UnreadableError
from agreements.files.opening import opened
from extract.files.engines import boundary

Form = Literal["pdf", "word"]

TOTAL_LIMIT = 200 * 2**20
"""Bytes that all parts of a Word file may have unpacked."""
PART_LIMIT = 100 * 2**20
"""Bytes that one part may have unpacked."""
XML_LIMIT = 25 * 2**20
"""Bytes that an XML part may have unpacked: its tree takes ten times as much; seven pages have about 0.3 MB."""
PARTS_LIMIT = 5_000
RATIO_LIMIT = 200
"""How many times an XML part may grow when unpacked, once it is larger than `RATIO_FLOOR`; Word's own grow 10 to 30 times."""
RATIO_FLOOR = 2**20

_HEAD = 1024
_PROLOG = 64 * 1024
_SUFFIXES: dict[str, Form] = {".pdf": "pdf", ".docx": "word", ".docm": "word", ".dotx": "word", ".dotm": "word"}
_NAMES: dict[Form, str] = {"pdf": "ein PDF", "word": "eine Word-Datei"}
_SAVE_AS_DOCX = "Bitte in Word oder LibreOffice öffnen und als .docx speichern."
_SEND_AGAIN = "Bitte die Datei noch einmal anfordern oder neu speichern."
_XML_ENDINGS = (".xml", ".rels", ".vml")
_DOCTYPE = re.compile(rb"\A(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!(?:DOCTYPE|ENTITY)", re.DOTALL)
_STRICT = (
    # ISO/IEC 29500 Strict names the same vocabulary otherwise; Word writes it as "Strict Open XML".
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_HEADS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "ist eine RTF-Datei.", _SAVE_AS_DOCX),
    (b"\xff\xd8\xff", "ist ein Bild (JPEG).", "Bitte die Seiten als PDF einscannen oder speichern."),
    (b"\x89PNG", "ist ein Bild (PNG).", "Bitte die Seiten als PDF einscannen oder speichern."),
    (b"II*\0", "ist ein Bild (TIFF).", "Bitte die Seiten als PDF einscannen oder speichern."),
    (b"MM\0*", "ist ein Bild (TIFF).", "Bitte die Seiten als PDF einscannen oder speichern."),
)
_ODF = {
    "application/vnd.oasis.opendocument.text": "ist ein OpenDocument-Text (.odt).",
    "application/vnd.oasis.opendocument.spreadsheet": "ist eine OpenDocument-Tabelle (.ods).",
    "application/vnd.oasis.opendocument.presentation": "ist eine OpenDocument-Präsentation (.odp).",
}


class Relation(NamedTuple):
    """One relationship of a part: its id, the last word of its type ("header"), and the name of the part it leads to."""

    id: str
    kind: str
    target: str


def sniff(path: Path) -> Form:
    """The form of the file by its first bytes; raises UnreadableError for every other form, or if the name says another."""
    head = _head(path)
    if b"%PDF-" in head:
        form: Form = "pdf"
    elif head.startswith(b"PK\x03\x04"):
        with _archive(path) as archive:
            _require_word(path, archive)
        form = "word"
    else:
        raise _not_readable(path, head)
    named = _SUFFIXES.get(path.suffix.lower())
    if named not in (None, form):
        raise UnreadableError(
            f"Die Datei heißt „{path.suffix}“, ist aber {_NAMES[form]}.",
            datei=path,
            abhilfe=f"Bitte in „{path.stem}.{'pdf' if form == 'pdf' else 'docx'}“ umbenennen.",
        )
    return form


def _head(path: Path) -> bytes:
    """The first bytes of an ordinary, readable, not empty file."""
    with opened(path) as file:
        head = file.read(_HEAD)
    if not head:
        raise UnreadableError("Die Datei ist leer.", datei=path, abhilfe=_SEND_AGAIN)
    return head


def _not_readable(path: Path, head: bytes) -> UnreadableError:
    """What to say of a file that is neither PDF nor a zip archive."""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(path)
    for start, what, remedy in _HEADS:
        if head.startswith(start):
            return UnreadableError(f"Die Datei {what}", datei=path, abhilfe=remedy)
    text = head.replace(b"\0", b"").lower()
    if b"<html" in text or b"<!doctype html" in text:
        return UnreadableError("Die Datei ist eine HTML-Seite.", datei=path, abhilfe="Bitte das Dokument selbst herunterladen.")
    if b"<pkg:package" in text or b"<w:worddocument" in text:
        return UnreadableError("Die Datei ist ein Word-XML-Dokument (.xml).", datei=path, abhilfe=_SAVE_AS_DOCX)
    if head.startswith((b"PK", b"Rar!", b"7z\xbc\xaf")):
        return UnreadableError("Die Datei ist ein Archiv oder unvollständig.", datei=path, abhilfe=_SEND_AGAIN)
    return UnreadableError("Die Datei ist weder ein PDF noch eine Word-Datei (.docx).", datei=path, abhilfe=_SEND_AGAIN)


def _compound(path: Path) -> UnreadableError:
    """What to say of an OLE container: an encrypted Office file, or the old .doc (MS-OFFCRYPTO 2.3.4, MS-DOC 2.1)."""
    with path.open("rb") as file:
        content = file.read(PART_LIMIT)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return UnreadableError(
            "Die Datei ist verschlüsselt (mit einem Kennwort geschützt).",
            datei=path,
            abhilfe="Bitte in Word öffnen und ohne Kennwort speichern.",
        )
    if "WordDocument".encode("utf-16-le") in content:
        return UnreadableError("Die Datei hat das alte Word-Format (.doc).", datei=path, abhilfe=_SAVE_AS_DOCX)
    return UnreadableError("Die Datei hat ein altes Office-Format.", datei=path, abhilfe=_SAVE_AS_DOCX)


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The opened archive; its faults, also those met while it is read, are UnreadableError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableError("Die Datei ist beschädigt oder unvollständig.", datei=path, abhilfe=_SEND_AGAIN) from error
    except (NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableError("Die Datei ist auf ungewöhnliche Art gepackt.", datei=path, abhilfe=_SAVE_AS_DOCX) from error


def _require_word(path: Path, archive: zipfile.ZipFile) -> None:
    """Raises UnreadableError for an archive that is no Word file."""
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise UnreadableError("Die Datei ist verschlüsselt.", datei=path, abhilfe="Bitte ohne Kennwort speichern.")
    if "[Content_Types].xml" in names:
        rooms = {name.partition("/")[0] for name in names}
        for room, what in (("xl", "eine Excel-Tabelle"), ("ppt", "eine PowerPoint-Präsentation")):
            if room in rooms and "word" not in rooms:
                raise UnreadableError(f"Die Datei ist {what}, keine Word-Datei.", datei=path, abhilfe="Bitte die Vereinbarung nennen.")
        return
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            kind = file.read(200).decode("ascii", "replace").strip()
        raise UnreadableError(f"Die Datei {_ODF.get(kind, 'ist keine Word-Datei.')}", datei=path, abhilfe=_SAVE_AS_DOCX)
    message = "Die Datei ist ein ZIP-Archiv, keine Word-Datei."
    raise UnreadableError(message, datei=path, abhilfe="Bitte das Archiv entpacken und die Datei darin nennen.")


class Package:
    """The parts of a Word file whose sizes and names were judged; parts are unpacked when asked for."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._infos = {info.filename.lower(): info for info in archive.infolist()}
        mains = [relation.target for relation in self.relations("") if relation.kind == "officeDocument"]
        if not mains or mains[0].lower() not in self._infos:
            raise self._refused("Der Datei fehlt das Dokument (word/document.xml).", _SEND_AGAIN)
        self.main = mains[0]
        """Name of the part that holds the document's body."""

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What the part leads to inside the file; links to the outside are left out and never followed."""
        folder, base = posixpath.split(name)
        tree = self.find(posixpath.join(folder, "_rels", f"{base}.rels"))
        if tree is None:
            return ()
        return tuple(
            Relation(
                element.get("Id", ""),
                element.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/"),
            )
            for element in tree
            if element.get("TargetMode") != "External"
        )

    def find(self, name: str) -> etree._Element | None:
        """Root element of the part, None if there is no such part; raises UnreadableError for broken or unsafe XML."""
        info = self._infos.get(name.lower())
        if info is None:
            return None
        data = _unpacked(self._archive, info)
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        with boundary("lxml", f"Der Teil „{info.filename}“ ist beschädigt: Er ist kein lesbares XML.", self._path, _SAVE_AS_DOCX):
            root = whole_xml(data)
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._refused(*_doctype(info.filename))
        return root

    def part(self, name: str) -> etree._Element:
        """Root element of a part that must be there; raises UnreadableError if it is not."""
        root = self.find(name)
        if root is None:
            raise self._refused(f"Der Datei fehlt der Teil „{name}“.", _SEND_AGAIN)
        return root

    def _refused(self, message: str, remedy: str) -> UnreadableError:
        return UnreadableError(message, datei=self._path, abhilfe=remedy)


def whole_xml(data: bytes) -> etree._Element:
    """The root element of a part; nothing is fetched, no entity is replaced, depth and sizes of texts are limited."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The Word file's parts, open while the block runs; raises UnreadableError for what is no sound Word file."""
    if sniff(path) != "word":
        raise UnreadableError("Die Datei ist keine Word-Datei (.docx).", datei=path, abhilfe="Bitte eine Word-Datei nennen.")
    with judged_archive(path) as archive:
        yield Package(path, archive)


@contextmanager
def judged_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Any office file's parts, their names, sizes and prologs judged; raises UnreadableError for what is unsafe or broken."""
    with _archive(path) as archive:
        _judge(path, archive)
        yield archive


def _judge(path: Path, archive: zipfile.ZipFile) -> None:
    """Raises UnreadableError for names, sizes, packings or prologs that no Word file needs, before a part is unpacked as a whole."""
    infos = archive.infolist()
    fault = _fault(infos)
    if fault:
        raise UnreadableError(fault, datei=path, abhilfe="Sie wird nicht geöffnet; bitte die Herkunft prüfen und neu anfordern.")
    for info in infos:
        if info.filename.lower().endswith(_XML_ENDINGS):
            with archive.open(info) as file:
                prolog = file.read(_PROLOG)
            if _DOCTYPE.match(prolog.replace(b"\0", b"")):  # UTF-16 reads as ASCII without its nulls
                message, remedy = _doctype(info.filename)
                raise UnreadableError(message, datei=path, abhilfe=remedy)


def _fault(infos: list[zipfile.ZipInfo]) -> str | None:
    """The first thing about the archive's list of parts that makes it unsafe to unpack, as a German sentence."""
    if len(infos) > PARTS_LIMIT:
        return f"Die Datei hat {len(infos)} Teile, erlaubt sind {PARTS_LIMIT}."
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if _unsafe(name):
            return f"Die Datei enthält einen Teil mit unerlaubtem Namen („{name!r}“)."
        if name.lower() in seen:
            return f"Die Datei enthält den Teil „{name}“ zweimal."
        seen.add(name.lower())
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return f"Der Teil „{name}“ ist auf eine Art gepackt, die Word nicht kennt."
        is_xml = name.lower().endswith(_XML_ENDINGS)
        limit = XML_LIMIT if is_xml else PART_LIMIT
        if info.file_size > limit:
            return f"Der Teil „{name}“ wäre entpackt {_megabytes(info.file_size)} groß, erlaubt sind {_megabytes(limit)}."
        if is_xml and info.file_size > max(RATIO_FLOOR, RATIO_LIMIT * info.compress_size):
            return f"Der Teil „{name}“ wird beim Entpacken mehr als {RATIO_LIMIT}-mal so groß (ZIP-Bombe)."
    total = sum(info.file_size for info in infos)
    if total > TOTAL_LIMIT:
        return f"Die Datei wäre entpackt {_megabytes(total)} groß, erlaubt sind {_megabytes(TOTAL_LIMIT)}."
    return None


def _unsafe(name: str) -> bool:
    """Whether the name could lead out of the package, or is none (ECMA-376 Part 2, 6.2.2: no empty, "." or ".." segment)."""
    return "\\" in name or ":" in name or any(segment in ("", ".", "..") for segment in name.removesuffix("/").split("/"))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The part's bytes; zipfile stops at the declared size and raises BadZipFile where the checksum shows that it was a lie."""
    with archive.open(info) as file:
        return file.read(info.file_size + 1)


def _doctype(name: str) -> tuple[str, str]:
    message = f"Der Teil „{name}“ enthält eine DOCTYPE-Angabe; sie ist in Word-Dateien nicht erlaubt."
    return message, "Die Datei wird nicht geöffnet; bitte die Herkunft prüfen und neu anfordern."


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"
