"""The figures of the overview: the tile map, the targets of a year by Träger, their course over the years, the budgets."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle, Wedge
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import ScaledTranslation

from agreements.errors import RecordError, UnreadableError
from agreements.language.numbers import write_number
from agreements.language.said import say_target
from agreements.model.fields import value_at
from agreements.model.record import Zielwert
from agreements.model.values import Offen
from agreements.overview.overview import STAND, Entry, Overview, Stand
from agreements.register.register import Traeger
from render.drawing import as_svg, drawing

INK, SOFT, LINE, PALE = "#1a1f26", "#56606c", "#c9d0d8", "#eef1f4"
BLUE, BROWN = "#1d4e89", "#a04a12"
FILLS: dict[Stand, str] = {
    "offen": "#ffffff",
    "entwurf": "#dbe7f3",
    "versandt": "#9dbfdf",
    "unterzeichnet": BLUE,
    "unbekannt": "#ffffff",
    "fehlerhaft": "#f6d9cb",
}
"""The colour of a tile; its sign says the same."""
SHARES: dict[Stand, float] = {"entwurf": 0.25, "versandt": 0.5, "unterzeichnet": 1.0}
"""How much of a round sign is filled: what is not named has none."""


# ---------------------------------------------------------------- the tile map


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a Kreis stands on the tile map of its Land, from 1, and its short name."""

    kuerzel: str
    spalte: int
    zeile: int


def load_tiles(path: Path) -> dict[str, Tile]:
    """The tiles of a Land by AGS; UnreadableError or RecordError where the file holds none."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))
        return {row["ags"]: Tile(row["kuerzel"], int(row["spalte"]), int(row["zeile"])) for row in rows}
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError("Die Anordnung der Kacheln ist nicht lesbar.", datei=path) from error
    except (KeyError, TypeError, ValueError) as error:
        raise RecordError("Die Anordnung der Kacheln hat nicht in jeder Zeile ags, kuerzel, spalte und zeile.", datei=path) from error


SIDE = 40
"""Of a tile, in pixels: nine in a row fit on a phone."""


def tile_map(overview: Overview, jahr: int, tiles: Mapping[str, Tile]) -> Markup:
    """All Kreise of the year as tiles; those with an agreement have a sign for how far it is."""
    entries = {entry.traeger.ags: entry for entry in overview.of(jahr)}
    here = [traeger for traeger in overview.register.all(jahr) if traeger.ags in tiles]
    columns, rows = (max(getattr(tile, name) for tile in tiles.values()) for name in ("spalte", "zeile"))
    rows = max(tiles[traeger.ags].zeile for traeger in here)
    with drawing(columns * SIDE, rows * SIDE) as figure:
        axes = _blank(figure.add_axes((0, 0, 1, 1)), columns, rows)
        for traeger in here:
            _tile(axes, tiles[traeger.ags], traeger, entries.get(traeger.ags))
        return as_svg(figure, f"karte-{jahr}-{here[0].ags[:2]}", _map_label(overview, jahr, here))


def _map_label(overview: Overview, jahr: int, here: Sequence[Traeger]) -> str:
    known = {traeger.ags for traeger in here}
    entries = [entry for entry in overview.of(jahr) if entry.traeger.ags in known]
    said = [f"{STAND[stand]}: {', '.join(names)}" for stand in reversed(STAND)
            if (names := [short(entry.traeger) for entry in entries if entry.stand == stand])]  # fmt: skip
    return f"Kachelkarte der {len(here)} Kreise {jahr}. {len(entries)} haben eine Vereinbarung zu schließen. {'. '.join(said)}."


def _tile(axes: Axes, tile: Tile, traeger: Traeger, entry: Entry | None) -> None:
    left, bottom = tile.spalte - 1, -tile.zeile
    inner = {"xy": (left + 0.04, bottom + 0.04), "width": 0.92, "height": 0.92}
    city = "Stadt" in traeger.art
    if entry is None:
        axes.add_patch(Rectangle(**inner, facecolor=PALE, edgecolor="none"))  # type: ignore[arg-type]
        axes.text(left + 0.5, bottom + (0.52 if city else 0.40), tile.kuerzel, ha="center", fontsize=10.5, color=SOFT)
        if city:
            axes.text(left + 0.5, bottom + 0.2, "Stadt", ha="center", fontsize=8, color=SOFT)
        return
    dark = entry.stand == "unterzeichnet"
    axes.add_patch(Rectangle(**inner, facecolor=FILLS[entry.stand], edgecolor=BLUE, linewidth=1.4))  # type: ignore[arg-type]
    axes.text(left + 0.5, bottom + 0.55, tile.kuerzel, ha="center", fontsize=11.5, fontweight="bold", color="#ffffff" if dark else INK)
    _sign(axes, (left + 0.5, bottom + 0.28), entry.stand, "#ffffff" if dark else INK)


def _sign(axes: Axes, centre: tuple[float, float], stand: Stand, color: str) -> None:
    """A ring that fills as the agreement proceeds; a mark where nothing can be said."""
    if stand in ("unbekannt", "fehlerhaft"):
        mark = "?" if stand == "unbekannt" else "!"
        axes.text(centre[0], centre[1] - 0.09, mark, ha="center", fontsize=10, fontweight="bold", color=color)
        return
    axes.add_patch(Circle(centre, 0.13, facecolor="none", edgecolor=color, linewidth=1.1))
    if share := SHARES.get(stand):
        axes.add_patch(Wedge(centre, 0.13, 90 - 360 * share, 90, facecolor=color, edgecolor="none"))


def _blank(axes: Axes, width: float, height: float) -> Axes:
    axes.set_axis_off()
    axes.set(xlim=(0, width), ylim=(-height, 0))
    return axes


# ---------------------------------------------------------------- one year by Träger


NAMES, PLOT, ROW = 112, 86, 20
"""Width of the names and of the plot, height of a row, in pixels."""
WIDTH = 344
LONGEST = 28
"""Letters beside a plot in one line."""


def targets(overview: Overview, jahr: int, feld: str, titel: str, reach: float) -> Markup:
    """One target of all Träger in a year: a mark on a common scale up to `reach` percent, and beside it the same in words."""
    entries = overview.of(jahr)
    with drawing(WIDTH, _height(entries)) as figure:
        axes = _rows(figure.add_axes(_plot(entries)), entries)
        axes.set_xlim(-reach, reach)
        axes.axvline(0, color=SOFT, linewidth=0.9, zorder=1)
        axes.xaxis.set_major_formatter(FuncFormatter(_signed))
        for row, entry in enumerate(entries):
            value = value_of(entry, feld)
            change = drawn(value)
            if change is not None:
                axes.plot([0, change], [row, row], color=LINE, linewidth=2.2, zorder=2, solid_capstyle="butt")
                axes.plot([change], [row], linestyle="none", color=BLUE, zorder=3, **_marker(value))
            _word(axes, row, _said_of(entry, feld), INK if isinstance(value, Zielwert) else SOFT)
        label = f"{titel} {jahr}, vereinbarte Veränderung je Träger in Prozent. {_spoken(entries, lambda entry: _said_of(entry, feld))}"
        return as_svg(figure, f"ziel-{jahr}-{feld.replace('.', '-')}", label)


def budgets(overview: Overview, jahr: int) -> Markup:
    """The two sums of each budget in a year, one upon the other, in million Euro."""
    entries = overview.of(jahr)
    sums = [tuple(_number(entry, f"haushalt.{name}") for name in ("verwaltungskosten", "eingliederungsleistungen")) for entry in entries]
    with drawing(WIDTH, _height(entries)) as figure:
        axes = _rows(figure.add_axes(_plot(entries)), entries)
        most = max((float((a or 0) + (b or 0)) for a, b in sums), default=0) / 1e6
        axes.set_xlim(0, most * 1.04 or 1)
        axes.xaxis.set_major_formatter(FuncFormatter(_plain))
        for row, (entry, (first, second)) in enumerate(zip(entries, sums, strict=True)):
            start = float(first or 0) / 1e6
            if first:
                axes.barh(row, start, 0.56, color=BLUE, zorder=2)
            if second:
                axes.barh(row, float(second) / 1e6, 0.56, left=start, facecolor="#ffffff", edgecolor=BLUE, hatch="////", zorder=2)
            _word(axes, row, _amount(entry), INK if first or second else SOFT)
        return as_svg(figure, f"haushalt-{jahr}", f"Haushalt {jahr} je Träger in Millionen Euro, Verwaltungskosten und Leistungen zur "
                      f"Eingliederung. {_spoken(entries, _amount)}")  # fmt: skip


def drawn(value: Any) -> float | None:
    """The change in percent that a target means; None where it is another unit, a level, open or absent."""
    if not isinstance(value, Zielwert) or value.einheit != "prozent":
        return None
    return float(value.wert or 0) * {"steigt": 1, "sinkt": -1}.get(value.richtung, 0)


def value_of(entry: Entry, feld: str) -> Any:
    """What an agreement says of an Angabe; None where there is no agreement, or nothing of it."""
    return value_at(entry.record, feld) if entry.record else None


def _said_of(entry: Entry, feld: str) -> str:
    """What stands beside a mark."""
    value = value_of(entry, feld)
    if isinstance(value, Zielwert):
        return say_target(value, entry.jahr)
    if isinstance(value, Offen):
        return "noch offen"
    return "ohne diesen Wert" if entry.record else f"Vereinbarung {STAND[entry.stand]}"


def short(traeger: Traeger) -> str:
    """A name without what all have in common."""
    return traeger.name.removeprefix("Landkreis ")


def _amount(entry: Entry) -> str:
    total = value_of(entry, "haushalt.gesamtbudget_mio")
    return f"{write_number(total)} Mio. Euro" if isinstance(total, Decimal) else _said_of(entry, "haushalt.gesamtbudget_mio")


def _spoken(entries: Sequence[Entry], words: Callable[[Entry], str]) -> str:
    return " ".join(f"{short(entry.traeger)}: {words(entry)}." for entry in entries)


def _marker(value: Zielwert) -> dict[str, Any]:
    """A round mark for a value, an arrow towards what a bound allows, a rhomb for about."""
    outward = 1 if value.richtung == "steigt" else -1
    match value.schranke:
        case "mindestens":
            return {"marker": ">" if outward > 0 else "<", "markersize": 7.5}
        case "hoechstens":
            return {"marker": "<" if outward > 0 else ">", "markersize": 7.5}
        case "rund":
            return {"marker": "D", "markersize": 6, "markerfacecolor": "#ffffff", "markeredgewidth": 1.4}
    return {"marker": "o", "markersize": 7}


def _number(entry: Entry, feld: str) -> Decimal | int | None:
    value = value_of(entry, feld)
    return value if isinstance(value, Decimal | int) else None


def _height(entries: Sequence[Entry]) -> int:
    return ROW * len(entries) + 26


def _plot(entries: Sequence[Entry]) -> tuple[float, float, float, float]:
    height = _height(entries)
    return NAMES / WIDTH, 22 / height, PLOT / WIDTH, ROW * len(entries) / height


def _rows(axes: Axes, entries: Sequence[Entry]) -> Axes:
    """A row for each Träger, its name on the left, every second row shaded."""
    axes.set_ylim(len(entries) - 0.5, -0.5)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    axes.tick_params(axis="x", length=3, color=LINE, labelsize=10, labelcolor=SOFT, pad=2)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.patch.set_visible(False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for row, entry in enumerate(entries):
        name = axes.text(0, row, short(entry.traeger), ha="right", va="center_baseline", fontsize=10.5, color=INK)
        name.set_transform(_beside(axes, -6))
        if row % 2 == 0:
            band = Rectangle((-NAMES / PLOT, row - 0.5), WIDTH / PLOT, 1, facecolor="#f4f6f8", edgecolor="none", zorder=0, clip_on=False)
            axes.add_patch(band)
            band.set_transform(axes.get_yaxis_transform())
    return axes


def _word(axes: Axes, row: int, text: str, color: str) -> None:
    """What a row means, in words, to the right of the plot; a long one in two lines."""
    lines = textwrap.wrap(text, LONGEST)
    words = axes.text(0, row, "\n".join(lines), ha="left", va="center_baseline" if len(lines) == 1 else "center",
                      fontsize=10 if len(lines) == 1 else 8, linespacing=1.05, color=color)  # fmt: skip
    words.set_transform(_beside(axes, PLOT + 6))


def _beside(axes: Axes, pixels: float) -> Any:
    """Places so many pixels to the right of the plot's left side, in the data's rows."""
    return axes.get_yaxis_transform() + ScaledTranslation(pixels / 72, 0, axes.figure.dpi_scale_trans)


def _signed(value: float, _: Any) -> str:
    return f"{value:+g}".replace(".", ",").replace("-", "−") if value else "0"


def _plain(value: float, _: Any) -> str:
    return f"{value:g}".replace(".", ",")


# ---------------------------------------------------------------- the course over the years


COURSES = (
    ("ziele.integrationsquote.gesamt", "Integrationsquote", {"color": BLUE, "marker": "o", "linestyle": "-"}),
    ("ziele.langzeitleistungsbezug.gesamt", "Langzeitleistungsbezug", {"color": BROWN, "marker": "s", "linestyle": (0, (3, 1.5))}),
)
"""What is followed over the years, told apart by mark and line as well as by colour."""


def course(overview: Overview, traeger: Traeger, reach: tuple[float, float]) -> Markup:
    """The targets of one Träger over the years, in percent, on a scale that all share."""
    entries = [entry for entry in overview.entries if entry.traeger.schluessel == traeger.schluessel]
    with drawing(160, 112) as figure:
        axes = figure.add_axes((34 / 160, 20 / 112, 120 / 160, 88 / 112))
        axes.set(xlim=(overview.jahre[0] - 0.4, overview.jahre[-1] + 0.4), ylim=reach)
        axes.axhline(0, color=SOFT, linewidth=0.9, zorder=1)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(_signed))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda year, _: f"{year:.0f}"))
        axes.tick_params(length=3, color=LINE, labelsize=10, labelcolor=SOFT, pad=2)
        axes.grid(color=LINE, linewidth=0.6)
        axes.patch.set_visible(False)
        for spine in axes.spines.values():
            spine.set_visible(False)
        for feld, _, style in COURSES:
            values = [(entry.jahr, drawn(value_of(entry, feld))) for entry in entries]
            axes.plot([jahr for jahr, _ in values], [float("nan") if value is None else value for _, value in values],
                      markersize=4.5, linewidth=1.4, zorder=3, **style)  # fmt: skip
        return as_svg(figure, f"verlauf-{traeger.schluessel}", f"{traeger.name}: {_told(entries)}")


def _told(entries: Sequence[Entry]) -> str:
    parts = []
    for feld, name, _ in COURSES:
        values = ", ".join(f"{entry.jahr} {_said_of(entry, feld)}" for entry in entries)
        parts.append(f"{name}: {values}.")
    return " ".join(parts)
