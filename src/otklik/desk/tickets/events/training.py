"""Answers of trainees that a curator releases, and who is in training."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News
from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class AnswerHeld(TicketNews):
    """An answer is written and waits for the word of one of these people; nothing has left."""

    held_id: int
    until: str
    people: Sequence[int]


@dataclass(frozen=True)
class AnswerReleased(TicketNews):
    """It leaves in the name of its author; `percent` of its words are other ones, `author_id` wrote it."""

    held_id: int
    author_id: int
    percent: int


@dataclass(frozen=True)
class AnswerReturned(TicketNews):
    """It does not leave so; its author reads why."""

    held_id: int
    words: str
    people: Sequence[int]


@dataclass(frozen=True)
class AnswerOvertaken(TicketNews):
    """Nobody releases it any more: see `Overtaken`."""

    held_id: int
    why: str
    people: Sequence[int]


@dataclass(frozen=True)
class AnswerPassedOn(TicketNews):
    """The curator did not look in time, or is away: these people are asked in their place."""

    held_id: int
    people: Sequence[int]


@dataclass(frozen=True)
class TraineeNews(News):
    about: ClassVar[str] = "traineeship"
    key: ClassVar[str] = "traineeship_id"

    traineeship_id: int
    person_id: int


@dataclass(frozen=True)
class TraineeshipBegun(TraineeNews):
    """A lead has said that this curator reads the answers of a person, or how long."""

    curator_id: int


@dataclass(frozen=True)
class TraineeshipEnded(TraineeNews):
    why: str
