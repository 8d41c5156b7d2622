"""Pages over WSGI inside the ASGI server (docs/decisions/0002).

The whole request is read before a thread is taken, so a slow client costs no thread, a cut-off upload never
reaches a view as if it were complete, and an ordinary answer crosses between the loop and the thread once.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import IO, Any

type Scope = dict[str, Any]
type Message = dict[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Wsgi = Callable[..., Iterable[bytes]]

IN_MEMORY = 1024 * 1024  # larger bodies go to a temporary file
PATIENCE = 10.0  # seconds in which a page that is busy is asked again


class Gone(Exception):
    """The client went away before the request was complete."""


class TooLarge(Exception):
    """The body is larger than allowed."""


@dataclass
class Answer:
    """What a page returned: the whole body, or an iterable that is still to be sent."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    rest: Iterable[bytes] | None = None


class PagesOverWsgi:
    """An ASGI application that runs a WSGI one in `threads` threads."""

    def __init__(self, wsgi: Wsgi, *, threads: int, most_bytes: int) -> None:
        self.wsgi = wsgi
        self.most_bytes = most_bytes
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await read_body(scope, receive, self.most_bytes)
        except Gone:
            return
        except TooLarge:
            await refuse(send, 413, b"The request is too large.")
            return
        with body:
            loop = asyncio.get_running_loop()
            answer = await self._patient(scope, body)
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            if answer.rest is None:
                await send({"type": "http.response.body", "body": answer.body})
            else:
                await loop.run_in_executor(self.pool, self._stream, answer.rest, send, loop)
                await send({"type": "http.response.body", "body": b""})

    async def _patient(self, scope: Scope, body: IO[bytes]) -> Answer:
        """What the page says; one that is busy is asked again after the pause it names, and nobody holds a thread.

        A picture inside of a letter, where no script runs, cannot come again by itself.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while True:
            body.seek(0)
            environ = build_environ(scope, body)
            answer = await loop.run_in_executor(self.pool, copy_context().run, self._answer, environ)
            pause = pause_of(answer) if scope["method"] in ("GET", "HEAD") else None
            if pause is None or loop.time() + pause > until:
                return answer
            await asyncio.sleep(pause)

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """In a thread: run the page and, unless it streams, take all of it and let go of its resources."""
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], trouble: object = None) -> None:
            started.append((status, headers))

        response = self.wsgi(environ, start_response)
        if getattr(response, "streaming", True):
            return _answer(started[-1], b"", response)
        try:
            return _answer(started[-1], b"".join(response))
        finally:
            close(response)

    @staticmethod
    def _stream(response: Iterable[bytes], send: Send, loop: asyncio.AbstractEventLoop) -> None:
        try:
            for chunk in response:
                if chunk:
                    message = {"type": "http.response.body", "body": chunk, "more_body": True}
                    asyncio.run_coroutine_threadsafe(_send(send, message), loop).result()
        finally:
            close(response)


async def _send(send: Send, message: Message) -> None:
    await send(message)


def _answer(started: tuple[str, list[tuple[str, str]]], body: bytes, rest: Iterable[bytes] | None = None) -> Answer:
    status, headers = started
    encoded = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
    return Answer(int(status.split(" ", 1)[0]), encoded, body, rest)


def pause_of(answer: Answer) -> int | None:
    """Seconds after which a busy page wants to be asked again; None for every other answer."""
    named = dict(answer.headers).get(b"retry-after", b"") if answer.status == 503 else b""
    return int(named) if named.isdigit() else None


def close(response: object) -> None:
    """Ends the request for Django: signals, database connections, open files."""
    getattr(response, "close", lambda: None)()


async def refuse(send: Send, status: int, words: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words})


async def read_body(scope: Scope, receive: Receive, most: int) -> IO[bytes]:
    """The complete body, from its start. Raises Gone or TooLarge."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if announced.isdigit() and int(announced) > most:
        raise TooLarge
    body: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > most:
            raise TooLarge
        body.write(chunk)
        more = message.get("more_body", False)
    body.seek(0)
    scope["otklik.size"] = size
    return body


def build_environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """The WSGI environment of an ASGI request. Headers with an underscore are dropped: they could pose as others."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "CONTENT_LENGTH": str(scope.get("otklik.size", 0)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": _Errors,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name or raw_name == b"content-length":
            continue
        name = raw_name.decode("latin1").upper().replace("-", "_")
        key, value = name if name == "CONTENT_TYPE" else f"HTTP_{name}", raw_value.decode("latin1")
        joint = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ


class _Errors:
    """wsgi.errors: whatever is written there goes to the log."""

    @staticmethod
    def write(words: str) -> None:
        import logging

        logging.getLogger("otklik.web").error(words)

    @staticmethod
    def flush() -> None:
        pass
