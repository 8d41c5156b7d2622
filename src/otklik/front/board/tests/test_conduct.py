"""The page of abusive contacts: a lead decides, lifts, and nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(ticket: Ticket, anna: User, boris: User) -> AbuseReport:
    said = ticket.conversation.messages.filter(direction="in").get()
    return ticket.report_abuse("Оскорбляет", by=anna, message=said, stop=True)


def test_a_lead_restricts_and_lifts(
    client: Client, report: AbuseReport, boris: User, anna: User, line_two: Team, ticket: Ticket
) -> None:
    client.force_login(boris)
    page = client.get("/board/conduct/").content.decode()
    assert "Оскорбляет" in page and "Не работает звонок" in page and "Анна Белова" in page
    form = {
        "decision": "restrict",
        "mode": "line",
        "line": str(line_two.pk),
        "lead": str(boris.pk),
        "words": "Через меня",
    }
    wrong = client.post(f"/board/conduct/{report.pk}/", form)
    assert wrong.status_code == 422 and "Выберите дату окончания" in wrong.content.decode()
    assert "Через меня</textarea>" in wrong.content.decode()

    day = clock.today() + timedelta(days=30)
    answer = client.post(f"/board/conduct/{report.pk}/", {**form, "until": day.isoformat()}, follow=True)

    restriction = Restriction.objects.get()
    assert (restriction.team, restriction.lead, restriction.until > clock.now()) == (line_two, boris, True)
    assert "Вторая линия, Борис Руднев" in answer.content.decode()
    client.post(f"/board/conduct/restrictions/{restriction.pk}/lift/")
    restriction.refresh_from_db()
    assert (
        restriction.ended_by == boris and "Что действует сейчас" not in client.get("/board/conduct/").content.decode()
    )


def test_agents_and_the_reporter_do_not_decide(
    client: Client, report: AbuseReport, anna: User, ilya: User, vera: User
) -> None:
    for user in (anna, ilya, vera):
        client.force_login(user)
        assert client.get("/board/conduct/").status_code == 403
        assert client.post(f"/board/conduct/{report.pk}/", {"decision": "lift"}).status_code == 404
    report.refresh_from_db()
    assert report.decision == ""


@pytest.mark.parametrize("until", ["", "вчера", "2026-13-45", "0001-01-01", "9999-12-31"])
def test_a_date_that_makes_no_sense_is_said(client: Client, report: AbuseReport, boris: User, until: str) -> None:
    client.force_login(boris)
    form = {"decision": "restrict", "mode": "daily", "until": until}
    answer = client.post(f"/board/conduct/{report.pk}/", form)
    assert answer.status_code == 422 and "Выберите дату окончания" in answer.content.decode()


def test_a_flood_of_another_line_hides_nothing_and_costs_nothing(
    client: Client, writes: Write, report: AbuseReport, anna: User, ilya: User, boris: User, line_two: Team
) -> None:
    """Also for who stands in for a lead, and for programs."""
    Absence.objects.declare(boris, by=boris, until=clock.now() + timedelta(days=3), deputy=ilya)
    theirs = writes("Вторая", sender="olga@else.test")
    Ticket.objects.filter(pk=theirs.pk).update(team=line_two)

    def flood(ticket: Ticket, count: int) -> None:
        told = {"contact": theirs.contact, "ticket_number": ticket.pk, "by": anna, "step": "stop", "what": "Давно"}
        long_ago = clock.now() - timedelta(days=1)
        AbuseReport.objects.bulk_create(AbuseReport(**told, at=long_ago) for _ in range(count))

    client.force_login(ilya)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "Оскорбляет" in client.get("/board/conduct/").content.decode()
        return len(queries)

    flood(theirs, 120)
    asked()
    before = asked()
    flood(Ticket.objects.get(pk=report.ticket_number), 20)
    assert asked() == before
