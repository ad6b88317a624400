"""The pictures of the workbench in README and handbook, made anew: `make bilder`.

A test holds that they were made of the pages, styles and scripts as they are now.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import sys
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pdfplumber
from browser import browser
from PIL import Image
from returned_word import Change, returned
from round_trip import LIBRARY, ROOT, emsland
from varied import varied
from workbench import workbench

from agreements.library.library import open_library
from agreements.model.akte import Akte, Lesung, OffenerPunkt, Quelle, kennung
from agreements.model.record import Vereinbarung
from render.pdf import render_pdf
from render.word import render_word
from zv.main import run

FOLDER = ROOT / "docs" / "bilder"
STATE = FOLDER / "stand.txt"
"""The SHA-256 of all that the pictures show the looks of."""
SCREENS: Mapping[str, str] = {
    "jahr": "/jahr/2024",
    "nachsehen": "/nachsehen/2024",
    "ruecklauf": "/ruecklauf/2024/lk-peine",
    "planung": "/planung/2024",
}
COSTS = "haushalt.verwaltungskosten"


def state() -> str:
    """The SHA-256 of the pages, styles and scripts."""
    files = sorted(path for path in (ROOT / "templates" / "arbeitsplatz").rglob("*") if path.is_file() and "node_modules" not in path.parts)
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def office(folder: Path) -> Path:
    """A folder in the middle of a year: some agreements done, one with something open, one that came back."""
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    library = open_library(folder)
    library.store.save(library.own(_read(folder)))
    for seed in range(40):
        record = varied(seed, emsland())
        if not (folder / f"agreements/2024/{record.traeger}.yaml").exists() and len(library.store.of_year(2024)) < 9:
            library.store.save(library.own(record))
    peine = emsland().model_copy(update={"traeger": "lk-peine"})
    (folder / "agreements/2024/lk-peine.yaml").unlink(missing_ok=True)
    library.store.save(library.own(peine))
    run(["setze-stand", "2024", "lk-peine", "versandt", "--ordner", str(folder)])
    _came_back(folder, peine)
    return folder


def _read(folder: Path) -> Vereinbarung:
    """The Emsland's agreement as a scan of it was read, one amount seen two ways."""
    pdf = render_pdf(LIBRARY.document(emsland()))
    (folder / "eingang").mkdir()
    (folder / "eingang" / "Emsland.pdf").write_bytes(pdf)
    said = (Lesung(leser="Tesseract", text="13.155.724", wert="13.155.724"), Lesung(leser="PP-OCR", text="13.165.724", wert="13.165.724"))
    box = tuple(Decimal(each) for each in _place(pdf))
    sum_ = sha256(pdf).hexdigest()
    point = OffenerPunkt(kennung=kennung(COSTS, "unsicher", "", sum_), art="unsicher", feld=COSTS, seite=3, kasten=box, lesungen=said,
                         grund="Die beiden Leser sehen Verschiedenes.", datei="Emsland.pdf")  # fmt: skip
    akte = Akte(quelle=Quelle(datei="Emsland.pdf", sha256=sum_, lesart="texterkennung"), offen=(point,))
    return emsland().model_copy(update={"akte": akte})


def _place(pdf: bytes) -> tuple[str, ...]:
    """Where the amount stands on the third page, in points."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = next(word for page in document.pages[2:3] for word in page.extract_words() if word["text"].startswith("13.155.724"))
    return tuple(f"{found[side]:.1f}" for side in ("x0", "top", "x1", "bottom"))


def _came_back(folder: Path, peine: Vereinbarung) -> None:
    sent = folder / "Peine.docx"
    sent.write_bytes(render_word(LIBRARY.document(peine)))
    changes = (Change("21,9", "22,4", tracked=True), Change("8.696.936", "8.700.000"), Change("zweimal", "viermal", tracked=True))
    inbox = folder / "eingang" / "Rücklauf Peine.docx"
    returned(sent, inbox, changes, ("Mio. Euro", "Ist das schon mit dem Bund abgestimmt?"))
    sent.unlink()
    run(["uebernimm", "2024/lk-peine", str(inbox), "--ordner", str(folder)])


def main() -> int:
    """Makes all pictures; they are small enough to be looked at in a browser."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as temporary,
        workbench(office(Path(temporary) / "Zielvereinbarungen")) as bench,
        browser() as chromium,
    ):
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        for name, path in SCREENS.items():
            page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}{path}")
            page.wait_for_load_state("networkidle")
            picture = Image.open(io.BytesIO(page.screenshot()))
            picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
    STATE.write_text(state() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
