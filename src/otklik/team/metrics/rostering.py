"""From published shifts, the log of who was at work, and calls, to time: kept, worked, handled (METRICS V10, W10, W13).

A shift is counted when it is over, on the day on which it begins.  Approved exceptions change the schedule first: they
and absences that somebody else declared are taken out of it.  What is worked near a shift is worked for it: up to four
hours before and after, half way to the next one at most.
"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from otklik.core.journal import clock
from otklik.core.staff.duty import ON_DUTY
from otklik.core.staff.models import User
from otklik.desk.calls.models.call import LONGEST_CALL
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.working import CALL_FITS, log_begins
from otklik.team.shifts.checking import Broken, checked
from otklik.team.shifts.models import Shift

NEAR = timedelta(hours=4)
"""So much overtime two days bear at most (art. 99): what is further from a shift is no work for it."""
FACTS = """
WITH picked AS (
    SELECT s.id, s.person_id, s.line_id, s.starts_at, s.ends_at, s.night,
        tstzmultirange(tstzrange(s.starts_at, s.ends_at))
            - coalesce((SELECT range_agg(b) FROM unnest(s.breaks) AS b), '{}') AS hours,
        greatest(s.starts_at - %(near)s, (SELECT p.ends_at + (s.starts_at - p.ends_at) / 2 FROM shifts_shift p
            WHERE p.person_id = s.person_id AND p.published_at IS NOT NULL AND p.starts_at < s.starts_at
            ORDER BY p.starts_at DESC LIMIT 1)) AS since,
        least(s.ends_at + %(near)s, (SELECT s.ends_at + (n.starts_at - s.ends_at) / 2 FROM shifts_shift n
            WHERE n.person_id = s.person_id AND n.published_at IS NOT NULL AND n.starts_at > s.starts_at
            ORDER BY n.starts_at LIMIT 1)) AS until
    FROM shifts_shift s WHERE s.id IN (SELECT unnest(%(shifts)s::bigint[]))
), free AS (
    SELECT s.id, range_agg(tstzrange(x.since, x.until)) AS spans FROM picked s JOIN (
        SELECT person_id, starts_at AS since, ends_at AS until FROM shifts_excepted WHERE state = 'approved'
        UNION ALL
        SELECT user_id, since, least(until, given_back_at) FROM staff_absence
        WHERE declared_by_id <> user_id AND (begun_at IS NOT NULL OR given_back_at IS NULL)
    ) AS x ON x.person_id = s.person_id AND x.since < x.until AND x.since < s.ends_at AND x.until > s.starts_at
    GROUP BY s.id
), plan AS (
    SELECT s.*, s.hours - coalesce(f.spans, '{}') AS planned FROM picked s LEFT JOIN free f ON f.id = s.id
), work AS (
    SELECT s.id,
        range_agg(tstzrange(greatest(t.since, s.since), least(coalesce(t.until, %(now)s), s.until)))
            FILTER (WHERE t.state = ANY(%(duty)s)) AS spans,
        range_agg(tstzrange(greatest(t.since, s.since), least(coalesce(t.until, %(now)s), s.until))) AS at_work
    FROM plan s JOIN staff_stint t ON t.user_id = s.person_id
        AND t.since < s.until AND coalesce(t.until, %(now)s) > s.since
    GROUP BY s.id
), talked AS (
    SELECT holder_id, answered_at, greatest(answered_at, CASE
        WHEN ended_at IS NULL AND begun_at > %(goes_on)s THEN %(now)s
        WHEN wrapped_at IS NOT NULL AND wrap_until IS NOT NULL THEN greatest(ended_at, least(wrapped_at, wrap_until))
        ELSE ended_at END) AS over
    FROM calls_call
    WHERE answered_at >= %(first_call)s AND answered_at < %(last_call)s AND holder_id IS NOT NULL
), handled AS (
    SELECT s.id, range_agg(tstzrange(greatest(c.answered_at, s.since), least(c.over, s.until))) AS spans
    FROM plan s JOIN talked c ON c.holder_id = s.person_id AND c.answered_at < s.until AND c.over > s.since
    GROUP BY s.id
)
SELECT s.id, s.person_id, s.line_id, s.starts_at, s.night,
    (SELECT coalesce(extract(epoch FROM sum(upper(one) - lower(one))) * 1000000, 0)::bigint
        FROM unnest(s.planned) AS one),
    (SELECT coalesce(extract(epoch FROM sum(upper(one) - lower(one))) * 1000000, 0)::bigint
        FROM unnest(s.planned * w.spans) AS one),
    (SELECT coalesce(extract(epoch FROM sum(upper(one) - lower(one))) * 1000000, 0)::bigint
        FROM unnest(w.spans) AS one),
    (SELECT coalesce(extract(epoch FROM sum(upper(one) - lower(one))) * 1000000, 0)::bigint
        FROM unnest(h.spans * w.at_work) AS one),
    h.id IS NOT NULL OR EXISTS (SELECT FROM calls_extension e WHERE e.user_id = s.person_id)
FROM plan s LEFT JOIN work w ON w.id = s.id LEFT JOIN handled h ON h.id = s.id ORDER BY s.starts_at, s.id
"""


class Rostered(NamedTuple):
    """Of one shift, microseconds: planned without breaks and exceptions, of these on duty, on duty at all for it, in
    calls and after them while at work; `night` are seconds as they were planned, `by_phone` whether calls were theirs.
    """

    shift: int
    person: int
    line: int
    at: datetime
    night: int
    planned: int
    kept: int
    worked: int
    handled: int
    by_phone: bool

    @property
    def day(self) -> date:
        return day_of(self.at)


def _over(start: datetime, end: datetime, reader: User) -> "QuerySet[Shift]":
    """Published shifts that begin in this time and are over, of whom the reader may see figures."""
    return Shift.objects.seen_by(reader).filter(starts_at__gte=start, starts_at__lt=end, ends_at__lte=clock.now())


def rostered(start: datetime, end: datetime, reader: User, *, logged: bool = True) -> list[Rostered]:
    """`logged` leaves out shifts from before the log of work was kept: nobody knows whether they were worked."""
    since = log_begins() if logged else None
    if logged and since is None:
        return []
    found = once(("rostered", start, end, reader.pk), lambda: _rostered(start, end, reader))
    return [one for one in found if since is None or one.at >= since]


def _rostered(start: datetime, end: datetime, reader: User) -> list[Rostered]:
    found, now = _over(start, end, reader), clock.now()
    told: dict[str, Any] = {
        "shifts": list(found.values_list("pk", flat=True)),
        "near": NEAR,
        "duty": [state.value for state in ON_DUTY],
        "now": now,
        "goes_on": now - LONGEST_CALL,
        "first_call": start - CALL_FITS,
        "last_call": min(end + 2 * CALL_FITS, now),
    }
    with connection.cursor() as cursor:
        cursor.execute(FACTS, told)
        return [Rostered(*row) for row in cursor.fetchall()]


def broken(start: datetime, end: datetime, reader: User) -> "dict[int, tuple[list[Broken], float]]":
    """Of each shift that `rostered` counts: the rules it breaks, and its hours over the norm."""
    return once(("broken", start, end, reader.pk), lambda: _broken(start, end, reader))


def _broken(start: datetime, end: datetime, reader: User) -> "dict[int, tuple[list[Broken], float]]":
    shifts = {one.pk: one for one in _over(start, end, reader)}
    if not shifts:
        return {}
    days = [one.day for one in shifts.values()]
    told = checked({one.person_id for one in shifts.values()}, min(days), max(days) + timedelta(days=1), published=True)
    found = told.by_shift()
    return {pk: (found.get(pk, []), told.over.get(pk, 0.0)) for pk in shifts}
