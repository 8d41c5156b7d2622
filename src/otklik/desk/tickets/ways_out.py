"""By which of our mailboxes and chats an answer of a person may leave."""

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.port import talk_on
from otklik.desk.tickets.access import can_write_from
from otklik.desk.tickets.models import Ticket


def may_use(user: User, ticket: Ticket, *, kind: str, line: int) -> bool:
    """Another door than the usual one: of the same kind, or a mailbox where a chat does not reach its person."""
    fits = kind == ticket.channel_kind
    if ticket.is_chat:
        fits = not talk_on(kind).is_chat and bool(ticket.contact.email)
    return fits and can_write_from(user, ticket, line=line)


def ways_out(ticket: Ticket, user: User) -> list[Channel]:
    """The usual one first: where the talk began, or a mailbox of the line where people have spoken by telephone."""
    here = ticket.conversation.channel_id
    open_ones = Channel.objects.exclude(kind=VOICE).order_by("name", "pk")
    found = [one for one in open_ones if one.is_active or one.pk == here]
    usual = next((one for one in found if one.pk == here), None)
    if usual is None:
        found = [one for one in found if not talk_on(one.kind).is_chat]
        usual = next((one for one in found if one.team_id == ticket.team_id), found[0] if found else None)
    if usual is None:
        return []
    others = [one for one in found if one.pk != usual.pk]
    return [usual, *(one for one in others if may_use(user, ticket, kind=one.kind, line=one.team_id))]
