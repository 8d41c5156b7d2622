"""A stretch of time in which a component did not work as it should."""

from datetime import datetime
from typing import cast

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.status.access import may_write
from otklik.care.status.errors import Conflict, Invalid
from otklik.care.status.events import OutageBegun, OutageCorrected, OutageEnded, OutageWithdrawn
from otklik.care.status.models.component import Component
from otklik.care.status.models.report import Report, in_both, key_field
from otklik.care.status.states import FAULTS, State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User


class OutageQuerySet(models.QuerySet["Outage"]):
    def counted(self) -> "OutageQuerySet":
        return self.filter(withdrawn_at=None)

    def faults(self) -> "OutageQuerySet":
        return self.counted().filter(state__in=FAULTS)

    def going_on(self) -> "OutageQuerySet":
        return self.counted().filter(ended_at=None)

    def within(self, start: datetime, end: datetime) -> "OutageQuerySet":
        """Of which some part lies there."""
        return self.counted().filter(models.Q(ended_at=None) | models.Q(ended_at__gt=start), began_at__lt=end)


class OutageManager(models.Manager.from_queryset(OutageQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def begin(
        self,
        component: Component,
        state: str,
        *,
        source: str,
        by: User | None,
        began_at: datetime | None = None,
        ended_at: datetime | None = None,
        reason: str = "",
        check: int | None = None,
        report: Report | None = None,
        affected: int | None = None,
        key: str = "",
    ) -> "Outage":
        """One that goes on, or a past one with its end; the same form (`key`) again is the first.

        Raises Invalid for moments that make no sense.
        """
        if key and (again := self.filter(key=key, by=by).first()):
            return cast("Outage", again)
        now = clock.now()
        began = began_at or now
        if state not in FAULTS:
            raise Invalid(_now("Choose how it is."), "state")
        if began > now or (ended_at and ended_at > now):
            raise Invalid(_now("That moment has not come yet. What is ahead is announced as works."), "began_at")
        if ended_at is not None and ended_at <= began:
            raise Invalid(_now("It ended before it began."), "ended_at")
        try:
            with transaction.atomic():
                made: Outage = self.create(
                    component=component,
                    state=state,
                    source=source,
                    by=by,
                    began_at=began,
                    ended_at=ended_at,
                    reason=reason.strip()[:500],
                    check_of_id=check,
                    report=report,
                    affected=affected,
                    key=key or None,
                )
        except IntegrityError:
            if not key:
                raise
            return cast("Outage", self.get(key=key, by=by))  # pressed twice at one moment
        publish(
            OutageBegun(
                component_id=component.pk,
                outage_id=made.pk,
                state=state,
                source=source,
                began=began.isoformat(),
                ended=ended_at.isoformat() if ended_at else "",
                reason=made.reason,
            ),
            by=by,
        )
        return made


class Outage(models.Model):
    """`reason` is for us alone.  `affected` is how many clients felt it, where somebody counted them; else all who have
    the product.  `state` may be "unknown": nobody looked, and the time counts neither as good nor as lost.

    One that is wrong is withdrawn with a reason and typed anew: what stood on the page is not rewritten.
    """

    class Source(models.TextChoices):
        CHECK = "check", _("found by a check")
        HAND = "hand", _("set by a person")
        INCIDENT = "incident", _("told by an incident")

    component = models.ForeignKey(Component, models.PROTECT, related_name="outages", verbose_name=_("component"))
    check_of = models.ForeignKey(
        "status.Check", models.SET_NULL, null=True, related_name="+", db_column="check_id", db_index=False
    )
    report = models.ForeignKey(Report, models.SET_NULL, null=True, related_name="outages")
    state = models.CharField(
        _("how it is"), max_length=8, choices=[(one.value, one.label) for one in (*FAULTS, State.UNKNOWN)]
    )
    source = models.CharField(_("from where"), max_length=8, choices=Source)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("over"), null=True)
    affected = models.PositiveIntegerField(_("clients who felt it"), null=True)
    reason = models.CharField(_("reason, for us"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_why = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    key = key_field()

    objects: OutageManager = OutageManager()

    class Meta:
        verbose_name = _("outage")
        verbose_name_plural = _("outages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="outage_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["component", "check_of", "source", "report"],
                condition=models.Q(ended_at=None, withdrawn_at=None),
                nulls_distinct=False,
                name="one_outage_goes_on",
            ),
        ]
        indexes = [
            models.Index(fields=["component", "began_at"], name="outage_of_component"),
            models.Index(fields=["component"], name="outage_going", condition=models.Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.component_id}: {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def is_unsaid(self) -> bool:
        """A check has found it, and nothing was said of it to anybody."""
        return self.source == self.Source.CHECK and self.report_id is None

    @transaction.atomic
    def end(self, *, by: User | None, at: datetime | None = None) -> None:
        """Nothing happens to what is over already."""
        self.refresh_from_db(from_queryset=Outage.objects.select_for_update())
        if self.ended_at is not None:
            return
        self.ended_at = max(self.began_at, at or clock.now())
        self.save(update_fields=["ended_at"])
        publish(OutageEnded(component_id=self.component_id, outage_id=self.pk, ended=self.ended_at.isoformat()), by=by)

    @transaction.atomic
    def correct(self, *, began_at: datetime | None = None, ended_at: datetime | None = None) -> None:
        """The moments of the incident that tells it were put right; an end only where it had one."""
        self.refresh_from_db(from_queryset=Outage.objects.select_for_update())
        was = self.began_at, self.ended_at
        self.began_at = began_at or self.began_at
        if self.ended_at is not None:
            self.ended_at = max(self.began_at, ended_at or self.ended_at)
        if was == (self.began_at, self.ended_at):
            return
        self.save(update_fields=["began_at", "ended_at"])
        told = [one.isoformat() if one else "" for one in (self.began_at, self.ended_at, *was)]
        publish(OutageCorrected(self.component_id, self.pk, *told), by=None)

    @transaction.atomic
    def withdraw(self, why: str, *, by: User) -> None:
        """Raises Invalid without a reason, Conflict when it was withdrawn before or by who may not."""
        if not may_write(by):
            raise Conflict(_now("Only leads do that."))
        if not why.strip():
            raise Invalid(_now("Say why it does not count."), "why")
        self.refresh_from_db(from_queryset=Outage.objects.select_for_update())
        if self.withdrawn_at is not None:
            raise Conflict(_now("It was withdrawn already."))
        self.withdrawn_at, self.withdrawn_why = clock.now(), why.strip()[:500]
        self.save(update_fields=["withdrawn_at", "withdrawn_why"])
        publish(OutageWithdrawn(component_id=self.component_id, outage_id=self.pk, reason=self.withdrawn_why), by=by)
        if self.report is not None:
            self.report.over_by_itself(in_both(lambda: _now("It was told by mistake: we take it back.")))
