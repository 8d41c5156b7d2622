"""A complaint: what stands in its row, and what the database does not let in."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints.causes import Cause
from otklik.care.complaints.clocks import Dates, nearest
from otklik.care.complaints.models.acting import Acting
from otklik.care.complaints.models.deciding import Deciding
from otklik.care.complaints.models.filing import ComplaintManager
from otklik.care.complaints.models.receiving import Receiving
from otklik.care.complaints.models.telling import Telling
from otklik.care.complaints.states import (
    Decision,
    Due,
    Reaction,
    Risk,
    Said,
    Severity,
    Source,
    State,
    Verdict,
)
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

OPEN = ~Q(state=State.CLOSED)


def _person(label: object, **more: object) -> "models.ForeignKey[User | None]":
    return models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=label, **more)  # type: ignore[arg-type]


class Complaint(Receiving, Deciding, Acting, Telling, models.Model):
    """`contact` is the complainant, None of somebody who does not name themselves; `words` are their own.

    `stated` is the reason as the client gives it, `found` what turned out to be the cause; they often differ.
    `against` is the person complained about, who never works on it and does not see it.  `next_at` is the nearest of
    all dates (see `clocks`), `soon_at` when little time is left for it; both are None only of what is closed.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+", verbose_name=_("request"))
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", verbose_name=_("who complains"))
    source = models.CharField(_("how it came"), max_length=8, choices=Source, default=Source.TALK)
    words = models.TextField(_("the client's own words"))
    said_by = models.CharField(_("who said it"), max_length=200, blank=True)
    said_at = models.DateTimeField(_("said"), null=True)
    stated = models.CharField(_("reason as the client states it"), max_length=500)
    stated_cause = models.CharField(_("stated cause"), max_length=24, choices=Cause, blank=True)
    desired = models.CharField(_("what the client wants"), max_length=1000, blank=True)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity, default=Severity.MINOR)
    risks = ArrayField(models.CharField(max_length=10, choices=Risk), verbose_name=_("risks"), default=list, blank=True)

    line = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("line"))
    lines = models.ManyToManyField(Team, blank=True, related_name="+", verbose_name=_("lines involved"))
    against_line = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line complained about")
    )
    against = _person(_("person complained about"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who manages it"))
    investigator = _person(_("who investigates"))  # type: ignore[assignment]
    first_investigator = _person(_("who investigated first"), db_index=False)
    first_decider = _person(_("who decided first"), db_index=False)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who filed it"))

    state = models.CharField(_("state"), max_length=14, choices=State, default=State.RECEIVED)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    received_at = models.DateTimeField(_("received"), default=clock.now)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)  # type: ignore[assignment]
    informed_at = models.DateTimeField(_("the client heard from us"), null=True)  # type: ignore[assignment]
    assessed_at = models.DateTimeField(_("assessed"), null=True)
    begun_at = models.DateTimeField(_("investigation began"), null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    reacted_at = models.DateTimeField(_("the client has replied"), null=True)  # type: ignore[assignment]
    acting_at = models.DateTimeField(_("measures began"), null=True)
    done_at = models.DateTimeField(_("measures were done"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)  # type: ignore[assignment]
    turned_at = models.DateTimeField(_("in this state since"), default=clock.now)

    ack_due = models.DateTimeField(_("to be acknowledged by"))
    progress_due = models.DateTimeField(_("the client hears from us by"), null=True)
    progress_days = models.PositiveSmallIntegerField(default=5)
    legal_due = models.DateTimeField(_("answer by law"))
    legal_days = models.PositiveSmallIntegerField(default=10)
    step_due = models.DateTimeField(_("next step by"), null=True)
    check_at = models.DateTimeField(_("check of the effect"), null=True)
    next_at = models.DateTimeField(_("nearest date"), null=True)
    next_due = models.CharField(_("what is due"), max_length=12, choices=Due, blank=True)
    soon_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)  # type: ignore[assignment]
    late_at = models.DateTimeField(null=True)  # type: ignore[assignment]

    whys = ArrayField(models.CharField(max_length=500), verbose_name=_("whys"), default=list, blank=True)
    found = models.CharField(_("cause that was found"), max_length=1000, blank=True)
    found_cause = models.CharField(_("found cause"), max_length=24, choices=Cause, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    finding = models.TextField(_("what was found, for the client"), blank=True)
    remedy = models.CharField(_("remedy"), max_length=1000, blank=True)
    reaction = models.CharField(_("what the client says"), max_length=10, choices=Reaction, blank=True)
    reaction_words = models.CharField(_("in their words"), max_length=1000, blank=True)
    bodies = models.CharField(_("bodies named to the client"), max_length=500, blank=True)
    helped = models.CharField(_("whether it helped"), max_length=8, choices=Said, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    checks = models.PositiveSmallIntegerField(_("checks"), default=0)

    objects: ComplaintManager = ComplaintManager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, next_at=None, closed_at__isnull=False)
                | (OPEN & Q(next_at__isnull=False, soon_at__isnull=False, closed_at=None) & ~Q(next_due="")),
                name="open_complaint_has_a_next_date",
            ),
            models.CheckConstraint(
                condition=Q(against=None) | ~Q(owner=F("against")), name="complaint_is_not_managed_by_its_subject"
            ),
            models.CheckConstraint(
                condition=Q(against=None) | Q(investigator=None) | ~Q(investigator=F("against")),
                name="complaint_is_not_investigated_by_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(first_investigator=None) | Q(investigator=None) | ~Q(investigator=F("first_investigator")),
                name="second_level_is_another_person",
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(stated=""), name="complaint_has_words_and_a_reason"),
            models.CheckConstraint(
                condition=(Q(risks=[]) | Q(severity__gte=Severity.SERIOUS))
                & (~Q(risks__contains=[Risk.SAFETY]) | Q(severity=Severity.CRITICAL)),
                name="risks_raise_the_severity",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(decision=""), name="answered_complaint_is_decided"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], name="complaint_next", condition=OPEN),
            models.Index(fields=["soon_at"], name="complaint_soon", condition=Q(soon_at__isnull=False, late_at=None)),
            models.Index(fields=["-closed_at", "-id"], name="complaint_closed", condition=Q(state=State.CLOSED)),
            models.Index(fields=["received_at"], name="complaint_received"),
            models.Index(fields=["found_cause", "received_at"], name="complaint_of_cause"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} {self.stated}"

    @property
    def number(self) -> int:
        """The number for people; access is never decided by it."""
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    @property
    def cause(self) -> str:
        """The found one, the stated one as long as nothing was found."""
        return self.found_cause or self.stated_cause

    def is_late(self, now: datetime) -> bool:
        return self.next_at is not None and self.next_at < now

    def settle(self) -> None:
        """Find the nearest date anew; what was said of another one is forgotten."""
        found = nearest(self.dates())
        was = (self.next_at, self.next_due)
        self.next_at, self.next_due = (found.until, found.due) if found else (None, "")
        self.soon_at = found.soon_at if found else None
        if (self.next_at, self.next_due) != was:
            self.warned_at = self.late_at = None

    def dates(self) -> Dates:
        measures: tuple[tuple[datetime, datetime], ...] = ()
        if self.pk:
            left = self.measures.filter(done_at=None).order_by("due_at")
            measures = tuple(left.values_list("planned_at", "due_at"))
        names = (
            *("state", "received_at", "ack_due", "legal_due", "informed_at", "progress_due", "answered_at"),
            *("level", "turned_at", "step_due", "check_at"),
        )
        return Dates(**{name: getattr(self, name) for name in names}, measures=measures)
