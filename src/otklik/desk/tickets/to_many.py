"""Answers to many requests for doors that do not know the room which writes them (docs/decisions/0114, 0128).

That room says here at the start of the program that it serves; what it does is told by this port alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Sweep, Ticket

ACT = "reply"
"""Of a `Sweep` that is an answer to many."""


class Answers(Protocol):
    """Each verb is done wholly or raises Refused; whose they are is asked by `may_halt` and `may_approve`."""

    def begin_answer(
        self, by: User, tickets: Sequence[int], text: str, form: Mapping[str, Any], seen: int | None
    ) -> Sweep:
        """It is looked at by a job first; `form` is what comes next, as a composer keeps it."""

    def go(self, sweep: Sweep) -> None:
        """Its author has read what would happen.  Raises Conflict where a second person has to read it first."""

    def ask_second(self, sweep: Sweep) -> None:
        """Those who may approve it are told that it waits for them, once."""

    def approve(self, sweep: Sweep, by: User) -> None:
        """A second person lets it leave."""

    def stop(self, sweep: Sweep, by: User) -> None:
        """After the portion that is under way; what is over stays as it is."""

    def take_back(self, sweep: Sweep, by: User) -> None:
        """What has not left.  Raises Conflict where nothing waits any more."""

    def samples(self, sweep: Sweep, reader: User) -> list[tuple[Ticket, str]]:
        """What the first of those clients read whom it answers, of requests that this reader may see."""

    def needs_second(self, sweep: Sweep) -> bool:
        """Too many for one pair of eyes."""

    def may_approve(self, user: User, sweep: Sweep) -> bool:
        """Whose word holds on the line of its author; nobody's own."""

    def may_halt(self, user: User, sweep: Sweep) -> bool:
        """Its author, and whoever may approve."""

    def unsent(self, sweep: Sweep) -> tuple[int, datetime | None]:
        """(how many letters have not left, when the last of them does)."""


_rooms: list[Answers] = []


def serve(room: Answers) -> None:
    """Said by the room that writes them, once."""
    _rooms[:] = [room]


def answers() -> Answers:
    return _rooms[0]
