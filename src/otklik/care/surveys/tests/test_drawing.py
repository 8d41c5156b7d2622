"""Who is asked follows from numbers alone."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.utils import timezone

from otklik.care.surveys import panel
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact, Contacted
from otklik.desk.clients.purposes import Purpose
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
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
        assert not Invitation.objects.can_rate(ticket) and Invitation.objects.for_page(ticket) is None
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
