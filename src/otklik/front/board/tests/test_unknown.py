"""An address that asks a board for what is not there is answered with the rest, and the reader is told."""

import pytest
from django.test import Client

from otklik.core.staff.models import Team, User

pytestmark = pytest.mark.django_db
SAID = "В адресе страницы есть то, чего здесь нет: "


@pytest.mark.parametrize(
    ("address", "vain"),
    [
        ("/board/?days=5&team=77", "days=5, team=77"),
        ("/board/metrics/backlog/requests/?age=9&days=7", "age=9"),
        ("/board/metrics/promise.kept/requests/?kind=lost", "kind=lost"),
        ("/board/metrics/sla.attainment/requests/?part=x&class=0", "part=x"),
        ("/board/metrics/csat.t2b/requests/?kind=6&before=now", "kind=6, before=now"),
        ("/board/shift/?team=x&show=all&owner=88", "team=x, show=all, owner=88"),
        ("/board/hanging/?why=tired&after=1", "why=tired, after=1"),
        ("/board/dates/?show=lost&after=yesterday", "show=lost, after=yesterday"),
        ("/board/visits/?day=2026-02-31&days=3", "day=2026-02-31, days=3"),
        ("/board/changes/?days=0", "days=0"),
        ("/board/refusals/figures/?reason=mood", "reason=mood"),
    ],
)
def test_what_is_asked_in_vain_is_said(client: Client, boris: User, address: str, vain: str) -> None:
    client.force_login(boris)
    answer = client.get(address)
    assert answer.status_code == 200 and f"{SAID}{vain}. Эта часть не учтена." in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/board/?days=7&team=",
            "/board/metrics/backlog/requests/?age=0",
            "/board/metrics/sla.first/requests/?class=0&part=missed",
        ),
        *("/board/shift/?show=third", "/board/hanging/", "/board/dates/?show=risk&days=91"),
        *("/board/visits/?day=2026-02-28&days=7", "/board/changes/", "/board/refusals/figures/?from=letter"),
    ],
)
def test_nothing_is_said_of_what_is_known(client: Client, boris: User, address: str) -> None:
    client.force_login(boris)
    assert SAID not in client.get(address).content.decode()


def test_a_line_or_a_person_of_others_is_as_one_that_is_not_there(
    client: Client, boris: User, anna: User, vera: User, line_one: Team, line_two: Team
) -> None:
    client.force_login(boris)
    for address in (f"?team={line_two.pk}", f"?owner={vera.pk}"):
        assert SAID in client.get(f"/board/shift/{address}").content.decode()
    for address in (f"?team={line_one.pk}", f"?owner={anna.pk}"):
        assert SAID not in client.get(f"/board/shift/{address}").content.decode()


def test_what_somebody_else_put_into_an_address_is_shown_as_text(client: Client, boris: User) -> None:
    client.force_login(boris)
    page = client.get("/board/", {"team": "<script>alert(1)</script>" + "x" * 200}).content.decode()
    assert "&lt;script&gt;" in page and "<script>alert" not in page and "x" * 50 not in page.split(SAID)[1][:200]
