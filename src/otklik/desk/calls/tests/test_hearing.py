"""From events to rows, screens, requests and call-backs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.datamap import declared
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Availability, Takes, Team, User
from otklik.desk.calls import hearing, telling
from otklik.desk.calls.models import Call, CallBack, CallEvent, Extension, Manner
from otklik.desk.calls.models.call import State
from otklik.desk.calls.tests.conftest import NOON, NUMBER, Tell
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.clients.models.secrecy import Secrecy
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db
CALL_BACK = "calls_callback"

EVENTS = [
    ("ringing", 0, {"number": NUMBER}),
    ("answered", 5, {"extension": "101"}),
    ("held", 10, {}),
    ("ended", 65, {}),
]
COLUMNS = (
    *("begun_at", "answered_at", "ended_at", "waited", "talked", "held", "holds", "transfers", "number"),
    *("holder_id", "answered_by_id", "rings", "beside", "wrap_until", "contact_id", "result"),
)


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_the_row_is_the_same_in_the_end(exchange: Channel, phones: None, order: tuple[int, ...]) -> None:
    told = [Told(Kind(kind), NOON + timedelta(seconds=second), kind, **more) for kind, second, more in EVENTS]  # type: ignore[arg-type]
    with clock.at(NOON + timedelta(seconds=70)):
        heard = [hearing.hear(exchange, "c", told[place]) for place in (*order, *order)]

    assert heard == [True] * 4 + [False] * 4
    row = Call.objects.values(*COLUMNS).get()
    assert (row["waited"], row["talked"], row["held"], row["number"]) == (5, 5, 55, NUMBER)
    assert row["holder_id"] == Extension.objects.get(number="101").user_id and row["rings"] == []
    assert not CallBack.objects.owed().exists(), "it was answered, whatever came first"


MISSED = [
    ("ringing", 0, {"number": NUMBER}),
    ("ringing", 3, {"number": NUMBER, "extension": "101"}),
    ("ended", 12, {}),
]
OUTWARD = [
    ("ringing", 0, {"number": NUMBER, "extension": "101", "outward": True}),
    ("ended", 12, {}),
    ("recorded", 13, {"address": "https://pbx.test/1"}),
]


@pytest.mark.parametrize("events", [MISSED, OUTWARD], ids=["missed", "outward"])
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_what_comes_of_a_call_nobody_answered_is_the_same(
    exchange: Channel, phones: None, pavel: Contact, events: list, order: tuple[int, ...]
) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NUMBER)
    told = [
        Told(Kind(kind), NOON + timedelta(seconds=second), f"{kind}{second}", **more) for kind, second, more in events
    ]
    with clock.at(NOON + timedelta(seconds=20)):
        for place in order:
            hearing.hear(exchange, "c", told[place])
            hearing.find_unrung()

    call = Call.objects.get()
    assert (call.contact, call.outward, call.state) == (pavel, events is OUTWARD, State.MISSED)
    if call.outward:
        assert call.ticket is None and not Ticket.objects.exists() and not CallBack.objects.exists()
    else:
        assert CallBack.objects.get().ticket == call.ticket == Ticket.objects.get() and call.ticket.is_open
        assert call.ticket.contact == pavel and Contact.objects.count() == 1


def test_an_end_without_a_beginning_is_missed_after_a_minute(tells: Tell) -> None:
    call = tells("ended", 12)
    assert call.ticket is None and not Ticket.objects.exists()
    with clock.at(NOON + timedelta(seconds=71)):
        assert hearing.find_unrung() == 0
    with clock.at(NOON + timedelta(seconds=72)):
        assert hearing.find_unrung() == 1 and hearing.find_unrung() == 0

    call.refresh_from_db()
    assert call.ticket is not None and not call.ticket.is_open


def test_it_rings_where_the_exchange_says(tells: Tell, anna: User, ilya: User) -> None:
    call = tells("ringing", extension="102", number=NUMBER)

    assert call.rings == [ilya.pk] and call.state == State.RINGING
    with clock.at(NOON):
        assert list(Call.objects.shown_to(ilya.pk)) == [call] and not Call.objects.shown_to(anna.pk)


def test_a_queue_rings_at_the_desks_of_ready_people_who_do_not_talk(tells: Tell, anna: User, ilya: User) -> None:
    with clock.at(NOON):
        for person in (anna, ilya):
            person.say(Availability.READY, by=person)
    tells("ringing", number="+79990000000")
    tells("answered", 1, extension="101")

    assert tells("ringing", 2, call="c2", number=NUMBER).rings == [ilya.pk]


def test_a_queue_asks_once_who_is_busy(tells: Tell, anna: User, ilya: User) -> None:
    with clock.at(NOON):
        for person in (anna, ilya):
            person.say(Availability.READY, by=person)
    with CaptureQueriesContext(connection) as asked:
        assert len(tells("ringing", number=NUMBER).rings) == 2

    assert sum("&&" in one["sql"] for one in asked) == 1


def test_when_somebody_answers_it_leaves_the_other_screens(tells: Tell, anna: User, ilya: User) -> None:
    tells("ringing", extension="101", number=NUMBER)
    tells("ringing", 1, extension="102")
    tells("answered", 4, extension="102")

    told = Entry.objects.filter(kind="calls.CallTurned").latest("id").data
    assert told["state"] == "talking" and set(told["people"]) == {anna.pk, ilya.pk}
    with clock.at(NOON + timedelta(seconds=5)):
        assert not Call.objects.shown_to(anna.pk) and Call.objects.shown_to(ilya.pk).count() == 1


def test_who_talks_and_who_writes_the_result_is_busy(tells: Tell, anna: User, ilya: User) -> None:
    def busy(second: int) -> set[int]:
        with clock.at(NOON + timedelta(seconds=second)):
            return Call.objects.busy([anna.pk, ilya.pk])

    tells("ringing", extension="101", number=NUMBER)
    assert busy(1) == set()
    tells("answered", 2, extension="101")
    assert busy(3) == {anna.pk}
    tells("ended", 60)
    assert busy(89) == {anna.pk} and busy(90) == set(), "thirty seconds"


def test_the_time_after_a_call_is_a_setting(tells: Tell, exchange: Channel, anna: User) -> None:
    Manner.objects.create(channel=exchange, wrap_seconds=0)
    tells("answered", extension="101")
    tells("ended", 9)

    with clock.at(NOON + timedelta(seconds=9)):
        assert Call.objects.busy([anna.pk]) == set()


def test_a_caller_is_known_by_the_number_however_it_was_written(tells: Tell, pavel: Contact) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value="89001112233")

    assert tells("ringing", number="8 (900) 111-22-33").contact == pavel


def test_two_people_of_one_number_are_no_known_caller(tells: Tell, pavel: Contact) -> None:
    other = Contact.objects.create(name="Анна")
    Identity.objects.create(contact=pavel, kind="phone", value="89001112233")
    Identity.objects.create(contact=other, kind="phone", value=NUMBER)

    assert tells("ringing", number=NUMBER).contact is None


def test_an_unknown_inner_number_makes_a_lead_answerable(tells: Tell, boris: User) -> None:
    tells("ringing", number=NUMBER)

    assert tells("answered", 3, extension="999").holder == boris


def test_a_missed_call_is_called_back_within_working_minutes(tells: Tell, line_one: Team) -> None:
    call = tells("ringing", number=NUMBER)
    call = tells("ended", 12)

    owed = CallBack.objects.get()
    assert call.state == State.MISSED and call.ticket == owed.ticket
    assert owed.due_at == NOON + timedelta(seconds=12, minutes=15) == owed.ticket.due_at
    assert owed.ticket.is_open and owed.ticket.team == line_one and owed.ticket.take_by
    assert NUMBER in owed.ticket.next_note


@pytest.mark.parametrize("named", [True, False])
def test_texts_do_not_repeat_a_number_that_is_personal(tells: Tell, pavel: Contact, anna: User, named: bool) -> None:
    Secrecy(pk=1, facts=["phones"]).save()
    if named:
        Identity.objects.create(contact=pavel, kind="phone", value=NUMBER)
    tells("ringing", number=NUMBER)
    tells("ended", 12)
    tells("ringing", 50, call="c2", extension="101", number=NUMBER).open_ticket(by=anna)

    for ticket in Ticket.objects.all():
        texts = [ticket.subject, ticket.next_note, *ticket.conversation.messages.values_list("text", flat=True)]
        assert not any(NUMBER in text for text in texts)
        assert any("…33" in text for text in texts) != named


def test_at_night_the_minutes_begin_in_the_morning(tells: Tell, line_one: Team) -> None:
    days = {day: [["15:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(weekly=days)
    tells("ringing", number=NUMBER)
    tells("ended", 12)

    assert CallBack.objects.get().due_at == NOON + timedelta(hours=6, minutes=15), "noon in Moscow is 9:00 UTC"


def test_one_number_is_owed_one_call_back(tells: Tell) -> None:
    for number, call in enumerate(("c1", "c2")):
        tells("ringing", 60 * number, call=call, number=NUMBER)
        tells("ended", 60 * number + 9, call=call)

    owed = CallBack.objects.get()
    assert owed.ticket.calls.count() == 2 and Ticket.objects.count() == 1


def test_another_number_is_another_call_back(tells: Tell) -> None:
    for call, number in (("c1", NUMBER), ("c2", "+79995554433")):
        tells("ringing", call=call, number=number)
        tells("ended", 9, call=call)

    assert CallBack.objects.count() == 2


def test_a_hidden_number_is_written_down_and_waits_for_nobody(tells: Tell) -> None:
    tells("ringing")
    call = tells("ended", 9)

    assert not CallBack.objects.exists() and call.ticket is not None and not call.ticket.is_open


def test_who_calls_again_and_is_answered_is_owed_nothing(tells: Tell, anna: User) -> None:
    tells("ringing", number=NUMBER)
    tells("ended", 9)
    tells("ringing", 120, call="c2", number=NUMBER)
    again = tells("answered", 125, call="c2", extension="101")

    owed = CallBack.objects.get()
    assert owed.done_at and owed.reached_by == again and owed.in_time
    assert not owed.ticket.is_open and again.ticket is None
    told = Entry.objects.get(kind="calls.CallerReached")
    assert told.about_id == owed.ticket_id and told.data["called_again"] and told.actor_id == anna.pk


def test_a_request_is_held_before_what_is_owed_there(tells: Tell, anna: User) -> None:
    """Whoever ends a request holds it and then the call-back: two orders would wait for each other."""

    tells("ringing", number=NUMBER)
    tells("ended", 9)
    tells("ringing", 300, call="back", extension="101", number=NUMBER, outward=True)
    tells("answered", 310, call="back", extension="101")
    back = tells("ended", 400, call="back")
    with CaptureQueriesContext(connection) as concluding, clock.at(NOON + timedelta(seconds=410)):
        back.conclude("passed_on", by=anna)
    tells("ringing", 500, call="c2", number=NUMBER)
    tells("ended", 509, call="c2")
    tells("ringing", 520, call="c3", number=NUMBER)
    with CaptureQueriesContext(connection) as answering:
        tells("answered", 525, call="c3", extension="101")

    assert held(concluding, CALL_BACK) == held(answering, CALL_BACK) == ["tickets_ticket", CALL_BACK]


def test_a_request_is_held_before_a_call_in_it(tells: Tell, ticket: Ticket, anna: User) -> None:
    """Whoever joins requests holds them and then their calls."""
    tells("ringing", extension="101", number=NUMBER)
    call = tells("answered", 5, extension="101")
    with CaptureQueriesContext(connection) as filing:
        call.file_under(ticket, by=anna)
    with CaptureQueriesContext(connection) as hearing_on:
        tells("held", 9)

    assert held(filing, "calls_call") == held(hearing_on, "calls_call") == ["tickets_ticket", "calls_call"]


@pytest.mark.django_db(transaction=True)
def test_what_is_heard_waits_for_the_request_to_which_the_call_went_meanwhile(
    tells: Tell, writes: Write, exchange: Channel, anna: User
) -> None:
    tells("ringing", extension="101", number=NUMBER)
    call, one, other = tells("answered", 5, extension="101"), writes(), writes(subject="И ещё")
    call.file_under(one, by=anna)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            one.lock()
            beside = pool.submit(at_an_end, lambda: _hears_while_nobody_has(other, exchange))
            wait_until_somebody_is_blocked()
            Call.objects.filter(pk=call.pk).update(ticket=other)
        beside.result()


def _hears_while_nobody_has(ticket: Ticket, exchange: Channel) -> None:
    with transaction.atomic():
        hearing.hear(exchange, "c1", Told(Kind.HELD, NOON + timedelta(seconds=9), "held"))
        with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError):
            pool.submit(at_an_end, lambda: _take(ticket)).result()


def _take(ticket: Ticket) -> None:
    with transaction.atomic():
        Ticket.objects.select_for_update(nowait=True).get(pk=ticket.pk)


def held(asked: CaptureQueriesContext, table: str) -> list[str]:
    """In which order the rows of requests and of this table were held."""
    statements = [one["sql"] for one in asked]
    turned = [one for one in statements if ("FOR " in one and "UPDATE" in one) or one.startswith("UPDATE")]
    tables = [name for one in turned for name in ("tickets_ticket", table) if f'"{name}"' in one[:4000]]
    return list(dict.fromkeys(tables))


def test_two_working_hours_later_a_caller_counts_as_lost(tells: Tell) -> None:
    tells("ringing", number=NUMBER)
    tells("ended", 10)
    tells("ringing", 7200, call="c2", number=NUMBER)
    tells("answered", 7211, call="c2", extension="101")

    assert not CallBack.objects.get().in_time


def test_our_call_back_belongs_to_its_request(tells: Tell, anna: User) -> None:
    tells("ringing", number=NUMBER)
    tells("ended", 9)
    tells("ringing", 300, call="back", extension="101", number=NUMBER, outward=True)
    tells("answered", 310, call="back", extension="101")
    back = tells("ended", 400, call="back")
    owed = CallBack.objects.get()
    assert back.ticket == owed.ticket and owed.done_at is None, "nobody has said yet that it was them"

    with clock.at(NOON + timedelta(seconds=410)):
        back.conclude("answered", by=anna)

    owed.refresh_from_db()
    assert owed.in_time and owed.reached_by == back
    assert Ticket.objects.get().status == "resolved"


def test_a_request_that_ends_otherwise_owes_no_call(tells: Tell, anna: User) -> None:
    tells("ringing", number=NUMBER)
    tells("ended", 9)
    Ticket.objects.get().close("спам", by=anna)

    owed = CallBack.objects.get()
    assert owed.done_at and owed.reached_by is None and not owed.in_time


def test_a_second_specialist_sees_the_request(tells: Tell, anna: User, vera: User) -> None:
    Extension.objects.create(user=vera, number="201")
    tells("ringing", extension="101", number=NUMBER)
    call = tells("answered", 3, extension="101")
    with clock.at(NOON + timedelta(seconds=4)):
        ticket = call.open_ticket(by=anna)
    call = tells("joined", 30, extension="201")

    ticket.refresh_from_db()
    assert call.beside == [vera.pk] and ticket.works_with == [vera.pk] and call.transfers == 0


def test_a_call_that_is_never_ended_is_ended_by_us(tells: Tell) -> None:
    tells("ringing", extension="101", number=NUMBER)
    tells("answered", 3, extension="101")
    with clock.at(NOON + timedelta(hours=3)):
        assert hearing.find_lost() == 0
    with clock.at(NOON + timedelta(hours=5)):
        assert hearing.find_lost() == 1 and hearing.find_lost() == 0

    call = Call.objects.get()
    assert call.ended_at == NOON + timedelta(seconds=3) and call.state == State.OVER
    assert tells("ended", 90).talked == 87, "the real end comes after all"


def test_leads_read_of_a_call_without_a_result_after_an_hour_once(tells: Tell, boris: User, anna: User) -> None:
    tells("answered", extension="101", number=NUMBER)
    tells("ended", 10)
    with clock.at(NOON + timedelta(seconds=3610)):
        assert telling.tell_leads() == 0
    with clock.at(NOON + timedelta(seconds=3611)):
        assert telling.tell_leads() == 1 and telling.tell_leads() == 0

    notice = Notice.objects.get(person=boris)
    assert anna.name in notice.text and not Notice.objects.filter(person=anna).exists()


def test_who_leaves_leaves_results_to_the_lead(tells: Tell, anna: User, boris: User, admin: User) -> None:
    tells("answered", extension="101", number=NUMBER)
    tells("ended", 10)

    anna.deactivate(by=admin)

    assert Call.objects.get().holder == boris


def test_who_has_left_is_not_called(tells: Tell, anna: User, admin: User, boris: User) -> None:
    anna.deactivate(by=admin)
    assert not Extension.objects.filter(number="101").exists()

    Extension.objects.create(user=anna, number="101")  # as it stood before the leaving was heard
    assert anna.pk not in tells("ringing", extension="101", number=NUMBER).rings
    assert tells("answered", 3, extension="101").holder == boris


def test_events_of_a_client_without_a_request_are_found_for_an_erasure(tells: Tell, pavel: Contact) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NUMBER)
    call = tells("ringing", extension="101", number=NUMBER)
    assert call.contact == pavel and call.ticket is None

    for place in declared():
        if place.model in (Call, CallEvent):
            assert place.rows("contact", [pavel.pk]).count() == 1
            place.erase(place.rows("contact", [pavel.pk]))
    call.refresh_from_db()
    assert call.number != NUMBER and call.events.get().number != NUMBER


def test_a_letter_of_a_request_of_a_call_leaves_from_the_mailbox_of_the_line(
    tells: Tell, door: Channel, pavel: Contact, anna: User
) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NUMBER)
    call = tells("answered", extension="101", number=NUMBER)
    ticket = call.open_ticket(by=anna)

    from otklik.desk.tickets.steps import Resolve

    message = ticket.reply("Готово", by=anna, then=Resolve())

    assert message.outbound is not None and message.outbound.channel == door


def test_a_queue_rings_only_where_calls_are_taken(tells: Tell, anna: User, ilya: User) -> None:
    with clock.at(NOON):
        anna.say(Availability.READY, by=anna, takes=Takes.CHATS)
        ilya.say(Availability.READY, by=ilya, takes=Takes.LIVE)
    assert tells("ringing", number=NUMBER).rings == [ilya.pk]
