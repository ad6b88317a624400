"""The server killed amid decisions: record and journal have each decision or neither, and the next start goes on."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from sampling import shares
from workbench import COSTS, PATIENCE, WHERE, Workbench, folder_with_points, workbench

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.store.journal import history, last_step
from agreements.store.store import Gespeichert

LINUX = pytest.mark.skipif(sys.platform == "win32", reason="dort gibt es kein SIGKILL")
KILLS = shares(3, 300, 8)
"""Moments at which it is killed; in each share there are as many points to decide."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which some points are open."""
    return folder_with_points(tmp_path_factory.mktemp("vorher") / "ordner", more=3)


def stored(folder: Path) -> Gespeichert[Vereinbarung]:
    return open_library(folder).store.load((2024, "lk-emsland"))


def left(folder: Path) -> dict[str, str]:
    """The points that are still open by their names, each with how this test decides it."""
    akte = stored(folder).record.akte
    done = {each.kennung for each in akte.entschieden}
    return {each.kennung: "lesefehler" if each.abweichung else "bestaetigt" for each in akte.offen if each.kennung not in done}


def send(bench: Workbench, name: str, wie: str, wait: float) -> None:
    """A decision sent; the server is killed so many seconds after."""
    satz = stored(bench.folder).sha256
    form = f"satz={satz}&wie={wie}&reihe=&nach=dokument"
    connection = http.client.HTTPConnection("127.0.0.1", bench.port, timeout=PATIENCE)
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/{bench.token}/entscheide/{WHERE}/{name}", form.encode(), head)
    time.sleep(wait)
    os.kill(bench.process.pid, signal.SIGKILL)
    with suppress(OSError, http.client.HTTPException):
        connection.getresponse().read()
    connection.close()
    bench.process.wait(PATIENCE)


def how_long(folder: Path) -> float:
    """Seconds that a decision takes here, now."""
    name, wie = next(iter(left(folder).items()))
    with workbench(folder) as bench:
        bench.get(f"/nachsehen/{WHERE}")
        start = time.monotonic()
        bench.post(f"/entscheide/{WHERE}/{name}", {"satz": stored(folder).sha256, "wie": wie, "reihe": "", "nach": "dokument"})
        return time.monotonic() - start


def require_whole(bench: Workbench, name: str, before: dict[str, str]) -> bool:
    """Whether a point was decided before the server was killed; record, journal and page say the same of it, and nothing else changed."""
    now, journal, after = stored(bench.folder), history(stored(bench.folder)), left(bench.folder)
    decided, last = name not in after, last_step(journal)
    assert journal.pending is None
    assert set(before) - set(after) == ({name} if decided else set())
    assert not decided or (last is not None and last.nachher == now.sha256)
    assert ("0 offen" in bench.get(f"/nachsehen/{WHERE}").text) == (not after)
    return decided


@LINUX
@pytest.mark.parametrize("seeds", KILLS, ids=str)
def test_a_decision_is_made_as_a_whole_or_not_at_all_whenever_the_server_is_killed(seeds: range, before: Path, tmp_path: Path) -> None:
    longest = how_long(Path(shutil.copytree(before, tmp_path / "ganz")))
    folder, made = Path(shutil.copytree(before, tmp_path / "ordner")), 0
    asked: tuple[str, dict[str, str]] | None = None
    for seed in (*seeds, None):
        with workbench(folder, state=tmp_path / "state") as bench:  # the next start
            if asked:
                made += require_whole(bench, *asked)
            if seed is None or not left(folder):
                break
            name = random.Random(seed).choice(sorted(left(folder)))
            asked = name, left(folder)
            bench.get(f"/nachsehen/{WHERE}")
            send(bench, name, left(folder)[name], random.Random(seed).uniform(0, longest))
    assert not list(folder.rglob("*.tmp")), made


def test_the_value_of_a_killed_decision_is_never_another_one(before: Path, tmp_path: Path) -> None:
    """What the record says is what stood there, or what was decided."""
    folder = Path(shutil.copytree(before, tmp_path / "ordner"))
    point = next(each for each in stored(folder).record.akte.offen if each.feld == COSTS)
    with workbench(folder) as bench:
        send(bench, point.kennung, "berichtigt&wert=13.155.774", 0.03)
    with workbench(folder):
        assert stored(folder).record.haushalt.verwaltungskosten in (13155724, 13155774)
