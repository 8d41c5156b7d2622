"""Pages over WSGI: what reaches a page is complete, and what it says reaches the client."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from otklik.config.web import bridge
from otklik.config.web.bridge import PagesOverWsgi

type Events = list[dict[str, Any]]


class Plain(list[bytes]):
    """An ordinary answer of Django: not streaming."""

    streaming = False


def echo(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    return Plain([environ["PATH_INFO"].encode("latin1"), b" ", body])


def ask(page: Any = echo, body: Iterable[dict[str, Any]] = (), most: int = 1000, **scope: Any) -> Events:
    """Send one request through the bridge; what was sent back."""
    sent: Events = []
    received = iter([*body] or [{"type": "http.request", "body": b""}])

    async def receive() -> dict[str, Any]:
        return next(received)

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    whole = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
    }
    asyncio.run(PagesOverWsgi(page, threads=1, most_bytes=most)({**whole, **scope}, receive, send))
    return sent


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_page_sees_the_whole_body_and_a_russian_path() -> None:
    start, body = ask(body=[part(b"one ", True), part(b"two")], path="/ёлка")
    assert start["status"] == 200
    assert body["body"].decode() == "/ёлка one two"


def test_cookies_are_kept_apart() -> None:
    start, _ = ask()
    assert [value for name, value in start["headers"] if name == b"set-cookie"] == [b"a=1", b"b=2"]


def test_an_upload_that_was_cut_off_never_reaches_a_page() -> None:
    calls: list[object] = []
    assert ask(lambda *words: calls.append(words), body=[part(b"half", True), {"type": "http.disconnect"}]) == []
    assert calls == []


def test_a_body_that_is_too_large_is_refused_announced_or_not() -> None:
    announced = ask(headers=[(b"content-length", b"1001")])
    counted = ask(body=[part(b"x" * 600, True), part(b"x" * 600)])
    assert [events[0]["status"] for events in (announced, counted)] == [413, 413]


def test_a_body_larger_than_memory_arrives_unchanged() -> None:
    large = b"0123456789" * 300_000
    _, body = ask(body=[part(large)], most=10**7)
    assert body["body"][2:] == large


def test_headers_with_an_underscore_cannot_pose_as_others() -> None:
    seen: dict[str, Any] = {}

    def page(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        seen.update(environ)
        start("204 No Content", [])
        return Plain()

    ask(
        page,
        headers=[
            (b"x_forwarded_for", b"6.6.6.6"),
            (b"remote-user", b"x"),
            (b"cookie", b"a=1"),
            (b"cookie", b"b=2"),
        ],
    )
    assert "HTTP_X_FORWARDED_FOR" not in seen
    assert "REMOTE_USER" not in seen
    assert seen["HTTP_COOKIE"] == "a=1; b=2"


def test_a_stream_goes_out_piece_by_piece_and_is_closed() -> None:
    class Download:
        closed = False

        def __iter__(self) -> Any:
            yield from (b"one", b"two")

        def close(self) -> None:
            self.closed = True

    download = Download()

    def page(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [])
        return download  # type: ignore[return-value]

    _, *pieces = ask(page)
    assert [(each["body"], each.get("more_body", False)) for each in pieces] == [
        (b"one", True),
        (b"two", True),
        (b"", False),
    ]
    assert download.closed


class Busy:
    """A page that is busy so many times."""

    def __init__(self, times: int) -> None:
        self.times, self.asked = times, 0

    def __call__(self, environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        self.asked += 1
        busy = self.asked <= self.times
        start("503 Service Unavailable" if busy else "200 OK", [("Retry-After", "1")] if busy else [])
        return Plain([b"" if busy else b"picture"])


def test_a_page_that_is_busy_is_asked_again_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures inside of letters cannot come again by themselves."""
    soon, never = Busy(2), Busy(99)
    monkeypatch.setattr(bridge, "PATIENCE", 2.5)
    start, body = ask(soon, method="GET")
    assert (start["status"], body["body"], soon.asked) == (200, b"picture", 3)
    start, _ = ask(never, method="GET")
    assert (start["status"], never.asked) == (503, 3)


def test_what_may_have_changed_something_is_not_asked_again() -> None:
    page = Busy(1)
    start, _ = ask(page)
    assert (start["status"], page.asked) == (503, 1)
