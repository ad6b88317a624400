"""Pages that are pictures → pages of tokens like those of a text layer, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from rapidfuzz import fuzz

from agreements.errors import UnreadableError
from agreements.language.dictionary import german
from agreements.language.tokens import excerpt
from agreements.reading.reading import Beiwerk
from extract.files.helpers import HelperLostError, helpers
from extract.layout.lines import Page
from extract.ocr.layer_words import with_layer
from extract.ocr.page import read_scan
from extract.ocr.picture_pages import WORKERS, Scans, processes
from extract.ocr.scanned_page import ScannedPage
from extract.ocr.stamps import without_stamps
from extract.ocr.typesetting import settled
from extract.text_layer.page_read import PageRead

LEAST_DPI = 140
"""Below that, figures are told apart badly."""


def read_scans(path: Path, pages: Sequence[PageRead], numbers: Sequence[int], beside: Set[int] = frozenset()) -> Scans:
    """What two readers see on the pages of these numbers; no words at all for a file in which nothing is to be read.

    Notes that somebody laid upon a page are read with it, but not `beside` a layer that has most of its text.

    Raises UnreadableError where a page is too large or damaged, or a reader or its model is missing.
    """
    packed = {read.page.number: read.packed for read in pages}
    layers = {read.page.number: read for read in pages}
    order = sorted(numbers, key=lambda number: -packed.get(number, 0))
    seen = _read_all([(path, number, layers[number].items, number not in beside) for number in order])
    notes = [*_own_words([layers[page.number] for page in seen]),
             *(note for page in seen for note in (*_note(page), *_layer(page, layers[page.number])))]  # fmt: skip
    turned = {page.number: page.as_shown for page in seen}
    read = {page.number: without_stamps(with_layer(page, layers[page.number], turned[page.number])) for page in _settled(seen, layers)}
    unread = tuple(ink for page in seen for ink in page.unread)
    codes = tuple(Beiwerk("papercode", page.number, page.code) for page in seen if page.code)
    return Scans(read, (*_how(seen), *notes), unread, turned, codes, frozenset(beside))


def _settled(seen: Sequence[ScannedPage], layers: Mapping[int, PageRead]) -> Iterator[Page]:
    """The pages as they were set: those without a word of their own together, each with a layer by itself, whose edges do not move."""
    yield from settled([page for page in seen if not layers[page.number].page.tokens])
    for page in seen:
        if layers[page.number].page.tokens:
            yield from settled([page])


def _read_all(asked: Sequence[tuple[Path, int, Set[int], bool]]) -> list[ScannedPage]:
    """The pages in their order, one a process; a single one in this process.

    They are begun as given: those with most to read first, so that no processor waits for another at the end.
    """
    if len(asked) == 1:
        return [read_scan(*asked[0])]
    crashed = UnreadableError("Die Texterkennung ist abgestürzt.", datei=asked[0][0], abhilfe="Bitte die Datei neu scannen.")
    with ThreadPoolExecutor(1) as beside:
        loaded = beside.submit(german)  # what is read is held against it afterwards; until then this process would wait
        try:
            helping = helpers()
            read = dict(helping.each(read_scan, asked)) if helping else dict(enumerate(_by_processes(asked)))
        except (HelperLostError, BrokenProcessPool) as fault:
            raise crashed from fault
        loaded.result()
    return sorted(read.values(), key=lambda page: page.number)


def _by_processes(asked: Sequence[tuple[Path, int, Set[int], bool]]) -> list[ScannedPage]:
    """The same where no helpers stand by."""
    with ProcessPoolExecutor(min(WORKERS, len(asked)), mp_context=processes()) as pool:
        jobs = [pool.submit(read_scan, *each) for each in asked]
        try:
            return [job.result() for job in jobs]
        finally:
            for job in jobs:
                job.cancel()


def _how(seen: Sequence[ScannedPage]) -> list[str]:
    """What was read from pictures, and by whom."""
    words = sum(page.counts.words for page in seen)
    twice = sum(page.counts.twice for page in seen)
    pages = _numbers([page.number for page in seen])
    second = f"{twice} von {words} Wörtern auch von einer zweiten Texterkennung"
    return [f"{pages}: Text aus dem Bild erkannt ({seen[0].reader}; {second})."]


def _own_words(pages: Sequence[PageRead]) -> list[str]:
    """Which pages have words of their own that stay as the file states them, and what is the first of them."""
    own = [read for read in pages if read.page.tokens]
    if not own:
        return []
    words = excerpt(" ".join(token.text for token in own[0].page.tokens))
    said = f"Die Textebene („{words}“) deckt nicht alles, was zu sehen ist; der Rest ist aus dem Bild erkannt."
    return [f"{_numbers([read.page.number for read in own])}: {said}"]


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


def _layer(page: ScannedPage, read: PageRead) -> list[str]:
    """What is said of filled form fields, and of a scanner's own invisible text, which is compared and not read."""
    notes = [f"Seite {page.number}: Das Formularfeld mit „{excerpt(text)}“ ist gelesen, wie es auf der Seite zu sehen ist."
             for _, text in read.filled if text]  # fmt: skip
    hidden = read.hidden
    if not hidden:
        return notes
    seen = " ".join(word.text for line in page.lines for word in line.words)
    alike = fuzz.ratio("".join(sorted(hidden)), "".join(sorted(seen.split()))) / 100 if seen else 0.0
    layer = "Die unsichtbare Textebene des Scanners wurde nicht gelesen, sondern das Bild"
    return [*notes, f"Seite {page.number}: {layer}; beide stimmen zu {round(100 * alike)} % überein."]
