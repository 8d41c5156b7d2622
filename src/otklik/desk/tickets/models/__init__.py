"""A ticket and the rows that explain its states: promise, schedule, resolution, refusal, and who has seen it."""

from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.keeping import Pin
from otklik.desk.tickets.models.outcomes import (
    Promise,
    Refusal,
    Resolution,
    Schedule,
)
from otklik.desk.tickets.models.participant import Participant
from otklik.desk.tickets.models.presence import Presence, Seen
from otklik.desk.tickets.models.relocation import Relocation
from otklik.desk.tickets.models.selfcheck import SelfCheck
from otklik.desk.tickets.models.states import NextStep, RefusalReason, Status
from otklik.desk.tickets.models.ticket import Ticket

__all__ = [
    "Habits",
    "NextStep",
    "Participant",
    "Pin",
    "Presence",
    "Promise",
    "Refusal",
    "RefusalReason",
    "Relocation",
    "Resolution",
    "Schedule",
    "Seen",
    "SelfCheck",
    "Status",
    "Ticket",
]
