"""Dates offered by one press: they follow the line's working hours and spare the client's night.

Pure sums over a calendar; every date is a whole quarter of an hour ahead, and no two presets say the same moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from otklik.core.formulas.business_time import WorkingTime
from otklik.core.formulas.wall_clock import NoWorkingTime

MORNING, NOON, EVENING = time(9), time(12), time(20)
LEAST = timedelta(minutes=30)
SEARCHED_DAYS = 30


@dataclass(frozen=True)
class Hours:
    """When the line works and where the client lives."""

    work: WorkingTime
    client: ZoneInfo

    @property
    def zone(self) -> ZoneInfo:
        return self.work.timetable.zone


def for_promise(now: datetime, hours: Hours) -> list[datetime]:
    """By the end of this working day, by noon of the next one, by noon of the one after."""
    days = _working_days(now, hours, 3)
    ends = [_by_evening(day, hours) for day in days[:1]]
    noons = [_at(day, NOON, hours) for day in days]
    return _ahead(now, [*ends, *(noon for noon in noons if noon.date() > now.astimezone(hours.zone).date())])[:3]


def for_waiting(now: datetime, hours: Hours) -> list[datetime]:
    """When to remind a silent client: next working morning, the one after two more days, a week later."""
    days = _working_days(now + timedelta(days=1), hours, 8, from_midnight=True)
    chosen = [days[index] for index in (0, 2, 4) if index < len(days)]
    return _ahead(now, [_at(day, time(10), hours) for day in chosen])


def for_putting_aside(now: datetime, hours: Hours) -> list[datetime]:
    """In an hour, today at five, next working morning, Monday, in a week."""
    today, days = now.astimezone(hours.zone).date(), _working_days(now, hours, 10)
    later = [day for day in days if day > today]
    monday = next((day for day in later if day.weekday() == 0), None)
    in_a_week = next((day for day in later if day >= today + timedelta(days=7)), None)
    five = datetime.combine(today, time(17), hours.zone)
    hour = _quarter(now + timedelta(hours=1))
    moments = [hour, *([five] if today in days and five > hour else [])]
    moments += [_at(day, time(10), hours) for day in (*later[:1], monday, in_a_week) if day]
    return _ahead(now, moments)


def _working_days(now: datetime, hours: Hours, count: int, *, from_midnight: bool = False) -> list[date]:
    """The next dates with work left, today first if so; plain calendar days where the line has no hours at all."""
    at = datetime.combine(now.astimezone(hours.zone).date(), time(0), hours.zone) if from_midnight else now
    days: list[date] = []
    limit = at + timedelta(days=SEARCHED_DAYS)
    while len(days) < count and at < limit:
        try:
            opening = hours.work.next_opening(at).astimezone(hours.zone)
        except NoWorkingTime:
            break
        days.append(opening.date())
        at = datetime.combine(opening.date() + timedelta(days=1), time(0), hours.zone)
    return days or [now.astimezone(hours.zone).date() + timedelta(days=number) for number in range(1, count + 1)]


def _by_evening(day: date, hours: Hours) -> datetime:
    """The end of the line's day, but not past the client's evening."""
    midnight = datetime.combine(day + timedelta(days=1), time(0), hours.zone)
    try:
        ends = hours.work.subtract(midnight, 1) + timedelta(seconds=1)
    except NoWorkingTime:
        ends = datetime.combine(day, EVENING, hours.zone)
    clients_evening = datetime.combine(day, EVENING, hours.client)
    return min(_floor(ends.astimezone(hours.zone)), clients_evening.astimezone(hours.zone))


def _at(day: date, hour: time, hours: Hours) -> datetime:
    """That hour of the line, moved into the client's day and the line's work."""
    moment = datetime.combine(day, hour, hours.zone)
    morning = datetime.combine(moment.astimezone(hours.client).date(), MORNING, hours.client)
    evening = datetime.combine(moment.astimezone(hours.client).date(), EVENING, hours.client)
    moment = max(moment, morning) if moment < morning else min(moment, evening)
    try:
        return hours.work.next_opening(moment).astimezone(hours.zone)
    except NoWorkingTime:
        return moment.astimezone(hours.zone)


def _ahead(now: datetime, moments: Iterable[datetime]) -> list[datetime]:
    return sorted({moment for moment in moments if moment - now >= LEAST})


def _quarter(moment: datetime) -> datetime:
    floor = _floor(moment)
    return floor if floor == moment else floor + timedelta(minutes=15)


def _floor(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
