"""What a client may expect of a request, and by when: the plug for whoever knows about service classes.

Without a plug the times of the line hold.  Tickets ask this port and nobody else, so that a class, a priority or
another line is obeyed in every verb.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from otklik.core.staff.models import User
    from otklik.desk.tickets.models import Ticket

UNCLASSED = 100
"""The rank of a request that no class covers; a smaller one is served first."""


@dataclass(frozen=True)
class Cover:
    """The version of the service class that covers a request; its number means something to the plug alone."""

    version: int | None = None
    name: str = ""
    rank: int = UNCLASSED


@dataclass(frozen=True)
class Moment:
    """What is to be done next, until when, and since when its time runs."""

    step: str
    note: str
    due: datetime
    since: datetime


class Terms(Protocol):
    """Times of a request are those of its class and priority, in business time."""

    def cover(self, ticket: "Ticket") -> Cover:
        """The class in force for its client, contact and channel at this moment."""
        ...

    def ranks(self) -> Sequence[int]:
        """Those of all classes, the most urgent first; what no class covers comes after them."""
        ...

    def first_answer_due(self, ticket: "Ticket", since: datetime) -> datetime: ...

    def next_answer_due(self, ticket: "Ticket", since: datetime) -> datetime: ...

    def update_every(self, ticket: "Ticket") -> timedelta | None:
        """How often we write to the client until it is solved, in business time; None when nothing is promised."""
        ...

    def update_due(self, ticket: "Ticket", since: datetime) -> datetime | None: ...

    def nearest(self, ticket: "Ticket", status: str, moment: Moment) -> Moment:
        """The moment itself, or what the class asks for before it when the ticket turns to this status."""
        ...

    def recounted(self, ticket: "Ticket", why: str, by: "User | None") -> None:
        """Class, priority, line or client have changed and the row is saved: the times that run are counted anew."""
        ...


class TimesOfTheLine:
    """What holds without any class."""

    def cover(self, ticket: "Ticket") -> Cover:
        return Cover()

    def ranks(self) -> Sequence[int]:
        return ()

    def first_answer_due(self, ticket: "Ticket", since: datetime) -> datetime:
        return ticket.team.first_answer_due(since)

    def next_answer_due(self, ticket: "Ticket", since: datetime) -> datetime:
        return ticket.team.next_answer_due(since)

    def update_every(self, ticket: "Ticket") -> timedelta | None:
        return None

    def update_due(self, ticket: "Ticket", since: datetime) -> datetime | None:
        return None

    def nearest(self, ticket: "Ticket", status: str, moment: Moment) -> Moment:
        return moment

    def recounted(self, ticket: "Ticket", why: str, by: "User | None") -> None:
        pass


_plugged: list[Terms] = [TimesOfTheLine()]


def plug_in(terms: Terms) -> None:
    _plugged[:] = [terms]


def current() -> Terms:
    return _plugged[0]
