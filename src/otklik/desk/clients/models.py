"""Clients (organisations), contacts (persons) and the addresses by which they are known."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport as AbuseReport
from otklik.desk.clients.conduct import Restriction as Restriction
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.keys import read_key

FACTS = (
    *("name", "address_as", "position", "language", "time_zone"),
    *("literacy", "interests", "quiet_hours", "note"),
)
"""What an agent may change on a person, one at a time."""


class Client(models.Model):
    """An organisation we serve."""

    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("what matters"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        indexes = [GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="client_name_part")]

    def __str__(self) -> str:
        return self.name


class Channelled(models.TextChoices):
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")


BY_ADDRESS = """
SELECT c.* FROM clients_contact c JOIN clients_identity i ON i.contact_id = c.id WHERE i.kind = %s AND i.value = %s
"""


class ContactManager(models.Manager["Contact"]):
    def recognise(
        self, kind: str, value: str, *, name: str = "", language: str = "", doubtful: bool = False
    ) -> "Contact":
        """The person behind an address, created at the first meeting.

        `value` is normalised (an e-mail address is compared without case); user+tag@ is the person known as user@.
        A `doubtful` sender teaches us nothing about somebody we know.  Two messages that arrive at the same moment
        from a new address give one person: the unique identity decides, the loser reads the winner's row.
        """
        value = normal(kind, value)
        if known := self._known(kind, value):
            if not doubtful:
                known.learn_name(name)
            return known
        with transaction.atomic(savepoint=False):
            return self._meet(kind, value, name, language)

    def _known(self, kind: str, value: str) -> "Contact | None":
        plain = without_tag(value) if kind == Channelled.EMAIL else value
        for address in dict.fromkeys((value, plain)):
            if found := next(iter(self.raw(BY_ADDRESS, [kind, address])), None):
                return found
        return None

    def _meet(self, kind: str, value: str, name: str, language: str) -> "Contact":
        contact = Contact(name=name[:200] or value[:200], language=language)
        insert(contact)
        if insert(Identity(kind=kind, value=value, contact=contact), unless_known=True):
            return contact
        contact.delete()
        return self.raw(BY_ADDRESS, [kind, value])[0]


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
    note = models.TextField(_("what matters"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    conduct_since = models.DateTimeField(null=True, editable=False)
    """When abuse was reported for the first time (see `conduct`); nobody else costs a question about it."""

    objects: ContactManager = ContactManager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="contact_name_part")]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """How to begin a letter: the preferred address, else the name."""
        return self.address_as or self.name

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
        setattr(self, name, value)
        self.clean_fields(exclude={field.name for field in self._meta.fields} - {name})
        self.save(update_fields=[name])
        publish(ContactChanged(contact_id=self.pk, field=name, value=str(value or "")[:300]), by=by)

    @transaction.atomic
    def belong_to(self, organisation: str, *, by: User) -> None:
        """Place the person in an organisation by its name (a new one when nobody has it); "" for none."""
        name = " ".join(organisation.split())[:200]
        found = Client.objects.filter(name__iexact=name).order_by("pk").first() if name else None
        self.client = found or (Client.objects.create(name=name) if name else None)
        self.save(update_fields=["client"])
        publish(ContactChanged(contact_id=self.pk, field="client", value=name), by=by)

    @transaction.atomic
    def known_by(self, address: str, *, by: User) -> "Identity":
        """One more mail address of the person.

        Raises ValidationError for what is no address, and AddressTaken when somebody else is known by it.
        """
        value = normal(Channelled.EMAIL, address)
        validate_email(value)
        owner = Contact.objects.filter(identities__in=Identity.objects.claiming(value)).exclude(pk=self.pk).first()
        if owner is not None:
            raise AddressTaken(owner)
        identity = Identity(contact=self, kind=Channelled.EMAIL, value=value, added_by=by)
        if not insert(identity, unless_known=True):
            return self._claimed(value)
        publish(ContactChanged(contact_id=self.pk, field="address_added", value=value), by=by)
        return identity

    def _claimed(self, value: str) -> "Identity":
        """The row that was there already, perhaps since a moment ago."""
        known = Identity.objects.select_related("contact").get(kind=Channelled.EMAIL, value=value)
        if known.contact_id != self.pk:
            raise AddressTaken(known.contact)
        return known

    def learn_name(self, name: str) -> None:
        """Take the name from a letter when all we knew was the address."""
        if name and "@" in self.name and "@" not in name:
            self.name = name[:200]
            self.save(update_fields=["name"])


class AddressTaken(Exception):
    """Somebody else is known by the address."""

    def __init__(self, owner: Contact) -> None:
        super().__init__(f"contact {owner.pk}")
        self.owner = owner


RETURNING = "SELECT * FROM clients_identity WHERE kind = 'email' AND value = ANY(%s) AND failed_at IS NOT NULL"


class IdentityManager(models.Manager["Identity"]):
    def claiming(self, value: str) -> "models.QuerySet[Identity]":
        """By which a letter from this mail address would be recognised."""
        return self.filter(kind=Channelled.EMAIL, value__in={value, without_tag(value)})

    def returning(self, addresses: Iterable[str]) -> "list[Identity]":
        """Those of these mail addresses from which our letters come back."""
        asked = {normal(Channelled.EMAIL, address) for address in addresses}
        return list(self.raw(RETURNING, [list(asked)])) if asked else []

    def came_back(self, addresses: Iterable[str]) -> None:
        """A letter of ours was returned; since when is told by the first of them."""
        asked = {normal(Channelled.EMAIL, address) for address in addresses}
        self.filter(kind=Channelled.EMAIL, value__in=asked, failed_at=None).update(failed_at=clock.now())


class Identity(models.Model):
    """One address of a person on one kind of channel: of a letter, or added by a colleague.

    Whoever made sure that the person is behind it has their name here, and the moment.
    """

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(_("kind"), max_length=12, choices=Channelled)
    value = models.CharField(_("address"), max_length=320)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    verified_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    failed_at = models.DateTimeField(_("our letters came back"), null=True, blank=True)

    objects: IdentityManager = IdentityManager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_person_per_address")]
        indexes = [
            # Search asks for how an address begins.
            models.Index(OpClass(Upper("value"), name="text_pattern_ops"), name="identity_begins"),
        ]

    def __str__(self) -> str:
        return self.value

    @transaction.atomic
    def use_again(self, *, by: User) -> None:
        """A colleague knows that the address works again."""
        self.failed_at = None
        self.save(update_fields=["failed_at"])
        publish(ContactChanged(contact_id=self.contact_id, field="address", value=self.value), by=by)

    @transaction.atomic
    def made_sure(self, sure: bool, *, by: User) -> None:
        """A colleague knows, by a call for one, that the person is behind the address; or takes that back."""
        self.verified_at, self.verified_by = (clock.now(), by) if sure else (None, None)
        self.save(update_fields=["verified_at", "verified_by"])
        field = "address_sure" if sure else "address_unsure"
        publish(ContactChanged(contact_id=self.contact_id, field=field, value=self.value), by=by)

    @transaction.atomic
    def forget(self, *, by: User) -> None:
        """Letters from there are of somebody new from now on.  Raises ValidationError for the last mail address."""
        siblings = Identity.objects.select_for_update().filter(contact=self.contact_id, kind=self.kind).order_by("pk")
        if self.kind == Channelled.EMAIL and len(siblings) == 1:
            raise ValidationError(_("It is the only address of the client; add the right one first."))
        self.delete()
        publish(ContactChanged(contact_id=self.contact_id, field="address_removed", value=self.value), by=by)


class ContactKeyManager(models.Manager["ContactKey"]):
    def read(self, contact: Contact, armored: str, *, by: User) -> "ContactKey":
        """Keep a public key of a person.  Raises ValidationError when it is none, or holds a secret."""
        fingerprint, name, public = read_key(armored)
        with transaction.atomic():
            key, _new = self.update_or_create(
                contact=contact, fingerprint=fingerprint, defaults={"name": name, "armored": public, "added_by": by}
            )
            publish(ContactChanged(contact_id=contact.pk, field="keys", value=fingerprint), by=by)
        return key

    def of(self, contact: Contact) -> list[str]:
        return list(self.filter(contact=contact).values_list("armored", flat=True))


class ContactKey(models.Model):
    """An OpenPGP key of a person, by which their signed letters are known; a colleague has made sure whose it is."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="keys")
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    name = models.CharField(_("name in the key"), max_length=300, blank=True)
    armored = models.TextField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects: ContactKeyManager = ContactKeyManager()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        constraints = [models.UniqueConstraint(fields=["contact", "fingerprint"], name="a_key_once_a_person")]

    def __str__(self) -> str:
        return self.fingerprint

    @transaction.atomic
    def forget(self, *, by: User) -> None:
        self.delete()
        publish(ContactChanged(contact_id=self.contact_id, field="keys", value=""), by=by)


def normal(kind: str, value: str) -> str:
    """The form in which an address is stored and compared."""
    value = value.strip()
    return value.lower()[:320] if kind == Channelled.EMAIL else value[:320]


def without_tag(address: str) -> str:
    """user+tag@ is user@ of the same domain; nobody is anybody of another one."""
    local, _at, domain = address.partition("@")
    name = local.partition("+")[0]
    return f"{name}@{domain}" if name else address
