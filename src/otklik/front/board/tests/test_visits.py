"""Who goes where, on a page that leads and those who go read."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.visit_plan import VisitPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(ticket: Ticket, anna: User, ilya: User) -> str:
    """Ilya goes tomorrow at noon, Anna in three days."""
    noon = timezone.localtime(clock.now() + timedelta(days=1)).replace(hour=12, minute=0, second=0, microsecond=0)
    for who, place, days in ((ilya, "Садовая, 5", 0), (anna, "Лесная, 7", 3)):
        starts = noon + timedelta(days=days)
        ticket.plan_visit(VisitPlan(place, starts, starts + timedelta(hours=1), [who], bring="Кабель"), by=anna)
    return f"{noon:%Y-%m-%d}"


def page(client: Client, user: User, **asked: str | int) -> str:
    client.force_login(user)
    return client.get("/board/visits/", asked).content.decode()


def test_by_day_and_week_and_person(day: str, boris: User, client: Client) -> None:
    one, week = page(client, boris, day=day), page(client, boris, day=day, days=7)
    assert "Садовая, 5" in one and "Лесная" not in one and "Кабель" in one
    assert week.index("Анна Белова") < week.index("Лесная") < week.index("Илья Соколов") < week.index("Садовая")
    assert "Садовая" not in page(client, boris, day=day, own=1), "a lead's own are another list"


def test_who_does_not_lead_sees_their_own(day: str, anna: User, ilya: User, vera: User, client: Client) -> None:
    assert "Садовая" in page(client, ilya, day=day, days=7) and "Лесная" not in page(client, ilya, day=day)
    assert "Садовая" not in page(client, anna, day=day, days=7)
    assert "Садовая" not in page(client, vera, day=day, days=7)


def test_nonsense_is_today(day: str, boris: User, client: Client) -> None:
    client.force_login(boris)
    for wrong in ("x", "9999-12-31", "0001-01-01", "2026-02-31"):
        assert client.get("/board/visits/", {"day": wrong, "days": "x", "team": "x"}).status_code == 200


def test_who_cannot_go_is_named_on_the_list_on_the_card_and_in_the_story(
    ticket: Ticket, day: str, boris: User, ilya: User, client: Client
) -> None:
    noon = ticket.visits.soonest_first()[0].starts_at
    Absence.objects.declare(ilya, by=ilya, since=noon - timedelta(hours=1), until=noon + timedelta(hours=1))

    listed = page(client, boris, day=day, days=7)
    card = client.get(f"/tickets/{ticket.number}/card/visits/", headers={"HX-Request": "true"}).content.decode()
    story = client.get(f"/tickets/{ticket.number}/").content.decode()
    assert listed.count("не сможет поехать") == card.count("Не сможет поехать: Илья Соколов") == 1
    assert "Илья Соколов не сможет поехать на выезд" in story
