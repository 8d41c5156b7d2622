"""Who is asked follows from numbers alone."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.utils import timezone

from otklik.care.surveys import panel
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.models.writing import ROUND_WAITS
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact, Contacted, ContactPolicy
from otklik.desk.clients.purposes import Asks, Purpose
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

type Count = Callable[[int], AbstractContextManager[None]]


def test_C9_the_share_is_drawn_by_the_number_of_the_request(survey: Ask) -> None:
    half = survey("event", share=50)
    drawn = [half.draws(f"ticket {number}") for number in range(4000)]

    assert drawn == [Survey.objects.get(pk=half.pk).draws(f"ticket {number}") for number in range(4000)]
    assert 0.46 < sum(drawn) / len(drawn) < 0.54
    other = survey("event", share=50)
    assert drawn != [other.draws(f"ticket {number}") for number in range(4000)], "another survey draws others"


def test_C9_who_is_judged_cannot_get_a_request_asked_about(writes: Write, anna: User) -> None:
    """Neither by solving it again nor by the client's own page; that it was not drawn is on record."""
    usual = Survey.objects.after_answer()
    assert usual is not None
    usual.share = 1
    usual.save()
    ticket = next(one for one in iter(writes, None) if not usual.draws(f"ticket {one.pk}"))

    for _time in range(2):
        ticket.reply("Готово", by=anna, then=Resolve())
        assert Invitation.objects.to_rate(ticket) is None and Invitation.objects.for_page(ticket) is None
        ticket.reopen(clock.now() + timedelta(days=1), by=anna)

    assert list(Invitation.objects.values_list("sent_at", "why_not")) == [(None, "sampling")]


def test_C9_each_person_has_one_turn_in_a_round_whoever_asks(survey: Ask) -> None:
    asked = survey("relationship", {"kind": Kind.NPS}, every_months=3)
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    turns = {pk: [day for day in days if panel.is_turn_of(asked, pk, day)] for pk in range(1, 60)}

    assert all(len(some) == 4 for some in turns.values())
    assert len(Counter(some[0].month for some in turns.values())) == 3, "a third of them each month"


def test_the_panel_asks_whoever_has_their_turn_once(survey: Ask, ticket: Ticket, anna: User) -> None:
    asked = survey("relationship", {"kind": Kind.NPS}, every_months=2)
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.all().delete()
    now = clock.now()
    days = [now + timedelta(days=day) for day in range(62)]
    turn = next(day for day in days if panel.is_turn_of(asked, ticket.contact_id, timezone.localdate(day)))

    with clock.at(turn):
        assert [panel.draw_all() for _ in range(2)] == [1, 0]
        assert Invitation.objects.send_due() == 1
    invitation = Invitation.objects.get()
    letter = Outbound.objects.get(kind="survey")
    assert (invitation.ticket, letter.first_recipient) == (ticket, "pavel@volga.test")
    assert letter.message.conversation != ticket.conversation, "what they write back is a request of its own"


@pytest.fixture(params=[1, 28], ids=["early", "late"])
def waits_in_round(
    survey: Ask, ticket: Ticket, anna: User, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Invitation:
    """Their turn has come on a day on which another question of theirs waits for us; early or late in the month, which
    is the same in each round and must not cost anybody theirs (S10, C9).
    """
    monkeypatch.setattr(Survey, "group_of", lambda _survey, _contact: (0, request.param))
    asked = survey("relationship", {"kind": Kind.NPS}, every_months=2)
    now = clock.now()
    days = [now + timedelta(days=day) for day in range(62)]
    turn = next(day for day in days if panel.is_turn_of(asked, ticket.contact_id, timezone.localdate(day)))
    with clock.at(turn):
        assert panel.draw_all() == 1 and Invitation.objects.send_due() == 0
    held = Invitation.objects.get()
    assert held.turn_at is not None and (held.cancelled_at, held.why_not) == (None, "")
    return held


def test_a_turn_on_a_day_of_an_unanswered_question_waits_until_it_is_answered(
    waits_in_round: Invitation, ticket: Ticket, anna: User
) -> None:
    assert waits_in_round.turn_at
    for days in (1, 5):
        with clock.at(waits_in_round.turn_at + timedelta(days=days)):
            assert Invitation.objects.send_due() == 0 and panel.draw_all() == 0
    with clock.at(waits_in_round.turn_at + timedelta(days=6)):
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Wait(clock.now() + timedelta(days=3)))
    with clock.at(waits_in_round.turn_at + timedelta(days=6, hours=2)):
        assert [Invitation.objects.send_due() for _ in range(2)] == [1, 0]
    assert Outbound.objects.filter(kind="survey").count() == 1


def test_a_turn_that_waited_to_the_end_of_its_round_is_dropped_and_told(waits_in_round: Invitation) -> None:
    assert waits_in_round.turn_at
    ends = waits_in_round.turn_at + ROUND_WAITS
    for before, given_up in ((timedelta(hours=2), False), (timedelta(minutes=30), True)):
        with clock.at(ends - before):
            assert Invitation.objects.send_due() == 0
        waits_in_round.refresh_from_db()
        assert (waits_in_round.cancelled_at is not None) == given_up
    assert waits_in_round.cancelled_at is not None and waits_in_round.why_not == "open_case"


def test_a_turn_that_was_dropped_costs_no_later_round(waits_in_round: Invitation, ticket: Ticket, anna: User) -> None:
    """Though they have no newer request by which they could be asked."""
    assert waits_in_round.turn_at
    with clock.at(waits_in_round.turn_at + ROUND_WAITS - timedelta(minutes=30)):
        assert Invitation.objects.send_due() == 0
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Wait(clock.now() + timedelta(days=90)))
    days = [waits_in_round.turn_at + ROUND_WAITS + timedelta(days=day) for day in range(62)]
    survey = waits_in_round.survey
    again = next(day for day in days if panel.is_turn_of(survey, ticket.contact_id, timezone.localdate(day)))
    with clock.at(again):
        assert [panel.draw_all() for _ in range(2)] == [1, 0]
        assert Invitation.objects.send_due() == 1
    dropped, sent = Invitation.objects.order_by("pk")
    assert sent.sent_at == again and (sent.cancelled_at, sent.why_not, sent.turn_at) == (None, "", None)
    assert (dropped.pk, dropped.sent_at, dropped.why_not) == (waits_in_round.pk, None, "open_case"), "S12"


def test_a_turn_that_waited_does_not_come_before_the_caps(
    waits_in_round: Invitation, ticket: Ticket, pavel: Contact, anna: User
) -> None:
    """Asked of something else meanwhile, they have their rest; where that is over within the round they are asked."""
    assert waits_in_round.turn_at
    ContactPolicy.objects.update_or_create(pk=1, defaults={"survey_days": 10, "relation_days": 90, "act_days": 10})
    with clock.at(waits_in_round.turn_at + timedelta(days=1)):
        Contacted.objects.note(pavel, Purpose.SURVEY, asks=Asks.ACT)
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Wait(clock.now() + timedelta(days=9)))
    with clock.at(waits_in_round.turn_at + timedelta(days=2)):
        assert Invitation.objects.send_due() == 0
    waits_in_round.refresh_from_db()
    assert waits_in_round.send_at >= waits_in_round.turn_at + timedelta(days=11)
    with clock.at(waits_in_round.send_at):
        assert Invitation.objects.send_due() == 1


def test_a_rest_longer_than_the_round_drops_a_turn(
    waits_in_round: Invitation, ticket: Ticket, pavel: Contact, anna: User
) -> None:
    assert waits_in_round.turn_at
    with clock.at(waits_in_round.turn_at + timedelta(days=1)):
        Contacted.objects.note(pavel, Purpose.SURVEY, asks=Asks.RELATION)
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Wait(clock.now() + timedelta(days=9)))
    with clock.at(waits_in_round.turn_at + timedelta(days=2)):
        assert Invitation.objects.send_due() == 0
    waits_in_round.refresh_from_db()
    assert waits_in_round.cancelled_at is not None and waits_in_round.why_not.startswith("asked")


def test_a_turn_that_waited_does_not_cost_the_next_round(
    waits_in_round: Invitation, ticket: Ticket, anna: User
) -> None:
    assert waits_in_round.turn_at
    late = waits_in_round.turn_at + timedelta(days=26)
    with clock.at(late):
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Wait(clock.now() + timedelta(days=9)))
        assert Invitation.objects.send_due() == 1
    days = [late + timedelta(days=day) for day in range(1, 62)]
    survey = waits_in_round.survey
    again = next(day for day in days if panel.is_turn_of(survey, ticket.contact_id, timezone.localdate(day)))
    with clock.at(again):
        assert panel.draw_all() == 1, "whether it is too soon for a letter, the contact policy says"


def test_the_panel_reads_numbers_only_and_looks_closer_at_whose_day_it_is(
    survey: Ask, pavel: Contact, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Count
) -> None:
    """Of a million clients a hundredth has its turn; the others cost their numbers, batch after batch."""
    monkeypatch.setattr(panel, "BATCH", 2)
    people = [pavel, *(Contact.objects.create(name=f"Клиент {number}") for number in range(4))]
    asked = survey("relationship", {"kind": Kind.NPS}, every_months=2)
    days = [clock.now() + timedelta(days=day) for day in range(62)]
    quiet = next(day for day in days if not any(panel.is_turn_of(asked, one.pk, day.date()) for one in people))

    batches = 4  # two, two, one, none
    with clock.at(quiet), django_assert_num_queries(batches):
        assert panel.draw(asked) == 0


def test_the_contact_policy_keeps_the_panel_from_asking_too_often(
    survey: Ask, answered: Ticket, pavel: Contact
) -> None:
    asked = survey("event", {"kind": Kind.NPS})
    Contacted.objects.note(pavel, Purpose.SURVEY, clock.now() - timedelta(days=10))
    invitation = Invitation.objects.ask(asked, pavel)

    assert Invitation.objects.send_due() == 0
    invitation.refresh_from_db()
    assert (invitation.cancelled_at is not None, invitation.why_not) == (True, "asked")


def test_somebody_who_waits_is_not_planned_twice(survey: Ask, ticket: Ticket, pavel: Contact) -> None:
    asked = survey("event", {"kind": Kind.NPS}, delay_minutes=60)

    assert Invitation.objects.ask(asked, pavel) == Invitation.objects.ask(asked, pavel)
    asked.end()
    assert Invitation.objects.get().cancelled_at is not None


def test_S12_why_a_question_was_not_sent_outlives_the_next_one(survey: Ask, ticket: Ticket, pavel: Contact) -> None:
    asked = survey("event", {"kind": Kind.NPS})
    first = Invitation.objects.ask(asked, pavel)
    Invitation.objects.filter(pk=first.pk).update(cancelled_at=clock.now(), why_not="asked")

    second = Invitation.objects.ask(asked, pavel)

    kept = dict(Invitation.objects.values_list("pk", "why_not"))
    assert kept == {first.pk: "asked", second.pk: ""}


def test_S12_what_was_called_off_as_the_request_went_on_is_the_same_question(ticket: Ticket, anna: User) -> None:
    for _time in range(2):
        ticket.reply("Готово", by=anna, then=Resolve())
        waiting = Invitation.objects.get()
        assert waiting.cancelled_at is None
        ticket.reopen_by(anna)
        assert Invitation.objects.get().why_not == "open"
    Invitation.objects.update(why_not="quiet")

    ticket.reply("Готово", by=anna, then=Resolve())

    assert list(Invitation.objects.order_by("pk").values_list("why_not", flat=True)) == ["quiet", ""]
