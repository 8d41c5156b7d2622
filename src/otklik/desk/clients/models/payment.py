"""What a client paid, and what went back: facts of the accounts, never changed by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Case, F, Min, Q, Sum, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.rows import insert
from otklik.core.staff.models import User
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.models.product import Product
from otklik.desk.clients.models.subscription import CURRENCY

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Paid:
    """What one holder paid in one currency, refunds taken off: in all, in the last 365 days, since which day."""

    currency: str
    in_all: Decimal
    last_year: Decimal
    since: date


class PaymentQuerySet(models.QuerySet["Payment"]):
    def seen_by(self, people: Any, organisations: Any) -> "PaymentQuerySet":
        """Those of holders whom the reader knows."""
        return self.filter(Q(contact__in=people) | Q(client__in=organisations))


class PaymentManager(models.Manager.from_queryset(PaymentQuerySet)["Payment"]):  # type: ignore[misc]
    @transaction.atomic
    def record(self, payment: "Payment", *, by: User) -> "tuple[Payment, bool]":
        """(the payment, whether it is new): one that is known under its source and identifier is kept as it was.

        Raises ValidationError for values that do not fit, and where the known one says something else.
        """
        payment.full_clean(validate_unique=False, validate_constraints=False)
        payment.check_period()
        if insert(payment, unless_known=True):
            payment.tell(by)
            return payment, True
        known: Payment = self.get(source=payment.source, external_id=payment.external_id)
        if known.facts() != payment.facts():
            raise ValidationError({"external_id": _now("Another payment is known by this identifier.")})
        return known, False

    def known(self, source: str, identifiers: Iterable[str]) -> "dict[str, Payment]":
        """By the identifiers of that system."""
        found = self.filter(source=source, external_id__in=list(identifiers))
        return {one.external_id: one for one in found if one.external_id is not None}


class Payment(models.Model):
    """One sum of one organisation or person; a refund is a row of its own.

    `covers_from` and `covers_until` are the first and the last day that it pays for, where that is known.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REFUND = "refund", _("refund")

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, blank=True, related_name="payments", verbose_name=_("contact")
    )
    client = models.ForeignKey(
        Client, models.CASCADE, null=True, blank=True, related_name="payments", verbose_name=_("organisation")
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("product"), db_index=False
    )
    kind = models.CharField(_("what it is"), max_length=7, choices=Kind, default=Kind.PAYMENT)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField(_("currency"), max_length=3, default="RUB", validators=[CURRENCY])
    paid_on = models.DateField(_("paid on"))
    covers_from = models.DateField(_("pays from"), null=True, blank=True)
    covers_until = models.DateField(_("pays until"), null=True, blank=True)
    source = models.CharField(_("from which system"), max_length=40, default="api")
    external_id = models.CharField(_("identifier there"), max_length=200, null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects: PaymentManager = PaymentManager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(contact=None, client__isnull=False) | Q(contact__isnull=False, client=None),
                name="payment_has_one_holder",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_above_zero"),
            models.CheckConstraint(
                condition=Q(covers_from=None) | Q(covers_until=None) | Q(covers_until__gte=F("covers_from")),
                name="payment_covers_forwards",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.UniqueConstraint(fields=["source", "external_id"], name="one_payment_of_an_identifier"),
        ]
        indexes = [
            models.Index(fields=["contact", "paid_on"], name="payment_of_contact", condition=Q(contact__isnull=False)),
            models.Index(fields=["client", "paid_on"], name="payment_of_client", condition=Q(client__isnull=False)),
            models.Index(fields=["paid_on", "id"], name="payment_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} of {self.client_id or self.contact_id}"

    def check_period(self) -> None:
        """Raises ValidationError where the last day lies before the first one."""
        if self.covers_from and self.covers_until and self.covers_until < self.covers_from:
            raise ValidationError({"covers_until": _now("The last day lies before the first one.")})

    def facts(self) -> tuple[object, ...]:
        """What makes it this payment and no other one."""
        amount = Decimal(self.amount).quantize(Decimal("0.01"))
        dates = (self.paid_on, self.covers_from, self.covers_until)
        return (self.contact_id, self.client_id, self.product_id, self.kind, amount, self.currency, *dates)

    def tell(self, by: User) -> None:
        """The story of the card; amounts stand in the rows alone, where roles are asked."""
        value = self.product.name if self.product else self.paid_on.isoformat()
        if self.contact_id:
            publish(ContactChanged(contact_id=self.contact_id, field=self.kind, value=value), by=by)
        else:
            publish(ClientChanged(client_id=self.client_id or 0, field=self.kind, value=value), by=by)


def sums_of(holder: "Client | Contact", today: date) -> list[Paid]:
    """One row for each currency; amounts of different ones are never added together."""
    signed = Case(When(kind=Payment.Kind.REFUND, then=-F("amount")), default=F("amount"))
    lately = Q(paid_on__gt=today - YEAR)
    found = (
        holder.payments.filter(paid_on__lte=today)
        .values("currency")
        .annotate(in_all=Sum(signed), last_year=Sum(signed, filter=lately), since=Min("paid_on"))
        .order_by("currency")
    )
    nothing = Decimal(0)
    return [Paid(one["currency"], one["in_all"], one["last_year"] or nothing, one["since"]) for one in found]
