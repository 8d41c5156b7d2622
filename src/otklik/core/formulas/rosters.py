"""Whether a roster is lawful (METRICS W10: an engineer's reading of the Labour Code, for a lawyer to confirm)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple, TypedDict
from zoneinfo import ZoneInfo

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.business_time import WorkingTime
from otklik.core.formulas.instants import SECOND, Instant, micros
from otklik.core.formulas.timetable import WEEKDAYS, zone

HOME = "Europe/Moscow"
WEEK_DAYS = 5
BREAK, LONGEST_BREAK, WITHOUT_BREAK = 0.5, 2.0, 4.0
"""Hours: a break lasts from half an hour to two, only a shift of up to four needs none (art. 108)."""
REST, OF_WEEK = 42, 21
"""Hours of rest without interruption each week (art. 110), and how much of it belongs to the week at least."""
NEAR = timedelta(days=14)
"""What lies further from the beginning of a week bounds no rest that decides about it."""
_HOUR = 3600 * SECOND


class Roster(TypedDict):
    codes: list[str]
    hours: float
    overtime: float | None
    night_hours: float
    bad_weeks: list[str]


class Fault(NamedTuple):
    """A rule that is broken, and by the shift that begins at `start`; `hours` are those of rest, break or overtime."""

    code: str
    start: datetime
    hours: float


@dataclass(frozen=True, slots=True)
class _Shift:
    start: datetime
    end: datetime
    pause: float

    @property
    def length(self) -> float:
        return _hours(self.start, self.end)


def roster_check(
    shifts: Iterable[Mapping[str, Any]],
    horizon: Sequence[Instant | date],
    norm_hours: float | None = None,
    min_rest_h: float = 12,
    tz: str = HOME,
) -> Roster:
    """The rules that the shifts of one person break, as far as shifts alone can tell.

    Shifts are `{"start", "end", "break_min"}`, the horizon `[start, end]`; a time without a zone is that of `tz`, a
    horizon that ends with a date includes it.  Shifts that begin outside the horizon count as neighbours for rest, not
    for hours; beyond the known ones all is rest.  `bad_weeks` are Mondays of weeks without 42 hours of rest.  Codes:
    LAW_91_OVER_NORM, LAW_103_TWO_SHIFTS (no more than a break between them), LAW_108_BREAK, LAW_110_WEEKLY_REST,
    POLICY_MIN_REST.  Holidays, consents and overtime of a year are not seen from here.
    """
    place = zone(tz)
    all_shifts = sorted((_shift(row, place) for row in shifts), key=lambda shift: shift.start)
    rests = [_hours(earlier.end, later.start) for earlier, later in pairwise(all_shifts)]
    if rests and min(rests) < 0:
        raise ValueError("two shifts of one person overlap")
    first, after = _local(horizon[0], place), _local(horizon[1], place, whole_day=True)
    inside = [shift for shift in all_shifts if first <= shift.start < after]
    hours = sum(shift.length - shift.pause for shift in inside)
    over = None if norm_hours is None else max(0.0, hours - norm_hours)
    bad_weeks = [str(week) for week in _weeks(first, after, place) if not _rests(week, all_shifts, place)]
    broken = {
        "LAW_91_OVER_NORM": bool(over),
        "LAW_103_TWO_SHIFTS": any(rest <= LONGEST_BREAK for rest in rests),
        "LAW_108_BREAK": not all(map(_breaks_well, inside)),
        "LAW_110_WEEKLY_REST": bool(bad_weeks),
        "POLICY_MIN_REST": any(rest < min_rest_h for rest in rests),
    }
    return {
        "codes": [code for code, is_broken in broken.items() if is_broken],
        "hours": hours,
        "overtime": over,
        "night_hours": sum(night_hours(shift.start, shift.end, tz) for shift in inside),
        "bad_weeks": bad_weeks,
    }


def roster_faults(
    shifts: Iterable[Mapping[str, Any]],
    horizon: Sequence[Instant | date],
    norm_hours: float | None = None,
    min_rest_h: float = 12,
    tz: str = HOME,
) -> list[Fault]:
    """Where the rules of `roster_check` are broken, in order: the same codes, each with its shift (W10).

    Rest is missing before the later of two shifts; a week without rest is told by the first shift that begins in it;
    hours over the norm by each shift with some of them (`overtime`).  A week that no shift begins in has no fault.
    """
    place = zone(tz)
    all_shifts = sorted((_shift(row, place) for row in shifts), key=lambda shift: shift.start)
    first, after = _local(horizon[0], place), _local(horizon[1], place, whole_day=True)
    inside = [shift for shift in all_shifts if first <= shift.start < after]
    found = []
    for earlier, later in pairwise(all_shifts):
        rest = _hours(earlier.end, later.start)
        if rest < 0:
            raise ValueError("two shifts of one person overlap")
        if first <= later.start < after:
            found += [Fault("LAW_103_TWO_SHIFTS", later.start, rest)] if rest <= LONGEST_BREAK else []
            found += [Fault("POLICY_MIN_REST", later.start, rest)] if rest < min_rest_h else []
    found += [Fault("LAW_108_BREAK", shift.start, shift.pause) for shift in inside if not _breaks_well(shift)]
    begun: dict[date, datetime] = {}
    for shift in inside:
        day = shift.start.astimezone(place).date()
        begun.setdefault(day - timedelta(days=day.weekday()), shift.start)
    found += [
        Fault("LAW_110_WEEKLY_REST", begun[week], 0.0)
        for week in _weeks(first, after, place)
        if week in begun and not _rests(week, _near(week, all_shifts), place)
    ]
    if norm_hours is not None:
        over = overtime([shift.length - shift.pause for shift in inside], norm_hours)
        found += [Fault("LAW_91_OVER_NORM", one.start, hours) for one, hours in zip(inside, over, strict=True) if hours]
    return sorted(found, key=lambda fault: (fault.start, fault.code))


def overtime(hours: Iterable[float], norm: float) -> list[float]:
    """How much of each shift, in their order, is over the norm of the accounting period (W10, art. 91 and 104)."""
    at_least_zero(norm=norm)
    found, done = [], 0.0
    for worked in hours:
        at_least_zero(worked=worked)
        found.append(min(worked, max(0.0, done + worked - norm)))
        done += worked
    return found


def night_hours(start: Instant, end: Instant, tz: str = HOME) -> float:
    """Hours from 22 to 6 at the place (art. 96); without a zone times are those of the place."""
    nights = WorkingTime.of({"tz": tz, "weekly": {day: [["22:00", "06:00"]] for day in WEEKDAYS}})
    first, after = _local(start, zone(tz)), _local(end, zone(tz))
    if after < first:
        raise ValueError(f"{end} is before {start}")
    return nights.seconds(first, after) / 3600


def month_norm(working_days: int, preholiday_days: int, week_hours: float = 40) -> float:
    """Hours of a month: a fifth of the week for each working day, an hour less before a holiday (order 588n, 2009)."""
    at_least_zero(working_days=working_days, preholiday_days=preholiday_days, week_hours=week_hours)
    if preholiday_days > working_days:
        raise ValueError(f"{preholiday_days} of {working_days} working days cannot be before a holiday")
    return working_days * week_hours / WEEK_DAYS - preholiday_days


def _shift(row: Mapping[str, Any], place: ZoneInfo) -> _Shift:
    pause = (row.get("break_min") or 0) / 60
    shift = _Shift(_local(row["start"], place), _local(row["end"], place), pause)
    if not 0 <= pause <= shift.length:
        raise ValueError(f"a shift of {shift.length} hours with a break of {pause}")
    return shift


def _breaks_well(shift: _Shift) -> bool:
    if shift.length <= WITHOUT_BREAK and not shift.pause:
        return True
    return BREAK <= shift.pause <= LONGEST_BREAK


def _local(value: Instant | date, place: ZoneInfo, whole_day: bool = False) -> datetime:
    """A moment; one without a zone is read off the wall of the place, a bare date is its midnight or its end."""
    text = value if isinstance(value, str) else value.isoformat()
    at = datetime.fromisoformat(text)
    if whole_day and len(text) == len("2026-06-14"):
        at += timedelta(days=1)
    return (at if at.tzinfo else at.replace(tzinfo=place)).astimezone(UTC)


def _hours(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 3600


def _weeks(first: datetime, after: datetime, place: ZoneInfo) -> Iterator[date]:
    """Mondays of the weeks that the horizon touches."""
    day = first.astimezone(place).date()
    monday = day - timedelta(days=day.weekday())
    while _midnight(monday, place) < after:
        yield monday
        monday += timedelta(days=7)


def _rests(monday: date, shifts: Sequence[_Shift], place: ZoneInfo) -> bool:
    """Whether enough of a long rest lies in the week."""
    begins, ends = (micros(_midnight(monday + timedelta(days=days), place)) for days in (0, 7))
    edges = [-inf, *(micros(moment) for shift in shifts for moment in (shift.start, shift.end)), inf]
    rests = zip(edges[::2], edges[1::2], strict=True)
    return any(
        until - since >= REST * _HOUR and min(until, ends) - max(since, begins) >= OF_WEEK * _HOUR
        for since, until in rests
    )


def _near(monday: date, shifts: Sequence[_Shift]) -> Sequence[_Shift]:
    """Those that can bound a rest of the week: of a year's shifts the few around it."""
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    return [shift for shift in shifts if start - NEAR < shift.start < start + NEAR]


def _midnight(day: date, place: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=place).astimezone(UTC)
