"""What the tests of joining, moving and undoing look at."""

from otklik.desk.tickets.models import Ticket


def texts(ticket: Ticket) -> list[str]:
    return list(ticket.conversation.messages.public().from_people().values_list("new_text", flat=True))
