"""The wording: what is refused because it could not be read back, how its units are addressed, and that Jinja itself fills it alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from emsland import REGISTER, ROOT, document, emsland, wording
from jinja2.sandbox import SandboxedEnvironment

from agreements.errors import WordingError
from agreements.language.calendar import Datum
from agreements.language.notation import CASES, Name
from agreements.language.numbers import write_number
from agreements.language.protocol import Context
from agreements.language.targets import Zielsatz
from agreements.model.record import Zielwert, plain
from agreements.wording.slips import load_slips
from agreements.wording.units import Wording
from agreements.wording.wording import load_wording


def load(tmp_path: Path, text: str) -> Wording:
    path = tmp_path / "2024.j2"
    path.write_text(text, encoding="utf-8")
    return load_wording(path, "ni/2024")


GOAL = "{% for nummer, ziel in ziele.individuell.items() if nummer >= 4 %}\n"
LAGE = "{% for absatz in rahmenbedingungen.regionale_lage %}\n{{ absatz }}\n\n{% endfor %}\n"
REFUSED = {
    "an unknown field": ("Im Jahr {{ jahrgang }}.\n", 1, "gibt es nicht"),
    "an unknown part of a field": ("\nMit {{ haushalt.gesamt | euro }} Euro.\n", 2, "gibt es nicht"),
    "an unknown notation": ("Mit {{ haushalt.verwaltungskosten | dollar }} Euro.\n", 1, "dollar"),
    "no notation where one is needed": ("Mit {{ haushalt.verwaltungskosten }} Euro.\n", 1, "ohne Schreibweise"),
    "the notation of another type": ("Im Jahr {{ jahr | euro }}.\n", 1, "euro"),
    "a target written as a name": ("Wenn {{ ziele.integrationsquote.gesamt | genitiv }} gilt.\n", 1, "genitiv"),
    "a notation with an unknown choice": ('Wenn sie {{ ziele.integrationsquote.gesamt | zielwert("monat") }}.\n', 1, "zielwert"),
    "a notation whose choice is a field": ("Wenn sie {{ ziele.integrationsquote.gesamt | zielwert(jahr) }}.\n", 1, "keine festen Angaben"),
    "a notation with a named choice": (
        'Wenn sie {{ ziele.integrationsquote.gesamt | zielwert(art="jahr") }}.\n',
        1,
        "keine festen Angaben",
    ),
    "two free texts with only white space between": ("# 1. {{ ministerien[1].name }} {{ ministerien[1].kurz }}\n", 1, "kein fester Text"),
    "two free texts with nothing between": ("Das {{ ministerien[1].name }}{{ ministerien[1].kurz }}.\n", 1, "kein fester Text"),
    "a field that touches a letter": ("Das {{ ministerien[1].kurz }}s Haus.\n", 1, "stößt an"),
    "free paragraphs after one another": (LAGE + "{{ ministerien[1].name }}\n", 5, "folgen ohne festen Text"),
    "free paragraphs after one another in two loops": (
        LAGE + "{% for a in ziele.individuell[4].ziel %}\n{{ a }}\n\n{% endfor %}\n",
        6,
        "folgen ohne festen Text",
    ),
    "free paragraphs whose fixed neighbour can be left out": (
        LAGE
        + "{% if haushalt.gesamtbudget_mio %}\nMit {{ haushalt.gesamtbudget_mio | mio }} Mio. Euro.\n\n{% endif %}\n"
        + "{{ ministerien[1].name }}\n",
        9,
        "folgen ohne festen Text",
    ),
    "a free paragraph at a loop's end before the next turn's": (
        GOAL
        + "### {{ nummer }}. Ziel\n\n{% for a in ziel.ziel %}\n{{ a }}\n\n{% endfor %}\n"
        + "{% for a in ziel.erreicht_wenn %}\n{{ a }}\n\n{% endfor %}\n{% endfor %}\n",
        9,
        "folgen ohne festen Text",
    ),
    "else": ("{% if haushalt.gesamtbudget_mio %}\nA {{ haushalt.gesamtbudget_mio | mio }}.\n\n{% else %}\nB.\n\n{% endif %}\n", 1, "else"),
    "elif": ("{% if jahr %}\nA {{ jahr }}.\n\n{% elif jahr %}\nB.\n\n{% endif %}\n", 1, "elif"),
    "set": ("A.\n\n{% set x = 1 %}\nB.\n", 3, "nicht umkehrbar"),
    "include": ("A.\n\n{% include 'andere.j2' %}\n", 3, "nicht umkehrbar"),
    "extends": ("{% extends 'andere.j2' %}\nA.\n", 1, "nicht umkehrbar"),
    "macro": ("{% macro m() %}A.{% endmacro %}\nB.\n", 1, "nicht umkehrbar"),
    "call": ("A {{ jahr() }}.\n", 1, "umkehren"),
    "arithmetic on a value": ("A {{ haushalt.verwaltungskosten + 1 }}.\n", 1, "nur mit dem Jahr"),
    "multiplied years": ("A {{ jahr * 2 }}.\n", 1, "umkehren"),
    "a text in braces": ("A {{ 'b' }}.\n", 1, "umkehren"),
    "an inline condition": ("A {{ jahr if jahr else 1 }}.\n", 1, "umkehren"),
    "a comparison as condition": ("{% if jahr == 2024 %}\nA {{ jahr }}.\n\n{% endif %}\n", 1, "umkehren"),
    "a statement inside a line": ("A {% if jahr %}{{ jahr }}{% endif %}.\n", 1, "mitten in einer Zeile"),
    "a statement inside a paragraph": ("A\n{% if jahr %}\n{{ jahr }}.\n{% endif %}\n", 2, "mitten in einem Absatz"),
    "a statement on the title page": ("::: titelseite\n{% if jahr %}\n{{ jahr }}\n{% endif %}\n:::\n", 2, "keine Anweisungen"),
    "an unclosed title page": ("A.\n\n::: titelseite\nA {{ jahr }}\n", 3, "nicht geschlossen"),
    "an unknown container": ("::: anhang\nA\n:::\n", 1, "nicht möglich"),
    "a close that opens nothing": ("A.\n\n:::\n", 3, "nicht möglich"),
    "columns outside the signatures": ("A.\n\n+++\n", 3, "nicht möglich"),
    "a loop over what is no list": ("{% for a in jahr %}\n{{ a }}\n\n{% endfor %}\n", 1, "keine Liste"),
    "a numbered loop over a list": ("{% for n, a in rahmenbedingungen.items() %}\n{{ n }}. A\n\n{% endfor %}\n", 1, "nummerierten"),
    "a loop with another condition": (
        "{% for nummer, ziel in ziele.individuell.items() if nummer < 6 %}\n{{ nummer }}. A\n\n{% endfor %}\n",
        1,
        "nicht umkehrbar",
    ),
    "a loop with else": (
        "{% for a in rahmenbedingungen.regionale_lage %}\n{{ a }}\n\n{% else %}\nB.\n\n{% endfor %}\n",
        1,
        "nicht umkehrbar",
    ),
    "a numbered loop without its number": (GOAL + "### Ziel {{ ziel.titel }}\n\n{% endfor %}\n", 2, "beginnt nicht mit der Nummer"),
    "a condition on what it does not print": ("{% if haushalt.gesamtbudget_mio %}\nA.\n\n{% endif %}\n", 2, "druckt"),
    "two places of one address": ("# I. Anfang\n\nA.\n\n# I. Anfang\n\nB.\n", 5, "zweimal"),
    "a target without a sentence": ('{{ ziele.integrationsquote.gesamt | zielwert("jahr") }}\n', 1, "ohne Satz"),
    "what Jinja cannot read": ("A {{ jahr }.\n", 1, "Der Wortlaut ist so nicht zu lesen. In einer Klammer steht „}“"),
}


@pytest.mark.parametrize("text,zeile,words", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_back_is_refused_with_file_line_and_remedy(tmp_path: Path, text: str, zeile: int, words: str) -> None:
    with pytest.raises(WordingError) as refused:
        load(tmp_path, text)
    assert words in refused.value.message
    assert (refused.value.datei, refused.value.zeile) == (tmp_path / "2024.j2", zeile)
    assert refused.value.abhilfe


def test_fields_of_a_closed_form_may_touch(tmp_path: Path) -> None:
    assert (
        load(tmp_path, "Stand {{ jahr }} {{ haushalt.verwaltungskosten | euro }} Euro.\n").units[0].slots[1].path
        == "haushalt.verwaltungskosten"
    )


def test_every_unit_has_its_address() -> None:
    places = [unit.stelle for unit in wording().units]
    assert len(set(places)) == len(places)
    assert {"titelseite", "eingang", "I", "I.1", "III.§1.1", "III.§2", "III.§2.1", "III.§2.Nr2", "III.§2.Nr2.2", "III.§3.6"} <= set(places)


def test_a_line_break_in_a_paragraph_is_a_blank(tmp_path: Path) -> None:
    assert load(tmp_path, "Das Ziel\nist gut.\n").units[0].literal == ("Das", "Ziel", "ist", "gut", ".")


# ---------------------------------------------------------------- the same words as Jinja's own


class Filters:
    """Our notations as filters of a real Jinja environment, for the record of Emsland."""

    def __init__(self) -> None:
        self.record = emsland()
        self.data = plain(self.record)

    def environment(self) -> SandboxedEnvironment:
        environment = SandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.filters.update({name: self.name(name) for name in CASES})
        environment.filters["satzanfang"] = lambda text: text[0].upper() + text[1:]
        environment.filters["euro"] = environment.filters["mio"] = write_number
        environment.filters["datum"] = lambda value: f" {self.record.jahr}" if value is None else Datum().write(value, self.context())
        environment.filters["stelle"] = lambda value, _: value
        environment.filters["zielwert"] = self.target
        return environment

    def context(self, bezug: int | None = None) -> Context:
        return Context(self.record.jahr, REGISTER, bezug)

    def name(self, case: str) -> Any:
        return lambda value: Name(case).write(value, self.context())

    def target(self, value: Any, mode: str) -> str:
        """A target; of the women's the verb stands with the men's."""
        target = Zielwert.model_validate(value)
        quota = self.record.ziele.integrationsquote
        following = quota.maenner if target == quota.frauen and isinstance(quota.maenner, Zielwert) else None
        return Zielsatz(mode).write_before(target, self.context(2023 if mode == "ohne" else None), following)


def test_jinja_itself_fills_the_wording_with_the_same_words() -> None:
    filters = Filters()
    filled = filters.environment().from_string((ROOT / "templates" / "ni" / "2024.j2").read_text(encoding="utf-8")).render(filters.data)
    unmarked = re.sub(r"^(?::::.*|\+\+\+|#+ |- )", "", filled, flags=re.MULTILINE)
    assert unmarked.split() == " ".join(block.text for block in document().blocks).split()


# ---------------------------------------------------------------- slips


def test_every_slip_stands_in_the_wording_and_says_why() -> None:
    slips = load_slips(wording())
    assert len(slips) >= 10
    assert all(slip.grund and slip.quelle for slip in slips)


def test_a_slip_that_the_wording_does_not_have_is_refused(tmp_path: Path) -> None:
    loaded = load(tmp_path, "# I. Anfang\n\nA b c.\n")
    entry = "maengel:\n  - worte: {}\n    stelle: I.1\n    grund: G\n    quelle: Q\n"
    (tmp_path / "2024.maengel.yaml").write_text(entry.format("b c"), encoding="utf-8")
    assert load_slips(loaded)[0].worte == "b c"
    (tmp_path / "2024.maengel.yaml").write_text(entry.format("b d"), encoding="utf-8")
    with pytest.raises(WordingError, match=r"„b d“ steht nicht an „I\.1“"):
        load_slips(loaded)
