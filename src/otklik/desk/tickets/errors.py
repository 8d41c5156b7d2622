"""Why an act on a ticket was refused; the text is for the person who tried."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from otklik.core.journal.refused import Refused as Refused

if TYPE_CHECKING:
    from otklik.desk.conversations.models import Message
    from otklik.desk.tickets.models import Field


class Invalid(Refused):
    """A value is missing or makes no sense; `field` names it."""


class Unapproved(Invalid):
    """A refusal that a lead has to see first: ask for it."""


class Unfilled(Invalid):
    """Fields of the form that have to be filled in first."""

    def __init__(self, text: str, missing: "Sequence[Field]") -> None:
        super().__init__(text, missing[0].place)
        self.missing = list(missing)


class Stale(Refused):
    """Somebody wrote since the author began: `newer` are the messages to read first."""

    def __init__(self, text: str, newer: "Sequence[Message]") -> None:
        super().__init__(text)
        self.newer = list(newer)


class Conflict(Refused):
    """The ticket is not in a state for this act any more (for one: somebody else took it)."""


class Changed(Conflict):
    """Somebody has changed what the author had on screen; the text says what it is now."""


class Unreleased(Conflict):
    """A letter of somebody in training that a curator has to read first: hand it in as an answer."""
