"""Visits: planned, told as a promise, kept by coming, never forgotten."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Promise, Ticket, Visit
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.desk.tickets.visit_plan import Overlaps, VisitPlan
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(starts: datetime, ilya: User) -> VisitPlan:
    return VisitPlan("Самара, Садовая, 5", starts, starts + 2 * HOUR, [ilya], route="Код 12", bring="Роутер")


@pytest.fixture
def visit(ticket: Ticket, plan: VisitPlan, anna: User) -> Visit:
    return ticket.plan_visit(plan, by=anna)


@pytest.fixture
def told(ticket: Ticket, visit: Visit, anna: User) -> Visit:
    ticket.tell_visit(visit, by=anna)
    return visit


def moved(plan: VisitPlan, by: timedelta, **more: Any) -> VisitPlan:
    values: dict[str, Any] = {**vars(plan), "starts_at": plan.starts_at + by, "ends_at": plan.ends_at + by, **more}
    return VisitPlan(**values)


def event_of(content: bytes) -> Any:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def count(ticket: Ticket, kind: str) -> int:
    return Entry.objects.about("ticket", ticket.pk).filter(kind=f"tickets.{kind}").count()


def minded(at: datetime) -> int:
    with clock.at(at):
        return Ticket.objects.mind_visits()


def test_a_visit_has_a_place_a_window_and_people(ticket: Ticket, visit: Visit, ilya: User) -> None:
    assert list(visit.people.all()) == [ilya] and visit.state == "planned" and not visit.is_told
    entry = Entry.objects.get(kind="tickets.VisitPlanned")
    assert entry.data["place"] == "Самара, Садовая, 5" and entry.data["people"] == [ilya.pk]
    assert not Promise.objects.exists(), "nobody was told"


def test_what_makes_no_sense_is_refused(ticket: Ticket, plan: VisitPlan, anna: User, vera: User) -> None:
    changes: list[tuple[str, dict[str, Any]]] = [
        ("place", {"place": "  "}),
        ("place", {"place": "о" * 301}),
        ("map_link", {"map_link": "javascript:alert(1)"}),
        ("starts", {"starts_at": clock.now() - 3 * HOUR, "ends_at": clock.now() - HOUR}),
        ("ends", {"ends_at": plan.starts_at}),
        ("ends", {"ends_at": plan.starts_at + 25 * HOUR}),
        ("starts", {"starts_at": plan.starts_at + 400 * DAY, "ends_at": plan.starts_at + 400 * DAY + HOUR}),
        ("people", {"people": []}),
        ("people", {"people": [vera]}),
    ]
    for field, change in changes:
        with pytest.raises(Invalid) as refused:
            ticket.plan_visit(VisitPlan(**{**vars(plan), **change}), by=anna)
        assert refused.value.field == field, change
    assert not Visit.objects.exists()


def test_who_is_elsewhere_or_away_is_warned_of(
    ticket: Ticket, visit: Visit, plan: VisitPlan, anna: User, ilya: User, boris: User
) -> None:
    with pytest.raises(Overlaps, match=f"№ {ticket.pk}"):
        ticket.plan_visit(moved(plan, HOUR), by=anna)
    ticket.plan_visit(moved(plan, 2 * HOUR), by=anna)  # one after the other
    assert ticket.plan_visit(moved(plan, HOUR, despite=True), by=anna).pk
    ticket.replan_visit(visit, moved(plan, -HOUR), by=anna)  # it does not meet itself

    Absence.objects.declare(ilya, by=boris, since=plan.starts_at + 2 * DAY, until=plan.starts_at + 4 * DAY)
    with pytest.raises(Overlaps, match=ilya.name):
        ticket.plan_visit(moved(plan, 3 * DAY), by=anna)


def test_the_client_reads_when_who_comes_and_gets_a_file_for_the_calendar(
    ticket: Ticket, visit: Visit, anna: User, ilya: User, paper: Paper
) -> None:
    ticket.tell_visit(visit, by=anna)

    letter = paper.letters[-1]
    assert visit.place in letter.text and ilya.name in letter.text and "Код 12" not in letter.text
    assert f"{ticket.key.hex}" not in letter.text and "#visit" in letter.text
    (file,) = letter.files
    event = event_of(file.content)
    assert (file.name, file.media_type) == ("visit.ics", "text/calendar")
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["LOCATION"]) == (visit.starts_at, visit.ends_at, visit.place)
    assert "/request/" not in file.content.decode(), "a calendar is shared; the door is the client's alone"
    promise = Promise.objects.get()
    visit.refresh_from_db()
    assert promise.of_visit and promise.until == visit.ends_at and visit.promise == promise and visit.is_told
    ticket.refresh_from_db()
    assert ticket.next_step == "keep_promise" and ticket.due_at == visit.ends_at


def test_coming_in_time_keeps_the_promise_and_a_letter_does_not(
    ticket: Ticket, told: Visit, anna: User, ilya: User, starts: datetime
) -> None:
    ticket.reply("Какой у вас подъезд?", by=anna, then=Wait(clock.now() + DAY))
    assert Promise.objects.current().count() == 1, "nobody has come yet"

    with clock.at(starts + HOUR):
        ticket.step_visit(told, "coming", by=ilya)
        ticket.step_visit(told, "here", by=ilya)
        assert Promise.objects.get().is_kept
        ticket.refresh_from_db()
        assert ticket.status == "open" and ticket.next_step == "continue" and ticket.due_at == told.ends_at
    with clock.at(starts + 3 * HOUR):
        ticket.step_visit(told, "done", by=ilya, result="Заменили роутер")
        ticket.refresh_from_db()
        assert ticket.due_at and ticket.due_at > clock.now() and Promise.objects.get().is_kept
    assert count(ticket, "PromiseFulfilled") == 1 and count(ticket, "VisitTurned") == 3


def test_nothing_sleeps_past_a_visit_that_was_told(ticket: Ticket, told: Visit, anna: User, starts: datetime) -> None:
    for then in (Wait(starts + 4 * HOUR), PutAside(starts + 4 * HOUR, "проверить", agreed=True)):
        with pytest.raises(Invalid) as refused:
            ticket.reply("Ждём", by=anna, then=then)
        assert refused.value.field == "until"


def test_a_visit_called_off_by_the_client_breaks_nothing(
    ticket: Ticket, told: Visit, ilya: User, starts: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        ticket.step_visit(told, "failed", by=ilya, result=" ")
    assert refused.value.field == "result"
    ticket.step_visit(told, "failed", by=ilya, result="Клиент попросил отменить", by_client=True)
    ticket.refresh_from_db()

    assert not Promise.objects.current() and ticket.next_step == "continue"
    with clock.at(starts + DAY):
        assert Ticket.objects.mind_promises() == 0 and not Promise.objects.exclude(broken_at=None)


def test_one_that_we_failed_is_broken_when_its_time_is_over(
    ticket: Ticket, told: Visit, anna: User, starts: datetime
) -> None:
    ticket.step_visit(told, "failed", by=anna, result="Сломалась машина")
    ticket.reply("Простите, машина сломалась", by=anna, then=Wait(clock.now() + DAY))
    with clock.at(told.ends_at + HOUR):
        while Ticket.objects.mind_promises():
            pass
    assert Promise.objects.get().broken_at and not Promise.objects.get().is_kept


def test_a_slip_is_taken_back(ticket: Ticket, told: Visit, ilya: User) -> None:
    ticket.step_visit(told, "done", by=ilya, result="Готово")
    ticket.step_visit(told, "planned", by=ilya)

    told.refresh_from_db()
    assert not told.is_over and told.came_at is None and told.next_mark
    assert Promise.objects.current().get() == told.promise
    ticket.refresh_from_db()
    assert ticket.next_step == "keep_promise"


def test_what_cannot_follow_is_refused(ticket: Ticket, visit: Visit, ilya: User) -> None:
    ticket.step_visit(visit, "done", by=ilya)
    ticket.step_visit(visit, "done", by=ilya)
    with pytest.raises(Conflict):
        ticket.step_visit(visit, "coming", by=ilya)
    assert count(ticket, "VisitTurned") == 1


def test_a_time_that_moved_is_told_with_the_reason(
    ticket: Ticket, told: Visit, plan: VisitPlan, anna: User, paper: Paper
) -> None:
    ticket.replan_visit(told, moved(plan, DAY), by=anna)
    assert told.is_told_otherwise
    with pytest.raises(Invalid) as refused:
        ticket.tell_visit(told, by=anna)
    assert refused.value.field == "why"

    told.refresh_from_db()
    ticket.tell_visit(told, by=anna, why="машина занята")
    old, new = Promise.objects.order_by("pk")
    assert old.moved_at and new.moved_from == old.until and new.why == "машина занята"
    assert "машина занята" in paper.letters[-1].text
    first, second = (event_of(letter.files[0].content) for letter in paper.letters[-2:])
    assert first["UID"] == second["UID"] and first["SEQUENCE"] < second["SEQUENCE"]
    assert ticket.date_to_agree is None, "they are asked of the visit"


@pytest.mark.parametrize("agreed", [True, False])
def test_the_client_says_whether_the_time_suits(ticket: Ticket, told: Visit, agreed: bool) -> None:
    assert ticket.visit_to_agree == told
    ticket.answer_visit(told.pk, agreed)

    told.refresh_from_db()
    ticket.refresh_from_db()
    assert told.agreed is agreed and told.state == ("confirmed" if agreed else "planned")
    assert ticket.returned == ("" if agreed else "rejected") and bool(ticket.waiting_since) is not agreed
    with pytest.raises(Conflict):
        ticket.answer_visit(told.pk, agreed)


def test_it_is_called_to_mind_before_and_after(ticket: Ticket, visit: Visit, anna: User, starts: datetime) -> None:
    ticket.reply("Приедем", by=anna, then=PutAside(starts + 5 * DAY, "посмотреть", agreed=True))

    assert minded(starts - 3 * HOUR) == 0
    assert minded(starts - HOUR) == 1 and minded(starts - HOUR) == 0
    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at, ticket.returned) == ("open", starts, "visit")

    assert minded(visit.ends_at) == 1 and minded(visit.ends_at + DAY) == 0
    visit.refresh_from_db()
    ticket.refresh_from_db()
    assert visit.missed_at and ticket.is_our_move and ticket.due_at and ticket.due_at > visit.ends_at
    assert count(ticket, "VisitNear") == 1 and count(ticket, "VisitMissed") == 1


def test_nobody_goes_to_a_client_whose_request_is_over(ticket: Ticket, visit: Visit, anna: User) -> None:
    with pytest.raises(Conflict):
        ticket.reply("Готово", by=anna, then=Resolve())
    with pytest.raises(Conflict):
        ticket.close("спам", by=anna)
    ticket.step_visit(visit, "failed", by=anna, result="Не нужно", by_client=True)
    ticket.reply("Готово", by=anna, then=Resolve())
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_a_letter_taken_back_was_not_told(ticket: Ticket, told: Visit, anna: User) -> None:
    message = ticket.conversation.messages.last()
    assert message
    ticket.take_back(message, by=anna)

    told.refresh_from_db()
    assert told.promise is None and not told.is_told and not Promise.objects.current()


def test_silence_of_the_client_ends_nothing_while_a_visit_is_planned(
    ticket: Ticket, visit: Visit, anna: User, starts: datetime
) -> None:
    """The client was not told of it yet, so no promise stands: a person decides, and somebody still goes there."""
    ticket.reply("Какая модель роутера?", by=anna, then=Wait(clock.now() + HOUR))
    for hours in (2, 26, 50):
        with clock.at(clock.now() + hours * HOUR):
            Ticket.objects.wake_due()
    ticket.refresh_from_db()
    assert (ticket.status, ticket.next_step, ticket.returned) == ("open", "remind", "silence")
    assert not count(ticket, "ClientReminded") and not count(ticket, "TicketClosed")


def test_every_calendar_understands_the_times_and_knows_the_visit_again(
    ticket: Ticket, plan: VisitPlan, anna: User, writes: Write, paper: Paper
) -> None:
    """In UTC, since a name of a zone says nothing without its rules; also where the request was joined to another."""
    zone = ZoneInfo("Asia/Krasnoyarsk")
    local = VisitPlan(**{**vars(plan), "starts_at": plan.starts_at.astimezone(zone), "ends_at": plan.ends_at})
    visit = ticket.plan_visit(local, by=anna)
    ticket.tell_visit(visit, by=anna)
    first = paper.letters[-1].files[0].content
    other = writes("Ещё раз")
    ticket.merge_into(other, by=anna)
    visit = other.visits.get()
    other.replan_visit(visit, moved(plan, DAY), by=anna)
    other.tell_visit(visit, by=anna, why="машина занята")

    assert b"TZID" not in first and event_of(first)["DTSTART"].dt == plan.starts_at
    assert event_of(first)["UID"] == event_of(paper.letters[-1].files[0].content)["UID"]


def test_a_letter_does_not_take_the_place_of_somebody_who_comes(
    ticket: Ticket, told: Visit, anna: User, starts: datetime
) -> None:
    """What was promised stands until somebody came, or the visit itself was moved."""
    for until in (starts - DAY, starts + DAY):
        with pytest.raises(Invalid, match="ждёт выезда") as refused:
            ticket.reply("Уточним", by=anna, then=PromiseDate(until, "уточним", why="уточняем"))
        assert refused.value.field == "next"
    ticket.reply("Уточнили: мастер позвонит", by=anna, then=PutAside(starts, "Выезд", agreed=True))
    assert Promise.objects.current().get() == told.promise

    ticket.answer_visit(told.pk, False)
    ticket.reply("Подберём другое время", by=anna, then=PromiseDate(starts - DAY, "подберём другое время"))
    assert not Promise.objects.current().get().of_visit, "a time that does not suit them is awaited by nobody"
