"""Rules on what was carried over from last year, or from another Träger: texts and amounts that nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from agreements.language.numbers import write_number
from agreements.model.fields import label, number_in, value_at
from agreements.register.register import Traeger
from agreements.rules.case import Case, Hit, texts_at

_ALIKE, _LETTERS = 90, 120
"""Percent of common letters from which a paragraph is another's; shorter ones are alike by chance."""
_LARGE = 100_000
"""Euro: smaller amounts are equal by chance."""


def untouched(case: Case) -> Iterator[Hit]:
    """A text that was carried over and still says what it said; who has read it takes it out of `akte.uebernommen`."""
    akte = case.record.akte
    if akte.stand == "unterzeichnet":
        return  # what is signed is done
    for path, year in akte.uebernommen.items():
        now, same = texts_at(case.record, path), case.untouched(path)
        if akte.looked_at(path) or not same:
            continue
        several = f"{len(same)} von {len(now)} Absätzen sind" if len(now) > 1 and len(same) < len(now) else "Der Text ist"
        known = case.before is not None and year == case.jahr - 1
        said = f"{label(_list(path))}: {several} noch {'wörtlich wie im Vorjahr' if known else f'aus dem Jahr {year}'}."
        yield Hit("", said, path, schwere="warnung" if case.finished else None)


def _list(path: str) -> str:
    """The name of the list in which a path names an entry; any other as it is."""
    head, _, last = path.rpartition(".")
    return head if number_in(last) is not None and not head.endswith("individuell") else path


def of_another(case: Case) -> Iterator[Hit]:
    """A paragraph on the regional labour market that stands, the names apart, in another Kreis's agreement too."""
    field = "rahmenbedingungen.regionale_lage"
    for number, text in enumerate(texts_at(case.record, field)):
        own = _nameless(text, case.row)
        for other in case.others if len(text) >= _LETTERS else ():
            row = case.library.register.find(other.traeger, other.jahr)
            if any(fuzz.ratio(own, _nameless(each, row), score_cutoff=_ALIKE) for each in texts_at(other, field)):
                yield Hit(_opening(text), f"Fast derselbe Absatz steht in der Vereinbarung mit {row.dativ}.", f"{field}.{number}")


def amount_of_another(case: Case) -> Iterator[Hit]:
    """An amount that another Kreis has to the euro."""
    for feld in ("haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen"):
        own = value_at(case.record, feld)
        same = [other for other in case.others if value_at(other, feld) == own]
        if isinstance(own, int) and own >= _LARGE and same:
            names = ", ".join(case.library.register.find(other.traeger, other.jahr).name for other in same)
            yield Hit(f"{write_number(own)} Euro", f"{label(feld)}: Derselbe Betrag steht bei {names}.", feld)


def _nameless(text: str, row: Traeger) -> str:
    for word in row.name.partition(" ")[2].replace("(", "").replace(")", "").split():
        text = text.replace(word, "")
    return text


def _opening(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
