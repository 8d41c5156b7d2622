"""One address by which a person is recognised."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import OpClass
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import every
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.models.address import (
    MESSENGERS,
    WRITTEN,
    Channelled,
    is_foretold,
    normal,
    phones_alike,
    without_tag,
)

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

HOST = models.Func(
    models.F("value"),
    function="split_part",
    template="%(function)s(%(expressions)s, '@', 2)",
    output_field=models.CharField(),
)
"""The host of a mail address, as its index knows it."""
RETURNING = "SELECT * FROM clients_identity WHERE kind = ANY(%s) AND value = ANY(%s) AND failed_at IS NOT NULL"


class IdentityManager(models.Manager["Identity"]):
    def claiming(self, value: str) -> "models.QuerySet[Identity]":
        """By which a letter from this mail address would be recognised."""
        return self.filter(kind=Channelled.EMAIL, value__in={value, without_tag(value)})

    def claiming_as(self, kind: str, value: str) -> "models.QuerySet[Identity]":
        """By which somebody is known already: a number however it was written, a name that a messenger tells."""
        if kind == Channelled.EMAIL:
            return self.claiming(value)
        if kind == Channelled.PHONE:
            return self.filter(kind=kind, value__in=phones_alike(value))
        return self.filter(models.Q(value=value) | models.Q(shown__iexact=value.partition(":")[2]), kind=kind)

    def comes_true(self, kind: str, value: str, shown: str) -> None:
        """Whom a colleague knew by a name in a messenger has written for the first time: now their number is known."""
        foretold = f"{kind}:{shown.lower()}"
        if is_foretold(foretold) and not self.filter(kind=kind, value=value).exists():
            self.filter(kind=kind, value=foretold).update(value=value)

    def returning(self, addresses: Iterable[str]) -> "list[Identity]":
        """Those of these addresses of mail and messengers from which what we write comes back."""
        asked = {normal(Channelled.EMAIL, address) for address in addresses}
        return every(Identity, RETURNING, list(WRITTEN), list(asked)) if asked else []

    def came_back(self, addresses: Iterable[str]) -> None:
        """A letter of ours was returned; since when is told by the first of them."""
        asked = {normal(Channelled.EMAIL, address) for address in addresses}
        self.filter(kind__in=WRITTEN, value__in=asked, failed_at=None).update(failed_at=clock.now())

    def arrives(self, addresses: Iterable[str]) -> None:
        """In messengers whoever writes to us or lets us in again can be written to."""
        self.filter(kind__in=MESSENGERS, value__in=addresses).exclude(failed_at=None).update(failed_at=None)

    def shows(self, kind: str, value: str, shown: str) -> None:
        """How a messenger names the person today."""
        self.filter(kind=kind, value=value).exclude(shown=shown).update(shown=shown)


class Identity(models.Model):
    """One address of a person on one kind of channel: of a letter, or added by a colleague.

    `shown` is what people see in its place where the address itself is a number of a messenger.
    Whoever made sure that the person is behind it has their name here, and the moment.
    """

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="identities"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Channelled)
    value = models.CharField(_("address"), max_length=320)
    shown = models.CharField(_("as it is shown"), max_length=120, blank=True, default="", db_default="")
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
            models.Index(HOST, name="identity_host", condition=models.Q(kind="email")),
        ]

    def __str__(self) -> str:
        return self.shown or self.value

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
