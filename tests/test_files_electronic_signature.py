"""Electronically signed agreements, signed here with certificates made here: who signed, when, and was the file left alone."""

from __future__ import annotations

import datetime
import io
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from agreements.library.library import Library
from agreements.store.store import dump_record, load_text
from extract.extraction import Extraction, extract
from render.pdf import render_pdf


@pytest.fixture(scope="module")
def agreement(library: Library) -> bytes:
    stored = library.store.load((2024, "lk-emsland"))
    return render_pdf(library.document(library.effective(stored.record, stored.path)))


def signer(name: str, folder: Path) -> signers.SimpleSigner:
    """One who signs with a key of their own."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    revoked = x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.invalid/x")], None, None, None)
    now = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=36500))
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .add_extension(x509.CRLDistributionPoints([revoked]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    files = folder / "key.pem", folder / "certificate.pem"
    files[0].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    made = signers.SimpleSigner.load(*files, ca_chain_files=())  # type: ignore[no-untyped-call]
    assert isinstance(made, signers.SimpleSigner)
    return made


def signed(pdf: bytes, name: str, folder: Path, field: str = "Signatur1") -> bytes:
    """The file with one more signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    wanted = signers.PdfSignatureMetadata(field_name=field)
    made = signers.sign_pdf(writer, wanted, signer(name, folder), new_field_spec=fields.SigFieldSpec(field))
    return bytes(made.getvalue())


def read(data: bytes, folder: Path, library: Library) -> Extraction:
    path = folder / "Vereinbarung.pdf"
    path.write_bytes(data)
    return extract(path, library)


def said(extraction: Extraction) -> list[tuple[str, str]]:
    """Weight and words of what is said of signatures."""
    return [(befund.schwere, befund.text) for befund in extraction.befunde if befund.art == "unterschrift"]


def test_who_signed_and_when_is_said_and_kept_in_the_record(agreement: bytes, tmp_path: Path, library: Library) -> None:
    extraction = read(signed(agreement, "Martin Gerenkamp", tmp_path), tmp_path, library)
    [(weight, words)] = said(extraction)
    assert weight == "hinweis"
    assert words.startswith("Elektronisch signiert von Martin Gerenkamp am ")
    assert "seither unverändert" in words
    [entry] = extraction.record.akte.signatur
    assert entry["wer"] == "Martin Gerenkamp"
    assert entry["zustand"] == "unversehrt"
    assert entry["wann"].startswith(str(datetime.datetime.now(tz=datetime.UTC).year))


def test_the_signature_of_the_person_named_is_electronic_and_the_others_are_not(agreement: bytes, tmp_path: Path, library: Library) -> None:
    extraction = read(signed(agreement, "Gerenkamp, Martin", tmp_path), tmp_path, library)
    assert extraction.record.unterschriften.traeger[1].zustand == "elektronisch"
    assert extraction.record.unterschriften.land[1].zustand is None
    assert [found.wert for found in extraction.found if found.feld == "unterschriften.traeger.1.zustand"] == ["elektronisch"]


def test_a_record_with_signatures_reads_back_from_its_file(agreement: bytes, tmp_path: Path, library: Library) -> None:
    record = read(signed(agreement, "Martin Gerenkamp", tmp_path), tmp_path, library).record
    assert load_text(dump_record(record), type(record), Path("lk-emsland.yaml")).record == record


def test_a_second_signature_does_not_make_the_first_a_changed_one(agreement: bytes, tmp_path: Path, library: Library) -> None:
    once = signed(agreement, "Martin Gerenkamp", tmp_path)
    extraction = read(signed(once, "Dr. Christine Arbogast", tmp_path, "Signatur2"), tmp_path, library)
    assert [weight for weight, _ in said(extraction)] == ["hinweis", "hinweis"]
    both = extraction.record.unterschriften
    assert both.land[1].zustand == both.traeger[1].zustand == "elektronisch"


def test_a_file_changed_after_signing_is_a_fault(agreement: bytes, tmp_path: Path, library: Library) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed(agreement, "Martin Gerenkamp", tmp_path)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/UserUnit"] = page["/MediaBox"][0]
    page["/Rotate"] = page["/MediaBox"][0]
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    extraction = read(out.getvalue(), tmp_path, library)
    [(weight, words)] = said(extraction)
    assert weight == "fehler"
    assert "danach geändert" in words
    assert extraction.record.unterschriften.traeger[1].zustand is None


def test_bytes_changed_within_what_was_signed_break_the_signature(agreement: bytes, tmp_path: Path, library: Library) -> None:
    data = signed(agreement, "Martin Gerenkamp", tmp_path)
    place = data.index(b"%PDF-") + 9  # the comment behind the first line, which no reader heeds
    broken = data[: place + 2] + bytes([data[place + 2] ^ 1]) + data[place + 3 :]
    [(weight, words)] = said(read(broken, tmp_path, library))
    assert weight == "fehler"
    assert "verletzt" in words


def test_a_signature_that_cannot_be_read_is_said(agreement: bytes, tmp_path: Path, library: Library) -> None:
    data = signed(agreement, "Martin Gerenkamp", tmp_path)
    start = data.index(b"/Contents <") + 11
    [(weight, words)] = said(read(data[:start] + b"ff" * 40 + data[start + 80 :], tmp_path, library))
    assert weight == "fehler"
    assert "lässt sich nicht" in words


def test_nothing_is_fetched_from_a_network(agreement: bytes, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    data = signed(agreement, "Martin Gerenkamp", tmp_path)

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert [weight for weight, _ in said(read(data, tmp_path, library))] == ["hinweis"]


def test_an_unsigned_file_says_nothing_of_signatures(agreement: bytes, tmp_path: Path, library: Library) -> None:
    extraction = read(agreement, tmp_path, library)
    assert not said(extraction)
    assert not extraction.record.akte.signatur
