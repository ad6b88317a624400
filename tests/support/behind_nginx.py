"""The workbench as a house runs it: a real nginx with the files of docs/betrieb, in front of the command that the unit there starts."""

from __future__ import annotations

import datetime
import http.client
import os
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from round_trip import ROOT
from workbench import PATIENCE, Answer, patiently

FILES = ROOT / "docs" / "betrieb"
NAME = "zv.haus.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
"""Debian keeps it where only root looks."""
needed = pytest.mark.skipif(NGINX is None, reason="kein nginx auf diesem Rechner (Paket nginx-light)")
USERS = {"mueller": "geheim-1", "schmidt": "geheim-2"}
_MAIN = """
daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Site:
    """nginx in front of a workbench, asked as a browser asks it."""

    folder: Path
    """Where certificate and settings of this nginx lie."""
    port: int
    plain: int
    """The port without TLS."""

    def connection(self) -> http.client.HTTPConnection:
        """A connection whose certificate was checked for the site's name."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "zeugnis.pem"))
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.sock = trusted.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 60), server_hostname=NAME)
        return connection

    def ask(self, path: str, who: str = "", headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
        """What is answered to a person who is logged in, or to nobody."""
        connection = self.connection()
        try:
            connection.request("GET" if body is None else "POST", path, body, {"Host": NAME} | login(who) | dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


def login(who: str) -> dict[str, str]:
    """The header by which a browser logs a person in; none for nobody."""
    return {"Authorization": "Basic " + b64encode(f"{who}:{USERS[who]}".encode()).decode()} if who else {}


@contextmanager
def served(folder: Path, sock: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The command of the unit, with our paths in place of its own; ended afterwards."""
    unit = (FILES / "zv.service").read_text(encoding="utf-8")
    (line,) = (each for each in unit.splitlines() if each.startswith("ExecStart="))
    program, *words = shlex.split(
        replaced(line.removeprefix("ExecStart="), {"/srv/zv/vereinbarungen": str(folder), "/run/zv/zv.sock": str(sock)})
    )
    assert program.endswith("/bin/zv")
    process = subprocess.Popen([sys.executable, "-m", "zv", *words], cwd=ROOT)
    try:
        assert patiently(lambda: sock.is_socket() or process.poll() is not None) and process.poll() is None
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def nginx(folder: Path, sock: Path, anmeldung: str, service: int = 0) -> Iterator[Site]:
    """nginx with the site of docs/betrieb and one of its ways to log in; only paths, ports and certificate are others."""
    assert NGINX
    folder.mkdir()
    site = Site(folder, _free_port(), _free_port())
    _certify(folder)
    (folder / "kennwoerter").write_text("".join(f"{who}:{{PLAIN}}{word}\n" for who, word in USERS.items()), encoding="utf-8")
    login = (FILES / anmeldung).read_text(encoding="utf-8")
    ours = {"/etc/nginx/zv-kennwoerter": f"{folder}/kennwoerter", "127.0.0.1:4180": f"127.0.0.1:{service}"}
    (folder / "anmeldung.conf").write_text(replaced(login, {old: new for old, new in ours.items() if old in login}), encoding="utf-8")
    (folder / "site.conf").write_text(replaced((FILES / "nginx.conf").read_text(encoding="utf-8"), {
        "listen 80;": f"listen 127.0.0.1:{site.plain};", "listen 443 ": f"listen 127.0.0.1:{site.port} ",
        "unix:/run/zv/zv.sock": f"unix:{sock}", "/etc/nginx/zv-anmeldung.conf": f"{folder}/anmeldung.conf",
        "/etc/ssl/zv/zeugnis.pem": f"{folder}/zeugnis.pem", "/etc/ssl/zv/schluessel.pem": f"{folder}/schluessel.pem",
    }), encoding="utf-8")  # fmt: skip
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, user=_user()), encoding="utf-8")
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.PIPE, text=True)
    try:
        up = patiently(lambda: _listens(site.port) or process.poll() is not None)
        assert up and process.poll() is None, process.stderr and process.stderr.read()
        yield site
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def replaced(text: str, ours: Mapping[str, str]) -> str:
    """The text with other paths and ports; AssertionError where one to be replaced does not stand in it."""
    for old, new in ours.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def _user() -> str:
    """Who serves: else root would give its rights up and not reach the folder of a test."""
    return "user root;\n" if os.geteuid() == 0 else ""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _certify(folder: Path) -> None:
    """A certificate for the site's name that counts for an hour, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(minutes=5)).not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "zeugnis.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "schluessel.pem").write_bytes(secret)
