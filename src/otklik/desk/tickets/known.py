"""What a text with places to fill in (`conversations.placeholders`) is filled with for one request."""

from datetime import datetime

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.declension import CASES, declined
from otklik.desk.tickets import letters
from otklik.desk.tickets.models import Ticket


def values_of(ticket: Ticket, agent: User | None, until: datetime | None = None) -> dict[str, str]:
    """By the English names of the places; "" where there is nothing to say.  `until` is a date to be promised."""
    contact = ticket.contact
    called = contact.greeted
    until = until or ticket.promises.current().values_list("until", flat=True).first()
    return {
        "client": called,
        **{f"client {case}": declined(called, case) for case in CASES},
        "organisation": contact.client.name if contact.client else "",
        "agent": agent.name if agent else "",
        "company": Channel.objects.known(ticket.conversation.channel_id).shown_as.shown_name,
        "line": ticket.team.name,
        "number": str(ticket.number),
        "promise": letters.moment(until, letters.zone_of(ticket)) if until else "",
    }
