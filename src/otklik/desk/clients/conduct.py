"""How a person treats ours: what was reported, what a lead decided, what holds until when.

Nothing that they say is dropped; what changes is who reads it, how often we answer, and that a specialist is protected.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.clients.events import RestrictionEnded

if TYPE_CHECKING:
    from otklik.desk.clients.models import Contact

LONGEST = timedelta(days=366)


class AbuseReportQuerySet(models.QuerySet["AbuseReport"]):
    def waiting(self) -> "AbuseReportQuerySet":
        """Somebody stopped, and no lead has looked at it."""
        return self.filter(step=AbuseReport.Step.STOP, decision="")

    def warned_since(self, contact_id: int, moment: datetime) -> bool:
        return self.filter(step=AbuseReport.Step.WARNING, contact=contact_id, at__gt=moment).exists()

    def shielded_from(self, contact_id: int) -> list[int]:
        """Who is not given requests of this person until a lead has looked at it."""
        found = self.waiting().filter(contact=contact_id).order_by("by")
        return list(found.values_list("by", flat=True).distinct())


class AbuseReport(models.Model):
    """What happened, in the words of whom it happened to; first a warning, then they stop, or at once."""

    class Step(models.TextChoices):
        WARNING = "warning", _("a warning was sent")
        STOP = "stop", _("the talk was stopped")

    class Decision(models.TextChoices):
        LIFT = "lift", _("nothing remains")
        WARN = "warn", _("the client is warned")
        RESTRICT = "restrict", _("the client is restricted")

    contact: "models.ForeignKey[Contact]" = models.ForeignKey(
        "clients.Contact", models.PROTECT, related_name="abuse_reports", db_index=False
    )
    ticket_number = models.BigIntegerField()
    message_number = models.BigIntegerField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    step = models.CharField(_("step"), max_length=8, choices=Step)
    what = models.TextField(_("what happened"))
    quote = models.TextField(_("what was said"), blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(_("decided"), null=True)
    words = models.TextField(_("words of the lead"), blank=True)

    objects = AbuseReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report of abuse")
        verbose_name_plural = _("reports of abuse")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("by")), name="nobody_reviews_their_own_report"
            ),
        ]
        indexes = [
            models.Index(fields=["contact", "-id"], name="abuse_of_contact"),
            models.Index(fields=["at"], name="abuse_to_review", condition=Q(step="stop", decision="")),
        ]

    def decide(self, decision: str, words: str, *, by: User) -> None:
        self.decision, self.words = decision, words.strip()
        self.decided_by, self.decided_at = by, clock.now()
        self.save(update_fields=["decision", "words", "decided_by", "decided_at"])


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def standing(self, at: datetime | None = None) -> "RestrictionQuerySet":
        return self.filter(ended_at=None, until__gt=at or clock.now())


class Restriction(models.Model):
    """What holds for new requests of a person, until a date."""

    class Mode(models.TextChoices):
        LINE = "line", _("new requests go to one line or lead")
        DAILY = "daily", _("we answer once a day")
        REFUSE = "refuse", _("new requests are refused with the public rule")

    contact: "models.ForeignKey[Contact]" = models.ForeignKey(
        "clients.Contact", models.PROTECT, related_name="restrictions", db_index=False
    )
    report = models.ForeignKey(AbuseReport, models.PROTECT, related_name="restrictions", db_index=False)
    mode = models.CharField(_("what holds"), max_length=8, choices=Mode)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"), db_index=False)
    lead = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    until = models.DateTimeField(_("until"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    ended_at = models.DateTimeField(_("lifted"), null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("restriction")
        verbose_name_plural = _("restrictions")
        constraints = [
            models.UniqueConstraint(fields=["contact"], condition=Q(ended_at=None), name="one_restriction_of_contact"),
            models.CheckConstraint(condition=~Q(mode="line") | Q(team__isnull=False), name="restricted_to_some_line"),
        ]

    @transaction.atomic
    def lift(self, *, by: User) -> bool:
        """Before its time; False when it is over already."""
        held = Restriction.objects.select_for_update().standing().filter(pk=self.pk).first()
        if held is None:
            return False
        held.ended_at, held.ended_by = clock.now(), by
        held.save(update_fields=["ended_at", "ended_by"])
        publish(RestrictionEnded(contact_id=held.contact_id, restriction_id=held.pk), by=by)
        return True


def standing_for(contact: "Contact") -> Restriction | None:
    """What holds for this person now; most people cost no statement."""
    if contact.conduct_since is None:
        return None
    return Restriction.objects.standing().filter(contact=contact.pk).select_related("team__calendar", "lead").first()


def shields_of(contact: "Contact") -> list[int]:
    return [] if contact.conduct_since is None else AbuseReport.objects.shielded_from(contact.pk)


def is_within(until: datetime, now: datetime) -> bool:
    """A date for a restriction: to come, and within a year."""
    return now < until <= now + LONGEST
