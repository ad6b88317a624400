"""The review sheet of a document that was read: one HTML page that shows each Angabe beside the picture of its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup
from rapidfuzz.distance import Indel

from agreements.language.said import say
from agreements.library.differences import Difference
from agreements.model.fields import label
from agreements.model.record import Abweichung, Vereinbarung
from agreements.reading.findings import Befund, Cutting, Found, Location
from agreements.reading.reading import Beiwerk, Paragraph
from agreements.register.register import Register
from render.browserpage import policy_sum, template
from render.html import default_layout
from render.typography import no_break

TEMPLATE = "pruefung.html.j2"
STYLESHEET = "pruefung.css"
ZOOM = 4 / 3 * 1.1
"""CSS pixels a point: a tenth larger than on paper."""
LONGEST_BOLD = 120
"""Letters up to which a value is set in bold."""
LONGEST_ALT = 120
"""Letters of the words that stand for a picture; the whole text stands at the end of the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the page shows of one document; `lesart` says in German how it was read, `record` is effective."""

    datei: str
    sha256: str
    lesart: str
    seiten: int | None
    satz: str
    """The record's file."""
    record: Vereinbarung
    found: Sequence[Found]
    befunde: Sequence[Befund]
    paragraphs: Sequence[Paragraph]
    beiwerk: Sequence[Beiwerk]
    pictures: Mapping[Location, Cutting]
    differences: Sequence[Difference] = ()
    """From the record that is there, where it is another file's."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """In which line of the record an Angabe stands."""
    decisions: Mapping[str, str] = field(default_factory=dict)
    """What a person has decided of an Angabe, in German."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A cutting of a page, the words that stand for it, and its page."""

    cutting: Cutting
    alt: str
    seite: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the screen, in CSS pixels."""
        return round(self.cutting.width * ZOOM), round(self.cutting.height * ZOOM)


@dataclass(frozen=True, slots=True)
class Card:
    """One Angabe or finding as the page shows it."""

    id: str
    name: str
    absaetze: tuple[str, ...]
    note: str
    pictures: tuple[Picture, ...]
    elsewhere: int = 0
    """Places that are not shown."""
    sicherheit: int = 100
    """In percent."""
    zeile: int | None = None
    """Of the record."""
    entschieden: str = ""

    @property
    def long(self) -> bool:
        """Whether it is a text rather than a value."""
        return sum(map(len, self.absaetze)) > LONGEST_BOLD


@dataclass(frozen=True, slots=True)
class Beside:
    """One row of the Synopse: runs of words, each with whether it is gone or added."""

    stelle: str
    alt: tuple[tuple[str, bool], ...]
    neu: tuple[tuple[str, bool], ...]
    note: str = ""


def render_review(sheet: Sheet, register: Register, layout_dir: Path | None = None) -> bytes:
    """The sheet as a page in UTF-8 that needs no other file and no script; every value is text, never markup."""
    folder = layout_dir or default_layout()
    css = (folder / STYLESHEET).read_text(encoding="utf-8")
    sure = [found for found in sheet.found if not found.doubtful]
    unsure = [found for found in sheet.found if found.doubtful]
    page = template(folder, TEMPLATE).render(
        sheet=sheet, name=register.find(sheet.record.traeger, sheet.record.jahr).name, jahr=sheet.record.jahr,
        unsure=[_angabe(found, sheet, register) for found in unsure], sure=[_angabe(found, sheet, register) for found in sure],
        urgent=_findings(sheet, "fehler", "warnung"), hints=_findings(sheet, "hinweis"),
        synopse=[_beside(each) for each in sheet.record.abweichungen], differences=[_differing(each) for each in sheet.differences],
        css=Markup(css), css_hash=policy_sum(css),
    )  # fmt: skip
    return page.encode("utf-8")


# ---------------------------------------------------------------- cards


def _angabe(found: Found, sheet: Sheet, register: Register) -> Card:
    pictures = tuple(_pictures(found.locations, sheet))
    name = label(found.feld)
    if found.wert is None:
        said: tuple[str, ...] = ("nicht gelesen",) if found.doubtful else (found.reason or "offen",)
    else:
        said = say(found.feld, found.wert, register, sheet.record.jahr)
    reason = no_break(found.reason) if found.doubtful and found.reason else ""
    elsewhere = len({ort for ort in found.locations if ort.box}) - len(pictures) if pictures else 0
    return Card(found.feld, name, said, reason, pictures, elsewhere, round(100 * found.confidence), _line(found.feld, sheet),
                sheet.decisions.get(found.feld, ""))  # fmt: skip


def _line(feld: str, sheet: Sheet) -> int | None:
    """Where an Angabe stands in the record, or what it belongs to."""
    while feld and feld not in sheet.lines:
        feld = feld.rpartition(".")[0]
    return sheet.lines.get(feld)


def _findings(sheet: Sheet, *weights: str) -> list[Card]:
    """The findings of some weights, in their order, each with the picture of its place."""
    return [
        Card(f"befund-{number}", _WEIGHTS[befund.schwere], (no_break(befund.sentence()),), "", tuple(_pictures((befund.location,), sheet)))
        for number, befund in enumerate(sheet.befunde, 1)
        if befund.schwere in weights
    ]


_WEIGHTS = {"fehler": "Fehler", "warnung": "Warnung", "hinweis": "Hinweis"}


def _pictures(orte: Sequence[Location], sheet: Sheet) -> Iterator[Picture]:
    for ort in dict.fromkeys(orte):
        if cutting := sheet.pictures.get(ort):
            words = ort.text if len(ort.text) <= LONGEST_ALT else f"{ort.text[:LONGEST_ALT]}…"
            yield Picture(cutting, f"Ausschnitt von Seite {ort.page}: „{words}“", ort.page or 0)


# ---------------------------------------------------------------- side by side


def _beside(departure: Abweichung) -> Beside:
    match departure.art:
        case "eingefuegt":
            return Beside(departure.stelle, _plain(departure.alt), (*_plain(departure.alt), (departure.neu or "", True)), "eingefügt")
        case "gestrichen":
            return Beside(departure.stelle, ((departure.alt or "ganzer Absatz", True),), (), "entfällt")
        case "verschoben":
            return Beside(departure.stelle, (), (), f"verschoben hinter {departure.neu}")
        case "ersetzt":
            return Beside(departure.stelle, *marked(departure.alt or "", departure.neu or ""))


def _plain(text: str | None) -> tuple[tuple[str, bool], ...]:
    return ((text, False),) if text else ()


def _differing(difference: Difference) -> Beside:
    return Beside(difference.name, *marked(" ".join(difference.alt), " ".join(difference.neu)))


def marked(alt: str, neu: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """Both texts as runs of words: what goes is marked on the left, what comes on the right."""
    before, after = alt.split(), neu.split()
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for step in Indel.opcodes(before, after):
        same = step.tag == "equal"
        left.append((" ".join(before[step.src_start : step.src_end]), not same))
        right.append((" ".join(after[step.dest_start : step.dest_end]), not same))
    return tuple(run for run in left if run[0]), tuple(run for run in right if run[0])
