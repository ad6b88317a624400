"""Measures what one agreement costs, beside the usual tools, in one run on one machine: `make bench`. Not a test.

PDF by docxtpl and LibreOffice (fill a Word template, convert it) and by Typst, reading by pdfplumber's bare words,
import of a scan by ocrmypdf. All get the same text: the filled agreement's blocks. Times are medians.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from compileall import compile_dir
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pdfplumber
import typst
from bench_tools import ZV, Goal, convert, fill_template, typst_source, values, word_template
from bench_year import report_many, report_year, year_costs
from rich.console import Console
from rich.table import Table
from scan_simulator import Scan, scanned

from agreements.comparing.texts import compare_records
from agreements.library.library import Library
from agreements.model.document import Document
from agreements.model.record import Rahmenbedingungen, Vereinbarung
from agreements.store.store import Store
from extract.extraction import extract
from render.pdf import render_pdf
from render.word import render_word

ROOT = Path(__file__).parents[2]
ROOMS = ("agreements", "extract", "render", "zv")
RECORD = ROOT / "agreements" / "2024" / "lk-emsland.yaml"
ARCHIVE = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
"""LibreOffice's nearest to what zv writes; the goals are held against its plain PDF all the same."""
TYPST_PROCESS = "import sys, typst; typst.compile(sys.argv[1], format='pdf', pdf_standards=['a-3a'])"
WEASYPRINT_PROCESS = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/a-3a')"
PDFPLUMBER_PROCESS = "import sys, pdfplumber; [page.extract_words() for page in pdfplumber.open(sys.argv[1]).pages]"


Cases = dict[str, Callable[[], object]]
"""What is measured, by the name under which it is printed."""


class Own(NamedTuple):
    """What zv does, warm: each case goes all the way from the record to the file, or from the file to what it says."""

    document: Document
    pdf: Callable[[], bytes]
    word: Callable[[], bytes]
    read: Callable[[Path], object]
    compare: Callable[[], object]


class Cost(NamedTuple):
    """What a process and all that it starts cost."""

    seconds: float
    memory: int | None
    """Most bytes that one process held at a time; None where the system does not tell (other than Linux)."""


GOALS = (
    Goal("zv: PDF", "docxtpl + LibreOffice: PDF", 1 / 6),
    Goal("zv: Word", "docxtpl + LibreOffice: PDF", 1 / 10),
    Goal("zv: read PDF", "pdfplumber: words of PDF", 1 / 8),
    Goal("zv: compare two read agreements", "zv: read two Word files", 1 / 10),
)


COLD_GOALS = (Goal("zv: PDF", "WeasyPrint: the same HTML", 1.2),)
"""From process start."""
NOTHING, STARTS, MOST_START = "python: nothing", ("zv: offen", "zv: pruefe", "zv: lies, kept"), 0.3
"""Seconds that a command may take from its start beyond an interpreter that does nothing; of these none reads a document."""
SCAN, OCRMYPDF = "zv: import of a scan", "ocrmypdf: the same scan"
SCAN_GOAL = Goal(SCAN, OCRMYPDF, 0.35)
MOST_MEMORY = 1 << 30
"""Bytes that a process of zv may hold while it imports a scan."""
DPI = 200


def own_cases() -> Own:
    """The agreement's record, ready to be rendered; register, wording and frame of the year are loaded by the first run."""
    library = Library(Store(ROOT))
    record = library.effective(library.store.load(RECORD).record, RECORD)
    successor = next_one(record)
    return Own(
        library.document(record),
        pdf=lambda: render_pdf(library.document(record)),
        word=lambda: render_word(library.document(record)),
        read=lambda path: extract(path, library, own=True),
        compare=lambda: compare_records(library, record, successor),
    )


def next_one(record: Vereinbarung) -> Vereinbarung:
    """The record as another year might have it: another sum, another word in the texts on the region, a step gone and one come."""
    goal = record.ziele.individuell[4]
    region, steps = (tuple(texts) if isinstance(texts, tuple) else () for texts in (record.rahmenbedingungen.regionale_lage, goal.schritte))
    changed = goal.model_copy(update={"schritte": (*steps[1:], "Neue Wege in der Beratung gehen")})
    return record.model_copy(update={
        "haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 13284000}),
        "rahmenbedingungen": Rahmenbedingungen(regionale_lage=tuple(text.replace(" ist ", " bleibt ") for text in region)),
        "ziele": record.ziele.model_copy(update={"individuell": record.ziele.individuell | {4: changed}}),
    })  # fmt: skip


def seconds(cases: Cases, rounds: int) -> dict[str, float]:
    """Seconds that each case takes in the middle of so many rounds.

    A round runs every case, so that a busy moment of the machine falls on all of them, and each twice, of which the
    second counts: the first finds its caches as the case before left them.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            case()
            start = time.perf_counter()
            case()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def command(*words: str | Path) -> Callable[[], object]:
    """A process that must end well, its output thrown away."""

    def case() -> object:
        return subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    return case


# Scans


def scan_cases(pdf: Path, folder: Path) -> dict[str, list[str | Path]]:
    """The commands that import the same scan; ocrmypdf only where it is installed."""
    scan, searchable = folder / "scan.pdf", folder / "searchable.pdf"
    scan.write_bytes(scanned(pdf.read_bytes(), Scan(dpi=DPI, skew=1), seed=1).pdf)
    options = ("-l", "deu", "--jobs", "2", "--force-ocr", "--deskew", "--rotate-pages", "--quiet")
    other: dict[str, list[str | Path]] = {OCRMYPDF: ["ocrmypdf", *options, scan, searchable]}
    return {SCAN: [ZV, "import", scan, "--format", "json", "--ordner"], **(other if shutil.which("ocrmypdf") else {})}


def scan_costs(cases: dict[str, list[str | Path]], folder: Path, rounds: int) -> dict[str, Cost]:
    """The cost of each command in the middle of so many rounds; every import goes to an archive that is empty."""
    costs: dict[str, list[Cost]] = {name: [] for name in cases}
    for number in range(rounds):
        for name, words in cases.items():
            archive = folder / f"archive-{number}"
            archive.mkdir(exist_ok=True)
            costs[name].append(cost([*words, archive] if name == SCAN else words))
    return {name: sorted(each)[len(each) // 2] for name, each in costs.items()}


def cost(words: list[str | Path]) -> Cost:
    """What a command costs that must end well, its output thrown away."""
    start = time.perf_counter()
    peak = 0
    with subprocess.Popen(words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, peak_of(process.pid))
            time.sleep(0.05)
    taken = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(map(str, words)))
    return Cost(taken, peak or None)


def peak_of(session: int) -> int:
    """Most bytes that one of the living processes of a session has held until now."""
    peak = 0
    for folder in Path("/proc").glob("[0-9]*"):
        # A process may end between being listed and being asked; one that has ended holds nothing.
        with suppress(FileNotFoundError, ProcessLookupError):
            if (folder / "stat").read_text().rpartition(") ")[2].split()[3] == str(session):
                held = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
                peak = max(peak, 1024 * int(held[1]) if held else 0)
    return peak


# Reading


def bare_words(path: Path) -> int:
    """Number of words that pdfplumber sees on all pages."""
    with pdfplumber.open(path) as pdf:
        return sum(len(page.extract_words()) for page in pdf.pages)


def usual_tools(document: Document, pdf: Path, folder: Path) -> Cases:
    """What the usual tools do in a process that is warm; LibreOffice always starts one."""
    template, filled, source = folder / "template.docx", folder / "filled.docx", folder / "agreement.typ"
    context: dict[str, object] = {"values": values(document)}
    word_template(document, template)
    source.write_text(typst_source(document), encoding="utf-8")

    def office(form: str) -> None:
        fill_template(template, context, filled)
        convert(filled, folder / "profile", form)

    with_office: Cases = {
        "docxtpl + LibreOffice: PDF": lambda: office("pdf"),
        "docxtpl + LibreOffice: PDF/A-3b, PDF/UA": lambda: office(ARCHIVE),
    }
    return {
        "docxtpl: Word": lambda: fill_template(template, context, filled),
        **(with_office if shutil.which("soffice") else {}),
        # Typst keeps in its process what it has set before, so that its warm figure flatters it; its process is its price.
        "Typst: PDF/A-3a": lambda: typst.compile(str(source), format="pdf", pdf_standards=["a-3a"]),
        "pdfplumber: words of PDF": lambda: bare_words(pdf),
    }


def warm_cases(own: Own, pdf: Path, word: Path) -> Cases:
    """What zv does in a process that is warm."""
    return {
        "zv: PDF": own.pdf,
        "zv: Word": own.word,
        "zv: read PDF": lambda: own.read(pdf),
        "zv: read Word": lambda: own.read(word),
        "zv: read two Word files": lambda: (own.read(word), own.read(word)),
        "zv: compare two read agreements": own.compare,
    }


def processes(pdf: Path, word: Path, folder: Path) -> Cases:
    """The same from the start of a process to its end, for the command and for the tools that have one."""
    render = (ZV, "render", RECORD, "--nach", folder, "--format")
    command(*render, "html")()
    html = folder / RECORD.parent.name / f"{RECORD.stem}.html"
    return {
        NOTHING: command(sys.executable, "-c", "pass"),
        "zv: offen": command(ZV, "offen"),
        "zv: pruefe": command(ZV, "pruefe", RECORD),
        "zv: lies, kept": command(ZV, "lies", word),
        "WeasyPrint: the same HTML": command(sys.executable, "-c", WEASYPRINT_PROCESS, html, folder / "weasyprint.pdf"),
        "zv: PDF": command(*render, "pdf"),
        "zv: Word": command(*render, "docx"),
        "zv: read PDF": command(ZV, "extract", pdf, "--format", "json"),
        "zv: read Word": command(ZV, "extract", word, "--format", "json"),
        "zv: --help": command(ZV, "--help"),
        "Typst: PDF/A-3a": command(sys.executable, "-c", TYPST_PROCESS, folder / "agreement.typ"),
        "pdfplumber: words of PDF": command(sys.executable, "-c", PDFPLUMBER_PROCESS, pdf),
    }


def report(warm: dict[str, float], cold: dict[str, float], console: Console) -> None:
    """Prints all times of a born-digital agreement, then each ratio beside its goal."""
    table = Table("case, one agreement", "warm, ms", "process, ms", title="Landkreis Emsland 2024")
    for name in dict.fromkeys((*warm, *cold)):
        table.add_row(name, *(f"{1000 * times[name]:.1f}" if name in times else "" for times in (warm, cold)))
    console.print(table)
    for goal in GOALS:
        if goal.beside not in warm:
            console.print(f"{goal.name}: not compared, {goal.beside} is not on this machine")
            continue
        say_ratio(goal, warm[goal.name] / warm[goal.beside], console)
    for goal in COLD_GOALS:
        say_ratio(goal, cold[goal.name] / cold[goal.beside], console)
    for name in STARTS:
        beyond = cold[name] - cold[NOTHING]
        console.print(f"{name}: {beyond:.2f} s beyond {NOTHING}; goal {MOST_START}: {'reached' if beyond <= MOST_START else 'MISSED'}")


def say_ratio(goal: Goal, ratio: float, console: Console) -> None:
    """Prints a ratio beside its goal."""
    verdict = "reached" if ratio <= goal.most else "MISSED"
    said, most = (f"1/{1 / each:.1f}" if each < 1 / 3 else f"{each:.2f}" for each in (ratio, goal.most))
    console.print(f"{goal.name} = {said} of {goal.beside}; goal {most}: {verdict}")


def report_scan(costs: dict[str, Cost], console: Console) -> None:
    """Prints what the import of a scan costs, beside its goals."""
    table = Table("case, one scan", "process, s", "largest process, MiB", title=f"Landkreis Emsland 2024, scanned at {DPI} dpi")
    for name, each in costs.items():
        table.add_row(name, f"{each.seconds:.1f}", "" if each.memory is None else f"{each.memory / (1 << 20):.0f}")
    console.print(table)
    if OCRMYPDF in costs:
        say_ratio(SCAN_GOAL, costs[SCAN].seconds / costs[OCRMYPDF].seconds, console)
    else:
        console.print(f"{SCAN}: not compared, ocrmypdf is not on this machine (Debian: apt install ocrmypdf tesseract-ocr-deu)")
    if (memory := costs[SCAN].memory) is not None:
        verdict = "reached" if memory <= MOST_MEMORY else "MISSED"
        console.print(f"{SCAN}: {memory / (1 << 20):.0f} MiB in the largest process; goal 1024: {verdict}")


def main() -> None:
    """Runs everything once and prints it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds over all cases")
    parser.add_argument("--scan-rounds", type=int, default=3, help="rounds over the import of a scan, which takes longer")
    parser.add_argument("--only", choices=("one", "year", "many", "scan"), help="measure one agreement, a year, very many, or a scan alone")
    parser.add_argument("--year-rounds", type=int, default=3, help="rounds over a whole year")
    args = parser.parse_args()
    rounds: int = args.rounds
    console = Console()
    for room in ROOMS:
        compile_dir(ROOT / room, quiet=1)  # as pip did for all that is measured beside it
    own = own_cases()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pdf, word = folder / "agreement.pdf", folder / "agreement.docx"
        pdf.write_bytes(own.pdf())
        word.write_bytes(own.word())
        if args.only in (None, "one"):
            warm = seconds(warm_cases(own, pdf, word) | usual_tools(own.document, pdf, folder), rounds)
            cold = seconds(processes(pdf, word, folder), rounds)
            report(warm, cold, console)
        if args.only in (None, "year"):
            report_year(year_costs(folder, args.year_rounds), console)
        if args.only in (None, "many"):
            report_many(folder, console)
        if args.only in (None, "scan"):
            report_scan(scan_costs(scan_cases(pdf, folder), folder, args.scan_rounds), console)


if __name__ == "__main__":
    main()
