"""One agreement put together: its record, what its year has in common, its wording, and the document they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from agreements.errors import RecordError, UsageError, WordingError
from agreements.filling.fill import fill
from agreements.filling.papercode import Papercode, fingerprint
from agreements.library.amendments import amended, located, with_old_values, without_old_values
from agreements.library.embedded import enclosed
from agreements.library.proof import prove
from agreements.model.document import RAHMEN, SATZ, Document, Enclosed
from agreements.model.fields import angaben, label
from agreements.model.record import Unterschrift, Unterschriften, Vereinbarung, effective, without_rahmen
from agreements.model.values import OFFEN
from agreements.register.laender import land_with
from agreements.register.register import Register, load_register
from agreements.store.store import Store, dump_record
from agreements.wording.foreign import without_remarks
from agreements.wording.own import has_fields, own_wording
from agreements.wording.slips import Mangel, load_slips
from agreements.wording.units import Wording
from agreements.wording.wording import load_wording
from agreements.wording.yearly import Satz, listed


@dataclass(frozen=True)
class Library:
    """The records and wordings of a folder, each wording loaded once."""

    store: Store
    foreign: Mapping[str, Wording] = field(default_factory=dict)
    """Wordings that lay in the file that is read: used where the folder has none of that name."""
    _loaded: dict[str, Wording] = field(default_factory=dict, init=False, repr=False, compare=False)
    _slips: dict[str, tuple[Mangel, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _yearly: dict[str, tuple[Satz, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _proven: dict[tuple[int, str], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Of the last few agreements all that their last proof was of."""

    @cached_property
    def register(self) -> Register:
        return load_register(ordner=self.store.ordner)

    def wordings(self) -> tuple[str, ...]:
        """The names of all wordings, sorted: "ni/2024"."""
        return self._named(r"[a-z]{2}/\d{4}")

    def wording(self, schluessel: str) -> Wording:
        """A wording; UsageError where there is none of that name, WordingError where it cannot be read back."""
        if schluessel not in self._loaded:
            path = self.store.find(f"templates/{schluessel}.j2")
            if path is None and schluessel in self.foreign:
                return self.foreign[schluessel]
            if path is None:
                names = self.wordings_of_amendments() if "aenderung" in schluessel else self.wordings()
                known = ", ".join(names) or "keine"
                raise UsageError(
                    f"Einen Wortlaut „{schluessel}“ gibt es nicht.",
                    abhilfe=f"Vorhanden: {known}. Ein neuer steht als Datei templates/{schluessel}.j2.",
                )
            self._loaded[schluessel] = load_wording(path, schluessel)
        return self._loaded[schluessel]

    def with_wording(self, schluessel: str, path: Path) -> Library:
        """The same with a wording read from another file, such as one that was kept as it was sent. Errors as for `load_wording`."""
        other = replace(self)
        other._loaded[schluessel] = load_wording(path, schluessel)
        return other

    def wording_for(self, record: Vereinbarung) -> Wording:
        """The wording that a record follows, or the one that it carries. Errors as for `wording` and `own_wording`."""
        return own_wording(record) if record.wortlaut is None else self.wording(record.wortlaut)

    def without_place(self, record: Vereinbarung) -> tuple[str, ...]:
        """The Angaben of an effective record that stand nowhere in its own text; none where that knows no fields, or it follows a wording.

        What rahmen.yaml states for all of a year need not stand in an older text, and year and Träger are what the record is called by.
        """
        if record.wortlaut is not None or not has_fields(record):
            return ()
        paths = own_wording(record).paths | {"jahr", "traeger"}
        own = angaben(self.own(record))
        return tuple(path for path, value in own.items() if path not in paths and value is not OFFEN and not path.endswith(".zustand"))

    def wordings_of_amendments(self) -> tuple[str, ...]:
        """The names of the texts of amendments, sorted: "ni/aenderung-2024"."""
        return self._named(r"[a-z]{2}/aenderung-\d{4}")

    def _named(self, form: str) -> tuple[str, ...]:
        """The names of the texts that are called so, sorted."""
        templates = (root / "templates" for root in self.store.roots)
        found = {path.relative_to(folder).with_suffix("").as_posix() for folder in templates for path in folder.glob("*/*.j2")}
        return tuple(sorted(name for name in found.union(self.foreign) if re.fullmatch(form, name)))

    def slips(self, schluessel: str) -> tuple[Mangel, ...]:
        """The slips listed beside a wording. Errors as for `wording`, and those of `load_slips`."""
        if schluessel not in self._slips:
            self._slips[schluessel] = load_slips(self.wording(schluessel))
        return self._slips[schluessel]

    def yearly(self, schluessel: str) -> tuple[Satz, ...]:
        """What is listed beside a wording as hanging on the year. Errors as for `wording`, and those of `yearly.listed`."""
        if schluessel not in self._yearly:
            self._yearly[schluessel] = listed(self.wording(schluessel))
        return self._yearly[schluessel]

    def wording_of(self, traeger: str, jahr: int) -> str | None:
        """The name of the wording of a Träger's Land and year; None where there is none."""
        name = f"{self.land_of(traeger, jahr)}/{jahr}"
        return name if name in self.wordings() else None

    def land_of(self, traeger: str, jahr: int) -> str:
        """The folder of the wordings of a Träger's Land ("ni"); empty where none is known."""
        return land_with(self.register.find(traeger, jahr).ags)

    def effective(self, record: Vereinbarung, beside: Path | None = None) -> Vereinbarung:
        """The record with what its year's rahmen.yaml states for all; `beside` is the record's own file.

        An amendment also with the values that it changes: errors as for `before`.
        """
        found = effective(record, self.store.rahmen(record.jahr, beside, self.land_of(record.traeger, record.jahr)))
        return with_old_values(found, self.before(record)) if record.aenderung else found

    def own(self, record: Vereinbarung) -> Vereinbarung:
        """The record without what its year's rahmen.yaml states for all, and an amendment without what the agreement says already."""
        own = without_rahmen(record, self.store.rahmen(record.jahr, land=self.land_of(record.traeger, record.jahr)))
        if own.aenderung is None or not self.store.before(own).is_file():
            return own
        return without_old_values(own, self.before(own))

    # ---------------------------------------------------------------- amendments during the year

    def before(self, amendment: Vereinbarung) -> Vereinbarung:
        """The effective agreement as it is before an amendment; RecordError where it, or an amendment before, is not there."""
        assert amendment.aenderung is not None
        self.store.require_before(amendment)
        return self.state(amendment.jahr, amendment.traeger, amendment.aenderung.nummer - 1)

    def after(self, amendment: Vereinbarung) -> Vereinbarung:
        """The effective agreement as it is with an amendment. RecordError: it does not fit what stands before it."""
        return self._amended(self.before(amendment), amendment)

    def first(self, record: Vereinbarung) -> Vereinbarung:
        """The agreement as its own file has it, also of an amendment to it. Errors as for loading."""
        return self.store.load((record.jahr, record.traeger)).record if record.aenderung else record

    def agreed(self, record: Vereinbarung) -> Vereinbarung:
        """What is agreed with an effective record: it says so itself, an amendment stands for the agreement as it is with it."""
        return self.after(record) if record.aenderung else record

    def state(self, jahr: int, traeger: str, nummer: int | None = None) -> Vereinbarung:
        """The effective agreement after an amendment; 0: as it was made, None: after the last. Errors as for loading and `after`."""
        path = self.store.path(jahr, traeger)
        state = self.effective(self.store.load((jahr, traeger)).record, path)
        for amendment in self.store.amendments(jahr, traeger)[:nummer]:
            stored = self.store.load(amendment)
            with located(stored):
                state = self._amended(state, stored.record)
        return state

    def _amended(self, state: Vereinbarung, amendment: Vereinbarung) -> Vereinbarung:
        if state.wortlaut is None:
            raise RecordError(
                f"Die Vereinbarung {state.jahr}/{state.traeger} hat keinen Wortlaut; was eine Änderung an ihrem Text ändert, "
                "ist nicht zu bestimmen.",
                abhilfe="Die geänderte Fassung als Text im Datensatz führen.",
            )
        return amended(self.wording(state.wortlaut), state, amendment, self.register)

    def document(self, record: Vereinbarung, proven: bool = True) -> Document:
        """The document of an effective record, proven to read back as the record, which goes along with it.

        UsageError: no such wording or Träger. WordingError: the wording cannot say it so that it can be read again.
        Not `proven`: for those who read every file back that they make of it.
        """
        document = self.filled(record)
        if proven and (record.wortlaut is not None or has_fields(record)):
            self._prove(record, document)
        going_along = tuple(self._going_along(record))
        return replace(document, enclosed=going_along, papercode="" if document.entwurf else self._papercode(record))

    def _prove(self, record: Vereinbarung, document: Document) -> None:
        """Proves a document, unless it was the last proven of its agreement: a decision on an open point seldom changes it."""
        wording, name = self.wording_for(record), (record.jahr, record.kennung)
        asked = (wording, document.blocks, repr(angaben(record)), bool(record.abweichungen))  # repr: 14 and 14.0 differ
        if self._proven.get(name) == asked:
            return
        prove(wording, record, self.register, document)
        self._proven[name] = asked
        if len(self._proven) > _KEPT_PROOFS:
            del self._proven[next(iter(self._proven))]

    def _going_along(self, record: Vereinbarung) -> Iterator[Enclosed]:
        """The files inside the PDF: without what officials remark in them."""
        yield Enclosed(SATZ, enclosed(record), "Datensatz")
        if rahmen := self.store.rahmen(record.jahr, land=self.land_of(record.traeger, record.jahr)):
            yield Enclosed(RAHMEN, dump_record(rahmen), "Gemeinsames des Jahres")
        if record.wortlaut is not None:
            name = f"wortlaut-{record.wortlaut.replace('/', '-')}.j2"
            yield Enclosed(name, without_remarks(self.wording(record.wortlaut).datei.read_text(encoding="utf-8")), "Wortlaut", "text/plain")

    def _papercode(self, record: Vereinbarung) -> str:
        """The code that goes on the last page; none where the year's rahmen.yaml asks for none. What is still open is not signed."""
        rahmen = self.store.rahmen(record.jahr, land=self.land_of(record.traeger, record.jahr))
        if rahmen is None or not rahmen.papiercode:
            return ""
        return Papercode(record.jahr, record.kennung, fingerprint(self.filled(undated(record)))).text

    def filled(self, record: Vereinbarung) -> Document:
        """The document of an effective record, for looking at: not proven. Errors as for `document`."""
        self.register.require_zkt(record.traeger, record.jahr)
        if record.aenderung is not None:
            self.after(record)  # it says so where the amendment does not fit the agreement, or names a place that cannot be printed
        if record.wortlaut is None:
            if not record.text:
                raise WordingError(
                    f"Der Datensatz {record.jahr}/{record.traeger} hat weder einen Wortlaut noch einen Text.",
                    abhilfe="Unter wortlaut einen Wortlaut nennen, zum Beispiel ni/2024.",
                )
            if record.abweichungen:
                raise WordingError(
                    "abweichungen stehen nur in Datensätzen, die dem Wortlaut eines Jahres folgen.",
                    abhilfe="Den abweichenden Text unter text schreiben und abweichungen entfernen.",
                )
            document = fill(own_wording(record), record, self.register)
            nowhere = tuple(f"{label(feld)}: steht nicht im Text" for feld in self.without_place(record))
            return replace(document, strittig=(*document.strittig, *nowhere))
        wording = self.wording(record.wortlaut)
        if wording.jahr != record.jahr:
            raise WordingError(
                f"Der Wortlaut {record.wortlaut} gilt für {wording.jahr}, der Datensatz nennt als jahr {record.jahr}.",
                abhilfe="Das Jahr oder den Wortlaut berichtigen.",
            )
        return fill(wording, record, self.register)


_KEPT_PROOFS = 40
"""More than a year has agreements; each holds some 100 kB."""


def open_library(ordner: Path) -> Library:
    """The library of a folder."""
    return Library(Store(ordner))


def undated(record: Vereinbarung) -> Vereinbarung:
    """The agreement before a pen writes into it: the days of its signatures blank."""
    signed = record.unterschriften
    blank = Unterschriften(land=_blank(signed.land), traeger=_blank(signed.traeger))
    return record.model_copy(update={"unterschriften": blank})


def _blank(several: dict[int, Unterschrift]) -> dict[int, Unterschrift]:
    return {number: each.model_copy(update={"datum": OFFEN}) for number, each in several.items()}
