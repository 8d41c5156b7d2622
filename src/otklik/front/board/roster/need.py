"""Whom the hours of a week need, beside who is planned: by the last four same weekdays (METRICS W5 to W8, W11)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from math import floor
from typing import Any

from django.utils import timezone

from otklik.core.formulas.ladder import HOURS
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.core.ui.kept import kept
from otklik.front.board.roster.sentences import short_of
from otklik.front.board.staffing.forms import USUAL
from otklik.front.board.staffing.reckoning import CALLS, CHATS, WRITTEN, Ahead, at_work, plan_of
from otklik.team.metrics import forecasting
from otklik.team.shifts.models import Shift
from otklik.team.shifts.models.shift import zone_of

WEEKS = 4
FEWEST = 2
"""Of fewer same weekdays nothing is told (METRICS W11)."""
HALF = 1e-6
DAYS_KEPT = 2048
"""So many days of lines a process remembers the need of."""

type OfDays = Mapping[date, list[int]]
type Came = Sequence[Mapping[int, OfDays]]
"""Calls, chats and written requests: by line, by day, by hour."""
type Hourly = tuple[float, ...] | None


@dataclass(frozen=True)
class Hour:
    """People who are there on the mean of the hour, breaks left out; `need` None is not known."""

    hour: int
    there: float
    need: int | None

    @property
    def short(self) -> int:
        """Whole people that are missing."""
        return max(0, self.need - floor(self.there + HALF)) if self.need is not None else 0

    @property
    def is_quiet(self) -> bool:
        return not self.need and not self.there


@dataclass(frozen=True)
class Day:
    day: date
    hours: list[Hour]
    is_known: bool

    @property
    def gaps(self) -> list[tuple[int, int, int]]:
        """From this hour to that one so many are missing; hours with the same number are one."""
        found: list[tuple[int, int, int]] = []
        for one in self.hours:
            if one.short and found and found[-1][1:] == (one.hour, one.short):
                found[-1] = (found[-1][0], one.hour + 1, one.short)
            elif one.short:
                found.append((one.hour, one.hour + 1, one.short))
        return found

    @property
    def says(self) -> list[str]:
        return [f"{first}–{last}: {short_of(short)}" for first, last, short in self.gaps]

    @property
    def most(self) -> int:
        return max((one.need or 0 for one in self.hours), default=0)

    @property
    def there(self) -> int:
        return floor(max((one.there for one in self.hours), default=0) + HALF)


def came_to(lines: Iterable[Team]) -> Came:
    """What came to these lines lately, by the clock of each: three statements a zone, none for some minutes after."""
    alike: dict[tzinfo, list[int]] = defaultdict(list)
    for line in lines:
        alike[zone_of(line)].append(line.pk)
    found: list[dict[int, OfDays]] = [{}, {}, {}]
    for zone, some in alike.items():
        with timezone.override(zone):  # hours are those that its people work by, whoever reads them and wherever
            for came, what in zip(found, (CALLS, CHATS, WRITTEN), strict=True):
                came |= forecasting.lately(some, WEEKS, what)
    return found


def needs(line: Team, days: Sequence[date], shifts: Iterable[Shift], aht: float | None, came: Came) -> list[Day]:
    """Shifts of the day before count as far as they run past midnight; `line` has its calendar at hand."""
    some, mine = list(shifts), [one.get(line.pk, {}) for one in came]
    with timezone.override(zone_of(line)):
        return [_day(line, day, some, mine, aht) for day in days]


def _day(line: Team, day: date, shifts: list[Shift], came: Sequence[OfDays], aht: float | None) -> Day:
    there = [_there(line, day, hour, shifts) for hour in range(HOURS)]
    calls, chats, written = (_usual(day, one) for one in came)
    if calls is None and chats is None and written is None:
        return Day(day, [Hour(hour, n, None) for hour, n in enumerate(there)], False)
    open_hours = at_work([line.calendar], datetime(day.year, day.month, day.day, tzinfo=zone_of(line)))
    needed = _needed(calls, chats, written, tuple(open_hours), aht)
    return Day(day, [Hour(hour, n, needed[hour]) for hour, n in enumerate(there)], True)


@kept(DAYS_KEPT)
def _needed(calls: Hourly, chats: Hourly, written: Hourly, open_hours: tuple[int, ...], aht: float | None) -> list[int]:
    """People for each hour of a day: nothing but its arguments decides, and the same week is looked at all day."""
    usual = {name: value for name, value in USUAL.items() if name not in ("day", "away")}
    asked: dict[str, Any] = {**usual, "away": 0, "calls": None, "lines": None} | ({"aht": aht} if aht else {})
    plan = plan_of(Ahead(_listed(calls), _listed(chats), _listed(written), at_work=open_hours), asked, None)
    live = {one.hour: one.people for one in plan.hours}
    for_letters = plan.written.people if plan.written else 0
    return [live.get(hour, 0) + (for_letters if hour in open_hours else 0) for hour in range(HOURS)]


def _listed(hours: Hourly) -> list[float] | None:
    return None if hours is None else list(hours)


def _usual(day: date, came: OfDays) -> Hourly:
    """The mean of the same weekdays since the first that brought something."""
    if not came:
        return None
    today, first = clock.today(), min(came)
    past = [today - timedelta(days=back) for back in range(1, WEEKS * 7 + 1)]
    alike = [one for one in past if one >= first and one.weekday() == day.weekday()]
    if len(alike) < FEWEST:
        return None
    return tuple(sum(came.get(one, [0] * HOURS)[hour] for one in alike) / len(alike) for hour in range(HOURS))


def _there(line: Team, day: date, hour: int, shifts: Iterable[Shift]) -> float:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=zone_of(line))
    end = start + timedelta(hours=1)
    seconds = sum(
        _common(one.starts_at, one.ends_at, start, end) - sum(_common(*pause, start, end) for pause in one.pauses)
        for one in shifts
    )
    return seconds / 3600


def _common(since: datetime, until: datetime, start: datetime, end: datetime) -> float:
    return max(0.0, (min(until, end) - max(since, start)).total_seconds())
