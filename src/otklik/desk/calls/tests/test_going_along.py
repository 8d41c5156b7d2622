"""Calls of a request that was joined stand in the one that goes on, and come back with what was said."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.calls import by_hand
from otklik.desk.calls.models import Call, CallBack
from otklik.desk.calls.tests.conftest import NOON, NUMBER, Tell
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.tickets.models import Relocation, Status, Ticket
from tests.fixtures.cast import Write, fresh

pytestmark = pytest.mark.django_db
OTHER = "+79995554433"
LATER = NOON + timedelta(minutes=30)


@pytest.fixture
def pair(writes: Write) -> tuple[Ticket, Ticket]:
    """Two requests of Pavel's, the second with a call that has its result."""
    return writes("Нет звука"), writes("Звука всё ещё нет", subject="Звук")


@pytest.fixture
def call(pair: tuple[Ticket, Ticket], anna: User) -> Call:
    return by_hand.write_down(pair[1], by=anna, outward=False, minutes=3, result="passed_on", note="Проверили кабель")


def told(ticket: Ticket) -> list[str]:
    return list(
        Entry.objects.filter(about="ticket", about_id=ticket.pk, kind__startswith="calls.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_joined_and_undone(pair: tuple[Ticket, Ticket], call: Call, anna: User) -> None:
    first, second = pair
    done = second.merge_into(first, by=anna)

    call.refresh_from_db()
    assert (call.ticket, call.result, call.holder) == (first, "passed_on", anna)
    assert told(first)[-1] == "calls.CallStands" and told(second)[-1] == "calls.CallWent"

    fresh(second).bring_back(done, by=anna)
    call.refresh_from_db()
    assert call.ticket == second and told(first)[-1] == "calls.CallWent"


def test_what_came_since_stays_where_it_is(pair: tuple[Ticket, Ticket], call: Call, anna: User) -> None:
    first, second = pair
    own = by_hand.write_down(first, by=anna, outward=False, minutes=1, result="passed_on")
    done = second.merge_into(first, by=anna)
    since = by_hand.write_down(fresh(first), by=anna, outward=True, minutes=1, result="passed_on")
    fresh(second).bring_back(done, by=anna)

    assert set(Call.objects.filter(ticket=first)) == {own, since}
    assert list(Call.objects.filter(ticket=second)) == [call]


def test_along_a_chain_and_back_step_by_step(
    pair: tuple[Ticket, Ticket], call: Call, anna: User, writes: Write
) -> None:
    first, second = pair
    third = writes("Третье")
    one = second.merge_into(first, by=anna)
    two = fresh(first).merge_into(third, by=anna)
    assert Call.objects.get().ticket == third

    fresh(first).bring_back(two, by=anna)
    assert Call.objects.get().ticket == first
    fresh(second).bring_back(one, by=anna)
    assert Call.objects.get().ticket == second


def test_calls_of_requests_that_were_joined_before_go_along(
    pair: tuple[Ticket, Ticket], call: Call, anna: User, tells: Tell, writes: Write
) -> None:
    """Through a chain, step by step back, and nothing twice; what was not joined stays."""
    first, second = pair
    tells("ringing", 0, "m", number=NUMBER)
    tells("ended", 30, "m")
    missed, third = CallBack.objects.get(), writes("Третье", subject="Третье")
    apart = by_hand.write_down(third, by=anna, outward=False, minutes=1, result="passed_on")
    gone = missed.ticket
    one = second.merge_into(first, by=anna)
    two = fresh(first).merge_into(third, by=anna)
    other = fresh(gone).merge_into(fresh(third), by=anna, disclose=True)
    Call.objects.filter(pk=call.pk).update(ticket=second)
    Call.objects.filter(external_id="m").update(ticket=gone)
    CallBack.objects.update(ticket=gone)
    for relocation in Relocation.objects.all():
        relocation.before = {name: told for name, told in relocation.before.items() if not name.startswith("call")}
        relocation.save()

    upgrade = import_module("otklik.desk.calls.migrations.0007_calls_of_requests_joined_before")
    for _time in range(2):
        upgrade.go_along(apps, None)
        assert set(Call.objects.values_list("ticket", flat=True)) == {third.pk}
        assert CallBack.objects.get().ticket == third
        assert [Relocation.objects.get(pk=each.pk).before.get("calls") for each in (one, two)] == [[call.pk]] * 2

    for source, done in ((gone, other), (first, two), (second, one)):
        fresh(source).bring_back(Relocation.objects.get(pk=done.pk), by=anna)
    assert Call.objects.get(pk=call.pk).ticket == second and Call.objects.get(pk=apart.pk).ticket == third
    assert Call.objects.get(external_id="m").ticket == CallBack.objects.get().ticket == gone


def test_a_call_of_somebody_else_stays_theirs(anna: User, tells: Tell, writes: Write) -> None:
    tells("ringing", extension="101", number=NUMBER)
    tells("answered", 5, extension="101")
    call = tells("ended", 65)
    opened, other = call.open_ticket(by=anna, name="Мария"), writes("Нет звука")
    opened.merge_into(other, by=anna, disclose=True)

    call.refresh_from_db()
    assert call.ticket == other and call.contact and call.contact.name == "Мария"


def test_a_call_that_goes_on_shows_the_request_that_stays(anna: User, tells: Tell, writes: Write) -> None:
    tells("ringing", extension="101", number=NUMBER)
    call = tells("answered", 5, extension="101")
    other = writes("Нет звука")
    call.open_ticket(by=anna).merge_into(other, by=anna, disclose=True)
    assert Entry.objects.filter(kind="calls.CallTurned", about_id=call.pk).latest("pk").data["people"] == [anna.pk]

    over = tells("ended", 65)
    assert over.ticket == other
    with clock.at(NOON + timedelta(minutes=2)):
        over.conclude("no_one", by=anna)
    assert fresh(other).is_open, "the call was about nothing, the letter was not"


def test_a_split_takes_the_call_whose_words_go(
    pair: tuple[Ticket, Ticket], call: Call, anna: User, writes: Write
) -> None:
    second = fresh(pair[1])
    letter = second.conversation.messages.filter(direction="in").first()
    reply = writes("И про счёт", token=second.conversation.token)
    assert reply == second and letter and call.note
    moved = second.conversation.messages.filter(direction="in").latest("pk")
    begun = fresh(second).split_off([moved.pk], by=anna)
    call.refresh_from_db()
    assert call.ticket == second, "its words have stayed"

    fresh(second).bring_back(Relocation.objects.get(target=begun), by=anna)
    again = fresh(second).split_off([call.note.pk, moved.pk], by=anna)
    call.refresh_from_db()
    assert call.ticket == again
    since = by_hand.write_down(again, by=anna, outward=True, minutes=1, result="passed_on")
    assert since.note
    since.note.delete()  # nothing more is in the request, it can be undone

    fresh(second).bring_back(Relocation.objects.get(target=again, undone_at=None), by=anna)
    assert set(Call.objects.filter(ticket=second)) == {call, since}


def test_who_is_owed_a_call_back_is_owed_it_there(anna: User, tells: Tell, writes: Write) -> None:
    tells("ringing", extension="101", number=NUMBER)
    tells("ended", 30)
    owed = CallBack.objects.get()
    missed, other = owed.ticket, writes("Нет звука")
    with clock.at(NOON + timedelta(minutes=1)):
        done = missed.merge_into(other, by=anna, disclose=True)
    owed.refresh_from_db()
    assert (owed.ticket, owed.done_at) == (other, None), "it has ended only in name"

    with clock.at(NOON + timedelta(minutes=2)):
        fresh(missed).bring_back(done, by=anna)
    owed.refresh_from_db()
    assert (owed.ticket, owed.done_at) == (missed, None)


def test_a_caller_who_calls_again_does_not_close_what_else_was_asked(anna: User, tells: Tell, writes: Write) -> None:
    tells("ringing", extension="101", number=NUMBER)
    tells("ended", 30)
    other = writes("Нет звука")
    with clock.at(NOON + timedelta(minutes=1)):
        CallBack.objects.get().ticket.merge_into(other, by=anna, disclose=True)
    tells("ringing", 300, "c2", extension="101", number=NUMBER)
    tells("answered", 305, "c2", extension="101")

    owed = CallBack.objects.get()
    assert owed.done_at and owed.in_time and owed.reached_by == Call.objects.get(external_id="c2")
    assert fresh(other).status != Status.CLOSED


@pytest.fixture
def two_owed(anna: User, tells: Tell) -> Ticket:
    """Two callers were missed, and their requests were joined."""
    for call, number in (("c1", NUMBER), ("c2", OTHER)):
        tells("ringing", 0, call, extension="101", number=number)
        tells("ended", 30, call)
    first, second = (owed.ticket for owed in CallBack.objects.order_by("pk"))
    with clock.at(NOON + timedelta(minutes=5)):
        second.merge_into(first, by=anna, disclose=True)
    assert fresh(first).call_backs.owed().count() == 2
    return fresh(first)


def test_two_owed_in_one_request_are_settled_when_it_ends(two_owed: Ticket, anna: User) -> None:
    with clock.at(LATER):
        two_owed.close("Письмом", by=anna)

    assert not CallBack.objects.owed().exists()


@pytest.mark.parametrize("number", [NUMBER, OTHER])
def test_who_was_called_back_is_not_everybody(two_owed: Ticket, tells: Tell, anna: User, number: str) -> None:
    tells("ringing", 600, "back", extension="101", number=number, outward=True)
    tells("answered", 610, "back", extension="101")
    back = tells("ended", 700, "back")
    with clock.at(LATER):
        back.conclude("passed_on", by=anna)

    done = CallBack.objects.get(number=number)
    assert back.ticket == two_owed and done.reached_by == back and done.in_time
    assert CallBack.objects.owed().get() != done, "the other one still waits"


def test_a_call_without_a_number_was_with_the_client_of_the_request(two_owed: Ticket, anna: User) -> None:
    with clock.at(LATER):
        by_hand.write_down(two_owed, by=anna, outward=True, minutes=1, result="passed_on")

    assert CallBack.objects.owed().get().number == OTHER


def test_who_was_reached_by_a_number_of_several_is_not_owed_a_call(tells: Tell, anna: User) -> None:
    """The office of two colleagues: the client of the request is neither, as far as we know."""
    for value in ("+74951234567", "84951234567"):
        Identity.objects.create(kind="phone", value=value, contact=Contact.objects.create(name=value))
    tells("ringing", 0, "c1", extension="101", number=NUMBER)
    tells("ended", 30, "c1")
    owed = CallBack.objects.get()
    tells("ringing", 600, "back", extension="101", number="+74951234567")
    tells("answered", 610, "back", extension="101")
    back = tells("ended", 700, "back")
    with clock.at(LATER):
        back.file_under(owed.ticket, by=anna)
        back.conclude("passed_on", by=anna)

    owed.refresh_from_db()
    assert owed.reached_by == back
