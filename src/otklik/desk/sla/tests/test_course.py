"""Whatever happens to a ticket, its clocks say what the formulas read from its story (METRICS 3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import WorkingTime, ticket_clocks
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla.models import Agreement, Kind
from otklik.desk.sla.tests.conftest import InForce
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Step, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
type Story = list[dict[str, Any]]

OFFICE = {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
STEPS: dict[str, Callable[[datetime], Step]] = {
    "ask": lambda now: Wait(now + 3 * DAY),
    "promise": lambda now: PromiseDate(now + 2 * DAY, why="нет доступа"),
    "agree": lambda now: PutAside(now + 4 * DAY, "выезд", agreed=True),
    "third": lambda now: PutAside(now + 4 * DAY, "склад", agreed=True, whom="склад"),
    "nap": lambda now: PutAside(now + 4 * DAY, "выезд"),
    "solve": lambda now: Resolve(),
}
ACTS = st.sampled_from([*STEPS, "write", "write", "wake", "reopen", "undo"])
COURSES = st.lists(st.tuples(ACTS, st.integers(1, 60 * 24 * 3)), min_size=1, max_size=9)


@pytest.fixture
def asks(in_force: InForce, volga: Client, pavel: Contact, writes: Write) -> Write:
    """A client of a class with hours of its own, a word every four hours and pauses without a practical end."""
    office = BusinessCalendar.objects.create(name="Office", time_zone="Europe/Moscow", weekly=OFFICE)
    version = in_force(calendar=office, solution=60 * 20, update=240, pause_limit=60 * 10_000)
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on="2020-01-01")
    return writes


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=COURSES)
def test_clocks_are_what_the_formulas_say(asks: Write, anna: User, course: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        ticket = asks(external_id=f"<{id(course)}@volga.test>")
        story: Story = [{"type": "created", "at": ticket.opened_at}]
        now = ticket.opened_at
        for act, minutes in course:
            now += timedelta(minutes=minutes)
            with clock.at(now):
                _do(act, ticket, story, anna, now)
                ticket.refresh_from_db()
                _compare(ticket, story, now)
        transaction.set_rollback(True)


def _do(act: str, ticket: Ticket, story: Story, by: User, now: datetime) -> None:
    match act:
        case "write":
            ticket.write_in("Ну что?")
            story.append({"type": "client_msg", "at": now})
        case "wake":
            with clock.at(now):
                ticket.wake()
        case "reopen":
            if not ticket.is_open:
                ticket.reopen_by(by)
                story.append({"type": "client_msg", "at": now})  # the clock of an answer runs, though nobody wrote
        case "undo":  # as if it had not been
            ticket.take_back(ticket.reply("Рано", by=by, then=Resolve(), undo=30), by=by)
        case _:
            ticket.reply("Ответ", by=by, then=STEPS[act](now))
            story.append({"type": "agent_reply", "at": now})
    story.append({"type": "status", "at": now, "status": _status(ticket)})


def _status(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    if ticket.waits_for:
        return "pending_supplier"
    if ticket.status == "scheduled" and ticket.schedules.filter(taken_back_at=None).latest("id").agreed:
        return "scheduled_by_client"
    return {"resolved": "solved"}.get(ticket.status, ticket.status)


def _compare(ticket: Ticket, story: Story, now: datetime) -> None:
    calendar = {"tz": "Europe/Moscow", "weekly": OFFICE}
    hours, told = WorkingTime.of(calendar), ticket_clocks(story, calendar, now)
    all_of = list(ticket.clocks.filter(dropped_at=None).order_by("started_at"))
    live = {one.kind: one for one in all_of if one.is_live}
    solution = next(one for one in all_of if one.kind == Kind.RESOLUTION)

    answers = [one for kind, one in live.items() if kind in (Kind.FIRST, Kind.NEXT)]
    assert [one.started_at for one in answers] == ([told["unanswered_since"]] if told["unanswered_since"] else [])
    first = [one for one in all_of if one.kind == Kind.FIRST and one.stopped_at]
    assert [hours.seconds(one.started_at, one.stopped_at) for one in first] == (  # type: ignore[arg-type]
        [] if told["frt_business_s"] is None else [pytest.approx(told["frt_business_s"], abs=1)]
    )
    following = [one for one in all_of if one.kind == Kind.NEXT and one.stopped_at]
    nexts = [hours.seconds(one.started_at, one.stopped_at) for one in following]  # type: ignore[arg-type]
    assert nexts == pytest.approx(told["nrt_business_s"], abs=1)

    if told["running_business_s"] is None:
        assert not live and solution.stopped_at
        worked = hours.seconds(solution.started_at, solution.stopped_at) - solution.paused - solution.over
        assert worked == pytest.approx(told["full_resolution_business_s"], abs=1)
    elif solution.paused_from is None:
        left = hours.seconds(now, solution.due_at)
        assert left == pytest.approx(solution.within - told["running_business_s"], abs=1)
        assert Kind.UPDATE in live
    else:
        assert Kind.UPDATE not in live
    assert all(one.next_at is None for one in all_of if not one.is_live)
    assert (
        ticket.due_at is None
        or not ticket.is_our_move
        or ticket.due_at <= min(one.due_at for one in live.values() if one.kind != Kind.RESOLUTION or one.due_at > now)
    )
