"""Who was promised a class, and for how long."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact, Product
from otklik.desk.sla.events import AgreementEnded, AgreementMade
from otklik.desk.sla.models.service_class import ServiceClass
from otklik.desk.sla.models.version import Version

HOLDERS = ("contact", "client", "product", "channel")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def not_over(self, day: date) -> "AgreementQuerySet":
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))

    def with_promise(self) -> "AgreementQuerySet":
        """Carry along the class and whether it is promised now (`is_promised`)."""
        versions = Version.objects.in_force(clock.now()).filter(service_class=models.OuterRef("service_class"))
        return self.select_related("service_class").annotate(is_promised=models.Exists(versions))


class Agreement(models.Model):
    """A class of one person, of one organisation, of one product, or of all who come through a channel.

    The last day counts; `note` is the number of the contract.
    """

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
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("product")
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
                condition=models.Q(contact__isnull=False, client=None, channel=None, product=None)
                | models.Q(contact=None, client__isnull=False, channel=None, product=None)
                | models.Q(contact=None, client=None, channel__isnull=False, product=None)
                | models.Q(contact=None, client=None, channel=None, product__isnull=False),
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
    def holder(self) -> Contact | Client | Product | Channel | None:
        return self.contact or self.client or self.product or self.channel

    @transaction.atomic
    def make(self, *, by: User | None) -> None:
        """Requests that come from its first day on are promised the class.  Raises ValidationError."""
        self.made_by = by
        self.full_clean()
        self.save()
        ends_on = self.ends_on.isoformat() if self.ends_on else ""
        publish(
            AgreementMade(
                class_id=self.service_class_id,
                agreement_id=self.pk,
                holder=str(self.holder),
                starts_on=self.starts_on.isoformat(),
                ends_on=ends_on,
            ),
            by=by,
        )

    @transaction.atomic
    def end(self, day: date, *, by: User | None) -> None:
        """This is its last day; requests that are open keep what they were promised."""
        self.ends_on = max(day, self.starts_on)
        self.save(update_fields=["ends_on"])
        news = AgreementEnded(
            class_id=self.service_class_id,
            agreement_id=self.pk,
            holder=str(self.holder),
            ends_on=self.ends_on.isoformat(),
        )
        publish(news, by=by)

    def clean(self) -> None:
        if sum(getattr(self, f"{name}_id") is not None for name in HOLDERS) != 1:
            raise ValidationError(_("Choose a person, an organisation, a product or a channel, one of them."))
