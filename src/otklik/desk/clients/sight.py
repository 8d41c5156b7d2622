"""Who sees what of a card: the one place that decides about personal facts and restricted cards.

A page, a program, a table and a search ask here.  A personal fact is open to a role, shown to it with a reason, or
never shown; a restricted card is open to whom an ordinary one is, and every look at it is written down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientLooked, ContactLooked
from otklik.desk.clients.models.address import Channelled
from otklik.desk.clients.models.card_field import Answered, CardField, Holds
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.models.contact import Contact
from otklik.desk.clients.models.identity import Identity
from otklik.desk.clients.models.secrecy import PersonalFact, Secrecy

SAME_LOOK = timedelta(minutes=10)
"""A card that is drawn again by itself within this time, or opened from its request, is still the same look."""
REASON = 200
LOOKS = (ContactLooked.kind(), ClientLooked.kind())
MOST = 50


class Right(Enum):
    """What a reader gets of a fact."""

    OPEN = "open"
    REASON = "reason"
    NEVER = "never"


class Place(Enum):
    """Where a card was looked at."""

    CARD = "card"
    TICKET = "ticket"
    API = "api"
    EXPORT = "export"


@dataclass(frozen=True)
class Sight:
    """The eyes of one reader; good for one request."""

    secrecy: Secrecy
    role: str

    @classmethod
    def of(cls, user: User, secrecy: Secrecy | None = None) -> "Sight":
        return cls(secrecy or Secrecy.objects.current(), user.role)

    @property
    def personal(self) -> Right:
        """Of whatever is personal."""
        if self.role in self.secrecy.open_to:
            return Right.OPEN
        return Right.REASON if self.role in self.secrecy.asking else Right.NEVER

    def right(self, fact: str) -> Right:
        """Of a fact of the card by its name; what is not personal is open."""
        return self.personal if fact in self.secrecy.facts else Right.OPEN

    def of_field(self, field: CardField) -> Right:
        return self.personal if field.is_personal else Right.OPEN

    def opens(self, fact: str) -> bool:
        return self.right(fact) is Right.OPEN

    def opens_field(self, field: CardField) -> bool:
        return self.of_field(field) is Right.OPEN

    def fields(self, of: Holds) -> list[CardField]:
        """Those in use that this reader sees at once."""
        return [one for one in CardField.objects.filter(of=of, is_active=True) if self.opens_field(one)]

    def may_fill(self, one: Answered) -> bool:
        """What is hidden is not written over; where nothing is known yet there is nothing to hide."""
        return self.opens_field(one.field) or one.value is None

    def hides(self, holder: Contact | Client) -> list[str]:
        """The facts of such a card that this reader does not see at once."""
        fields = CardField.objects.of(holder)
        ours = [one.place for one in fields if not self.opens_field(one)]
        return [*(fact for fact in facts_of(holder) if not self.opens(fact)), *ours]

    def seen(self, names: Iterable[str], holder: Contact | Client) -> set[str]:
        """Of these facts and fields those about which the reader may choose."""
        return {*names} - {*self.hides(holder)}


def opens_phones(who: str) -> str:
    """For a bare statement: an address `i` may be asked for by the person whose number is the parameter `who`."""
    return (
        f"(i.kind <> 'phone' OR NOT EXISTS (SELECT 1 FROM clients_secrecy p, staff_user u WHERE u.id = %({who})s"  # noqa: S608
        " AND 'phones' = ANY(p.facts) AND u.role <> ALL(p.open_to)))"
    )


def addresses_open_to(user: User) -> "models.QuerySet[Identity]":
    """Those by which the reader may look for people: a hidden telephone number is found by nobody."""
    if Sight.of(user).opens(PersonalFact.PHONES):
        return Identity.objects.all()
    return Identity.objects.exclude(kind=Channelled.PHONE)


def may_restrict(user: User) -> bool:
    """Call a card restricted, or an ordinary one again."""
    return user.is_active and user.leads


def sees_looks(user: User) -> bool:
    """Who looked at a card."""
    return user.is_active and user.leads


def reveal(holder: Contact | Client, names: Iterable[str], reason: str, place: Place, *, by: User) -> None:
    """Somebody says why they have to see these facts, and that is written down.

    The caller shows them once.  Raises PermissionDenied for what they never see, ValidationError without a reason.
    """
    sight, asked = Sight.of(by), list(names)
    fields = {one.place: one for one in CardField.objects.of(holder)}
    for name in asked:
        if name not in fields and name not in facts_of(holder):
            raise ValidationError({"names": _("There is no such field.")})
        right = sight.of_field(fields[name]) if name in fields else sight.right(name)
        if right is Right.NEVER:
            raise PermissionDenied(_("Your role does not see this."))
    said = " ".join(reason.replace("\x00", "").split())
    if not said:
        raise ValidationError({"reason": _("Say why you need it.")})
    if len(said) > REASON:
        raise ValidationError({"reason": _("This is too long.")})
    with transaction.atomic():
        _tell(holder, place, asked, said, by)


def facts_of(holder: Contact | Client) -> tuple[str, ...]:
    """Which personal facts a card of this kind can have."""
    theirs = PersonalFact.TAX_NUMBER if isinstance(holder, Client) else PersonalFact.PHONES
    more = () if isinstance(holder, Client) else (PersonalFact.INTERESTS.value,)
    return (theirs.value, *more, PersonalFact.NOTE.value, PersonalFact.MONEY.value)


def is_watched(contact: Contact) -> bool:
    """Whether a look at the card is written down."""
    return bool(contact.restricted_as or (contact.client and contact.client.restricted_as))


def looked(holder: Contact | Client, place: Place, *, by: User) -> None:
    """Somebody sees a card: of a restricted one that is written down, once for a while.

    The card of a person shows products and contracts of their organisation, so it is a look at both.  Of an ordinary
    one nothing is asked and nothing is written.
    """
    if isinstance(holder, Contact) and holder.client is not None:
        looked(holder.client, place, by=by)
    if not holder.restricted_as:
        return
    pages = (Place.CARD, Place.TICKET)
    places = [one.value for one in (pages if place in pages else (place,))]
    lately = Entry.objects.about(_of(holder), holder.pk).filter(
        kind__in=LOOKS, actor=by, at__gt=clock.now() - SAME_LOOK, data__place__in=places, data__reason=""
    )
    with transaction.atomic():
        if not lately.exists():
            _tell(holder, place, [], "", by)


def taken_out(cards: Iterable[Contact | Client], *, by: User) -> None:
    """Restricted cards that stand in a table somebody took out."""
    with transaction.atomic():
        for holder in cards:
            _tell(holder, Place.EXPORT, [], "", by)


def _tell(holder: Contact | Client, place: Place, names: list[str], reason: str, by: User) -> None:
    news = ClientLooked if isinstance(holder, Client) else ContactLooked
    publish(news(holder.pk, place.value, names, reason), by=by)


def _of(holder: Contact | Client) -> str:
    return (Holds.CLIENT if isinstance(holder, Client) else Holds.CONTACT).value


def looks_at(holder: Contact | Client) -> "list[Entry]":
    """The last looks at a card that were written down, the newest first."""
    return list(
        Entry.objects.about(_of(holder), holder.pk)
        .filter(kind__in=LOOKS)
        .select_related("actor")
        .order_by("-id")[:MOST]
    )
