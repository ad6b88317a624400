"""From files to records and review sheets: read in parallel, kept one after another, whatever one of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from agreements.comparing.intake import digest, imported, take
from agreements.comparing.returned import returned, with_signatures
from agreements.deciding.rereading import reread
from agreements.errors import ZvError, visible
from agreements.files.disk import let_out, write_atomic, write_over
from agreements.library.differences import Difference
from agreements.library.library import Library
from agreements.library.open_points import as_read
from agreements.reading.extraction import Extraction
from agreements.store.journal import decide
from agreements.store.store import dump_record
from extract.files.sandbox import Job
from extract.pages.split import lacks_end, lacks_start
from extract.results.report import remarks
from extract.results.transfer import Answer
from render.review import render_review
from zv.readings import EVERYTHING, Readings, Said
from zv.sheets import as_decided, path_of, sheet_of


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file."""

    datei: Path
    ergebnis: Literal["neu", "bekannt", "vorhanden", "unterzeichnet", "gescheitert"]
    """`unterzeichnet`: it says what the record prints, and its signatures went into the record."""
    satz: Path | None = None
    """The record that is there now."""
    bogen: Path | None = None
    """The review sheet."""
    sha256: str | None = None
    extraction: Extraction | None = None
    """None where the file was not read, or not again."""
    teil: tuple[int, int] = (1, 1)
    """Which of how many agreements of the file it is."""
    other_half: Result | None = None
    """What became of the file that was read before and holds the rest of this agreement."""
    differences: tuple[Difference, ...] = ()
    """From the record that was there, of another file."""
    signed: bool = False
    """Whether nothing differs from it but how the signatures look, and their days, which it leaves to the pen."""
    drafted: bool = False
    """Whether a sheet with a code says, signatures apart, what the record prints."""
    written: str | None = None
    """The SHA-256 of a new record as it was written."""
    statt: Path | None = None
    """The file read before of which the record was made first; this one is better to read."""
    anew: int = 0
    """How many points of its record are to be decided anew, since it was read once more."""
    error: ZvError | None = None

    @property
    def unsure(self) -> int:
        """How many Angaben a person must look at."""
        return sum(found.doubtful for found in self.extraction.found) if self.extraction else 0

    @property
    def warnings(self) -> int:
        """How many findings are more than hints."""
        return sum(befund.schwere != "hinweis" for befund in self.extraction.befunde) if self.extraction else 0


@dataclass(frozen=True)
class Import:
    """One run over many files."""

    library: Library
    ohne_unterschriften: bool = False
    uebernehmen: bool = False
    """Whether the signatures of a sheet that is signed as drafted go into the record that is there."""
    noch_einmal: bool = False
    """Whether files whose records are there are read once more."""

    def results(
        self, files: Sequence[Path], started: Callable[[Path], None] = lambda datei: None, meanwhile: Callable[[], None] = lambda: None
    ) -> Iterator[Result]:
        """What becomes of each agreement of each file, in their order: the same files make the same records, whichever is read first."""
        ready, twins, to_read = self._before(files)
        jobs = [Job(file, EVERYTHING, (file, self.library.store.ordner, self._choice)) for file in to_read]
        read: dict[Path, Said | ZvError] = {}
        readings = Readings(self.library.store, anywhere=True)
        done: dict[Path, list[Result]] = {}
        with closing(readings.many(jobs, started=lambda job: started(job.datei), meanwhile=meanwhile)) as answers:
            for file in files:
                if file in twins:
                    done[file] = [_twin(result, file) for result in done[twins[file]]]
                elif file in ready:
                    done[file] = ready[file]
                else:
                    while file not in read:
                        job, answer = next(answers)
                        read[job.datei] = answer
                    before = [result for results in done.values() for result in results]
                    said = read.pop(file)
                    found = [_with_other_half(result, before) for result in self._after(file, said)]
                    done[file] = [self._or_instead(result, before, said) for result in found]
                yield from done[file]

    def _or_instead(self, result: Result, before: Sequence[Result], said: Said | ZvError) -> Result:
        """The result; where its file is better to read than the one that made its record in this run, the record is made of it instead.

        A record that was there before, or that somebody has changed since, is never made anew.
        """
        first = next((each for each in before if each.ergebnis == "neu" and each.satz == result.satz and each.extraction), None)
        if first is None or isinstance(said, ZvError) or not _is_better(result, first):
            return result
        try:
            return self._instead(result, first, said[result.teil[0] - 1])
        except ZvError as error:
            return replace(result, ergebnis="gescheitert", error=error)

    def _instead(self, result: Result, first: Result, answer: Answer | ZvError) -> Result:
        assert result.satz and first.bogen and first.written and not isinstance(answer, ZvError)
        own = self.library.own(answer.extraction.record)
        header, comments = remarks(answer.extraction, own)
        data = dump_record(own, header=header, comments=comments).encode()
        if digest(result.satz) != first.written:
            return result
        write_over(result.satz, data, first.written)
        let_out(first.bogen, path_of(self.library, result.satz, f"-{(first.sha256 or '')[:8]}"))
        write_atomic(first.bogen, render_review(sheet_of(self.library, answer, result.satz), self.library.register))
        return replace(result, ergebnis="neu", bogen=first.bogen, statt=first.datei, written=digest(result.satz))

    @property
    def _choice(self) -> str:
        return "ohne_unterschriften" if self.ohne_unterschriften else "alle"

    def _before(self, files: Sequence[Path]) -> tuple[dict[Path, list[Result]], dict[Path, Path], list[Path]]:
        """What needs no reading; files that are another one's copy; the files to read."""
        known = imported(self.library.store)
        first: dict[str, Path] = {}
        ready: dict[Path, list[Result]] = {}
        twins: dict[Path, Path] = {}
        for file in files:
            try:
                sum_ = digest(file)
            except ZvError as error:
                ready[file] = [Result(file, "gescheitert", error=error)]
                continue
            if sum_ in first:
                twins[file] = first[sum_]
            elif sum_ in known and not self.noch_einmal and all(path_of(self.library, record).is_file() for record in known[sum_]):
                teile = [(number, len(known[sum_])) for number in range(1, len(known[sum_]) + 1)]
                ready[file] = [Result(file, "bekannt", record, path_of(self.library, record), sum_, teil=teil)
                               for record, teil in zip(known[sum_], teile, strict=True)]  # fmt: skip
            first.setdefault(sum_, file)
        return ready, twins, [file for file in files if file not in ready and file not in twins]

    def _after(self, file: Path, said: Said | ZvError) -> list[Result]:
        """What was read, kept, one result an agreement; any error is this file's alone."""
        answers = [said] if isinstance(said, ZvError) else said
        return [replace(self._result(file, answer), teil=(number, len(answers))) for number, answer in enumerate(answers, 1)]

    def _result(self, file: Path, answer: Answer | ZvError) -> Result:
        if isinstance(answer, ZvError):
            return Result(file, "gescheitert", error=answer)
        try:
            return self._kept(file, answer)
        except ZvError as error:
            return Result(file, "gescheitert", error=error)

    def _kept(self, file: Path, answer: Answer) -> Result:
        extraction = answer.extraction
        header, comments = remarks(extraction, self.library.own(extraction.record))
        outcome = take(self.library, extraction.record, header=header, comments=comments)
        drafted = outcome.art == "vorhanden" and self._signed(extraction)
        anew = self._reread(extraction, outcome.path) if outcome.art == "bekannt" and self.noch_einmal else 0
        mark = f"-{extraction.sha256[:8]}{_pages(extraction)}" if outcome.art == "vorhanden" else ""
        sheet = path_of(self.library, outcome.path, mark)
        shown = sheet_of(self.library, answer, outcome.path, outcome.differences)
        if outcome.art == "bekannt" and self.noch_einmal:
            shown = as_decided(shown, self.library, self.library.store.load(outcome.path))
        write_atomic(sheet, render_review(shown, self.library.register))
        kept = Result(
            file, outcome.art, outcome.path, sheet, extraction.sha256, extraction, differences=outcome.differences, signed=outcome.signed,
            anew=anew, written=digest(outcome.path) if outcome.art == "neu" else None,
        )  # fmt: skip
        if drafted and self.uebernehmen:
            return replace(kept, drafted=True, ergebnis="unterzeichnet", differences=())
        return replace(kept, drafted=drafted)

    def _signed(self, extraction: Extraction) -> bool:
        """Whether a sheet is signed as drafted; its signatures then go into the record where that is wanted."""
        sheet = returned(self.library, extraction.reading, as_read(extraction.record), extraction.found)
        if sheet.stored is not None and self.uebernehmen:
            with_signatures(self.library, sheet.stored, extraction.record, extraction.found)
        return sheet.stored is not None

    def _reread(self, extraction: Extraction, path: Path) -> int:
        """How many points come to a record by another reading of its file."""
        stored = self.library.store.load(path)
        made = reread(self.library, stored, extraction.record)
        decide(self.library.store, stored, made.text, f"noch einmal gelesen: {visible(extraction.datei.name)}")
        return len(made.anew)


def _twin(first: Result, file: Path) -> Result:
    """What becomes of a copy: what became of the first one, and nothing new."""
    return replace(first, datei=file, ergebnis="bekannt" if first.ergebnis == "neu" else first.ergebnis)


def _is_better(result: Result, first: Result) -> bool:
    """Whether a file of an agreement that another one has made a record of in this run has less that a person must look at."""
    if result.ergebnis != "vorhanden" or result.drafted or result.other_half:
        return False
    return (result.unsure, result.warnings) < (first.unsure, first.warnings)


def _pages(extraction: Extraction) -> str:
    """For a file's name, which pages of several agreements were read."""
    quelle = extraction.record.akte.quelle
    return f"-seite-{quelle.seiten.partition('–')[0]}" if quelle and quelle.seiten else ""


def _with_other_half(result: Result, before: Sequence[Result]) -> Result:
    """A result that names the file read before which ends where this one goes on, or goes on where this one ends."""
    other = next((each for each in before if _are_halves(each.extraction, result.extraction)), None)
    return replace(result, other_half=other) if other else result


def _are_halves(one: Extraction | None, other: Extraction | None) -> bool:
    """Whether two files are of one Träger and year, and what one has not is in the other."""
    if one is None or other is None or (one.record.traeger, one.record.jahr) != (other.record.traeger, other.record.jahr):
        return False
    starts, ends = ([lacks(one), lacks(other)] for lacks in (_lacks_start, _lacks_end))
    return starts == ends[::-1] and starts[0] != starts[1]


def _lacks_start(extraction: Extraction) -> bool:
    return lacks_start(extraction.reading)


def _lacks_end(extraction: Extraction) -> bool:
    return lacks_end(extraction.reading, extraction.found)


def exit_code(results: Sequence[Result]) -> int:
    """3 where a file could not be read, else 4 where one is another kind of document, else 1 where one could not be kept or differs."""
    differing = {1 for result in results if result.differences and not (result.drafted or result.signed)}
    codes = {result.error.exit_code for result in results if result.error} | differing
    return next((code for code in (3, 4, 1) if code in codes), max(codes, default=0))
