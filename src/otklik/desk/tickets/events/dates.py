"""Dates told to the client, and sleeping until one."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class DatePromised(TicketNews):
    promise_id: int
    until: str
    moved: bool
    why: str = ""


@dataclass(frozen=True)
class PromiseNear(TicketNews):
    """A warning: so many seconds are left before the promised date."""

    promise_id: int
    left: int


@dataclass(frozen=True)
class PromiseBroken(TicketNews):
    """The promised date has passed and the client heard nothing; told once."""

    promise_id: int
    until: str


@dataclass(frozen=True)
class DateAnswered(TicketNews):
    """The client said whether a moved date suits them."""

    promise_id: int
    agreed: bool


@dataclass(frozen=True)
class PromiseFulfilled(TicketNews):
    promise_id: int
    kept: bool


@dataclass(frozen=True)
class TicketPutAside(TicketNews):
    """Until a date; `whom` is the third party for whom we wait, then the client hears from us as ever."""

    schedule_id: int
    until: str
    what: str
    whom: str = ""


@dataclass(frozen=True)
class TicketWoke(TicketNews):
    """The moment came: `reason` is "date", "silence", "news" or "class".

    "news" when the client must hear from us of what they were not told, "class" when the service class asks for
    something before the date.
    """

    reason: str
