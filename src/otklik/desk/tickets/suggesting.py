"""Which request a new letter may belong to, for a person's eye.

Anybody can write a number or a subject, so these never join anything by themselves (SENDER-1).
"""

import re
from typing import TYPE_CHECKING

from otklik.desk.clients.models import Contact

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

LATEST = 20
_NUMBER = re.compile(
    r"(?:#|№|\b(?:no\.|nr\.|ticket|request|case|заявк[аеиу]|обращени[еяю]|запрос[ау]?|тикет[ау]?|номер))"
    r"[\s:#№]{0,4}(\d{1,15})\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"\s*(?:(?:re|aw|sv|antw|odp|отв|на|fwd?|пересл)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def suggested_for(subject: str, contact: Contact) -> "Ticket | None":
    """By a number in the subject, else by the words of an answer to a request of the same person."""
    subject = subject[:1000]
    return _by_number(subject) or _by_words(subject, contact)


def _by_number(subject: str) -> "Ticket | None":
    from otklik.desk.tickets.models import Ticket

    numbers = [int(number) for number in _NUMBER.findall(subject)[:5]]
    return Ticket.objects.filter(pk__in=numbers).order_by("-id").first() if numbers else None


def _by_words(subject: str, contact: Contact) -> "Ticket | None":
    from otklik.desk.tickets.models import Ticket

    prefix = _ANSWERS.match(subject)
    if not prefix or not (words := _plain(subject)):
        return None
    latest = Ticket.objects.filter(contact=contact).order_by("-id").only("subject")[:LATEST]
    return next((ticket for ticket in latest if _plain(ticket.subject) == words), None)


def _plain(subject: str) -> str:
    prefix = _ANSWERS.match(subject)
    return " ".join(subject[prefix.end() if prefix else 0 :].casefold().split())
