"""News about requests for personal data; none of them repeats a word of the client."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class DataNews(News):
    about: ClassVar[str] = "contact"
    key: ClassVar[str] = "contact_id"
    contact_id: int
    request_id: int
    what: str
    value: str


@dataclass(frozen=True)
class DataAsked(DataNews):
    """The person asked for their data, or to have it erased."""

    field: str = "data_asked"


@dataclass(frozen=True)
class DataAllowed(DataNews):
    """Somebody let it happen: `how` says whether a second person or a fresh sign-in; `with_notes` internal ones too."""

    how: str
    with_notes: bool = False
    field: str = "data_allowed"


@dataclass(frozen=True)
class DataRefused(DataNews):
    """It does not happen."""

    field: str = "data_refused"


@dataclass(frozen=True)
class DataDone(DataNews):
    """The file is ready, or everything is erased: so many rows."""

    rows: int
    field: str = "data_done"


@dataclass(frozen=True)
class DataTaken(DataNews):
    """Somebody downloaded the file."""

    field: str = "data_taken"


@dataclass(frozen=True)
class HoldChanged(News):
    """Data that a dispute or an authority needs must stay, or may go again."""

    about: ClassVar[str] = "hold"
    key: ClassVar[str] = "hold_id"
    hold_id: int
    contact_id: int | None
    ticket_id: int | None
    holds: bool


@dataclass(frozen=True)
class TermChanged(News):
    """A term of keeping was set, switched on or off."""

    about: ClassVar[str] = "term"
    key: ClassVar[str] = "term_id"
    term_id: int
    what: str
    days: int
    is_on: bool


@dataclass(frozen=True)
class TermRan(News):
    """A night's work of one term."""

    about: ClassVar[str] = "term"
    key: ClassVar[str] = "term_id"
    term_id: int
    what: str
    rows: int
    held: int


@dataclass(frozen=True)
class BreachChanged(News):
    """A leak was recorded, reported, investigated or closed."""

    about: ClassVar[str] = "breach"
    key: ClassVar[str] = "breach_id"
    breach_id: int
    what: str
