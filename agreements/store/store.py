"""The records on disk: found by year and Träger, read, written anew, changed in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from agreements.errors import RecordError, UnreadableError, UsageError
from agreements.files.disk import sha256, write_new
from agreements.files.opening import content
from agreements.files.places import YEAR, Places, parted
from agreements.files.validation import validated
from agreements.files.yaml_edit import change, delete
from agreements.files.yaml_text import Keys, YamlText, decode, parse
from agreements.files.yaml_write import dump
from agreements.model.record import Rahmen, Vereinbarung, plain
from agreements.register.register import load_register

R = TypeVar("R", Vereinbarung, Rahmen)


@dataclass(frozen=True)
class Gespeichert(Generic[R]):
    """A record and the file that it was read from, as it was then."""

    record: R
    yaml: YamlText
    sha256: str
    path: Path

    @property
    def text(self) -> str:
        """The file, letter by letter, line ends as they are."""
        return self.yaml.text

    @cached_property
    def lines(self) -> Mapping[str, int]:
        """The line of every dotted path."""
        return self.yaml.lines

    def line(self, feld: str) -> int | None:
        """The line of a dotted path, or of what stands above it."""
        while feld and feld not in self.lines:
            feld = feld.rpartition(".")[0]
        return self.lines.get(feld)


class Store(Places):
    """The records and templates of a folder, and behind them those that came with the program."""

    def before(self, amendment: Vereinbarung) -> Path:
        """Where that stands which an amendment amends: the agreement, or the amendment before it."""
        assert amendment.aenderung is not None
        number = amendment.aenderung.nummer - 1
        return self.path(amendment.jahr, f"{amendment.traeger}-{number}" if number else amendment.traeger)

    def require_before(self, amendment: Vereinbarung, datei: Path | None = None, zeile: int | None = None) -> None:
        """RecordError where that is not there which an amendment amends."""
        if not (path := self.before(amendment)).is_file():
            raise RecordError(
                f"Was diese Änderung ändert, liegt nicht vor: {path}.",
                datei=datei,
                zeile=zeile,
                abhilfe="Die Änderungen einer Vereinbarung zählen ab 1, ohne Lücke; zuerst diese Datei anlegen.",
            )

    def load(self, where: Path | tuple[int, str]) -> Gespeichert[Vereinbarung]:
        """The record of a file, or of a year and Träger; "lk-emsland-1" is the first amendment.

        UsageError: that Träger has no agreement in that year. UnreadableError: there is no such file.
        RecordError: it does not follow the schema, or is kept under another year or name than it states.
        """
        if isinstance(where, Path):
            return self._whole(_fits(load_text(content(where), Vereinbarung, where)))
        jahr, name = where
        load_register(ordner=self.ordner).require_zkt(parted(name)[0], jahr)
        path = self.path(jahr, name)
        if not path.is_file():
            raise UnreadableError(f"Für {jahr} gibt es keinen Datensatz „{name}“.", datei=path, abhilfe="Die Datei anlegen.")
        return self._whole(_fits(load_text(content(path), Vereinbarung, path)))

    def _whole(self, stored: Gespeichert[Vereinbarung]) -> Gespeichert[Vereinbarung]:
        """The same; RecordError for an amendment in a year's folder of which no agreement, or not the amendment before it, is there."""
        if stored.record.aenderung and _of_a_year(stored.path):
            self.require_before(stored.record, stored.path, stored.line("aenderung.nummer"))
        return stored

    def rahmen(self, jahr: int, beside: Path | None = None, land: str | None = None) -> Rahmen | None:
        """What all agreements of a Land and year have in common; None where nothing is stated. Errors as for `load`."""
        stored = self.stored_rahmen(jahr, beside, land)
        return stored.record if stored else None

    def stored_rahmen(self, jahr: int, beside: Path | None = None, land: str | None = None) -> Gespeichert[Rahmen] | None:
        """The same with its file; without a Land, of any.

        It is looked for beside the record, then in the folder's `agreements/`, last among what came with the wording; one that
        states another Land is passed by.
        """
        near = [beside.parent / name for name in _rahmen_names(land)] if beside else []
        common = [root / f"agreements/{jahr}/{name}" for root in self.roots for name in _rahmen_names(land)]
        for path in filter(Path.is_file, dict.fromkeys((*near, *common, *self._with_wording(jahr, land)))):
            stored = load_text(content(path), Rahmen, path)
            if land and stored.record.land not in (None, land):
                continue
            if stored.record.jahr == jahr:
                return stored
            if path not in near or path in common:
                raise RecordError(
                    f"Die Datei nennt als jahr {stored.record.jahr}, liegt aber im Ordner {jahr}.",
                    datei=path,
                    zeile=stored.lines["jahr"],
                    abhilfe="Das Jahr berichtigen oder die Datei verschieben.",
                )
        return None

    def rahmen_path(self, jahr: int, land: str) -> Path:
        """Where the rahmen.yaml of a Land is to be written: with the Land in its name where that of another Land is there already."""
        plain = self.ordner / f"agreements/{jahr}/rahmen.yaml"
        return plain.with_name(f"rahmen-{land}.yaml") if plain.is_file() else plain

    def _with_wording(self, jahr: int, land: str | None) -> list[Path]:
        """The copies that the wheel carries beside the wordings, since the years' folders stay behind."""
        return [path for root in self.roots for path in sorted(root.glob(f"templates/{land or '*'}/{jahr}.rahmen.yaml"))]

    def save(self, record: Vereinbarung, path: Path | None = None, *, header: str = "", comments: Mapping[str, str] | None = None) -> Path:
        """Writes a new record, where it belongs unless told otherwise; ZvError where the file exists or the disk refuses."""
        path = path or self.ordner / f"agreements/{record.jahr}/{record.kennung}.yaml"
        text = dump_record(record, header=header, comments=comments)
        if _fits(load_text(text, Vereinbarung, path)).record != record:
            raise RecordError("Der Datensatz lässt sich nicht so schreiben, dass er sich gleich wieder liest.", datei=path)
        write_new(path, text.encode())
        return path

    def edited(self, stored: Gespeichert[R], values: Mapping[Any, Any], removed: Iterable[Keys] = ()) -> str:
        """The text of a record's file with several values set and several keys taken out; RecordError where that cannot be."""
        text = stored.text
        for path, value in values.items():
            text = change(text, path, plain(value), stored.path)
        for keys in removed:
            text = delete(text, keys, stored.path)
        return text

    def checked(self, stored: Gespeichert[R], text: str) -> Gespeichert[R]:
        """The record that another text would be in the same file; RecordError where it may not stand there."""
        return _fits(load_text(text, type(stored.record), stored.path))

    def parsed(self, text: str, path: Path) -> Gespeichert[Vereinbarung]:
        """The record that a text would be if it stood at `path`; RecordError where it may not stand there."""
        return _fits(load_text(text, Vereinbarung, path))


def _rahmen_names(land: str | None) -> tuple[str, ...]:
    return (*([f"rahmen-{land}.yaml"] if land else []), "rahmen.yaml")


def load_text(raw: bytes | str, model: type[R], datei: Path) -> Gespeichert[R]:
    """The record that a text holds; RecordError where it does not follow the schema. `datei` is named in messages."""
    data = raw.encode() if isinstance(raw, str) else raw
    yaml = parse(decode(data, datei), datei)
    return Gespeichert(validated(model, yaml, datei), yaml, sha256(data), datei)


def dump_record(record: Vereinbarung | Rahmen, *, header: str = "", comments: Mapping[str, str] | None = None) -> str:
    """A record as the text of its file; `comments` by dotted path stand above their keys."""
    return dump(plain(record), header=header, comments=comments)


def _fits(stored: Gespeichert[R]) -> Gespeichert[R]:
    """The same; RecordError where its Träger has no agreement in its year, or where it is kept under another year or name.

    A file outside of the years' folders may be called as one likes.
    """
    if isinstance(stored.record, Vereinbarung):
        _require_traeger(stored.record, stored)
        _require_name(stored.record, stored)
    return stored


def _require_traeger(record: Vereinbarung, stored: Gespeichert[Any]) -> None:
    try:
        load_register().require_zkt(record.traeger, record.jahr)
    except UsageError as error:
        raise RecordError(f"traeger: {error.message}", datei=stored.path, zeile=stored.lines["traeger"], abhilfe=error.abhilfe) from error


def _require_name(record: Vereinbarung, stored: Gespeichert[Any]) -> None:
    if not _of_a_year(stored.path):
        return
    name, folder = stored.path.stem, stored.path.resolve().parent
    if (folder.name, name) != (str(record.jahr), record.kennung):
        number = f", als Änderung Nr. {record.aenderung.nummer}" if record.aenderung else ""
        raise RecordError(
            f"Die Datei liegt unter {folder.name}/{name}, nennt aber jahr {record.jahr} und traeger {record.traeger}{number}.",
            datei=stored.path,
            zeile=stored.lines["traeger"],
            abhilfe=f"Als {record.jahr}/{record.kennung}.yaml ablegen oder die Angaben berichtigen.",
        )


def _of_a_year(path: Path) -> bool:
    """Whether a file lies in the folder of a year's records."""
    folder = path.resolve().parent
    return folder.parent.name == "agreements" and YEAR.fullmatch(folder.name) is not None
