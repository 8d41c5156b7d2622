"""Appeals on the page of refusals: who sees them, how they are decided, what is counted."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Appeal, Ticket
from otklik.desk.tickets.steps import Refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal(ticket: Ticket, anna: User, boris: User) -> Appeal:
    ticket.reply("Здравствуйте.", by=anna, then=Refuse("rules", "скидки даёт договор", ["пересчитаем тариф"]))
    return Ticket.objects.get(pk=ticket.pk).appeal("Пункт 4.2 о скидке")


def address(appeal: Appeal, act: str) -> str:
    return f"/board/refusals/appeals/{appeal.pk}/{act}/"


def test_a_lead_grants_it_with_reasons_and_a_date(client: Client, appeal: Appeal, boris: User, ticket: Ticket) -> None:
    client.force_login(boris)
    page = client.get("/board/refusals/").content.decode()
    assert "Пункт 4.2 о скидке" in page and "скидки даёт договор" in page and 'class="n">1</span>' in page
    until = (clock.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    for form in ({"words": "", "until": until}, {"words": "Верно", "until": ""}, {"words": "Верно", "until": "x"}):
        mended = client.post(address(appeal, "grant"), form)
        assert mended.status_code == 422 and 'role="alert"' in mended.content.decode()

    done = client.post(address(appeal, "grant"), {"words": "Верно", "until": until, "what": "пересчёт"}, follow=True)

    assert "снят" in done.content.decode() and Appeal.objects.get().state == "granted"
    again = client.post(address(appeal, "uphold"), {"words": "нет"}, follow=True)
    assert "Решение уже есть: Борис Руднев" in again.content.decode()
    figures = client.get("/board/refusals/figures/").content.decode()
    assert "снято: 1" in figures and "1 из 1" in figures


def test_whoever_refused_and_other_agents_have_no_door(
    client: Client, appeal: Appeal, anna: User, ilya: User, boris: User, ticket: Ticket
) -> None:
    for user in (anna, ilya):
        client.force_login(user)
        assert client.post(address(appeal, "uphold"), {"words": "нет"}).status_code == 404
    client.force_login(boris)
    assert client.post(address(appeal, "uphold"), {"words": "Пункт о другом"}).status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).status == "refused"


def test_the_menu_counts_it_red_when_it_is_late(client: Client, appeal: Appeal, boris: User) -> None:
    client.force_login(boris)
    with clock.at(appeal.until + timedelta(minutes=1)):
        page = client.get("/board/").content.decode()
    entry = page.partition('href="/board/refusals/"')[2].partition("</a>")[0]
    assert "1" in entry and "breach" in entry
