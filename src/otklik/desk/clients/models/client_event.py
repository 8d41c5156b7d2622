"""What happened to a client outside of requests: a trial began, the balance is low, a contract runs out.

Programs tell it (`POST /api/v1/clients/events`), the card keeps it, lifecycle messages will answer it.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientEventRecorded
from otklik.desk.clients.models.client import Client

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

KIND = RegexValidator(r"^[a-z][a-z0-9_]{1,39}\Z", _("Small Latin letters, digits and _, as in trial_started."))
MOST_DATA = 50
"""So many values may an event carry."""


class ClientEventManager(models.Manager["ClientEvent"]):
    @transaction.atomic
    def record(
        self,
        kind: str,
        *,
        by: User,
        contact: "Contact | None" = None,
        client: Client | None = None,
        at: datetime | None = None,
        data: dict[str, Any] | None = None,
        external_id: str = "",
    ) -> "tuple[ClientEvent, bool]":
        """(the event, whether it is new): one that was told before under the same external id is not told again.

        Raises ValidationError for a kind or values that do not fit.
        """
        data = data or {}
        if len(data) > MOST_DATA or any(
            not isinstance(value, str | int | float | bool | None) for value in data.values()
        ):
            raise ValidationError({"data": _("At most 50 values: texts, numbers, yes or no.")})
        event = ClientEvent(
            kind=kind, contact=contact, client=client, at=at or clock.now(), data=data, external_id=external_id or None
        )
        event.full_clean(validate_unique=False, validate_constraints=False)
        if not insert(event, unless_known=True):
            return self.get(external_id=external_id), False
        holder = {"contact_id": contact.pk if contact else None, "client_id": client.pk if client else None}
        publish(ClientEventRecorded(event_id=event.pk, what=kind, **holder), by=by)
        return event, True


class ClientEvent(models.Model):
    """One thing that happened to a person or to an organisation; it is never changed."""

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("contact")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("organisation")
    )
    kind = models.CharField(_("what happened"), max_length=40, validators=[KIND])
    at = models.DateTimeField(_("when"))
    data = models.JSONField(_("particulars"), default=dict, blank=True)
    external_id = models.CharField(
        _("identifier of the sender's system"), max_length=200, null=True, blank=True, unique=True
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ClientEventManager()

    class Meta:
        verbose_name = _("event of a client")
        verbose_name_plural = _("events of a client")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="event_has_one_holder",
            )
        ]
        indexes = [
            models.Index(fields=["contact", "-at"], name="event_of_contact", condition=models.Q(contact__isnull=False)),
            models.Index(fields=["client", "-at"], name="event_of_client", condition=models.Q(client__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.kind
