"""How a bonus is reckoned, for whom, and who approves it."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, Team, User
from otklik.team.indicators import events
from otklik.team.indicators.period import Period, Span
from otklik.team.indicators.reckoning import Terms

CAP_USUAL = Decimal("1.20")


class Currency(models.TextChoices):
    RUB = "RUB", "₽"
    KZT = "KZT", "₸"
    BYN = "BYN", "Br"
    USD = "USD", "$"
    EUR = "EUR", "€"


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def in_force(self, period: Period) -> "SchemeQuerySet":
        """Those that pay for this period; the one of a line comes before the one of all lines."""
        alive = models.Q(ends_on=None) | models.Q(ends_on__gt=period.first)
        rows = self.filter(alive, span=period.span, starts_on__lte=period.first)
        return rows.order_by(models.F("team").asc(nulls_last=True), "pk").select_related("team", "approver")


class Scheme(models.Model):
    """A base amount for a role, in a line or everywhere; the first period that pays, and the last.

    Once made it only ends: other terms are another scheme.
    """

    name = models.CharField(_("name"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    span = models.CharField(_("period"), max_length=7, choices=Span, default=Span.MONTH)
    base = models.DecimalField(
        _("bonus at the target"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.RUB)
    cap = models.DecimalField(
        _("the most that counts"),
        max_digits=3,
        decimal_places=2,
        default=CAP_USUAL,
        validators=[MinValueValidator(1), MaxValueValidator(2)],
    )
    fewest = models.PositiveIntegerField(_("smallest sample"), default=0)
    approver = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who approves"))
    starts_on = models.DateField(_("pays from"))
    ends_on = models.DateField(_("until day"), null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bonus scheme")
        verbose_name_plural = _("bonus schemes")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        return Terms(self.base, self.cap, self.fewest)

    def people(self, left: Iterable[int] = ()) -> models.QuerySet[User]:
        """Whom it covers now, and those of these who have left."""
        here = models.Q(is_active=True) | models.Q(pk__in=list(left))
        rows = User.objects.filter(here, role=self.role).order_by("name", "pk")
        return rows.filter(memberships__team=self.team) if self.team_id else rows

    @transaction.atomic
    def make(self, *, by: User) -> None:
        """It never pays for a period that has ended."""
        self.starts_on = Period.of(self.span, self.starts_on).first
        if Period.of(self.span, self.starts_on).is_over:
            raise Refused(
                _("A scheme pays from the running period on: nobody works for a rule they do not know."), "starts_on"
            )
        self.made_by = by
        self.save()
        publish(events.SchemeMade(scheme_id=self.pk, starts_on=self.starts_on.isoformat()), by=by)

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """The running period is the last that it pays for."""
        if self.ends_on is not None:
            raise Refused(_("This scheme has ended already."))
        self.ends_on = max(Period.now(self.span).ends, self.starts_on)
        self.save(update_fields=["ends_on"])
        publish(events.SchemeEnded(scheme_id=self.pk, ends_on=self.ends_on.isoformat()), by=by)


def covered(schemes: Iterable[Scheme], left: Iterable[int] = ()) -> dict[int, tuple[Scheme, User]]:
    """Each person with the first of these schemes that covers them; one statement for each scheme."""
    found: dict[int, tuple[Scheme, User]] = {}
    for scheme in schemes:
        for person in scheme.people(left):
            found.setdefault(person.pk, (scheme, person))
    return found
