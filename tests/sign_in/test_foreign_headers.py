"""AUTH-5: who one is, and from where, is never what an untrusted peer writes into headers; through the real server."""

import asyncio
import http.client
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.middleware.security import SecurityMiddleware
from django.test import Client

from otklik.config.web.bridge import build_environ
from otklik.config.web.server import make_server
from otklik.core.staff.models import User
from tests.fixtures.live import LiveApp, wait_until

type Asked = Callable[..., tuple[int, dict[str, str], bytes]]

NAMES = (
    *("Remote-User", "Remote_User", "REMOTE_USER", "X-Remote-User", "X_Remote_User", "X-Forwarded-User"),
    *("X-Forwarded-Email", "X-Forwarded-Preferred-Username", "X-Auth-Request-User", "X-WEBAUTH-USER"),
    *("X-Authenticated-User", "X-User", "X-User-Id", "Auth-User", "Ssl-Client-S-Dn", "X-Ssl-Client-Dn"),
)
STRANGE = "203.0.113.66"
PLACES = (
    *("X-Forwarded-For", "X_Forwarded_For", "x_forwarded-for", "X-Real-IP", "X_Real_IP", "Forwarded", "True-Client-IP"),
    *("CF-Connecting-IP", "X-Client-IP", "X-Cluster-Client-IP", "Remote-Addr", "Remote_Addr"),
)


@pytest.fixture
def ask(live_app: LiveApp) -> Asked:
    """Headers as they are, byte for byte: urllib would write them in its own way."""
    where = urlsplit(live_app.url)

    def asked(path: str, *headers: tuple[str, str], method: str = "GET", body: bytes = b"") -> Any:
        line = http.client.HTTPConnection("127.0.0.1", where.port, timeout=20)
        line.putrequest(method, path, skip_host=True)
        sent = dict(headers)
        for name, value in ({"Host": where.netloc} | sent).items():
            line.putheader(name, value)
        if body:
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body or None)
        answer = line.getresponse()
        told = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        line.close()
        return told

    return asked


def cookie(user: User) -> tuple[str, str]:
    browser = Client()
    browser.force_login(user)
    return "Cookie", f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"


@pytest.mark.parametrize("name", NAMES)
def test_AUTH_5_a_header_signs_nobody_in(ask: Asked, admin: User, name: str) -> None:
    for value in (admin.login, admin.email, str(admin.pk)):
        assert ask("/api/v1/tickets", (name, value))[0] == 401
        status, headers, _ = ask("/me/", (name, value))
        assert (status, urlsplit(headers["location"]).path) == (302, "/sign-in/")
        assert ask("/live", (name, value))[0] in (302, 401, 403)


@pytest.mark.parametrize("name", NAMES)
def test_AUTH_5_a_header_makes_nobody_somebody_else(ask: Asked, anna: User, admin: User, name: str) -> None:
    status, _, page = ask("/me/", cookie(anna), (name, admin.login))
    assert status == 200 and anna.email.encode() in page and admin.email.encode() not in page
    assert ask("/settings/", cookie(anna), (name, admin.login))[0] == 404


@pytest.mark.parametrize("name", PLACES)
def test_AUTH_5_the_address_is_that_of_the_connection(
    ask: Asked, anna: User, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the counters of attempts and the journal see it: who writes another one is slowed like anybody."""
    from otklik.core.staff import attempts

    seen: list[str] = []
    real = attempts.network_of
    monkeypatch.setattr(attempts, "network_of", lambda address: (seen.append(address), real(address))[1])
    body = f"login={anna.login}&password=wrong".encode()
    ask("/sign-in/", *form(ask), (name, f"for={STRANGE}" if name == "Forwarded" else STRANGE), method="POST", body=body)
    wait_until(lambda: seen)
    assert set(seen) == {"127.0.0.1"}


def form(ask: Asked) -> tuple[tuple[str, str], ...]:
    """What a form of a browser carries."""
    _, headers, _ = ask("/sign-in/")
    token = headers["set-cookie"].partition(";")[0]
    return (
        ("Cookie", token),
        ("X-CSRFToken", token.partition("=")[2]),
        ("Content-Type", "application/x-www-form-urlencoded"),
    )


@pytest.mark.parametrize(
    "header",
    [
        ("X-Forwarded-Host", "evil.test"),
        ("X_Forwarded_Host", "evil.test"),
        ("X-Forwarded-Server", "evil.test"),
        ("X-Forwarded-Port", "6666"),
        ("X-Original-URL", "/settings/"),
        ("X-Rewrite-URL", "/settings/"),
        ("X-Forwarded-Prefix", "/evil.test"),
        ("X-Script-Name", "/evil.test"),
        ("Script_Name", "/evil.test"),
        ("X-HTTP-Method-Override", "DELETE"),
    ],
    ids=lambda header: header[0],
)
def test_AUTH_5_no_header_moves_the_desk(ask: Asked, anna: User, header: tuple[str, str]) -> None:
    status, headers, _ = ask("/me/security/", header)
    assert status == 302 and urlsplit(headers["location"]).netloc in ("", urlsplit(settings.PUBLIC_URL).netloc)
    status, headers, page = ask("/me/", cookie(anna), header)
    assert status == 200 and b"evil.test" not in page and b":6666" not in page
    assert "evil.test" not in json.dumps(headers)


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Proto", "X_Forwarded_Proto", "X-Forwarded-Ssl", "X-Forwarded-Scheme", "Front-End-Https"]
)
def test_AUTH_5_plain_http_is_not_https_because_a_stranger_says_so(
    ask: Asked, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    real = SecurityMiddleware.process_request

    def noted(self: Any, request: Any) -> Any:
        seen.append(request.is_secure())
        return real(self, request)

    monkeypatch.setattr(SecurityMiddleware, "process_request", noted)
    for value in ("https", "on"):
        ask("/sign-in/", (name, value))
    assert seen == [False, False]


@pytest.mark.parametrize(("peer", "believed"), [("10.1.2.3", True), ("127.0.0.1", False), ("203.0.113.5", False)])
def test_AUTH_5_only_the_named_proxy_is_believed(peer: str, believed: bool, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    seen: list[Any] = []

    async def desk(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope)

    config = make_server(desk).config  # type: ignore[arg-type]
    config.load()
    headers = [(b"x-forwarded-for", STRANGE.encode()), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "scheme": "http", "client": (peer, 5), "headers": headers}
    asyncio.run(config.loaded_app(scope, None, None))  # type: ignore[arg-type]
    assert (seen[0]["client"][0], seen[0]["scheme"]) == ((STRANGE, "https") if believed else (peer, "http"))


@pytest.mark.parametrize("name", [*NAMES, *PLACES, "X-Forwarded-Proto"])
def test_AUTH_5_what_the_pages_are_told_is_of_the_connection(name: str) -> None:
    scope = {
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "client": ("127.0.0.1", 5),
        "headers": [(name.lower().encode(), b"https")],
    }
    told = build_environ(scope, None)  # type: ignore[arg-type]
    assert told["REMOTE_ADDR"] == "127.0.0.1" and told["wsgi.url_scheme"] == "http" and "REMOTE_USER" not in told
    assert ("_" in name) <= (not [key for key in told if key.startswith("HTTP_")])
