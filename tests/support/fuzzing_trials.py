"""What `make fuzz` does with an input of each kind, and what is wrong with how it ended.

Wrong is an exception that is none of `agreements.errors` (or one of the command line), an exit code that is not documented, words of an
inner English error, a sentence too long to be read, more than ten seconds, a file, folder or process left behind, a record that is no
whole one.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType

import fuzzing_documents as documents
import fuzzing_texts as texts

from agreements.errors import ZvError
from agreements.files.temporary import PREFIX
from agreements.library.library import Library, open_library
from agreements.model.record import Rahmen, Vereinbarung
from agreements.planning.changes import plan
from agreements.planning.figures import read_figures
from agreements.planning.sheet import read_sheets
from agreements.rules.checking import examine
from agreements.store.store import Gespeichert, dump_record, load_text
from agreements.wording.wording import load_wording
from extract.files.spreadsheet import cells
from zv.main import run

ROOT = Path(__file__).parents[2]
SECONDS = 10
"""Of work; how long that takes by the clock depends on what else the machine does."""
PATIENCE = 90
"""Seconds by the clock, for what only waits."""
CODES = (0, 1, 2, 3, 4)
LONGEST = 900
"""Letters of one line that is told: whoever wrote 5,000 signs in a cell is not told all of them again."""
ENGLISH = re.compile(
    r"\b(?:the|Error|error|Usage|invalid|failed|not found|Traceback|expected|unexpected|No such|cannot|codec|object at 0x|NoneType"
    r"|\w+Error)\b"
)
RECORD = """jahr: 2024
traeger: lk-emsland
wortlaut: ni/2024
haushalt:
  gesamtbudget_mio: 21.9
  verwaltungskosten: 13155724
ziele:
  individuell:
    4:
      titel: Jugendliche
      schritte:
      - Beratung ausbauen.
"""


class Wrong(Exception):
    """What is wrong with how an input ended, in a line that tells its like from others, and at length."""

    def __init__(self, kind: str, at_length: str = "") -> None:
        super().__init__(kind)
        self.kind, self.at_length = kind, at_length


class Hang(BaseException):
    """The time is over; nothing that is tried catches it."""


class Workspace:
    """A folder with little in it, far enough below the temporary one that no name leads out of what is watched."""

    def __init__(self, folder: Path) -> None:
        self.outer, self.folder, self.temporary = folder, folder / "a/b/c/d", folder / "tmp"
        self.temporary.mkdir(parents=True)
        self.made: dict[str, tuple[int, int]] = {}
        self.library: Library
        """The folder's, its wording loaded once."""
        self.refresh()

    def refresh(self) -> None:
        """Makes all that is in it anew."""
        shutil.rmtree(self.outer / "a", ignore_errors=True)
        year = self.folder / "agreements/2024"
        year.mkdir(parents=True)
        (year / "lk-emsland.yaml").write_text(RECORD, encoding="utf-8")
        shutil.copy(ROOT / "agreements/2024/rahmen.yaml", year)
        for name, text in (("r.yaml", RECORD), ("w.j2", "# I. Ziele\n"), ("t.csv", "Träger;Jahr\nlk-emsland;2024\n"), ("leer.pdf", "")):
            (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / "ordner").mkdir()
        os.mkfifo(self.folder / "stumm")
        (self.folder / "kreis").symlink_to("kreis")
        self.made, self.library = self.state(), open_library(self.folder)

    def state(self) -> dict[str, tuple[int, int]]:
        """Each file with size and time."""
        found = [Path(folder) / name for folder, _, names in os.walk(self.outer) for name in names]
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in found}

    def require_whole(self) -> None:
        """Wrong where something was left behind, or a record that was whole is so no more; else all is as it was."""
        if left := list(self.temporary.iterdir()):
            for each in left:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
            raise Wrong(f"liegen geblieben: {PREFIX if left[0].name.startswith(PREFIX) else left[0].suffix}", str(left))
        if (now := self.state()) == self.made:
            return
        try:
            if half := [name for name in now if name.endswith(".tmp") or "/.in-arbeit/" in name]:
                raise Wrong("halb geschrieben", str(half))
            for path in self.folder.glob("agreements/*/*.yaml"):
                _loaded(path.read_bytes(), path)
        except ZvError as error:
            raise Wrong("ein Datensatz ist nicht mehr ganz", str(error)) from error
        finally:
            self.refresh()
            os.chdir(self.folder)  # the one before is gone


def _loaded(data: bytes, path: Path) -> Gespeichert[Vereinbarung] | None:
    """The agreement that a text holds; None of a rahmen.yaml, which is loaded, too."""
    if path.stem.startswith("rahmen"):
        load_text(data, Rahmen, path)
        return None
    return load_text(data, Vereinbarung, path)


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A folder to try in, which is the current one meanwhile."""
    before, temporary, named = Path.cwd(), tempfile.tempdir, os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory() as folder:
        made = Workspace(Path(folder))
        tempfile.tempdir = os.environ["TMPDIR"] = str(made.temporary)
        os.chdir(made.folder)
        try:
            yield made
        finally:
            os.chdir(before)
            tempfile.tempdir = temporary
            del os.environ["TMPDIR"]
            if named is not None:
                os.environ["TMPDIR"] = named


# ---------------------------------------------------------------- judging


def _over(*_: int | FrameType | None) -> None:
    raise Hang


CLOCKS = ((signal.ITIMER_PROF, signal.SIGPROF, SECONDS), (signal.ITIMER_REAL, signal.SIGALRM, PATIENCE))


@contextmanager
def limited() -> Iterator[None]:
    """Raises Hang where it takes too much work, or waits; the work of processes that it begins counts, too."""
    before = [(which, signal.signal(which, _over)) for _, which, _ in CLOCKS]
    done = resource.getrusage(resource.RUSAGE_CHILDREN)
    for clock, _, seconds in CLOCKS:
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for clock, _, _ in CLOCKS:
            signal.setitimer(clock, 0)
        for which, handler in before:
            signal.signal(which, handler)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    if spent.ru_utime - done.ru_utime > SECONDS:
        raise Hang


def judged(trial: Callable[[], None]) -> None:
    """Does what is to be tried; Wrong where it took too long, or ended with what no person should see."""
    try:
        with limited():
            trial()
    except Wrong:
        raise
    except ZvError as error:
        require_said(str(error))
    except Hang as error:
        raise Wrong(f"länger als {SECONDS} Sekunden: {_place(error)}", traceback.format_exc()[-3000:]) from error
    except (Exception, SystemExit) as error:
        raise Wrong(f"{type(error).__name__} {_place(error)}", traceback.format_exc()[-3000:]) from error


def _place(error: BaseException) -> str:
    """Where in the project it happened."""
    frames = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).is_relative_to(ROOT)]
    frames = [each for each in frames if Path(each.filename).relative_to(ROOT).parts[0] in ("agreements", "extract", "render", "zv")]
    return f"{Path(frames[-1].filename).relative_to(ROOT)}:{frames[-1].name}" if frames else "?"


def require_said(text: str) -> None:
    """Wrong where a sentence is none: empty, far too long, or with words of an inner error."""
    if not text.strip():
        raise Wrong("ohne ein Wort")
    if longest := next((line for line in text.splitlines() if len(line) > LONGEST), None):
        raise Wrong(f"ein Satz von {len(longest) // 1000} tausend Zeichen: {text[:60]!r}", longest[:3000])
    if found := ENGLISH.search(re.sub(r"„[^“]*“|\S*/\S*", "", text)):
        raise Wrong(f"Englisch: {found.group()} in {text[:80]!r}", text[:3000])


def called(*words: str) -> tuple[int, str]:
    """One call in this process: its exit code, and what it printed; Wrong where the code is none, or nothing was said of a failure."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(list(words))
    if code not in CODES:
        raise Wrong(f"Exit-Code {code}", err.getvalue())
    if code:
        require_said(err.getvalue() + out.getvalue())
    return code, out.getvalue()


@contextmanager
def alone() -> Iterator[None]:
    """Wrong where a process that was begun within runs on; what a test run has besides is none of it."""
    before = _children()
    yield
    if left := _children() - before:
        raise Wrong("ein Prozess ist übrig", str(sorted(left)))


def _children() -> frozenset[int]:
    """The processes that this one has begun and that have not ended, or whose end nobody has asked for (Linux)."""
    several = (path.read_text(encoding="ascii").split() for path in Path("/proc/self/task").glob("*/children"))
    return frozenset(int(each) for ids in several for each in ids)


# ---------------------------------------------------------------- the kinds


def record(data: bytes, work: Workspace) -> None:
    """A record is loaded; one that is whole is written, filled and checked, too, and says the same when it is loaded again."""
    stored = _loaded(data, work.folder / ("rahmen.yaml" if b"traeger: lk" not in data else "entwurf.yaml"))
    if stored is None:
        return
    again = load_text(dump_record(stored.record), Vereinbarung, stored.path).record
    if again != stored.record:
        raise Wrong("ein Datensatz liest sich anders zurück")
    examine(work.library, stored, others=[])
    work.library.document(work.library.effective(stored.record, stored.path))


def wording(data: bytes, work: Workspace) -> None:
    """A wording is loaded; one that is reversible is filled and read back."""
    path = work.folder / "templates/ni/2024.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    try:
        load_wording(path, "ni/2024")
        library = open_library(work.folder)
        stored: Gespeichert[Vereinbarung] = library.store.load((2024, "lk-emsland"))
        library.document(library.effective(stored.record, stored.path))
    finally:
        path.unlink()


def table(data: bytes, work: Workspace) -> None:
    """A CSV table is read as one of planning and as one of figures."""
    path = work.folder / "tabelle.csv"
    path.write_bytes(data)
    try:
        sheets = read_sheets(cells(path))
        for fault in read_figures(sheets, work.library.register, path.name).faults if b"Wert" in data else ():
            require_said(fault.text)
        planned = plan(work.library, sheets, 2024, ())
        for fault in planned.faults:
            require_said(fault.text)
    finally:
        path.unlink()


def call(words: list[str], work: Workspace) -> None:
    """A call; what it changes is whole."""
    called(*words)


def _document(name: str, command: str) -> Callable[[bytes, Workspace], None]:
    def tried(data: bytes, work: Workspace) -> None:
        path = work.folder / name
        path.write_bytes(data)
        try:
            with alone():
                called(command, str(path), *(("--jahr", "2024") if command == "planung" else ()))
        finally:
            path.unlink()
            shutil.rmtree(work.folder / "out", ignore_errors=True)

    return tried


pdf, word, workbook = _document("d.pdf", "lies"), _document("d.docx", "lies"), _document("d.xlsx", "planung")
DRAWN: dict[str, tuple[Callable[[int], bytes | list[str]], Callable[..., None], int]] = {
    "yaml": (texts.record, record, 10**6),
    "wording": (texts.wording, wording, 10**6),
    "csv": (texts.table, table, 10**6),
    "arguments": (texts.call, call, 10**6),
    "pdf": (documents.pdf, pdf, 50_000),
    "word": (documents.word, word, 50_000),
    "xlsx": (documents.table, workbook, 50_000),
}
"""By kind: what a seed gives, what is done with it, and how many are to be tried without anything wrong, over all runs."""


SILENT, SELDOM = ("yaml", "wording", "csv"), 100
"""Kinds of which nothing is written, and how often that is looked at."""


def tried(kind: str, seed: int, work: Workspace) -> None:
    """Tries what a seed gives; Wrong where it does not end as it should."""
    given_is_tried(kind, DRAWN[kind][0](seed), work, looked_at=kind not in SILENT or not seed % SELDOM)


def given_is_tried(kind: str, given: bytes | list[str], work: Workspace, looked_at: bool = True) -> None:
    """The same with an input that is there; whether anything was left behind is looked at last."""
    try:
        judged(lambda: DRAWN[kind][1](given, work))
    finally:
        if looked_at:
            work.require_whole()
