"""The workbench for a house: only its proxy is answered, and who is logged in there stands in the journal."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command import zv
from workbench import COSTS, WHERE, folder_with_points

from agreements.library.library import open_library
from agreements.store.journal import history
from zv.arbeitsplatz.app import application
from zv.arbeitsplatz.gate import HouseGate

NAME, PROXY = "zv.haus.example", "10.0.0.7"
Header = tuple[str, str]


class House:
    """The application behind the house's gate, asked as the proxy asks it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gate = HouseGate(application(folder), [NAME], [PROXY], "X-Remote-User")

    def ask(self, path: str, headers: Sequence[Header], client: str = PROXY, body: bytes = b"") -> tuple[int, str]:
        """Status and text of an answer."""
        sent: list[Any] = []
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST" if body else "GET", "scheme": "http",
            "path": path.partition("?")[0], "raw_path": path.encode(), "query_string": path.partition("?")[2].encode(), "root_path": "",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
            "client": (client, 50000) if client else None, "server": (NAME, 443),
        }  # fmt: skip
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.gate(scope, receive, send))
        return sent[0]["status"], b"".join(message.get("body", b"") for message in sent).decode()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(folder_with_points(tmp_path / "ordner"))


KNOWN = (("Host", NAME), ("X-Remote-User", "mueller"))


def test_the_proxys_requests_are_answered(house: House) -> None:
    status, text = house.ask("/jahr/2024", KNOWN)
    assert status == 200 and "Landkreis Emsland" in text


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        (KNOWN, "10.0.0.8"),
        ((("Host", NAME),), PROXY),
        ((("Host", NAME), ("X-Remote-User", "")), PROXY),
        ((*KNOWN, ("X-Remote-User", "chef")), PROXY),
        ((("Host", NAME), ("X-Remote-User", "a\x1b[31m")), PROXY),
        ((("Host", "other.example"), ("X-Remote-User", "mueller")), PROXY),
        ((*KNOWN, ("Origin", "https://evil.example")), PROXY),
        ((*KNOWN, ("Sec-Fetch-Site", "cross-site")), PROXY),
    ],
)
def test_everybody_else_is_refused(house: House, headers: Sequence[Header], client: str) -> None:
    status, text = house.ask("/jahr/2024", headers, client)
    assert status in (403, 421) and "Emsland" not in text


def test_who_is_logged_in_stands_in_the_journal_whatever_the_page_says(house: House) -> None:
    stored = open_library(house.folder).store.load((2024, "lk-emsland"))
    name = next(each.kennung for each in stored.record.akte.offen if each.feld == COSTS)
    form = f"satz={stored.sha256}&wie=bestaetigt&kuerzel=CHEF".encode()
    status, _ = house.ask(f"/entscheide/{WHERE}/{name}", (*KNOWN, ("Content-Type", "application/x-www-form-urlencoded"),
                                                          ("Origin", f"https://{NAME}")), body=form)  # fmt: skip
    assert status == 303
    steps = history(open_library(house.folder).store.load((2024, "lk-emsland"))).eintraege
    assert [each.kuerzel for each in steps if each.art == "schritt"] == ["mueller"]


def test_a_request_without_an_address_comes_from_a_socket_and_only_where_the_server_listens_at_one(house: House) -> None:
    at_socket = HouseGate(house.gate.app, [NAME], [], "X-Remote-User")
    assert house.ask("/jahr/2024", KNOWN, "")[0] == 403
    house.gate = at_socket
    assert house.ask("/jahr/2024", KNOWN, "")[0] == 200
    assert house.ask("/jahr/2024", KNOWN, PROXY)[0] == 403


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--haus", "127.0.0.1:8080"), "Es fehlt der Name"),
        (("--haus", "8080", "--name", NAME), "ist keine Adresse mit Port"),
        (("--haus", "unix:gibt/es/nicht", "--name", NAME), "kann kein Socket sein"),
        (("--haus", "unix:agreements", "--name", NAME), "kann kein Socket sein"),
    ],
)
def test_where_it_is_to_listen_is_said_whole_or_not_at_all(
    words: Sequence[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agreements").mkdir()
    monkeypatch.chdir(tmp_path)
    ended = zv(capsys, "arbeitsplatz", *words)
    assert ended.code == 2 and said in ended.err
