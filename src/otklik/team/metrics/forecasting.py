"""How many requests, calls or chats will come in the hours of today and tomorrow, by line (METRICS W11, W12)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, TruncDate
from django.utils import timezone

from otklik.core.formulas import forecast_hours
from otklik.core.formulas.ladder import HOURS, HourForecast
from otklik.core.journal import clock
from otklik.core.recent import RecentBy
from otklik.core.staff.models import Team
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.speaking import ABANDONED, ANSWERED, IN_TIME

PAST = timedelta(weeks=9)
"""Closed days from which is told: four weeks to try the methods on, and five before these."""
AHEAD = 2
"""Today and tomorrow."""
SECONDS = 600.0
"""So long a process keeps what it told: closed days hardly change, and nine weeks of them are many readings."""
KEPT = 256

type Day = list[int]
"""Counts of 24 local hours."""


@dataclass(frozen=True)
class Stream:
    """What comes: readings of a measure, of these kinds and channels; an empty set is of all."""

    measure: Measure
    kinds: frozenset[int] = frozenset()
    channels: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def rows(self) -> QuerySet[Reading]:
        rows = Reading.objects.filter(measure=self.measure)
        if self.kinds:
            rows = rows.filter(kind__in=sorted(self.kinds))
        if self.channels:
            rows = rows.filter(channel__in=sorted(self.channels))
        return rows.exclude(channel__in=sorted(self.but)) if self.but else rows


REQUESTS = Stream(Measure.OPENED)
WRITTEN = Stream(Measure.OPENED, but=frozenset({VOICE}))
CALLS = Stream(Measure.WAIT, kinds=frozenset({IN_TIME, ANSWERED, ABANDONED}))
"""Calls that came, but for those that were hung up at once (METRICS V6)."""


@dataclass(frozen=True)
class Expected:
    """Of the lines together under None, and of each; `free` are the days ahead that are holidays, of which nothing is
    told."""

    of: Mapping[int | None, HourForecast]
    free: Mapping[int | None, list[bool]]


_lately: RecentBy[tuple[datetime, frozenset[int], Stream, int], dict[int, dict[date, Day]]] = RecentBy(SECONDS, KEPT)
_remembered: RecentBy[tuple[datetime, frozenset[int], Stream], Expected] = RecentBy(SECONDS, KEPT)
_by_channel: RecentBy[tuple[datetime, frozenset[int]], dict[str, HourForecast]] = RecentBy(SECONDS, KEPT)


def expected(lines: Collection[int], now: datetime, what: Stream = REQUESTS) -> Expected:
    """Of today and tomorrow, as it was told at midnight; two statements, and none for some minutes after."""
    today = timezone.localtime(now).date()
    place = midnight(today), frozenset(lines), what  # of the reader's zone
    return _remembered.get(place, lambda: _expected(lines, today, what))


def by_channel(lines: Collection[int], now: datetime) -> dict[str, HourForecast]:
    """The same of each kind of channel of these lines together, of the telephone calls; three statements, and none for
    some minutes after.
    """
    today = timezone.localtime(now).date()
    place = midnight(today), frozenset(lines)
    return _by_channel.get(place, lambda: _of_channels(lines, today))


def midnight(day: date) -> datetime:
    """Where a day of the reader begins: hours are shown by their clock."""
    return timezone.make_aware(datetime.combine(day, time()))


def lately(lines: Collection[int], weeks: int, what: Stream) -> dict[int, dict[date, Day]]:
    """What came in the closed days of so many weeks, as `arrivals` tells it; one statement, none for some minutes."""
    today = clock.today()
    place = midnight(today), frozenset(lines), what, weeks  # of the reader's zone, as above
    return _lately.get(place, lambda: arrivals(lines, today - timedelta(weeks=weeks), today, what))


def arrivals(lines: Collection[int], first: date, end: date, what: Stream = REQUESTS) -> dict[int, dict[date, Day]]:
    """What came, by line, local day and hour, from the first day to the one before `end`.

    Readings are some seconds behind the journal; the index of measure and moment holds all that is asked of requests
    and of calls.
    """
    return _counted(what, lines, first, end, "team_id")


def _counted(what: Stream, lines: Collection[int], first: date, end: date, column: str) -> dict[Any, dict[date, Day]]:
    """By what stands in the column, by local day and hour."""
    rows = what.rows().filter(at__gte=midnight(first), at__lt=midnight(end), team_id__in=lines)
    counted = rows.annotate(day=TruncDate("at"), hour=ExtractHour("at")).values(column, "day", "hour")
    found: dict[Any, dict[date, Day]] = defaultdict(lambda: defaultdict(lambda: [0] * HOURS))
    for key, day, hour, n in counted.annotate(n=Count("*")).values_list(column, "day", "hour", "n"):
        found[key][day][hour] += n
    return found


def _expected(lines: Collection[int], today: date, what: Stream) -> Expected:
    came = arrivals(lines, today - PAST, today, what)
    holidays = _holidays(lines, today - PAST, today + timedelta(days=AHEAD))
    every = {day for some in holidays.values() for day in some}
    series = {line: _series(came.get(line, {}), holidays[line], today) for line in lines}
    whole = _series(_together(came.values()), every, today)
    told: dict[int | None, HourForecast] = {line: forecast_hours(some, AHEAD) for line, some in series.items()}
    told[None] = forecast_hours(whole, AHEAD)
    free: dict[int | None, list[bool]] = {line: _ahead(today, days) for line, days in holidays.items()}
    free[None] = _ahead(today, every)
    return Expected(told, free)


def _of_channels(lines: Collection[int], today: date) -> dict[str, HourForecast]:
    first = today - PAST
    came: dict[str, dict[date, Day]] = dict(_counted(WRITTEN, lines, first, today, "channel"))
    calls = _together(_counted(CALLS, lines, first, today, "team_id").values())
    if calls:
        came[VOICE] = calls
    holidays = _holidays(lines, first, today + timedelta(days=AHEAD))
    every = {day for some in holidays.values() for day in some}
    return {kind: forecast_hours(_series(some, every, today), AHEAD) for kind, some in sorted(came.items())}


def _ahead(today: date, holidays: set[date]) -> list[bool]:
    return [today + timedelta(days=step) in holidays for step in range(AHEAD)]


def _series(came: Mapping[date, Day], holidays: set[date], today: date) -> list[Day | None]:
    """Closed days since the first that brought something: before it nobody counted.  Holidays are cut."""
    if not came:
        return []
    first = min(came)
    days = [first + timedelta(days=number) for number in range((today - first).days)]
    return [None if day in holidays else came.get(day, [0] * HOURS) for day in days]


def _together(some: Iterable[Mapping[date, Day]]) -> dict[date, Day]:
    found: dict[date, Day] = defaultdict(lambda: [0] * HOURS)
    for came in some:
        for day, hours in came.items():
            found[day] = [one + more for one, more in zip(found[day], hours, strict=True)]
    return found


def _holidays(lines: Collection[int], first: date, end: date) -> dict[int, set[date]]:
    """Dates whose hours differ from the week, by line."""
    found: dict[int, set[date]] = {line: set() for line in lines}
    teams = Team.objects.filter(pk__in=lines, calendar__exceptions__date__gte=first, calendar__exceptions__date__lt=end)
    for line, day in teams.values_list("pk", "calendar__exceptions__date"):
        found[line].add(day)
    return found
