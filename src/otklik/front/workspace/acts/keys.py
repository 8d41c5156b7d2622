"""Names under which an act is remembered as done."""

from otklik.desk.tickets.models import Ticket


def key_of_note(ticket: Ticket, key: str) -> str:
    """Of a note: the key of the composer it was written in; "" without one."""
    return f"note:{ticket.pk}:{key}"[:100] if key else ""
