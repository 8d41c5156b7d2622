"""From the log of who was at work, and from calls, to time: handled, waited, covered by somebody (METRICS V10, V23).

Time is summed where it lies, day by day: of a year of fifty people a few thousand rows come out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from otklik.core.journal import clock
from otklik.core.staff.duty import ON_DUTY
from otklik.core.staff.models import Availability, Stint, User
from otklik.desk.calls.models.call import LONGEST_CALL
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer.once import once

type Span = tuple[datetime, datetime]

CALL_FITS = timedelta(days=1)
"""No call is talked longer."""
# In which of the days a moment lies is looked up among their beginnings: the calendar of a zone, asked for each call,
# was the dearest part.
PIECES = """
WITH days AS (
    SELECT * FROM unnest(%(days)s::date[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
        WITH ORDINALITY AS d (day, starts, ends, place)
), seen AS (
    SELECT * FROM staff_stint WHERE id IN ({stints})
), talked AS (
    SELECT holder_id, answered_at, greatest(answered_at, CASE
        WHEN ended_at IS NULL AND begun_at > %(lasting)s THEN 'infinity'
        WHEN wrapped_at IS NOT NULL AND wrap_until IS NOT NULL THEN greatest(ended_at, least(wrapped_at, wrap_until))
        ELSE ended_at END) AS over
    FROM calls_call
    WHERE answered_at >= %(before)s AND answered_at < %(end)s
        AND holder_id IN (SELECT user_id FROM seen)
), by_day AS (
    SELECT *, generate_series(greatest(1, width_bucket(answered_at, %(starts)s::timestamptz[])),
        width_bucket(least(over, %(end)s), %(starts)s::timestamptz[])) AS place
    FROM talked
), handled AS (
    SELECT d.day, c.holder_id, range_agg(tstzrange(greatest(c.answered_at, d.starts), least(c.over, d.ends))) AS spans
    FROM by_day c JOIN days d ON d.place = c.place AND c.answered_at < d.ends AND c.over > d.starts
    GROUP BY d.day, c.holder_id
), stretches AS (
    SELECT *, generate_series(greatest(1, width_bucket(since, %(starts)s::timestamptz[])),
        width_bucket(least(until, %(end)s), %(starts)s::timestamptz[])) AS place
    FROM seen
), pieces AS (
    SELECT d.day, s.user_id, s.lines, s.state, s.reason, least(s.until, d.ends) - greatest(s.since, d.starts) AS lasted,
        tstzmultirange(tstzrange(greatest(s.since, d.starts), least(s.until, d.ends))) AS span
    FROM stretches s JOIN days d ON d.place = s.place AND s.since < d.ends AND (s.until IS NULL OR s.until > d.starts)
), told AS (
    SELECT p.*, coalesce(
        (SELECT sum(upper(one) - lower(one)) FROM unnest(p.span * h.spans) AS one), interval '0') AS talk,
        h.holder_id IS NOT NULL OR EXISTS (SELECT FROM calls_extension e WHERE e.user_id = p.user_id) AS by_phone
    FROM pieces p LEFT JOIN handled h ON h.day = p.day AND h.holder_id = p.user_id
)
"""
SPENT = """
SELECT day, user_id, lines, state, (extract(epoch FROM sum(lasted)) * 1000000)::bigint,
    (extract(epoch FROM sum(talk)) * 1000000)::bigint, bool_or(by_phone)
FROM told GROUP BY day, user_id, lines, state
"""
PAUSED = """
SELECT day, user_id, lines, reason, (extract(epoch FROM sum(lasted - talk)) * 1000000)::bigint
FROM told WHERE state = 'break' GROUP BY day, user_id, lines, reason
"""
MANNED = """
SELECT line, lower(span), upper(span) FROM (
    SELECT line, range_agg(tstzrange(greatest(s.since, %s), least(s.until, %s))) AS spans
    FROM staff_stint s, unnest(s.lines) AS line
    WHERE s.since < %s AND (s.until IS NULL OR s.until > %s) AND s.state = ANY(%s) AND line = ANY(%s) GROUP BY line
) AS found, unnest(found.spans) AS span ORDER BY 1, 2
"""


class Worked(NamedTuple):
    """Of one person, day and set of lines: microseconds at work with a call and after it, and ready without one."""

    day: date
    person: int
    lines: list[int]
    handling: int
    waiting: int


class Spent(NamedTuple):
    """Of one person, day, set of lines and state: microseconds in it, and of these with a call and after it.

    `by_phone` is who has an inner number, or had a call on the day.
    """

    day: date
    person: int
    lines: list[int]
    state: str
    lasted: int
    talked: int
    by_phone: bool


def log_begins() -> datetime | None:
    """When the log of who was at work begins; None before that."""
    return once("the log of work begins", Stint.objects.all().recorded_since)


class Paused(NamedTuple):
    """Of one person, day, set of lines and reason: microseconds on a break without a call; "" was not said."""

    day: date
    person: int
    lines: list[int]
    reason: str
    lasted: int


def recorded(start: datetime, end: datetime) -> Span | None:
    """What of this time was written down: not what was before the log, nor what is still to come."""
    since = log_begins()
    if since is None:
        return None
    first, last = max(start, since), min(end, clock.now())
    return (first, last) if first < last else None


def by_days(start: datetime, end: datetime) -> Iterator[tuple[date, datetime, datetime]]:
    """The local days of this time, and what of each is in it."""
    day = day_of(start)
    while (begins := midnight(day)) < end:
        following = day + timedelta(days=1)
        yield day, max(start, begins), min(end, midnight(following))
        day = following


def worked(spent: Iterable[Spent]) -> list[Worked]:
    """Of everybody on the telephone: who is ready for letters alone waits for no call."""
    found: dict[tuple[date, int, tuple[int, ...]], list[int]] = defaultdict(lambda: [0, 0])
    for one in spent:
        if one.by_phone:
            sums = found[one.day, one.person, tuple(one.lines)]
            sums[0] += one.talked
            sums[1] += one.lasted - one.talked if one.state == Availability.READY else 0
    return [Worked(day, person, list(lines), *sums) for (day, person, lines), sums in found.items()]


def spent(start: datetime, end: datetime, reader: User) -> list[Spent]:
    """Of everybody whose log the reader may see."""
    return once(("spent", start, end, reader.pk), lambda: [Spent(*row) for row in _told(start, end, reader, SPENT)])


def spent_in_all(start: datetime, end: datetime, reader: User) -> list[Spent]:
    """The same with all days put down for the first: whole numbers, so that the sums are those of the days."""
    return once(("spent in all", start, end, reader.pk), lambda: _in_all(spent(start, end, reader)))


def _in_all(days: list[Spent]) -> list[Spent]:
    found: dict[tuple[int, tuple[int, ...], str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for one in days:
        sums = found[one.person, tuple(one.lines), one.state, one.by_phone]
        sums[0] += one.lasted
        sums[1] += one.talked
    first = min((one.day for one in days), default=date.min)
    return [
        Spent(first, person, list(lines), state, lasted, talked, by_phone)
        for (person, lines, state, by_phone), (lasted, talked) in found.items()
    ]


def paused(start: datetime, end: datetime, reader: User) -> list[Paused]:
    """Of everybody whose log the reader may see."""
    return [Paused(*row) for row in _told(start, end, reader, PAUSED)]


def _told(start: datetime, end: datetime, reader: User, asked: str) -> list[tuple[Any, ...]]:
    if (known := recorded(start, end)) is None:
        return []
    start, end = known
    days, begins, ends = zip(*by_days(start, end), strict=True)
    stints = Stint.objects.seen_by(reader).meeting(start, end).values("pk").order_by()
    statement, of_stints = stints.query.sql_with_params()
    named = {f"stint_{place}": one for place, one in enumerate(of_stints)}
    told: dict[str, Any] = {"days": list(days), "starts": list(begins), "ends": list(ends), "end": end}
    told |= {"lasting": clock.now() - LONGEST_CALL, "before": start - CALL_FITS, **named}
    statement %= tuple(f"%({name})s" for name in named)
    with connection.cursor() as cursor:
        cursor.execute(PIECES.format(stints=statement) + asked, told)
        return cursor.fetchall()


def manned(lines: Iterable[int], start: datetime, end: datetime) -> dict[int, list[Span]]:
    """When somebody of each line was ready or busy, in order; stretches that meet are one."""
    found: dict[int, list[Span]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(MANNED, [start, end, end, start, [state.value for state in ON_DUTY], list(lines)])
        for line, since, until in cursor.fetchall():
            found[line].append((since, until))
    return found
