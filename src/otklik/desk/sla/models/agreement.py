"""Who was promised a class, and for how long."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla.models.service_class import ServiceClass

HOLDERS = ("contact", "client", "channel")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def on(self, day: object) -> "AgreementQuerySet":
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), starts_on__lte=day)


class Agreement(models.Model):
    """A class of one person, of one organisation, or of all who come through a channel; the last day counts."""

    service_class = models.ForeignKey(ServiceClass, models.PROTECT, related_name="agreements", verbose_name=_("class"))
    contact = models.ForeignKey(
        Contact, models.CASCADE, null=True, blank=True, related_name="agreements", verbose_name=_("contact")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="agreements", verbose_name=_("organisation")
    )
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="agreements", verbose_name=_("channel")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("contract"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact__isnull=False, client=None, channel=None)
                | models.Q(contact=None, client__isnull=False, channel=None)
                | models.Q(contact=None, client=None, channel__isnull=False),
                name="agreement_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("It would end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_class} · {self.holder}"

    @property
    def holder(self) -> Contact | Client | Channel | None:
        return self.contact or self.client or self.channel

    def clean(self) -> None:
        if sum(getattr(self, f"{name}_id") is not None for name in HOLDERS) != 1:
            raise ValidationError(_("Choose a person, an organisation or a channel, one of them."))
