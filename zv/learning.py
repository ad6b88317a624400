"""How a wording is learned from files: they are read, the draft is written and proven, and what a person must know is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agreements.errors import UsageError
from agreements.files.disk import sha256, write_new
from agreements.library.library import Library
from agreements.model.fields import label
from agreements.newyear.rahmen import shared_rahmen
from extract.files.sandbox import Job
from extract.learning.proof import Proof, prove_learned
from extract.learning.specimen import Specimen, specimen, specimen_of_record
from extract.learning.wording import Learned, learn
from zv.progress import Bar
from zv.readings import WORDS, Readings, answers_of


@dataclass(frozen=True, slots=True)
class Result:
    """What was written, and how the agreements come back with it."""

    path: Path
    rahmen: Path | None
    """None where there was one, or none was wanted."""
    learned: Learned
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Learning:
    """One run: for a certain year only, or into a certain file, if so wanted."""

    library: Library
    jahr: int | None = None
    nach: Path | None = None

    def learn(self, files: Sequence[Path]) -> Result:
        """What becomes of some agreements of one year.

        UsageError: of several years or Länder, or a year that has a wording. WordingError: nothing reversible can be made of them.
        Errors of reading as for `zv lies`. ZvError: the disk refuses.
        """
        specimens = self.specimens(files)
        schluessel = self._schluessel(specimens, files)
        path = self.nach or self.library.store.ordner / f"templates/{schluessel}.j2"
        learned = learn(specimens, schluessel, path)
        proofs = tuple(prove_learned(learned.wording, each, self.library.register) for each in specimens)
        write_new(path, learned.text.encode())
        return Result(path, None if self.nach else self._rahmen(specimens), learned, proofs)

    def specimens(self, files: Sequence[Path]) -> list[Specimen]:
        """What each file says, in their order."""
        records = {file for file in files if file.suffix.lower() in (".yaml", ".yml")}
        read = self._read([file for file in files if file not in records])
        return [self._of_record(file) if file in records else read[file] for file in files]

    def _read(self, files: Sequence[Path]) -> dict[Path, Specimen]:
        jobs = [Job(file, WORDS, (file, self.library.store.ordner)) for file in files]
        found: dict[Path, Specimen] = {}
        with Bar(len(files)) as bar:
            running = Readings(self.library.store).many(jobs, started=lambda job: bar.begins(job.datei), meanwhile=bar.refresh)
            with closing(running):  # the first error ends all: processes and their folder are not to wait for whoever keeps the error
                for job, answers in running:
                    (said,) = (answer.extraction for answer in answers_of(answers))
                    self._refuse_known(said.record.wortlaut, job.datei)
                    found[job.datei] = specimen(job.datei.name, said.sha256, said.reading, said.record, said.found, self.library)
                    bar.ends(job.datei)
        return found

    def _of_record(self, file: Path) -> Specimen:
        record = self.library.effective(self.library.store.load(file).record, file)
        self._refuse_known(record.wortlaut, file)
        return specimen_of_record(file.name, sha256(file.read_bytes()), record, self.library)

    @staticmethod
    def _refuse_known(wortlaut: str | None, file: Path) -> None:
        if wortlaut is not None:
            raise UsageError(
                f"Die Vereinbarung folgt dem Wortlaut {wortlaut}, den es schon gibt; er wird nie überschrieben.",
                datei=file,
                abhilfe="Gelernt wird nur für ein Jahr ohne Wortlaut.",
            )

    def _schluessel(self, specimens: Sequence[Specimen], files: Sequence[Path]) -> str:
        """The name of the wording: Land and year, the same of all."""
        names = [f"{self.library.land_of(each.record.traeger, each.record.jahr)}/{each.record.jahr}" for each in specimens]
        for name, file in zip(names, files, strict=True):
            if self.jahr is not None and not name.endswith(f"/{self.jahr}"):
                raise UsageError(
                    f"Die Vereinbarung ist von {name[-4:]}, verlangt ist {self.jahr}.", datei=file, abhilfe="Die Datei weglassen."
                )
            if name != names[0]:
                raise UsageError(
                    f"Die Vereinbarung gehört zu {name}, {files[0].name} aber zu {names[0]}.",
                    datei=file,
                    abhilfe="Nur Vereinbarungen eines Landes und eines Jahres zusammen nennen.",
                )
        if names[0] in self.library.wordings():
            raise UsageError(
                f"Einen Wortlaut {names[0]} gibt es schon; er wird nie überschrieben.",
                datei=files[0],
                abhilfe="Gelernt wird nur für ein Jahr ohne Wortlaut.",
            )
        return names[0]

    def _rahmen(self, specimens: Sequence[Specimen]) -> Path | None:
        """Writes the year's rahmen.yaml where there is none."""
        jahr, land = specimens[0].record.jahr, self.library.land_of(specimens[0].record.traeger, specimens[0].record.jahr)
        if self.library.store.rahmen(jahr, land=land) is not None:
            return None
        text = shared_rahmen(land, [each.record for each in specimens], ", ".join(each.name for each in specimens))
        if text is None:
            return None
        path = self.library.store.rahmen_path(jahr, land)
        write_new(path, text.encode())
        return path


# ---------------------------------------------------------------- telling


def as_data(result: Result) -> dict[str, Any]:
    """What was learned, for programs."""
    return {
        "wortlaut": result.learned.wording.schluessel, "datei": str(result.path),
        "rahmen": None if result.rahmen is None else str(result.rahmen), "anzusehen": list(result.learned.notes),
        "proben": [{
            "datei": proof.name, "abweichungen": proof.departures, "meldung": None if proof.error is None else str(proof.error),
            "unterschiede": [{"feld": each.feld, "name": each.name, "vorher": each.alt, "nachher": each.neu,
                              "stelle": _place(each.feld, proof)} for each in proof.differences],
            "erst_mit_dem_entwurf": [{"feld": each.feld, "name": each.name, "wert": each.neu} for each in proof.gained],
            "unsicher": list(proof.unsure),
        } for proof in result.proofs],
    }  # fmt: skip


def show(result: Result, ordner: Path, console: Console) -> None:
    """The files, a table of the proofs, below it what does not come back, and what is to be looked at in the draft."""
    console.print(f"Entwurf: {_within(result.path, ordner)}", markup=False)
    if result.rahmen:
        console.print(f"Dazu: {_within(result.rahmen, ordner)}", markup=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("Vereinbarung", "zurückgelesen", "Abweichungen"):
        table.add_column(heading, overflow="fold")
    for proof in result.proofs:
        table.add_row(*map(escape, (proof.name, _came_back(proof), str(proof.departures))))
    console.print(table)
    for line in told(result):
        console.print(line, markup=False, soft_wrap=True)


def told(result: Result) -> Iterator[str]:
    """What a person must know, a line each."""
    for proof in result.proofs:
        if proof.error:
            yield f"{proof.name}: {proof.error}"
        for each in proof.differences:
            yield f"{proof.name}: {each.name}: vorher {_short(each.alt)}, mit dem Entwurf {_short(each.neu)} ({_place(each.feld, proof)})"
        yield from (f"{proof.name}: {each.name}: erst mit dem Entwurf erkannt, {_short(each.neu)}" for each in proof.gained)
        if proof.unsure:
            yield f"{proof.name}: unsicher gelesen und nicht verglichen: {', '.join(dict.fromkeys(map(label, proof.unsure)))}"
    yield from (f"Anzusehen: {note}" for note in result.learned.notes)
    yield "Den Entwurf lesen und berichtigen; danach lesen zv lies und zv einlesen die Vereinbarungen dieses Jahres damit."


def _came_back(proof: Proof) -> str:
    if proof.error:
        return "nicht möglich"
    count = len(proof.differences)
    return "alle Angaben" if not count else f"{count} Angabe{'n' if count > 1 else ''} anders"


def _place(feld: str | None, proof: Proof) -> str:
    """Where the Angabe was read with the draft."""
    spots = next((each.locations for each in proof.found if each.feld == feld), ())
    if not spots:
        return "ohne Stelle"
    page = f"Seite {spots[0].page}, " if spots[0].page else ""
    return f"{page}„{_short((spots[0].text,))}“"


def _short(texts: Sequence[str]) -> str:
    text = " / ".join(texts)
    return text if len(text) <= 100 else f"{text[:99]}…"


def _within(path: Path, ordner: Path) -> str:
    """A path from the folder one works in."""
    return str(path.relative_to(ordner) if path.is_relative_to(ordner) else path)
