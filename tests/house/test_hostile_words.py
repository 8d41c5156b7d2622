"""INJECT-3: every door that looks for words takes the forty hostile ones as words: the desk's, clients', programs'."""

from time import monotonic
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import ApiToken, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.test_search import HOSTILE, LOOKS, PATIENCE

pytestmark = pytest.mark.django_db
DOORS = (
    ("/clients/", "q"),
    ("/clients/?show=organisations", "q"),
    ("/clients/?show=products", "q"),
    ("/clients/export/", "q"),
    ("/queue/all/export/", "q"),
    ("/knowledge/", "q"),
    ("/board/value/one/", "q"),
)
STORY = "/clients/contact/{}/"
STRANGERS = ("/kb/", "/kb/?language=en")
PROGRAMS = (
    *(("tickets", "query"), ("exports/tickets", "query"), ("contacts", "query"), ("organisations", "query")),
    *(("contacts", "email"), ("contacts", "phone"), ("articles/found", "query"), ("contacts", "tag")),
)


def patient(browser: Client, address: str, name: str, **more: object) -> None:
    for words in HOSTILE:
        for _look in range(LOOKS):
            began = monotonic()
            answer = browser.get(address + ("&" if "?" in address else "?"), {name: words}, **more)  # type: ignore[arg-type]
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            took = monotonic() - began
            assert answer.status_code < 500, (address, words)
            assert b"<script>alert(1)" not in body, (address, words)
            if took < PATIENCE:
                break
        assert took < PATIENCE, (address, words)


@pytest.mark.parametrize(("address", "name"), DOORS)
def test_INJECT_3_the_searches_of_the_desk(client: Client, head: User, ticket: Ticket, address: str, name: str) -> None:
    client.force_login(head)
    assert client.get(address).status_code == 200
    patient(client, address, name)


def test_INJECT_3_the_search_of_a_clients_story(client: Client, head: User, ticket: Ticket) -> None:
    client.force_login(head)
    patient(client, STORY.format(ticket.contact_id), "q")


@pytest.mark.parametrize("address", STRANGERS)
def test_INJECT_3_the_searches_of_clients(client: Client, ticket: Ticket, address: str) -> None:
    assert client.get(address).status_code == 200
    patient(client, address, "q")


@pytest.mark.parametrize(("path", "name"), PROGRAMS)
def test_INJECT_3_the_searches_of_programs(
    client: Client, head: User, ticket: Ticket, settings: Any, path: str, name: str
) -> None:
    _token, secret = ApiToken.objects.issue(head, ["tickets:read", "people:read", "knowledge:read", "exports:read"])
    known = {"headers": {"Authorization": f"Bearer {secret}"}}
    settings.API_PER_MINUTE = 1_000_000
    assert client.get(f"/api/v1/{path}", {name: "x"}, **known).status_code == 200  # type: ignore[arg-type]
    patient(client, f"/api/v1/{path}", name, **known)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_INJECT_3_the_first_and_the_last_day_there_are_break_no_list(
    client: Client, admin: User, head: User, ticket: Ticket, day: str
) -> None:
    """After the last one no day comes that a list could end before."""
    told = {"since": day, "until": day}
    client.force_login(admin)
    for address in ("/settings/audit/", "/settings/audit/table.csv"):
        assert client.get(address, told).status_code == 200, address
    client.force_login(head)
    assert client.get(STORY.format(ticket.contact_id), told).status_code == 200
    _token, secret = ApiToken.objects.issue(admin, ["audit:read"])
    answer = client.get("/api/v1/audit", told, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200, answer.content
