"""What keeps several agreements from being made is told once, with its own file and line and all whom it concerns."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import ROOT, zv
from test_bad_input import ENGLISH
from year import KEYS, year

from agreements.errors import ZvError
from zv.failures import told

Capture = pytest.CaptureFixture[str]


def test_reasons_of_their_own_stay_apart() -> None:
    failures = [("lk-leer", ZvError("Eins.")), ("lk-peine", ZvError("Zwei.")), ("lk-aurich", ZvError("Eins."))]
    assert list(told(failures)) == ["Eins. Betrifft lk-leer, lk-aurich.", "Zwei."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{{ haushalt.gesamtbudget_mio", "{{ hausalt.gesamtbudget_mio", "Ein Feld „hausalt.gesamtbudget_mio“ gibt es nicht."),
        ("{{ jahr }}", "{{ jahr }", "Der Wortlaut ist so nicht zu lesen."),
    ],
)
@pytest.mark.parametrize("words", [("drucke", "2024", "--alle"), ("setze-stand", "2024", "--alle", "versandt"), ("paket", "2024")])
def test_a_slip_in_the_wording_is_told_once_with_its_own_line(
    words: tuple[str, ...], old: str, new: str, said: str, tmp_path: Path, capsys: Capture
) -> None:
    folder = year(tmp_path, 2)
    path = folder / "templates/ni/2024.j2"
    path.parent.mkdir(parents=True)
    text = (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    ended = zv(capsys, *words, "--ordner", folder)
    shown = ended.out + ended.err
    assert ended.code == 1 and shown.count(said) == 1
    assert f"{path}:{line}: " in shown and f"Betrifft {KEYS[0]}, {KEYS[1]}." in shown
    assert not ENGLISH.search(shown.replace(str(tmp_path), ""))
    assert not (folder / "out/paket").exists()
