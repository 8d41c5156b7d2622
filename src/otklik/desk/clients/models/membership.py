"""In which organisations a person speaks, and for what."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactChanged
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.models.confirmation import Confirmation, Confirmed, keep

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class ContractRole(models.TextChoices):
    DECISION = "decision", _("decides")
    FINANCE = "finance", _("money and documents")
    TECHNICAL = "technical", _("technology")
    USER = "user", _("uses it daily")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        return self.filter(left_at=None)

    def main_first(self) -> "MembershipQuerySet":
        return self.order_by("-is_main", "id")


class Membership(models.Model):
    """A person in an organisation; the main one is the organisation for which their requests are counted.

    `Contact.client` and `Contact.position` repeat the main one, since every list shows them.
    """

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="memberships", verbose_name=_("contact")
    )
    client = models.ForeignKey(Client, models.CASCADE, related_name="memberships", verbose_name=_("organisation"))
    is_main = models.BooleanField(_("speaks mostly for it"), default=False)
    position = models.CharField(_("position"), max_length=120, blank=True)
    roles = ArrayField(
        models.CharField(max_length=12, choices=ContractRole), verbose_name=_("roles"), default=list, blank=True
    )
    area = models.CharField(_("answers for"), max_length=200, blank=True)
    may_ask = models.CharField(_("may ask us for"), max_length=200, blank=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation of a person")
        verbose_name_plural = _("organisations of a person")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "client"],
                condition=models.Q(left_at=None),
                name="once_in_an_organisation",
                violation_error_message=_("The person belongs to this organisation already."),
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=models.Q(is_main=True, left_at=None), name="one_main_organisation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.client_id}"

    @property
    def decides(self) -> bool:
        return ContractRole.DECISION in self.roles

    def role_names(self) -> list[str]:
        """In the order of the choices, whatever the order in which they were marked."""
        return [str(role.label) for role in ContractRole if role in self.roles]

    @transaction.atomic
    def put(self, *, by: User, with_roles: bool = True) -> None:
        """Keep a new or a changed one; its roles are what was written, or they were not asked for.

        Raises ValidationError for what does not fit, a second one for one.
        """
        contact = self._held()
        if self.client_id:
            self.client = Client.objects.standing(self.client_id)
        was = contact.memberships.current().filter(is_main=True).first()
        others = contact.memberships.current().exclude(pk=self.pk)
        self.is_main = self.is_main or was is None or was.pk == self.pk
        if self.is_main:
            others.update(is_main=False)
        if self.is_main and contact.client_id is None:
            self.position = self.position or contact.position  # what was known before the organisation was
        self.full_clean()
        self.save()
        self._repeat(contact)
        if self.is_main and with_roles:
            keep(contact, Confirmed.ROLES, bool(self.roles), by=by)
        elif self.is_main and (was is None or was.pk != self.pk):
            Confirmation.objects.forget(contact, Confirmed.ROLES)
        publish(ContactChanged(contact_id=contact.pk, field="membership", value=self.client.name), by=by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """The person speaks for it no more; another one of theirs becomes the main one."""
        contact = self._held()
        if contact.memberships.current().filter(pk=self.pk, is_main=True).exists():
            Confirmation.objects.forget(contact, Confirmed.ROLES)
        self.left_at, self.is_main = clock.now(), False
        self.save(update_fields=["left_at", "is_main"])
        heir = contact.memberships.current().main_first().first()
        if heir is not None and not heir.is_main:
            heir.is_main = True
            heir.save(update_fields=["is_main"])
        self._repeat(contact)
        publish(ContactChanged(contact_id=contact.pk, field="membership_ended", value=self.client.name), by=by)

    def _held(self) -> "Contact":
        """Two colleagues who change the organisations of a person come one after the other."""
        from otklik.desk.clients.models.contact import Contact

        return Contact.objects.select_for_update(of=("self",)).get(pk=self.contact_id)

    @staticmethod
    def _repeat(contact: "Contact") -> None:
        main = contact.memberships.current().filter(is_main=True).select_related("client").first()
        contact.client = main.client if main else None
        contact.position = main.position if main else contact.position
        contact.save(update_fields=["client", "position"])


def named(name: str) -> Client | None:
    """The organisation of this name, a new one where nobody has it; None for an empty name."""
    name = " ".join(name.split())[:200]
    if not name:
        return None
    return Client.objects.named(name) or Client.objects.create(name=name)
