"""The organisation a person writes for."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import every
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged
from otklik.desk.clients.models.followed import ends_of, followed

CLIENT_FACTS = ("name", "website", "tax_number", "manager", "quiet_hours", "note", "tags")
"""What an agent may change on an organisation, one at a time."""


class ClientRestrictedAs(models.TextChoices):
    """Why every look at the card of an organisation is written down."""

    VIP = "vip", _("VIP")
    SECRECY = "secrecy", _("bound to secrecy by contract")


HELD = "SELECT * FROM clients_client WHERE id = %s FOR KEY SHARE"


class ClientManager(models.Manager["Client"]):
    def standing(self, number: int) -> "Client":
        """The organisation as it is now, held until the transaction ends: itself, or what it was merged into."""
        found = every(Client, HELD, number)[0]
        while found.merged_into_id is not None:
            found = every(Client, HELD, found.merged_into_id)[0]
        return found

    def named(self, name: str) -> "Client | None":
        """The one of this name, also by the name of one that was merged into it."""
        found = self.filter(name__iexact=name).order_by(F("merged_into").asc(nulls_first=True), "pk").first()
        while found is not None and found.merged_into is not None:
            found = found.merged_into
        return found

    def present(self, numbers: Iterable[int]) -> set[int]:
        """See `followed`."""
        return followed(self, numbers)

    def ends_of(self, numbers: Iterable[int]) -> dict[int, int]:
        """See `followed.ends_of`."""
        return ends_of(self, numbers)


class Client(models.Model):
    """An organisation we serve; `manager` is who of ours looks after it."""

    name = models.CharField(_("name"), max_length=200)
    website = models.CharField(_("site"), max_length=200, blank=True)
    tax_number = models.CharField(_("taxpayer number"), max_length=20, blank=True)
    manager = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("our manager")
    )
    quiet_hours = models.CharField(_("when not to disturb"), max_length=300, blank=True)
    note = models.TextField(_("what matters"), blank=True)
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    restricted_as = models.CharField(
        _("restricted card"), max_length=8, choices=ClientRestrictedAs, blank=True, default="", db_default=""
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    """What this row turned out to be; see `ClientMerging`."""

    objects: ClientManager = ClientManager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        indexes = [
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="client_name_part"),
            models.Index(fields=["name", "id"], name="client_by_name"),
            models.Index(fields=["merged_into"], name="client_merged", condition=models.Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def change(self, name: str, value: object, *, by: User) -> None:
        """Set one fact and remember who did.  Raises ValidationError for a value that does not fit."""
        if name not in CLIENT_FACTS:
            raise ValidationError(_("There is no such field."))
        if name == "note":
            from otklik.desk.clients.models.card_note import CardNote

            CardNote.objects.say(self, str(value or ""), by=by)
            return
        setattr(self, name, cleaned_tags(value) if name == "tags" else value)
        self.clean_fields(exclude={field.name for field in self._meta.fields} - {name})
        self.save(update_fields=[name])
        said = ", ".join(self.tags) if name == "tags" else str(value or "")
        publish(ClientChanged(client_id=self.pk, field=name, value=said[:300]), by=by)

    @transaction.atomic
    def restrict(self, as_: str, *, by: User) -> None:
        """Every look at the card is written down from now on; "" for an ordinary card.  Raises ValidationError."""
        if as_ and as_ not in ClientRestrictedAs:
            raise ValidationError(_("Choose one of the list."))
        self.restricted_as = as_
        self.save(update_fields=["restricted_as"])
        said = str(ClientRestrictedAs(as_).label) if as_ else ""
        publish(ClientChanged(client_id=self.pk, field="restricted", value=said), by=by)


def cleaned_tags(value: object) -> list[str]:
    """Tags as they are kept: small letters, single blanks, each once, in the order in which they were said."""
    parts = value.split(",") if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    return list(dict.fromkeys(tag for part in parts if (tag := " ".join(str(part).lower().split()))))
