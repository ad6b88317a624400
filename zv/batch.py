"""All agreements of a year printed at once: only what changed, each proven, one that fails stops no other, nothing is ever half."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from agreements.errors import UsageError, ZvError
from agreements.files.disk import let_out, sha256, workshop
from agreements.files.places import Places
from agreements.register.laender import zkt_of
from agreements.register.register import load_register
from zv.fingerprint import Surroundings, inputs, surroundings
from zv.formats import FORMATS, filename
from zv.manifest import Entry, Manifest, read_manifest
from zv.orders import Job, Made, Order, joined
from zv.press import presses_beside
from zv.workers import each_done, processors, without_collection

NOTED = 1.0
"""Seconds after which a run writes down what it has done so far; the manifest of many agreements takes as long as printing one."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one Träger's agreement."""

    traeger: str
    ergebnis: Literal["gemacht", "unveraendert", "gescheitert", "ohne Datensatz"]
    entwurf: bool = False
    error: ZvError | None = None
    aside: tuple[Path, ...] = ()
    """Outputs that somebody had changed, under the names they have now."""
    old: tuple[str, ...] = ()
    """Outputs of an earlier record that still lie there."""


@dataclass(slots=True)
class Batch:
    """One run over a year."""

    order: Order
    places: Places = field(init=False)
    manifest: Manifest = field(init=False)
    around: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.order.ordner)
        self._look()

    @property
    def records(self) -> Sequence[Path]:
        """The year's records; UsageError where it has none."""
        records = self.places.of_year(self.order.jahr)
        if not records:
            raise UsageError(f"Für {self.order.jahr} gibt es keine Datensätze.",
                             abhilfe=f"Entwürfe aus dem Vorjahr legt an: zv entwirf {self.order.jahr} --alle")  # fmt: skip
        return records

    def results(
        self, started: Callable[[str], None] = lambda traeger: None, meanwhile: Callable[[], None] = lambda: None
    ) -> Iterator[Result]:
        """What becomes of each Träger of the year, as soon as it is known; ZvError where nothing can be written at all."""
        jobs = [self._job(record) for record in self.records]
        if any(job.formate for job in jobs):
            with workshop(self.order.folder) as shop:
                self._look()  # another run may have ended meanwhile
                jobs = [self._job(record) for record in self.records]
                yield from (self._unchanged(job) for job in jobs if not job.formate)
                yield from self._printed([job for job in jobs if job.formate], shop, started, meanwhile)
        else:
            yield from map(self._unchanged, jobs)
        yield from self._without_record({job.traeger for job in jobs})

    def _look(self) -> None:
        """Reads what was made, and hashes what it was made in."""
        self.manifest = read_manifest(self.order.folder, self.order.jahr)
        self.around = surroundings(self.manifest.libraries)

    def _job(self, record: Path) -> Job:
        """What is to be done for a record; no formats where all outputs are what they would be."""
        eingang = inputs(self.places, self.order.jahr, record, self.order.how.vorlage)
        return Job(record, tuple(form for form in self.order.how.formate if not self._holds(record.stem, form, eingang)), eingang)

    def _holds(self, traeger: str, form: str, eingang: dict[str, str]) -> bool:
        name = filename(traeger, form)
        if not self.manifest.is_current(name, eingang, self.around.sum_for(form)):
            return False
        return self.manifest.ausgaben[name].endgueltig or not self.order.how.endgueltig

    def _unchanged(self, job: Job) -> Result:
        drafts = (self.manifest.ausgaben[filename(job.traeger, form)].entwurf for form in self.order.how.formate)
        return Result(job.traeger, "unveraendert", entwurf=any(drafts))

    def _without_record(self, known: set[str]) -> Iterator[Result]:
        keys = [row.schluessel for row in zkt_of(self.places, load_register(ordner=self.order.ordner), self.order.jahr)]
        keys += sorted({name.partition(".")[0] for name in self.manifest.ausgaben} - known - set(keys))
        yield from (Result(key, "ohne Datensatz", old=self._lying(key)) for key in keys if key not in known)

    def _lying(self, traeger: str) -> tuple[str, ...]:
        names = (filename(traeger, form) for form in FORMATS)
        return tuple(name for name in names if (self.order.folder / name).is_file())

    # ------------------------------------------------------------ printing

    def _printed(self, jobs: Sequence[Job], shop: Path, started: Callable[[str], None], meanwhile: Callable[[], None]) -> Iterator[Result]:
        """What becomes of each job; what was done is noted also where the run is interrupted."""
        noted = time.monotonic()
        try:
            with closing(self._answers(jobs, shop, started, meanwhile)) as answers:
                for job, answer in answers:
                    yield self._let_out(job, answer, shop)
                    if time.monotonic() > noted + NOTED:
                        with suppress(ZvError):  # the last time decides
                            self._note(shop)
                        noted = time.monotonic()
        finally:
            self._note(shop)

    def _answers(
        self, jobs: Sequence[Job], shop: Path, started: Callable[[str], None], meanwhile: Callable[[], None]
    ) -> Generator[tuple[Job, Made | ZvError], None, None]:
        """Each job with what its processes answer.

        Where there are fewer jobs than processors, the formats of each are parted too, each process loads what its own needs,
        and what sets a PDF has begun to load before.
        """
        parted = len(jobs) < processors()
        parts = [part for job in jobs for part in job.parts()] if parted else jobs
        begins = _once(started)
        with presses_beside([part.record for part in parts if parted and part.formate == ("pdf",)]) as presses:
            with without_collection():
                from zv.printing import prepare, print_agreement  # all that prints, where something is to be printed

                prepare(self.order, () if parted else {form for job in jobs for form in job.formate})
            work = partial(print_agreement, self.order, shop, presses)
            with closing(each_done(work, parts, min(processors(), len(parts)), lambda job: begins(job.traeger), meanwhile)) as answers:
                yield from _whole(jobs, answers)

    def _note(self, shop: Path) -> None:
        self.manifest.umgebung = self.around.as_data()
        self.manifest.write(shop)

    def _let_out(self, job: Job, answer: Made | ZvError, shop: Path) -> Result:
        """The outputs of one agreement in their places, unless one cannot be."""
        if isinstance(answer, ZvError):
            return Result(job.traeger, "gescheitert", error=answer, old=self._lying(job.traeger))
        if answer.libraries and answer.libraries != set(self.around.bibliotheken):
            self.around = self.around.with_libraries(answer.libraries)
        aside = []
        try:
            for form in job.formate:
                name = filename(job.traeger, form)
                made = answer.outputs[name]
                aside += self._set_aside(name, made)
                let_out(shop / name, self.order.folder / name)
                self.manifest.ausgaben[name] = Entry(
                    made, job.eingang, self.around.sum_for(form), answer.entwurf, self.order.how.endgueltig
                )
        except ZvError as error:
            return Result(job.traeger, "gescheitert", error=error, aside=tuple(aside), old=self._lying(job.traeger))
        return Result(job.traeger, "gemacht", entwurf=answer.entwurf, aside=tuple(aside))

    def _set_aside(self, name: str, made: str) -> list[Path]:
        """Where an output was changed since it was made, it gets another name beside: somebody's work may be in it."""
        path = self.order.folder / name
        if name not in self.manifest.ausgaben or not path.is_file() or self.manifest.is_untouched(name):
            return []
        there = sha256(path.read_bytes())
        if there == made:
            return []
        kept = path.with_name(f"{path.stem}.geaendert-{there[:8]}{path.suffix}")
        let_out(path, kept)
        return [kept]


def _whole(jobs: Iterable[Job], answers: Iterable[tuple[Job, Made | ZvError]]) -> Iterator[tuple[Job, Made | ZvError]]:
    """Each job with its answer once all its parts are answered."""
    jobs_of = {job.record: job for job in jobs}
    answered: dict[Path, dict[str, Made | ZvError]] = {record: {} for record in jobs_of}
    for part, answer in answers:
        job, parts = jobs_of[part.record], answered[part.record]
        parts |= dict.fromkeys(part.formate, answer)
        if len(parts) == len(job.formate):
            yield job, joined(parts[form] for form in job.formate)


def _once(function: Callable[[str], None]) -> Callable[[str], None]:
    """The function, called for each word the first time alone."""
    seen: set[str] = set()

    def first(word: str) -> None:
        if word not in seen:
            seen.add(word)
            function(word)

    return first
