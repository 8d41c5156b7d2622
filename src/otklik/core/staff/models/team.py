"""A line of support."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models.user import User


class TeamQuerySet(models.QuerySet["Team"]):
    def active(self) -> "TeamQuerySet":
        return self.filter(is_active=True)

    def first_line(self) -> "Team":
        """Where a request lands when nothing says otherwise.  Raises Team.DoesNotExist before the set-up."""
        return self.active().order_by("level", "id")[:1].get()


class Team(models.Model):
    """A line (L1 to L3): who answers, in which hours, and within what business time.

    Targets are business time of the line's own calendar; the starting values are those of METRICS V22.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    level = models.PositiveSmallIntegerField(
        _("line"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    calendar = models.ForeignKey(BusinessCalendar, models.PROTECT, verbose_name=_("working hours"))
    first_answer = models.DurationField(_("first answer within"), default=timedelta(hours=1))
    next_answer = models.DurationField(_("next answer within"), default=timedelta(hours=2))
    resolution = models.DurationField(_("solution within"), default=timedelta(hours=8))
    brand = models.ForeignKey(
        "staff.Brand", models.SET_NULL, null=True, blank=True, related_name="lines", verbose_name=_("brand")
    )
    signature = models.TextField(_("signature"), max_length=2000, blank=True, default="", db_default="")
    shows_drafts = models.BooleanField(
        _("colleagues read each other's unfinished answers"), default=False, db_default=False
    )
    """Leads always do."""
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        ordering = ["level", "name"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def set_members(self, people: Iterable[User]) -> None:
        """Who answers here from now on; the log of work of everybody who comes or goes tells it."""
        from otklik.core.staff.models.absence import Absence

        chosen = {person.pk for person in people}
        turned = {*self.members.values_list("pk", flat=True)} ^ chosen
        if not turned:
            return
        standing_in = Absence.objects.at(clock.now()).filter(user__in=turned).values_list("deputy_id", flat=True)
        held = list(User.objects.hold(*turned, *standing_in))
        self.members.set(chosen)
        for person in held:
            person.note_work()

    def first_answer_due(self, since: datetime) -> datetime:
        return self._due(since, self.first_answer)

    def next_answer_due(self, since: datetime) -> datetime:
        return self._due(since, self.next_answer)

    def resolution_due(self, since: datetime) -> datetime:
        return self._due(since, self.resolution)

    def _due(self, since: datetime, within: timedelta) -> datetime:
        return self.calendar.working_time().due(since, within.total_seconds())


class Membership(models.Model):
    """A person in a line.

    `capacity` says how many open requests of "our move" they are given at most, by the kind of their channel:
    `{"email": 12}`; 0 is none, a kind that is not named has no limit.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    capacity = models.JSONField(_("capacity"), default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="once_in_a_team")]
