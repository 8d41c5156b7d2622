"""Which changes wait for a decision, and how long changes take."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_waiting_and_lead_times_by_line(client: Client, ticket: Ticket, anna: User, boris: User, head: User) -> None:
    began = clock.now() - 30 * HOUR
    for number, hours in enumerate((2, 4, 12)):
        with clock.at(began):
            change = ticket.draft_change(ChangePlan(f"Изменение {number}", "Нужно"), by=anna)
            ticket.ask_change(change, by=anna)
            ticket.decide_change(change, approved=True, by=boris)
        with clock.at(began + hours * HOUR):
            ticket.end_change(change, rolled_back=hours == 12, by=anna, result="Так вышло")
    waits = ticket.draft_change(ChangePlan("Ждёт слова", "Нужно"), by=boris)
    ticket.ask_change(waits, by=boris)

    client.force_login(head)
    page = client.get("/board/changes/").content.decode()
    assert "Ждёт слова" in page and "решаете вы" in page and "Изменение 0" not in page
    assert "3\u00a0ч" in page and "33" in page, "the median of two and four hours; one of three was rolled back"
    client.force_login(boris)
    assert "решаете вы" not in client.get("/board/changes/").content.decode()


def test_the_figures_are_of_any_days_beside_others(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    """Five of two hours last month, five of four hours the month before; nothing in the last week."""
    for ago, hours in ((20, 2), (50, 4)):
        for number in range(5):
            began = clock.now() - ago * 24 * HOUR
            with clock.at(began):
                change = ticket.draft_change(ChangePlan(f"Изменение {ago} {number}", "Нужно"), by=anna)
                ticket.ask_change(change, by=anna)
                ticket.decide_change(change, approved=True, by=boris)
            with clock.at(began + hours * HOUR):
                ticket.end_change(change, rolled_back=False, by=anna, result="Так вышло")
    day = clock.house_today()
    told = {"first": 25, "last": 15, "was_first": 55, "was_last": 45}
    asked = "&".join(f"{name}={day - timedelta(days=ago)}" for name, ago in told.items())

    client.force_login(boris)
    page = client.get(f"/board/changes/?{asked}&against=own")
    lead, failed = page.context["page"]["whole"]
    assert (lead["value"], lead["was"]) == ("2\u00a0ч", "было 4\u00a0ч") and failed["made_of"] == "0 из 5"
    assert f'name="was_first" value="{day - timedelta(days=55)}"' in page.content.decode()
    assert client.get(f"/board/changes/?{asked}&against=off").context["page"]["whole"][0]["was"] == ""
    assert client.get("/board/changes/?days=7").context["page"]["whole"] == []
    assert client.get("/board/changes/?first=2026-01-01").content.decode().count("Назовите оба дня") == 1


def test_it_is_the_page_of_who_leads(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.get("/board/changes/").status_code == 403
