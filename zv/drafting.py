"""What `zv entwirf` starts from when it is given documents, and how it tells what became of the new year's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agreements.errors import UsageError
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.newyear.files import Made, key_in, source_of
from agreements.newyear.record import Source
from extract.results.report import LESARTEN
from zv.named import named
from zv.readings import Readings
from zv.terminal import print_table

_RECORDS = (".yaml", ".yml")


def parted(words: Sequence[str], library: Library) -> tuple[int, list[str], list[Path]]:
    """The year that a call names, the keys of the Träger, and the files; UsageError where it names no year or several."""
    found = named(words, library)
    years = {each if isinstance(each, int) else each[0] for each in found if not isinstance(each, Path)}
    if len(years) != 1 or not 2006 <= (jahr := years.pop()) <= 2099:
        raise UsageError("Entworfen wird ein Jahr von 2006 bis 2099.", abhilfe="Zum Beispiel: zv entwirf 2025 lk-emsland")
    return jahr, [each[1] for each in found if isinstance(each, tuple)], [each for each in found if isinstance(each, Path)]


def sources(files: Sequence[Path], jahr: int, library: Library) -> dict[str, Source]:
    """What each record says, and each agreement of each document, by the Träger's key in the new year.

    UsageError: two of one Träger, or one that is not of an earlier year. Errors of reading as for `zv lies`.
    """
    found: dict[str, Source] = {}
    for file, source in [(each, source) for each in files for source in _sources(each, library)]:
        record = source.record
        if record.jahr >= jahr:
            raise UsageError(
                f"Die Vereinbarung ist von {record.jahr}; ein Entwurf für {jahr} entsteht aus einer früheren.",
                datei=file,
                abhilfe="Eine andere Datei oder ein anderes Jahr nennen.",
            )
        key = key_in(library.register, record.traeger, record.jahr, jahr)
        if key in found:
            raise UsageError(f"Mit „{key}“ ist auch {found[key].name} geschlossen.", datei=file, abhilfe="Nur eine der Dateien nennen.")
        found[key] = source
    return found


def _sources(file: Path, library: Library) -> Iterator[Source]:
    if file.suffix.lower() in _RECORDS:
        record = library.effective(library.store.load(file).record, file)
        yield source_of(library, library.agreed(record), file.name, _documents(record, library))
        return
    for extraction in Readings(library.store).agreements(file):
        record, quelle = extraction.record, extraction.record.akte.quelle
        name = file.name + (f", Seiten {quelle.seiten}" if quelle and quelle.seiten else "")
        remark = f"Gelesen aus {name} ({LESARTEN[extraction.reading.lesart]}); sha256 {extraction.sha256}."
        yield source_of(library, library.agreed(record), name, _documents(record, library), (remark,))


def _documents(record: Vereinbarung, library: Library) -> tuple[Vereinbarung, ...]:
    """A record, and before an amendment the agreement that it amends."""
    return (library.first(record), record) if record.aenderung else (record,)


# ---------------------------------------------------------------- telling


def as_data(made: Made) -> dict[str, Any]:
    """What became of a file, for programs."""
    return {
        "art": made.art, "ergebnis": made.ergebnis, "datei": str(made.path), "traeger": made.traeger, "aus": made.quelle,
        "offen": made.open if made.ergebnis == "neu" and made.art == "datensatz" else None,
        "hinweise": list(made.notes), "meldung": None if made.error is None else str(made.error),
    }  # fmt: skip


def show(made: Sequence[Made], ordner: Path, console: Console) -> None:
    """The table of the files, below it what a person must know of each, and one line on all."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Datei", "Ergebnis", "offen", "aus"):
        table.add_column(heading, overflow="fold", no_wrap=heading != "aus")
    for each in made:
        table.add_row(*map(escape, (_within(each.path, ordner), each.ergebnis, str(each.open or "–"), _origin(each))))
    print_table(table, console)
    for each in made:
        said = "nicht übernommen: " if each.art == "datensatz" else ""
        for note in each.notes:
            console.print(f"{_name(each)}: {said}{note}", markup=False, soft_wrap=True)
        if each.error:
            console.print(f"{_name(each)}: {each.error}", markup=False, soft_wrap=True)
    console.print(f"\n{summary(made)}", markup=False)


def _within(path: Path, ordner: Path) -> str:
    """A path from the folder one works in."""
    whole, folder = path.resolve(), ordner.resolve()
    return str(whole.relative_to(folder) if whole.is_relative_to(folder) else path)


def _origin(made: Made) -> str:
    if made.ergebnis != "neu":
        return "–"
    return made.quelle or ("Register und Wortlaut" if made.art == "datensatz" else "Wortlaut")


def _name(made: Made) -> str:
    return made.traeger or {"wortlaut": "Wortlaut", "rahmen": "Rahmen", "datensatz": "Datensatz"}[made.art]


def summary(made: Sequence[Made]) -> str:
    """One line on all records, and what to do next."""
    records = [each for each in made if each.art == "datensatz"]
    counts = {name: sum(each.ergebnis == name for each in records) for name in ("neu", "schon da", "gescheitert")}
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return f"Datensätze: {said}." + (" Als Nächstes die offenen Werte eintragen und mit zv pruefe prüfen." if counts["neu"] else "")
