"""Somebody of ours goes to the client: where, in which span of time, who, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.outcomes import Promise
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.seen import stamp_of

BEFORE = timedelta(hours=2)
"""So long before it begins a visit is called to mind, with time to act."""


class State(models.TextChoices):
    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("the client confirmed")
    COMING = "coming", _("on the way")
    HERE = "here", _("on the spot")
    DONE = "done", _("done")
    FAILED = "failed", _("did not take place")


OVER = (State.DONE, State.FAILED)
AHEAD = (State.PLANNED, State.CONFIRMED)


class VisitQuerySet(models.QuerySet["Visit"]):
    def open(self) -> "VisitQuerySet":
        """Without a result yet."""
        return self.exclude(state__in=OVER)

    def marked(self, at: datetime) -> "VisitQuerySet":
        """Those that the scheduler must look at by then."""
        return self.open().filter(next_mark__lte=at, ticket__merged_into=None)

    def of_people(self, people: Iterable[User]) -> "VisitQuerySet":
        return self.filter(people__in=list(people)).distinct()

    def meeting(self, since: datetime, until: datetime) -> "VisitQuerySet":
        """Those that have a moment in common with this span."""
        return self.filter(starts_at__lt=until, ends_at__gt=since)

    def soonest_first(self) -> "VisitQuerySet":
        return self.order_by("starts_at", "id")


class Visit(models.Model):
    """One visit of one request.

    `promise` is the date as the client was told it, while and after it stood; what they were told is `told_starts_at`
    and `told_ends_at`, so that a window that moved since is seen.  `agreed` is their word on it.  `next_mark` is when
    the scheduler looks at it next: before it begins, then when its time is over.
    """

    State = State
    missing: Sequence[User] = ()
    """Those of its people who cannot go, once `visit_plan.with_missing` has asked."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="visits")
    place = models.CharField(_("place"), max_length=300)
    map_link = models.URLField(_("link to a map"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    people = models.ManyToManyField(User, related_name="visits", verbose_name=_("who goes"))
    route = models.TextField(_("how to get there"), max_length=2000, blank=True)
    bring = models.CharField(_("what to bring"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    result = models.TextField(_("what came of it"), max_length=2000, blank=True)
    agreed = models.BooleanField(_("the time suits the client"), null=True)
    promise = models.ForeignKey(Promise, models.PROTECT, null=True, related_name="+", db_index=False)
    told_starts_at = models.DateTimeField(_("the client knows: from"), null=True)
    told_ends_at = models.DateTimeField(_("the client knows: until"), null=True)
    times_told = models.PositiveSmallIntegerField(default=0)
    came_at = models.DateTimeField(_("came"), null=True)
    missed_at = models.DateTimeField(_("found missed"), null=True)
    over_at = models.DateTimeField(_("over"), null=True)
    next_mark = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("starts_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="visit_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state__in=OVER, over_at__isnull=False) | (~Q(state__in=OVER) & Q(over_at=None)),
                name="visit_with_a_result_is_over",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(result=""), name="visit_that_failed_says_why"),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="visit_starts"),
            models.Index(
                fields=["next_mark"],
                name="visit_mark",
                condition=~Q(state__in=OVER) & Q(next_mark__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def is_told(self) -> bool:
        """The client knows of it, with the time that holds."""
        return (self.told_starts_at, self.told_ends_at) == (self.starts_at, self.ends_at)

    @property
    def is_told_otherwise(self) -> bool:
        """The client knows another time."""
        return self.told_starts_at is not None and not self.is_told

    def may_be_agreed(self, now: datetime) -> bool:
        """It lies ahead as the client knows it, and they have said nothing yet."""
        stands = self.promise is not None and self.promise.moved_at is None
        return stands and self.is_told and self.state in AHEAD and self.agreed is None and self.starts_at > now

    @property
    def stamp(self) -> str:
        """Of what is planned, for who is about to change it or to write of it."""
        people = sorted(one.pk for one in self.people.all())
        words = (self.place, self.map_link, self.route, self.bring)
        return stamp_of(*words, self.starts_at.timestamp(), self.ends_at.timestamp(), people)

    def mark_after(self, now: datetime) -> datetime | None:
        """When it is looked at next."""
        return next((mark for mark in (self.starts_at - BEFORE, self.ends_at) if mark > now), None)
