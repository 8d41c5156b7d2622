"""The desk from a program: one class, typed answers, problems as exceptions.  Needs nothing but Python 3.12."""

from otklik_client.client import Desk, Read
from otklik_client.problems import Changed, Conflict, NotFound, Problem, RateLimited, Unanswered
from otklik_client.shapes import (
    CardDetail,
    CardField,
    Contact,
    ContactCard,
    File,
    Look,
    Message,
    Named,
    OrganisationCard,
    Payment,
    Person,
    Ticket,
    TicketRow,
)

__all__ = [
    "CardDetail",
    "CardField",
    "Changed",
    "Conflict",
    "Contact",
    "ContactCard",
    "Desk",
    "File",
    "Look",
    "Message",
    "Named",
    "NotFound",
    "OrganisationCard",
    "Payment",
    "Person",
    "Problem",
    "RateLimited",
    "Read",
    "Ticket",
    "TicketRow",
    "Unanswered",
]
