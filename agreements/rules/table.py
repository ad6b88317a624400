"""The table of all rules: what each finds, and beside it what `data/regeln.yaml` says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from agreements.rules.carried import amount_of_another, of_another, untouched
from agreements.rules.case import Case, Hit
from agreements.rules.confirming import departures, left_open, tracked_changes, unsurely_read
from agreements.rules.form import abbreviations, blanks, dashes, dates, quotes, sections
from agreements.rules.law import known_slips, missing_goals, replaced_terms
from agreements.rules.names import additions, ministries, other_kreise, place_of_signature, signatories
from agreements.rules.numbers import (
    open_values,
    sudden_changes,
    sums,
    unusual_reference,
    unusual_targets,
    women_around_men,
    wrong_reference,
)
from agreements.rules.printing import last_year_unread, not_printable, without_place
from agreements.rules.references import cross_references
from agreements.rules.spelling import unknown_words
from agreements.rules.tables import Regeltext, regeln
from agreements.rules.years import (
    dates_before_budget,
    dates_missing,
    dates_outside,
    not_looked_at_in_wording,
    years_in_text,
    years_in_wording,
)

FINDS: dict[str, Callable[[Case], Iterator[Hit]]] = {
    "druck": not_printable,
    "ohne-stelle": without_place,
    "vorjahr-unlesbar": last_year_unread,
    "offen": open_values,
    "unsicher-gelesen": unsurely_read,
    "summe": sums,
    "frauen-maenner": women_around_men,
    "ungewoehnlich": unusual_targets,
    "sprung": sudden_changes,
    "bezugsjahr": wrong_reference,
    "bezugsjahr-frueher": unusual_reference,
    "jahr-im-text": years_in_text,
    "jahr-im-wortlaut": years_in_wording,
    "wortlaut-durchsicht": not_looked_at_in_wording,
    "datum-ausserhalb": dates_outside,
    "datum-vor-haushalt": dates_before_budget,
    "datum-fehlt": dates_missing,
    "unberuehrt": untouched,
    "absatz-wie-andere": of_another,
    "betrag-wie-andere": amount_of_another,
    "fremder-kreis": other_kreise,
    "ort": place_of_signature,
    "ministerium": ministries,
    "unterzeichner": signatories,
    "zusatz": additions,
    "abweichung": departures,
    "nachverfolgt": tracked_changes,
    "widerspruch": left_open("widerspruch"),
    "kommentar": left_open("kommentar"),
    "verweis": cross_references,
    "ziel-fehlt": missing_goals,
    "begriff": replaced_terms,
    "bekanntes-versehen": known_slips,
    "abkuerzung": abbreviations,
    "datum-form": dates,
    "anfuehrung": quotes,
    "paragraph": sections,
    "gedankenstrich": dashes,
    "leerzeichen": blanks,
    "rechtschreibung": unknown_words,
}
LOADING, SILENCING = "laden", "stillgelegt"
"""Rules that no function judges: a file that cannot be loaded, and what the record silences to no effect."""


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule: its name, what is said of it, and what it finds."""

    name: str
    text: Regeltext
    find: Callable[[Case], Iterator[Hit]]


@cache
def rules() -> tuple[Regel, ...]:
    """Every rule, in the order in which they are listed."""
    return tuple(Regel(name, text, FINDS.get(name, _nothing)) for name, text in regeln().items())


def _nothing(case: Case) -> Iterator[Hit]:
    return iter(())
