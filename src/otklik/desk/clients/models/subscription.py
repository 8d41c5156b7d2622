"""What a client has of us: which product, on what plan, since when, for how much."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.models.confirmation import Confirmation, Confirmed, whose
from otklik.desk.clients.models.product import Product

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

CURRENCY = RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters, as in RUB."))
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Period(models.TextChoices):
    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")
    ONCE = "once", _("once")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def of(self, contact: "Contact") -> "SubscriptionQuerySet":
        """Those of a person and of their main organisation."""
        theirs = models.Q(contact=contact)
        if contact.client_id:
            theirs |= models.Q(client=contact.client_id)
        return self.filter(theirs)

    def holders_of(self, contact: "Contact") -> set[str]:
        """Who has what is not over: the "contact", their "client", or both."""
        return {whose(one) for one in self.of(contact).exclude(state="ended").values_list("contact", flat=True)}

    def shown(self) -> "SubscriptionQuerySet":
        """What runs before what ended, the oldest first, each with its product."""
        return self.select_related("product").order_by(models.F("ends_on").asc(nulls_first=True), "starts_on", "id")


class Subscription(models.Model):
    """One product of one organisation or of one person; ended ones stay, they are history."""

    class State(models.TextChoices):
        TRIAL = "trial", _("on trial")
        ACTIVE = "active", _("in use")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name=_("contact"),
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="subscriptions", verbose_name=_("organisation")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="subscriptions", verbose_name=_("product"))
    plan = models.CharField(_("plan"), max_length=120, blank=True)
    details = models.CharField(_("how much of it"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ACTIVE)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="RUB", validators=[CURRENCY])
    period = models.CharField(_("paid"), max_length=8, choices=Period, default=Period.MONTH)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("product of a client")
        verbose_name_plural = _("products of a client")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="subscription_has_one_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="subscription_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} of {self.client_id or self.contact_id}"

    def is_in_use(self, day: date) -> bool:
        """On trial or in use on this day, by its state and its dates."""
        if self.state not in (self.State.TRIAL, self.State.ACTIVE):
            return False
        return (self.starts_on or day) <= day <= (self.ends_on or day)

    def monthly(self) -> Decimal:
        """What it brings in a month; nothing for what is paid once."""
        months = MONTHS.get(self.period)
        return (self.amount or Decimal(0)) / months if months else Decimal(0)

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Keep a new or a changed one.  Raises ValidationError."""
        self.full_clean()
        self.save()
        self._made_sure(by)
        self._tell("subscription", by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """In use no more from today on, by the department's day; raises ValidationError for one that has ended."""
        if self.state == self.State.ENDED:
            raise ValidationError(_("It has ended already."))
        today = clock.house_today()
        self.state, self.ends_on = self.State.ENDED, max(self.starts_on or today, min(self.ends_on or today, today))
        self.save(update_fields=["state", "ends_on"])
        self._made_sure(by)
        self._tell("subscription_ended", by)

    def _made_sure(self, by: User) -> None:
        holder = self.contact or self.client
        if holder is not None:
            Confirmation.objects.note(holder, [Confirmed.PRODUCTS], by=by)

    def _tell(self, field: str, by: User) -> None:
        words = " · ".join(filter(None, [self.product.name, self.plan]))
        if self.contact_id:
            publish(ContactChanged(contact_id=self.contact_id, field=field, value=words), by=by)
        else:
            publish(ClientChanged(client_id=self.client_id or 0, field=field, value=words), by=by)


def value_of(subscriptions: "list[Subscription]", day: date) -> dict[str, Decimal]:
    """What a client brings in a month, by currency, of what is in use on this day."""
    found: dict[str, Decimal] = {}
    for one in subscriptions:
        if one.is_in_use(day) and (monthly := one.monthly()):
            found[one.currency] = found.get(one.currency, Decimal(0)) + monthly
    return found
