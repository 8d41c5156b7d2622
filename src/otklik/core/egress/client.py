"""Fetching: resolved once, checked, connected to exactly what was checked, in bounds of time and size."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin

from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from otklik.core.egress.addresses import Address, read
from otklik.core.egress.errors import TOO_LARGE, Refused, Unanswered
from otklik.core.egress.targets import Allowance, Target, target_of

SECONDS = 10.0
CONNECT_SECONDS = 5.0
"""For a name to be looked up, and for each address to take the line up: who is reachable does so in one; where a
network is blocked, nobody waits out a long answer's time for it."""
MOST_BYTES = 10 * 1024 * 1024
REDIRECTS = 3
_AWAY = {301, 302, 303, 307, 308}
_PIECE = 64 * 1024

# The system's resolver knows no deadline; a look-up that hangs blocks one of these and not the caller.
_look_ups = ThreadPoolExecutor(8, "egress-look-up")


@dataclass(frozen=True)
class Answer:
    """What the server said at last; `media_type` without its parameters, as it claims."""

    status: int
    media_type: str
    content: bytes
    retry_after: str = ""
    """What it said of when to come again."""


@dataclass(frozen=True)
class Told:
    """What is sent along: the bytes, what they are, and lines of the head of our own."""

    content: bytes
    media_type: str
    head: Mapping[str, str] = field(default_factory=dict)


def send(
    url: str,
    content: bytes,
    head: Mapping[str, str],
    *,
    kind: str = "application/json",
    seconds: float = SECONDS,
    most: int = MOST_BYTES,
) -> Answer:
    """JSON sent to an address that an administrator named, with lines of our own in its head; or another `kind`.

    A redirect is an answer.  Raises Refused, and of it Unanswered where the request may have arrived.
    """
    until = time.monotonic() + seconds
    told = Told(content, kind, head)
    with _asked(target_of(url), "*/*", until, told) as response:
        return _answer(response, most, until)


def post(url: str, form: Mapping[str, str], *, seconds: float = SECONDS, most: int = MOST_BYTES) -> Answer:
    """A form sent to an address that an administrator named; a redirect is an answer.  Raises Refused."""
    until = time.monotonic() + seconds
    told = Told(urlencode(form).encode(), "application/x-www-form-urlencoded")
    with _asked(target_of(url), "application/json", until, told) as response:
        return _answer(response, most, until)


def ask(url: str, head: Mapping[str, str], *, seconds: float = SECONDS, most: int = MOST_BYTES) -> Answer:
    """GET with lines of our own in its head, a key for one; a redirect is an answer, so that no key goes elsewhere.

    Raises Refused.
    """
    until = time.monotonic() + seconds
    with _asked(target_of(url), "application/json", until, own=head) as response:
        return _answer(response, most, until)


def fetch(url: str, *, accept: str = "*/*", seconds: float = SECONDS, most: int = MOST_BYTES) -> Answer:
    """GET without cookies, credentials or referrer; `most` bytes counted after decoding.  Raises Refused."""
    until = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        target = target_of(url)
        with _asked(target, accept, until) as response:
            location = response.headers.get("Location") if response.status in _AWAY else None
            if location is None:
                return _answer(response, most, until)
            url = urljoin(url, location)
    raise Refused("too many redirects")


def status(url: str, *, seconds: float = SECONDS) -> int:
    """What a page says of itself at last, as `fetch` asks for it; what it holds is not read, however long it is.

    Raises Refused.
    """
    until = time.monotonic() + seconds
    for _hop in range(REDIRECTS + 1):
        with _asked(target_of(url), "*/*", until) as response:
            location = response.headers.get("Location") if response.status in _AWAY else None
            if location is None:
                return response.status
            url = urljoin(url, location)
    raise Refused("too many redirects")


def reach(host: str, port: int, *, seconds: float = SECONDS) -> None:
    """A line to a port that an administrator named, taken up and put down; nothing is said on it.

    A port that is not the web's has to be allowed, as everywhere.  Raises Refused.
    """
    until = time.monotonic() + seconds
    _connected(Target("http", host, port, ""), until).close()


def _answer(response: BaseHTTPResponse, most: int, until: float) -> Answer:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    content = _content(response, most, until)
    return Answer(response.status, kind, content, response.headers.get("Retry-After", "")[:40])


@contextmanager
def _asked(
    target: Target, accept: str, until: float, told: Told | None = None, own: Mapping[str, str] | None = None
) -> Iterator[BaseHTTPResponse]:
    """The answer to one request; closed afterwards, and cut off when the time is over."""
    headers = {
        "Host": target.named,
        "Accept": accept,
        "Accept-Encoding": "identity",
        "User-Agent": "Otklik",
        "Connection": "close",
        **(own or {}),
    }
    method = "POST" if told else "GET"
    if told:
        headers |= {"Content-Type": told.media_type, **told.head}
    connection = _connected(target, until)
    try:
        with _cut_at(connection.sock, until):
            connection.timeout = _left(until)  # the answer may take longer than the line did
            connection.request(method, target.path, told.content if told else None, headers, preload_content=False)
            yield connection.getresponse()
    except (HTTPError, OSError, ValueError) as trouble:
        raise Unanswered(f"{type(trouble).__name__}: {trouble}") from None
    finally:
        connection.close()


def _connected(target: Target, until: float) -> HTTPConnection:
    """Connected to the first checked address that answers."""
    addresses = _addresses(target, until)
    Allowance(settings.EGRESS_ALLOW).check(target, addresses)
    for address in addresses:
        connection = _connection(target, address, min(_left(until), CONNECT_SECONDS))
        try:
            connection.connect()
        except (HTTPError, OSError):
            connection.close()
        else:
            return connection
    raise Refused(f"{target.host} does not answer")


def _connection(target: Target, address: Address, seconds: float) -> HTTPConnection:
    """To the address itself, so that no name is looked up again; TLS is asked for, and checked, by name."""
    if target.scheme == "https":
        return HTTPSConnection(str(address), target.port, timeout=seconds, server_hostname=target.host)
    return HTTPConnection(str(address), target.port, timeout=seconds)


def _addresses(target: Target, until: float) -> list[Address]:
    asked = _look_ups.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
    try:
        found = asked.result(min(_left(until), CONNECT_SECONDS))
    except (OSError, UnicodeError) as trouble:  # running out of time is an OSError, too
        asked.cancel()
        raise Refused(f"{target.host}: {type(trouble).__name__}") from None
    return list(dict.fromkeys(read(str(place[0])) for *_about, place in found))


@contextmanager
def _cut_at(sock: socket.socket | None, until: float) -> Iterator[None]:
    """A server that drips bytes never meets the time-out of a socket: its line is cut from outside."""
    assert sock is not None

    def cut() -> None:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    watch = threading.Timer(_left(until), cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _content(response: BaseHTTPResponse, most: int, until: float) -> bytes:
    """Read piece by piece, so that no compressed bomb is ever unfolded."""
    pieces, size = [], 0
    while piece := response.read(_PIECE, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise Unanswered(TOO_LARGE)
    if time.monotonic() >= until:  # what was cut off looks like an end
        raise Unanswered("too slow")
    return b"".join(pieces)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise Refused("too slow")
    return left
