"""In which published hours somebody of a line was there, and in which nobody was (METRICS V23)."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import NamedTuple

from otklik.core.formulas.business_time import WorkingTime
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.team.metrics import working
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.working import Span


class Covered(NamedTuple):
    """Of one day, line and kind of channel: published microseconds, and those with somebody there."""

    day: date
    line: int
    channel: str
    there: int
    published: int


@dataclass(frozen=True)
class Gap:
    """Nobody of the line was there in so many published seconds between these moments."""

    line: Team
    since: datetime
    until: datetime
    seconds: float


@dataclass(frozen=True)
class _Line:
    """What is known of a line in a time: its hours, the kinds of its channels, when somebody was there."""

    team: Team
    hours: WorkingTime
    channels: list[str]
    span: Span
    there: list[Span]


def covered(start: datetime, end: datetime, teams: Collection[int] | None) -> list[Covered]:
    """Each kind of channel has the hours and the people of its line; two mailboxes of a line are one."""
    of = None if teams is None else tuple(sorted(teams))
    return once(("covered", start, end, of), lambda: _covered(start, end, teams))


def _covered(start: datetime, end: datetime, teams: Collection[int] | None) -> list[Covered]:
    found: list[Covered] = []
    for one in _lines(start, end, teams):
        for day, begins, ends in working.by_days(*one.span):
            published = _micros(one.hours, begins, ends)
            there = sum(_micros(one.hours, *both) for both in _within(one.there, begins, ends))
            found += [Covered(day, one.team.pk, kind, there, published) for kind in one.channels if published]
    return found


def gaps(start: datetime, end: datetime, teams: Collection[int] | None, channel: str = "") -> list[Gap]:
    """The newest first."""
    found = [gap for one in _lines(start, end, teams) if channel in ("", *one.channels) for gap in _gaps(one)]
    return sorted(found, key=lambda gap: (gap.since, gap.line.pk), reverse=True)


def _lines(start: datetime, end: datetime, teams: Collection[int] | None) -> list[_Line]:
    """Lines in use that have a channel in use; before a line was made it had no hours."""
    known = working.recorded(start, end)
    if known is None:
        return []
    kinds: dict[int, list[str]] = {}
    for line, kind in sorted(set(Channel.objects.open().values_list("team_id", "kind"))):
        kinds.setdefault(line, []).append(kind)
    lines = Team.objects.active().filter(pk__in=kinds).select_related("calendar")
    lines = lines if teams is None else lines.filter(pk__in=teams)
    there = working.manned([one.pk for one in lines], *known)
    return [
        _Line(one, one.calendar.working_time(), kinds[one.pk], span, there.get(one.pk, []))
        for one in lines
        if (span := (max(known[0], one.created_at), known[1])) and span[0] < span[1]
    ]


def _gaps(one: _Line) -> Iterator[Gap]:
    """Hours that nobody published end a gap and begin none."""
    since = one.span[0]
    for start, end in [*one.there, (one.span[1], one.span[1])]:
        if start > since and (seconds := one.hours.seconds(since, start)):
            yield Gap(one.team, one.hours.next_opening(since), one.hours.due(since, seconds), seconds)
        since = max(since, end)


def _within(spans: Sequence[Span], start: datetime, end: datetime) -> Iterator[Span]:
    """They are in order and apart, so those of a day are found without looking at those of the year."""
    first, last = itemgetter(0), itemgetter(1)
    some = spans[bisect_right(spans, start, key=last) : bisect_left(spans, end, key=first)]
    return ((max(since, start), min(until, end)) for since, until in some)


def _micros(hours: WorkingTime, start: datetime, end: datetime) -> int:
    return round(hours.seconds(start, end) * SECOND)
