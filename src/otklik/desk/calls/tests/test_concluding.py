"""Every call ends with a result in a request."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls import access, by_hand
from otklik.desk.calls.models import Call
from otklik.desk.calls.models.call import State
from otklik.desk.calls.results import ENDINGS, Result
from otklik.desk.calls.tests.conftest import NOON, NUMBER, Tell
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import NextStep, Status
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=2)


@pytest.fixture
def over(tells: Tell) -> Call:
    """Anna talked for a minute."""
    tells("ringing", extension="101", number=NUMBER)
    tells("answered", 5, extension="101")
    return tells("ended", 65)


def test_every_result_stands_in_the_table() -> None:
    assert set(ENDINGS) == set(Result)


@pytest.mark.parametrize("result", Result)
def test_each_result_lands_in_a_request(over: Call, anna: User, result: Result) -> None:
    with clock.at(LATER):
        over.conclude(result, by=anna, note="Спросили про счёт", until=LATER + timedelta(hours=2))

    over.refresh_from_db()
    ticket = over.ticket
    assert ticket is not None and over.state == State.CONCLUDED and over.wrapped_at == LATER
    assert "Спросили про счёт" in ticket.conversation.messages.filter(direction="note").latest("pk").text
    expected = {
        Result.ANSWERED: (Status.RESOLVED, ""),
        Result.PROMISED: (Status.OPEN, NextStep.KEEP_PROMISE),
        Result.PASSED_ON: (Status.OPEN, NextStep.ANSWER),
        Result.NO_ONE: (Status.CLOSED, ""),
        Result.WRONG: (Status.CLOSED, ""),
    }[result]
    assert (ticket.status, ticket.next_step) == expected


def test_what_was_said_counts_as_an_answer(over: Call, anna: User) -> None:
    with clock.at(LATER):
        over.conclude("answered", by=anna)

    ticket = Ticket.objects.get()
    assert ticket.first_answer_at == LATER and ticket.waiting_since is None and ticket.owner == anna
    assert not ticket.conversation.messages.exclude(outbound=None).exists(), "nothing left"


def test_a_promise_needs_its_date(over: Call, anna: User) -> None:
    with pytest.raises(Invalid) as refused:
        over.conclude("promised", by=anna)
    assert refused.value.field == "until" and not Ticket.objects.exists()
    with clock.at(LATER), pytest.raises(Invalid) as refused:
        over.conclude("promised", by=anna, until=LATER)
    assert refused.value.field == "until"
    assert not Ticket.objects.exists(), "nothing was begun"


@pytest.mark.parametrize("result", ["", "gone"])
def test_a_result_is_one_of_the_table(over: Call, anna: User, result: str) -> None:
    with pytest.raises(Invalid) as refused:
        over.conclude(result, by=anna)
    assert refused.value.field == "result"


def test_nobody_concludes_twice_or_too_early(tells: Tell, anna: User) -> None:
    call = tells("answered", extension="101", number=NUMBER)
    with pytest.raises(Conflict):
        call.conclude("answered", by=anna)
    call = tells("ended", 3)
    call.conclude("answered", by=anna)
    with pytest.raises(Conflict):
        call.conclude("wrong", by=anna)
    with pytest.raises(Conflict):
        call.file_under(Ticket.objects.get(), by=anna)


def test_a_missed_call_has_no_result(tells: Tell, anna: User) -> None:
    tells("ringing", number=NUMBER)
    call = tells("ended", 9)

    with pytest.raises(Conflict):
        call.conclude("answered", by=anna)
    assert Ticket.objects.get().is_open


def test_a_result_without_a_request_cannot_be(over: Call) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=over.pk).update(result="answered")


def test_added_to_an_open_request_the_number_is_of_its_client(ticket: Ticket, over: Call, anna: User) -> None:
    with clock.at(LATER):
        over.file_under(ticket, by=anna)
        over.conclude("passed_on", by=anna, note="Ещё не работает")

    assert Identity.objects.get(value=NUMBER).contact == ticket.contact
    assert over.ticket == ticket and Ticket.objects.count() == 1


def test_a_wrong_number_leaves_an_older_request_open(ticket: Ticket, over: Call, anna: User) -> None:
    over.file_under(ticket, by=anna)
    over.conclude("wrong", by=anna)

    ticket.refresh_from_db()
    assert ticket.is_open


@pytest.mark.parametrize("result", ["passed_on", "answered"])
def test_what_goes_on_with_us_opens_an_ended_request_again(ticket: Ticket, over: Call, anna: User, result: str) -> None:
    ticket.close("спам", by=anna)
    with clock.at(LATER):
        over.file_under(ticket, by=anna)
        over.conclude(result, by=anna)

    ticket.refresh_from_db()
    assert ticket.is_open == (result == "passed_on") and bool(ticket.next_step) == ticket.is_open


def test_a_promise_in_an_ended_request_opens_it_again(ticket: Ticket, over: Call, anna: User) -> None:
    ticket.close("спам", by=anna)
    with clock.at(LATER):
        over.file_under(ticket, by=anna)
        over.conclude("promised", by=anna, until=LATER + timedelta(hours=1))

    ticket.refresh_from_db()
    assert ticket.is_open and ticket.next_step == NextStep.KEEP_PROMISE


def test_one_request_however_often_it_is_asked_for(tells: Tell, anna: User) -> None:
    call = tells("ringing", extension="101", number=NUMBER)

    assert call.open_ticket(by=anna) == call.open_ticket(by=anna)
    assert call.ticket is not None and call.ticket.contact.identities.get().value == NUMBER


def test_a_hidden_number_is_a_new_client_each_time(tells: Tell, anna: User) -> None:
    first = tells("ringing", extension="101").open_ticket(by=anna)
    second = tells("ringing", call="c2", extension="101").open_ticket(by=anna)

    assert first.contact != second.contact and not Identity.objects.exists()


def test_a_number_of_somebody_else_stays_theirs(over: Call, ticket: Ticket, anna: User) -> None:
    other = Contact.objects.recognise("phone", NUMBER, name="Анна")
    over.file_under(ticket, by=anna)

    assert Identity.objects.get(value=NUMBER).contact == other


def test_a_call_goes_along_when_its_request_is_joined(writes: Write, over: Call, anna: User) -> None:
    one, other = writes(), writes(sender="pavel@volga.test", subject="И ещё")
    over.file_under(one, by=anna)
    one.merge_into(other, by=anna)
    with clock.at(LATER):
        over.conclude("answered", by=anna)

    other.refresh_from_db()
    assert other.status == Status.RESOLVED


def test_a_call_is_filed_where_a_request_goes_on_that_was_just_joined(writes: Write, over: Call, anna: User) -> None:
    """The page that is open still shows the one that was joined away."""
    one, other, third = writes(), writes(subject="И ещё"), writes(subject="Третье")
    stale = Ticket.objects.get(pk=one.pk)
    one.merge_into(other, by=anna)
    Ticket.objects.get(pk=other.pk).merge_into(third, by=anna)
    over.file_under(stale, by=anna)

    assert Call.objects.get(pk=over.pk).ticket == third


def test_a_call_is_written_down_by_hand(ticket: Ticket, anna: User) -> None:
    with clock.at(LATER):
        call = by_hand.write_down(ticket, by=anna, outward=True, minutes=4, result="answered", note="Объяснила")

    ticket.refresh_from_db()
    assert call.by_hand and call.talked == 240 and call.outward and call.state == State.CONCLUDED
    assert ticket.status == Status.RESOLVED


@pytest.mark.parametrize("minutes", [-1, 601])
def test_a_length_that_cannot_be(ticket: Ticket, anna: User, minutes: int) -> None:
    with pytest.raises(Invalid) as refused:
        by_hand.write_down(ticket, by=anna, outward=False, minutes=minutes, result="answered")
    assert refused.value.field == "minutes" and not Call.objects.exists()


def test_who_may_act_and_hear(over: Call, anna: User, ilya: User, boris: User, vera: User, quality: User) -> None:
    assert access.can_act(anna, over) and access.can_act(boris, over)
    assert not any(access.can_act(person, over) for person in (ilya, vera, quality))
    assert [access.can_hear(person, over.holder_id) for person in (anna, boris, quality, ilya)] == [True] * 3 + [False]
    assert over in access.visible_to(ilya) and over not in access.visible_to(vera)


@pytest.mark.django_db(transaction=True)
def test_a_call_is_held_behind_the_request_to_which_it_went_meanwhile(writes: Write, over: Call, anna: User) -> None:
    one, other = writes(), writes(subject="И ещё")
    over.file_under(one, by=anna)
    stale = Call.objects.select_related("ticket").get(pk=over.pk)
    over.file_under(other, by=anna)

    def holds() -> None:
        with transaction.atomic():
            stale.hold()
            assert stale.ticket == other

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            other.lock()
            beside = pool.submit(at_an_end, holds)
            wait_until_somebody_is_blocked()
            assert Call.objects.select_for_update(nowait=True).get(pk=over.pk), "whoever holds its request has it"
        beside.result()
