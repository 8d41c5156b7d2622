"""Several people score the same conversations blind, and then see how far they agree (METRICS Q4)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.quality import agreeing
from otklik.care.quality.events import ConversationCalibrated
from otklik.care.quality.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from otklik.care.quality.models import Review

MOST_TICKETS, FEWEST_PEOPLE, MOST_PEOPLE = 30, 2, 6


class CalibrationQuerySet(models.QuerySet["Calibration"]):
    def visible_to(self, user: User) -> "CalibrationQuerySet":
        """Who scores in it or began it; who looks at the whole department."""
        if not user.is_active:
            return self.none()
        if user.role in (Role.HEAD, Role.ADMIN, Role.QUALITY):
            return self
        from otklik.care.quality.models.review import Review

        scores = Review.objects.filter(calibration=OuterRef("pk"), reviewer=user)
        return self.filter(Q(by=user) | Q(Exists(scores)))


class CalibrationManager(models.Manager.from_queryset(CalibrationQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def begin(self, tickets: Sequence[Ticket], people: Sequence[User], *, until: datetime, by: User) -> "Calibration":
        """Each of these people scores each of these conversations.  Raises Invalid with the field to mend."""
        from otklik.care.quality.models.review import Review

        if not tickets:
            raise Invalid(_now("Name at least one request."), "tickets")
        if len(tickets) > MOST_TICKETS:
            raise Invalid(_now("A session has %(most)s requests at most.") % {"most": MOST_TICKETS}, "tickets")
        if not FEWEST_PEOPLE <= len(people) <= MOST_PEOPLE:
            raise Invalid(
                _now("Choose from %(few)s to %(most)s people.") % {"few": FEWEST_PEOPLE, "most": MOST_PEOPLE}, "people"
            )
        if until <= clock.now():
            raise Invalid(_now("Choose a moment to come."), "until")
        made: Calibration = self.create(by=by, until=until)
        for ticket in tickets:
            Review.objects.for_calibration(made, ticket, people, by=by)
        return made


class Calibration(models.Model):
    """Open until everybody has scored, or until its date; then `alpha` and its interval are kept as they were."""

    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who began it"), db_index=False)
    begun_at = models.DateTimeField(_("begun"), default=clock.now)
    until = models.DateTimeField(_("until"))
    closed_at = models.DateTimeField(pgettext_lazy("calibration", "closed"), null=True)
    units = models.PositiveIntegerField(_("marks that were compared"), default=0)
    same = models.PositiveIntegerField(_("of these the same by everybody"), default=0)
    alpha = models.FloatField(null=True)
    lo = models.FloatField(null=True)
    hi = models.FloatField(null=True)

    objects: CalibrationManager = CalibrationManager()

    if TYPE_CHECKING:
        reviews: RelatedManager[Review]

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        indexes = [
            models.Index(fields=["until"], name="calibration_open", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @transaction.atomic
    def close(self, *, by: User | None) -> None:
        """Whoever has not scored is left out; everybody sees the marks of the others from now on."""
        one = type(self).objects.select_for_update().get(pk=self.pk)
        if one.closed_at:
            return
        one.reviews.filter(state=State.OPEN).update(state=State.SKIPPED, holder=None, next_at=None)
        told = agreeing.agreement(agreeing.units_of(one))
        one.units, one.same, one.alpha, one.lo, one.hi = told.units, told.same, told.alpha, told.lo, told.hi
        one.closed_at = clock.now()
        one.save()
        for ticket in sorted(set(one.reviews.values_list("ticket_id", flat=True))):
            publish(ConversationCalibrated(ticket_id=ticket, calibration_id=one.pk), by=by)
        self.refresh_from_db()

    @transaction.atomic
    def close_if_all_scored(self, *, by: User | None) -> None:
        if not self.reviews.filter(state=State.OPEN).exists():
            self.close(by=by)
