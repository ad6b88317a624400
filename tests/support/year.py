"""A folder with a record of every Träger of 2024, as tests print it."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

from round_trip import LIBRARY, ROOT, emsland
from varied import ZKT, varied

from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.store.store import dump_record

KEYS = tuple(zkt.schluessel for zkt in ZKT)


def year(folder: Path, count: int = len(KEYS)) -> Path:
    """The folder, with as many records; the third is a draft."""
    records = folder / "agreements" / "2024"
    records.mkdir(parents=True)
    shutil.copy(ROOT / "agreements" / "2024" / "rahmen.yaml", records)
    for number in range(count):
        record = LIBRARY.own(varied(number, emsland()))
        write(folder, record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
              if number == 2 else record)  # fmt: skip
    return folder


def write(folder: Path, record: Vereinbarung) -> Path:
    """The record's file."""
    path = folder / f"agreements/2024/{record.traeger}.yaml"
    path.write_text(dump_record(record), encoding="utf-8")
    return path


def outputs(folder: Path) -> dict[str, bytes]:
    """What lies in the year's outputs, by name; hidden files too."""
    made = folder / "out" / "2024"
    return {path.relative_to(made).as_posix(): path.read_bytes() for path in sorted(made.rglob("*")) if path.is_file()}


def sums(folder: Path) -> dict[str, str]:
    """SHA-256 of the PDF and Word files."""
    return {name: sha256(data).hexdigest() for name, data in outputs(folder).items() if name.endswith((".pdf", ".docx"))}
