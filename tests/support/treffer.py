"""How many Angaben of scanned agreements are read right, doubted or silently wrong, by what befell the scan: `make treffer`. Not a test.

Agreements of all Träger are printed, scanned by simulation and read as `zv lies` reads them; older structures are laid
out by LibreOffice. Comparison follows the contract (docs/angaben.md); a text is right only if no word differs.
Each record is printed and read again, too (law 4). Exit code 1 where a value is silently wrong, a fault of the pages is not
said, a record reads back otherwise, or reading crashed; 2 where it was interrupted.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

import pypdfium2 as pdfium
from older_documents import Older
from own_texts import text_of
from pydantic import BaseModel
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.table import Table
from round_trip import LIBRARY, ROOT, emsland, said_otherwise
from scan_simulator import Box, Scan, Scanned, Written, scanned
from uncalibrated import Read, read_all
from varied import NAMES, varied

from agreements.errors import ZvError
from agreements.model.document import Document
from agreements.model.fields import angaben
from agreements.model.record import Unterschrift, Vereinbarung
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found
from extract.confidence.calibration import calibrated, group_of
from extract.extraction import Extraction, extract
from render.pdf import render_pdf

KEPT = ROOT / "out" / "treffer"
"""Where pages with wrong readings are kept, to be looked at."""
PROCESSES = 2
DEN = 32.0
"""Points that ", den " is wide."""
ROOM = 25.0
"""Points; in so much room above a name people sign there, not over the name."""
Kind = Literal["right", "right but flagged", "flagged", "silent"]
KINDS: tuple[Kind, ...] = ("right", "right but flagged", "flagged", "silent")


class Degradation(NamedTuple):
    """What befalls an agreement; one of an older structure follows no wording."""

    scan: Scan
    ink: bool = False
    date: bool = False
    older: bool = False


POOR = Scan(dpi=150, skew=2, noise=8, blur=0.25, jpeg=45)
DEGRADATIONS: dict[str, Degradation] = {
    "office": Degradation(Scan()),
    "skew": Degradation(Scan(skew=8)),
    "noise": Degradation(Scan(noise=18)),
    "blur": Degradation(Scan(blur=0.4)),
    "jpeg": Degradation(Scan(jpeg=20)),
    "bilevel": Degradation(Scan(bilevel=True)),
    "stamp": Degradation(Scan(stamp=True, colour=True)),
    "ink": Degradation(Scan(), ink=True),
    "date": Degradation(Scan(), date=True),
    "pen": Degradation(Scan(colour=True), ink=True, date=True),
    "fold": Degradation(Scan(fold=True)),
    "turned": Degradation(Scan(pages="turned")),
    "disordered": Degradation(Scan(pages="disordered")),
    "doubled": Degradation(Scan(pages="doubled")),
    "missing": Degradation(Scan(pages="missing")),
    "older": Degradation(Scan(skew=2, noise=6, specks=25), ink=True, date=True, older=True),
    "poor": Degradation(POOR),
    "poor, ink": Degradation(replace(POOR, stamp=True), ink=True, date=True),
    "coarse": Degradation(Scan(dpi=100)),
    "fine": Degradation(Scan(dpi=300, bilevel=True, skew=2), ink=True),
    "older, fine": Degradation(Scan(dpi=300, bilevel=True, skew=1, specks=25), ink=True, date=True, older=True),
    "older, poor": Degradation(replace(POOR, stamp=True), ink=True, older=True),
}


class Value(NamedTuple):
    """One Angabe, what was read of it, and where it stands."""

    feld: str
    kind: Kind
    want: Any
    got: Any
    sicherheit: float | None
    """As the readers say, see `as_readers_say`; None where nothing was read, and nobody says that nothing is there."""
    grund: str | None
    seite: int | None
    kasten: Sequence[float] | None


Case = tuple[str, bool, float, bool]
"""See `cases_of`."""


class Letters(NamedTuple):
    """Letters that are wrong, of so many."""

    wrong: int = 0
    all: int = 0

    @property
    def rate(self) -> float | None:
        """The character error rate; None without letters."""
        return self.wrong / self.all if self.all else None


NONE = Letters()


@dataclass(slots=True)
class Outcome:
    """What became of one document."""

    name: str
    degradation: str
    traeger: str = ""
    error: str = ""
    """Why it was not read at all, in the program's own words."""
    values: list[Value] = field(default_factory=list)
    fixed: Letters = NONE
    """Known text after alignment; of an older structure, that has none, all kept text."""
    free: Letters = NONE
    expected: list[str] = field(default_factory=list)
    """Findings on the pages that must be made."""
    unsaid: list[str] = field(default_factory=list)
    """Those that were not."""
    false_alarms: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    """What the record says otherwise once it is printed and read again (law 4)."""
    seconds: float = 0.0


# ---------------------------------------------------------------- comparison, as the contract has it

_SHAPES: dict[str, str | None] = {"\u00a0": " ", "\u202f": " ", "\u00ad": None}
_QUOTES = str.maketrans(_SHAPES | dict.fromkeys("„“”‟«»", '"') | dict.fromkeys("‚‘’", "'") | dict.fromkeys("–—‐‑−", "-"))


def plain(text: str) -> str:
    """A text without what is only its shape: kinds of quotes, dashes and blanks."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


def normal(value: Any) -> Any:
    """A value as the report has it, texts plain; a target without the level it comes to, which is an Angabe of its own."""
    match value:
        case BaseModel():
            return {key: normal(part) for key, part in value if key != "entspricht"}
        case Enum():
            return None
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [normal(part) for part in value]
        case str():
            return plain(value)
        case _:
            return value


def same(want: Any, got: Any) -> bool:
    """Whether two normal values say the same; of numbers every digit counts, cents of whole Euro apart."""
    if isinstance(want, int) and isinstance(got, int | str):
        return re.fullmatch(rf"{want}(\.00)?", str(got)) is not None
    return bool(want == got)


# ---------------------------------------------------------------- what is true


class Truth(NamedTuple):
    """An agreement as printed, what it says, and which of its sentences belong to no Angabe."""

    name: str
    traeger: str
    pdf: bytes
    values: Mapping[str, Any]
    places: Mapping[str, Found]
    document: Document | None
    """None for one of an older structure."""
    sentences: Sequence[str] = ()


def printed(seed: int) -> Truth:
    """The agreement of a seed, signed in the wording of 2024."""
    record = _agreed(varied(seed, emsland()), random.Random(seed))
    document = LIBRARY.document(record)
    values = {feld: wert for feld, wert in angaben(record).items() if not feld.endswith(".zustand")}
    pdf = render_pdf(document)
    return Truth(f"{record.traeger}-{seed}", record.traeger, pdf, values | {"wortlaut": record.wortlaut}, _places(pdf), document)


def _agreed(record: Vereinbarung, chance: random.Random) -> Vereinbarung:
    """The record as one signs it: what is foreseen and open in a signature is left out, the Land's names vary too."""
    signed: dict[str, dict[int, Unterschrift]] = {}
    for party, several in record.unterschriften:
        for number, one in several.items():
            update = {key: None for key in ("zusatz", "funktion") if isinstance(getattr(one, key), Enum)}
            name = {"name": chance.choice(NAMES)} if party == "land" else {}
            signed.setdefault(party, {})[number] = one.model_copy(update=update | name)
    return record.model_copy(update={"unterschriften": record.unterschriften.model_copy(update=signed)})


def laid_out(seed: int, pdf: bytes) -> Truth:
    """The look-alike of an older agreement of a seed, as LibreOffice has laid it out."""
    older = Older(seed)
    older.word()
    traeger, values = older.traeger.schluessel, older.truth | {"wortlaut": None}
    return Truth(f"{traeger}-{older.jahr}-{seed}", traeger, pdf, values, _places(pdf), None, older.sentences)


def _places(pdf: bytes) -> dict[str, Found]:
    """Where each Angabe stands in the printed file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gedruckt.pdf"
        path.write_bytes(pdf)
        return {found.feld: found for found in extract(path, LIBRARY, own=True).found}


def with_pen(truth: Truth, degradation: Degradation, seed: int) -> tuple[Truth, list[Written]]:
    """What is written on the paper: signatures over the names, a date where it was left blank, which is then true."""
    chance, written, values = random.Random(seed), list[Written](), dict(truth.values)
    boxes = {feld: (ort.page, ort.box) for feld, found in truth.places.items() for ort in found.locations[:1] if ort.page and ort.box}
    for feld, (seite, box) in boxes.items():
        if degradation.ink and feld.startswith("unterschriften.") and feld.endswith(".name"):
            written.append(Written(seite, _signed(feld, box, boxes) if degradation.older else box))
        place = boxes.get(feld.replace(".datum", ".ort"))
        dated = degradation.date and not (degradation.older and chance.random() < 0.5)
        if dated and feld.endswith(".datum") and normal(values.get(feld)) is None and place:
            day = date(values["jahr"], chance.randint(1, 12), chance.randint(1, 28))
            text = chance.choice((f"{day:%d.%m.}", f"{day.day}.{day.month}."))
            written.append(Written(seite, _dated(box, place[1]), text))
            values[feld] = day
    return truth._replace(values=values), written


def _signed(feld: str, name: Box, boxes: Mapping[str, tuple[int, Box]]) -> Box:
    """Where a signature is written: in the room above the name where there is some, else over it."""
    above = [box[3] for key in ("ort", "datum", "zusatz") for _, box in [boxes.get(feld.replace(".name", f".{key}"), (0, name))]]
    top = max([bottom for bottom in above if bottom < name[1]], default=name[1])
    return (name[0], top, name[2], name[1]) if name[1] - top > ROOM else name


def _dated(year: Box, ort: Box) -> Box:
    """Where a day is written: in the gap before the year, behind the year without one, behind "den" where the year stands below."""
    left = ort[2] + DEN
    if year[0] < left - 12:
        return (left, ort[1], left + 45, ort[3])
    return (left, year[1], year[0] - 3, year[3]) if year[0] > left + 20 else (year[2] + 3, year[1], year[2] + 43, year[3])


# ---------------------------------------------------------------- one document, in a process of its own


class Made(NamedTuple):
    """A document of the sweep: what is true of it, how it was scanned, and where it lies."""

    degradation: str
    truth: Truth
    scan: Scanned
    path: Path


def made(name: str, seed: int, given: Path | None, kept: Path) -> Made:
    """The document of a seed under a degradation; `given` is its PDF file where it was laid out before."""
    degradation = DEGRADATIONS[name]
    truth = laid_out(seed, given.read_bytes()) if given else printed(seed)
    truth, written = with_pen(truth, degradation, seed)
    scan = scanned(truth.pdf, degradation.scan, seed, written)
    path = kept / f"{name.replace(', ', '-')}-{truth.name}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(scan.pdf)
    return Made(name, truth, scan, path)


def outcome_of(document: Made, read: Read) -> Outcome:
    """What became of a document."""
    name, truth, scan, path = document
    outcome = Outcome(path.stem, name, truth.traeger, seconds=read.seconds)
    outcome.error = read.error
    if isinstance(read.said, ZvError):
        outcome.values = [Value(feld, "flagged", normal(want), None, None, read.error, None, None) for feld, want in truth.values.items()]
    else:
        compare(outcome, truth, scan, read.said)
        outcome.otherwise = on_print(read.said.record)
    keep_wrong(outcome, path)
    return outcome


def compare(outcome: Outcome, truth: Truth, scan: Scanned, extraction: Extraction) -> None:
    """Enters what was read of a scan beside what is true."""
    outcome.values = list(values_read(truth, extraction))
    outcome.expected, outcome.unsaid, outcome.false_alarms = said_of_pages(DEGRADATIONS[outcome.degradation], scan, extraction.befunde)
    if DEGRADATIONS[outcome.degradation].scan.pages == "missing":
        return
    if truth.document is None:
        outcome.fixed = kept_text(truth.sentences, extraction)
    else:
        outcome.fixed, outcome.free = fixed_text(truth.document, extraction), free_text(outcome.values)


def on_print(record: Vereinbarung) -> list[str]:
    """What the record says otherwise once it is printed and read again, or why it cannot be."""
    try:
        return said_otherwise(record)
    except ZvError as error:
        return [str(error)]


def as_reported(values: Iterable[Value]) -> list[Value]:
    """The values, as sure as the report says."""
    return [value._replace(sicherheit=_found(value).confidence) if value.sicherheit is not None else value for value in values]


def _found(value: Value) -> Found:
    doubts = (Doubt("von-hand"),) if "flagged" in value.kind else ()
    return calibrated([Found(value.feld, value.got, (), value.sicherheit or 0.0, doubts)])[0]


_INVENTED = re.compile(r"haushalt\.|ziele\.(leistungen_lebensunterhalt|integrationsquote|langzeitleistungsbezug)\.")


def values_read(truth: Truth, extraction: Extraction) -> Iterator[Value]:
    """Each Angabe of the truth as it was read, then those that were read and are not in the document."""
    by_field = {found.feld: found for found in extraction.found if not found.feld.endswith(".zustand")}
    if extraction.record.wortlaut is not None:
        by_field["wortlaut"] = Found("wortlaut", extraction.record.wortlaut, (), 1.0)
    for feld, want in truth.values.items():
        yield _value(feld, normal(want), by_field.pop(feld, None), extraction.befunde, truth.places.get(feld))
    for feld, found in by_field.items():
        told = truth.document is not None or _INVENTED.match(feld)
        if told and not found.doubtful and normal(found.wert) is not None:
            yield _value(feld, None, found, (), None)


def _value(feld: str, want: Any, found: Found | None, befunde: Iterable[Befund], place: Found | None) -> Value:
    got = normal(found.wert) if found else None
    right = same(want, got)
    flagged = found.doubtful if found else any(_is_about(befund, feld) for befund in befunde)
    kind: Kind = KINDS[(0 if right else 2) + (flagged if right else not flagged)]
    shown = next((ort for one in (found, place) if one for ort in one.locations if ort.page), None)
    sure = found.confidence if found and (got is not None or not flagged) else None
    seite, kasten = (shown.page, shown.box) if shown else (None, None)
    return Value(feld, kind, want, got, sure, found.reason if found else None, seite, kasten)


def _is_about(befund: Befund, feld: str) -> bool:
    """Whether a finding tells of an Angabe that was not read, or of all that it belongs to."""
    return befund.feld == feld or (befund.feld is not None and "." in befund.feld and feld.startswith(f"{befund.feld}."))


def said_of_pages(degradation: Degradation, scan: Scanned, befunde: Sequence[Befund]) -> tuple[list[str], list[str], list[str]]:
    """Findings on the pages that must be made, those that were not, and those made without cause."""
    happened = degradation.scan.pages
    due = {happened} & {"missing", "disordered", "doubled"} | {f"turned: page {page}" for page, turn in enumerate(scan.turns, 1) if turn}
    made = {name for befund in befunde for name in _says_of_pages(befund)}
    return sorted(due), sorted(due - made), sorted(made - due)


def _says_of_pages(befund: Befund) -> Iterator[str]:
    """What a finding says of the pages."""
    if befund.art == "fehlt" and befund.schwere == "fehler":
        yield "missing"
    if befund.art == "reihenfolge" and re.search("in der (Reihenf|F)olge|noch einmal", befund.text):
        yield "doubled" if "noch einmal" in befund.text else "disordered"
    if turned := re.match(r"Seite (\d+):.*gedreht", befund.text):
        yield f"turned: page {turned[1]}"


_OPEN = re.compile(r"\[[^\]]* offen\]")
"""What stands for a value that was not read: that is counted with the values."""


def fixed_text(document: Document, extraction: Extraction) -> Letters:
    """Letters of known text that were read otherwise: what was printed departs nowhere, so that every departure is a slip."""
    spans = [span for block in document.blocks for span in block.spans if span.feld is None]
    departures = [one for one in extraction.record.abweichungen if one.art != "verschoben"]
    wrong = sum(Levenshtein.distance(plain(_OPEN.sub("", one.alt or "")), plain(one.neu or "")) for one in departures)
    return Letters(wrong, sum(len(plain(span.text)) for span in spans))


_FREE = re.compile(r"\.(regionale_lage|titel|ziel|schritte|erreicht_wenn)$")


def free_text(values: Iterable[Value]) -> Letters:
    """Letters of free texts that were read otherwise, flagged or not; all of a text that was not read."""
    texts = [(_joined(value.want), _joined(value.got)) for value in values if _FREE.search(value.feld) and value.want is not None]
    return Letters(sum(Levenshtein.distance(want, got) for want, got in texts), sum(len(want) for want, _ in texts))


def _joined(value: Any) -> str:
    return " ".join(value) if isinstance(value, list | tuple) else value or ""


def kept_text(sentences: Sequence[str], extraction: Extraction) -> Letters:
    """Letters of a document's sentences that are missing or otherwise in the kept text, each sentence sought in all of it."""
    blocks = text_of(extraction.record) if extraction.record.text else ()
    kept = plain(" ".join((*(block.text for block in blocks), *(beiwerk.text for beiwerk in extraction.reading.beiwerk))))
    wrong = 0
    for sentence in map(plain, sentences):
        found = fuzz.partial_ratio_alignment(sentence, kept)
        wrong += Levenshtein.distance(sentence, kept[found.dest_start : found.dest_end]) if found else len(sentence)
    return Letters(wrong, sum(len(plain(sentence)) for sentence in sentences))


def keep_wrong(outcome: Outcome, path: Path) -> None:
    """Keeps the pages of what was read wrong, as pictures, and beside them the readings; the scan itself where one is silent
    or the record reads back otherwise."""
    wrong = [value for value in outcome.values if value.kind in ("flagged", "silent")]
    whole = any(value.kind == "silent" for value in wrong) or outcome.unsaid or outcome.otherwise
    if wrong or whole or outcome.error:
        said = [value._asdict() for value in wrong] + [{key: getattr(outcome, key) for key in ("unsaid", "otherwise", "error")}]
        path.with_suffix(".json").write_text(json.dumps(said, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        pages = pdfium.PdfDocument(path)
        for seite in sorted({value.seite for value in wrong if value.seite and value.seite <= len(pages)}):
            pages[seite - 1].render(scale=2).to_pil().save(path.with_name(f"{path.stem}-{seite}.png"))
    if not whole:
        path.unlink()


# ---------------------------------------------------------------- the report


class Bin(NamedTuple):
    """Values whose `sicherheit` lies between two bounds, and how many of them are right."""

    least: float
    most: float
    values: int
    right: int

    @property
    def share(self) -> float:
        """How many of them are right."""
        return self.right / self.values if self.values else 0.0


FEWEST = 50
"""Values that a bin must hold to say anything."""


def reliability(values: Iterable[Value], fewest: int = FEWEST) -> list[Bin]:
    """Bins of a tenth from the surest down, each joined to the next where it holds too few values; the last may hold fewer."""
    read = (value for value in values if value.feld != "wortlaut")
    sure = [(value.sicherheit, value.kind.startswith("right")) for value in read if value.sicherheit is not None]
    bins: list[Bin] = []
    above = 1.01
    for tenth in range(9, -1, -1):
        inside = [right for sicherheit, right in sure if tenth / 10 <= sicherheit < above]
        if len(inside) >= fewest or (inside and tenth == 0):
            bins.append(Bin(tenth / 10, min(above, 1.0), len(inside), sum(inside)))
            above = tenth / 10
    return bins


class Row(NamedTuple):
    """Some documents taken together."""

    name: str
    documents: int
    counts: Mapping[str, int]
    fixed: Letters
    free: Letters
    expected: int
    unsaid: int
    false_alarms: int
    otherwise: int
    """Documents whose record says something else once it is printed and read again."""
    errors: int

    @property
    def values(self) -> int:
        """How many Angaben they have."""
        return sum(self.counts.values())

    def share(self, kind: Kind) -> float | None:
        """Part of the Angaben, None where there are none."""
        return self.counts.get(kind, 0) / self.values if self.values else None


def row(name: str, outcomes: Sequence[Outcome]) -> Row:
    """The sums over some documents."""
    counts = Counter(str(value.kind) for outcome in outcomes for value in outcome.values)
    expected, unsaid, alarms = (sum(len(getattr(one, name)) for one in outcomes) for name in ("expected", "unsaid", "false_alarms"))
    fixed, free = _total(one.fixed for one in outcomes), _total(one.free for one in outcomes)
    otherwise, errors = sum(bool(one.otherwise) for one in outcomes), sum(bool(one.error) for one in outcomes)
    return Row(name, len(outcomes), counts, fixed, free, expected, unsaid, alarms, otherwise, errors)


def _total(several: Iterable[Letters]) -> Letters:
    wrong, all_ = map(sum, zip(NONE, *several, strict=True))
    return Letters(wrong, all_)


GROUPS: dict[str, Callable[[str, Degradation], bool]] = {
    "all at 200 dpi": lambda name, each: each.scan.dpi == 200 and not each.older and each.scan.pages != "missing",
    "all at 150 dpi, poor": lambda name, each: each.scan.dpi == 150 and not each.older,
    "all": lambda name, each: True,
}


def grouped(outcomes: Sequence[Outcome]) -> dict[str, Row]:
    """A row for each degradation that was tried, then one for each group."""
    names = [name for name in DEGRADATIONS if any(outcome.degradation == name for outcome in outcomes)]
    rows = {name: row(name, [outcome for outcome in outcomes if outcome.degradation == name]) for name in names}
    for group, belongs in GROUPS.items():
        rows[group] = row(group, [outcome for outcome in outcomes if belongs(outcome.degradation, DEGRADATIONS[outcome.degradation])])
    return rows


class Goal(NamedTuple):
    """A figure, what it must be, and whether it is; None where nothing was measured."""

    name: str
    figure: str
    goal: str
    reached: bool | None


def goals(rows: Mapping[str, Row], bins: Sequence[Bin]) -> list[Goal]:
    """Every figure that must hold, beside its goal."""
    good, poor, everything = rows["all at 200 dpi"], rows["all at 150 dpi, poor"], rows["all"]
    enough = [one for one in bins if one.values >= FEWEST]
    right = [(f"sicherheit {one.least:.1f}–{one.most:.1f}: right, of {one.values}", one.share, one.least) for one in enough]
    return [
        _silent("200 dpi", good),
        Goal("200 dpi: Angaben tried", str(good.values), "≥ 2000", good.values >= 2000),
        _least("200 dpi: right and unflagged", good.share("right"), 0.97),
        _most("200 dpi: wrong letters of fixed text", good.fixed.rate, 0.0005),
        _most("200 dpi: wrong letters of free text", good.free.rate, 0.005),
        _silent("150 dpi, poor", poor),
        _least("150 dpi, poor: right and unflagged", poor.share("right"), 0.9),
        *(_least(*each) for each in right),
        _none("findings on pages not made", everything.unsaid, everything.expected),
        _none("records that read back otherwise from their print", everything.otherwise, everything.documents),
    ]


def _silent(name: str, group: Row) -> Goal:
    wrong = group.counts.get("silent", 0)
    return Goal(f"{name}: Angaben silently wrong", str(wrong), "0", not wrong if group.values else None)


def _none(name: str, wrong: int, among: int) -> Goal:
    return Goal(name, f"{wrong} of {among}", "0", not wrong if among else None)


def _least(name: str, share: float | None, least: float) -> Goal:
    return Goal(name, _percent(share), f"≥ {100 * least:.0f} %", None if share is None else share >= least)


def _most(name: str, rate: float | None, most: float) -> Goal:
    return Goal(name, _fine(rate), f"≤ {100 * most:g} %", None if rate is None else rate <= most)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _fine(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.3f} %"


def show(outcomes: Sequence[Outcome], console: Console) -> None:
    """Prints the whole report."""
    rows, bins = grouped(outcomes), reliability(as_reported(value for outcome in outcomes for value in outcome.values))
    texts, pages = ("fixed text", "free text"), ("pages: said", "false")
    table = Table("degradation", "docs", "Angaben", *KINDS, *texts, *pages, "law 4", "unread", title="Treffer")
    for each in rows.values():
        if each.name == next(iter(GROUPS)):
            table.add_section()
        said = f"{each.expected - each.unsaid}/{each.expected}" if each.expected else ""
        shares = (_percent(each.share(kind)) if kind != "silent" else str(each.counts.get(kind, 0)) for kind in KINDS)
        table.add_row(each.name, str(each.documents), str(each.values), *shares, _fine(each.fixed.rate), _fine(each.free.rate), said,
                      str(each.false_alarms or ""), str(each.otherwise or ""), str(each.errors or ""))  # fmt: skip
    console.print(table)
    for goal in goals(rows, bins):
        verdict = {True: "reached", False: "MISSED", None: "not measured"}[goal.reached]
        console.print(f"{goal.name}: {goal.figure}; goal {goal.goal}: {verdict}", highlight=False)
    for outcome in outcomes:
        for fault in _faults(outcome):
            console.print(f"{outcome.name}: {fault}", highlight=False, markup=False, soft_wrap=True)


def _faults(outcome: Outcome) -> Iterator[str]:
    """What went wrong without a word, what reads back otherwise from the print, and why nothing was read."""
    for value in outcome.values:
        if value.kind == "silent":
            yield f"{value.feld}: want {value.want!r}, got {value.got!r}, page {value.seite}"
    yield from (f"not said: {each}" for each in outcome.unsaid)
    yield from (f"printed and read again: {each}" for each in outcome.otherwise)
    if outcome.error:
        yield outcome.error


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The report for programs: rows, bins, goals, and of each document what is not right and unflagged."""
    rows, bins = grouped(outcomes), reliability(as_reported(value for outcome in outcomes for value in outcome.values))
    said = {
        "degradations": [_row(each) for each in rows.values()],
        "reliability": [{**each._asdict(), "share": each.share} for each in bins],
        "goals": [goal._asdict() for goal in goals(rows, bins)],
        "documents": [_document(outcome) for outcome in outcomes],
        "said": cases_of(value for outcome in outcomes for value in outcome.values),
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def cases_of(values: Iterable[Value]) -> list[Case]:
    """What the table is fitted to: the group of each Angabe, whether it was doubted, how sure its readers were, whether it was right."""
    cases = []
    for value in values:
        group = group_of(Found(value.feld, value.got, ()))
        if group and value.sicherheit is not None:
            cases.append((group, "flagged" in value.kind, value.sicherheit, value.kind.startswith("right")))
    return cases


def _row(row: Row) -> dict[str, Any]:
    return {**row._asdict(), "fixed": row.fixed.rate, "free": row.free.rate, "values": row.values}


def _document(outcome: Outcome) -> dict[str, Any]:
    return {**asdict(outcome), "values": [value._asdict() for value in outcome.values if value.kind != "right"]}


# ---------------------------------------------------------------- the run


def dealt(documents: int, seed: int, names: Sequence[str]) -> list[tuple[str, int]]:
    """Degradation and seed of each document: all degradations in turn, and within each one all Träger in turn."""
    return [(names[number % len(names)], seed + number) for number in range(documents)]


def older_pdfs(seeds: Sequence[int], folder: Path) -> dict[int, Path]:
    """The look-alikes of older agreements, laid out by LibreOffice in one go."""
    for seed in seeds:
        (folder / f"{seed}.docx").write_bytes(Older(seed).word())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words: list[str | Path] = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    if seeds:
        subprocess.run([*words, *(folder / f"{seed}.docx" for seed in seeds)], check=True, capture_output=True)
    return {seed: folder / f"{seed}.pdf" for seed in seeds}


def outcomes_of(cases: Sequence[tuple[str, int]], folder: Path) -> Iterator[Outcome]:
    """What becomes of each document, in the order they end; each is read in a process of its own, within the program's limits."""
    given = older_pdfs([seed for name, seed in cases if DEGRADATIONS[name].older], folder)
    with ProcessPoolExecutor(PROCESSES) as pool:
        several = pool.map(made, *zip(*((name, seed, given.get(seed), KEPT) for name, seed in cases), strict=True))
        documents = {document.path: document for document in several}
    for path, read in read_all(list(documents), PROCESSES):
        yield outcome_of(documents[path], read)


def failed(outcomes: Sequence[Outcome]) -> bool:
    """Whether anything went wrong without a word, or crashed."""
    return any(
        o.unsaid or o.otherwise or o.error.startswith("crashed") or any(value.kind == "silent" for value in o.values) for o in outcomes
    )


def _line(outcome: Outcome) -> str:
    """One document in a line."""
    counts = Counter(value.kind for value in outcome.values)
    tally = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
    return f"{outcome.name}: {tally}" + "".join(f"; {fault}" for fault in _faults(outcome)) + f" ({outcome.seconds:.0f} s)"


def main() -> int:
    """Runs the sweep and prints the report, of what was done until then where it is interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=5 * len(DEGRADATIONS), help="how many agreements (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the first; the next ones count on (default: %(default)s)")
    parser.add_argument("--only", action="append", choices=DEGRADATIONS, metavar="DEGRADATION", help=f"one of: {'; '.join(DEGRADATIONS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the report for programs")
    args = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 170)
    names = args.only or [name for name, each in DEGRADATIONS.items() if not each.older or shutil.which("soffice")]
    if not args.only and len(names) < len(DEGRADATIONS):
        console.print("older structures are not tried: LibreOffice is not on this machine")
    shutil.rmtree(KEPT, ignore_errors=True)
    outcomes: list[Outcome] = []
    interrupted = False
    with TemporaryDirectory() as folder:
        try:
            for outcome in outcomes_of(dealt(args.documents, args.seed, names), Path(folder)):
                outcomes.append(outcome)
                print(f"{len(outcomes)}/{args.documents} {_line(outcome)}", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            interrupted = True
    show(outcomes, console)
    if args.json:
        args.json.write_text(as_json(outcomes), encoding="utf-8")
    return 1 if failed(outcomes) else 2 if interrupted else 0


if __name__ == "__main__":
    sys.exit(main())
