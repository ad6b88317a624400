"""The agreement of 2024 and its successor, with edits in the wording and in the record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import ROOT
from sample_documents import prose, text

from agreements.comparing.texts import Comparison, Piece, compare_records
from agreements.library.library import open_library
from agreements.model.document import Block


def changed(comparison: Comparison) -> list[tuple[str, str]]:
    """The words that are marked, run by run: gone or new."""
    return [(piece.art, piece.text.strip()) for row in comparison.rows if row.art != "unveraendert"
            for piece in row.pieces if piece.art != "gleich"]  # fmt: skip


def spelt(found: tuple[Piece, ...], other: str) -> str:
    return "".join(piece.text for piece in found if piece.art != other)


def long(name: str) -> Block:
    """A paragraph of many words, none of them another's."""
    return text(" ".join(f"{word}{name}" for word in prose(1).split()))


def arts(comparison: Comparison) -> list[str]:
    return [row.art for row in comparison.rows]


def folder_of_two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the agreement of 2024 and its successor: three edits in the wording, two in the record."""
    made = tmp_path_factory.mktemp("zwei Jahre")
    shutil.copytree(ROOT / "agreements/2024", made / "agreements/2024")
    (made / "templates/ni").mkdir(parents=True)
    wording = (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8")
    for old, new in (("zweimal", "dreimal"), ("Für die Nachhaltigkeit dieses Ziels", "Für dieses Ziel"), ("daraufgelegt", "darauf gelegt")):
        assert wording.count(old) == 1
        wording = wording.replace(old, new)
    (made / "templates/ni/2025.j2").write_text(wording, encoding="utf-8")
    (made / "agreements/2025").mkdir()
    for name in ("rahmen", "lk-emsland"):
        said = (made / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")
        said = said.replace("jahr: 2024", "jahr: 2025").replace("ni/2024", "ni/2025").replace("13155724", "13284000")
        said = said.replace("Im Landkreis Emsland ist die aktuelle", "Im Landkreis Emsland bleibt die aktuelle")
        (made / f"agreements/2025/{name}.yaml").write_text(said, encoding="utf-8")
    return made


def two_years(folder: Path) -> Comparison:
    library = open_library(folder)
    return compare_records(library, *(library.effective(library.store.load((jahr, "lk-emsland")).record) for jahr in (2024, 2025)))
