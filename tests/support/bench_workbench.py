"""What the workbench costs for 16 Träger over 12 years, beside the commands' own work. Not a test.

The list of a year, the next point with its picture, a decision: medians of what the server takes, as ratios to what the functions behind
the commands take in a process of their own, in the same run; and the memory of the server over a thousand decisions.
"""

from __future__ import annotations

import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table
from round_trip import LIBRARY, ROOT, emsland
from varied import varied
from workbench import COSTS, WHERE, Workbench, folder_with_points, workbench

from agreements.deciding.decisions import Decision
from agreements.deciding.points import points
from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.store.journal import undo
from agreements.store.store import Gespeichert, dump_record
from zv.deciding import decide_points

YEARS = range(2013, 2025)
ROUNDS, DECISIONS = 15, 1000


class Goal(NamedTuple):
    """What a request is to take at most, in milliseconds, on two processors that have nothing else to do."""

    name: str
    most: int


LIST, POINT, DECISION = Goal("list of a year", 200), Goal("next point with its picture", 100), Goal("decision", 50)


def years(folder: Path) -> Path:
    """A folder with 16 agreements of each year; one of the last was read and has open points."""
    folder_with_points(folder, more=20)
    rahmen = (ROOT / "agreements/2024/rahmen.yaml").read_text(encoding="utf-8")
    for jahr in YEARS:
        place = folder / f"agreements/{jahr}"
        place.mkdir(exist_ok=True)
        (place / "rahmen.yaml").write_text(rahmen.replace("jahr: 2024", f"jahr: {jahr}", 1), encoding="utf-8")
        for seed in range(60):
            record = LIBRARY.own(varied(seed, emsland())).model_copy(update={"jahr": jahr})
            path = place / f"{record.traeger}.yaml"
            if not path.exists():
                path.write_text(dump_record(record), encoding="utf-8")
    return folder


def median(case: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds of the middle round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        case()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def decide_once(bench: Workbench) -> None:
    """A decision and its being taken back, so that as much is open as before."""
    page = bench.get(f"/nachsehen/{WHERE}").text
    ziel, satz = re.findall(r'action="/[^/]+(/entscheide/[^"]+)"', page)[0], re.findall(r'name="satz" value="(\w+)"', page)[0]
    assert bench.post(ziel, {"satz": satz, "wie": "bestaetigt", "reihe": "", "nach": "dokument"}).status == 303


def memory(bench: Workbench) -> float:
    """MiB that the server holds; 0 where the system does not tell."""
    status = Path(f"/proc/{bench.process.pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.is_file() else None
    return int(found[1]) / 1024 if found else 0.0


def own_work(folder: Path) -> dict[str, float]:
    """What the functions behind the commands take: all points of a year, those of one record, one decision."""
    library = open_library(folder)
    several = library.store.of_year(2024)

    def load() -> Gespeichert[Vereinbarung]:
        return library.store.load((2024, "lk-emsland"))

    def decide() -> None:
        stored = load()
        known = points(library, stored)
        decide_points(library, stored, [next(each for each in known if each.punkt.feld == COSTS)], Decision("bestaetigt"))
        undo(library.store, load())

    return {
        LIST.name: median(lambda: [points(library, library.store.load(path)) for path in several], 3),
        POINT.name: median(lambda: points(library, load())),
        DECISION.name: median(decide, 5),
    }


def requests(bench: Workbench) -> dict[str, float]:
    """What the server takes once the year has been looked at."""
    bench.get("/jahr/2024")

    def point() -> None:
        bench.get(f"/nachsehen/{WHERE}")
        bench.get(f"/seite/{WHERE}/2-0.jpg")

    def decision() -> None:
        page = bench.get(f"/nachsehen/{WHERE}").text
        satz = re.findall(r'name="satz" value="(\w+)"', page)[0]
        ziel = re.findall(r'action="/[^/]+(/entscheide/[^"]+)"', page)[0]
        start = time.perf_counter()
        bench.post(ziel, {"satz": satz, "wie": "bestaetigt", "reihe": "", "nach": "dokument"})
        taken.append(1000 * (time.perf_counter() - start))
        bench.post(f"/zurueck/{WHERE}", {"reihe": ""})

    taken: list[float] = []
    found = {LIST.name: median(lambda: bench.get("/jahr/2024")), POINT.name: median(point)}
    for _ in range(5):
        decision()
    return found | {DECISION.name: statistics.median(taken)}


def main() -> int:
    """Prints the table, then how much memory decisions cost."""
    console, decisions = Console(), int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    with tempfile.TemporaryDirectory() as temporary:
        folder = years(Path(temporary) / "ordner")
        own = own_work(Path(shutil.copytree(folder, Path(temporary) / "eigene")))
        start = time.perf_counter()
        with workbench(folder) as bench:
            bench.get("/")
            opened = time.perf_counter() - start
            first = median(lambda: bench.get("/jahr/2024"), 1)
            asked, before = requests(bench), memory(bench)
            for number in range(decisions):
                decide_once(bench)
                if number % 2:
                    bench.post(f"/zurueck/{WHERE}", {"reihe": ""})
                    bench.post(f"/zurueck/{WHERE}", {"reihe": ""})
            after = memory(bench)
    table = Table("request", "server, ms", "the functions alone, ms", "ratio", "goal, ms", title="16 Träger, 12 years")
    for goal in (LIST, POINT, DECISION):
        there, alone = asked[goal.name], own[goal.name]
        table.add_row(goal.name, f"{there:.0f}", f"{alone:.0f}", f"{there / alone:.2f}", str(goal.most))
    console.print(table)
    console.print(f"start to the first page: {opened:.1f} s; the first list of a year: {first / own[LIST.name]:.2f} of the functions alone")
    console.print(f"memory: {before:.0f} MiB, after {decisions} decisions {after:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
