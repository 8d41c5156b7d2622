"""Reading mail: raw bytes in, plain data out.

Nothing here knows Django, the network or the database, and no bytes whatever make `parse()` raise.
Time and memory are the caller's business: `isolated.parse_safely()` reads in a child that can be killed.
"""

from otklik.adapters.email.parse.identity import identity
from otklik.adapters.email.parse.limits import DEFAULT, Limits
from otklik.adapters.email.parse.parsed import (
    Address,
    Attachment,
    DeliveryStatus,
    Event,
    Forwarded,
    ParsedMail,
    Protected,
    Sender,
)
from otklik.adapters.email.parse.reading import parse

__all__ = [
    "DEFAULT",
    "Address",
    "Attachment",
    "DeliveryStatus",
    "Event",
    "Forwarded",
    "Limits",
    "ParsedMail",
    "Protected",
    "Sender",
    "identity",
    "parse",
]
