"""What came back of an agreement as a plan that is looked at first: numbered, kept beside the records, and carried out in parts.

A plan holds for one state of the record and one file; where either is another by now, nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from agreements.comparing.intake import digest
from agreements.comparing.merging import DEPARTURES, TEXT, Proposal, States, Stretch, merged, proposals
from agreements.errors import ChangedError, UsageError
from agreements.files.disk import write_atomic
from agreements.library.library import Library
from agreements.model.fields import keys, value_at
from agreements.model.record import Vereinbarung
from agreements.planning.changes import Change, Filled
from agreements.planning.setting import Setting, require_possible
from agreements.reading.extraction import Extraction
from agreements.store.journal import decide
from agreements.store.sent import Sent, sent_of
from agreements.store.store import Gespeichert, Store
from zv.named import address_of
from zv.readings import Readings

FOLDER = "rueckmeldung"
Entscheidung = Literal["genommen", "abgelehnt"]


_OTHER_WORDING = "Der Wortlaut wurde seit dem Versand geändert; gelesen ist mit dem, der versandt wurde, und Änderungen gelten diesem."


class Punkt(BaseModel):
    """One proposal of a plan as it is kept and printed."""

    model_config = ConfigDict(frozen=True)

    nummer: int
    kennung: str
    art: str
    feld: str
    name: str
    gesandt: tuple[str, ...] | None
    hier: tuple[str, ...]
    gekommen: tuple[str, ...]
    konflikt: bool
    nachverfolgt: bool
    vorschlag: Literal["nehmen", "entscheiden", "lehnen"]
    grund: str
    entscheidung: Entscheidung | None = None
    wer: str = ""
    """Who tracked it in Word, as the file names them; empty where nobody did."""
    wann: str = ""
    """When, as the file says it."""


class Plan(BaseModel):
    """What a file asks for, and what of it is decided."""

    format: Literal[1] = 1
    datensatz: str
    sha256_datensatz: str
    datei: str
    sha256_datei: str
    gesandt: str | None
    """Where that lies which was sent; None: it was not kept, so nothing is proposed to be taken."""
    aenderungen: tuple[Punkt, ...]
    bemerkungen: tuple[str, ...]
    """Comments and notes in the file with their place, and what else a person must know of it."""
    nachverfolgt: tuple[str, ...]
    """Each change that was tracked in Word and not accepted."""


def wording_sent(store: Store, record: Vereinbarung, sent: Sent | None) -> Path | None:
    """The wording that was sent, where that of today is another: what came back was written with it."""
    now = store.find(f"templates/{record.wortlaut}.j2")
    if sent is None or sent.wording is None or (now and sent.wording.read_bytes() == now.read_bytes()):
        return None
    return sent.wording


@dataclass(frozen=True)
class Returning:
    """A file that came back, held against a record."""

    library: Library
    stored: Gespeichert[Vereinbarung]
    datei: Path

    def plan(self) -> tuple[Plan, tuple[Proposal, ...]]:
        """What the file asks for; decisions that were made on the same words stay.

        UsageError: the file is another agreement. Else as for reading and loading.
        """
        record = self.stored.record
        sent = sent_of(self.library.store, record.jahr, record.kennung)
        before = wording_sent(self.library.store, record, sent)
        said = Readings(self.library.store).words(self.datei, record.wortlaut or "", before)
        require_same(record, said.record, self.datei)
        base = self._effective(self.library.store.load(sent.record)) if sent else None
        unsure = {each.feld: each.reason or "" for each in said.found if each.doubtful}
        found = proposals(States(base, self._effective(self.stored), said.record), self.library.register, unsure)
        refused = self._refused()
        plan = Plan(
            datensatz=address_of(self.stored.path),
            sha256_datensatz=self.stored.sha256,
            datei=self.datei.name,
            sha256_datei=said.sha256,
            gesandt=sent.folder.relative_to(self.library.store.ordner).as_posix() if sent else None,
            aenderungen=tuple(_punkt(number, each, said, refused.get(each.kennung)) for number, each in enumerate(found, 1)),
            bemerkungen=(*([_OTHER_WORDING] if before else []), *(each.sentence() for each in said.befunde if each.art == "anmerkung")),
            nachverfolgt=tuple(each.text for each in said.befunde if each.art == "geaendert"),
        )
        return plan, found

    def _refused(self) -> dict[str, Entscheidung]:
        """What a person has refused of the same words; what was taken and is proposed again was taken back."""
        kept = self.kept()
        return {each.kennung: "abgelehnt" for each in (kept.aenderungen if kept else ()) if each.entscheidung == "abgelehnt"}

    def keep(self, plan: Plan) -> None:
        """Keeps a plan, so that its numbers can be referred to."""
        write_atomic(self._path, (plan.model_dump_json(indent=1) + "\n").encode())

    def kept(self) -> Plan | None:
        """The plan that was looked at last; None where there is none, or none that can be read."""
        try:
            return Plan.model_validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def current(self, numbered: bool) -> Plan | None:
        """The plan that was looked at last, whose numbers a call means; None where there is none of this file.

        ChangedError where record or file changed since; UsageError where numbers mean nothing yet.
        """
        kept, again = self.kept(), f"Zuerst ansehen: zv uebernimm {address_of(self.stored.path)} {self.datei}"
        same = kept is not None and kept.sha256_datei == digest(self.datei)
        if kept is None and numbered:
            raise UsageError("Zu den Nummern gibt es noch keinen Plan.", abhilfe=again)
        if numbered and not same:
            raise ChangedError("Der Plan gehört zu einer anderen Datei oder zu einem anderen Stand von ihr; übernommen wurde nichts.",
                               datei=self.datei, abhilfe=again)  # fmt: skip
        if same and kept and kept.sha256_datensatz != self.stored.sha256:
            raise ChangedError("Der Datensatz wurde geändert, seit der Plan angesehen wurde; übernommen wurde nichts.",
                               datei=self.stored.path, abhilfe=again)  # fmt: skip
        return kept if same else None

    @property
    def _path(self) -> Path:
        return self.stored.path.parent / FOLDER / f"{self.stored.path.stem}.json"

    def _effective(self, stored: Gespeichert[Vereinbarung]) -> Vereinbarung:
        return self.library.effective(stored.record, stored.path)

    # ------------------------------------------------------------ carrying out

    def carry_out(self, plan: Plan, found: tuple[Proposal, ...], taken: Collection[int], refused: Collection[int],
                  kuerzel: str | None) -> tuple[Plan, str | None]:  # fmt: skip
        """Takes some proposals into the record, all or none, and keeps what is decided; with it, what the record lacks to be printed.

        Errors as for `require_possible` and `decide`.
        """
        by_kennung = {each.kennung: each for each in found}
        wanted = [self._still(each, by_kennung) for each in plan.aenderungen if each.nummer in taken]
        stored, lacking = self.stored, None
        if wanted:
            made = self._made(wanted)
            lacking = require_possible(self.library, made)
            names = ", ".join(dict.fromkeys(each.name for each in wanted))
            stored = decide(self.library.store, stored, made.text, f"aus {self.datei.name} übernommen: {names}", kuerzel)
        decided: dict[int, Entscheidung] = {**dict.fromkeys(refused, "abgelehnt"), **dict.fromkeys(taken, "genommen")}
        points = tuple(each.model_copy(update={"entscheidung": decided.get(each.nummer, each.entscheidung)}) for each in plan.aenderungen)
        plan = plan.model_copy(update={"sha256_datensatz": stored.sha256, "aenderungen": points})
        self.keep(plan)
        return plan, lacking

    def _still(self, punkt: Punkt, found: Mapping[str, Proposal]) -> Proposal:
        if punkt.entscheidung == "genommen":
            raise UsageError(f"Änderung {punkt.nummer} ist schon übernommen.", abhilfe="Zurück geht es mit zv zurueck.")
        if punkt.kennung not in found:
            raise ChangedError(f"Änderung {punkt.nummer} gibt es so nicht mehr; übernommen wurde nichts.", datei=self.datei,
                               abhilfe=f"Noch einmal ansehen: zv uebernimm {address_of(self.stored.path)} {self.datei}")  # fmt: skip
        return found[punkt.kennung]

    def _made(self, wanted: list[Proposal]) -> Setting[Vereinbarung]:
        here = self._effective(self.stored)
        values = merged(here, wanted)
        changes = tuple(Change(feld, value_at(here, feld), value, "") for feld, value in values.items() if feld not in (TEXT, DEPARTURES))
        gone = [keys(feld) for feld, value in values.items() if value is None and value_at(self.stored.record, feld) is not None]
        settled = Filled(self.stored, changes).settled
        set_ = {feld: value for feld, value in values.items() if value is not None}
        return Setting(self.stored, self.library.store.edited(self.stored, set_, [*gone, *settled]), changes)


def _punkt(number: int, each: Proposal, said: Extraction, decided: Entscheidung | None) -> Punkt:
    return Punkt(nummer=number, kennung=each.kennung, art=each.art, feld=each.feld, name=each.name, gesandt=each.gesandt, hier=each.hier,
                 gekommen=each.gekommen, konflikt=each.konflikt, nachverfolgt=_is_tracked(each, said), vorschlag=each.vorschlag,
                 grund=each.grund, entscheidung=decided, **_by_whom(each, said))  # fmt: skip


def _is_tracked(each: Proposal, said: Extraction) -> bool:
    """Whether it was tracked in Word and nobody has accepted it: of an entry its paragraph tells, of fixed text its words."""
    changes = said.reading.changes
    if each.art == "angabe":
        points = {point.feld for point in said.record.akte.offen if point.art == "nachverfolgt"}
        return each.feld in {*said.record.akte.nachverfolgt, *points}
    if isinstance(each.wert, Stretch):
        return any(change.absatz in each.gekommen or change.text in each.hier for change in changes)
    return any(change.text.strip() in (departure.alt, departure.neu) for departure in each.wert for change in changes)


def _by_whom(each: Proposal, said: Extraction) -> dict[str, str]:
    """Who tracked a proposal in Word, and when last: the changes whose words it brought or took away, in its own paragraph."""
    new, old = " / ".join(each.gekommen), " / ".join(each.gesandt or each.hier)
    places = [location.text for found in said.found if found.feld == each.feld for location in found.locations if location.text]
    meant = [
        change for change in said.reading.changes
        if change.text.strip() and change.text.strip() in (new if change.art == "eingefuegt" else old)
        and (not places or any(text in change.absatz for text in places))
    ]  # fmt: skip
    if not meant or not _is_tracked(each, said):
        return {}
    return {"wer": ", ".join(dict.fromkeys(change.wer for change in meant)), "wann": max(change.wann for change in meant)}


def numbers(said: str, last: int) -> set[int]:
    """The numbers of "1,3-5"; UsageError where it says none, or one that the plan does not have."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", said)):
        span = re.fullmatch(r"(\d+)(?:[-–](\d+))?", part)
        if span is None:
            raise UsageError(f"„{part}“ ist keine Nummer des Plans.", abhilfe="Zum Beispiel: --nimm 1,3-5")
        first, end = int(span[1]), int(span[2] or span[1])
        if not 1 <= first <= end <= last:
            raise UsageError(f"„{part}“ ist keine Nummer des Plans.", abhilfe=f"Er hat {last} Änderungen.")
        found |= set(range(first, end + 1))
    return found


def require_same(record: Vereinbarung, came: Vereinbarung, datei: Path) -> None:
    """UsageError where a document is of another agreement than a record, or follows another wording."""
    if (came.jahr, came.kennung) != (record.jahr, record.kennung):
        raise UsageError(f"Das Dokument ist {came.jahr}/{came.kennung}, nicht {record.jahr}/{record.kennung}.", datei=datei,
                         abhilfe="Die richtige Datei oder die richtige Vereinbarung nennen.")  # fmt: skip
    if came.wortlaut != record.wortlaut:
        names = [f"dem Wortlaut {each}" if each else "keinem bekannten Wortlaut" for each in (came.wortlaut, record.wortlaut)]
        raise UsageError(f"Das Dokument folgt {names[0]}, der Datensatz {names[1]}.", datei=datei,
                         abhilfe="Beide gegenüberstellen: zv vergleiche")  # fmt: skip
