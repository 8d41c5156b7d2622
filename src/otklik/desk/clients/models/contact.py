"""A person, and how they are recognised."""

from collections.abc import Iterable, Mapping

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import every, insert
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.models.address import Channelled, by_hand, is_foretold, is_no_name, normal, without_tag
from otklik.desk.clients.models.card_note import CardNote
from otklik.desk.clients.models.client import Client, cleaned_tags
from otklik.desk.clients.models.confirmation import Confirmation, Confirmed, keep, known_of
from otklik.desk.clients.models.followed import ends_of, followed
from otklik.desk.clients.models.identity import Identity
from otklik.desk.clients.models.membership import Membership, named
from otklik.desk.clients.models.reach import ReachBy, check_hours, kept_hours
from otklik.desk.clients.models.subscription import Subscription

FACTS = (
    *("name", "address_as", "position", "language", "time_zone"),
    *("literacy", "interests", "reach_by", "reach_hours", "quiet_hours", "note", "tags"),
)
"""What an agent may change on a person, one at a time."""


class RestrictedAs(models.TextChoices):
    """Why every look at a card is written down."""

    VIP = "vip", _("VIP")
    EMPLOYEE = "employee", _("an employee of ours")
    PUBLIC = "public", _("a public person")


BY_ADDRESS = """
SELECT c.* FROM clients_contact c JOIN clients_identity i ON i.contact_id = c.id WHERE i.kind = %s AND i.value = %s
FOR KEY SHARE OF c
"""
HELD = "SELECT * FROM clients_contact WHERE id = %s FOR KEY SHARE"


class ContactManager(models.Manager["Contact"]):
    def recognise(
        self, kind: str, value: str, *, name: str = "", language: str = "", doubtful: bool = False
    ) -> "Contact":
        """The person behind an address, created at the first meeting.

        `value` is normalised (an e-mail address is compared without case); user+tag@ is the person known as user@.
        A `doubtful` sender teaches us nothing about somebody we know.  Two messages that arrive at the same moment
        from a new address give one person: the unique identity decides, the loser reads the winner's row.
        The row is held until the caller's transaction ends, so that merging (`Merging`) waits for the message and
        moves it; when merging was first, the message is of whom the person was merged into.
        """
        value = normal(kind, value)
        if known := self._known(kind, value):
            if not doubtful:
                known.learn_name(name)
            return known
        with transaction.atomic(savepoint=False):
            return self._meet(kind, value, name, language)

    def standing(self, contact: "Contact") -> "Contact":
        """The person as they are now, held until the transaction ends (see `Merging`)."""
        return every(Contact, HELD, contact.pk)[0].present()

    def present(self, numbers: Iterable[int]) -> set[int]:
        """See `followed`."""
        return followed(self, numbers)

    def ends_of(self, numbers: Iterable[int]) -> dict[int, int]:
        """See `followed.ends_of`."""
        return ends_of(self, numbers)

    def _known(self, kind: str, value: str) -> "Contact | None":
        plain = without_tag(value) if kind == Channelled.EMAIL else value
        for address in dict.fromkeys((value, plain)):
            if found := next(iter(every(Contact, BY_ADDRESS, kind, address)), None):
                return found.present()
        return None

    def _meet(self, kind: str, value: str, name: str, language: str) -> "Contact":
        contact = Contact(name=name[:200] or value[:200], language=language)
        insert(contact)
        if insert(Identity(kind=kind, value=value, contact=contact), unless_known=True):
            return contact
        contact.delete()
        return every(Contact, BY_ADDRESS, kind, value)[0].present()


class Contact(models.Model):
    """A person who writes to us, and how to speak with them."""

    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    address_as = models.CharField(_("how to address"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    literacy = models.PositiveSmallIntegerField(_("technical level, 1 to 5"), null=True, blank=True)
    interests = models.CharField(_("what else to talk about"), max_length=300, blank=True)
    quiet_hours = models.CharField(_("when not to disturb"), max_length=300, blank=True)
    reach_by = models.CharField(_("likes to be reached"), max_length=8, choices=ReachBy, blank=True)
    reach_hours = models.CharField(_("at hours"), max_length=11, blank=True, validators=[check_hours])
    note = models.TextField(_("what matters"), blank=True)
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    conduct_since = models.DateTimeField(null=True, editable=False)
    """When abuse was reported for the first time (see `conduct`); nobody else costs a question about it."""
    restricted_as = models.CharField(
        _("restricted card"), max_length=8, choices=RestrictedAs, blank=True, default="", db_default=""
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    """Who this row turned out to be; see `Merging`."""

    objects: ContactManager = ContactManager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="contact_name_part"),
            models.Index(fields=["name", "id"], name="contact_by_name"),
            models.Index(fields=["merged_into"], name="contact_merged", condition=models.Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Who they are to us: the preferred address, else the name, which may be a mail address or a number."""
        return self.address_as or self.name

    @property
    def greeted(self) -> str:
        """How to begin a letter, without how they like it («Анна Петровна, на «вы»»); "" while nobody knows a name."""
        name = self.called.partition(",")[0].strip()
        return "" if is_no_name(name) else name

    @property
    def email(self) -> str:
        """The address to write to: the confirmed one first; empty when none is known."""
        emails = [identity for identity in self.identities.all() if identity.kind == Channelled.EMAIL]
        emails.sort(key=lambda one: (one.failed_at is not None, one.verified_at is None, one.pk))
        return emails[0].value if emails else ""

    @transaction.atomic
    def change(self, name: str, value: object, *, by: User) -> None:
        """Set one fact about the person and remember who did.  Raises ValidationError for a value that does not fit."""
        if name not in FACTS:
            raise ValidationError(_("There is no such field."))
        if name == "note":
            CardNote.objects.say(self, str(value or ""), by=by)
            return
        if name == "reach_hours":
            value = kept_hours(str(value or ""))
        setattr(self, name, cleaned_tags(value) if name == "tags" else value)
        self.clean_fields(exclude={field.name for field in self._meta.fields} - {name})
        self.save(update_fields=[name])
        if name == "position":
            self.memberships.current().filter(is_main=True).update(position=self.position)
        if name in Confirmed:
            keep(self, name, bool(value), by=by)
        said = ", ".join(self.tags) if name == "tags" else str(value or "")
        publish(ContactChanged(contact_id=self.pk, field=name, value=said[:300]), by=by)

    @transaction.atomic
    def confirm(self, facts: Iterable[str], *, by: User) -> None:
        """What the card says of these is still true; products of their organisation are so for everybody of it, what
        they have themselves for them alone.

        Raises ValidationError for a fact that is none, or of which the card says nothing.
        """
        known = {fact for fact, is_known in self.known().items() if is_known}
        told = [one for one in Confirmed if one in set(facts)]
        if not told or not known.issuperset(set(facts)):
            raise ValidationError(_("The card says nothing of this: fill it in first."))
        Confirmation.objects.note(self, [one for one in told if one != Confirmed.PRODUCTS], by=by)
        if Confirmed.PRODUCTS in told:
            owners = Subscription.objects.holders_of(self)
            if "contact" in owners:
                Confirmation.objects.note(self, [Confirmed.PRODUCTS], by=by)
            if "client" in owners and self.client is not None:
                Confirmation.objects.note(self.client, [Confirmed.PRODUCTS], by=by)
        said = ", ".join(str(one.label) for one in told)
        publish(ContactChanged(contact_id=self.pk, field="confirmed", value=said), by=by)

    def known(self) -> Mapping[str, bool]:
        """See `known_of`."""
        main = self.memberships.current().filter(is_main=True).first()
        return known_of(self, main.roles if main else (), bool(Subscription.objects.holders_of(self)))

    @transaction.atomic
    def restrict(self, as_: str, *, by: User) -> None:
        """Every look at the card is written down from now on; "" for an ordinary card.  Raises ValidationError."""
        if as_ and as_ not in RestrictedAs:
            raise ValidationError(_("Choose one of the list."))
        self.restricted_as = as_
        self.save(update_fields=["restricted_as"])
        said = str(RestrictedAs(as_).label) if as_ else ""
        publish(ContactChanged(contact_id=self.pk, field="restricted", value=said), by=by)

    @transaction.atomic
    def belong_to(self, organisation: str, *, by: User) -> None:
        """Make an organisation the main one by its name (a new one when nobody has it); "" ends the main one."""
        place = named(organisation)
        if place is None:
            for one in self.memberships.current().filter(is_main=True):
                one.end(by=by)
        else:
            one = self.memberships.current().filter(client=place).first() or Membership(contact=self, client=place)
            one.is_main, one.position = True, one.position or self.position
            one.put(by=by, with_roles=False)
        self.refresh_from_db(fields=["client", "position"])

    @transaction.atomic
    def known_by(self, address: str, *, by: User, kind: str = Channelled.EMAIL) -> "Identity":
        """One more address of the person: of mail, a telephone, a name in Telegram.

        Raises ValidationError for what is no address, and AddressTaken when somebody else is known by it.
        """
        value = by_hand(kind, address)
        claims = Identity.objects.claiming_as(kind, value).order_by("pk").select_related("contact")
        others = [one for one in claims if one.contact_id != self.pk]
        if others:
            raise AddressTaken(others[0].contact)
        if kind != Channelled.EMAIL and (own := claims.first()):
            return own
        shown = value.partition(":")[2] if is_foretold(value) else ""
        identity = Identity(contact=self, kind=kind, value=value, shown=shown, added_by=by)
        if not insert(identity, unless_known=True):
            return self._claimed(kind, value)
        if shown:
            identity.save(update_fields=["shown"])
        publish(ContactChanged(contact_id=self.pk, field="address_added", value=shown or value), by=by)
        return identity

    def _claimed(self, kind: str, value: str) -> "Identity":
        """The row that was there already, perhaps since a moment ago."""
        known = Identity.objects.select_related("contact").get(kind=kind, value=value)
        if known.contact_id != self.pk:
            raise AddressTaken(known.contact)
        return known

    def present(self) -> "Contact":
        """Who they are now, held until the transaction ends: themselves, or whom they were merged into."""
        found = self
        while found.merged_into_id is not None:
            found = every(Contact, HELD, found.merged_into_id)[0]
        return found

    def learn_name(self, name: str) -> None:
        """Take the name from a letter or a call when all we knew was the address or the number."""
        if name and is_no_name(self.name) and not is_no_name(name):
            self.name = name[:200]
            self.save(update_fields=["name"])


class AddressTaken(Exception):
    """Somebody else is known by the address."""

    def __init__(self, owner: Contact) -> None:
        super().__init__(f"contact {owner.pk}")
        self.owner = owner
