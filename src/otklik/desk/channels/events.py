"""News of the channels."""

from dataclasses import dataclass
from typing import Any, ClassVar

from otklik.core.journal.news import News
from otklik.desk.channels.port import Incoming, Pressed


@dataclass(frozen=True)
class MessageArrived(News):
    """A stored message was read; the rooms above make of it what it is.  A hand-over, not an entry."""

    recorded: ClassVar[bool] = False
    inbound: Any
    incoming: Incoming


@dataclass(frozen=True)
class ChoicePressed(News):
    """Somebody pressed a button of a message of ours; whoever made it calls `inbound.done()`.  A hand-over, too."""

    recorded: ClassVar[bool] = False
    inbound: Any
    pressed: Pressed


@dataclass(frozen=True)
class LeftUnread(News):
    """They are gone from a chat with these messages of ours unread: a letter to `address` has to tell them."""

    recorded: ClassVar[bool] = False
    outbound_ids: tuple[int, ...]
    address: str


@dataclass(frozen=True)
class ReachChanged(News):
    """What we write to these addresses arrives no more, or does again."""

    recorded: ClassVar[bool] = False
    addresses: tuple[str, ...]
    reachable: bool


@dataclass(frozen=True)
class Delivered(News):
    """The other side took our message; `warning` says what went wrong nevertheless."""

    recorded: ClassVar[bool] = False
    outbound_id: int
    warning: str = ""


@dataclass(frozen=True)
class DeliveryFailed(News):
    """Our message did not arrive, or we cannot know (`uncertain`)."""

    recorded: ClassVar[bool] = False
    outbound_id: int
    uncertain: bool
    detail: str
