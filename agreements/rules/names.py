"""Rules on names: another Kreis left in, a ministry or signatory of another year, who signs with which addition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agreements.language.offices import DEPUTY, HEAD, NO_ADDITION, addition_in_full
from agreements.language.sentences import sentences
from agreements.language.tokens import around
from agreements.model.fields import label
from agreements.model.record import Unterschrift
from agreements.register.laender import ADJEKTIV
from agreements.register.register import Register, Traeger
from agreements.rules.case import Case, Hit
from agreements.rules.tables import Landesministerium, beinamen, recht

_FULL, _SHORT = "name", "kurz"


def other_kreise(case: Case) -> Iterator[Hit]:
    """The name of another Kreis in a text of the record or of the wording; its seat or adjective alone is a hint, neighbours have them."""
    pattern, owners = _others(case.library.register, case.record.traeger, case.jahr)
    for passage in case.passages:
        if passage.feld and passage.feld.endswith((".name", ".funktion", ".ort")):
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            for found in pattern.finditer(sentence):
                kind, other = owners[found.group()]
                if kind == _SHORT and (_INSTITUTION.search(sentence[: found.start()]) or _NEIGHBOURS.search(sentence)):
                    continue
                mild = kind == _SHORT or other.schluessel.partition("-")[2] == case.record.traeger.partition("-")[2]
                words = around(passage.text, start + found.start(), start + found.end())
                yield Hit(
                    words,
                    _whose(case, found.group(), kind, other),
                    passage.feld,
                    passage.zeile,
                    "hinweis" if mild else None,
                    stelle=passage.stelle,
                )


def _whose(case: Case, name: str, kind: str, other: Traeger) -> str:
    if kind == _FULL:
        return f"Die Vereinbarung ist mit {case.row.dativ}, nicht mit {other.dativ}."
    return f"„{name}“ gehört zu {other.dativ}, die Vereinbarung ist mit {case.row.dativ}."


_NEIGHBOURS = re.compile(r"[Nn]achbar|[Aa]ngrenz|[Pp]endel|[Pp]endler|[Uu]mliegend|[Ww]irtschaftsr[aä]um")
"""What a sentence says that means another Kreis."""
_INSTITUTION = re.compile(rf"(?:{'|'.join(map(re.escape, beinamen().einrichtungen))})\w*(?:\s+\S+){{0,3}}\s+$")


@lru_cache(maxsize=64)
def _others(register: Register, traeger: str, jahr: int) -> tuple[re.Pattern[str], dict[str, tuple[str, Traeger]]]:
    """Finds every way to name another Kreis of the year, and tells whose it is.

    The short names only of those that have an agreement too: from there one is left in, all others are neighbours.
    """
    own = register.find(traeger, jahr)
    kept = {form for form, _ in _forms(own)}
    owners: dict[str, tuple[str, Traeger]] = {}
    for row in (row for row in register.all(jahr) if row.schluessel != traeger):
        for form, kind in _forms(row):
            if form not in kept and (kind == _FULL or row.is_zkt(jahr)):
                owners.setdefault(form, (kind, row))
    forms = "|".join(re.escape(form) for form in sorted(owners, key=lambda form: (-len(form), form)))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w]|-\w|/\w)"), owners


def _forms(row: Traeger) -> Iterator[tuple[str, str]]:
    """Every way to name a Kreis: in full in all cases, short, by its seat, by what else it is called.

    Hannover alone is the Land's capital, and Leer with a small letter a word; names are found as written.
    """
    cases = (row.nominativ, row.genitiv, row.dativ, row.akkusativ)
    for form in (row.name, *(case.partition(" ")[2] for case in cases)):
        yield form, _FULL
    short = row.name.partition(" ")[2] or row.name  # "Main-Kinzig-Kreis" is one word
    if row.art == "Landkreis":
        yield from ((f"{kind} {short}", _FULL) for kind in ("LK", "Kreis", "Kreises"))
    if short != "Hannover":
        places = {short, row.sitz, row.ort, short.partition(" (")[0]} - {""}
        yield from ((place, _SHORT) for place in places)
        yield from ((f"{place}s", _SHORT) for place in places if place[-1] not in "sßxz)")
    for name in beinamen().beinamen.get(row.schluessel, ()):
        yield from ((name + ending, _SHORT) for ending in (("e", "en", "em", "er", "es") if name.endswith("isch") else ("",)))


def place_of_signature(case: Case) -> Iterator[Hit]:
    """A Träger that signs at another place than its seat."""
    for number, signature in case.record.unterschriften.traeger.items():
        ort = signature.ort
        if isinstance(ort, str) and ort not in (case.row.ort, case.row.sitz):
            yield Hit(ort, f"{_capital(case.row.nominativ)} hat seinen Sitz in {case.row.sitz}.", f"unterschriften.traeger.{number}.ort")


def ministries(case: Case) -> Iterator[Hit]:
    """A ministry that did not bear this name in the agreement's year."""
    known = [each for each in recht().ministerien if each.land == case.land]
    current = [each for each in known if each.signs_in(case.jahr)]
    if not current:
        return
    for feld, name in _ministry_fields(case):
        if _bare(name) not in {each.name for each in current}:
            yield Hit(name, f"{label(feld)}: Für {case.jahr} unterzeichnet {_either(current)}.", feld)
    old = [each.name for each in known if each not in current]
    for passage in case.passages:
        if passage.feld and passage.feld.startswith(("ministerien.", "unterschriften.")):
            continue
        for name in old:
            if name in passage.text:
                yield Hit(
                    name,
                    f"So hieß das Ministerium in einem anderen Jahr. Für {case.jahr}: {_either(current)}.",
                    passage.feld,
                    passage.zeile,
                    stelle=passage.stelle,
                )


def _ministry_fields(case: Case) -> Iterator[tuple[str, str]]:
    for number, ministry in case.record.ministerien.items():
        if isinstance(ministry.name, str):
            yield f"ministerien.{number}.name", ministry.name
    for number, signature in case.record.unterschriften.land.items():
        if isinstance(signature.stelle, str) and "Ministerium" in signature.stelle:
            yield f"unterschriften.land.{number}.stelle", signature.stelle


def signatories(case: Case) -> Iterator[Hit]:
    """Somebody who signs for the Land in another year than they are known to, or another than the year's rahmen names."""
    named = [each for each in recht().unterzeichner if each.land == case.land]
    of_year = {each.name for each in named if each.jahr == case.jahr}
    common = case.rahmen.record.unterschriften.land if case.rahmen else {}
    for number, signature in case.record.unterschriften.land.items():
        name = signature.name
        if not isinstance(name, str) or name in of_year:
            continue
        feld = f"unterschriften.land.{number}.name"
        rahmen = common[number].name if number in common else None
        if of_year:
            yield Hit(name, f"Für das Land hat {case.jahr} {' oder '.join(sorted(of_year))} unterzeichnet.", feld)
        elif isinstance(rahmen, str) and rahmen != name:
            yield Hit(name, f"Für das Land unterzeichnet {case.jahr} sonst {rahmen}.", feld)


def additions(case: Case) -> Iterator[Hit]:
    """An addition above a name that is written wrongly or does not fit the function (GGO Nds § 21)."""
    for side, signatures in (("land", case.record.unterschriften.land), ("traeger", case.record.unterschriften.traeger)):
        for number, signature in signatures.items():
            feld = f"unterschriften.{side}.{number}"
            if isinstance(signature.zusatz, str) and NO_ADDITION.fullmatch(signature.zusatz):
                yield Hit(signature.zusatz, "Das steht so gedruckt über dem Namen.", f"{feld}.zusatz", schwere="fehler",
                          abhilfe="Soll dort nichts stehen, den Schlüssel zusatz entfernen.")  # fmt: skip
            elif isinstance(signature.zusatz, str) and (full := addition_in_full(signature.zusatz)) != signature.zusatz:
                yield Hit(signature.zusatz, f"Über dem Namen schreibt man „{full}“.", f"{feld}.zusatz")
            elif isinstance(signature.zusatz, str) and signature.zusatz[:1].islower():
                said = f"Über dem Namen schreibt man „{_capital(signature.zusatz)}“."
                yield Hit(signature.zusatz, said, f"{feld}.zusatz")
            elif fault := _addition(signature):
                yield Hit(signature.zusatz if isinstance(signature.zusatz, str) else "", fault, f"{feld}.zusatz")


def _addition(signature: Unterschrift) -> str | None:
    funktion = signature.funktion if isinstance(signature.funktion, str) else ""
    if HEAD.fullmatch(funktion) and isinstance(signature.zusatz, str):
        return f"{funktion} unterzeichnet ohne Zusatz."
    if DEPUTY.match(funktion) and signature.zusatz is None:
        return f"{funktion} unterzeichnet „In Vertretung“."
    return None


def _bare(name: str) -> str:
    return re.sub(f"^(?:Das )?{ADJEKTIV} ", "", name)


def _either(ministries: list[Landesministerium]) -> str:
    return " und ".join(f"das {each.name} ({each.kurz})" for each in ministries)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
