"""Signatures in a PDF file, and what became of the file after them: the one module that asks pyHanko. Nothing is fetched from a network."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from agreements.errors import UnreadableError
from extract.files.electronic_signature import Signatur, Zustand
from extract.files.engines import boundary


def read_signatures(data: bytes) -> tuple[Signatur, ...]:
    """Every signature, in the order they were made; one without a name where there is one that cannot be read."""
    try:
        with boundary("pyHanko", _UNREADABLE, None, ""):
            embedded = list(PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures)
            signed = [each for each in embedded if str(each.sig_object_type) == "/Sig"]  # the others are time stamps of an archive
    except UnreadableError:
        return (Signatur("", "", None, "unlesbar"),)
    return tuple(_read(each, last=each is signed[-1]) for each in signed)


_UNREADABLE = "Die Signatur lässt sich nicht lesen."


def _read(signature: EmbeddedPdfSignature, last: bool) -> Signatur:
    name = str(signature.field_name or "")
    try:
        with boundary("pyHanko", _UNREADABLE, None, ""):
            status = validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
            wer = signature.signer_cert.subject.native.get("common_name", "")
            return Signatur(name, str(wer), status.signer_reported_dt, _state(status, last))
    except UnreadableError:
        return Signatur(name, "", None, "unlesbar")


def _state(status: PdfSignatureStatus, last: bool) -> Zustand:
    if not (status.intact and status.valid):
        return "verletzt"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "unversehrt"
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return "geaendert"
    match status.modification_level:
        case ModificationLevel.NONE | ModificationLevel.LTA_UPDATES:
            return "unversehrt"
        case ModificationLevel.FORM_FILLING:
            return "ausgefuellt" if last else "unversehrt"  # the next signature is filled in as a form is
    return "geaendert"
