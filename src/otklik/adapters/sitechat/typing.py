"""Who is writing just now, told to the other side: that they do, never what (docs/decisions/0105)."""

from datetime import timedelta

from django.db.models import Q

from otklik.adapters.sitechat import live
from otklik.adapters.sitechat.models import KIND, Visitor
from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.desk.channels import nearness

LASTS = timedelta(seconds=10)
"""A window says it again every few seconds while somebody types."""
OFTEN = timedelta(seconds=3)
"""Whatever a window says: more often it is told to nobody."""
TALK = """
SELECT t.id, t.team_id, t.status, t.due_from FROM tickets_ticket t
JOIN clients_identity i ON i.contact_id = t.contact_id AND i.kind = %(kind)s AND i.value = %(address)s
WHERE t.channel_kind = %(kind)s AND t.due_at IS NOT NULL ORDER BY t.id DESC LIMIT 1
"""
WRITES = "SELECT 1 FROM tickets_presence WHERE ticket_id = %s AND doing = 'writes' AND at >= %s LIMIT 1"
BEFORE = """
SELECT count(*) FROM tickets_ticket t WHERE t.team_id = %s AND t.status IN ('new', 'open')
    AND t.channel_kind = %s AND t.due_from < %s
"""


def typed(visitor: Visitor) -> None:
    """Those who have the request open hear of it; it passes by and is not written into the journal."""
    if visitor.ended_at:
        return
    now = clock.now()
    fresh = Q(typing_at=None) | Q(typing_at__lt=now - OFTEN)
    if Visitor.objects.filter(fresh, pk=visitor.pk).update(typing_at=now) and (talk := _talk(visitor)):
        nearness.tell(talk[0])


def is_typing(address: str) -> bool:
    """Of whoever is known by this address in a chat."""
    visitor = Visitor.objects.of_address(address)
    return bool(visitor and visitor.typing_at and visitor.typing_at > clock.now() - LASTS)


def we_write(address: str) -> None:
    """Somebody of ours types an answer: their window asks what is new."""
    if visitor := Visitor.objects.of_address(address):
        live.tell(visitor.pk)


def standing(visitor: Visitor) -> dict[str, object]:
    """`typing`: somebody of ours does; `place` among the chats that wait for the line, None where none does."""
    talk = _talk(visitor)
    if talk is None:
        return {"typing": False, "place": None}
    ticket, line, status, since = talk
    writes = first(WRITES, ticket, clock.now() - nearness.FRESH) is not None
    waits = status in ("new", "open") and since is not None
    before = first(BEFORE, line, KIND, since) if waits else None
    return {"typing": writes, "place": before[0] + 1 if before else None}


def _talk(visitor: Visitor) -> tuple[int, int, str, object] | None:
    """The open request of their window."""
    return first(TALK, kind=KIND, address=visitor.address)
