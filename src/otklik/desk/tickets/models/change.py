"""A change that a request needs: what, why, at which risk, by which steps, who allowed it, and what came of it."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.seen import stamp_of


class Risk(models.TextChoices):
    LOW = "low", pgettext_lazy("risk", "low")
    MEDIUM = "medium", pgettext_lazy("risk", "medium")
    HIGH = "high", pgettext_lazy("risk", "high")


class ChangeState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ASKED = "asked", _("waits for approval")
    APPROVED = "approved", pgettext_lazy("a change", "approved")
    REJECTED = "rejected", _("rejected")
    DONE = "done", _("carried out")
    ROLLED_BACK = "rolled_back", _("rolled back")


DECIDED = (ChangeState.APPROVED, ChangeState.REJECTED, ChangeState.DONE, ChangeState.ROLLED_BACK)
ENDED = (ChangeState.DONE, ChangeState.ROLLED_BACK)


class ChangeQuerySet(models.QuerySet["Change"]):
    def waiting(self) -> "ChangeQuerySet":
        """For somebody's word, the longest first."""
        return self.filter(state=ChangeState.ASKED).order_by("asked_at", "id")

    def under_way(self) -> "ChangeQuerySet":
        """Somebody waits for a decision, or for it to be carried out."""
        return self.filter(state__in=(ChangeState.ASKED, ChangeState.APPROVED))

    def with_steps(self) -> "ChangeQuerySet":
        """`steps_count` and `steps_done` of each."""
        done = Count("steps", filter=Q(steps__done_at__isnull=False))
        return self.annotate(steps_count=Count("steps"), steps_done=done)

    def open(self) -> "ChangeQuerySet":
        return self.exclude(state__in=(*ENDED, ChangeState.REJECTED))


class Change(models.Model):
    """A record with an approval.  Its steps are tasks of the request (`Task.change`), its relatives the request's ties.

    `decided_for` is the lead for whom a deputy decided.  The lead time runs from the first `asked_at` to `ended_at`.
    """

    State, Risk = ChangeState, Risk

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="changes")
    what = models.CharField(_("what changes"), max_length=300)
    why = models.TextField(_("why"), max_length=2000)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk, default=Risk.LOW)
    way_back = models.TextField(_("way back"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=11, choices=ChangeState, default=ChangeState.DRAFT)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField(_("asked"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_for = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.CharField(_("remark of who decided"), max_length=500, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(_("ended"), null=True)
    result = models.TextField(_("what came of it"), max_length=2000, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="change_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_was_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=models.F("by")) & ~Q(decided_by=models.F("asked_by"))),
                name="nobody_approves_their_own_change",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False, ended_by__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at=None, ended_by=None)),
                name="change_that_ended_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="change_asked", condition=Q(state="asked")),
            models.Index(fields=["ended_at"], name="change_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def lead_time(self) -> timedelta | None:
        """From the first question until it was carried out."""
        if self.state != ChangeState.DONE or self.asked_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.asked_at

    @property
    def is_over(self) -> bool:
        return self.state in ENDED

    @property
    def stamp(self) -> str:
        """Of what is asked for, for who is about to decide on it or to write it anew."""
        window = (moment and moment.timestamp() for moment in (self.starts_at, self.ends_at))
        return stamp_of(self.what, self.why, self.risk, self.way_back, *window)
