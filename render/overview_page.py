"""The overview as one page that needs nothing else: a table to sort and filter, a tile map, and figures of the targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from agreements.language.numbers import write_number
from agreements.language.said import ABSENT, say_target, unbroken
from agreements.library.figures import beside
from agreements.library.provenance import is_number
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import Offen
from agreements.overview.overview import STAND, Entry, Overview, Stand
from render import figures
from render.browserpage import policy_sum, template
from render.html import default_layout
from render.overview_table import years

TEMPLATE, STYLESHEET, SCRIPT = "uebersicht.html.j2", "uebersicht.css", "uebersicht.js"
STEPS: tuple[Stand, ...] = ("unterzeichnet", "versandt", "entwurf", "offen")
"""The states that always stand at the top; the others only where there are any."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of the table: its words, what it is sorted by, what a person must know of it, and what is told beside it."""

    text: str
    order: str = ""
    """Kind and number, "0 3.9": values of another kind are not compared; empty for what has no value, which comes last."""
    note: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One agreement in the table."""

    entry: Entry
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure with its heading and the sentence below it."""

    titel: str
    svg: Markup
    legend: str = ""


def render_overview_page(overview: Overview, maps: Sequence[Mapping[str, figures.Tile]], layout_dir: Path | None = None) -> bytes:
    """The page in UTF-8; `maps` are the tiles of each Land that has some. Every value is text, never markup."""
    folder = layout_dir or default_layout()
    css, script = ((folder / name).read_text(encoding="utf-8") for name in (STYLESHEET, SCRIPT))
    newest = overview.jahre[-1]
    felder = _felder(overview)
    page = template(folder, TEMPLATE).render(
        overview=overview, jahr=newest, years=years(overview.jahre), states=STAND, counts=_counts(overview.of(newest)),
        standing=list(_standing(overview.of(newest))),
        maps=[figures.tile_map(overview, newest, tiles) for tiles in maps if _shown(overview, newest, tiles)],
        panels=list(_panels(overview, newest)), courses=_courses(overview), goals=list(_goals(overview, newest)),
        columns=[(feld, _heading(feld)) for feld in felder], lines=[_line(entry, felder, overview) for entry in _newest_first(overview)],
        traeger=_matrix(overview), css=Markup(css), script=Markup(script), css_hash=policy_sum(css), script_hash=policy_sum(script),
    )  # fmt: skip
    return page.encode("utf-8")


# ---------------------------------------------------------------- how far they are


def _counts(entries: Sequence[Entry]) -> list[tuple[Stand, int]]:
    counts = Counter(entry.stand for entry in entries)
    return [(stand, counts[stand]) for stand in (*STEPS, "unbekannt", "fehlerhaft") if counts[stand] or stand in STEPS]


def _standing(entries: Sequence[Entry]) -> Iterator[tuple[Stand, list[str]]]:
    """The names of the Träger by how far they are, what is furthest first."""
    for stand in (*STEPS, "unbekannt", "fehlerhaft"):
        if names := [figures.short(entry.traeger) for entry in entries if entry.stand == stand]:
            yield stand, names


def _shown(overview: Overview, jahr: int, tiles: Mapping[str, figures.Tile]) -> bool:
    return any(entry.traeger.ags in tiles for entry in overview.of(jahr))


def _matrix(overview: Overview) -> list[tuple[str, list[Stand | None]]]:
    """The Stand of each Träger in each year; None where there was no such Träger. Nothing for a single year."""
    if len(overview.jahre) == 1:
        return []
    found = {(entry.traeger.schluessel, entry.jahr): entry.stand for entry in overview.entries}
    names = {entry.traeger.schluessel: figures.short(entry.traeger) for entry in overview.entries}
    return [(names[key], [found.get((key, jahr)) for jahr in overview.jahre]) for key in sorted(names)]


# ---------------------------------------------------------------- figures


def _panels(overview: Overview, jahr: int) -> Iterator[Panel]:
    """One figure for each target that anybody has in the year, then the budgets."""
    felder = _felder(overview, jahr)
    for feld in felder:
        if feld.startswith("ziele."):
            alike = [other for other in felder if other.rpartition(".")[0] == feld.rpartition(".")[0]]
            yield Panel(label(feld), figures.targets(overview, jahr, feld, label(feld), _reach(overview.of(jahr), alike)))
    if any(feld.startswith("haushalt.") for feld in felder):
        legend = "Gefüllt: Verwaltungskosten. Schraffiert: Leistungen zur Eingliederung. Daneben das vereinbarte Gesamtbudget."
        yield Panel("Haushalt (Mio. Euro)", figures.budgets(overview, jahr), legend)


def _reach(entries: Sequence[Entry], felder: Sequence[str]) -> float:
    """How far a scale goes to either side that some targets share, in percent."""
    changes = [abs(change) for entry in entries for feld in felder if (change := _change(entry, feld)) is not None]
    return max(changes, default=0.0) * 1.15 or 1.0


def _courses(overview: Overview) -> list[tuple[str, Markup]]:
    """The targets of each Träger over the years; nothing for a single year, or where nothing can be drawn."""
    drawn = [change for entry in overview.entries for feld, *_ in figures.COURSES if (change := _change(entry, feld)) is not None]
    if len(overview.jahre) == 1 or not drawn:
        return []
    reach = (min(*drawn, 0.0) * 1.12 - 0.5, max(*drawn, 0.0) * 1.12 + 0.5)
    newest = {entry.traeger.schluessel: entry.traeger for entry in overview.entries}
    return [(figures.short(newest[key]), figures.course(overview, newest[key], reach)) for key in sorted(newest)]


def _change(entry: Entry, feld: str) -> float | None:
    return figures.drawn(figures.value_of(entry, feld))


# ---------------------------------------------------------------- the table


def _felder(overview: Overview, jahr: int | None = None) -> list[str]:
    """The numbers that any agreement has, targets before sums, in the order of the records."""
    records = [entry.record for entry in overview.entries if entry.record and jahr in (None, entry.jahr)]
    found = {feld for record in records for feld in angaben(record) if is_number(feld) and not feld.endswith(".entspricht")}
    return [feld for feld in _ORDER if feld in found]


_ORDER = (
    "ziele.integrationsquote.gesamt", "ziele.integrationsquote.frauen", "ziele.integrationsquote.maenner",
    "ziele.integrationsquote.alleinerziehende", "ziele.langzeitleistungsbezug.gesamt", "ziele.leistungen_lebensunterhalt.gesamt",
    "haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen",
)  # fmt: skip
_LONG_WORDS = (
    "Integrations|quote", "Allein|erziehenden", "Langzeit|leistungs|beziehenden", "Gesamt|budget", "Verwaltungs|kosten",
    "Ein|gliederung", "Lebens|unterhalt",
)  # fmt: skip
_KINDS = ("prozent", "prozentpunkte", "personen", "euro", "prozent_niveau")


def _newest_first(overview: Overview) -> list[Entry]:
    return [entry for jahr in reversed(overview.jahre) for entry in overview.of(jahr)]


def _heading(feld: str) -> str:
    """The name of a number, its long words parted where a narrow column may break them."""
    heading = label(feld)
    for word in _LONG_WORDS:
        heading = heading.replace(word.replace("|", ""), word.replace("|", "\u00ad"))
    return heading


def _line(entry: Entry, felder: Sequence[str], overview: Overview) -> Line:
    cells = tuple(_cell(entry, entry.record, feld, overview) for feld in felder)
    return Line(entry, figures.short(entry.traeger), cells)


def _cell(entry: Entry, record: Vereinbarung | None, feld: str, overview: Overview) -> Cell:
    value = value_at(record, feld) if record else None
    if record is None or value is None:
        return Cell(ABSENT)
    note = entry.doubt(feld, value, overview.register)
    match value:
        case Offen():
            return Cell("noch offen", "", note)
        case Zielwert():
            level = f"entspricht: {say_target(value.entspricht, entry.jahr)}" if value.entspricht else ""
            figure = beside(overview.figures, entry.traeger.ags, feld, value)
            told = (level, f"Kennzahl {figure}".replace(": ", ":\u00a0") if figure else "")
            return Cell(unbroken(say_target(value, entry.jahr)), _order(value), note, tuple(filter(None, told)))
    return Cell(write_number(value), f"0 {value}", note)


def _order(value: Zielwert) -> str:
    """By unit and kind, then by the change that is meant."""
    change = {"sinkt": -1, "gleich": 0}.get(value.richtung, 1) * (value.wert or 0)
    return f"{_KINDS.index(value.einheit) + (len(_KINDS) if value.richtung == 'betraegt' else 0)} {change}"


def _goals(overview: Overview, jahr: int) -> Iterator[tuple[str, list[str]]]:
    """The titles of the individually agreed goals of each Träger."""
    for entry in overview.of(jahr):
        goals = entry.record.ziele.individuell if entry.record else {}
        if titles := [f"{number}. {goal.titel if isinstance(goal.titel, str) else 'noch offen'}" for number, goal in goals.items()]:
            yield figures.short(entry.traeger), titles
