"""My day: what is due, what I promised, what came back, what waits.

Each list is one condition on a request, so that a number and its rows never differ; the numbers come in one statement.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User

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


@dataclass(frozen=True)
class Moment:
    """The borders of a person's day, in their own zone."""

    now: datetime
    today: datetime
    tomorrow: datetime

    @classmethod
    def of(cls, local: datetime) -> "Moment":
        today = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return cls(local, today, today + timedelta(days=1))

    def values(self, user: User) -> dict[str, Any]:
        """What the conditions ask for."""
        return {
            "me": user.pk,
            "soon": self.now + SOON,
            "today": self.today,
            "tomorrow": self.tomorrow,
            "week": self.now - timedelta(days=7),
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


VISIBLE = "(%(all)s OR t.team_id = ANY(%(lines)s) OR t.owner_id = %(me)s OR %(me)s = ANY(t.works_with))"


def counts(user: User, moment: Moment) -> dict[str, int]:
    """How many requests stand in each list."""
    every = " UNION ALL ".join(
        f"SELECT '{name}', count(*) FROM tickets_ticket t WHERE {VISIBLE} AND {asked.condition}"
        for name, asked in LISTS.items()
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
        f"(SELECT '{name}', t.id, t.subject, t.client_name, {LISTS[name].moment} AS moment, t.status "
        f"FROM tickets_ticket t WHERE {VISIBLE} AND {LISTS[name].condition} "
        f"ORDER BY moment NULLS LAST, t.id LIMIT {int(most)})"
        for name in names
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), moment.values(user))
        return [(row[0], Row(*row[1:])) for row in cursor.fetchall()]


def label(name: str) -> str:
    """Raises KeyError."""
    return str(LISTS[name].label)
