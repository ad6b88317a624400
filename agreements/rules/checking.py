"""All rules over one record: what stands, and what the record silences with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process

from agreements.library.amendments import located
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Schwere
from agreements.rules.case import Case, Hit, Verstoss, upwards
from agreements.rules.table import SILENCING, Regel, rules
from agreements.store.store import Gespeichert

SPELLING = "rechtschreibung"
"""The one rule that takes long: it loads a dictionary of a million words."""


@dataclass(frozen=True, slots=True)
class Pruefung:
    """What came of checking one record: its own file first, in the order of its lines."""

    verstoesse: tuple[Verstoss, ...]
    stillgelegt: tuple[Verstoss, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something must be put right: a hint needs not."""
        return any(each.schwere != "hinweis" for each in self.verstoesse)


def check_record(library: Library, stored: Gespeichert[Vereinbarung], *, spelling: bool = True) -> tuple[Verstoss, ...]:
    """Everything in a record that a person should look at, the silenced ones left out; the first of the file first.

    ZvError: the year's rahmen.yaml cannot be loaded. What cannot be printed is a Verstoss.
    """
    return examine(library, stored, spelling=spelling).verstoesse


def examine(
    library: Library,
    stored: Gespeichert[Vereinbarung],
    state: Vereinbarung | None = None,
    *,
    others: Sequence[Vereinbarung] = (),
    spelling: bool = True,
) -> Pruefung:
    """The same with the silenced ones.

    `state` is the effective record to check where it is not the file's own; `others` are the records of the year's other
    Träger to compare with. Of an amendment the agreement is checked as it is with it, and told is what the amendment brings.
    UnfitError: it does not fit what stands before it.
    """
    with located(stored):
        record = state or _subject(library, stored)
        case = Case(library, stored, record, tuple(other for other in others if other.traeger != record.traeger))
    asked = {rule.name: rule for rule in rules() if spelling or rule.name != SPELLING}
    known = _known_before(case, asked.values()) if stored.record.aenderung else frozenset()
    found = [_judged(case, rule, hit) for rule in asked.values() for hit in rule.find(case) if (rule.name, hit) not in known]
    found += [_judged(case, asked[SILENCING], hit) for hit in _idle(case, found, asked)]
    unique = sorted(dict.fromkeys(found), key=lambda each: (each.datei != stored.path, str(each.datei), each.zeile))
    return Pruefung(tuple(each for each in unique if each.stillgelegt is None), tuple(each for each in unique if each.stillgelegt))


_OWN = ("ministerien", "unterschriften", "akte")
"""What an amendment states for itself."""


def _subject(library: Library, stored: Gespeichert[Vereinbarung]) -> Vereinbarung:
    """What is to be checked: the effective record, or the agreement as it is with an amendment, signed as that is."""
    own = library.effective(stored.record, stored.path)
    agreed = library.agreed(own)
    return agreed.model_copy(update={name: getattr(own, name) for name in _OWN}) if own.aenderung else agreed


def _known_before(case: Case, asked: Iterable[Regel]) -> frozenset[tuple[str, Hit]]:
    """What could be said of the agreement before an amendment already, its signatures apart."""
    agreed = case.library.before(case.stored.record)
    before = Case(case.library, replace(case.stored, record=agreed), agreed, case.others)
    hits = ((rule.name, hit) for rule in asked for hit in rule.find(before))
    return frozenset((name, hit) for name, hit in hits if (hit.feld or "").partition(".")[0] not in _OWN)


def _judged(case: Case, rule: Regel, hit: Hit) -> Verstoss:
    datei, zeile = case.place(hit)
    return Verstoss(
        rule.name,
        hit.schwere or _severity(case, rule),
        datei,
        zeile,
        hit.feld,
        hit.stelle,
        hit.worte,
        hit.grund,
        hit.abhilfe or rule.text.abhilfe,
        _reason(case, rule.name, hit),
    )


def _severity(case: Case, rule: Regel) -> Schwere:
    """The rule's own; what is signed stands, so that a warning on it is good to know and no more."""
    return "hinweis" if rule.text.schwere == "warnung" and case.record.akte.stand == "unterzeichnet" else rule.text.schwere


# ---------------------------------------------------------------- silenced rules


def _reason(case: Case, rule: str, hit: Hit) -> str | None:
    """The reason for which the record silences a rule."""
    reasons = case.record.akte.stillgelegt
    return next((reasons[key] for key in _keys(rule, hit.feld, hit.stelle) if reasons.get(key, "").strip()), None)


def _keys(rule: str, feld: str | None, stelle: str) -> Iterator[str]:
    """How a record silences a rule: everywhere ("regel"), for a field or what lies below it ("regel@feld"), at a place of the wording."""
    yield rule
    yield from (f"{rule}@{path}" for path in upwards(feld or ""))
    if stelle:
        yield f"{rule}@{stelle}"


def _idle(case: Case, found: Sequence[Verstoss], asked: Collection[str]) -> Iterator[Hit]:
    """Entries of `akte.stillgelegt` that silence nothing: an unknown rule, no reason, or nothing to be silent about."""
    struck = {key for each in found for key in _keys(each.regel, each.feld, each.stelle)}
    for key, reason in case.record.akte.stillgelegt.items():
        name = key.partition("@")[0]
        known = [rule.name for rule in rules()]
        if name not in known:
            near = process.extractOne(name, known, score_cutoff=60)
            guess = f" Gemeint ist vielleicht „{near[0]}“." if near else ""
            said = f"Eine Regel „{name}“ gibt es nicht.{guess}"
            remedy = "Den Namen berichtigen; alle nennt: zv pruefe --regeln"
        elif not reason.strip():
            said, remedy = "Der Eintrag nennt keinen Grund und wirkt deshalb nicht.", "Den Grund dahinter schreiben."
        elif key not in struck and name in asked:
            said, remedy = "Die Regel schlägt hier nicht mehr an.", "Den Eintrag entfernen."
        else:
            continue
        yield Hit(key, said, f"akte.stillgelegt.{key}", abhilfe=remedy)
