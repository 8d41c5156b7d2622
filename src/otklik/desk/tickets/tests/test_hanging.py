"""What hangs, why, and the proof that nothing else does."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core import formulas
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.tickets import doctor, hanging, proof
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.hanging import Why
from otklik.desk.tickets.models import SelfCheck, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.desk.tickets.strip import strip
from otklik.desk.tickets.tests.formula import item_of
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
BRIEF = Brief("Звук пропадает", "", "проверить маршрут")


def reasons(ticket: Ticket, at: datetime) -> list[Why]:
    ticket = Ticket.objects.get(pk=ticket.pk)
    found = hanging.reasons_of(ticket, at)
    assert bool(found) == Ticket.objects.hanging(at).filter(pk=ticket.pk).exists()
    return found


def test_a_fresh_request_may_stand_in_the_queue_for_the_time_of_a_first_answer(ticket: Ticket, anna: User) -> None:
    assert reasons(ticket, clock.now()) == []
    late = clock.now() + 2 * HOUR
    assert reasons(ticket, late) == [Why.ANSWER, Why.NOBODY]
    ticket.take(by=anna)
    assert reasons(ticket, late) == [Why.ANSWER]


def test_given_back_to_the_queue_its_time_there_begins_anew(ticket: Ticket, anna: User) -> None:
    ticket.reply("Какой телефон?", by=anna, then=Wait(clock.now() + timedelta(days=3)))
    ticket.assign(None, by=anna)

    assert reasons(ticket, clock.now() + HOUR / 2) == []
    assert reasons(ticket, clock.now() + 2 * HOUR) == [Why.NOBODY]


def test_another_line_counts_from_the_hand_over(ticket: Ticket, anna: User, line_two: Team) -> None:
    with clock.at(clock.now() + HOUR / 2):
        ticket.hand_over(line_two, BRIEF, by=anna)
    assert ticket.take_by and ticket.take_by > clock.now() + HOUR


def test_a_promise_that_passed_hangs(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    assert reasons(ticket, tomorrow) == []
    assert reasons(ticket, tomorrow + timedelta(minutes=1)) == [Why.PROMISE]


def test_put_aside_in_silence_it_comes_back_to_tell_the_client(ticket: Ticket, anna: User) -> None:
    """An agent who waits for something may not leave the client in the dark: four next answers of the line."""
    ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + HOUR))
    ticket.reply("Спросите ещё раз", by=anna, then=Wait(clock.now() + timedelta(days=9)))
    ticket.put_aside(PutAside(clock.now() + timedelta(days=5), "придёт запчасть"), by=anna)
    assert ticket.inform_by and timedelta(hours=7) < ticket.inform_by - clock.now() < timedelta(hours=9)

    with clock.at(clock.now() + timedelta(hours=9)):
        assert reasons(ticket, clock.now()) == [Why.DARK]
        Ticket.objects.wake_due()
        ticket.refresh_from_db()
        assert (ticket.status, ticket.next_step, ticket.returned) == ("open", "update", "news")
        assert reasons(ticket, clock.now()) == []
        assert reasons(ticket, clock.now() + timedelta(hours=3)) == [Why.DARK]


def test_put_aside_with_the_clients_consent_it_sleeps_to_its_date(ticket: Ticket, anna: User) -> None:
    ticket.put_aside(PutAside(clock.now() + timedelta(days=5), "придёт запчасть", agreed=True), by=anna)
    assert ticket.inform_by is None
    assert reasons(ticket, clock.now() + timedelta(days=4)) == []


def test_a_snooze_cannot_pass_the_moment_of_an_answer_that_is_owed(ticket: Ticket, anna: User) -> None:
    """It wakes while there is time to give it: the client waits since their first word."""
    due = ticket.due_at
    assert due
    ticket.put_aside(PutAside(clock.now() + timedelta(days=5), "спросить у склада"), by=anna)

    with clock.at(due - timedelta(minutes=10)):
        assert Ticket.objects.wake_due() == 1
        ticket.refresh_from_db()
        assert (ticket.status, ticket.next_step, ticket.due_at) == ("open", "answer", due)


def test_what_wakes_shortly_before_a_promise_is_owed_by_the_promise(ticket: Ticket, anna: User, tomorrow) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow, "проверить"))
    ticket.put_aside(PutAside(tomorrow - HOUR, "спросить у склада", agreed=True), by=anna)
    with clock.at(tomorrow - HOUR):
        Ticket.objects.wake_due()
    ticket.refresh_from_db()
    assert (ticket.next_step, ticket.due_at, ticket.next_note) == ("keep_promise", tomorrow, "проверить")


def test_an_answer_that_is_late_is_not_put_aside_in_silence(ticket: Ticket, anna: User) -> None:
    aside = PutAside(clock.now() + timedelta(days=5), "спросить у склада")
    with clock.at(clock.now() + 2 * HOUR):
        with pytest.raises(Invalid):
            ticket.put_aside(aside, by=anna)
        ticket.put_aside(replace(aside, agreed=True), by=anna)
    assert ticket.status == "scheduled"


def test_what_was_forwarded_leaves_the_client_in_the_dark_no_longer_than_that(ticket: Ticket, anna: User) -> None:
    letter = ticket.conversation.messages.order_by("id").first()
    assert letter
    aside = PutAside(clock.now() + timedelta(days=5), "ответ провайдера")
    ticket.forward("Посмотрите", by=anna, to=["noc@isp.test"], messages=[letter.pk], then=aside)
    assert ticket.status == "scheduled" and ticket.inform_by


def test_nobody_closes_a_request_in_which_an_answer_is_promised(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    with pytest.raises(Conflict):
        ticket.close("spam", by=anna)


@pytest.fixture
def crowd(writes: Write, anna: User) -> list[Ticket]:
    """Sixty rows with moments of any kind, written past the verbs."""
    dice, now = random.Random(4), clock.now()
    model = writes()
    tickets = [writes(sender=f"c{number}@else.test") for number in range(60)]

    def moment(share: float) -> datetime | None:
        return now + timedelta(minutes=dice.randint(-600, 600)) if dice.random() < share else None

    for ticket in [model, *tickets]:
        if dice.random() < 0.15:
            ticket.reply("Готово", by=anna, then=Resolve())
            continue
        asleep = dice.random() < 0.3
        owner = anna if dice.random() < 0.6 else None
        Ticket.objects.filter(pk=ticket.pk).update(
            status=dice.choice(["pending_client", "scheduled"]) if asleep else dice.choice(["new", "open"]),
            next_step=dice.choice(["answer", "keep_promise", "remind", "continue", "update"]),
            due_at=moment(1),
            inform_by=moment(0.3),
            informed_at=now - timedelta(days=1) if dice.random() < 0.5 else None,
            owner=owner,
            take_by=None if owner else moment(1),
        )
    return list(Ticket.objects.all())


def test_the_page_asks_what_the_formula_says(crowd: list[Ticket]) -> None:
    """METRICS V20: one index range is the formula over every row, and its reasons are the same in SQL and in words."""
    now = clock.now()
    by_formula = formulas.hanging([item_of(ticket, now) for ticket in crowd], now)
    found = set(Ticket.objects.hanging(now).values_list("pk", flat=True))

    assert set(by_formula["ids"]) == found and 10 < len(found) < 60
    counts = hanging.counts(Ticket.objects.all(), now)
    told = [why for ticket in crowd if ticket.is_open for why in hanging.reasons_of(ticket, now)]
    assert counts == {"total": len(found), **{str(why): told.count(why) for why in Why}}
    assert all(hanging.reasons_of(ticket, now) for ticket in crowd if ticket.pk in found)


def test_one_index_answers_for_what_hangs(crowd: list[Ticket]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    rows = Ticket.objects.hanging(clock.now()).order_by("hangs_from", "pk")[:50]
    assert "ticket_hangs" in rows.explain()


def test_what_hangs_is_counted_from_the_index_and_no_further_than_anybody_reads(
    crowd: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "CAP", 5)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    with CaptureQueriesContext(connection) as asked:
        assert hanging.counts(Ticket.objects.all(), clock.now())["total"] == 5

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using ticket_hangs" in plan and "Limit" in plan and "Sort" not in plan


def test_while_we_wait_for_a_third_party_the_client_hears_from_us(ticket: Ticket, anna: User, paper: Paper) -> None:
    """Also when they know of it and agreed: the cadence goes on, and the page says whom we wait for."""
    check = PutAside(clock.now() + timedelta(days=5), "ответ про номер", agreed=True, whom="оператора")
    ticket.reply("Спросили у оператора", by=anna, then=check)
    outbox.send_due()
    assert "ждём оператора" in bytes(paper.sent[-1].raw).decode()
    assert strip(ticket, for_client=True).next == "Ждём оператора: ответ про номер"
    assert ticket.inform_by

    with clock.at(clock.now() + timedelta(hours=9)):
        Ticket.objects.wake_due()
        ticket.refresh_from_db()
        assert (ticket.next_step, ticket.returned, ticket.waits_for) == ("update", "news", "")
        ticket.put_aside(check, by=anna)
    assert ticket.inform_by and ticket.waits_for == "оператора"


# -- the nightly proof -----------------------------------------------------------------------------------------------


def test_the_proof_walks_through_everything_in_slices(writes: Write, anna: User) -> None:
    tickets = [writes(sender=f"c{number}@else.test") for number in range(7)]
    tickets[0].reply("Готово", by=anna, then=Resolve())
    with CaptureQueriesContext(connection) as asked:
        check = proof.walk(size=3)

    assert (check.tickets, check.open, check.found) == (7, 6, 0)
    assert sum("WITH slice" in query["sql"] for query in asked) == 4
    told = Entry.objects.get(kind="tickets.SelfChecked")
    assert (told.about, told.about_id, told.data["tickets"]) == ("self-check", check.pk, 7)


def test_the_proof_finds_what_came_past_the_verbs(writes: Write, anna: User, line_one: Team) -> None:
    gone, forgotten, asleep = (writes(sender=f"c{number}@else.test") for number in range(3))
    gone.take(by=anna)
    later = clock.now() + timedelta(days=2)
    forgotten.reply("Готово", by=anna, then=Resolve())
    forgotten.promises.create(until=later, by=anna)
    asleep.promises.create(until=clock.now() + HOUR, by=anna)
    Ticket.objects.filter(pk=asleep.pk).update(status="scheduled", due_at=later, inform_by=clock.now() - HOUR)
    User.objects.filter(pk=anna.pk).update(role="quality")
    Team.objects.filter(pk=line_one.pk).update(is_active=False)

    check = proof.walk()

    faults = [[gone.pk, "gone"], [forgotten.pk, "forgotten"]]
    faults += [[asleep.pk, fault] for fault in ("asleep", "no_line", "overslept")]
    assert sorted(check.faults) == sorted(faults)
    assert [finding.level for finding in doctor.examine()] == ["bad"]


def test_the_doctor_misses_a_check_that_does_not_run(ticket: Ticket) -> None:
    assert list(doctor.examine()) == []
    with clock.at(clock.now() + timedelta(days=2)):
        assert [finding.level for finding in doctor.examine()] == ["warning"]
        proof.walk()
        assert [finding.level for finding in doctor.examine()] == ["good"]


def test_every_fault_has_its_words() -> None:
    assert {fault for fault in SelfCheck.Fault.values if f"'{fault}'" not in proof.SQL} == set()
