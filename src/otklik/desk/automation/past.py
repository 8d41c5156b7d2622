"""Letters of before: what is brought in from files or a mailbox's past is history, and nobody acts on it by itself."""

from typing import Any

from otklik.desk.conversations.models import Message
from otklik.desk.tickets.events import ClientUpset, ClientWrote, TicketOpened


def is_history(news: Any) -> bool:
    """A request that an old letter opened, or an old letter in it."""
    if not isinstance(news, TicketOpened | ClientWrote | ClientUpset):
        return False
    letters = Message.objects.filter(conversation__ticket=news.ticket_id).select_related("inbound").order_by("id")
    found = letters if isinstance(news, TicketOpened) else letters.filter(pk=news.message_id or 0)
    first = found.only("inbound__source").first()
    return first is not None and first.inbound is not None and first.inbound.is_old_mail
