"""HARDEN-1: what the browser is told on pages, fragments, errors, streams and downloads."""

import os
import secrets
import subprocess
import sys
import urllib.request
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from otklik.config.paths import CHECKOUT
from otklik.core.staff.models import ApiToken, User
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket

EXPECTED = {
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=()",
}


def hardened(headers: Any) -> None:
    for name, value in EXPECTED.items():
        assert value in headers[name], name
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


@pytest.fixture
def annas(anna: User) -> Client:
    browser = Client()
    browser.force_login(anna)
    return browser


@pytest.mark.django_db
def test_HARDEN_1_pages_before_and_behind_the_door(annas: Client) -> None:
    for path in ("/sign-in/", "/sign-in/forgot/", "/sign-in/link/nothing/"):
        hardened(Client().get(path).headers)
    for path in ("/me/", "/me/security/", "/tickets/"):
        hardened(annas.get(path).headers)


@pytest.mark.django_db
def test_HARDEN_1_fragments_and_forms_with_errors(annas: Client, ticket: Ticket) -> None:
    hardened(annas.get(f"/tickets/{ticket.number}/", HTTP_HX_REQUEST="true").headers)
    refused = annas.post("/me/", {"name": ""})
    assert refused.status_code == 422
    hardened(refused.headers)


@pytest.mark.django_db
def test_HARDEN_1_errors(annas: Client) -> None:
    for answer in (annas.get("/there/is/nothing/"), annas.get("/settings/"), annas.get("/me/preferences/")):
        assert answer.status_code in (404, 405)
        hardened(answer.headers)
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/sign-in/", {"login": "x", "password": "y"})
    assert refused.status_code == 403
    hardened(refused.headers)


@pytest.mark.django_db
def test_HARDEN_1_downloads(annas: Client, writes: Any, anna: User) -> None:
    ticket = writes("С файлом", files=[["счёт.html", "<script>alert(1)</script>"]])
    attachment = ticket.conversation.messages.get(direction="in").attachments.get()
    answer = annas.get(reverse("workspace:file", args=[attachment.key]))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in answer.headers


@pytest.fixture
def private(anna: User, head: User, writes: Any) -> dict[str, Any]:
    """Answers of every kind that hold what only their reader may know."""
    ticket = writes("С файлом", files=[["счёт.txt", "х"]])
    letter = ticket.conversation.messages.get(direction="in")
    browser, heads = Client(), Client()
    browser.force_login(anna)
    heads.force_login(head)
    at, known = f"/tickets/{ticket.number}/", {"HTTP_HX_REQUEST": "true"}
    _token, secret = ApiToken.objects.issue(anna, ["tickets:read", "exports:read"])
    program = {"headers": {"Authorization": f"Bearer {secret}"}}
    answers = {
        "page": browser.get(at),
        "list": browser.get("/queue/all/"),
        "fragment": browser.get(at, **known),
        "search": browser.get("/palette/", {"q": "файл"}, **known),
        "body of a letter": browser.get(reverse("workspace:message_body", args=[letter.pk])),
        "file": browser.get(reverse("workspace:file", args=[letter.attachments.get().key])),
        "drafts": browser.get(f"{at}draft/"),
        "export": heads.get("/queue/all/export/"),
        "board": heads.get("/board/"),
        "own page": browser.get("/me/security/"),
        "program": Client().get("/api/v1/tickets", **program),
        "file of a program": Client().get("/api/v1/exports/tickets", **program),
        "page of the client": Client().get(f"/request/{sign(ticket)}/"),
    }
    assert [(kind, answer.status_code) for kind, answer in answers.items() if answer.status_code != 200] == []
    return answers


@pytest.mark.django_db
def test_AUTH_7_nothing_private_is_kept_by_a_cache(private: dict[str, Any]) -> None:
    told = {kind: answer.headers.get("Cache-Control", "") for kind, answer in private.items()}
    assert told.pop("program") == "private, no-cache", "asked anew each time, by the tag of what it knows"
    assert {kind: words for kind, words in told.items() if "no-store" not in words} == {}


@pytest.mark.django_db
def test_HARDEN_1_whatever_is_private_carries_its_headers(private: dict[str, Any]) -> None:
    """A letter is shown in a frame of ours, a file opens nothing: their rules are narrower, not fewer."""
    for kind, answer in private.items():
        policy = answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff", kind
        assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), kind
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", kind
        assert answer.headers["cross-origin-resource-policy"] == "same-origin", kind
        assert answer.headers["permissions-policy"].startswith("camera=()"), kind
        assert "unsafe-eval" not in policy, kind
        if kind == "body of a letter":
            assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
        elif kind == "file":
            assert "default-src 'none'" in policy and "sandbox" in policy
        else:
            assert "unsafe-inline" not in policy and "frame-ancestors 'none'" in policy, kind


def test_HARDEN_1_streams(live_app: Any, anna: User) -> None:
    browser = Client()
    browser.force_login(anna)
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"
    asked = urllib.request.Request(
        live_app.url + reverse("workspace:live"), headers={"Cookie": cookie, "Accept": "text/event-stream"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        assert "text/event-stream" in answer.headers["Content-Type"]
        hardened(answer.headers)


@pytest.mark.django_db
def test_HARDEN_1_every_answer_over_https_binds_the_browser_to_it(anna: User, writes: Any, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 63_072_000, True
    ticket = writes("С файлом", files=[["счёт.html", "<b>1</b>"]])
    file = ticket.conversation.messages.get(direction="in").attachments.get()
    browser = Client()
    browser.force_login(anna)
    told = {
        "page": browser.get("/me/", secure=True),
        "fragment": browser.get(f"/tickets/{ticket.number}/", secure=True, HTTP_HX_REQUEST="true"),
        "form with an error": browser.post("/me/", {"name": ""}, secure=True),
        "error": browser.get("/there/is/nothing/", secure=True),
        "download": browser.get(reverse("workspace:file", args=[file.key]), secure=True),
        "stream": Client().get("/live", secure=True),
    }
    assert [
        kind for kind, answer in told.items() if "max-age=63072000" not in answer.headers["Strict-Transport-Security"]
    ] == []
    plain = browser.get("/me/")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/me/")


def test_HARDEN_1_cookies_and_deployment_checks_behind_https() -> None:
    """A process of its own, because settings are read once."""
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "assert s.SESSION_COOKIE_NAME == '__Host-session' and s.SESSION_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY\n"
        "assert s.SESSION_COOKIE_SAMESITE == 'Lax' and s.CSRF_COOKIE_SECURE and s.SECURE_HSTS_SECONDS > 31_000_000\n"
        "call_command('check', deploy=True, fail_level='WARNING', tags=['security'])\n"
    )
    surroundings = {
        **os.environ,
        "OTKLIK_URL": "https://desk.example",
        "OTKLIK_HSTS_SUBDOMAINS": "1",
        "OTKLIK_SECRET_KEY": secrets.token_urlsafe(48),
        "DJANGO_SETTINGS_MODULE": "otklik.config.settings",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
