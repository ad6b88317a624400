"""What the words of a call name: agreements by year and Träger, years, files. No command asks this anywhere else."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from pathlib import Path

from agreements.errors import UsageError
from agreements.files.places import parted
from agreements.library.library import Library
from zv.common import is_year

Agreement = tuple[int, str]
"""A year and the name of a record in it: "lk-emsland", or "lk-emsland-1" for its first amendment."""
Named = int | Agreement | Path
"""What one or two words name: a whole year, an agreement, or a file."""

_ADDRESS = re.compile(r"(?P<jahr>[12]\d{3})[/\\](?P<name>[^/\\]+)")
_LONGEST_NAME = 255
"""No file system has a longer one; what is longer and has no ending is something else."""
_FILE = re.compile(r"\.\w{1,5}$")


def named(words: Sequence[str], library: Library, also: Container[str] = ()) -> list[Named]:
    """What a call names, in its order: "2025/lk-emsland", "2025 emsland peine", a year alone, or a file.

    `also` are names beside the Träger that a year has: "rahmen". UsageError: a Träger without its year, or that the year does not
    have, with what may be meant.
    """
    found: list[Named] = []
    jahr = None
    for word in words:
        address = None if is_file(word) else _ADDRESS.fullmatch(word)
        if is_year(word):
            found.append(jahr := int(word))
        elif address:
            found.append((int(address["jahr"]), _name(address["name"], int(address["jahr"]), library, also)))
            jahr = None
        elif is_file(word):
            found.append(Path(word))
            jahr = None
        elif jahr:
            if found[-1] == jahr:
                found.pop()
            found.append((jahr, _name(word, jahr, library, also)))
        else:
            raise _without_year(word, library)
    return found


def records_named(words: Sequence[str], library: Library) -> list[Agreement | Path]:
    """The agreements and files that a call names; UsageError where it names a whole year, or nothing. Else as for `named`."""
    found = named(words, library)
    if whole := next((each for each in found if isinstance(each, int)), None):
        raise UsageError("Es fehlt der Träger.", abhilfe=f"Zum Beispiel: {whole}/lk-emsland. Alle Träger nennt: zv traeger {whole}")
    return [each for each in found if not isinstance(each, int)]


def records_of(words: Sequence[str], library: Library) -> list[Agreement | Path]:
    """The same, a whole year standing for all its agreements, without amendments; UsageError where it has none."""
    found: list[Agreement | Path] = []
    for each in named(words, library):
        if isinstance(each, int) and not (records := library.store.records(each)):
            raise UsageError(f"Für {each} gibt es keine Datensätze.", abhilfe=f"Entwürfe aus dem Vorjahr legt an: zv entwirf {each} --alle")
        found += records if isinstance(each, int) else [each]
    return found


def name_of(named: Agreement | Path) -> str:
    """How an agreement or a record's file is called among several: "lk-emsland"."""
    return named.stem if isinstance(named, Path) else named[1]


def address_of(record: Path) -> str:
    """How a person names a record's file: "2024/lk-emsland", "2024/rahmen"."""
    return f"{record.resolve().parent.name}/{record.stem}"


def agreement_named(words: Sequence[str], library: Library, also: Container[str] = ()) -> Agreement:
    """The one agreement that a call names; UsageError where it names none, several, or a file. Else as for `named`."""
    found = named(words, library, also)
    if len(found) != 1 or not isinstance(found[0], tuple):
        raise UsageError("Gefragt wird nach einer Vereinbarung, mit Jahr und Träger.", abhilfe="Zum Beispiel: 2024/lk-emsland")
    return found[0]


def year_of_the_folder(word: str, library: Library) -> list[Path]:
    """The records of the year that a word names, amendments among them, of the folder one works in; UsageError where there are none."""
    if not is_year(word):
        raise UsageError(f"„{word}“ ist kein Jahr.", abhilfe="Zum Beispiel: 2024")
    own = library.store.ordner.resolve()
    found = [path for path in library.store.of_year(int(word)) if path.resolve().is_relative_to(own)]
    if not found:
        raise UsageError(f"Für {word} gibt es hier keine Datensätze.", abhilfe="Den Ordner mit --ordner nennen.")
    return found


def is_file(word: str) -> bool:
    """Whether a word names a file or a folder: it has an ending, or stands for one that is there and is no address."""
    if len(word) > _LONGEST_NAME:
        return _FILE.search(word) is not None
    return _FILE.search(word) is not None or Path(word).is_file() or (Path(word).is_absolute() and Path(word).exists())


def _name(word: str, jahr: int, library: Library, also: Container[str]) -> str:
    """The name of a record, the Träger by its key, an amendment with its number."""
    if word in also:
        return word
    traeger, number = parted(word)
    key = library.register.key(traeger, jahr)
    return f"{key}-{number}" if number else key


def _without_year(word: str, library: Library) -> UsageError:
    year = max(library.store.years(), default=2024)
    if word.isnumeric():  # "20245", "²"
        return UsageError(f"„{word}“ ist kein Jahr.", abhilfe=f"Zum Beispiel: {year}/lk-emsland")
    example = f"{year}/{_name(word, year, library, ())}"  # says so where there is no such Träger
    return UsageError(f"Zu „{word}“ fehlt das Jahr.", abhilfe=f"Zum Beispiel: {example}")
