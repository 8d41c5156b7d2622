"""News of the conversations."""

from dataclasses import dataclass
from typing import Any, ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class MessageReceived(News):
    """Somebody wrote to us; `is_new` when it began a conversation, `corrects` as in `Incoming`.

    A hand-over, not an entry.
    """

    recorded: ClassVar[bool] = False
    message: Any
    inbound: Any
    is_new: bool
    sender_proper: bool
    language: str = ""
    corrects: bool = False


@dataclass(frozen=True)
class MessageSent(News):
    """We wrote; `automatic` is empty when a person did."""

    recorded: ClassVar[bool] = False
    message_id: int
    conversation_id: int
    automatic: str


@dataclass(frozen=True)
class FateChanged(News):
    """What became of a message of ours is known now; `trouble` is what went wrong, in words."""

    about: ClassVar[str] = "conversation"
    key: ClassVar[str] = "conversation_id"
    conversation_id: int
    message_id: int
    fate: str
    trouble: str = ""


@dataclass(frozen=True)
class SavedReplyChanged(News):
    """A text that is sent many times was "kept", "removed", "reviewed", "offered", "accepted" or "declined"."""

    about: ClassVar[str] = "saved_reply"
    key: ClassVar[str] = "reply_id"
    reply_id: int
    name: str
    what: str
