"""Abusive contacts, by programs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_reported_reviewed_lifted(ask: Ask, tell: Tell, ticket: Ticket, anna: User, boris: User) -> None:
    said = ticket.conversation.messages.filter(direction="in").get()
    assert tell(anna, ticket.pk, "abuse", {"what": "Оскорбляет", "message": said.pk + 1000}).status_code == 422
    report = tell(anna, ticket.pk, "abuse", {"what": "Оскорбляет", "message": said.pk, "stop": True}).json()
    assert (report["step"], report["quote"], report["by"]["login"]) == ("stop", "Не работает звонок", "anna")
    assert tell(anna, ticket.pk, "take").status_code == 403
    assert ask("get", "abuse", anna).json()["items"] == []
    assert [one["id"] for one in ask("get", "abuse", boris).json()["items"]] == [report["id"]]

    body = {"decision": "restrict", "mode": "daily"}
    assert ask("post", f"abuse/{report['id']}/review", anna, body).status_code == 404
    assert ask("post", f"abuse/{report['id']}/review", boris, body).json()["field"] == "until"
    body["until"] = (clock.now() + timedelta(days=5)).isoformat()
    assert ask("post", f"abuse/{report['id']}/review", boris, body).json()["decision"] == "restrict"
    assert ask("post", f"abuse/{report['id']}/review", boris, body).status_code == 409

    assert ask("get", "abuse/restrictions", anna).json() == {"items": [], "next": None}
    held = ask("get", "abuse/restrictions", boris).json()["items"]
    assert [one["mode"] for one in held] == ["daily"]
    assert ask("post", f"abuse/restrictions/{held[0]['id']}/lift", anna).status_code == 404
    assert ask("post", f"abuse/restrictions/{held[0]['id']}/lift", boris).json() == {"contact": ticket.contact_id}
    assert ask("post", f"abuse/restrictions/{held[0]['id']}/lift", boris).status_code == 409


def test_restrictions_come_in_pages(ask: Ask, ticket: Ticket, writes: Write, anna: User, boris: User) -> None:
    report = ticket.report_abuse("Оскорбляет", by=anna, stop=True)
    people = [writes(f"Дело {number}", sender=f"p{number}@else.test").contact for number in range(5)]
    until = clock.now() + timedelta(days=3)
    Restriction.objects.bulk_create(
        Restriction(contact=one, report=report, mode="daily", until=until, by=boris) for one in people
    )

    seen, following = [], "abuse/restrictions?limit=2"
    while following:
        page = ask("get", following, boris).json()
        seen.append([one["contact"] for one in page["items"]])
        following = page["next"] and f"abuse/restrictions?limit=2&cursor={page['next']}"

    assert seen == [[people[0].pk, people[1].pk], [people[2].pk, people[3].pk], [people[4].pk]]


def test_a_flood_of_another_line_hides_nothing(
    ask: Ask, ticket: Ticket, writes: Write, anna: User, boris: User, line_two: Team
) -> None:
    report = ticket.report_abuse("Оскорбляет", by=anna, stop=True)
    theirs = writes("Вторая", sender="olga@else.test")
    Ticket.objects.filter(pk=theirs.pk).update(team=line_two)
    told = {"contact": theirs.contact, "ticket_number": theirs.pk, "by": anna, "step": "stop", "what": "Давно"}
    long_ago = clock.now() - timedelta(days=1)
    AbuseReport.objects.bulk_create(AbuseReport(**told, at=long_ago) for _ in range(210))
    with CaptureQueriesContext(connection) as queries:
        assert [one["id"] for one in ask("get", "abuse", boris).json()["items"]] == [report.pk]
    assert len(queries) < 20
