"""What falls due is said once: a warning to the owner, the breach to the leads of the line.

One index holds the moments of all live clocks, so a round costs what falls due in it and not what exists.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from otklik.core.journal import clock as now_of
from otklik.core.journal.news import publish
from otklik.core.staff.models import Membership, Role
from otklik.desk.sla.events import TargetAtRisk, TargetBreached, TargetNews
from otklik.desk.sla.models import Clock
from otklik.desk.sla.telling import tell_owners
from otklik.desk.tickets.models import Ticket

BATCH = 50
"""Tickets held at a time; a person who answers one of them waits no longer than it takes to tell of these."""

# The ticket is held, too: its verbs hold it when they move its clocks.
FALLEN = """
SELECT k.* FROM sla_clock k JOIN tickets_ticket t ON t.id = k.ticket_id
WHERE k.next_at <= %s ORDER BY k.next_at LIMIT %s FOR NO KEY UPDATE OF t, k SKIP LOCKED
"""
TOLD = """
UPDATE sla_clock k SET warned_at = n.warned_at, breached_at = n.breached_at, next_at = n.next_at
FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[])
    AS n (id, warned_at, breached_at, next_at)
WHERE k.id = n.id
"""


def tell_all() -> int:
    """Tell of everything that has fallen due by now; returns how many clocks."""
    count = 0
    while told := _tell_some(now_of.now()):
        count += told
    return count


@transaction.atomic
def _tell_some(now: datetime) -> int:
    clocks = list(Clock.objects.raw(FALLEN, [now, BATCH]))
    if not clocks:
        return 0
    tickets = Ticket.objects.only("pk", "team_id", "owner_id").in_bulk({clock.ticket_id for clock in clocks})
    leads = _leads({ticket.team_id for ticket in tickets.values()})
    said: list[TargetNews] = []
    for clock in clocks:
        ticket, broken = tickets[clock.ticket_id], clock.due_at <= now
        owner = [ticket.owner_id] if ticket.owner_id and not broken else []
        kind = TargetBreached if broken else TargetAtRisk
        clock.warned_at = clock.warned_at or now
        clock.breached_at, clock.next_at = (clock.due_at, None) if broken else (None, clock.due_at)
        said.append(
            kind(
                ticket_id=ticket.pk,
                clock_id=clock.pk,
                commitment=clock.kind,
                due=clock.due_at.isoformat(),
                people=owner or leads[ticket.team_id],
            )
        )
    _write(clocks)
    for news in said:
        publish(news)
    tell_owners(said, tickets)
    return len(clocks)


def _write(clocks: Sequence[Clock]) -> None:
    columns = zip(*((one.pk, one.warned_at, one.breached_at, one.next_at) for one in clocks), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [list(column) for column in columns])


def _leads(teams: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(team__in=teams, user__role=Role.LEAD, user__is_active=True)
    for team, user in rows.values_list("team", "user"):
        found[team].append(user)
    return found
