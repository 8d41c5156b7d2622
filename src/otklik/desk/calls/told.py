"""What an exchange tells of a call, the same for every exchange."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """In the order in which events of one moment are read."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    JOINED = "joined"
    ENDED = "ended"
    RECORDED = "recorded"


ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Told:
    """One event; `key` is what the exchange calls it, or a digest of it.

    `extension` is the inner number that rings, answered, took over or joined; "" where the whole line rings.  `number`
    is the client's, "" where it is hidden.  `outward` says who called whom, None where the event does not.
    """

    kind: Kind
    at: datetime
    key: str
    extension: str = ""
    number: str = ""
    outward: bool | None = None
    queue: str = ""
    address: str = ""
