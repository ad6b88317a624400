"""Measures what a whole year costs, from process start: all Träger by zv, by docxtpl with one call of LibreOffice, by Typst.

The unit is docxtpl with LibreOffice: 16 Word files filled in one process, and one call that makes 16 PDFs of them. Beside the
seconds by the clock stand those of the processors, which other work on the machine disturbs less.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench_tools import ZV, Goal, typst_source, values, word_template
from rich.console import Console
from rich.table import Table
from round_trip import LIBRARY, ROOT, emsland
from varied import varied
from year import year

from agreements.model.document import Document
from agreements.store.store import dump_record

UNIT = "docxtpl + LibreOffice, one call: 16 PDF"
TYPST = "Typst, one process: 16 PDF/A-3a"
PDFS, PROVEN, BOTH = "zv: 16 PDF/A-3a, PDF/UA-1", "zv: the same, each proven", "zv: 16 PDF and 16 Word, each proven"
ONE, NOTHING = "zv: one record changed", "zv: nothing changed"
GOALS = (Goal(PDFS, UNIT, 0.6), Goal(BOTH, UNIT, 1.1), Goal(ONE, UNIT, 0.3), Goal(NOTHING, UNIT, 0.05))
TYPST_PROCESS = """
import sys, typst
for name in sys.argv[1:]:
    typst.compile(name, output=name + '.pdf', format='pdf', pdf_standards=['a-3a'])
"""
PDF_PROCESS = """
import sys
from pathlib import Path
from agreements.library.library import open_library
from agreements.errors import ZvError
from render.pdf import prepare_pages, render_pdf
from zv.workers import each_done, processors
library = open_library(Path(sys.argv[1]))
library.wording('ni/2024')
prepare_pages()
def pdf(record):
    stored = library.store.load(record)
    document = library.document(library.effective(stored.record, record), proven=False)
    record.with_suffix('.pdf').write_bytes(render_pdf(document))
for _, answer in each_done(pdf, library.store.records(2024), processors()):
    if isinstance(answer, ZvError):
        raise answer
"""
"""zv's PDFs as the other tools make theirs: nobody reads them back."""
FILL_PROCESS = """
import json, sys
from pathlib import Path
from docxtpl import DocxTemplate
for name in sys.argv[1:]:
    word = DocxTemplate(name + '.template.docx')
    word.render(json.loads(Path(name + '.json').read_text(encoding='utf-8')), autoescape=True)
    word.save(name + '.docx')
"""
MANY = 416
"""As many agreements as 26 years have."""
MANY_PROCESS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from agreements.register import register
register.PACKAGED = Path(sys.argv.pop(1))
from zv.main import run
sys.exit(run(sys.argv[1:]))
"""
"""zv with another register, in which there are as many Träger."""


class Cost(NamedTuple):
    """What a call and all its processes cost."""

    wall: float
    processor: float
    memory: int
    """Most bytes that one process held; 0 where the system does not tell."""


def measured(*commands: list[str | Path]) -> Cost:
    """The cost of calls one after the other, each of which must end well, their output thrown away."""
    start, before = time.perf_counter(), os.times()
    peak = 0
    for words in commands:
        with subprocess.Popen(list(map(str, words)), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, list(map(str, words)))
        peak = max(peak, usage.ru_maxrss * 1024)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - start, spent, peak)


class Year:
    """The same 16 agreements, ready for each of the tools."""

    def __init__(self, folder: Path) -> None:
        self.folder = year(folder / "zv")
        self.stems = [self._prepared(document, folder) for document in self._documents()]
        self.profile = folder / "profile"

    def _documents(self) -> list[Document]:
        stored = [LIBRARY.store.load(path) for path in LIBRARY.store.__class__(self.folder, self.folder).records(2024)]
        return [LIBRARY.document(LIBRARY.effective(each.record)) for each in stored]

    def _prepared(self, document: Document, folder: Path) -> Path:
        stem = folder / document.traeger
        word_template(document, Path(f"{stem}.template.docx"))
        Path(f"{stem}.json").write_text(json.dumps({"values": values(document)}), encoding="utf-8")
        Path(f"{stem}.typ").write_text(typst_source(document), encoding="utf-8")
        return stem

    def office(self) -> Cost:
        """The usual way; the profile of LibreOffice is there already."""
        words: list[str | Path] = ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--convert-to", "pdf",
                                   "--outdir", self.folder, *(f"{stem}.docx" for stem in self.stems)]  # fmt: skip
        return measured([sys.executable, "-c", FILL_PROCESS, *self.stems], words)

    def typst(self) -> Cost:
        """Typst's own way to 16 files."""
        return measured([sys.executable, "-c", TYPST_PROCESS, *(f"{stem}.typ" for stem in self.stems)])

    def _zv(self, *words: str) -> Cost:
        return measured([ZV, "--ordner", self.folder, "render", "2024", "--alle", *words])

    def pdfs(self) -> Cost:
        """All PDFs, from their records."""
        return measured([sys.executable, "-c", PDF_PROCESS, self.folder])

    def proven(self) -> Cost:
        """All PDFs anew, as officials make them."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        return self._zv("--format", "pdf")

    def both(self) -> Cost:
        """All PDFs and Word files anew."""
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        return self._zv()

    def one(self) -> Cost:
        """One record changed since."""
        path = self.folder / f"agreements/2024/{self.stems[3].name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(gesamtbudget_mio: )(\d+)", lambda found: f"{found[1]}{int(found[2]) + 1}", text), encoding="utf-8")
        return self._zv()

    def nothing(self) -> Cost:
        """All as it was."""
        return self._zv()


def year_costs(folder: Path, rounds: int) -> dict[str, Cost]:
    """The median of each case; a round runs them all, so that a busy moment of the machine falls on all of them."""
    with_office = shutil.which("soffice") is not None
    all_ = Year(folder)
    cases: dict[str, Callable[[], Cost]] = {UNIT: all_.office} if with_office else {}
    cases |= {TYPST: all_.typst, PDFS: all_.pdfs, PROVEN: all_.proven, BOTH: all_.both, ONE: all_.one, NOTHING: all_.nothing}
    if with_office:
        all_.office()  # makes the profile
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            costs[name].append(case())
    return {name: Cost(*(statistics.median(part) for part in zip(*each, strict=True))) for name, each in costs.items()}


def report_year(costs: dict[str, Cost], console: Console) -> None:
    """Prints what a year costs, then each ratio beside its goal."""
    table = Table("case, one year, from process start", "by the clock, s", "of the processors, s", title="16 Träger, varied records")
    for name, cost in costs.items():
        table.add_row(name, f"{cost.wall:.2f}", f"{cost.processor:.2f}")
    console.print(table)
    for goal in GOALS if UNIT in costs else ():
        ratio = costs[goal.name].wall / costs[UNIT].wall
        verdict = "reached" if ratio <= goal.most else "MISSED"
        processor = costs[goal.name].processor / costs[UNIT].processor
        console.print(f"{goal.name} = {ratio:.2f} of the unit; goal {goal.most}: {verdict} (of the processors {processor:.2f})")
    console.print(f"{PDFS} = {costs[PDFS].wall / costs[TYPST].wall:.1f} times {TYPST}")


# ---------------------------------------------------------------- many


def invented(number: int) -> str:
    """What an invented Träger is called: no key ends in a number."""
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:03}")


def many(folder: Path, count: int) -> tuple[Path, Path]:
    """A folder with as many records of invented Träger, and the register that knows them."""
    lines = (ROOT / "agreements/register/register.csv").read_text(encoding="utf-8-sig").splitlines()
    known = next(line for line in lines if line.startswith("lk-emsland;"))
    rows = [known.replace("lk-emsland;03454", f"lk-{invented(number)};03{number + 500}").replace("Emsland", invented(number).capitalize())
            for number in range(count)]  # fmt: skip
    records = folder / "agreements" / "2024"
    records.mkdir(parents=True)
    register = folder / "register.csv"
    register.write_text("\n".join([*lines, *rows]) + "\n", encoding="utf-8")
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", records)
    base = emsland()
    for number in range(count):
        own = LIBRARY.own(varied(number, base))
        signed = base.unterschriften.traeger[1].model_copy(update={"stelle": f"Landkreis {invented(number).capitalize()}"})
        sides = own.unterschriften.model_copy(update={"traeger": {1: signed}})
        record = own.model_copy(update={"traeger": f"lk-{invented(number)}", "unterschriften": sides})
        (records / f"{record.traeger}.yaml").write_text(dump_record(record), encoding="utf-8")
    return folder, register


def report_many(folder: Path, console: Console) -> None:
    """Prints what one agreement costs among few and among many, and how much memory the largest process held."""
    costs = {}
    for count in (16, MANY):
        place, register = many(folder / str(count), count)
        costs[count] = measured([sys.executable, "-c", MANY_PROCESS, register, "--ordner", place, "render", "2024", "--alle"])
        cost = costs[count]
        console.print(f"{count} agreements: {cost.wall:.1f} s, of the processors {cost.processor:.1f} s, "
                      f"{1000 * cost.processor / count:.0f} ms each; {cost.memory / (1 << 20):.0f} MiB in the largest process")  # fmt: skip
    time_, memory = costs[MANY].processor / MANY / (costs[16].processor / 16), costs[MANY].memory / max(1, costs[16].memory)
    console.print(f"one of {MANY} costs {time_:.2f} times one of 16; the largest process holds {memory:.2f} times as much")
