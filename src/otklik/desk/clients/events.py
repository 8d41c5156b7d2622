"""News about clients."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class RestrictionEnded(News):
    """A lead lifted what held for a person, before its time."""

    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    restriction_id: int


@dataclass(frozen=True)
class ContactChanged(News):
    """A colleague learned something about a person: which field, and what it says now."""

    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    field: str
    value: str


@dataclass(frozen=True)
class ClientChanged(News):
    """A colleague learned something about an organisation: which field, and what it says now."""

    about: ClassVar[str] = "client"
    key: ClassVar[str] = "client_id"
    client_id: int
    field: str
    value: str


@dataclass(frozen=True)
class ContactLooked(News):
    """Somebody saw a restricted card, or personal facts of a person; `names` are what they asked for, and why."""

    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    place: str
    names: list[str]
    reason: str


@dataclass(frozen=True)
class ClientLooked(News):
    """Somebody saw a restricted card of an organisation, or personal facts of it, and why."""

    about: ClassVar[str] = "client"
    key: ClassVar[str] = "client_id"
    client_id: int
    place: str
    names: list[str]
    reason: str


@dataclass(frozen=True)
class ClientEventRecorded(News):
    """Something happened to a client outside of requests, as a program tells."""

    about: ClassVar[str] = "client_event"
    key: ClassVar[str] = "event_id"
    event_id: int
    what: str
    contact_id: int | None
    client_id: int | None


@dataclass(frozen=True)
class ContactMerged(News):
    """Another row of the same person became this one; rooms above move what they know of the loser."""

    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    loser_id: int
    merging_id: int
    value: str
    field: str = "merged"


@dataclass(frozen=True)
class ContactsParted(News):
    """Merging was undone; rooms above give back what moved."""

    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    loser_id: int
    merging_id: int
    value: str
    field: str = "parted"


@dataclass(frozen=True)
class ContactSettled(News):
    """After merging or parting every room has moved what is theirs: what depends on the whole is counted again."""

    recorded: ClassVar[bool] = False
    contact_id: int


@dataclass(frozen=True)
class OrganisationMerged(News):
    """Another row of the same organisation became this one; rooms above move what they know of the loser."""

    about: ClassVar[str] = "client"
    key: ClassVar[str] = "client_id"
    client_id: int
    loser_id: int
    merging_id: int
    value: str
    field: str = "merged"


@dataclass(frozen=True)
class OrganisationsParted(News):
    """Merging of organisations was undone; rooms above give back what moved."""

    about: ClassVar[str] = "client"
    key: ClassVar[str] = "client_id"
    client_id: int
    loser_id: int
    merging_id: int
    value: str
    field: str = "parted"


@dataclass(frozen=True)
class OrganisationSettled(News):
    """After merging or parting organisations: what depends on the whole is counted again."""

    recorded: ClassVar[bool] = False
    client_id: int
