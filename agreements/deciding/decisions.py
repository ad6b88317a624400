"""What a person decides of open points: pure functions from a record's text and the decision to the text it has then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agreements.deciding.points import ARTEN, Punkt
from agreements.errors import UsageError
from agreements.files.yaml_text import Keys
from agreements.language.said import said_of
from agreements.library.library import Library
from agreements.model.akte import Abweichung, Entscheidung, Entscheidungsart, OffenerPunkt
from agreements.model.fields import label, value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.planning.setting import Order, setting
from agreements.store.store import Gespeichert

SAID: Mapping[Entscheidungsart, str] = {
    "bestaetigt": "bestätigt",
    "berichtigt": "berichtigt",
    "vereinbart": "so vereinbart",
    "lesefehler": "Lesefehler, es gilt der Wortlaut",
    "nicht-lesbar": "nicht lesbar",
    "steht-nicht-da": "steht nicht da",
}
"""How a decision is told."""
_WORDS: Mapping[Entscheidungsart, str] = {"nicht-lesbar": "offen", "steht-nicht-da": "kein"}
"""What an Angabe is set to."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided, by whom and when; `wert` is the right value, in German form."""

    wie: Entscheidungsart
    wert: str = ""
    kuerzel: str | None = None
    tag: date = field(default_factory=date.today)


def decided(library: Library, stored: Gespeichert[Vereinbarung], several: Sequence[Punkt], decision: Decision) -> str:
    """The text of a record's file in which some of its open points are decided alike.

    UsageError: the decision does not fit one of them, or its value does not say what is meant. RecordError: it would be no record.
    """
    for each in several:
        text = _decided(library, stored, each.punkt, decision)
        stored = library.store.parsed(text, stored.path)
    return stored.text


def told(several: Sequence[Punkt], decision: Decision) -> Iterator[str]:
    """Each decision in one line: "Verwaltungskosten (Euro): bestätigt"."""
    for each in several:
        what = f" ({said_of(each.punkt.abweichung)})" if each.punkt.abweichung else ""
        yield f"{each.name or ARTEN[each.punkt.art]}{what}: {SAID[_meant(each.punkt, decision)]}"


def _meant(point: OffenerPunkt, decision: Decision) -> Entscheidungsart:
    """Who confirms a departure agrees to it; a value that is stated corrects."""
    return "vereinbart" if point.abweichung is not None and decision.wie == "bestaetigt" else decision.wie


def _decided(library: Library, stored: Gespeichert[Vereinbarung], point: OffenerPunkt, decision: Decision) -> str:
    if point.art == "pruefregel":
        raise UsageError(
            f"Was eine Prüfregel findet, wird berichtigt oder mit Grund stillgelegt: {point.grund}",
            abhilfe=f"Zum Beispiel: zv stilllegen {_where(stored)} REGEL --grund …",
        )
    if point.abweichung is not None:
        return _departure(library, stored, point, point.abweichung, decision)
    if decision.wie in ("vereinbart", "lesefehler"):
        raise UsageError(
            f"{_name(point)}: „{SAID[decision.wie]}“ gilt nur für Abweichungen vom Wortlaut.",
            abhilfe="Ohne Zusatz bestätigen, oder den richtigen Wert nennen: --wert …",
        )
    if point.art == "uebernommen" and decision.wie == "bestaetigt":
        return looked_through(library, stored, [point.feld or ""])
    if decision.wie == "bestaetigt":
        return _confirmed(library, stored, point, decision)
    if point.feld is None:
        raise UsageError(f"{_name(point)}: Zu diesem Punkt gehört keine Angabe.", abhilfe="Ist er erledigt, ihn ohne Zusatz bestätigen.")
    return setting(
        library, stored, point.feld, Order("setzen", _WORDS.get(decision.wie, decision.wert)), decision.kuerzel, decision.wie
    ).text


def _confirmed(library: Library, stored: Gespeichert[Vereinbarung], point: OffenerPunkt, decision: Decision) -> str:
    """What stands there is right; where no value stands there is nothing to confirm."""
    value = value_at(library.effective(stored.record, stored.path), point.feld) if point.feld else ""
    if point.art in ("unsicher", "offen") and point.feld and (value is None or value is OFFEN):
        raise UsageError(
            f"{_name(point)}: Hier steht kein Wert, den man bestätigen könnte.",
            abhilfe="Den Wert nennen: --wert …; oder --nicht-lesbar, --steht-nicht-da.",
        )
    if point.art == "offen":
        raise UsageError(f"{_name(point)} ist noch nicht vereinbart.", abhilfe="Den Wert nennen: --wert …")
    return library.store.edited(stored, _noted(stored, point, decision))


def _departure(library: Library, stored: Gespeichert[Vereinbarung], point: OffenerPunkt, departure: Abweichung, decision: Decision) -> str:
    """A departure that is agreed stands among the others, in the order of the document; one that is not stands nowhere else."""
    wie = _meant(point, decision)
    if wie not in ("vereinbart", "lesefehler"):
        raise UsageError(
            f"{_name(point)}: Von einer Abweichung wird entschieden, ob sie gilt.", abhilfe="Entweder --vereinbart oder --lesefehler."
        )
    record, noted = stored.record, _noted(stored, point, decision)
    if wie == "lesefehler" and departure in record.abweichungen:
        return library.store.edited(stored, noted, [_keys_of(record, departure)])
    if wie == "vereinbart" and departure not in record.abweichungen:
        return library.store.edited(stored, {"abweichungen": _in_order(record, departure), **noted})
    return library.store.edited(stored, noted)


def _keys_of(record: Vereinbarung, departure: Abweichung) -> Keys:
    several = record.abweichungen
    return ("abweichungen",) if len(several) == 1 else ("abweichungen", several.index(departure))


def _in_order(record: Vereinbarung, departure: Abweichung) -> tuple[Abweichung, ...]:
    """The departures with one more; those of the reading keep its order, which counts where several stand at one place."""
    read = [each.abweichung for each in record.akte.offen if each.abweichung is not None]
    agreed = {*map(repr, record.abweichungen), repr(departure)}
    others = tuple(each for each in record.abweichungen if each not in read)
    return (*others, *(each for each in read if repr(each) in agreed), *(() if departure in read else (departure,)))


def _noted(stored: Gespeichert[Vereinbarung], point: OffenerPunkt, decision: Decision) -> dict[str, Any]:
    entry = Entscheidung(
        kennung=point.kennung, art=point.art, feld=point.feld, stelle=point.stelle, abweichung=point.abweichung,
        wie=_meant(point, decision), tag=decision.tag, kuerzel=decision.kuerzel,
    )  # fmt: skip
    return {"akte.entschieden": (*stored.record.akte.entschieden, entry)}


def _name(point: OffenerPunkt) -> str:
    return label(point.feld) if point.feld else point.stelle or point.grund


def _where(stored: Gespeichert[Vereinbarung]) -> str:
    return f"{stored.record.jahr}/{stored.record.kennung}"


# ---------------------------------------------------------------- what was carried over, and rules


def looked_through(library: Library, stored: Gespeichert[Vereinbarung], felder: Sequence[str]) -> str:
    """The text in which texts that were carried over are looked through; none named: all. UsageError where one was not carried over."""
    marked = stored.record.akte.uebernommen
    done: dict[str, None] = {}
    for feld in felder or marked:
        found = [path for path in marked if path == feld or path.startswith(f"{feld}.") or label(path).casefold() == feld.casefold()]
        if not found:
            known = ", ".join(dict.fromkeys(map(label, marked))) or "nichts mehr"
            raise UsageError(f"„{feld}“ ist nicht als übernommen vermerkt.", abhilfe=f"Durchzusehen ist noch: {known}.")
        done |= dict.fromkeys(found)
    if not done:
        return stored.text
    whole = len(done) == len(marked)
    return library.store.edited(stored, {}, [("akte", "uebernommen")] if whole else [("akte", "uebernommen", path) for path in done])


def silenced(library: Library, stored: Gespeichert[Vereinbarung], regel: str, grund: str, known: Sequence[str]) -> str:
    """The text in which a rule is silenced, everywhere ("regel") or at a place ("regel@stelle"); UsageError without rule or reason."""
    name = regel.partition("@")[0]
    if name not in known:
        raise UsageError(f"Eine Regel „{name}“ gibt es nicht.", abhilfe="Alle nennt: zv pruefe --regeln")
    if not (said := " ".join(grund.split())):
        raise UsageError(
            "Es fehlt der Grund, ohne den nichts stillgelegt wird.", abhilfe='Zum Beispiel: --grund "Mit dem Landkreis so besprochen."'
        )
    return library.store.edited(stored, {("akte", "stillgelegt", regel): said})
