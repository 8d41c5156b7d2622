"""What a person keeps at hand: requests they pinned, and the last they opened, in one statement."""

from typing import NamedTuple

from django.db import connection

from otklik.core.staff.models import User
from otklik.front.workspace.queries.standing import KEPT, Reader

MOST = {"pinned": 8, "recent": 20}
"""Of each kind in the palette (UI-04); the lists of these names hold all of them."""

SQL = " UNION ALL ".join(
    f"(SELECT '{name}', id, subject, contact_name, client_name, channel_kind FROM ({KEPT[name]}) AS kept"
    f" JOIN tickets_ticket ON tickets_ticket.id = kept.ticket_id WHERE {{visible}} ORDER BY kept.at DESC LIMIT {most})"
    for name, most in MOST.items()
)


class Kept(NamedTuple):
    """One request at hand; `why` is "pinned" or "recent"."""

    why: str
    id: int
    subject: str
    contact_name: str
    client_name: str
    channel_kind: str


def at_hand(user: User) -> list[Kept]:
    """Pinned ones first; what is pinned does not stand among the recent a second time."""
    reader = Reader.of(user)
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(visible=reader.visible), reader.parameters)
        found = [Kept(*row) for row in cursor.fetchall()]
    pinned = {row.id for row in found if row.why == "pinned"}
    return [row for row in found if row.why == "pinned" or row.id not in pinned]
