"""Which rules the shifts of people break: what the page of planning shows and the metrics count (METRICS W10)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from otklik.core.formulas import overtime, roster_faults
from otklik.core.staff.models import Absence
from otklik.team.shifts.hours import Span
from otklik.team.shifts.models import Rules, Shift, Swap
from otklik.team.shifts.models.week import SEVEN, monday_of
from otklik.team.shifts.norms import norm, period_of

AROUND = timedelta(days=14)
"""Shifts so far from a week still decide about its rests."""


@dataclass(frozen=True)
class Broken:
    """A rule, and the shift by which it is broken."""

    shift: Shift
    person: int
    code: str
    hours: float


@dataclass(frozen=True)
class Checked:
    """By person what is broken by shifts that begin in the days asked for, and hours over the norm by shift."""

    broken: Mapping[int, list[Broken]]
    over: Mapping[int, float]

    def by_shift(self) -> dict[int, list[Broken]]:
        found: dict[int, list[Broken]] = defaultdict(list)
        for some in self.broken.values():
            for one in some:
                found[one.shift.pk].append(one)
        return found


@dataclass(frozen=True)
class Loaded:
    """All that decides about some days of some people: read once, asked as often as one likes."""

    rules: Rules
    shifts: list[Shift]
    away: Mapping[int, list[Span]]

    def checked(self, first: date, end: date, hands: Mapping[int, int] | None = None) -> Checked:
        """Of shifts that begin in these days, as they would be if those of `hands` were these people's."""
        of: dict[int, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            of[(hands or {}).get(shift.pk, shift.person_id)].append(shift)
        broken: dict[int, list[Broken]] = {}
        over: dict[int, float] = {}
        for person, shifts in of.items():
            over |= self._over(shifts, self.away.get(person, []))
            broken[person] = list(self._broken(person, shifts, first, end, over))
        return Checked(broken, over)

    def _broken(
        self, person: int, shifts: list[Shift], first: date, end: date, over: Mapping[int, float]
    ) -> Iterator[Broken]:
        by_start = {shift.starts_at: shift for shift in shifts}
        told = [{"start": one.starts_at, "end": one.ends_at, "break_min": _pause(one)} for one in shifts]
        horizon = [monday_of(first), monday_of(end - timedelta(days=1)) + SEVEN]
        zone = shifts[0].line.calendar.time_zone
        for fault in roster_faults(told, horizon, min_rest_h=self.rules.rest_hours, tz=zone):
            if first <= by_start[fault.start].day < end:
                yield Broken(by_start[fault.start], person, fault.code, fault.hours)
        for shift in shifts:
            if first <= shift.day < end and over.get(shift.pk):
                yield Broken(shift, person, "LAW_91_OVER_NORM", over[shift.pk])

    def _over(self, shifts: Iterable[Shift], away: Collection[Span]) -> dict[int, float]:
        periods: dict[tuple[date, date], list[Shift]] = defaultdict(list)
        for shift in shifts:
            periods[period_of(shift.day, self.rules.accounting)].append(shift)
        found: dict[int, float] = {}
        for (first, end), some in periods.items():
            most = norm(first, end, float(self.rules.week_hours), away)
            hours = overtime([one.paid.total_seconds() / 3600 for one in some], most)
            found |= {shift.pk: over for shift, over in zip(some, hours, strict=True)}
        return found


def load(people: Collection[int], first: date, end: date, *, published: bool = False) -> Loaded:
    """Three statements, however many people.  `published` leaves out what nobody was told of."""
    rules = Rules.objects.current()
    begins, ends = period_of(first, rules.accounting)[0], period_of(end - timedelta(days=1), rules.accounting)[1]
    days = {"day__gte": min(begins, first - AROUND), "day__lt": max(ends, end + AROUND)}
    rows = Shift.objects.filter(person__in=people, **days)
    rows = rows.published() if published else rows
    shifts = list(rows.select_related("line__calendar").order_by("starts_at"))
    return Loaded(rules, shifts, _away(people, begins, ends))


def checked(people: Collection[int], first: date, end: date, *, published: bool = False) -> Checked:
    """Of the shifts that begin in these days, on whatever line; days are those of the lines' walls."""
    return load(people, first, end, published=published).checked(first, end)


@dataclass(frozen=True)
class Works:
    """They work then already: the swap cannot be approved."""

    person: int
    shift: Shift


@dataclass(frozen=True)
class Away:
    """They are away when they would work."""

    person: int
    span: Span


@dataclass(frozen=True)
class After:
    """What would be so after a swap and is not so now."""

    works: list[Works]
    away: list[Away]
    broken: list[Broken]


def after(swaps: Collection[Swap]) -> dict[int, After]:
    """By swap what speaks against it; read once for all of them.  Where shifts meet, rules are not told."""
    if not swaps:
        return {}
    days = {one.pk: [each.day for each in (one.shift, one.back) if each] for one in swaps}
    every = [day for some in days.values() for day in some]
    people = {pk for one in swaps for pk in (one.asker_id, one.taker_id)}
    loaded = load(people, monday_of(min(every)), monday_of(max(every)) + SEVEN)
    found: dict[int, After] = {}
    for one in swaps:
        first, end = monday_of(min(days[one.pk])), monday_of(max(days[one.pk])) + SEVEN
        hands = {one.shift_id: one.taker_id} | ({one.back_id: one.asker_id} if one.back_id else {})
        works = [Works(hands[shift.pk], met) for shift in loaded.shifts if shift.pk in hands
                 for met in loaded.shifts if met.pk not in hands and _meet(shift, met, hands[shift.pk])]  # fmt: skip
        away = [Away(hands[shift.pk], span) for shift in loaded.shifts if shift.pk in hands
                for span in loaded.away.get(hands[shift.pk], [])
                if span[0] < shift.ends_at and span[1] > shift.starts_at]  # fmt: skip
        broken: list[Broken] = []
        if not works:
            now, then = _known(loaded.checked(first, end), one), _known(loaded.checked(first, end, hands), one)
            broken = [then[key] for key in then if key not in now]
        found[one.pk] = After(works, away, broken)
    return found


def _meet(shift: Shift, met: Shift, person: int) -> bool:
    """Whether this person, whose `met` is, cannot have `shift`: as `Shift.check_free` refuses it."""
    at_once = met.starts_at < shift.ends_at and met.ends_at > shift.starts_at
    return met.person_id == person and (at_once or (met.line_id, met.day) == (shift.line_id, shift.day))


def _known(told: Checked, swap: Swap) -> dict[tuple[int, int, str], Broken]:
    some = [one for person in (swap.asker_id, swap.taker_id) for one in told.broken.get(person, [])]
    return {(one.person, one.shift.pk, one.code): one for one in some}


def _pause(shift: Shift) -> float:
    return sum((until - since).total_seconds() for since, until in shift.pauses) / 60


def _away(people: Collection[int], first: date, end: date) -> dict[int, list[Span]]:
    """Absences as they were or are to be, on the wall of the department."""
    here = timezone.get_default_timezone()
    start, stop = (datetime(day.year, day.month, day.day, tzinfo=here) for day in (first, end))
    found: dict[int, list[Span]] = defaultdict(list)
    for one in Absence.objects.filter(user__in=people, since__lt=stop, until__gt=start):
        until = min(one.until, one.given_back_at) if one.given_back_at else one.until
        if one.begun_at or not one.given_back_at:
            found[one.user_id].append((one.since.astimezone(here), until.astimezone(here)))
    return found
