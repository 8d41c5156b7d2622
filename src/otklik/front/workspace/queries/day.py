"""My day: what is due, what I promised, what came back, what waits, and my own figures.

Each list is one condition on a request, so that a number and its rows never differ; the numbers come in one statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import SATISFIED
from otklik.core.formulas import csat
from otklik.core.staff.models import User
from otklik.team.metrics.sureness import status_of

SOON = timedelta(hours=1)
SHOWN = 10
MOST = 200
OPEN_PROMISE = """FROM tickets_promise p WHERE p.ticket_id = t.id AND p.by_id = %(me)s AND p.done_at IS NULL
    AND p.moved_at IS NULL AND p.taken_back_at IS NULL"""
BACK = "SELECT 1 FROM journal_entry e WHERE e.about = 'ticket' AND e.about_id = t.id AND e.kind = ANY(%(back)s)"
MY_TASK = """FROM tickets_task k WHERE k.ticket_id = t.id AND k.executor_id = %(me)s AND k.done_at IS NULL
    AND k.due_at < %(tomorrow)s"""
MY_VISIT = """FROM tickets_visit v JOIN tickets_visit_people w ON w.visit_id = v.id
    WHERE v.ticket_id = t.id AND w.user_id = %(me)s AND v.over_at IS NULL
    AND v.starts_at < %(tomorrow)s AND v.ends_at > %(today)s"""


class Asked(NamedTuple):
    """A list: which requests stand in it, and by which moment each of them does."""

    label: str | Words
    condition: str
    moment: str = "t.due_at"


LISTS: dict[str, Asked] = {
    "due": Asked(_("Due now"), "t.owner_id = %(me)s AND t.status IN ('new', 'open') AND t.due_at <= %(soon)s"),
    "today": Asked(
        _("Dates I gave: today"),
        f"EXISTS (SELECT 1 {OPEN_PROMISE} AND p.until < %(tomorrow)s)",
        f"(SELECT min(p.until) {OPEN_PROMISE})",
    ),
    "later": Asked(
        _("Dates I gave: later"),
        f"EXISTS (SELECT 1 {OPEN_PROMISE} AND p.until >= %(tomorrow)s)",
        f"(SELECT min(p.until) {OPEN_PROMISE} AND p.until >= %(tomorrow)s)",
    ),
    "returned": Asked(
        _("Came back to me"),
        f"t.owner_id = %(me)s AND t.status IN ('new', 'open') AND EXISTS ({BACK} AND e.at > %(week)s)",
    ),
    "waiting": Asked(_("Waiting for others"), "t.owner_id = %(me)s AND t.status IN ('pending_client', 'scheduled')"),
    "mentions": Asked(
        _("My name in a note"),
        """EXISTS (SELECT 1 FROM journal_notice n WHERE n.person_id = %(me)s AND n.kind = 'mention'
            AND n.about = 'ticket' AND n.about_id = t.id AND n.at > %(week)s)""",
    ),
    "tasks": Asked(_("My tasks today"), f"EXISTS (SELECT 1 {MY_TASK})", f"(SELECT min(k.due_at) {MY_TASK})"),
    "visits": Asked(_("My visits today"), f"EXISTS (SELECT 1 {MY_VISIT})", f"(SELECT min(v.starts_at) {MY_VISIT})"),
}
MINE: dict[str, Asked] = {
    "answered": Asked(
        _("First answers"),
        "f.agent_id = %(me)s AND f.first_answer_at >= %(month)s AND f.frt_business_s IS NOT NULL",
    ),
    "resolved": Asked(_("Solved"), "f.agent_id = %(me)s AND f.ended_as = 'resolved' AND f.ended_at >= %(month)s"),
    "reopened": Asked(_("Reopened"), "f.agent_id = %(me)s AND f.ended_at >= %(month)s AND f.reopened > 0"),
}
PROMISED: dict[str, Asked] = {
    "kept": Asked(_("Kept"), "p.done_at <= p.until"),
    "moved": Asked(_("Moved"), "p.moved_at IS NOT NULL"),
    "broken": Asked(_("Not kept"), "p.moved_at IS NULL AND (p.broken_at IS NOT NULL OR p.done_at > p.until)"),
}
MY_PROMISES = "FROM tickets_promise p WHERE p.by_id = %(me)s AND p.taken_back_at IS NULL AND p.until >= %(month)s"
SCORES = "SELECT 1 FROM surveys_score s WHERE s.ticket_id = t.id AND s.agent_id = %(me)s AND s.at >= %(month)s"


@dataclass(frozen=True)
class Moment:
    """The borders of a person's day, in their own zone."""

    now: datetime
    today: datetime
    tomorrow: datetime
    month: datetime

    @classmethod
    def of(cls, local: datetime) -> "Moment":
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(local, today, today + timedelta(days=1), today.replace(day=1))

    def values(self, user: User) -> dict[str, Any]:
        """What the conditions ask for."""
        return {
            "me": user.pk,
            "soon": self.now + SOON,
            "today": self.today,
            "tomorrow": self.tomorrow,
            "week": self.now - timedelta(days=7),
            "month": self.month,
            "back": ["tickets.TicketSentBack", "tickets.TicketReopened", "tickets.SolutionRejected"],
            "lines": user.team_ids,
            "all": user.sees_everything,
        }


class Row(NamedTuple):
    """A request in a list."""

    number: int
    subject: str
    client: str
    due: datetime | None
    status: str


@dataclass(frozen=True)
class Figures:
    """Of this month, of one person, for their own eyes: no rank, no neighbour."""

    counts: dict[str, int]
    promises: dict[str, int]
    answered: int
    median: float | None
    p90: float | None
    csat: Any

    @property
    def enough(self) -> bool:
        return status_of(self.answered) not in ("undefined", "hidden")

    @property
    def rated(self) -> bool:
        return status_of(self.csat["n"]) not in ("undefined", "hidden")


VISIBLE = "(%(all)s OR t.team_id = ANY(%(lines)s) OR t.owner_id = %(me)s OR %(me)s = ANY(t.works_with))"


def counts(user: User, moment: Moment) -> dict[str, int]:
    """How many requests stand in each list."""
    every = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM tickets_ticket t WHERE {VISIBLE} AND {_of(name)}" for name in LISTS
    )
    with connection.cursor() as cursor:
        cursor.execute(every, moment.values(user))
        return dict(cursor.fetchall())


def rows(name: str, user: User, moment: Moment, most: int = MOST) -> list[Row]:
    """The requests behind a number, the soonest first.  Raises KeyError for a list that is none."""
    return [row for _name, row in _rows([name], user, moment, most)]


def first_rows(user: User, moment: Moment) -> dict[str, list[Row]]:
    """The beginning of every list, in one statement."""
    found: dict[str, list[Row]] = {name: [] for name in LISTS}
    for name, row in _rows(list(LISTS), user, moment, SHOWN):
        found[name].append(row)
    return found


def _rows(names: list[str], user: User, moment: Moment, most: int) -> list[tuple[str, Row]]:
    parts = [
        f"(SELECT '{name}', t.id, t.subject, t.client_name, {_moment(name)} AS moment, t.status FROM tickets_ticket t "
        f"{_join(name)} WHERE {VISIBLE} AND {_of(name)} ORDER BY moment NULLS LAST, t.id LIMIT {int(most)})"
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), moment.values(user))
        return [(row[0], Row(*row[1:])) for row in cursor.fetchall()]


def _join(name: str) -> str:
    return "JOIN metrics_ticketfact f ON f.ticket_id = t.id AND f.excluded = ''" if name in MINE else ""


def _of(name: str) -> str:
    if name in LISTS:
        return LISTS[name].condition
    if name in MINE:
        return MINE[name].condition
    if name == "rated":
        return f"EXISTS ({SCORES})"
    return f"EXISTS (SELECT 1 {MY_PROMISES} AND p.ticket_id = t.id AND {PROMISED[name].condition})"


def _moment(name: str) -> str:
    return LISTS[name].moment if name in LISTS else "t.due_at"


def label(name: str) -> str:
    """Raises KeyError."""
    known = {**LISTS, **MINE, **PROMISED}
    return str(_("Rated by clients") if name == "rated" else known[name].label)


def figures(user: User, moment: Moment) -> Figures:
    """Two statements: of facts and promises, of marks."""
    told = ", ".join(f"count(*) FILTER (WHERE {asked.condition})" for asked in MINE.values())
    vows = ", ".join(f"(SELECT count(*) {MY_PROMISES} AND {asked.condition})" for asked in PROMISED.values())
    first = MINE["answered"].condition
    statement = f"""
        SELECT {told}, percentile_cont(0.5) WITHIN GROUP (ORDER BY f.frt_business_s) FILTER (WHERE {first}),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY f.frt_business_s) FILTER (WHERE {first}), {vows}
        FROM metrics_ticketfact f WHERE f.agent_id = %(me)s AND f.excluded = ''
            AND (f.first_answer_at >= %(month)s OR f.ended_at >= %(month)s)
    """
    values = moment.values(user)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
        cursor.execute(
            "SELECT value, count(*) FROM surveys_score WHERE agent_id = %(me)s AND at >= %(month)s GROUP BY value",
            values,
        )
        marks = dict(cursor.fetchall())
    mine, after = dict(zip(MINE, row, strict=False)), len(MINE)
    return Figures(
        counts=mine,
        promises=dict(zip(PROMISED, row[after + 2 :], strict=True)),
        answered=mine["answered"],
        median=row[after],
        p90=row[after + 1],
        csat=csat({value: marks.get(value, 0) for value in range(1, 6)}, SATISFIED),
    )
