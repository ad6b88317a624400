"""What was read of a file is kept under `out/lesung/`, so that nobody waits twice for the recognition of the same pages.

A reading holds names and pictures of signatures: only its owner may open it, and `zv vergiss` deletes it. It can be made again at any
time. It counts as long as the file, the program, its packages and models, and the wordings beside it are the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click
from pydantic import BaseModel, ValidationError

from agreements.comparing.intake import digest
from agreements.errors import ZvError
from agreements.files.disk import in_german, sha256, write_atomic
from agreements.library.provenance import places
from agreements.model.record import Fundstelle, Vereinbarung
from agreements.reading.extraction import Extraction
from agreements.register.register import load_register
from agreements.store.store import Store
from extract.files.sandbox import Job, run_many
from extract.results.transfer import Answer, read_answers
from zv.fingerprint import content, of_reading
from zv.workers import processors

Said = list[Answer | ZvError]
"""What each agreement of a file says, one that cannot be read as its error."""
WORDS, EVERYTHING = "extract.results.worker:words", "extract.results.worker:everything"
FOLDER = Path("out/lesung")


class _Kept(BaseModel):
    """One reading as its file holds it."""

    umgebung: str
    """SHA-256 of all that reads."""
    eingang: dict[str, str]
    """SHA-256 of the records that it was held against, by their place in the folder."""
    text: str


@dataclass(frozen=True)
class Readings:
    """Reads files, each once; what cannot be kept is read all the same, and standard error says why."""

    store: Store
    anywhere: bool = False
    """Whether a reading is kept also where no records are yet; else nothing of a document is left behind there."""

    def words(self, datei: Path, schluessel: str = "", wortlaut: Path | None = None) -> Extraction:
        """What a file says, of several agreements the first, read with a wording as it stands in a file, where one is named.

        Errors as for `extract.extraction.extract`.
        """
        read_with = (schluessel, wortlaut) if wortlaut else ()
        return self._of(Job(datei, WORDS, (datei, self.store.ordner, *read_with)))[0].extraction

    def agreements(self, datei: Path) -> list[Extraction]:
        """What each agreement of a file says; raises the error of the first that cannot be read."""
        return [answer.extraction for answer in self._of(Job(datei, EVERYTHING, (datei, self.store.ordner, None)))]

    def with_pictures(self, datei: Path) -> list[Answer]:
        """The same with the picture of each place."""
        return self._of(Job(datei, EVERYTHING, (datei, self.store.ordner, "alle")))

    def keeps(self, datei: Path, function: str) -> bool:
        """Whether what this function says of a file is kept, so that no process is needed to ask it."""
        sum_ = _digest(datei)
        return self._kept(Job(datei, function, (datei, self.store.ordner)), sum_) is not None

    def _of(self, job: Job) -> list[Answer]:
        ((_, said),) = self.many([job], 1)
        return answers_of(said)

    def kept_of(self, datei: Path, sha256: str, also_old: bool = False) -> list[Answer]:
        """What is kept with pictures of the file with this SHA-256, whatever it was called; nothing where that does not hold any more.

        `also_old`: what another program or other wordings made of it, too.
        """
        for path in sorted((self.store.ordner / FOLDER).glob(f"{sha256[:_DIGITS]}-*.json")):
            said = self._held(path, datei, sha256, also_old) or []
            answers = [each for each in said if isinstance(each, Answer)]
            if any(answer.pictures for answer in answers):
                return answers
        return []

    def places(self, record: Vereinbarung) -> Mapping[str, Fundstelle]:
        """Where the numbers of a record stand that were read surely; nothing where no reading of its file is kept.

        An older reading tells it, too: its places count only for the values that it read.
        """
        quelle = record.akte.quelle
        for answer in self.kept_of(Path(quelle.datei), quelle.sha256, also_old=True) if quelle else ():
            said = answer.extraction
            own = said.record.akte.quelle
            if own and quelle and own.seiten == quelle.seiten:
                return places(said.found, said.record, load_register(ordner=self.store.ordner))
        return {}

    def many(
        self, jobs: Sequence[Job], processes: int | None = None,
        started: Callable[[Job], None] = lambda job: None, meanwhile: Callable[[], None] = lambda: None,
    ) -> Generator[tuple[Job, Said | ZvError], None, None]:  # fmt: skip
        """What each file says, or why it cannot be read: first those that were read before, then the others in the order they end."""
        sums, unread = dict[Job, str](), list[Job]()
        for job in jobs:
            try:
                sums[job] = digest(job.datei)
            except ZvError as error:  # no process is begun for what cannot be read
                started(job)
                yield job, error
                continue
            if (said := self._kept(job, sums[job])) is None:
                unread.append(job)
            else:
                started(job)
                yield job, said
        for job, text in run_many(unread, processes or processors(), started=started, meanwhile=meanwhile):
            yield job, self._said(job, text, sums[job])

    def _said(self, job: Job, text: str | ZvError, before: str) -> Said | ZvError:
        """What a process answered, kept where the file is still the one that was to be read."""
        if isinstance(text, ZvError):
            return text
        try:
            said = read_answers(text, job.datei)
        except ZvError as error:
            return error
        if (self.anywhere or (self.store.ordner / "agreements").is_dir()) and _digest(job.datei) == before:
            self._keep(job, before, said, text)
        return said

    # ------------------------------------------------------------ on the disk

    @cached_property
    def _surroundings(self) -> str:
        return of_reading(self.store)

    def _path(self, job: Job, sum_: str) -> Path:
        """A name that begins with the file's SHA-256; the rest tells what was asked, and under which name the file lay there."""
        asked = json.dumps([job.function, job.datei.name, *map(str, job.args[2:])])
        return self.store.ordner / FOLDER / f"{sum_[:_DIGITS]}-{sha256(asked.encode())[:_DIGITS]}.json"

    def _kept(self, job: Job, sum_: str | None) -> Said | None:
        """What was read before; None where that does not hold any more, or is no reading."""
        if sum_ is None or not (path := self._path(job, sum_)).is_file():
            return None
        return self._held(path, job.datei, sum_)

    def _held(self, path: Path, datei: Path, sum_: str, also_old: bool = False) -> Said | None:
        """What a kept reading says; None where it does not hold any more."""
        try:
            kept = _Kept.model_validate_json(path.read_bytes())
            if not (also_old or self._is_current(kept)):
                return None
            said = read_answers(kept.text, datei)
        except (OSError, ValidationError, ZvError):
            return None  # a file that something else has written: the document is read anew
        return said if all(answer.extraction.sha256 == sum_ for answer in said if isinstance(answer, Answer)) else None

    def _is_current(self, kept: _Kept) -> bool:
        """Whether a file would be read so today."""
        same = all(content(self.store.ordner / name) == one for name, one in kept.eingang.items())
        return same and kept.umgebung == self._surroundings

    def _keep(self, job: Job, sum_: str, said: Said, text: str) -> None:
        records = [answer.extraction.record for answer in said if isinstance(answer, Answer) and _asks_records(answer.extraction)]
        eingang = {name: content(self.store.ordner / name) for record in records for name in self._held_against(record)}
        kept = _Kept(umgebung=self._surroundings, eingang=eingang, text=text)
        try:
            write_atomic(self._path(job, sum_), kept.model_dump_json().encode(), private=True)
        except ZvError as error:
            click.echo(f"Die Lesung von {job.datei.name} wird nicht aufbewahrt. {error.message}", err=True)

    def _held_against(self, record: Vereinbarung) -> Iterator[str]:
        """The agreement and its amendments, those that may come, too."""
        folder = f"agreements/{record.jahr}"
        yield from (f"{folder}/{record.traeger}.yaml", f"{folder}/{record.traeger}-1.yaml")
        yield from (f"{folder}/{path.name}" for path in self.store.amendments(record.jahr, record.traeger))


_DIGITS = 16


def _digest(datei: Path) -> str | None:
    """None for a file that cannot be read: the reading says why."""
    try:
        return digest(datei)
    except ZvError:
        return None


def _asks_records(extraction: Extraction) -> bool:
    """Whether a document was held against records: an amendment, and a sheet with a code."""
    return extraction.record.aenderung is not None or any(each.art == "papercode" for each in extraction.reading.beiwerk)


def answers_of(said: Said | ZvError) -> list[Answer]:
    """What each agreement of a file says; raises the error of the first that cannot be read."""
    answers = []
    for each in [said] if isinstance(said, ZvError) else said:
        if isinstance(each, ZvError):
            raise each
        answers.append(each)
    return answers


def forget(store: Store, dateien: Sequence[Path] | None = None) -> int:
    """How many readings were deleted: those of some files, None: all. UnreadableError where a file is not there."""
    folder = store.ordner / FOLDER
    patterns = ["*.json"] if dateien is None else [f"{digest(datei)[:_DIGITS]}-*.json" for datei in dateien]
    found = [path for pattern in patterns for path in folder.glob(pattern)]
    with in_german(folder):
        for path in found:
            path.unlink()
    return len(found)
