"""A form of ours that somebody has filled in, as stored bytes: what the page that took it and the adapter agree on."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import chain

from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.parcel import Paper, packed, unpacked

KIND = "ask"


@dataclass(frozen=True)
class Offered:
    """An article that stood beside the form; `opened` when it was read there before the form was sent."""

    number: int
    title: str
    opened: bool


@dataclass(frozen=True)
class Filled:
    """What was typed; `key` is of this one form: the same words and files sent twice by it are one message.

    Other words by the same key are another message: somebody went back and asks something else, or has mended what
    they wrote, and nobody may tell them that it has come when it was thrown away.

    `proven`: the address is that of a client who came by an address that we sent them; else anybody may have typed it.
    """

    key: str
    email: str
    name: str
    subject: str
    text: str
    language: str
    proven: bool
    offered: Sequence[Offered] = ()
    files: Sequence[Paper] = ()


def take(filled: Filled, channel: Channel) -> inbox.Accepted:
    """Stored when it returns, and read soon after.  Raises DatabaseError."""
    told = asdict(replace(filled, files=()))
    key, said = told.pop("key"), _said(filled)
    return inbox.accept(
        channel,
        packed({"kind": KIND, **told}, filled.files),
        external_id=f"{FORM}:{key}:{said[:16]}",
        content_hash=sha256(f"{FORM}:{key}:{said}".encode()).hexdigest(),
        envelope_from=filled.email,
        envelope_to=[channel.address],
        source=FORM,
    )


def _said(filled: Filled) -> str:
    """A digest of who says what; not of what stood beside the form, which may change between two presses."""
    words = (filled.email, filled.name, filled.subject, filled.text)
    files = ((file.name.encode(), file.media_type.encode(), file.content) for file in filled.files)
    whole = sha256()
    for part in chain((word.encode() for word in words), *files):
        whole.update(sha256(part).digest())
    return whole.hexdigest()


def read(raw: bytes) -> Filled:
    """Raises KeyError, TypeError or ValueError for what no form of ours has stored."""
    parcel = unpacked(raw)
    told = dict(parcel.told)
    if told.pop("kind") != KIND:
        raise ValueError("it is no form")
    told.pop("files")
    offered = [Offered(**one) for one in told.pop("offered")]
    return Filled(key="", offered=offered, files=parcel.files, **told)
