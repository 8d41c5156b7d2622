"""An approved exception: time that is taken out of somebody's schedule before anybody measures it (METRICS W13)."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.shifts import events, telling
from otklik.team.shifts.access import leads_person


class ExceptedQuerySet(models.QuerySet["Excepted"]):
    def waiting(self) -> "ExceptedQuerySet":
        return self.filter(state=Excepted.State.ASKED)

    def approved(self) -> "ExceptedQuerySet":
        return self.filter(state=Excepted.State.APPROVED)

    def decided_by(self, user: User) -> "ExceptedQuerySet":
        """Of whom this person leads, and not one's own."""
        if not user.leads:
            return self.none()
        others = self.exclude(person=user)
        return others if user.sees_everything else others.filter(person__memberships__team__in=user.team_ids).distinct()


class ExceptedManager(models.Manager.from_queryset(ExceptedQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def ask(self, person: User, starts_at: datetime, ends_at: datetime, reason: str, *, by: User) -> "Excepted":
        """Of one's own it waits for a lead; a lead who writes it down for a person of theirs approves it by that.

        Raises Refused: the time is empty, meets no published shift, stands already, or is not theirs to tell.
        """
        from otklik.team.shifts.models.shift import Shift

        if by.pk != person.pk and not leads_person(by, person):
            raise Refused(_now("Only who leads this person may say so."))
        if ends_at <= starts_at:
            raise Refused(_now("The end must be after the beginning."), "ends")
        if not Shift.objects.published().filter(person=person).meeting(starts_at, ends_at).exists():
            raise Refused(_now("No published shift is in that time."), "starts")
        Shift.objects.hold(person)
        standing = self.filter(person=person, starts_at__lt=ends_at, ends_at__gt=starts_at)
        if standing.exclude(state=Excepted.State.REFUSED).exists():
            raise Refused(_now("An exception of that time stands already."), "starts")
        made = self.create(person=person, starts_at=starts_at, ends_at=ends_at, reason=reason.strip(), asked_by=by)
        if by.pk == person.pk:
            telling.exception_asked(made)
        else:
            made.approve(by=by)
        return made


class Excepted(models.Model):
    """From when until when a person need not be where the roster has them, and why: training, a doctor, an outage."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for a lead")
        APPROVED = "approved", pgettext_lazy("of an exception", "approved")
        REFUSED = "refused", pgettext_lazy("of an exception", "refused")

    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("who"), db_index=False)
    starts_at = models.DateTimeField(_("from when"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(null=True)

    objects: ExceptedManager = ExceptedManager()

    class Meta:
        verbose_name = _("exception of a schedule")
        verbose_name_plural = _("exceptions of schedules")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_exception_has_a_length"),
        ]
        indexes = [
            models.Index(fields=["person", "starts_at"], name="shift_exception_of_person"),
            models.Index(fields=["asked_at"], name="shift_exception_waiting", condition=Q(state="asked")),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%Y-%m-%d %H:%M}"

    def approve(self, *, by: User) -> None:
        self._decide(self.State.APPROVED, by)

    def refuse(self, *, by: User) -> None:
        self._decide(self.State.REFUSED, by)

    @transaction.atomic
    def _decide(self, state: "Excepted.State", by: User) -> None:
        """Nobody decides their own.  Raises Refused."""
        kept = Excepted.objects.select_for_update(of=("self",)).select_related("person").get(pk=self.pk)
        if kept.state != self.State.ASKED:
            raise Refused(_now("Somebody has decided already."))
        if not leads_person(by, kept.person):
            raise Refused(_now("Only who leads this person may say so."))
        self.state, self.decided_by, self.decided_at = state, by, clock.now()
        self.save(update_fields=["state", "decided_by", "decided_at"])
        telling.exception_decided(self)
        publish(events.ExceptionDecided(self.pk, self.person_id, state), by=by)
