"""Pages that are pictures → pages of tokens like those of a text layer, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from rapidfuzz import fuzz

from agreements.errors import UnreadableError
from agreements.language.dictionary import german
from agreements.language.tokens import excerpt
from agreements.reading.reading import Beiwerk
from extract.ocr.page import read_scan
from extract.ocr.picture_pages import WORKERS, Scans, processes
from extract.ocr.scanned_page import ScannedPage
from extract.ocr.stamps import without_stamps
from extract.ocr.typesetting import settled
from extract.text_layer.words import PageRead

LEAST_DPI = 140
"""Below that, figures are told apart badly."""


def read_scans(path: Path, pages: Sequence[PageRead], numbers: Sequence[int]) -> Scans:
    """What two readers see on the pages of these numbers; no words at all for a file in which nothing is to be read.

    Raises UnreadableError where a page is too large or damaged, or a reader or its model is missing.
    """
    packed = {read.page.number: read.packed for read in pages}
    seen = _read_all(path, sorted(numbers, key=lambda number: -packed.get(number, 0)))
    hidden = {read.page.number: read.hidden for read in pages}
    notes = [note for page in seen for note in (*_note(page), *_layer(page, hidden[page.number]))]
    read = {page.number: without_stamps(page) for page in settled(seen)}
    unread = tuple(ink for page in seen for ink in page.unread)
    codes = tuple(Beiwerk("papercode", page.number, page.code) for page in seen if page.code)
    return Scans(read, (*_how(seen), *notes), unread, {page.number: page.as_shown for page in seen}, codes)


def _read_all(path: Path, numbers: Sequence[int]) -> list[ScannedPage]:
    """The pages in their order, one a process; a single one in this process.

    They are begun as given: those with most to read first, so that no processor waits for another at the end.
    """
    if len(numbers) == 1:
        return [read_scan(path, numbers[0])]
    with ProcessPoolExecutor(min(WORKERS, len(numbers)), mp_context=processes()) as pool, ThreadPoolExecutor(1) as beside:
        loaded = beside.submit(german)  # what is read is held against it afterwards; until then this process would wait
        jobs = {number: pool.submit(read_scan, path, number) for number in numbers}
        try:
            loaded.result()
            return [jobs[number].result() for number in sorted(jobs)]
        except BrokenProcessPool as fault:
            raise UnreadableError("Die Texterkennung ist abgestürzt.", datei=path, abhilfe="Bitte die Datei neu scannen.") from fault
        finally:
            for job in jobs.values():
                job.cancel()


def _how(seen: Sequence[ScannedPage]) -> list[str]:
    """What was read from pictures, and by whom."""
    words = sum(page.counts.words for page in seen)
    twice = sum(page.counts.twice for page in seen)
    pages = _numbers([page.number for page in seen])
    second = f"{twice} von {words} Wörtern auch von einer zweiten Texterkennung"
    return [f"{pages}: Text aus dem Bild erkannt ({seen[0].reader}; {second})."]


def _numbers(numbers: Sequence[int]) -> str:
    """ "Seite 3", "Seiten 1–7", "Seiten 2, 5"."""
    if len(numbers) == 1:
        return f"Seite {numbers[0]}"
    if list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"Seiten {numbers[0]}–{numbers[-1]}"
    return f"Seiten {', '.join(map(str, numbers))}"


def _note(page: ScannedPage) -> list[str]:
    """What a person should know of a scanned page."""
    notes = []
    if not page.lines:
        notes.append(f"Seite {page.number}: Auf der Seite ist kein Text zu erkennen.")
    if page.turns:
        notes.append(f"Seite {page.number}: Die Seite lag gedreht und wurde zum Lesen um {page.turns * 90}° gedreht.")
    if page.dpi < LEAST_DPI:
        notes.append(f"Seite {page.number}: Das Bild ist grob ({page.dpi:.0f} dpi); bitte Werte am Bild prüfen.")
    if page.illegible:
        ink = excerpt(" · ".join(page.illegible))
        notes.append(f"Seite {page.number}: Nicht als Text gelesen (Unterschrift, Stempel oder Schmutz): „{ink}“.")
    return notes


def _layer(page: ScannedPage, hidden: Sequence[str]) -> list[str]:
    """What became of a scanner's own invisible text: it is compared, not read."""
    if not hidden:
        return []
    seen = " ".join(word.text for line in page.lines for word in line.words)
    alike = fuzz.ratio("".join(sorted(hidden)), "".join(sorted(seen.split()))) / 100 if seen else 0.0
    layer = "Die unsichtbare Textebene des Scanners wurde nicht gelesen, sondern das Bild"
    return [f"Seite {page.number}: {layer}; beide stimmen zu {round(100 * alike)} % überein."]
