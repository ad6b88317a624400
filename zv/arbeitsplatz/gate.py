"""The door of the workbench: who is let in, and what every answer tells the browser.

Other people's programs may share the loopback and see command lines, and any page of the web may send requests to it. So the browser
is opened with a code that counts once; what it gets for it is a token, part of every path from then on, which ends with the server.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ENTRY = "einlass"
"""The first part of the path that exchanges a code for the token."""
KEY_HEADER = b"x-zv-schluessel"
"""By it another start of the program asks for a code of its own."""
LONGEST = 256 << 20
"""Bytes of one request; what comes back from a Landkreis has a few, a year's scans some ten megabytes."""
_LONGEST_NAME = 60
_CODE_HOLDS = 120.0
"""Seconds: a browser needs some to start."""
WHO = "zv.wer"
"""Under this name the request says who sends it, where the house's login knows."""
_OWN = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " \
       "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"  # fmt: skip
HEADERS = (
    (b"content-security-policy", _OWN.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_UNSTORED = (b"cache-control", b"no-store")


class Gate:
    """Lets requests of this machine's browser through to the pages, and nothing else."""

    def __init__(self, app: App, port: int) -> None:
        self.app = app
        self.token = secrets.token_urlsafe(24)
        self.key = secrets.token_urlsafe(24)
        """What only a program of the same user can know: it stands in a file that only that user may read."""
        self.used = time.monotonic()
        """When a request was last let through."""
        self._codes: dict[str, float] = {}
        self._hosts = frozenset(f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost"))
        self._origins = frozenset(b"http://" + host for host in self._hosts)

    def code(self) -> str:
        """A code that lets one browser in, once, within two minutes."""
        now = time.monotonic()
        self._codes = {code: until for code, until in self._codes.items() if until > now}
        code = secrets.token_urlsafe(24)
        self._codes[code] = now + _CODE_HOLDS
        return code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or hands it on with the token taken off its path."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        if headers.get(b"host") not in self._hosts:
            return await _refuse(send, 421, "Diese Seite gibt es nur unter der Adresse, mit der sie geöffnet wurde.")
        parts = scope["path"].split("/", 2)
        first, rest = parts[1] if len(parts) > 1 else "", parts[2] if len(parts) > 2 else ""
        if first == ENTRY:
            return await self._enter(rest, scope["method"], headers, send)
        if not _foreign(headers, self._origins) and hmac.compare_digest(first.encode(), self.token.encode()):
            return await self._through(scope, headers, rest, receive, send)
        return await _refuse(send, 403, "Hier geht es nicht hinein. Den Arbeitsplatz bitte neu öffnen.")

    async def _enter(self, rest: str, method: str, headers: dict[bytes, bytes], send: Send) -> None:
        """A code for the token, or, for who knows the key, the key for a code."""
        if method == "POST" and hmac.compare_digest(headers.get(KEY_HEADER, b""), self.key.encode()):
            self.used = time.monotonic()
            return await _answer(send, 200, self.code().encode(), [(b"content-type", b"text/plain")])
        if method == "GET" and self._codes.pop(rest, 0.0) > time.monotonic():
            self.used = time.monotonic()
            # not by a redirect: that would still count as sent by the page that the code came from
            refresh = f'<meta http-equiv="refresh" content="0; url=/{self.token}/">'
            page = f'<!DOCTYPE html><title>zv</title><link rel="icon" href="data:,">{refresh}'
            return await _answer(send, 200, page.encode(), [(b"content-type", b"text/html; charset=utf-8")])
        return await _refuse(send, 403, "Dieser Zugang ist verbraucht. Den Arbeitsplatz bitte neu öffnen.")

    async def _through(self, scope: Scope, headers: dict[bytes, bytes], rest: str, receive: Receive, send: Send) -> None:
        self.used = time.monotonic()
        root = f"{scope.get('root_path', '')}/{self.token}"
        await passed(self.app, dict(scope) | {"root_path": root, "path": f"{root}/{rest}"}, headers, receive, send)


class HouseGate:
    """Lets requests through that come from the house's own proxy, which has asked for a name and a password before.

    With no `proxies` the server listens at a socket among files, whose rights say who reaches it; requests have no address then.
    """

    def __init__(self, app: App, names: Collection[str], proxies: Collection[str], header: str) -> None:
        self.app = app
        self._hosts = frozenset(name.encode() for name in names)
        self._origins = frozenset(b"https://" + host for host in self._hosts)
        self._proxies = frozenset(proxies)
        self._header = header.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or hands it on with the name of who sends it."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        several = [value for name, value in scope["headers"] if name == self._header]
        headers = dict(scope["headers"])
        if not self._from_proxy(scope.get("client")):
            return await _refuse(send, 403, "Diese Seite gibt es nur über die Anmeldung des Hauses.")
        if headers.get(b"host") not in self._hosts:
            return await _refuse(send, 421, "Diese Seite gibt es nur unter ihrem eigenen Namen.")
        if len(several) != 1 or not (name := several[0].decode("utf-8", "replace").strip()) or not name.isprintable():
            return await _refuse(send, 403, "Die Anmeldung nennt niemanden.")
        if _foreign(headers, self._origins):
            return await _refuse(send, 403, "Diese Anfrage kommt von einer anderen Seite.")
        await passed(self.app, dict(scope) | {WHO: name[:_LONGEST_NAME]}, headers, receive, send)

    def _from_proxy(self, client: tuple[str, int] | None) -> bool:
        return client[0] in self._proxies if client else not self._proxies


async def passed(app: App, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive, send: Send) -> None:
    """Hands a request on that was let in, bounded in length; the answer says to the browser what all of them say."""
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length) > LONGEST:
        return await _refuse(send, 413, f"Das ist zu viel auf einmal: mehr als {LONGEST >> 20} MB.")

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = dict(message) | {"headers": _with_own(message.get("headers", ()))}
        await send(message)

    await app(scope, _bounded(receive), guarded)


class TooLong(Exception):
    """A request went beyond what it may hold while it was received."""


def _bounded(receive: Receive) -> Receive:
    """The same stream; TooLong where more comes than a request may hold."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > LONGEST:
            raise TooLong
        return message

    return bounded


def _foreign(headers: dict[bytes, bytes], own: frozenset[bytes]) -> bool:
    """Whether another page sent the request: the browser says so itself, by Origin or by Sec-Fetch-Site.

    A page that sends no referrer has Origin "null" for its own forms, too (Fetch, "append a request Origin header").
    """
    origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
    if site == b"same-origin":
        return origin not in (None, b"null", *own)
    return site not in (None, b"none") or (origin is not None and origin not in own)


def _with_own(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours, as far as it has none of its own: nothing is stored but what says for how long itself."""
    given = list(headers)
    own = {name.lower() for name, _ in given}
    return [*given, *(each for each in (*HEADERS, _UNSTORED) if each[0] not in own)]


async def _refuse(send: Send, status: int, said: str) -> None:
    await _answer(send, status, said.encode(), [(b"content-type", b"text/plain; charset=utf-8")])


async def _answer(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length, *HEADERS, _UNSTORED]})
    await send({"type": "http.response.body", "body": body})
