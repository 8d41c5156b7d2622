"""Ready means safe: OPS-4; and every answer carries its headers: HARDEN-1."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from otklik.config.health.readiness import Readiness
from otklik.config.health.safety import unsafe_database, unsafe_settings


@pytest.fixture
def key(settings: Any) -> Any:
    settings.SECRET_KEY = "a-long-and-random-key-0123456789-0123456789-0123456789"
    return settings


def test_alive_needs_nothing(client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"


@pytest.mark.django_db
def test_OPS_4_a_database_that_may_lose_work_is_not_ready(client: Client, key: Any) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert {reason.split()[3] for reason in answer.json()["reasons"]} == {
        "fsync=off:",
        "full_page_writes=off:",
        "synchronous_commit=off:",
    }


@pytest.mark.django_db
def test_OPS_4_debug_and_weak_keys_are_named(key: Any) -> None:
    assert unsafe_settings() == []
    key.DEBUG = True
    key.SECRET_KEY = "short"
    assert len(unsafe_settings()) == 2


@pytest.mark.django_db
def test_a_database_without_russian_trigrams_is_named() -> None:
    class Lame:
        """Answers like a cluster made with LC_CTYPE=C."""

        answers = iter([(180006,), (True, True), (False,)])

        def execute(self, *_: object) -> None: ...

        def fetchall(self) -> list[object]:
            return []

        def fetchone(self) -> object:
            return next(self.answers)

    assert "Russian" in unsafe_database(Lame())[0]
    with connection.cursor() as cursor:
        assert not [reason for reason in unsafe_database(cursor) if "Russian" in reason]


@pytest.mark.django_db
def test_OPS_3_a_stopping_server_is_not_ready() -> None:
    readiness = Readiness()
    readiness.stopping = True
    assert readiness.reasons() == ["The server is stopping."]


def test_OPS_2_a_dead_database_is_not_ready(monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> None:
    from django.db import OperationalError

    def dead() -> None:
        raise OperationalError("no such server")

    monkeypatch.setattr(connection, "cursor", dead)
    assert Readiness().reasons() == ["The database does not answer."]


EXPECTED = {
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=()",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/livez", "/readyz", "/there/is/no/such/page"])
def test_HARDEN_1_every_answer_carries_its_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in EXPECTED.items():
        assert value in answer.headers[name], name
    policy = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_HARDEN_1_files_carry_their_headers_too(live_app: Any) -> None:
    import urllib.request

    with urllib.request.urlopen(f"{live_app.url}/static/django_htmx/htmx-4.min.js") as answer:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
