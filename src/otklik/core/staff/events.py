"""News about people: who was invited, changed, left, came back, and who signed in."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class PersonNews(News):
    """Something about one person of the staff."""

    about: ClassVar[str] = "person"
    key: ClassVar[str] = "person_id"

    person_id: int


@dataclass(frozen=True)
class PersonInvited(PersonNews):
    """A link to set a password was made; it is stored nowhere."""


@dataclass(frozen=True)
class PersonJoined(PersonNews):
    """The invited person set a password."""


@dataclass(frozen=True)
class PersonAppointed(PersonNews):
    """Role or lines changed: `was` and `became` are in words."""

    was: str
    became: str


@dataclass(frozen=True)
class PersonLeft(PersonNews):
    """Deactivated: sessions and tokens are closed."""


@dataclass(frozen=True)
class PersonReturned(PersonNews):
    """Active again."""


@dataclass(frozen=True)
class AvailabilityChanged(PersonNews):
    """Ready, busy, on a break, away or not working.

    `takes` is the kind of work of who is ready, `took` what they took before.
    """

    became: str
    was: str
    takes: str = ""
    took: str = ""


@dataclass(frozen=True)
class AbsenceNews(PersonNews):
    """Of which absence, and who stands in (None: the queues of the lines)."""

    absence_id: int
    deputy_id: int | None


@dataclass(frozen=True)
class AbsenceDeclared(AbsenceNews):
    """The person will be away, or is away from now on."""

    since: str
    until: str
    sudden: bool


@dataclass(frozen=True)
class AbsenceMoved(AbsenceNews):
    """It ends at another moment than was said."""

    until: str
    was: str


@dataclass(frozen=True)
class AbsenceCancelled(AbsenceNews):
    """It did not begin and will not."""


@dataclass(frozen=True)
class AbsenceBegan(AbsenceNews):
    """From now on the deputy answers."""


@dataclass(frozen=True)
class AbsenceEnded(AbsenceNews):
    """The person is back: what was handed over returns."""


@dataclass(frozen=True)
class PasswordSet(PersonNews):
    """A new password; other sessions ended.  `how` is "reset", "invite" or "change"."""

    how: str


@dataclass(frozen=True)
class SecondFactorRemoved(PersonNews):
    """An administrator took the second factor away, for one because the phone was lost."""


@dataclass(frozen=True)
class SignedIn(PersonNews):
    """A session began from this address."""

    address: str


@dataclass(frozen=True)
class SettingsChanged(News):
    """A settings screen was saved: `what` names it, `name` the object, `changed` its fields."""

    about: ClassVar[str] = "settings"

    what: str
    name: str
    changed: str = ""
