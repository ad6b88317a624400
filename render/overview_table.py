"""The overview for spreadsheets and programs: the tidy table, how far each agreement is, and the codebook, in Excel, CSV and JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from agreements import __version__
from agreements.language.numbers import write_number
from agreements.model.record import Zielwert
from agreements.overview.codebook import codebook
from agreements.overview.overview import Entry, Overview, Row
from render.table import Column, Table, Value, render_csv, render_xlsx

FORMAT = 1
"""Changes when a reader of the JSON would have to."""
STAND_COLUMNS = ("jahr", "ags", "nuts3", "traeger", "name", "stand", "aenderungen", "hinweis")

_WIDTHS = {
    "traeger": 27, "groesse": 27, "gruppe": 17, "entspricht": 30, "quelle": 34, "sha256": 66, "name": 34, "aenderungen": 14, "hinweis": 66,
}  # fmt: skip


def render_overview_xlsx(overview: Overview) -> bytes:
    """An Excel file of three sheets: Angaben, Codebuch, Stand."""
    return render_xlsx((_rows(overview), _codebook(), _states(overview)), title(overview))


def render_overview_csv(overview: Overview) -> dict[str, bytes]:
    """The same three tables as CSV, by what their files' names have in front of the ending; "" is the table itself.

    They are German, with semicolons and decimal commas; `international` is the table with commas and decimal points.
    """
    tables = {"": _rows(overview), "codebuch": _codebook(), "stand": _states(overview)}
    made = {name: render_csv(table) for name, table in tables.items()}
    return made | {"international": render_csv(_rows(overview), german=False), "codebuch.md": codebook_markdown().encode()}


def render_overview_json(overview: Overview) -> str:
    """The same for programs; numbers of agreements are texts, so that their digits survive."""
    return json.dumps({
        "format": FORMAT, "zv": __version__, "jahre": list(overview.jahre),
        "angaben": [_data(row) for row in overview.rows],
        "stand": [dict(zip(STAND_COLUMNS, _state(entry), strict=True)) for entry in overview.entries],
        "nicht_gelesen": [str(error) for error in overview.errors],
        "codebuch": [entry._asdict() for entry in codebook()],
    }, ensure_ascii=False, indent=1) + "\n"  # fmt: skip


def title(overview: Overview) -> str:
    """What the overview is called: "Zielvereinbarungen 2023–2024"."""
    return f"Zielvereinbarungen {years(overview.jahre)}"


def years(jahre: tuple[int, ...], dash: str = "–") -> str:
    """The years in short: "2024", "2020–2024", "2020, 2022"."""
    if len(jahre) > 1 and jahre[-1] - jahre[0] == len(jahre) - 1:
        return f"{jahre[0]}{dash}{jahre[-1]}"
    return (", " if dash == "–" else "_").join(map(str, jahre))


def codebook_markdown() -> str:
    """The codebook as a text that one can read anywhere."""
    lines = ["# Codebuch: Zielvereinbarungen", "", "| Spalte | Wert | Bedeutung |", "|---|---|---|"]
    lines += [f"| {entry.spalte if not entry.wert else ''} | {entry.wert} | {entry.bedeutung} |" for entry in codebook()]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- tables


def _rows(overview: Overview) -> Table:
    return Table("Angaben", _columns(Row._fields), [[cell(value) for value in row] for row in overview.rows], fixed=4)


def _codebook() -> Table:
    columns = (Column("spalte", 14), Column("wert", 27), Column("bedeutung", 112))
    return Table("Codebuch", columns, [(entry.spalte, entry.wert or None, entry.bedeutung) for entry in codebook()])


def _states(overview: Overview) -> Table:
    return Table("Stand", _columns(STAND_COLUMNS), [_state(entry) for entry in overview.entries], fixed=4)


def _columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(name, _WIDTHS.get(name, 12)) for name in names)


def _state(entry: Entry) -> tuple[Value, ...]:
    traeger = entry.traeger
    kreis = (traeger.ags, traeger.nuts3, traeger.schluessel, traeger.name)
    return entry.jahr, *kreis, entry.stand, len(entry.amendments), traeger.hinweis or None


def cell(value: Any) -> Value:
    """A value as a cell has it; an equivalent level as one text: "mindestens 31,1 prozent_niveau"."""
    if isinstance(value, Zielwert):
        assert value.wert is not None
        return " ".join(filter(None, (value.schranke, write_number(value.wert), value.einheit)))
    known: Value = value
    return known


def _data(row: Row) -> dict[str, Any]:
    return {name: _plain(value, name) for name, value in row._asdict().items()}


def _plain(value: Any, name: str) -> Any:
    if isinstance(value, Zielwert):
        return {key: _plain(getattr(value, key), key) for key in ("schranke", "wert", "einheit")}
    if isinstance(value, Decimal) or (name == "wert" and value is not None):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return value
