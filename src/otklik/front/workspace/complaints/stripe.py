"""What the header of a request says of complaints: one that runs, or whether it should become one (UI-27)."""

from dataclasses import dataclass

from otklik.care.complaints import suggesting
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.models.filing import JOINED_TO
from otklik.care.complaints.states import State
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

KNOWN = f"""(SELECT max(f.opened_at) FROM surveys_followup f JOIN surveys_invitation s ON s.id = f.invitation_id
        WHERE s.ticket_id = t.id),
    EXISTS (SELECT 1 FROM complaints_complaint x WHERE x.ticket_id = ANY({JOINED_TO.format("t.id")}))"""  # noqa: S608
"""Columns beside a request: when its client gave a low mark, and whether anybody complained."""


@dataclass(frozen=True)
class Stripe:
    """`complaints` are those that the reader may see, open ones; `asks` is why it may be one: "upset", "mark", ""."""

    complaints: list[Complaint]
    asks: str = ""


def stripe_of(ticket: Ticket, user: User, *, can_act: bool) -> Stripe | None:
    """None for most requests, without a statement."""
    low, has_one = ticket.low_mark_at, ticket.has_complaint  # type: ignore[attr-defined]
    if has_one:
        found = Complaint.objects.visible_to(user).of_ticket(ticket).exclude(state=State.CLOSED)
        rows = list(found.select_related("owner").order_by("legal_due", "pk")[:3])
        return Stripe(rows) if rows else None
    since = max(filter(None, (low, ticket.upset_since)), default=None)
    if can_act and since and suggesting.sounds_like_one(ticket, since):
        return Stripe([], "mark" if since == low else "upset")
    return None
