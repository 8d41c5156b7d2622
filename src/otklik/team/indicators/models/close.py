"""A month that is over: its figures as they were when somebody closed it."""

from collections.abc import Sequence
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.indicators import events
from otklik.team.indicators.measuring import measured, tickets_behind
from otklik.team.indicators.models.indicator import Indicator, Plan
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.models import TicketFact, Watermark

MOST_NAMED = 5000
"""Up to so many readings the requests are kept by number; of more the question alone."""


class CloseManager(models.Manager["Close"]):
    def close(self, month: date, *, by: User) -> "Close":
        """Freeze every indicator whose period ends with this month.  Raises Refused."""
        period = Period.of(Span.MONTH, month)
        if not period.is_over:
            raise Refused(_("A month is closed when it is over."))
        if not Plan.objects.filter(starts_on__lt=period.ends).exists():
            raise Refused(_("Nothing was planned yet in this month: there is nothing to close."))
        TicketFact.objects.catch_up()
        if Watermark.objects.exclude(anew_after=None).exists():
            raise Refused(
                _("After the update calls and surveys are being counted anew: close the month a little later.")
            )
        try:
            with transaction.atomic():
                return self._freeze(period, by)
        except IntegrityError as error:
            if "one_close_of_a_month" not in str(error):
                raise
            raise Refused(_("This month is closed already.")) from error

    def _freeze(self, period: Period, by: User) -> "Close":
        mark = Watermark.objects.filter(pk=1).values_list("entry_id", flat=True).first() or 0
        close = self.create(month=period.first, by=by, entry_id=mark)
        plans = _ending_with(period)
        figures = measured(plans, period.first)
        named = tickets_behind([plan for plan in plans if figures[plan.pk].n <= MOST_NAMED], period.first)
        rows = [Frozen.of(close, plan, figures[plan.pk], named.get(plan.pk, [])) for plan in plans]
        Frozen.objects.bulk_create(rows)
        told = events.MonthClosed(close_id=close.pk, month=period.first.isoformat(), rows=len(rows))
        publish(told, by=by)
        return close

    def of_month(self, month: date) -> "Close | None":
        """The one that holds now."""
        return self.filter(month=month, reopened_at=None).select_related("by").first()


def _ending_with(period: Period) -> list[Plan]:
    indicators, plans = Indicator.objects.all(), list[Plan]()
    for span in Span:
        whole = Period.of(span, period.first)
        if whole.last_month == period.first:
            plans += Plan.objects.in_force(indicators, whole)
    return plans


class Close(models.Model):
    """Who closed which month when, and up to which entry of the journal the facts were known.

    A close that was reopened stays as it was; the month may be closed again, as another row.
    """

    month = models.DateField(_("month"))
    at = models.DateTimeField(_("closed"), default=clock.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("closed by"))
    entry_id = models.BigIntegerField(_("last entry of the journal"))
    reopened_at = models.DateTimeField(_("reopened"), null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("reopened by"))
    why = models.CharField(_("why"), max_length=500, blank=True)

    objects: CloseManager = CloseManager()

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["month"], condition=models.Q(reopened_at=None), name="one_close_of_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @transaction.atomic
    def reopen(self, why: str, *, by: User) -> None:
        """With a reason.  What was frozen stays to be read; drafts of statements fall, approved ones stand."""
        if not why.strip():
            raise Refused(_("Say why the month is opened again."), "why")
        row = Close.objects.select_for_update().get(pk=self.pk)
        if row.reopened_at:
            raise Refused(_("This month is open already."))
        self.reopened_at, self.reopened_by, self.why = clock.now(), by, why.strip()
        self.save(update_fields=["reopened_at", "reopened_by", "why"])
        self.statements.drafts().delete()
        told = events.MonthReopened(close_id=self.pk, month=self.month.isoformat(), why=self.why)
        publish(told, by=by)


class FrozenQuerySet(models.QuerySet["Frozen"]):
    def visible_to(self, user: User) -> "FrozenQuerySet":
        """Of the indicators one may see, and what stands in one's own statements."""
        if user.sees_everything:
            return self
        return self.filter(plan__indicator__in=Indicator.objects.visible_to(user))

    def told(self) -> "FrozenQuerySet":
        return self.select_related("close", "plan__indicator__person", "plan__indicator__team")


class Frozen(models.Model):
    """One figure as it was: its value in the unit of the metric, over `n` readings, between `lo` and `hi`.

    `plan` says against what, `definition` by which definition of the metric, `tickets` of which requests (one number
    for each reading; empty where there were too many).  The database lets nobody change it.
    """

    close = models.ForeignKey(Close, models.PROTECT, related_name="frozen", verbose_name=_("closed month"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="frozen", verbose_name=_("plan of an indicator"))
    n = models.PositiveIntegerField(_("readings"))
    value = models.FloatField(_("value"), null=True)
    lo = models.FloatField(null=True)
    hi = models.FloatField(null=True)
    p90 = models.FloatField(null=True)
    good = models.PositiveIntegerField(null=True)
    exact = models.BooleanField(default=True)
    definition = models.CharField(max_length=12)
    tickets = ArrayField(models.BigIntegerField(), default=list)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")
        constraints = [models.UniqueConstraint(fields=["close", "plan"], name="frozen_once")]

    @classmethod
    def of(cls, close: Close, plan: Plan, figure: Figure, tickets: Sequence[int]) -> "Frozen":
        names = ("n", "value", "lo", "hi", "p90", "good", "exact")
        told = {name: getattr(figure, name) for name in names}
        return cls(close=close, plan=plan, definition=figure.metric.fingerprint, tickets=list(tickets), **told)

    @cached_property
    def figure(self) -> Figure:
        """As the layer told it."""
        names = ("n", "value", "lo", "hi", "p90", "good", "exact")
        return Figure(self.plan.indicator.measured, **{name: getattr(self, name) for name in names})

    @property
    def period(self) -> Period:
        return Period.of(self.plan.indicator.span, self.close.month)

    @property
    def is_enough(self) -> bool:
        return self.value is not None and self.n >= self.plan.fewest

    @property
    def is_by_todays_definition(self) -> bool:
        return self.definition == self.plan.indicator.measured.fingerprint
