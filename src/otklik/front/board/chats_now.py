"""Live talks in chats of some lines: who has the word, and for how long nobody has said anything (UI-133)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db.models import BigIntegerField, Case, Value, When
from django.db.models.expressions import RawSQL

from otklik.core.staff.models import User
from otklik.desk.channels.port import chats
from otklik.desk.tickets.models import Status, Ticket
from otklik.front.board.shift_queries import CAP, OURS

MOST = 20
"""So many are shown, those that wait for us first."""
SILENT = timedelta(minutes=5)
"""So long without a word while the client waits is pointed out."""
# Of each line a bounded part of one index, as the rest of the shift board.
LIVE = f"""
SELECT found.id FROM unnest(%s::bigint[]) AS line (id) CROSS JOIN LATERAL (
    (SELECT id, channel_kind FROM tickets_ticket WHERE team_id = line.id AND {OURS} ORDER BY due_at, id LIMIT {CAP})
    UNION ALL
    (SELECT id, channel_kind FROM tickets_ticket WHERE team_id = line.id AND status = 'pending_client'
        ORDER BY due_at, id LIMIT {CAP})) AS found
WHERE found.channel_kind = ANY(%s)
"""  # noqa: S608 - our own conditions


class Talk(NamedTuple):
    """`takeable`: the reader may take it over from whoever has it."""

    ticket: Ticket
    ours: bool
    takeable: bool


def live(lines: Sequence[int], reader: User) -> list[Talk]:
    """The longest silence first, of those whose client waits; one statement."""
    found = RawSQL(LIVE, [list(lines), chats()], BigIntegerField())  # noqa: S611 - our own statement
    theirs = Case(When(status=Status.PENDING_CLIENT, then=Value(1)), default=Value(0))
    rows = Ticket.objects.filter(pk__in=found).select_related("owner", "team").order_by(theirs, "last_at", "pk")
    may = reader.leads and reader.answers
    return [
        Talk(
            one,
            one.status != Status.PENDING_CLIENT,
            may and one.team_id in reader.team_ids and one.owner_id != reader.pk,
        )
        for one in rows[:MOST]
    ]
