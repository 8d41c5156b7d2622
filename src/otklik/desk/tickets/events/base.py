"""What all news of a ticket have in common."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class TicketNews(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
