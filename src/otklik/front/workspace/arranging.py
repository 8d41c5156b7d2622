"""Which kind a request is for its reader, and so how its page is laid out; no statement of its own."""

from otklik.desk.channels.port import talk_on
from otklik.desk.tickets.layouts import Arrangement, Kind
from otklik.desk.tickets.models import Status, Ticket
from otklik.desk.tickets.models.layout import arrangement
from otklik.front.workspace.complaints.stripe import Stripe


def arranged(ticket: Ticket, stripe: Stripe | None) -> Arrangement:
    """For a request that was read as its page reads it (`queries.one.ticket`)."""
    return arrangement(ticket.layouts, kind_of(ticket, stripe))  # type: ignore[attr-defined]


def kind_of(ticket: Ticket, stripe: Stripe | None) -> str:
    """The first that is true.

    A complaint counts when the reader may see it: else the order of the page would tell the person whom it is about.
    """
    if stripe and stripe.complaints:
        return Kind.COMPLAINT
    if ticket.incident:  # type: ignore[attr-defined]
        return Kind.INCIDENT
    if ticket.problem:  # type: ignore[attr-defined]
        return Kind.PROBLEM
    if ticket.refusal_asked or ticket.appealed or ticket.status == Status.REFUSED:
        return Kind.REFUSAL
    if ticket.channel_kind == "phone":
        return Kind.CALL
    return Kind.CHAT if talk_on(ticket.channel_kind).is_chat else Kind.ORDINARY
