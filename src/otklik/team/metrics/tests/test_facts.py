"""What the journal says about a ticket, counted."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve
from otklik.team.metrics import figures
from otklik.team.metrics.figures import Scope
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.stories import events_of, living
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

# Entries of a running transaction are not settled, so the facts need real commits.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(solved: Ticket) -> Ticket:
    """Example V3, counted."""
    count_facts()
    return solved


def test_the_wait_for_the_client_pauses_the_solution_but_not_the_first_answer(story: Ticket, anna: User) -> None:
    fact = TicketFact.objects.get()

    assert fact.frt_business_s == 0.5 * 3600 and fact.agent == anna
    assert fact.resolution_business_s == 3.5 * 3600
    assert fact.resolution_calendar_s == 26.5 * 3600
    assert (fact.ended_as, fact.ended_at) == ("resolved", hours(26.5))


def test_rebuilding_gives_the_same_facts(story: Ticket) -> None:
    before = list(TicketFact.objects.values())

    assert TicketFact.objects.rebuild() == 1
    assert list(TicketFact.objects.values()) == before


def test_a_reply_that_was_taken_back_never_was(writes: Write, anna: User) -> None:
    with clock.at(START):
        ticket = writes()
    with clock.at(hours(1)):
        message = ticket.reply("Ой", by=anna, then=Resolve(), undo=15)
        ticket.take_back(message, by=anna)
    count_facts()

    fact = TicketFact.objects.get()
    assert (fact.first_answer_at, fact.frt_business_s, fact.ended_as) == (None, None, "")


@pytest.mark.parametrize(("agreed", "counted"), [(True, 1), (False, 24)])
def test_time_put_aside_pauses_only_when_the_client_agreed(
    writes: Write, anna: User, agreed: bool, counted: int
) -> None:
    with clock.at(START):
        ticket = writes()
        ticket.put_aside(PutAside(hours(23), "ждём склад", agreed), by=anna)
    with clock.at(hours(23)):
        Ticket.objects.wake_due()
    with clock.at(hours(24)):
        ticket.refresh_from_db()
        ticket.reply("Готово", by=anna, then=Resolve())
    count_facts()

    assert TicketFact.objects.get().resolution_business_s == counted * 3600


def test_machines_are_not_counted(writes: Write) -> None:
    writes(automatic="bounce")
    count_facts()

    assert TicketFact.objects.get().excluded == "bounce" and not TicketFact.objects.counted().exists()


def test_our_own_people_are_no_clients(writes: Write, ilya: User) -> None:
    """C8: tickets of the organisation itself."""
    User.objects.filter(pk=ilya.pk).update(email="ilya@Desk.test")
    writes(sender="Ilya@desk.test", sender_name="Илья")
    writes(sender="olga@volga.test")
    count_facts()

    assert sorted(TicketFact.objects.values_list("excluded", flat=True)) == ["", "own"]


def test_who_files_a_request_has_no_first_response(writes: Write, anna: User, door: Channel) -> None:
    """V1: the client was spoken with when it was written down; the solution counts as any other."""
    with clock.at(hours(0)):
        filed = Ticket.open_by(anna, channel=door, address="pavel@volga.test", text="Звонил Павел")
    with clock.at(hours(1)):
        filed.reply("Готово", by=anna, then=Resolve())
    count_facts()
    scope = Scope(START - timedelta(days=1), START + timedelta(days=7))

    assert figures.first_response(scope).n == figures.answered(scope).count() == 0
    assert figures.resolution(scope).n == 1


def test_figures_are_made_of_the_tickets_they_list(story: Ticket, writes: Write, anna: User, line_one: Team) -> None:
    with clock.at(hours(2)):
        other = writes(sender="olga@else.test")
    with clock.at(hours(5)):
        other.reply("", by=anna, then=Refuse("law", "Закон", ["Юрист"]))
    with clock.at(hours(6)):
        writes(sender="petr@else.test")
    count_facts()
    scope = Scope(START - timedelta(days=1), START + timedelta(days=7), [line_one.pk])

    first, solved = figures.first_response(scope), figures.resolution(scope)
    assert (first.n, first.median, first.within) == (2, (0.5 + 3) / 2 * 3600, 0.5)
    assert solved.n == figures.ended(scope).count() == 2
    assert first.status == "hidden"
    assert figures.flow(scope) == {"came": 3, "ended": 2}
    assert figures.promises(scope, hours(100))["kept"] == 1


def test_satisfaction_stands_beside_its_response_rate(story: Ticket, settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    with clock.at(hours(27)):
        invitation = Invitation.objects.plan(story)
        assert invitation and invitation.send()
        Invitation.objects.get(pk=invitation.pk).answer(4)

    result = figures.satisfaction(Scope(START, hours(48)))
    assert (result["share"], result["n"], result["rate"]) == (1.0, 1, 1.0)


def test_an_answer_after_two_weeks_and_that_of_a_colleague_do_not_count(
    story: Ticket, anna: User, settings: Any
) -> None:
    """S2, whatever was stored by an earlier version."""
    settings.SURVEY_DELAY_SECONDS = 0
    with clock.at(hours(27)):
        invitation = Invitation.objects.plan(story)
        assert invitation and invitation.send()
        given = Invitation.objects.get(pk=invitation.pk).answer(4)
    scope = Scope(START, hours(48 * 24))
    assert figures.satisfaction(scope)["n"] == 1

    Score.objects.filter(pk=given.pk).update(at=hours(27 + 14 * 24))
    assert figures.satisfaction(scope)["n"] == 0

    Score.objects.filter(pk=given.pk).update(at=hours(28))
    story.contact.known_by("anna@desk.test", by=anna)
    User.objects.filter(pk=anna.pk).update(email="anna@desk.test")
    TicketFact.objects.rebuild()
    count_facts()
    assert figures.satisfaction(scope)["n"] == 0


def test_the_response_rate_waits_until_an_invitation_is_over(story: Ticket, settings) -> None:
    """S9: the young and the undeliverable are not asked for their share; S2 counts every answer."""
    settings.SURVEY_DELAY_SECONDS = 0
    with clock.at(hours(27)):
        invitation = Invitation.objects.plan(story)
        assert invitation and invitation.send()
    scope = Scope(START, hours(48))

    with clock.at(hours(27 + 24 * 13)):
        assert figures.satisfaction(scope)["invited"] == 0
    with clock.at(hours(27 + 24 * 15)):
        seen = figures.satisfaction(scope)
        assert (seen["invited"], seen["back"], seen["rate"]) == (1, 0, 0.0)
        Outbound.objects.filter(kind=Outbound.Kind.SURVEY).update(state=Outbound.State.FAILED)
        assert figures.satisfaction(scope)["invited"] == 0


def test_each_fate_of_a_promise_lists_its_promises(writes: Write, anna: User, line_one: Team) -> None:
    """V19: kept by the date, moved before it, silently passed; what is not due yet is none of them."""
    with clock.at(START):
        kept, moved, broken, young = (writes(sender=f"{name}@else.test") for name in ("k", "m", "b", "y"))
        for ticket, until in ((kept, 4), (moved, 4), (broken, 4), (young, 100)):
            ticket.reply("Вернёмся", by=anna, then=PromiseDate(hours(until)))
    with clock.at(hours(2)):
        kept.reply("Готово", by=anna, then=Resolve())
        moved.reply("Позже", by=anna, then=PromiseDate(hours(90), why="ждём"))
    scope = Scope(START, hours(200), [line_one.pk])

    with clock.at(hours(6)):
        told = figures.promises(scope, hours(6))
        assert (told["due"], told["kept"], told["renegotiated"], told["broken"]) == (3, 1, 1, 1)
        assert figures.promised(scope).count() == told["due"]
        listed = {fate: figures.promised(scope, fate).get().ticket for fate in ("kept", "renegotiated", "broken")}
    assert listed == {"kept": kept, "renegotiated": moved, "broken": broken}


def test_the_ages_of_half_and_of_nine_in_ten(writes: Write, line_one: Team) -> None:
    """The example of V12: p50 6.5 h, p90 54.6 h."""
    now = clock.now()
    for number, age in enumerate((0.5, 1, 2, 3, 5, 8, 13, 21, 34, 240)):
        with clock.at(now - timedelta(hours=age)):
            writes(sender=f"c{number}@else.test")

    seen = figures.backlog(Scope(now, now, [line_one.pk]), now)
    assert (seen["p50"] / 3600, seen["p90"] / 3600) == pytest.approx((6.5, 54.6), abs=0.01)
    assert (seen["unanswered"], figures.unanswered(Scope(now, now, [line_one.pk])).count()) == (10, 10)


def test_the_backlog_is_counted_by_age(writes: Write, line_one: Team) -> None:
    now = clock.now()
    for days in (0, 2, 2, 40):
        with clock.at(now - timedelta(days=days, hours=1)):
            writes(sender=f"c{days}@else.test")
    scope = Scope(now - timedelta(days=7), now, [line_one.pk])

    seen = figures.backlog(scope, now)
    assert (seen["n"], seen["ages"]) == (4, [1, 2, 0, 0, 0, 1])
    assert [figures.aged(scope, bucket, now).count() for bucket in range(6)] == seen["ages"]


def test_who_waits_for_a_third_party_waits_for_us(ticket: Ticket, anna: User) -> None:
    """METRICS V4: the ball is on our side, whatever the client agreed to."""
    ticket.put_aside(PutAside(clock.now() + timedelta(days=1), "склад", agreed=True, whom="Склад"), by=anna)
    agreed = set(ticket.schedules.values_list("pk", flat=True))

    told = events_of(ticket, list(Entry.objects.filter(about="ticket", about_id=ticket.pk).order_by("id")), agreed)

    assert [one["status"] for one in told if one["type"] == "status"] == ["pending_supplier"]


def test_what_was_forwarded_and_taken_back_put_nothing_aside(ticket: Ticket, anna: User) -> None:
    ids = [ticket.conversation.messages.order_by("id")[0].pk]
    aside = PutAside(clock.now() + timedelta(days=1), "ждать поставщика")
    message = ticket.forward("Ой", by=anna, to=["sales@supplier.test"], messages=ids, then=aside, undo=15)
    ticket.take_back(message, by=anna)

    story = list(Entry.objects.filter(about="ticket", about_id=ticket.pk).order_by("id"))
    left = {entry.kind for entry in living(story)}
    assert "tickets.TicketPutAside" in {entry.kind for entry in story} and "tickets.TicketPutAside" not in left
