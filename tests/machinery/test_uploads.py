"""FILE-5: limits of uploads hold under ASGI, whatever the sender says or does not say about the size."""

import resource
from collections.abc import Iterator

import pytest
import urllib3

from otklik.core.staff.models import Organisation
from tests.fixtures.live import LiveApp

MB = 1024 * 1024
LINE = '--limit\r\nContent-Disposition: form-data; name="a{0}"{1}\r\n\r\nx\r\n'
END = b"--limit--\r\n"


def post(app: LiveApp, body: bytes | Iterator[bytes], **headers: str) -> int:
    """A generator goes out in chunks, without Content-Length.  0 when the server hung up in the middle.

    With the cookie of the page's form, so that the body is really read in search of the form's token.
    """
    address = f"{app.url}/sign-in/"
    cookie = urllib3.request("GET", address).headers["Set-Cookie"].partition(";")[0]
    told = {"Content-Type": "multipart/form-data; boundary=limit", "Cookie": cookie, **headers}
    try:
        return urllib3.request("POST", address, body=body, headers=told, retries=False, timeout=30).status
    except urllib3.exceptions.ProtocolError:
        return 0


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def head(kind: str = "") -> bytes:
    about = '--limit\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
    return f"{about}{kind}\r\n".encode()


def pieces(first: bytes, piece: bytes, size: int) -> Iterator[bytes]:
    yield first
    for _ in range(size // len(piece)):
        yield piece
    yield b"\r\n" + END


@pytest.fixture
def app(live_app: LiveApp, organisation: Organisation) -> LiveApp:
    assert post(live_app, head() + b"small\r\n" + END) == 403  # read, and refused for another reason
    return live_app


def test_FILE_5_a_body_of_unknown_length_ends_at_the_limit(app: LiveApp) -> None:
    before = peak()

    assert post(app, pieces(head(), b"x" * 65536, 120 * MB)) in (413, 0)
    assert peak() - before < 60 * MB


def test_FILE_5_a_length_that_was_announced_is_refused_at_once(app: LiveApp) -> None:
    assert post(app, iter([b"x"]), **{"Content-Length": str(10**12)}) in (413, 0)


def test_FILE_5_a_large_base64_part_costs_no_memory(app: LiveApp) -> None:
    before = peak()

    encoded = head("Content-Transfer-Encoding: base64\r\n")
    assert 400 <= post(app, pieces(encoded, b"QUJD" * 16384, 45 * MB)) < 500
    assert peak() - before < 60 * MB


@pytest.mark.parametrize("kind", ["", '; filename="f{0}"'], ids=["fields", "files"])
def test_FILE_5_twenty_thousand_parts_are_refused(app: LiveApp, kind: str) -> None:
    body = "".join(LINE.format(number, kind.format(number)) for number in range(20_000)).encode() + END

    assert post(app, body) == 400


def test_FILE_5_the_server_lives_on(app: LiveApp) -> None:
    assert post(app, pieces(head(), b"x" * 65536, 60 * MB)) in (413, 0)
    assert urllib3.request("GET", f"{app.url}/livez").status == 200
