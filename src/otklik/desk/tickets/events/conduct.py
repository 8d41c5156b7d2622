"""Abusive clients."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class AbuseReported(TicketNews):
    """The client was abusive: they were warned, or who reported it stopped; these people look at it."""

    report_id: int
    step: str
    what: str
    people: Sequence[int]


@dataclass(frozen=True)
class AbuseReviewed(TicketNews):
    """A lead has looked at it: see `AbuseReport.Decision` and `Restriction.Mode`."""

    report_id: int
    decision: str
    mode: str
    until: str
    words: str
