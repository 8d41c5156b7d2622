"""What was said, by whom, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class TicketOpened(TicketNews):
    team_id: int
    automatic: str = ""


@dataclass(frozen=True)
class ClientWrote(TicketNews):
    message_id: int


@dataclass(frozen=True)
class ClientCorrected(TicketNews):
    """Letters of something said before, after the end: kept, but nobody waits for an answer."""

    message_id: int


@dataclass(frozen=True)
class MachineWrote(TicketNews):
    """A bounce, an auto-reply, a mailing list: kept, but nobody waits for an answer."""

    message_id: int
    automatic: str


@dataclass(frozen=True)
class Answered(TicketNews):
    """A person answered the client; `first` when nobody had before, `sent_away`: to another channel.

    None where it is no letter of ours: what was said by voice, or to an invitation, says nothing of that.
    """

    message_id: int
    first: bool
    sent_away: bool | None = None


@dataclass(frozen=True)
class Informed(TicketNews):
    """A person told the clients of many requests the same; nobody answered this one by itself."""

    message_id: int


@dataclass(frozen=True)
class AnswerTakenBack(TicketNews):
    """The reply was undone before it left: as if it had not been."""

    message_id: int


@dataclass(frozen=True)
class Noted(TicketNews):
    message_id: int


@dataclass(frozen=True)
class Mentioned(TicketNews):
    """A note names these people, or their `lines`."""

    message_id: int
    people: Sequence[int]
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Acknowledged(TicketNews):
    message_id: int


@dataclass(frozen=True)
class ClientReminded(TicketNews):
    """The client was reminded of our question, for the `number`-th time."""

    message_id: int
    number: int


@dataclass(frozen=True)
class MessageHeld(TicketNews):
    """What the desk would have written by itself waits `until`, or is not sent; `why` with `detail` is a policy's."""

    purpose: str
    why: str
    detail: str
    until: str


@dataclass(frozen=True)
class Forwarded(TicketNews):
    """Letters of the request went to a third party; the client does not see it.

    `messages` are those that were disclosed, `files` how many of their files; the addresses stand in the message.
    """

    message_id: int
    count: int
    messages: Sequence[int] = ()
    files: int = 0


@dataclass(frozen=True)
class ParticipantSettled(TicketNews):
    """An agent let a person into the talk, or keeps them out of it."""

    participant_id: int
    let_in: bool


@dataclass(frozen=True)
class LetterPlanned(TicketNews):
    """An answer is written and leaves at a moment; until then nothing is said to the client."""

    leave_at: str


@dataclass(frozen=True)
class LetterCalledOff(TicketNews):
    """A letter that was to leave later is a draft again; `why` in words where nobody decided so."""

    why: str
