"""A record without a year's wording carries its own text: a field stands where an Angabe does, and what only looks like one stays text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from emsland import REGISTER
from hypothesis import given
from hypothesis import strategies as st

from agreements.errors import WordingError
from agreements.filling.fill import fill
from agreements.library.proof import paragraphs_of
from agreements.matching.record import match
from agreements.model.record import Textblock, Vereinbarung, Zielwert
from agreements.wording.own import escaped, own_wording

QUOTE, GOAL = "ziele.integrationsquote.gesamt", "ziele.individuell[4]"
SAID: dict[str, Any] = {
    "haushalt": {"verwaltungskosten": 5100000},
    "ziele": {
        "integrationsquote": {"gesamt": {"richtung": "steigt", "wert": Decimal("2.5"), "bezug": 2017}},
        "individuell": {4: {"titel": "Teilhabe", "schritte": ["Beraten", "Begleiten"]}},
    },
}


def record(*blocks: str | tuple[str, str], said: Mapping[str, Any] = SAID) -> Vereinbarung:
    """A record of 2018 with some blocks of text, each behind its kind where that is no plain paragraph."""
    pairs = (block if isinstance(block, tuple) else ("text", block) for block in blocks)
    text = [Textblock.model_validate({"art": art, "ebene": int(art == "unterschrift"), "text": words}) for art, words in pairs]
    return Vereinbarung.model_validate({"jahr": 2018, "traeger": "lk-leer", "wortlaut": None, "text": text, **said})


def printed(own: Vereinbarung) -> list[str]:
    return [block.text for block in fill(own_wording(own), own, REGISTER).blocks]


def read(own: Vereinbarung) -> Vereinbarung:
    """What its own text reads in its document."""
    wording = own_wording(own)
    return match(wording, paragraphs_of(fill(wording, own, REGISTER)), REGISTER).record


WHOLE = f'Erreicht, wenn die Quote {{{{ {QUOTE} | zielwert("jahr") }}}}.'
FIGURE = f'Die Quote soll gegenüber 2017 um {{{{ {QUOTE} | zahl("steigt", 2017) }}}} v. H. wachsen.'
WORDS = f'Die Quote soll {{{{ {QUOTE} | worte("auf dem Niveau des Vorjahres bleiben", "gleich", 2017) }}}}.'
LIST = ("punkt", f"{{{{ {GOAL}.schritte }}}}")
ENTRIES = (f"1. {{{{ {GOAL}.schritte[1] }}}}", f"2. {{{{ {GOAL}.schritte[2] }}}} Das ist vereinbart.")


def test_a_field_prints_its_value_and_reads_it_back() -> None:
    own = record("Im Jahr {{ jahr }}.", WHOLE, FIGURE, ("ueberschrift", f"4. {{{{ {GOAL}.titel }}}}"), "Zu tun ist:", LIST,
                 "Verwaltung: {{ haushalt.verwaltungskosten | euro }},- Euro.")  # fmt: skip
    assert printed(own) == [
        "Im Jahr 2018.",
        "Erreicht, wenn die Quote um 2,5 % im Vergleich zum Jahr 2017 steigt.",
        "Die Quote soll gegenüber 2017 um 2,5 v. H. wachsen.",
        "4. Teilhabe",
        "Zu tun ist:",
        "Beraten",
        "Begleiten",
        "Verwaltung: 5.100.000,- Euro.",
    ]
    assert read(own) == own


def test_each_entry_of_a_list_may_stand_in_words_of_its_own() -> None:
    own = record(*ENTRIES, said={"ziele": {"individuell": {4: {"schritte": ["Beraten", "Begleiten"]}}}})
    assert printed(own) == ["1. Beraten", "2. Begleiten Das ist vereinbart."]
    assert read(own) == own


def test_a_target_that_no_figure_says_stands_in_words() -> None:
    own = record(WORDS, said={"ziele": {"integrationsquote": {"gesamt": Zielwert(richtung="gleich", bezug=2017)}}})
    assert printed(own) == ["Die Quote soll auf dem Niveau des Vorjahres bleiben."]
    assert read(own) == own


@pytest.mark.parametrize(
    "change", [{"richtung": "sinkt"}, {"schranke": "mindestens"}, {"einheit": "prozentpunkte"}, {"bezug": 2016}], ids=str
)
def test_what_the_sentence_itself_says_is_changed_there_alone(change: dict[str, Any]) -> None:
    value = {"richtung": "steigt", "wert": Decimal("7.5"), "bezug": 2017}
    assert printed(record(FIGURE, said={"ziele": {"integrationsquote": {"gesamt": value}}}))[0].endswith("um 7,5 v. H. wachsen.")
    other = record(FIGURE, said={"ziele": {"integrationsquote": {"gesamt": value | change}}})
    with pytest.raises(WordingError, match=r"Baustein 1 unter text.*um … v\. H\. wachsen") as refused:
        printed(other)
    assert "Den Satz umschreiben" in str(refused.value)


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        (["Im Jahr {{ jahr }}, {{ haushalt.verwaltungkosten | euro }}."], "Ein Feld „haushalt.verwaltungkosten“ gibt es nicht"),
        (["{{ jahr }}{% if jahr %}x"], "sind hier nicht möglich"),
        (["{{ jahr }} {# weg #}"], "sind hier nicht möglich"),
        (["{{ jahr }} {{"], "nicht zu lesen"),
        (["{{ jahr }} {{ " + 5000 * "("], "zu viele Klammern"),
        (["{{ jahr }} {{ " + 5000 * "(" + "jahr" + 5000 * ")" + " }}"], "zu viele Klammern"),
        (["{{ jahr }} {{ jahr + " + 5000 * "9" + " }}"], "zu lange Zahl"),
        ([f'{{{{ {QUOTE} | zahl("steigt", "sinkt") }}}} %'], "kann nicht als „zahl“"),
        (['{{ unterschriften.land[1].name | stelle("land") }}'], "kann nicht als „stelle“"),
        (["{{ unterschriften.traeger[1].stelle | funktion }}"], "kann nicht als „funktion“"),
        (["{{ unterschriften.traeger[1].stelle | person }}"], "kann nicht als „person“"),
        ([f"Zu tun ist {{{{ {GOAL}.schritte }}}}."], "nur ein einzelner Eintrag"),
        ([ENTRIES[0]], "hat 2 Einträge"),
        ([f"{{{{ {GOAL}.titel }}}}", "{{ ministerien[1].name }}"], "folgen ohne festen Text aufeinander"),
        (["im {{ jahr }}er Jahr"], "stößt an einen Buchstaben"),
    ],
)
def test_what_could_not_be_read_back_is_refused_with_its_block(blocks: list[str], why: str) -> None:
    with pytest.raises(WordingError, match=why) as refused:
        own_wording(record("Im Jahr {{ jahr }}:", *blocks))
    assert str(refused.value).startswith(f"text:{1 + len(blocks)}: ")


SIGNS = st.text(st.sampled_from("{}%#'\"|ajhr .-"), min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(SIGNS, min_size=1, max_size=3))
def test_whatever_a_document_says_stays_text_once_it_is_escaped(texts: list[str]) -> None:
    own = record("Im Jahr {{ jahr }}.", *(f"({escaped(text)})" for text in texts))
    assert printed(own)[1:] == [f"({text})" for text in texts]
    before = record(f"{escaped(texts[0], before_field=True)}{{{{ jahr }}}}", said={}) if not texts[0][-1].isalnum() else own
    assert printed(before)[0] == (f"{texts[0]}2018" if before is not own else "Im Jahr 2018.")


@pytest.mark.parametrize("text", ["Sehr geehrte {{ Anrede }},", "{% if x %}", "{# Notiz #}", "{{ }}", "{{ 7 * 7 }}", "100 {{% mehr"])
def test_text_of_records_that_knew_no_fields_stands_as_it_is(text: str) -> None:
    assert printed(record(text, "Ein Satz.")) == [text, "Ein Satz."]
