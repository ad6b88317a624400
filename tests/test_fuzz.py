"""What is spoilt at random, by a seed: a part of `make fuzz` that is the same every time, and whatever it has found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import fuzzing
import fuzzing_trials
import pytest
from fuzzing_texts import CORPUS, call, record, table, wording
from fuzzing_trials import DRAWN, Workspace, Wrong, given_is_tried, judged, require_said, tried, workspace
from sampling import seeds

from agreements.errors import ZvError

SAMPLE = {"yaml": 150, "wording": 150, "csv": 120, "arguments": 150, "pdf": 1, "word": 2, "xlsx": 2}
WHOLE = {"yaml": 20_000, "wording": 20_000, "csv": 10_000, "arguments": 20_000, "pdf": 200, "word": 300, "xlsx": 300}
FOUND = [path for kind in ("yaml", "wording", "csv", "arguments") for path in sorted((CORPUS / kind).glob("*"))]


@pytest.fixture(scope="module")
def work() -> Iterator[Workspace]:
    with workspace() as made:
        yield made


@pytest.mark.parametrize("kind", DRAWN)
def test_what_is_spoilt_at_random_is_told_and_leaves_nothing_behind(kind: str, work: Workspace) -> None:
    for seed in seeds(SAMPLE[kind], WHOLE[kind]):
        try:
            tried(kind, seed, work)
        except Wrong as wrong:
            pytest.fail(f"{kind} {seed}: {wrong.kind}\n{wrong.at_length}")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_is_told(path: Path, work: Workspace) -> None:
    data = path.read_bytes()
    given_is_tried(path.parent.name, data.decode().splitlines() if path.parent.name == "arguments" else data, work)


def test_a_seed_gives_the_same_every_time() -> None:
    for draw in (record, wording, table, call):
        assert [draw(seed) for seed in range(20)] == [draw(seed) for seed in range(20)]
        assert len({str(draw(seed)) for seed in range(20)}) > 15


# ---------------------------------------------------------------- what is wrong is seen


def test_an_error_of_another_kind_is_wrong() -> None:
    def fails() -> None:
        raise KeyError("nummer")

    with pytest.raises(Wrong, match="KeyError"):
        judged(fails)


def test_what_the_project_refuses_is_not() -> None:
    def refuses() -> None:
        raise ZvError("Die Datei ist leer.", datei="x.pdf")

    judged(refuses)


def test_what_never_ends_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = [(clock, which, 0.2) for clock, which, _ in fuzzing_trials.CLOCKS]
    monkeypatch.setattr(fuzzing_trials, "CLOCKS", clocks)

    def hangs() -> None:
        while True:
            pass

    with pytest.raises(Wrong, match="länger als"):
        judged(hangs)


@pytest.mark.parametrize("text", ["", "x.pdf: list index out of range Error", "Die Datei „x“: 'NoneType' object", "a" * 2000])
def test_what_nobody_should_read_is_wrong(text: str) -> None:
    with pytest.raises(Wrong):
        require_said(text)
    require_said("Die Datei „the error“ ist leer. Sie neu anfordern.")


def test_a_file_left_behind_is_wrong_and_a_record_that_is_not_whole(work: Workspace) -> None:
    (work.temporary / "zv-rest").mkdir()
    with pytest.raises(Wrong, match="liegen geblieben"):
        work.require_whole()
    (work.folder / "agreements/2024/lk-emsland.yaml").write_text("jahr: 20", encoding="utf-8")
    with pytest.raises(Wrong, match="nicht mehr ganz"):
        work.require_whole()
    (work.folder / "agreements/2024/.lk-emsland.yaml.1234.tmp").touch()
    with pytest.raises(Wrong, match="halb geschrieben"):
        work.require_whole()
    work.require_whole()


def test_the_command_counts_what_it_tries(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["fuzzing.py", "--minutes", "0.002", "--only", "yaml", "--seed", "1", "--uncounted"]
    monkeypatch.setattr(sys, "argv", words)
    assert fuzzing.main() == 0
    said = capsys.readouterr().out
    assert "a minute" in said and "yaml" in said and "1,000,000" in said
