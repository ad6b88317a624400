"""By which names a command is called: German ones, those of before, with umlauts; and what is said to a word that is none."""

from __future__ import annotations

import click
import pytest
from command import zv

from zv.main import COMMANDS, OTHER_NAMES, cli

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("other", "name"), OTHER_NAMES.items())
def test_every_other_name_is_one_of_a_command_and_is_not_listed(other: str, name: str, capsys: Capture) -> None:
    assert zv(capsys, other, "--help").out == zv(capsys, name, "--help").out
    assert name in COMMANDS and other not in COMMANDS
    assert not any(line.split()[:1] == [other] for line in zv(capsys, "--help").out.splitlines())


@pytest.mark.parametrize("typed", ["prüfe", "Prüfe", "PRUEFE", "pru\u0308fe", "check"])
def test_a_command_may_be_typed_with_umlauts_and_capitals(typed: str, capsys: Capture) -> None:
    assert " pruefe [OPTIONEN]" in zv(capsys, typed, "--help").out.partition("\n")[0]


@pytest.mark.parametrize(("typed", "meant"), [("prüf", "pruefe"), ("rendr", "drucke"), ("Übersich", "uebersicht"), ("drucken", "drucke")])
def test_the_nearest_command_is_suggested_by_its_german_name(typed: str, meant: str, capsys: Capture) -> None:
    ended = zv(capsys, typed)
    assert ended.code == 2
    assert ended.err.startswith(f"Einen Befehl „{typed}“ gibt es nicht. Gemeint ist vielleicht „{meant}“.\n")


def test_a_word_like_no_command_gets_no_suggestion(capsys: Capture) -> None:
    assert zv(capsys, "xyz").err == "Einen Befehl „xyz“ gibt es nicht.\nHilfe: zv --help\n"


def test_the_command_within_a_group_is_suggested(capsys: Capture) -> None:
    assert "Gemeint ist vielleicht „lerne“." in zv(capsys, "wortlaut", "lrnen").err


def test_the_old_form_of_a_command_within_a_group_goes_on(capsys: Capture) -> None:
    assert zv(capsys, "wortlaut", "lernen", "--help") == zv(capsys, "wortlaut", "lerne", "--help")


def test_stand_is_answered_with_its_new_name_and_done(capsys: Capture) -> None:
    old, new = zv(capsys, "stand", "2024/lk-emsland"), zv(capsys, "gilt", "2024/lk-emsland")
    assert old.err == "„zv stand“ heißt jetzt „zv gilt“.\n"
    assert (old.code, old.out, new.err) == (0, new.out, "")


def test_each_module_of_a_command_is_called_as_the_command() -> None:
    context = click.Context(cli, info_name="zv")
    found = {name: cli.get_command(context, name) for name in COMMANDS}
    assert {name: command.name for name, command in found.items() if command} == {name: name for name in COMMANDS}
