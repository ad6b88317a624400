"""The workbench as tests use it: the real server in a process of its own, requests as a browser sends them, a folder with open points."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from round_trip import LIBRARY, ROOT, emsland

from agreements.library.library import open_library
from agreements.model.akte import Abweichung, Akte, Lesung, OffenerPunkt, Quelle, kennung
from agreements.model.record import Vereinbarung
from render.pdf import render_pdf

WHERE = "2024/lk-emsland"
COSTS, TITLE, NAME = "haushalt.verwaltungskosten", "ziele.individuell.4.titel", "unterschriften.traeger.1.name"
PATIENCE = 240.0
"""Seconds that something may take on a machine that has much else to do; what does not come at all fails after them."""
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"


def folder_with_points(folder: Path, more: int = 0, name: str = "Emsland.pdf") -> Path:
    """A folder with one agreement of which five points are open (and so many more), read from a PDF that lies in its inbox."""
    year = folder / "agreements" / "2024"
    year.mkdir(parents=True)
    shutil.copy(ROOT / "agreements" / "2024" / "rahmen.yaml", year)
    pdf = _printed()
    (folder / "eingang").mkdir()
    (folder / "eingang" / name).write_bytes(pdf)
    library = open_library(folder)
    library.store.save(library.own(read_record(pdf, name, more)))
    return folder


@cache
def _printed() -> bytes:
    return render_pdf(LIBRARY.document(emsland()))


def read_record(pdf: bytes, name: str = "Emsland.pdf", more: int = 0) -> Vereinbarung:
    """The agreement as a reading of this file made it that left points open."""
    sum_ = sha256(pdf).hexdigest()

    def point(art: Any, ort: str, worte: str, readings: tuple[Lesung, ...] = (), **said: Any) -> OffenerPunkt:
        return OffenerPunkt(kennung=kennung(ort, art, worte, sum_), art=art, grund=said.pop("grund", f"unsicher gelesen: „{worte}“"),
                            lesungen=readings, datei=name, **said)  # fmt: skip

    box = tuple(Decimal(each) for each in (120, 300, 260, 314))
    costs = (Lesung(leser="Tesseract", text="13.155.724", wert="13.155.724"), Lesung(leser="PP-OCR", text="13.155.774", wert="13.155.774"))
    departure = Abweichung(stelle="I.2", art="ersetzt", alt="langfristige", neu="langfrislige")
    points = (
        point("unsicher", COSTS, "13.155.774", costs, feld=COSTS, seite=2, kasten=box),
        point("unsicher", NAME, HOSTILE, (Lesung(text=HOSTILE, wert=HOSTILE),), feld=NAME, seite=6, kasten=box, drehung=90),
        point("unsicher", TITLE, "Titel", feld=TITLE),
        point("abweichung", "I.2", "langfrislige", stelle="I.2", abweichung=departure, seite=1, kasten=box),
        point("kommentar", "", "bitte prüfen", grund=f"Kommentar von {HOSTILE}: bitte prüfen"),
        *(point("kommentar", "", f"Nr. {number}", grund=f"Kommentar {number}") for number in range(more)),
    )
    quelle = Quelle(datei=name, sha256=sum_, lesart="texterkennung")
    record = emsland()
    signed = record.unterschriften.traeger[1].model_copy(update={"name": HOSTILE})
    unterschriften = record.unterschriften.model_copy(update={"traeger": {**record.unterschriften.traeger, 1: signed}})
    return record.model_copy(update={"unterschriften": unterschriften, "akte": Akte(quelle=quelle, offen=points)})


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass(frozen=True)
class Workbench:
    """A server that runs for a folder."""

    process: subprocess.Popen[str]
    folder: Path
    opener: Path
    """The file that a browser is to open."""
    port: int
    token: str

    def get(self, path: str, headers: Mapping[str, str] | None = None, bare: bool = False) -> Answer:
        """A page; `bare`: without the token before it."""
        return self.ask("GET", path if bare else f"/{self.token}{path}", b"", headers)

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """A form sent."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", f"/{self.token}{path}", urlencode(fields).encode(), form | dict(headers or {}))

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def upload(self, path: str, files: Mapping[str, bytes]) -> Answer:
        """Files sent as a browser sends them."""
        kind, body = multipart(files)
        return self.ask("POST", f"/{self.token}{path}", body, {"Content-Type": kind})

    @property
    def record(self) -> Path:
        return self.folder / f"agreements/{WHERE}.yaml"


def multipart(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Files as a form sends them: its content type and its body."""
    parts = [b"--x\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"" + name.encode() + b"\"\r\n\r\n" + data + b"\r\n"
             for name, data in files.items()]  # fmt: skip
    return "multipart/form-data; boundary=x", b"".join(parts) + b"--x--\r\n"


@contextmanager
def workbench(folder: Path, *words: str, state: Path | None = None) -> Iterator[Workbench]:
    """The server of a folder, ended afterwards."""
    state = state or folder.parent / f"{folder.name}-state"
    process = started(folder, state, *words)
    try:
        opener = next(state.rglob("Arbeitsplatz.html"))
        port, code = re.findall(r"127\.0\.0\.1:(\d+)/einlass/([\w-]+)", opener.read_text(encoding="utf-8"))[0]
        bench = Workbench(process, folder, opener, int(port), "")
        token = re.search(r"url=/([\w-]+)/", bench.get(f"/einlass/{code}", bare=True).text)
        assert token
        yield Workbench(process, folder, opener, int(port), token[1])
    finally:
        process.terminate()
        process.wait(PATIENCE)


def one_for_all(make: Callable[[Path], Path]) -> tuple[Any, Any]:
    """Two fixtures: a server for all tests of a file, and for each of them the same, its folder once more as `make` makes it.

    A start takes as long as what most tests do.
    """

    @pytest.fixture(scope="module")
    def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Path]]:
        first = make(tmp_path_factory.mktemp("amt") / "anfang")
        with workbench(Path(shutil.copytree(first, first.parent / "ordner"))) as bench:
            yield bench, first

    @pytest.fixture
    def bench(served: tuple[Workbench, Path]) -> Workbench:
        bench, first = served
        for each in bench.folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        shutil.copytree(first, bench.folder, dirs_exist_ok=True)
        return bench

    return served, bench


def started(folder: Path, state: Path, *words: str) -> subprocess.Popen[str]:
    """The process of a server that has said where it is opened."""
    environment = os.environ | {"XDG_STATE_HOME": str(state), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "zv", "arbeitsplatz", "--ohne-browser", "--ordner", str(folder), *words]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    said = list[str]()
    while not said or "Arbeitsplatz" not in said[-1]:  # first it may tell of a step that was interrupted
        said.append(process.stdout.readline())
        assert said[-1], "".join(said)
    return process


def patiently(true: Any, seconds: float = PATIENCE) -> bool:
    """Whether something comes true within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False
