"""What waits in the lines now: a few bare statements whose cost does not grow with the table.

Each line gives a bounded part of one index, from the nearest moment on: figures are exact up to `CAP`, and nobody reads
the difference beyond it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

CAP = 1000
AHEAD = timedelta(hours=2)
ON_A_LANE = 12
OURS = "status IN ('new', 'open')"
THIRD = "status = 'scheduled' AND waits_for <> ''"

FIGURES = f"""
WITH ours AS MATERIALIZED (
    SELECT l.id AS line, t.* FROM unnest(%(lines)s::bigint[]) AS l (id) CROSS JOIN LATERAL (
        SELECT id, channel_kind, owner_id, due_at, waiting_since FROM tickets_ticket
        WHERE team_id = l.id AND {OURS} ORDER BY due_at, id LIMIT {CAP}) AS t)
SELECT line, channel_kind, count(*), count(waiting_since), count(*) FILTER (WHERE owner_id IS NULL),
    count(*) FILTER (WHERE due_at < %(now)s), count(*) FILTER (WHERE due_at >= %(now)s AND due_at < %(ahead)s),
    min(waiting_since), min(due_at),
    (array_agg(id ORDER BY waiting_since, id) FILTER (WHERE waiting_since IS NOT NULL))[1]
FROM ours GROUP BY GROUPING SETS ((line), (channel_kind), (line, channel_kind))
"""  # noqa: S608 - our own conditions, no value of anybody; the same holds below

ASLEEP = f"""
SELECT l.id, (SELECT count(*) FROM (SELECT 1 FROM tickets_ticket
        WHERE team_id = l.id AND status = 'pending_client' ORDER BY due_at, id LIMIT {CAP}) AS client),
    count(t.*), count(*) FILTER (WHERE t.waits_for <> ''), min(t.due_at) FILTER (WHERE t.waits_for <> '')
FROM unnest(%(lines)s::bigint[]) AS l (id) LEFT JOIN LATERAL (
    SELECT waits_for, due_at FROM tickets_ticket
    WHERE team_id = l.id AND status = 'scheduled' ORDER BY due_at, id LIMIT {CAP}) AS t ON TRUE
GROUP BY l.id
"""  # noqa: S608


class Row(NamedTuple):
    """One request as the board shows it."""

    id: int
    team_id: int
    owner_id: int | None
    status: str
    next_step: str
    due_at: datetime
    due_from: datetime | None
    waiting_since: datetime | None
    inform_by: datetime | None
    subject: str
    contact_name: str
    client_name: str
    channel_kind: str
    priority: int
    upset_since: datetime | None
    waits_for: str
    third_since: datetime | None

    @property
    def name(self) -> str:
        """Whom it is about, as a face shows it."""
        return self.client_name or self.contact_name

    @property
    def word_by(self) -> datetime | None:
        """When the client hears from us while it is put aside."""
        return self.due_at if self.next_step == "update" else self.inform_by


SINCE = """
CASE WHEN waits_for <> '' THEN (SELECT max(s.at) FROM tickets_schedule s
    WHERE s.ticket_id = tickets_ticket.id AND s.woke_at IS NULL AND s.taken_back_at IS NULL) END AS third_since
"""
COLUMNS = ", ".join(SINCE if name == "third_since" else name for name in Row._fields)
NEAREST = """
SELECT t.* FROM unnest(%(lines)s::bigint[]) AS l (line) CROSS JOIN LATERAL (
    SELECT {columns} FROM tickets_ticket WHERE team_id = l.line AND {condition}
    ORDER BY due_at, id LIMIT %(most)s) AS t
ORDER BY due_at, id LIMIT %(limit)s
"""
THESE = "SELECT {columns} FROM tickets_ticket WHERE id = ANY(%(ids)s)"
OF_PERSON = f"""
SELECT {{columns}} FROM tickets_ticket WHERE owner_id = %(owner)s AND {OURS} AND team_id = ANY(%(lines)s)
ORDER BY due_at, id LIMIT %(limit)s
"""  # noqa: S608
SHOWN = {
    "soonest": OURS,
    "nobody": f"{OURS} AND owner_id IS NULL",
    "third": THIRD,
}
"""What a list of the board holds, as a condition on one row."""


@dataclass
class Figures:
    """Of one line or of one kind of channel: open with our move, of these unanswered, without owner, late, due soon."""

    ours: int = 0
    waiting: int = 0
    unowned: int = 0
    late: int = 0
    soon: int = 0
    oldest_since: datetime | None = None
    next_due: datetime | None = None
    oldest: int | None = None
    client: int = 0
    aside: int = 0
    third: int = 0
    third_due: datetime | None = None

    @property
    def least(self) -> frozenset[str]:
        """Of one line: which of its figures are of the nearest `CAP` alone, so that there may be more.

        What is late comes first, and what falls due soon after it.
        """
        if self.ours < CAP:
            return frozenset()
        full = {"late": self.late >= CAP, "soon": self.late + self.soon >= CAP}
        return frozenset({"ours", "waiting", "unowned", *(name for name, holds in full.items() if holds)})


@dataclass
class Now:
    """Figures by number of line, by kind of channel and by both, and the rows that were asked for."""

    lines: dict[int, Figures] = field(default_factory=dict)
    channels: dict[str, Figures] = field(default_factory=dict)
    both: dict[str, dict[int, Figures]] = field(default_factory=dict)
    oldest: dict[int, Row] = field(default_factory=dict)


def figures(lines: Sequence[int], now: datetime) -> Now:
    """Three statements, whatever waits."""
    found = Now({line: Figures() for line in lines})
    for line, kind, *told in _asked(FIGURES, {"lines": list(lines), "now": now, "ahead": now + AHEAD}):
        if line is None:
            found.channels[kind] = Figures(*told)
        elif kind is None:
            found.lines[line] = Figures(*told)
        else:
            found.both.setdefault(kind, {})[line] = Figures(*told)
    for line, *told in _asked(ASLEEP, {"lines": list(lines)}):
        one = found.lines[line]
        one.client, one.aside, one.third, one.third_due = told
    ids = [one.oldest for one in found.lines.values() if one.oldest]
    rows = _asked(THESE.format(columns=COLUMNS), {"ids": ids})
    found.oldest = {row[0]: Row(*row) for row in rows}
    return found


def nearest(lines: Sequence[int], shown: str, limit: int) -> list[Row]:
    """The first of a list by the moment due; each line walks its own index."""
    sql = NEAREST.format(columns=COLUMNS, condition=SHOWN[shown])
    return [Row(*row) for row in _asked(sql, {"lines": list(lines), "most": limit, "limit": limit})]


def of_person(lines: Sequence[int], owner: int, limit: int) -> list[Row]:
    """What this person has in these lines, the nearest first."""
    sql = OF_PERSON.format(columns=COLUMNS)
    return [Row(*row) for row in _asked(sql, {"lines": list(lines), "owner": owner, "limit": limit})]


def ahead(lines: Sequence[int], now: datetime) -> list[Row]:
    """What falls due in the next two hours, some of each line."""
    sql = NEAREST.format(columns=COLUMNS, condition=f"{OURS} AND due_at >= %(now)s AND due_at < %(ahead)s")
    most = {"most": ON_A_LANE, "limit": ON_A_LANE * max(len(lines), 1)}
    return [Row(*row) for row in _asked(sql, {"lines": list(lines), "now": now, "ahead": now + AHEAD, **most})]


def _asked(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
