"""What contradicts itself within a record: asked when a document is read, whose findings it is, and by the rules of `zv pruefe`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from agreements.language.numbers import write_number
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN, Offen
from agreements.reading.findings import Befund


def misfits(record: Vereinbarung) -> tuple[Befund, ...]:
    """Everything in a record that does not fit together, as contradictions."""
    return (*budget(record), *women_and_men(record), *years(record))


def budget(record: Vereinbarung) -> Iterator[Befund]:
    """Verwaltungskosten and Eingliederungsleistungen give the Gesamtbudget, rounded as it is stated (domain.md)."""
    haushalt = record.haushalt
    total, parts = haushalt.gesamtbudget_mio, (haushalt.verwaltungskosten, haushalt.eingliederungsleistungen)
    if not isinstance(total, Decimal) or any(part is None or isinstance(part, Offen) for part in parts):
        return
    rounded = _in_millions(parts, total, ROUND_HALF_UP)
    if total != rounded:
        near = adds_up(total, parts)
        yield Befund(
            "widerspruch",
            "hinweis" if near else "warnung",
            f"{write_number(total)} Mio. Euro",
            "haushalt.gesamtbudget_mio",
            f"{write_number(rounded)} Mio. Euro (Summe der Beträge)",
        )


def adds_up(total: Decimal, parts: Collection[Any]) -> bool:
    """Whether amounts in Euro give a total in Mio. Euro, rounded up or down as it is stated: both are seen in agreements, and meant."""
    return total in {_in_millions(parts, total, rounding) for rounding in (ROUND_FLOOR, ROUND_CEILING)}


def _in_millions(parts: Collection[Any], stated: Decimal, rounding: str) -> Decimal:
    """The sum of amounts in Euro, in Mio. with as many digits as are stated."""
    exact = sum(Decimal(str(part)) for part in parts) / Decimal(1_000_000)
    return exact.quantize(Decimal(1).scaleb(int(stated.as_tuple().exponent)), rounding)


def women_and_men(record: Vereinbarung) -> Iterator[Befund]:
    """The total lies between women and men, where all three are changes of one direction and unit without a bound."""
    quote = record.ziele.integrationsquote
    three = [target for target in (quote.gesamt, quote.frauen, quote.maenner) if isinstance(target, Zielwert) and target.wert is not None]
    if len(three) < 3 or len({(target.richtung, target.einheit) for target in three}) > 1 or any(target.schranke for target in three):
        return
    total, women, men = (target.wert or Decimal(0) for target in three)
    if not min(women, men) <= total <= max(women, men):
        yield Befund(
            "widerspruch",
            "hinweis",
            write_number(total),
            "ziele.integrationsquote.gesamt",
            f"zwischen {write_number(min(women, men))} (Frauen/Männer) und {write_number(max(women, men))}",
        )


def years(record: Vereinbarung) -> Iterator[Befund]:
    """The years of targets and signatures."""
    yield from reference_years(record)
    yield from signing_days(record)


def reference_years(record: Vereinbarung) -> Iterator[Befund]:
    """A target is compared with a year before the agreement's."""
    for feld, value in angaben(record).items():
        if isinstance(value, Zielwert) and value.bezug is not None and value.bezug >= record.jahr:
            yield Befund("widerspruch", "warnung", f"Bezugsjahr {value.bezug}", feld, f"ein Jahr vor {record.jahr}")


def signing_days(record: Vereinbarung) -> Iterator[Befund]:
    """A signature bears a date of the agreement's year or of the one before."""
    for feld, value in angaben(record).items():
        if feld.endswith(".datum") and value is not OFFEN and value.year not in (record.jahr - 1, record.jahr):
            yield Befund("widerspruch", "warnung", value.strftime("%d.%m.%Y"), feld, f"ein Tag des Jahres {record.jahr}")
