"""An answer to many requests, of which somebody else than its author says a word."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ManyNews(News):
    about: ClassVar[str] = "sweep"
    key: ClassVar[str] = "sweep_id"

    sweep_id: int
    author_id: int


@dataclass(frozen=True)
class AnswerToManyApproved(ManyNews):
    """A second person has read it: it may leave to so many clients."""

    letters: int


@dataclass(frozen=True)
class AnswerToManyHalted(ManyNews):
    """Whose word holds on the line has stopped it or takes it back; so many letters had not left."""

    letters: int
