"""The server's run: begun on a free port, opened in the browser, found by a second start, ended when nobody uses it any more."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
import webbrowser
from collections.abc import Callable, Collection
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn

from agreements.files.disk import write_atomic
from zv.arbeitsplatz.app import application
from zv.arbeitsplatz.gate import ENTRY, KEY_HEADER, Gate, HouseGate

IDLE = 2 * 60 * 60.0
"""Seconds without a request after which the server ends: longer than a meeting, shorter than a working day."""
_LOOKS = 5.0
"""Seconds between two looks at the clock."""


class Running(NamedTuple):
    """A server that is there, as its file tells it to a second start."""

    port: int
    key: str


def serve(ordner: Path, opened: Callable[[Path], None], idle: float = IDLE) -> None:
    """Runs the workbench of a folder until nobody uses it; where it runs already, that one is opened instead.

    `opened` is told the file that a browser is to open; ZvError where that cannot be written.
    """
    place = _place(ordner)
    if (code := _code_of_the_other(place)) is not None:
        return opened(_opener(place, *code))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = application(ordner)
        gate, desk = Gate(app, port), app.state.desk
        server = uvicorn.Server(uvicorn.Config(gate, **_QUIET))
        _end_as_told()
        write_atomic(place / "laeuft.json", json.dumps(Running(port, gate.key)._asdict()).encode(), private=True)
        try:
            opened(_opener(place, port, gate.code()))
            threading.Thread(target=desk.warm, daemon=True).start()
            asyncio.run(_until_idle(server, lambda: time.monotonic() - gate.used > idle and not desk.jobs.busy, listening, idle))
        finally:
            desk.close()
            for name in ("laeuft.json", _OPENER):
                (place / name).unlink(missing_ok=True)


def serve_house(ordner: Path, place: tuple[str, int] | Path, names: Collection[str], proxies: Collection[str], header: str) -> None:
    """Runs the workbench for a house until it is ended: at an address, or a socket among files, that only the house's proxy reaches."""
    app = application(ordner)
    gate = HouseGate(app, names, () if isinstance(place, Path) else proxies, header)
    at: dict[str, Any] = {"uds": str(place)} if isinstance(place, Path) else {"host": place[0], "port": place[1]}
    server = uvicorn.Server(uvicorn.Config(gate, **at, **_QUIET, proxy_headers=False))
    _end_as_told()
    try:
        asyncio.run(server.serve())
    finally:
        app.state.desk.close()


def in_browser(path: Path) -> None:
    """Opens a file in the user's browser; its name alone is seen on a command line, not what it holds."""
    webbrowser.open(path.as_uri())


_QUIET: dict[str, Any] = {
    "log_level": "error", "access_log": False, "server_header": False, "lifespan": "off", "timeout_graceful_shutdown": 5
}  # fmt: skip
"""A page that follows some work waits for its end, and would keep the server from ending."""


def _end_as_told() -> None:
    """Has SIGTERM end this process in order: else the end of the server would leave all beside it running."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))


async def _until_idle(server: uvicorn.Server, unused: Callable[[], bool], listening: socket.socket, idle: float) -> None:
    async def watch() -> None:
        while not server.should_exit:
            await asyncio.sleep(min(_LOOKS, idle))
            server.should_exit |= unused()

    watching = asyncio.create_task(watch())
    await server.serve(sockets=[listening])
    watching.cancel()


# ---------------------------------------------------------------- files of the user alone

_OPENER = "Arbeitsplatz.html"


def _opener(place: Path, port: int, code: str) -> Path:
    """A page that goes on to the server with a code that counts once."""
    address = escape(f"http://127.0.0.1:{port}/{ENTRY}/{code}")
    page = (
        '<!DOCTYPE html><html lang="de"><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>zv Arbeitsplatz</title>'
        f'<meta http-equiv="refresh" content="0; url={address}"><p><a href="{address}">Weiter zum Arbeitsplatz</a></p></html>\n'
    )
    write_atomic(place / _OPENER, page.encode(), private=True)
    return place / _OPENER


def _code_of_the_other(place: Path) -> tuple[int, str] | None:
    """The port of a server that runs for the same folder, and a code of it; None where none answers."""
    try:
        running = Running(**json.loads((place / "laeuft.json").read_text()))
        asked = urllib.request.Request(f"http://127.0.0.1:{running.port}/{ENTRY}/", b"", {KEY_HEADER.decode(): running.key})
        # a proxy of the house is never asked for what is on this machine
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=3) as answer:
            return running.port, answer.read().decode()
    except (OSError, ValueError, TypeError):
        return None


def _place(ordner: Path) -> Path:
    """A folder of the user, one for each folder that is worked in."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    place = base / "zv" / hashlib.sha256(str(ordner.resolve()).encode()).hexdigest()[:16]
    with suppress(OSError):  # what is in the way is said by the first file that is written
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place
