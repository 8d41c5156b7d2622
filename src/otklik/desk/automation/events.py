"""News of what the desk does by itself."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News
from otklik.desk.tickets.events import TicketNews


@dataclass(frozen=True)
class RuleFired(TicketNews):
    """A rule ran, because of this; its acts follow as news of their own whose cause this is."""

    rule_id: int
    name: str
    why: str


@dataclass(frozen=True)
class RuleFailed(TicketNews):
    """An act of a rule could not be done."""

    rule_id: int
    name: str
    act: str
    trouble: str


@dataclass(frozen=True)
class PeopleTold(TicketNews):
    """These people have a notice; `urgent` sends a letter to them as well."""

    people: list[int]
    text: str
    urgent: bool


@dataclass(frozen=True)
class ProgramCalled(TicketNews):
    """A rule or a macro calls the program of this endpoint."""

    endpoint_id: int
    name: str
    delivery_id: int


@dataclass(frozen=True)
class MacroApplied(TicketNews):
    macro_id: int
    name: str
    application_id: int


@dataclass(frozen=True)
class MacroUndone(TicketNews):
    name: str
    application_id: int


@dataclass(frozen=True)
class RuleNews(News):
    about: ClassVar[str] = "rule"
    key: ClassVar[str] = "rule_id"

    rule_id: int
    name: str


@dataclass(frozen=True)
class RulePaused(RuleNews):
    """It ran too often and waits for somebody to look at it."""

    why: str


@dataclass(frozen=True)
class EndpointPaused(News):
    """Nobody has answered there for days; its calls wait."""

    about: ClassVar[str] = "webhook"
    key: ClassVar[str] = "endpoint_id"

    endpoint_id: int
    name: str
