"""The plug for one kind of channel: what an adapter gives, takes and answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from otklik.desk.channels.models import Channel, Inbound, Outbound


class Unreadable(Exception):
    """The bytes cannot be read; the message goes to quarantine with this reason."""


class KeptOut(Unreadable):
    """It can be read, but the channel's rules keep it until a person decides; released, it is let in."""


class Authenticity(StrEnum):
    """Whether a message comes from whom it names."""

    VERIFIED = "verified"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class IncomingFile:
    """One attachment as it came."""

    name: str
    media_type: str
    content: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Reach:
    """Whether somebody is there to read us, in words for whoever is about to write.

    `is_here`: they read it at once; `is_lost`: perhaps nobody ever.
    """

    words: str
    is_lost: bool = False
    is_here: bool = False


@dataclass(frozen=True)
class Talk:
    """How people write on a kind of channel.

    A chat has no subjects, copies and signatures, and one talk with each person.  `longest` is how many characters
    one message holds (longer ones are parted), `most_bytes` what a file may have; 0 is no limit of the channel.
    `read_back` gives the words of a message of ours from its bytes; None for letters, which are MIME.
    Where a message leaves in pieces: `arrived` keeps a person's word that the piece nobody knows of has arrived, and
    tells whether more is still to be sent; `how_far` says in words which pieces surely have arrived.
    `on_site`: it is a window on a site of ours, whoever closes it is gone; `reach` tells of an address there whether
    what we write is read at once, by letter, or perhaps never.  `open_for`: so long after the last word of a person the
    channel takes what we write, and then nothing until they write again (None: it never closes); the rooms above count
    it down, refuse what would not arrive, and offer another way.  `is_typing` tells whether they write just now, and
    `we_write` tells them that somebody of ours does.
    """

    is_chat: bool = False
    longest: int = 0
    most_bytes: int = 0
    read_back: "Callable[[bytes], str] | None" = None
    arrived: "Callable[[Outbound], bool] | None" = None
    how_far: "Callable[[Outbound], str] | None" = None
    on_site: bool = False
    reach: "Callable[[str], Reach | None] | None" = None
    open_for: timedelta | None = None
    is_typing: "Callable[[str], bool] | None" = None
    we_write: "Callable[[str], None] | None" = None


LETTERS = Talk()
CHAT_ENDED = "chat_ended"
"""`Incoming.automatic` where somebody has pressed that they are done with a chat: the window says it, not they."""


@dataclass(frozen=True)
class Choice:
    """A button below a message; `data` (64 bytes at most) comes back when it is pressed, so nobody may guess it."""

    label: str
    data: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Invitation:
    """An event that a message brings: an invitation, its change, its end or an answer to one of ours.

    `told` is all that can be shown of it, as plain data: summary, location, description, address, starts, ends,
    floating, organizer, attendees, recurrence, recurrence_id, status.
    """

    method: str
    uid: str
    sequence: int
    told: dict[str, Any]


@dataclass(frozen=True)
class Protection:
    """How a message was protected on its way: `kind` is smime or pgp.

    `state` is valid, untrusted (whole, but nobody vouches for the signer), broken, unchecked (we have no key) or
    encrypted (we have no key either).  `signer` and `issuer` are as the certificate or key names them.
    """

    kind: str
    state: str
    signer: str = ""
    issuer: str = ""
    reason: str = ""


@dataclass(frozen=True)
class EventAnswer:
    """Our answer to an invitation; `answer` is accepted, tentative or declined, `attendee` who of us was invited."""

    answer: str
    attendee: str
    attendee_name: str
    uid: str
    sequence: int
    told: dict[str, Any]


@dataclass(frozen=True)
class Incoming:
    """A message as read by the adapter, the same for every channel.

    `sender` is the address to answer (empty when none can be trusted to exist); `sender_proper` is False when the
    identity is in doubt.  `authenticity` is a word of that name, with its reason in words; empty on channels that
    vouch for their senders themselves.  `passed_on_from` is the author of what the sender has only passed on.
    `references` are external ids of earlier messages, nearest first; `token` is the secret of
    a conversation when the message was addressed to it.  `automatic` is "" for a person, else "auto_reply",
    "bounce", "list" or another word of the adapter; `failed` are the external ids of our messages that a bounce
    reports, `failed_for` the addresses it names.  `sender_shown` is what a messenger shows in place of the address.
    `corrects`: it is what they said before with other letters and the same sense.
    """

    external_id: str = ""
    sender: str = ""
    sender_name: str = ""
    sender_proper: bool = True
    authenticity: str = ""
    authenticity_reason: str = ""
    passed_on_from: str = ""
    passed_on_name: str = ""
    subject: str = ""
    text: str = ""
    new_text: str = ""
    html: str = ""
    sent_at: datetime | None = None
    references: Sequence[str] = ()
    token: str = ""
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    files: Sequence[IncomingFile] = ()
    events: Sequence[Invitation] = ()
    protection: Protection | None = None
    automatic: str = ""
    automatic_reason: str = ""
    failed: Sequence[str] = ()
    failed_for: Sequence[str] = ()
    failed_for_good: bool = True
    language: str = ""
    remarks: Sequence[str] = ()
    sender_shown: str = ""
    corrects: bool = False


@dataclass(frozen=True)
class LetterFile:
    """A file to send along."""

    name: str
    media_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True)
class Letter:
    """What we want to say, before the adapter gives it the form of its channel.

    `unsubscribe` is the page that ends letters of this kind, when the recipient did not ask for this one.  `choices`
    are buttons below it, where the channel has such; `instead_of` is the `Pressed.origin` of a message of ours that
    it replaces.
    """

    to: Sequence[str]
    subject: str
    text: str
    html: str = ""
    cc: Sequence[str] = ()
    from_name: str = ""
    token: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[LetterFile] = ()
    event_answer: EventAnswer | None = None
    automatic: bool = False
    unsubscribe: str = ""
    language: str = ""
    choices: Sequence[Choice] = ()
    instead_of: str = ""


@dataclass(frozen=True)
class Pressed:
    """Somebody pressed a button of ours: their address, what the button carried, and which message it stood below."""

    sender: str
    data: str
    origin: str


@dataclass(frozen=True)
class Aside:
    """What came and is no message of a conversation; `outcome` is a word of the adapter (20 characters).

    `answer` goes back at once, unless too much went there lately.  `reachable` says of `sender` whether what we write
    arrives from now on; None says nothing.
    """

    outcome: str
    answer: Letter | None = None
    sender: str = ""
    reachable: bool | None = None


class Fate(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WAIT = "wait"
    """Nothing was tried: the channel has sent as much as it may, and all of it rests `until` then."""
    BEHIND = "behind"
    """Nothing was tried: an earlier one to the same person is still to leave, and this one waits `until` then."""


@dataclass(frozen=True)
class Refusal:
    """One addressee was not accepted; `said` is the answer of their server."""

    for_good: bool
    said: str


@dataclass(frozen=True)
class Receipt:
    """The answer of the other side: `detail` is for people, `server` says who answered.

    `refused` are those of several addressees for whom it was not taken, whatever became of it for the others.  `gone`:
    nothing that we write arrives there any more, until they write to us.
    """

    fate: Fate
    detail: str = ""
    server: str = ""
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    until: datetime | None = None
    gone: bool = False


@dataclass(frozen=True)
class Rendered:
    """A letter in the form of its channel, fixed once and sent unchanged at every attempt."""

    external_id: str
    sender: str
    recipients: Sequence[str]
    raw: bytes = field(repr=False)


class Adapter(Protocol):
    """A plug for one kind of channel."""

    kind: str
    talk: Talk
    says_when_leaving: bool
    """Whether `send()` calls `outbound.leaves()` before the letter could arrive, and stops when it says False."""

    def read(self, inbound: "Inbound") -> Incoming | Pressed | Aside:
        """Read the stored bytes.  Raises Unreadable; any other error is retried and then quarantined."""
        ...

    def protection_of(self, inbound: "Inbound", keys: Sequence[str]) -> Protection | None:
        """Check the signature of a stored message with these keys of its author."""
        ...

    def render(self, letter: Letter, channel: "Channel") -> Rendered:
        """Give a letter its final form.  Raises ValueError when it cannot be sent as it is."""
        ...

    def send(self, outbound: "Outbound") -> Receipt:
        """Try to send once; never raises for trouble of the other side."""
        ...


_adapters: dict[str, Adapter] = {}


def plug_in(adapter: Adapter) -> None:
    _adapters[adapter.kind] = adapter


def talk_on(kind: str) -> Talk:
    """How people write there; as in letters where no adapter is installed."""
    return _adapters[kind].talk if kind in _adapters else LETTERS


def chats() -> list[str]:
    """Kinds of channels on which people chat."""
    return [kind for kind, adapter in _adapters.items() if adapter.talk.is_chat]


def adapter_for(kind: str) -> Adapter:
    """The adapter of a kind of channel.  Raises LookupError when none is installed."""
    if kind not in _adapters:
        raise LookupError(f"no adapter is installed for channels of kind {kind!r}")
    return _adapters[kind]
