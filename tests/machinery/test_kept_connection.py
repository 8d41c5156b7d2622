"""A connection that is kept from request to request: found dead before it is used, asked nothing while it is silent."""

import select
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections

LONG = 10


@pytest.fixture
def kept(transactional_db: None) -> Iterator[None]:
    """The connection as a page finds it: open for a while, and another request begins."""
    connection.settings_dict["CONN_HEALTH_CHECKS"], before = True, connection.settings_dict["CONN_HEALTH_CHECKS"]
    connection.ensure_connection()
    yield
    connection.settings_dict["CONN_HEALTH_CHECKS"] = before
    connection.close()


def begin_request() -> None:
    connection.health_check_enabled, connection.health_check_done = True, False


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def end(pid: int) -> None:
    """As a restart of the server ends it: from outside, and seen by the socket."""
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()


def wait_for_word() -> None:
    poll = select.poll()
    poll.register(connection.connection.fileno(), select.POLLIN)
    assert poll.poll(LONG * 1000)


def test_a_connection_that_was_ended_is_made_anew(kept: None) -> None:
    before = backend()
    end(before)
    wait_for_word()

    begin_request()
    assert backend() != before


def test_a_connection_that_we_closed_ourselves_is_made_anew(kept: None) -> None:
    before = backend()
    connection.connection.close()

    begin_request()
    assert backend() != before


def test_a_silent_connection_costs_no_statement(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before, asked = backend(), []
    monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: asked.append(self) or True)

    begin_request()
    assert backend() == before
    assert not asked


def test_a_connection_that_says_something_is_asked(kept: None) -> None:
    """A notice of the server is no death."""
    before = backend()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN word")
    with psycopg.connect(**{**connection.get_connection_params(), "cursor_factory": psycopg.Cursor}) as other:
        other.execute("NOTIFY word")
    wait_for_word()

    begin_request()
    assert backend() == before
