"""News of calls: what open pages and the stories of tickets hear."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News
from otklik.desk.tickets.events import TicketNews


@dataclass(frozen=True)
class CallTurned(News):
    """It rings, is talked, held, over or concluded now; `people` see another card than before."""

    about: ClassVar[str] = "call"
    key: ClassVar[str] = "call_id"

    call_id: int
    state: str
    people: Sequence[int]


@dataclass(frozen=True)
class CallStands(TicketNews):
    """From here on the call belongs to the request."""

    call_id: int


@dataclass(frozen=True)
class CallWent(TicketNews):
    """A call of the request is not as it was: open pages draw it anew, figures are counted again."""

    call_id: int


@dataclass(frozen=True)
class CallerReached(TicketNews):
    """Who was missed has been spoken to; `called_again` when they did it themselves."""

    call_id: int
    called_again: bool
