"""What a live application of the tests serves is what the product serves; only sooner, and kept by the browser."""

import asyncio
import re
from typing import Any

import pytest

from otklik.config.web.files import static_files
from tests.fixtures.assets import KEPT, KeptFiles

IMPORTED = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?')


def ask(files: Any, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; status 0 when it is nobody's file."""
    told: list[Any] = []

    async def hear(message: Any) -> None:
        told.append(message)

    async def nothing() -> Any:
        raise AssertionError("a file asks for no body")

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": pairs}
    if not asyncio.run(files.answer(scope, nothing, hear)):
        return 0, {}, b""
    body = b"".join(piece.get("body", b"") for piece in told[1:])
    return told[0]["status"], {name.decode(): value.decode() for name, value in told[0]["headers"]}, body


@pytest.fixture(scope="module")
def files() -> KeptFiles:
    return KeptFiles()


@pytest.mark.parametrize("path", ["/static/ui/js/app.js", "/static/ui/icon.svg", "/static/ui/tokens.css"])
def test_a_file_is_served_as_the_product_serves_it(files: KeptFiles, path: str) -> None:
    status, headers, body = ask(static_files(), path)
    for _ in range(2):  # read, then kept
        told = ask(files, path)
        assert (told[0], told[2]) == (status, body)
        assert told[1]["cache-control"] == KEPT.decode()
        own = {"cache-control", "last-modified", "etag"}
        assert {k: v for k, v in told[1].items() if k not in own} == {k: v for k, v in headers.items() if k not in own}


def test_a_style_sheet_holds_what_it_imports_in_its_layer(files: KeptFiles) -> None:
    _, _, plain = ask(static_files(), "/static/ui/app.css")
    _, headers, body = ask(files, "/static/ui/app.css")
    assert b"@import" in plain
    assert b"@import" not in body
    for path, layer in IMPORTED.findall(plain.decode()):
        inside = ask(static_files(), f"/static/ui/{path}")[2]
        assert (b"@layer %s {\n%s}\n" % (layer.encode(), inside) if layer else inside) in body
    assert int(headers["content-length"]) == len(body)


def test_what_is_no_file_and_what_asks_for_less_is_the_products_matter(files: KeptFiles) -> None:
    assert ask(files, "/static/ui/none.css")[0] == 0
    assert ask(files, "/tickets/")[0] == 0
    assert ask(files, "/static/ui/js/app.js", method="HEAD")[2] == b""
    assert ask(files, "/static/ui/js/app.js", range="bytes=0-9")[::2] == (
        206,
        ask(files, "/static/ui/js/app.js")[2][:10],
    )
