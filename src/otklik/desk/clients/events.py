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
