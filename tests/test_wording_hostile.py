"""Wordings that nobody would write on purpose: each is understood as it stands there, or refused in one sentence with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import zv
from round_trip import ROOT

from agreements.errors import WordingError
from agreements.wording.wording import load_wording, parse_wording

GOALS = """## § 2 Ziele

{% for nummer, ziel in ziele.individuell.items() if nummer >= 4 %}
### {{ nummer }}. {{ ziel.titel }}

{% endfor %}
"""


def addresses(source: str) -> list[str]:
    return [unit.stelle for unit in parse_wording(source, Path("2024.j2"), "ni/2024").units]


def refused(source: str) -> WordingError:
    with pytest.raises(WordingError) as caught:
        parse_wording(source, Path("2024.j2"), "ni/2024")
    assert len(str(caught.value)) < 600 and "2024.j2" in str(caught.value) and caught.value.abhilfe
    return caught.value


@pytest.mark.parametrize("blank", ["", " ", "    ", "\N{NO-BREAK SPACE}"])
def test_blanks_before_a_line_are_not_of_its_text(blank: str) -> None:
    assert addresses(f"{GOALS}{blank}(2) Es gilt die Verordnung.\n")[-1] == ".§2.2"


def test_what_stands_behind_all_goals_is_not_counted_below_the_last() -> None:
    assert addresses(f"{GOALS}Es gilt die Verordnung.\n") == [".§2", ".§2.Nr{nummer}", "§2.1"]
    assert addresses(f"## § 1 Ziele\n\n(1) Vorab.\n\n{GOALS.partition('Ziele')[2]}Danach.\n")[-1] == "§1.1.1"


def test_braces_in_a_heading_are_no_number_of_a_goal() -> None:
    assert all("{" not in each for each in addresses("# {x}. Ziele\n\nText.\n\n## { Mittel\n\n(1) Text.\n"))


@pytest.mark.parametrize("field", ["(" * 900 + "jahr" + ")" * 900, "not " * 3000 + "jahr", "9" * 5000, "-" * 3000 + "1", "[" * 3000])
def test_a_bracket_that_is_nested_or_long_beyond_sense_is_refused(field: str) -> None:
    assert refused(f"Text {{{{ {field} }}}} Text.\n").message.endswith(".")


def test_statements_in_each_other_are_refused_where_nobody_could_read_them_any_more() -> None:
    assert "verschachtelt" in refused("{% if haushalt.verwaltungskosten %}\n" * 60 + "Text\n" + "{% endif %}\n" * 60).message
    deep = "{% if haushalt.verwaltungskosten %}\n" * 3 + "- {{ haushalt.verwaltungskosten | euro }} Euro\n\n" + "{% endif %}\n" * 3
    assert parse_wording(deep, Path("2024.j2"), "ni/2024").units


@pytest.mark.parametrize("mark", ["# ", "## ", "### ", "- "])
def test_a_sign_without_a_text_is_refused(mark: str) -> None:
    assert refused(f"Vorher.\n\n{mark}\n\nNachher.\n").zeile == 3


@pytest.mark.parametrize("years", ["51", "99999"])
def test_a_year_far_away_is_not_reckoned(years: str) -> None:
    assert "nur mit dem Jahr" in refused(f"Im Jahr {{{{ jahr + {years} }}}}.\n").message
    assert parse_wording("Im Jahr {{ jahr + 1 }} und {{ jahr - 2 }}.\n", Path("2024.j2"), "ni/2024").units


def test_a_wording_in_another_coding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "2024.j2"
    path.write_bytes("# I. Ziele\n\nFür alle.\n".encode("cp1252"))
    with pytest.raises(WordingError, match=r"2024\.j2:3: Die Datei ist nicht als UTF-8 gespeichert"):
        load_wording(path, "ni/2024")


def test_a_long_quotation_is_cut_off_in_what_is_told() -> None:
    assert "…“" in refused(f"Text {{{{ {'x' * 5000} }}}}.\n").message


def test_a_command_says_it_of_the_folders_wording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "templates/ni").mkdir(parents=True)
    (tmp_path / "templates/ni/2024.j2").write_bytes("# I. Grundsätze\n".encode("cp1252"))
    ended = zv(capsys, "drucke", ROOT / "agreements/2024/lk-emsland.yaml", "--format", "text", "--ordner", tmp_path)
    assert (ended.code, ended.out) == (1, "") and "2024.j2:1: " in ended.err and len(ended.err.splitlines()) == 1
