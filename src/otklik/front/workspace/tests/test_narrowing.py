"""ACCESS-7: lists narrow and sort by what we know alone, and nothing of an address becomes SQL."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client as Browser

from otklik.core.staff.models import ApiToken, User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
QUEUE = ("/queue/mine/", "/queue/mine/rows/", "/queue/mine/counts/", "/queue/mine/next/", "/queue/all/")
UNKNOWN = ("zzq'", "zzq') OR 1=1 --", "owner__password__startswith", "ours;zzq", "-zzq__due_at")
PLACES = ("after", "open", "ids", "before", "fates", "event", "seen", "day", "card", "view", "compose", "message", "q")


@contextmanager
def nothing_in_statements(word: str) -> Iterator[None]:
    """What came with an address is a value of a statement, never a part of its text."""

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        assert word not in str(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield


def rows(browser: Browser, query: str) -> list[str]:
    """The numbers of a list, as it shows them one after the other."""
    found = browser.get(f"/queue/all/?{query}", headers={"HX-Request": "true"})
    return re.findall(r"/tickets/(\d+)/", found.content.decode())


@pytest.mark.parametrize("value", UNKNOWN)
def test_ACCESS_7_an_unknown_filter_of_a_list_is_refused(annas: Browser, ticket: Ticket, value: str) -> None:
    """It would show more than was asked for."""
    with nothing_in_statements(value):
        for address in QUEUE:
            for name in ("seg", "line", "order"):
                assert annas.get(f"{address}?{urlencode({name: value})}").status_code == 400, (address, name)
            assert annas.get(f"{address}?line={'9' * 30}").status_code == 400
        assert annas.get(f"/mail/sent/?{urlencode({'state': value})}").status_code == 400


def test_ACCESS_7_no_parameter_sorts_groups_or_filters_by_another_column(
    annas: Browser, ticket: Ticket, writes: Write
) -> None:
    """Names that we do not know change nothing: the rows and their order stay."""
    writes("Ещё", sender="c2@volga.test")
    usual = rows(annas, "")
    assert len(set(usual)) == 2
    names = ("order_by", "sort", "group", "owner__password__startswith", "team__name", "due_at__lt", "id__in")
    for name in names:
        with nothing_in_statements("zzq"):
            assert rows(annas, urlencode({name: "zzq"})) == usual, name


@pytest.mark.parametrize("value", UNKNOWN)
def test_ACCESS_7_nothing_of_an_address_becomes_a_part_of_a_statement(
    annas: Browser, ticket: Ticket, value: str
) -> None:
    own = (f"/tickets/{ticket.number}/", f"/tickets/{ticket.number}/timeline/")
    for address in (*QUEUE, *own, "/search/", "/palette/", "/mail/sent/", "/tasks/", "/quarantine/"):
        with nothing_in_statements(value):
            answer = annas.get(f"{address}?{urlencode(dict.fromkeys(PLACES, value))}")
        assert answer.status_code < 500, address


@pytest.mark.parametrize("word", ["status", "owner", "line", "topic", "tag", "priority", "before", "after"])
def test_ACCESS_7_an_unknown_value_of_the_query_language_finds_nothing(
    client: Browser, anna: User, ticket: Ticket, word: str
) -> None:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read",))
    headers = {"Authorization": f"Bearer {secret}"}
    for value in ("zzq'--", "zzq')OR(1=1", "owner__password"):
        with nothing_in_statements(value):
            found = client.get("/api/v1/tickets", {"query": f"{word}:{value}"}, headers=headers)
        assert found.status_code == 200 and found.json()["items"] == [], value


@pytest.mark.parametrize("told", [{"limit": "0"}, {"limit": "9999"}, {"before": "x"}, {"before": "1 OR 1=1"}])
def test_ACCESS_7_the_interface_refuses_what_is_out_of_bounds(
    client: Browser, anna: User, ticket: Ticket, told: dict[str, str]
) -> None:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read",))
    refused = client.get("/api/v1/tickets", told, headers={"Authorization": f"Bearer {secret}"})
    assert refused.status_code in (400, 422)
