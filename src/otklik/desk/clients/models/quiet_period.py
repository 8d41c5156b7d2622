"""When a person or everybody of an organisation is left alone, and by what."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.purposes import Held

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

DAY_OF_MONTH = [MinValueValidator(1), MaxValueValidator(31)]
WEEKDAY = [MinValueValidator(1), MaxValueValidator(7)]
MONTH = [MinValueValidator(1), MaxValueValidator(12)]


class QuietPeriod(models.Model):
    """Quiet while everything that is named holds at the client's place (see `quiet.Quiet`)."""

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="quiet_periods",
        verbose_name=_("contact"),
    )
    client = models.ForeignKey(
        Client,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="quiet_periods",
        verbose_name=_("organisation"),
    )
    reason = models.CharField(_("why"), max_length=120, blank=True)
    holds = models.CharField(_("what waits"), max_length=10, choices=Held, default=Held.ALL)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    month_from = models.PositiveSmallIntegerField(
        _("every month from day"), null=True, blank=True, validators=DAY_OF_MONTH
    )
    month_until = models.PositiveSmallIntegerField(_("to day"), null=True, blank=True, validators=DAY_OF_MONTH)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(validators=WEEKDAY), verbose_name=_("weekdays"), default=list, blank=True
    )
    months = ArrayField(
        models.PositiveSmallIntegerField(validators=MONTH), verbose_name=_("months"), default=list, blank=True
    )
    hours_from = models.TimeField(_("from the hour"), null=True, blank=True)
    hours_until = models.TimeField(_("until the hour"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False, editable=False)

    class Meta:
        verbose_name = _("quiet period")
        verbose_name_plural = _("quiet periods")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="quiet_period_has_one_holder",
            )
        ]

    def __str__(self) -> str:
        return self.reason or str(self.get_holds_display())

    def clean(self) -> None:
        if (self.month_from is None) != (self.month_until is None):
            raise ValidationError(_("Name both days of the month, or neither."))
        if (self.hours_from is None) != (self.hours_until is None):
            raise ValidationError(_("Name both hours, or neither."))
        if self.hours_from is not None and self.hours_from == self.hours_until:
            raise ValidationError(_("The hours begin and end at the same time."))
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(_("The last day lies before the first one."))
        named = (self.starts_on, self.ends_on, self.month_from, self.hours_from, self.weekdays, self.months)
        if not any(one not in (None, []) for one in named):
            raise ValidationError(_("Say when: days, weekdays or hours."))

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Keep a new or a changed one.  Raises ValidationError."""
        self.by = self.by or by
        self.weekdays, self.months = sorted(set(self.weekdays)), sorted(set(self.months))
        self.full_clean()
        self.save()
        self._tell("quiet_period", by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """They may be disturbed again; the journal remembers it."""
        self.delete()
        self._tell("quiet_period_ended", by)

    def _tell(self, field: str, by: User) -> None:
        if self.contact_id:
            publish(ContactChanged(contact_id=self.contact_id, field=field, value=str(self)), by=by)
        else:
            publish(ClientChanged(client_id=self.client_id or 0, field=field, value=str(self)), by=by)
