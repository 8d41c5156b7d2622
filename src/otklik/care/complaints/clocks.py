"""Which dates of a complaint run in its stage, and which of them is the nearest.  No clock ever pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from otklik.care.complaints.states import BEFORE_ANSWER, Due, State
from otklik.core.formulas import WorkingTime

BEFORE_CHECK = timedelta(days=3)
"""So long before a measure or a check is due its owner is reminded; of all else when half of the time is gone."""
PATIENT = (Due.MEASURE, Due.CHECK)


@dataclass(frozen=True)
class Clock:
    """Something is due `until`; it began `since`."""

    due: Due
    since: datetime
    until: datetime

    @property
    def soon_at(self) -> datetime:
        """From when on little time is left."""
        if self.due in PATIENT:
            return max(self.since, self.until - BEFORE_CHECK)
        return self.since + max(self.until - self.since, timedelta()) / 2


@dataclass(frozen=True)
class Dates:
    """What a complaint knows of its dates; a measure is a pair of when it was planned and by when it is due."""

    state: str
    received_at: datetime
    ack_due: datetime
    legal_due: datetime
    informed_at: datetime | None = None
    progress_due: datetime | None = None
    answered_at: datetime | None = None
    level: int = 1
    turned_at: datetime | None = None
    step_due: datetime | None = None
    check_at: datetime | None = None
    measures: tuple[tuple[datetime, datetime], ...] = ()


STEPS = {State.ANSWERED: Due.HEAR, State.AGREES: Due.ACT, State.DISAGREES: Due.ACT, State.ACTING: Due.ACT}


def running(dates: Dates) -> Iterable[Clock]:
    """Every clock of this stage, in no order."""
    if dates.state == State.CLOSED:
        return
    turned = dates.turned_at or dates.received_at
    if dates.state == State.RECEIVED:
        yield Clock(Due.ACKNOWLEDGE, dates.received_at, dates.ack_due)
    if dates.state in BEFORE_ANSWER:
        if dates.answered_at is None:
            yield Clock(Due.LEGAL, dates.received_at, dates.legal_due)
        if dates.progress_due and dates.state != State.RECEIVED:
            yield Clock(Due.PROGRESS, dates.informed_at or dates.received_at, dates.progress_due)
        if dates.level > 1 and dates.step_due:
            yield Clock(Due.HIGHER, turned, dates.step_due)
    elif dates.step_due and dates.state in STEPS:
        yield Clock(STEPS[State(dates.state)], turned, dates.step_due)
    if dates.state == State.CHECKING and dates.check_at:
        yield Clock(Due.CHECK, turned, dates.check_at)
    for since, until in dates.measures:
        yield Clock(Due.MEASURE, since, until)


def nearest(dates: Dates) -> Clock | None:
    """None only of what is closed."""
    return min(running(dates), key=lambda clock: (clock.until, clock.due), default=None)


def legal_end(received: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The last moment of so many calendar days after the day on which it came, by the clock of the organisation."""
    day = received.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime(day.year, day.month, day.day, tzinfo=zone) - timedelta(seconds=1)


def business_end(since: datetime, days: int, hours: WorkingTime) -> datetime:
    """The same time of the shift so many business days later; what comes at night counts from the morning."""
    return hours.add_business_days(since, days)
