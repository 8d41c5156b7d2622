"""One failure that many clients feel: who leads it, how far it is, when its clients hear from us next."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.access import can_be_leader
from otklik.care.incidents.events import IncidentDeclared, UpdateOverdue
from otklik.care.incidents.models.attaching import Attaching
from otklik.care.incidents.models.cause import Cause
from otklik.care.incidents.models.concerning import Concerning
from otklik.care.incidents.models.leading import Leading
from otklik.care.incidents.models.policy import IncidentPolicy
from otklik.care.incidents.models.updating import Updating
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import GOING_ON, STANDS, State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket

LONGEST_TITLE = 200
LONGEST_TEXT = 4000
SWEPT = 200


class IncidentQuerySet(models.QuerySet["Incident"]):
    def going_on(self) -> "IncidentQuerySet":
        return self.filter(STANDS)

    def not_closed(self) -> "IncidentQuerySet":
        return self.exclude(state=State.CLOSED)

    def most_pressing_first(self) -> "IncidentQuerySet":
        """What a request may be attached to: the worst and newest first, what is over last."""
        over = models.Case(models.When(STANDS, then=0), default=1)
        return self.not_closed().order_by(over, "severity", "-id")


class IncidentManager(models.Manager.from_queryset(IncidentQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def declare(
        self,
        *,
        title: str,
        affects: str,
        severity: int,
        by: User,
        leader: User | None = None,
        started_at: datetime | None = None,
        detected_at: datetime | None = None,
        tickets: Iterable[Ticket] = (),
        key: str | None = None,
    ) -> "Incident":
        """Begin one; from now on it has a leader and a moment of its next update.

        The same `key`, that of a form, gives the same one.  Raises Invalid, with the name of the field, for a value
        that is missing or makes no sense.
        """
        if key and (again := self.filter(key=key).first()):
            return again
        now, leader = clock.now(), leader or by
        detected = detected_at or now
        made = self.model(
            title=_written(title, "title", LONGEST_TITLE, _now("Say in a few words what does not work.")),
            affects=_written(affects, "affects", LONGEST_TEXT, _now("Say what the clients notice, in their words.")),
            severity=_level(severity),
            worst=_level(severity),
            leader=leader,
            started_at=started_at or detected,
            detected_at=detected,
            declared_at=now,
            key=key,
        )
        if not can_be_leader(leader):
            raise Invalid(_now("%(name)s cannot lead an incident: choose somebody who works here.") % {"name": leader})
        made.must_have_happened_in_order()
        made.next_at = IncidentPolicy.objects.current().first_due(made.severity, now)
        made.agreed = made.affects
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:  # pressed twice at one moment
            return self.get(key=key)
        publish(IncidentDeclared(incident_id=made.pk, severity=made.severity, leader_id=leader.pk), by=by)
        made.tell_leader(by)
        for ticket in tickets:
            made.attach(ticket, by=by)
        return made

    @transaction.atomic
    def find_overdue(self) -> int:
        """Its next moment has passed: its leader is told once, and who leads the department."""
        over = self.not_closed().filter(overdue_at=None, next_at__lte=clock.now())
        found = list(
            over.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("leader")[:SWEPT]
        )
        for one in found:
            one.overdue_at = clock.now()
            one.save(update_fields=["overdue_at"])
            publish(UpdateOverdue(incident_id=one.pk, due=one.next_at.isoformat()))
            one.tell_overdue()
        return len(found)


class Incident(Leading, Attaching, Concerning, Updating, models.Model):
    """Its number is that of the row.

    `affects` is what the clients notice, in their words; `agreed` what is answered to each of them now.  `started_at`
    and `ended_at` are when they began and ceased to feel it and may be corrected; `told_at` is the first letter to one
    of them.  `next_at` is when they hear from us again, after the end until when it is closed; nothing that is not
    closed is without it.  `overdue_at` is when it was found past.  `worst` is the highest level it ever had.
    `key` is that of the form, so that one press declares once.  `post_mortem_due` stays after it is closed: it says
    that a post-mortem was asked for, and until when.
    """

    title = models.CharField(_("What does not work"), max_length=LONGEST_TITLE)
    affects = models.TextField(_("What clients notice"), max_length=LONGEST_TEXT)
    agreed = models.TextField(_("What we answer now"), max_length=LONGEST_TEXT, blank=True)
    severity = models.PositiveSmallIntegerField(_("Severity"), choices=Severity)
    worst = models.PositiveSmallIntegerField(choices=Severity, editable=False)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DECLARED)
    leader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Leader"))
    started_at = models.DateTimeField(_("Began"))
    detected_at = models.DateTimeField(_("Noticed"))
    declared_at = models.DateTimeField(_("Declared"))
    told_at = models.DateTimeField(_("Clients were told"), null=True)
    ended_at = models.DateTimeField(_("Over"), null=True)
    closed_at = models.DateTimeField(_("Closed"), null=True)
    next_at = models.DateTimeField(_("Next update"), null=True)
    overdue_at = models.DateTimeField(null=True, editable=False)
    key = models.CharField(max_length=40, unique=True, null=True, editable=False)
    learned = models.TextField(_("What we learned"), max_length=LONGEST_TEXT, blank=True)
    post_mortem = models.TextField(_("Post-mortem"), max_length=20_000, blank=True)
    post_mortem_due = models.DateTimeField(_("Post-mortem until"), null=True)
    warned_at = models.DateTimeField(null=True, editable=False)
    causes = models.ManyToManyField(Cause, related_name="incidents", verbose_name=_("Causes"))

    objects: IncidentManager = IncidentManager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=State.CLOSED, next_at=None, closed_at__isnull=False)
                | (~models.Q(state=State.CLOSED) & models.Q(next_at__isnull=False, closed_at=None)),
                name="incident_has_next_moment_until_closed",
            ),
            models.CheckConstraint(
                condition=(models.Q(state__in=GOING_ON) & models.Q(ended_at=None))
                | (~models.Q(state__in=GOING_ON) & models.Q(ended_at__isnull=False)),
                name="incident_is_over_since",
            ),
            models.CheckConstraint(
                condition=models.Q(post_mortem_due=None) | ~models.Q(state__in=GOING_ON),
                name="incident_post_mortem_after_its_end",
            ),
            models.CheckConstraint(condition=models.Q(worst__lte=models.F("severity")), name="incident_worst_is_worst"),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="incident_due", condition=models.Q(next_at__isnull=False)),
            models.Index(
                fields=["post_mortem_due"],
                name="incident_post_mortem",
                condition=models.Q(post_mortem_due__isnull=False),
            ),
            models.Index(fields=["declared_at"], name="incident_declared"),
            models.Index(fields=["-closed_at", "-id"], name="incident_closed", condition=models.Q(next_at=None)),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} {self.title}".strip()

    @property
    def number(self) -> int:
        return self.pk

    @property
    def level(self) -> Severity:
        return Severity(self.severity)

    @property
    def goes_on(self) -> bool:
        return self.state in GOING_ON

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def is_overdue(self) -> bool:
        return self.next_at is not None and self.next_at <= clock.now()

    @property
    def lasted(self) -> timedelta:
        """How long clients have felt it, up to now while it goes on."""
        return (self.ended_at or clock.now()) - self.started_at

    @property
    def needs_post_mortem(self) -> bool:
        """Decided at its end, by the worst it was: nobody spares it by lowering the level before."""
        return self.post_mortem_due is not None

    def owe_post_mortem(self, due: datetime | None) -> None:
        """By then it is written, by who leads it; None where it goes on, or none is asked for."""
        self.post_mortem_due, self.warned_at = due, None

    def lock(self) -> None:
        """Hold the row until the transaction ends and read its present values."""
        self.refresh_from_db(from_queryset=Incident.objects.select_for_update(no_key=True))


def _written(text: str, field: str, longest: int, missing: str) -> str:
    """Words that somebody has to write; raises Invalid without them."""
    words = text.strip()
    if not words:
        raise Invalid(missing, field)
    return words[:longest]


def _level(severity: int) -> Severity:
    if severity not in Severity.values:
        raise Invalid(_now("Choose how severe it is."), "severity")
    return Severity(severity)
