"""Whose matter it is and what it is about."""

from dataclasses import dataclass

from otklik.desk.tickets.events.base import TicketNews


@dataclass(frozen=True)
class ClientChanged(TicketNews):
    """The request is somebody else's matter; both names are those of the moment."""

    contact_id: int
    name: str
    was_id: int
    was: str


@dataclass(frozen=True)
class ClientMerged(TicketNews):
    """The client of the request was known under two rows, which are one now; or two again when `parted`."""

    name: str
    was: str
    parted: bool


@dataclass(frozen=True)
class ClassChanged(TicketNews):
    """A lead put the request under another service class; "" is the line's own times."""

    name: str
    was: str
    reason: str


@dataclass(frozen=True)
class TopicChanged(TicketNews):
    """What the request is about; names are those of the moment, "" for none."""

    topic_id: int | None
    name: str
    was_id: int | None
    was: str


@dataclass(frozen=True)
class ProductChanged(TicketNews):
    """Which product it is about, by its name of the moment; "" for none."""

    product_id: int | None
    name: str
    was: str


@dataclass(frozen=True)
class PriorityChanged(TicketNews):
    priority: int
    was: int


@dataclass(frozen=True)
class FieldFilled(TicketNews):
    """An answer in the form, in words; "" for none."""

    field_id: int
    name: str
    value: str
    was: str


@dataclass(frozen=True)
class TagsChanged(TicketNews):
    added: list[str]
    removed: list[str]
