"""A document in no known wording: where its Angaben stand in its text, and that nothing of the text is lost or taken for a field."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from invented_agreement import BODY, FRONT, LAND, LEER, SCANNED, Read, reader_of_lines, replaced
from own_texts import older, read_values
from round_trip import LIBRARY
from sampling import seeds

from agreements.library.library import Library
from agreements.model.record import Textblock, Vereinbarung
from agreements.wording.own import own_wording
from extract.by_grammar.own_text import with_fields

read = pytest.fixture(scope="module")(reader_of_lines)


@pytest.fixture(scope="module")
def library() -> Library:
    return LIBRARY


def text(record: Vereinbarung) -> list[str]:
    return [block.text for block in record.text]


def printed(record: Vereinbarung) -> list[str]:
    return [" ".join(block.text.split()) for block in LIBRARY.filled(record).blocks]


@pytest.mark.parametrize("above", [("Landrat", "Max Probe"), ("Max Probe", "Landrat")])
def test_name_and_function_are_tied_whichever_stands_above(read: Read, above: tuple[str, str]) -> None:
    record, _, _ = read(columns=(LAND, (LEER[0], *above, LEER[3])))
    lines = {"Landrat": "{{ unterschriften.traeger[1].funktion | funktion }}", "Max Probe": "{{ unterschriften.traeger[1].name | person }}"}
    assert text(record)[-3:-1] == [lines[line] for line in above]
    assert printed(record)[-3:-1] == list(above)


GOAL = "4. Beratung vor Ort"
STEPS = ("Sprechstunden in allen Gemeinden", "Ein Bus fährt durch den Kreis")


def with_goal(*lines: str) -> list[str]:
    at = BODY.index("§ 4 Zielnachhaltung")
    return [*BODY[:at], GOAL, *lines, *BODY[at:]]


def test_fields_stand_where_the_document_says_its_angaben(read: Read) -> None:
    record, _, _ = read()
    assert text(record) == [
        "Vereinbarung",
        "im Jahr {{ jahr }}",
        "Vereinbarung",
        "zwischen dem",
        "Niedersächsischen {{ ministerien[1].name }}",
        "und dem",
        "{{ traeger | name }}",
        *BODY[:4],
        "Das Gesamtbudget von rd. {{ haushalt.gesamtbudget_mio | mio }} Mio. Euro verteilt sich mit "
        "{{ haushalt.eingliederungsleistungen | euro }} Euro auf Eingliederungsleistungen "
        "und mit {{ haushalt.verwaltungskosten | euro }} Euro auf Verwaltungskosten.",
        *BODY[5:9],
        "Das Ziel ist im Jahr 2018 erreicht, wenn die Integrationsquote um "
        '{{ ziele.integrationsquote.gesamt | zahl("steigt", 2017) }} % gegenüber dem Vorjahr steigt.',
        BODY[10],
        "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern um "
        '{{ ziele.langzeitleistungsbezug.gesamt | zahl("sinkt", 2017) }} % gegenüber dem Vorjahr sinkt.',
        *BODY[12:],
        "{{ unterschriften.land[1].ort }}, den {{ unterschriften.land[1].datum | datum }}",
        "{{ unterschriften.land[1].zusatz | zusatz }}",
        "({{ unterschriften.land[1].name }})",
        '{{ unterschriften.land[1].stelle | stelle("land") }}',
        "{{ unterschriften.traeger[1].ort }}, den {{ unterschriften.traeger[1].datum | datum }}",
        "({{ unterschriften.traeger[1].name }})",
        "{{ unterschriften.traeger[1].funktion | funktion }}",
        '{{ unterschriften.traeger[1].stelle | stelle("traeger") }}',
    ]
    assert printed(record) == [*FRONT, *BODY, *LAND, *LEER]


def test_a_phrase_that_the_notation_writes_letter_by_letter_is_a_field_as_a_whole(read: Read) -> None:
    said = "um nicht mehr als 2,5 % im Vergleich zum Jahr 2017 steigt"
    record, _, _ = read(body=replaced("um 2,5 % gegenüber dem Vorjahr steigt", said))
    assert any(
        block.endswith('wenn die Integrationsquote {{ ziele.integrationsquote.gesamt | zielwert("jahr") }}.') for block in text(record)
    )


def test_lines_over_which_a_name_runs_are_one(read: Read) -> None:
    front = [line for text in FRONT for line in ((text[:-11], text[-10:]) if text.endswith("und Wetter") else (text,))]
    record, _, _ = read(front=front, columns=(LAND, (*LEER[:-1], "Landkreis", "Leer")))
    assert "Niedersächsischen {{ ministerien[1].name }}" in text(record)
    assert LIBRARY.without_place(record) == ()
    assert said(printed(record)) == said([*FRONT, *BODY, *LAND, *LEER])


@pytest.mark.parametrize("said", ["gegenüber 2017 gleich bleibt", "auf dem Niveau des Vorjahres gehalten wird"])
def test_a_standstill_is_a_field_in_its_own_words(said: str, read: Read) -> None:
    record, _, _ = read(body=replaced("um 2,5 % gegenüber dem Vorjahr steigt", said))
    assert sum('gesamt | worte("' in block and '"gleich", 2017)' in block for block in text(record)) == 1
    assert any(f"wenn die Integrationsquote {said}." in block for block in printed(record))


def test_a_list_is_one_block_and_its_introducing_sentence_stays(read: Read) -> None:
    intro, reached = "Die Partner verständigen sich auf:", "Das Ziel ist erreicht, wenn beides umgesetzt ist."
    record, _, _ = read(body=with_goal("Es soll besser werden.", intro, *(f"- {step}" for step in STEPS), reached))
    at = text(record).index("4. {{ ziele.individuell[4].titel }}")
    assert text(record)[at + 1 : at + 4] == ["{{ ziele.individuell[4].ziel }}", intro, "- {{ ziele.individuell[4].schritte[1] }}"]
    assert [GOAL, "Es soll besser werden.", intro, *(f"- {step}" for step in STEPS), reached] == printed(record)[at : at + 6]


def test_an_introduction_in_the_goals_own_paragraph_stays_behind_it(read: Read) -> None:
    together = "Es soll besser werden. Die Partner verständigen sich auf:"
    record, _, _ = read(body=with_goal(together, *(f"- {step}" for step in STEPS)))
    assert "{{ ziele.individuell[4].ziel[1] }} Die Partner verständigen sich auf:" in text(record)
    assert together in printed(record)


def test_a_value_is_tied_at_each_place_and_one_that_says_otherwise_stays(read: Read) -> None:
    again = "auf Verwaltungskosten. Die Verwaltungskosten betragen 5.100.000,- Euro. Die Verwaltungskosten betragen 5.200.000 Euro."
    record, _, befunde = read(body=replaced("auf Verwaltungskosten.", again))
    (block,) = (block for block in text(record) if "Verwaltungskosten" in block)
    assert block.count("{{ haushalt.verwaltungskosten | euro }}") == 2 and "betragen 5.200.000 Euro" in block
    assert [
        (befund.text, befund.erwartet) for befund in befunde if (befund.art, befund.feld) == ("widerspruch", "haushalt.verwaltungskosten")
    ] == [("5.200.000", "5.100.000")]


HOSTILE = (
    "{{ haushalt.verwaltungskosten | euro }}",
    "{% for x in akte %}{{ x }}{% endfor %}",
    "{# weg #} und {{{ mehr }}}",
    "{{ '{{' }} {{ jahr }} %} #} }}",
    '{{ ziele.integrationsquote.gesamt | zahl("steigt", 2017) }}',
)


@pytest.mark.parametrize("lesart", ["word", SCANNED])
def test_nothing_that_a_document_says_becomes_a_field(lesart: str, read: Read) -> None:
    places = ("Alle wollen das Beste.", "(1) Es wird gesprochen.", "Die Entwicklung wird beobachtet.")
    for sign in HOSTILE:
        body = [
            f"{line} {sign} {line}" if line in places else line
            for line in with_goal(f"Ziel ist {sign}.", "Es wird vereinbart:", f"- Mehr {sign}")
        ]
        body = [line.replace("2,5 % gegen", f"2,5 % {sign} gegen") for line in body]
        record, _, _ = read(body=body, lesart=lesart, front=[*FRONT, f"in {sign}"])
        assert said(printed(record)) == said([*FRONT, f"in {sign}", *body, *LAND, *LEER])
        fields = {slot.path for unit in own_wording(record).units for slot in unit.slots}
        assert "akte" not in "".join(fields) and sum(word == "{{ jahr }}" for word in text(record)) == 0


def test_text_that_looks_like_a_field_stays_text_where_nothing_else_is_a_field(library: Library) -> None:
    texts = ("Es gilt {{ jahr }}.", "{{ haushalt.verwaltungskosten | euro }}")
    blocks = tuple(Textblock(art="text", text=words) for words in texts)
    record = Vereinbarung(jahr=2018, traeger="lk-leer", wortlaut=None, text=blocks)
    tied = with_fields(record, (), (), library.register)
    assert printed(tied) == list(texts) and own_wording(tied).paths == set()


def said(lines: Iterable[str]) -> list[str]:
    """What lines say one after the other, as readers of scans part them."""
    return " ".join(lines).split()


def test_nearly_all_angaben_of_drawn_older_documents_have_a_place(tmp_path: Path) -> None:
    several = [older(LIBRARY, 2000 + seed, tmp_path) for seed in seeds(20, 300)]
    stated = sum(len(read_values(record)) for record in several)
    loose = sum(len(LIBRARY.without_place(record)) for record in several)
    assert loose <= 0.02 * stated
