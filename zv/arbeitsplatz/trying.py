"""A typed value tried on a record, and what was read, without writing anything: what every field of the workbench asks while one types."""

from __future__ import annotations

from starlette.responses import JSONResponse

from agreements.errors import ZvError
from agreements.model.record import Vereinbarung
from agreements.planning.setting import require_possible, said, together
from agreements.store.store import Gespeichert
from zv.arbeitsplatz.desk import Desk


def tried(desk: Desk, stored: Gespeichert[Vereinbarung], feld: str, wert: str) -> JSONResponse:
    """Whether an Angabe may have this value, in German form, and what would change."""
    try:
        made = together(desk.library, stored, [(feld, wert)])
        lacking = require_possible(desk.library, made)
    except ZvError as error:
        return refused(error)
    return JSONResponse({"geht": True, "sagt": "; ".join(said(desk.library, made)) or "Das steht schon so da.", "fehlt": lacking or ""})


def refused(error: ZvError) -> JSONResponse:
    """Why a value cannot be entered."""
    return JSONResponse({"geht": False, "sagt": error.message, "abhilfe": error.abhilfe or ""})
