"""A ticket and the rows that explain its states: promise, schedule, resolution, refusal, and who has seen it."""

from otklik.desk.tickets.models.appeal import Appeal
from otklik.desk.tickets.models.batch import Batch
from otklik.desk.tickets.models.change import Change
from otklik.desk.tickets.models.field import Field
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.held_answer import HeldAnswer
from otklik.desk.tickets.models.hung import HangingHour, HungHours
from otklik.desk.tickets.models.keeping import Pin
from otklik.desk.tickets.models.layout import Layout
from otklik.desk.tickets.models.outcomes import (
    Promise,
    Refusal,
    Resolution,
    Schedule,
)
from otklik.desk.tickets.models.participant import Participant
from otklik.desk.tickets.models.partner import Partner
from otklik.desk.tickets.models.presence import Presence, Seen
from otklik.desk.tickets.models.refusal_request import RefusalRequest
from otklik.desk.tickets.models.relocation import Relocation
from otklik.desk.tickets.models.saved_list import SavedList
from otklik.desk.tickets.models.selfcheck import SelfCheck
from otklik.desk.tickets.models.states import NextStep, Priority, RefusalReason, Status
from otklik.desk.tickets.models.sweep import Sweep
from otklik.desk.tickets.models.tag import Tag
from otklik.desk.tickets.models.task import Task
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.models.tie import Tie
from otklik.desk.tickets.models.topic import Topic
from otklik.desk.tickets.models.traineeship import Traineeship
from otklik.desk.tickets.models.visit import Visit
from otklik.desk.tickets.models.watching import Watch

__all__ = [
    "Appeal",
    "Batch",
    "Change",
    "Field",
    "Habits",
    "HangingHour",
    "HeldAnswer",
    "HungHours",
    "Layout",
    "NextStep",
    "Participant",
    "Partner",
    "Pin",
    "Presence",
    "Priority",
    "Promise",
    "Refusal",
    "RefusalReason",
    "RefusalRequest",
    "Relocation",
    "Resolution",
    "SavedList",
    "Schedule",
    "Seen",
    "SelfCheck",
    "Status",
    "Sweep",
    "Tag",
    "Task",
    "Ticket",
    "Tie",
    "Topic",
    "Traineeship",
    "Visit",
    "Watch",
]
