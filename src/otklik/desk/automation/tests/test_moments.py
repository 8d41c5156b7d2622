"""Rules that wait for a moment."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import Organisation, User
from otklik.desk.automation import due
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.tests.conftest import MakeRule
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TELL = [("tell", {"whom": "leads", "text": "Скоро срок"})]


def fired(moment: datetime) -> int:
    with clock.at(moment):
        return due.look()


def test_it_runs_before_the_first_answer_is_due_and_once(rule: MakeRule, writes: Write, boris: User):
    rule("first_answer", acts=TELL, trigger=Trigger.DUE, minutes=-15)
    ticket = writes()
    answer = Clock.objects.get(ticket=ticket, kind="first_answer").due_at

    assert fired(answer - 16 * MINUTE) == 0
    assert fired(answer - 15 * MINUTE) == 1
    assert fired(answer - 14 * MINUTE) == fired(answer) == fired(answer + HOUR) == 0
    assert Notice.objects.get().person == boris
    assert Firing.objects.get().why == "15 минут до срока: первый ответ"


def test_an_answer_in_time_spares_the_lead(rule: MakeRule, ticket: Ticket, anna: User, boris: User, tomorrow):
    rule("answer", acts=TELL, trigger=Trigger.DUE, minutes=-15)
    moment = Clock.objects.get(kind="first_answer").due_at
    ticket.reply("Готово", by=anna, then=Resolve())
    assert fired(moment - 10 * MINUTE) == 0 and not Notice.objects.exists()


def test_what_comes_too_late_for_its_warning_is_warned_of_at_once(rule: MakeRule, writes: Write, boris: User):
    """The line answers within an hour: two hours before that is over before it begins."""
    rule("first_answer", acts=TELL, trigger=Trigger.DUE, minutes=-120)
    writes()
    assert fired(clock.now() + MINUTE) == 1


def test_what_was_due_before_the_rule_was_made_is_not_its_own(rule: MakeRule, writes: Write, boris: User, anna: User):
    ticket = writes()
    moment = Clock.objects.get(kind="first_answer").due_at
    with clock.at(moment + HOUR):
        rule("first_answer", acts=TELL, trigger=Trigger.DUE, minutes=0)
        ticket.tag(["тронут"], by=anna)
    assert fired(moment + HOUR + MINUTE) == 0


def test_a_moment_that_was_moved_into_the_past_of_the_last_look_is_found(
    rule: MakeRule, writes: Write, boris: User, anna: User
):
    rule("resolution", acts=TELL, trigger=Trigger.DUE, minutes=-60)
    ticket = writes()
    start = clock.now()
    assert fired(start + MINUTE) == 0
    Clock.objects.filter(ticket=ticket, kind="resolution").update(due_at=start + 30 * MINUTE)
    with clock.at(start + 2 * MINUTE):
        ticket.tag(["ускорено"], by=anna)

    assert fired(start + 2 * MINUTE) == 1


def test_RACE_3_a_desk_that_stood_still_runs_late_and_once(rule: MakeRule, writes: Write, boris: User):
    rule("first_answer", acts=TELL, trigger=Trigger.DUE, minutes=10)
    writes()
    late = Clock.objects.get(kind="first_answer").due_at + timedelta(days=2)
    assert (fired(late), fired(late + MINUTE)) == (1, 0)


def test_a_promised_date(rule: MakeRule, ticket: Ticket, anna: User, boris: User, tomorrow):
    rule("promise", acts=TELL, trigger=Trigger.DUE, minutes=-60)
    ticket.reply("Завтра", by=anna, then=PromiseDate(tomorrow))
    assert fired(tomorrow - 2 * HOUR) == 0
    assert fired(tomorrow - HOUR) == 1


@pytest.mark.parametrize("state", ["waits", "queue", "status", "opened"])
def test_what_lasts_too_long(rule: MakeRule, writes: Write, boris: User, state: str):
    rule(state, acts=TELL, trigger=Trigger.SINCE, minutes=120)
    ticket = writes()
    began = ticket.opened_at
    assert fired(began + HOUR) == 0
    assert fired(began + 2 * HOUR + MINUTE) == 1
    assert fired(began + 2 * HOUR + 2 * MINUTE) == fired(began + 9 * HOUR) == 0


def test_what_has_changed_meanwhile_does_not_last(rule: MakeRule, writes: Write, anna: User, boris: User):
    rule("queue", acts=TELL, trigger=Trigger.SINCE, minutes=120)
    ticket = writes()
    with clock.at(ticket.opened_at + HOUR):
        ticket.take(by=anna)
    assert fired(ticket.opened_at + 2 * HOUR + MINUTE) == 0
    with clock.at(ticket.opened_at + 3 * HOUR):
        ticket.assign(None, by=anna)
    assert fired(ticket.opened_at + 4 * HOUR) == 0
    assert fired(ticket.opened_at + 5 * HOUR + MINUTE) == 1


def test_the_clients_second_word_does_not_make_them_wait_anew(rule: MakeRule, writes: Write, boris: User):
    rule("waits", acts=TELL, trigger=Trigger.SINCE, minutes=120)
    ticket = writes()
    with clock.at(ticket.opened_at + HOUR):
        ticket.write_in("Ау?")
    assert fired(ticket.opened_at + 2 * HOUR + MINUTE) == 1
    assert fired(ticket.opened_at + 3 * HOUR + MINUTE) == 0


def test_a_schedule_takes_what_is_open_at_its_time(
    rule: MakeRule, ticket: Ticket, writes: Write, anna: User, boris: User
):
    organisation = Organisation.objects.own_copy()
    organisation.time_zone = "Asia/Yekaterinburg"  # five hours ahead
    organisation.save()
    monday = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
    writes("Решено").reply("Да", by=anna, then=Resolve())
    with clock.at(monday):
        made = rule(
            "", [("status", "in", ["new"])], TELL, trigger=Trigger.SCHEDULE, days=[0, 1, 2, 3, 4], at_time=time(9, 0)
        )
    assert fired(monday + 59 * MINUTE) == 0
    assert fired(monday + HOUR) == 1
    assert fired(monday + 2 * HOUR) == 0
    assert fired(monday + timedelta(days=1, hours=1)) == 1
    assert fired(monday + timedelta(days=5, hours=2)) == 1, "Saturday's own is none: Friday's is late"
    assert Firing.objects.filter(rule=made).count() == 3


MANY_ENTRIES = """
INSERT INTO journal_entry (at, kind, about, about_id, data)
SELECT now() - (40000 - n) * interval '20 s', 'tickets.ClientWrote', 'ticket', %s, '{}'
FROM generate_series(1, 40000) AS n
"""
MANY_CLOCKS = """
INSERT INTO sla_clock (ticket_id, team_id, priority, kind, started_at, within, paused, over, due_at, stopped_at)
SELECT %s, %s, 2, 'first_answer', at, 3600, 0, 0, at + interval '1 hour', at
FROM (SELECT now() - n * interval '20 s' AS at FROM generate_series(300, 40000) AS n) AS moments
"""


@pytest.fixture
def many_years(ticket: Ticket) -> None:
    """A journal and commitments of a week and a half of a busy desk."""
    with connection.cursor() as cursor:
        cursor.execute(MANY_ENTRIES, [ticket.pk])
        cursor.execute(MANY_CLOCKS, [ticket.pk, ticket.team_id])
        cursor.execute("SELECT brin_summarize_new_values('entry_at')")
        cursor.execute("ANALYZE journal_entry")
        cursor.execute("ANALYZE sla_clock")


@pytest.mark.usefixtures("many_years")
@pytest.mark.parametrize(
    ("trigger", "what", "minutes"),
    [(Trigger.DUE, "first_answer", -15), (Trigger.DUE, "promise", -15), (Trigger.SINCE, "waits", 600)],
)
def test_a_look_reads_what_falls_due_and_not_what_exists(
    rule: MakeRule, boris: User, trigger: str, what: str, minutes: int
):
    rule(what, acts=TELL, trigger=trigger, minutes=minutes)
    with CaptureQueriesContext(connection) as queries:
        due.look()
    assert len(queries) <= 8
    asked = next(one["sql"] for one in queries if "journal_entry" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {asked}")
        (plan,) = cursor.fetchone()
    top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
    assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 250, plan


def test_a_rule_that_is_switched_on_again_begins_anew(rule: MakeRule, writes: Write, boris: User):
    made = rule("first_answer", acts=TELL, trigger=Trigger.DUE, minutes=0)
    writes()
    moment = Clock.objects.get(kind="first_answer").due_at
    made.switch(False, by=None)
    assert fired(moment) == 0
    with clock.at(moment + HOUR):
        Rule.objects.get().switch(True, by=None)
    assert fired(moment + HOUR + MINUTE) == 0


def test_conditions_that_take_too_long_pause_the_rule(
    rule: MakeRule, ticket: Ticket, boris: User, monkeypatch: pytest.MonkeyPatch
):
    made = rule("waits", acts=TELL, trigger=Trigger.SINCE, minutes=1)
    other = rule("queue", acts=TELL, trigger=Trigger.SINCE, minutes=1)
    real = due._due

    def slow(asked: Rule, now: datetime) -> list[due.Found]:
        if asked.pk != made.pk:
            return real(asked, now)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 300")  # time enough to roll back on a busy machine
            cursor.execute("SELECT pg_sleep(60)")
        return []

    monkeypatch.setattr(due, "_due", slow)
    assert fired(clock.now() + 5 * MINUTE) == 1
    made.refresh_from_db()
    assert made.state == "paused" and "слишком долго" in made.paused_why
    assert Firing.objects.get().rule == other
