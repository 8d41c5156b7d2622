"""Whether the client is upset."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class ClientUpset(TicketNews):
    """The client is upset from now on.

    Because "words" of theirs say so, a "person" or a rule does, or it was so in a request "joined" to this one.
    """

    why: str = "person"
    words: Sequence[str] = ()
    message_id: int | None = None


@dataclass(frozen=True)
class ClientCalm(TicketNews):
    """Somebody says that the client is not upset, or not any more."""
