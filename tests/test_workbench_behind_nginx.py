"""The workbench of a house behind a real nginx, with the very files of docs/betrieb: who is believed, what is passed on, and when."""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlencode

import pytest
from behind_nginx import FILES, NAME, Site, login, needed, nginx, served
from workbench import COSTS, PATIENCE, WHERE, Answer, folder_with_points, multipart, patiently

from agreements.library.library import open_library
from agreements.store.journal import history
from zv.arbeitsplatz.gate import LONGEST

pytestmark = needed
TITLE = "ziele.individuell.4.titel"
FORGED = {"X-Remote-User": "chef", "X_Remote_User": "chef", "X-Auth-Request-User": "chef"}


class House:
    """A folder, its workbench at a socket, and nginx before it with the passwords of a file."""

    def __init__(self, folder: Path, sock: Path, site: Site) -> None:
        self.folder, self.sock, self.site = folder, sock, site

    def decide(self, who: str, feld: str, site: Site | None = None, **headers: str) -> Answer:
        """A point decided as a browser would send it; whatever name the page sends along."""
        stored = open_library(self.folder).store.load((2024, "lk-emsland"))
        name = next(each.kennung for each in stored.record.akte.offen if each.feld == feld)
        form = urlencode({"satz": stored.sha256, "wie": "bestaetigt", "kuerzel": "CHEF"}).encode()
        browser = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
        return (site or self.site).ask(f"/entscheide/{WHERE}/{name}", who, browser | headers, form)

    def deciders(self) -> list[str | None]:
        steps = history(open_library(self.folder).store.load((2024, "lk-emsland"))).eintraege
        return [each.kuerzel for each in steps if each.art == "schritt"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("haus")
    folder = folder_with_points(place / "vereinbarungen")
    with served(folder, place / "s"), nginx(place / "nginx", place / "s", "anmeldung-kennwoerter.conf") as site:
        yield House(folder, place / "s", site)


def test_nobody_sees_anything_without_logging_in(house: House) -> None:
    for headers in ({}, FORGED, {"Authorization": "Basic bXVlbGxlcjpmYWxzY2g="}):
        answer = house.site.ask("/jahr/2024", headers=headers)
        assert answer.status == 401 and "Emsland" not in answer.text
        assert answer.text == "Ohne Anmeldung geht es hier nicht hinein.\n"
        assert "Zielvereinbarungen" in answer.headers["www-authenticate"]


def test_two_people_decide_under_the_names_they_logged_in_with_whatever_else_is_said_from_outside(house: House) -> None:
    page = house.site.ask("/jahr/2024", "mueller")
    assert page.status == 200 and "Landkreis Emsland" in page.text
    assert page.headers["strict-transport-security"] and "default-src 'none'" in page.headers["content-security-policy"]
    assert [house.decide("mueller", COSTS, None, **FORGED).status, house.decide("schmidt", TITLE).status] == [303, 303]
    assert house.deciders()[-2:] == ["mueller", "schmidt"]


def test_under_another_name_and_without_tls_there_is_nothing(house: House) -> None:
    assert house.site.ask("/jahr/2024", "mueller", {"Host": "other.example"}).status == 421
    assert house.site.ask("/jahr/2024", "mueller", {"Sec-Fetch-Site": "cross-site"}).status == 403
    asking = http.client.HTTPConnection("127.0.0.1", house.site.plain)
    asking.request("GET", "/jahr/2024", headers={"Host": NAME})
    assert asking.getresponse().headers["Location"] == f"https://{NAME}/jahr/2024"
    asking.close()


def test_what_is_dropped_comes_through_and_each_line_of_its_reading_at_once(house: House) -> None:
    files = {"kein.pdf": b"%PDF-1.7 kein PDF", "Emsland.pdf": (house.folder / "eingang/Emsland.pdf").read_bytes()}
    kind, body = multipart(files)
    assert house.site.ask("/jahr/2024/ablage", "mueller", {"Content-Type": kind}, body).status == 303
    assert (house.folder / "eingang/kein.pdf").read_bytes() == files["kein.pdf"]
    connection = house.site.connection()
    connection.request("GET", "/auftraege/1/verlauf", headers={"Host": NAME} | login("mueller"))
    stream = connection.getresponse()
    assert "kein.pdf" in stream.readline().decode()
    (job,) = json.loads(house.site.ask("/auftraege", "schmidt").text)
    assert job["code"] is None, "the first line came when all was done"
    assert "event: ende" in stream.read().decode()
    connection.close()


def test_more_than_zv_takes_is_refused_in_german_before_it_is_sent(house: House) -> None:
    said = re.search(r"client_max_body_size (\d+)m;", (FILES / "nginx.conf").read_text(encoding="utf-8"))
    assert said and int(said[1]) << 20 == LONGEST
    answer = house.site.ask("/jahr/2024/ablage", "mueller", {"Content-Length": str(LONGEST + 1)}, b"")
    assert (answer.status, answer.text) == (413, f"Das ist zu viel auf einmal: mehr als {LONGEST >> 20} MB.\n")


# ---------------------------------------------------------------- a service that logs in


class _Login(BaseHTTPRequestHandler):
    """The house's service: a cookie says who is logged in."""

    def do_GET(self) -> None:
        cookie = self.headers.get("Cookie", "")
        self.send_response(202 if cookie.startswith("wer=") else 401)
        if name := cookie.removeprefix("wer="):
            self.send_header("X-Auth-Request-User", name)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def service() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Login)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_a_service_of_the_house_says_who_is_logged_in_and_nobody_else_does(house: House, tmp_path: Path) -> None:
    with service() as port, nginx(tmp_path / "nginx", house.sock, "anmeldung-dienst.conf", port) as site:
        assert site.ask("/jahr/2024", headers=FORGED).headers["location"] == f"https://{NAME}/oauth2/sign_in?rd=/jahr/2024"
        assert site.ask("/jahr/2024", headers={"Cookie": "wer=meyer"}).status == 200
        nameless = site.ask("/jahr/2024", headers=FORGED | {"Cookie": "wer="})
        assert (nameless.status, nameless.text) == (403, "Die Anmeldung nennt niemanden.")
        assert house.decide("", "unterschriften.traeger.1.name", site, Cookie="wer=meyer", **FORGED).status == 303
    assert house.deciders()[-1] == "meyer"


def test_where_zv_does_not_run_nginx_says_so_in_german(tmp_path: Path) -> None:
    with nginx(tmp_path / "nginx", tmp_path / "nobody", "anmeldung-kennwoerter.conf") as site:
        answer = site.ask("/jahr/2024", "mueller")
    assert answer.status == 502 and answer.text.startswith("Der Arbeitsplatz ist gerade nicht zu erreichen.")


def test_told_to_end_it_ends_with_all_its_work_and_no_open_page_holds_it_up(tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    with served(tmp_path / "leer", tmp_path / "s") as zv, nginx(tmp_path / "nginx", tmp_path / "s", "anmeldung-kennwoerter.conf") as site:
        kind, body = multipart({"kein.pdf": b"%PDF-1.7 kein PDF"})
        assert site.ask("/jahr/2024/ablage", "mueller", {"Content-Type": kind}, body).status == 303
        connection = site.connection()
        connection.request("GET", "/auftraege/1/verlauf", headers={"Host": NAME} | login("mueller"))
        stream = connection.getresponse()
        assert len(working(tmp_path)) > 1
        zv.terminate()
        assert zv.wait(PATIENCE) == 0
        stream.read()
        assert patiently(lambda: not working(tmp_path))


def working(folder: Path) -> list[str]:
    """The processes whose command names a folder, nginx excepted."""
    found = list[str]()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [each for each in found if str(folder) in each and "nginx" not in each]
