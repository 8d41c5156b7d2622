"""No rule calls itself, no chain goes on, no storm passes: loops, causes, bounds."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Team, User
from otklik.desk.automation import due
from otklik.desk.automation.models import Firing, Rule, Trigger
from otklik.desk.automation.running import ON_ONE_TICKET, Cause, run
from otklik.desk.automation.tests.conftest import MakeRule, Work
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write


@pytest.mark.django_db
def test_a_rule_does_not_run_because_of_itself(rule: MakeRule, work: Work, ticket: Ticket, anna: User):
    rule("priority", acts=[("priority", {"priority": "1"})])
    ticket.prioritise(4, by=anna)
    work()
    assert Firing.objects.count() == 1


@pytest.mark.django_db
def test_two_rules_that_answer_each_other_end(rule: MakeRule, work: Work, ticket: Ticket, anna: User):
    rule("priority", [("priority", "in", ["4"])], [("priority", {"priority": "1"})])
    rule("priority", [("priority", "in", ["1"])], [("priority", {"priority": "4"})])
    ticket.prioritise(4, by=anna)
    work()
    assert Firing.objects.count() == 2


@pytest.mark.django_db
def test_chains_are_short(rule: MakeRule, work: Work, ticket: Ticket, anna: User):
    for number in reversed(range(6)):
        rule("tags", [("tags", "has", [f"t{number}"])], [("tag", {"tags": f"t{number + 1}"})])
    ticket.tag(["t0"], by=anna)
    work()
    ticket.refresh_from_db()
    assert ticket.tags == ["t0", "t1", "t2", "t3"]


EVENTS = ("tags", "priority", "owner", "line", "noted", "topic", "status")


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_rules_never_run_a_ticket_more_than_the_bound(
    data: st.DataObject, rule: MakeRule, work: Work, ticket: Ticket, anna: User, ilya: User, line_two: Team
):
    acts = st.sampled_from(
        [
            ("tag", {"tags": "один"}),
            ("untag", {"tags": "один"}),
            ("priority", {"priority": "4"}),
            ("priority", {"priority": "1"}),
            ("owner", {"owner": str(anna.pk)}),
            ("owner", {"owner": "0"}),
            ("note", {"text": "Заметка"}),
            ("line", {"line": str(line_two.pk), "expected": "Сделать"}),
            ("line", {"line": str(ticket.team_id), "expected": "Сделать"}),
        ]
    )
    Firing.objects.all().delete()
    Rule.objects.all().delete()
    for _ in range(data.draw(st.integers(1, 8))):
        rule(data.draw(st.sampled_from(EVENTS)), acts=data.draw(st.lists(acts, min_size=1, max_size=3)))
    for number in range(data.draw(st.integers(1, 5))):
        ticket.refresh_from_db()
        ticket.tag([f"рука-{number}"], by=anna)
        ticket.note("Рукой", by=ilya)
        work()

    assert Firing.objects.filter(ticket=ticket).count() <= ON_ONE_TICKET
    for firing in Firing.objects.all():
        above = _rules_above(firing)
        assert firing.rule_id not in above and len(above) < 3


def _rules_above(firing: Firing) -> list[int]:
    entry: Entry | None = Entry.objects.filter(pk=firing.entry_id or 0).get()
    found = []
    while entry and (entry := entry.cause):
        if entry.kind == "automation.RuleFired":
            found.append(entry.data["rule_id"])
    return found


@pytest.mark.django_db
def test_a_storm_pauses_the_rule_and_tells_the_leads(
    rule: MakeRule, work: Work, writes: Write, boris: User, admin: User, anna: User
):
    made = rule("opened", hourly=3)
    for _ in range(5):
        writes()
    work()

    made.refresh_from_db()
    assert Firing.objects.filter(rule=made).count() == 3 and made.state == "paused"
    assert made.paused_why == "За час сработало 3 раза — это предел правила."
    told = Notice.objects.filter(about="rule")
    assert {one.person for one in told} == {boris, admin} and "Правило 0" in told[0].text
    assert Entry.objects.filter(kind="automation.RulePaused").count() == 1

    made.switch(True, by=admin)
    with clock.at(clock.now() + timedelta(hours=2)):
        writes()
        work()
    assert Firing.objects.filter(rule=made).count() == 4


@pytest.mark.django_db
def test_a_circle_on_one_ticket_pauses_the_rule(rule: MakeRule, ticket: Ticket, boris: User):
    made = rule("tags")
    for number in range(ON_ONE_TICKET + 5):
        run(made, ticket.pk, Cause(f"entry:{number}", "проверка"))
    made.refresh_from_db()
    assert Firing.objects.count() == ON_ONE_TICKET and made.state == "paused"


@pytest.mark.django_db
def test_a_rule_that_has_paused_itself_asks_for_no_further_ticket(
    rule: MakeRule, writes: Write, boris: User, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(6):
        writes()
    made, asked = rule("first_answer", trigger=Trigger.DUE, minutes=-15, hourly=2), []

    def counted(*told: Any) -> Firing | None:
        asked.append(told)
        return run(*told)

    monkeypatch.setattr(due, "run", counted)
    with clock.at(clock.now() + timedelta(minutes=50)):
        assert due.look() == 2
    made.refresh_from_db()
    assert made.state == "paused" and len(asked) == 3


@pytest.mark.django_db
def test_a_client_who_writes_on_and_on_switches_no_rule_off(
    rule: MakeRule, work: Work, ticket: Ticket, anna: User, boris: User
):
    writes, other = rule("client_wrote"), rule("tags", [("tags", "has", ["рука"])], [("priority", {"priority": "4"})])
    for number in range(ON_ONE_TICKET + 2):
        ticket.write_in(f"Ау {number}")
    work()
    ticket.tag(["рука"], by=anna)
    work()

    assert Firing.objects.count() == ON_ONE_TICKET, "the bound holds"
    assert {one.state for one in Rule.objects.filter(pk__in=[writes.pk, other.pk])} == {"on"}
    assert not Notice.objects.filter(about="rule").exists()


@pytest.mark.django_db(transaction=True)
def test_once_for_a_cause_however_many_ask_at_once(rule: MakeRule, ticket: Ticket):
    made = rule("tags", acts=[("note", {"text": "Один раз"})])
    barrier = threading.Barrier(6)
    done: list[bool] = []

    def ask() -> None:
        try:
            barrier.wait(10)
            done.append(run(made, ticket.pk, Cause("entry:1", "проверка")) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(done) == [False] * 5 + [True]
    assert ticket.conversation.messages.filter(direction="note").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_bound_of_an_hour_holds_however_many_ask_at_once(rule: MakeRule, writes: Write):
    made = rule("tags", hourly=2)
    tickets = [writes() for _ in range(6)]
    barrier = threading.Barrier(6)

    def ask(ticket: Ticket) -> None:
        try:
            barrier.wait(10)
            run(made, ticket.pk, Cause("entry:1", "проверка"))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[one]) for one in tickets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert Firing.objects.count() == 2


@pytest.mark.django_db
def test_RACE_3_two_schedulers_run_a_moment_once(rule: MakeRule, ticket: Ticket, boris: User):
    made = rule("first_answer", acts=[("tag", {"tags": "раз"})], trigger=Trigger.DUE, minutes=-15)
    before = made.looked_at
    with clock.at(clock.now() + timedelta(minutes=50)):
        assert due.look() == 1
        Rule.objects.update(looked_at=before)
        assert due.look() == 0
