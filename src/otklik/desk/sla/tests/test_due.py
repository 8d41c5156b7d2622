"""What falls due is told once, to whom it concerns, and a thousand at once are no storm of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.sla import due
from otklik.desk.sla.models import Clock, Kind
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[int | None, str, list[int]]]:
    entries = Entry.objects.filter(kind=f"sla.{kind}").order_by("id")
    return [(entry.about_id, entry.data["commitment"], entry.data["people"]) for entry in entries]


def test_the_owner_hears_at_three_quarters_and_the_lead_when_it_is_over_once_each(
    ticket: Ticket, anna: User, boris: User, line_one: Team
) -> None:
    ticket.take(by=anna)
    opened = ticket.opened_at
    for minutes in (44, 46, 47, 61, 62):
        with clock.at(opened + timedelta(minutes=minutes)):
            due.tell_all()

    assert told("TargetAtRisk") == [(ticket.pk, "first_answer", [anna.pk])]
    assert told("TargetBreached") == [(ticket.pk, "first_answer", [boris.pk])]
    first = ticket.clocks.get(kind=Kind.FIRST)
    assert first.breached_at == first.due_at and first.next_at is None


def test_the_owner_has_it_among_their_notices_in_their_language(ticket: Ticket, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(language="en")
    ticket.take(by=anna)
    for minutes in (46, 61):
        with clock.at(ticket.opened_at + timedelta(minutes=minutes)):
            due.tell_all()

    stored = Notice.objects.filter(kind=NoticeKind.DUE).order_by("id").values_list("person", "text")
    near, over = f"№ {ticket.number}: little time is left", f"№ {ticket.number}: its moment is over"
    assert list(stored) == [(anna.pk, near), (anna.pk, over)]


def test_the_leads_hear_of_what_nobody_has_taken(ticket: Ticket, boris: User) -> None:
    with clock.at(ticket.opened_at + timedelta(minutes=50)):
        due.tell_all()

    assert told("TargetAtRisk") == [(ticket.pk, "first_answer", [boris.pk])]


def test_nothing_is_told_of_what_was_done_in_time(ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(ticket.opened_at + timedelta(days=3)):
        assert due.tell_all() == 0


def test_after_an_outage_what_is_over_is_told_as_over_and_not_as_a_warning(ticket: Ticket) -> None:
    with clock.at(ticket.opened_at + timedelta(hours=2)):
        due.tell_all()

    assert (told("TargetAtRisk"), len(told("TargetBreached"))) == ([], 1)


def test_a_new_moment_may_be_warned_of_again(ticket: Ticket, anna: User, line_two: Team) -> None:
    line_two.first_answer = timedelta(hours=4)
    line_two.save()
    with clock.at(ticket.opened_at + timedelta(minutes=61)):
        due.tell_all()
        ticket.hand_over(line_two, Brief("Звонок", "", "Нужен инженер"), by=anna)
    with clock.at(ticket.opened_at + timedelta(minutes=200)):
        due.tell_all()

    assert [len(told(kind)) for kind in ("TargetAtRisk", "TargetBreached")] == [1, 1]


@pytest.mark.parametrize("owned", [False, True])
def test_a_thousand_moments_of_one_minute_cost_a_few_statements_each_fifty(
    ticket: Ticket, line_one: Team, anna: User, owned: bool
) -> None:
    if owned:
        ticket.take(by=anna)
    moment = ticket.opened_at + timedelta(minutes=30)
    Clock.objects.all().delete()
    many = [
        Clock(
            ticket=ticket,
            team=line_one,
            kind=Kind.UPDATE,
            started_at=moment - timedelta(seconds=number),
            within=900,
            due_at=moment + timedelta(minutes=9),
            next_at=moment - timedelta(milliseconds=number),
        )
        for number in range(1000)
    ]
    with connection.cursor() as cursor:  # one ticket for all of them: the rule of one running clock rests meanwhile
        cursor.execute("DROP INDEX one_clock_runs")
    Clock.objects.bulk_create(many)
    with clock.at(moment), CaptureQueriesContext(connection) as asked:
        assert due.tell_all() == 1000

    entries = sum('INSERT INTO "journal_entry"' in query["sql"] for query in asked)
    assert entries == 1000
    assert len(asked) - entries <= (10 if owned else 7) * 20 + 3
    assert Clock.objects.filter(next_at__lte=moment).count() == 0
