"""The times of a class as they were promised: never changed once in force, so that a promise stays what it was."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.core.ui.words import date_of
from otklik.desk.sla.events import VersionInForce
from otklik.desk.sla.models.service_class import ServiceClass
from otklik.desk.sla.worsening import first_day, is_told_before, worsenings
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Priority

USUAL = {
    Priority.LOW: (timedelta(hours=2), timedelta(hours=4), timedelta(hours=16)),
    Priority.NORMAL: (timedelta(hours=1), timedelta(hours=2), timedelta(hours=8)),
    Priority.HIGH: (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=4)),
    Priority.URGENT: (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=4)),
}
"""First answer, next answer, solution: where METRICS V22 says to begin."""


class State(models.TextChoices):
    """Read from the moments of a version, so that nothing has to happen at midnight."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    COMING = "coming", _("announced")
    IN_FORCE = "in_force", _("in force")
    RETIRED = "retired", _("retired")


class VersionQuerySet(models.QuerySet["Version"]):
    def in_force(self, at: datetime) -> "VersionQuerySet":
        begun = self.filter(valid_from__lte=at)
        return begun.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=at))

    def was_in_force(self, at: datetime) -> "VersionQuerySet":
        """Begun by that moment, for however short a time."""
        return self.filter(valid_from__lte=at).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from"))
        )

    def cut(self, at: datetime) -> None:
        """What is promised beyond that moment ends there; what was to begin later never does."""
        beyond = self.exclude(valid_from=None).filter(models.Q(valid_until=None) | models.Q(valid_until__gt=at))
        beyond.update(valid_until=Greatest("valid_from", models.Value(at)))

    @transaction.atomic
    def begin(self, service_class: ServiceClass, *, by: User | None, **values: Any) -> "Version":
        """The next draft of a class, with the usual targets."""
        last = self.filter(service_class=service_class).aggregate(last=models.Max("number"))["last"] or 0
        version = self.create(service_class=service_class, number=last + 1, made_by=by, **values)
        for priority, (first, following, solution) in USUAL.items():
            version.targets.create(priority=priority, first_answer=first, next_answer=following, resolution=solution)
        return version


class Version(models.Model):
    """One wording of a class.

    Times are business time of `calendar`, of the line's own where none is chosen.  A resolution's clock pauses while
    we wait for the client or for a date they agreed to, `pause_limit` in all.  `found` is what the check of capacity
    said, `accepted` why it is promised all the same, `override` why more is promised than was measured.
    """

    service_class = models.ForeignKey(ServiceClass, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    calendar = models.ForeignKey(
        BusinessCalendar, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("working hours")
    )
    update_every = models.DurationField(_("we write at least every"), null=True, blank=True)
    pause_limit = models.DurationField(_("pauses in all at most"), default=timedelta(hours=80))
    warn_share = models.PositiveSmallIntegerField(
        _("warn after"), default=75, validators=[MinValueValidator(10), MaxValueValidator(95)]
    )
    share = models.PositiveSmallIntegerField(
        _("promised in"), default=90, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    suppliers_fit = models.BooleanField(_("terms of our suppliers are shorter than these"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    found = models.JSONField(null=True, editable=False)
    checked_at = models.DateTimeField(_("checked"), null=True)
    accepted = models.TextField(_("why we promise it all the same"), blank=True)
    override = models.TextField(_("why we promise more than was measured"), blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField(_("in force from"), null=True)
    valid_until = models.DateTimeField(_("in force until"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a class")
        verbose_name_plural = _("versions of classes")
        constraints = [
            models.UniqueConstraint(fields=["service_class", "number"], name="version_number_of_class"),
            models.UniqueConstraint(
                fields=["service_class"],
                condition=models.Q(valid_from__isnull=False, valid_until=None),
                name="one_version_goes_on",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None) | models.Q(checked_at__isnull=False),
                name="nothing_is_promised_unchecked",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_from__isnull=False),
                name="only_what_began_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_class.name} {self.number}"

    @property
    def state(self) -> State:
        now = clock.now()
        if self.valid_from is None:
            return State.CHECKED if self.checked_at else State.DRAFT
        if self.valid_until and self.valid_until <= max(now, self.valid_from):
            return State.RETIRED
        return State.IN_FORCE if self.valid_from <= now else State.COMING

    @property
    def was_meant(self) -> bool:
        """It begins, or began: another one or a withdrawal was not put before it."""
        return self.valid_from is not None and self.valid_until != self.valid_from

    def target_of(self, priority: int) -> "Target":
        """Of a priority, or of the nearest one above it that has times of its own."""
        known = sorted(self.targets.all(), key=lambda target: (abs(target.priority - priority), -target.priority))
        return known[0]

    @transaction.atomic
    def change(self, targets: dict[int, tuple[timedelta, timedelta, timedelta]], **values: Any) -> None:
        """Other times for a draft; it has to be checked again.  Raises Conflict for a version in force."""
        self._hold_draft()
        for name, value in values.items():
            setattr(self, name, value)
        self.found, self.checked_at = None, None
        self.save()
        for priority, (first, following, solution) in targets.items():
            times = {"first_answer": first, "next_answer": following, "resolution": solution}
            self.targets.update_or_create(priority=priority, defaults=times)

    @transaction.atomic
    def check_capacity(self) -> None:
        """Ask the recent past whether this can be kept."""
        from otklik.desk.sla.capacity import found_for

        self._hold_draft()
        self.found, self.checked_at = found_for(self), clock.now()
        self.save(update_fields=["found", "checked_at"])

    @transaction.atomic
    def put_in_force(
        self, *, by: User | None, at: datetime | None = None, accepted: str = "", override: str = ""
    ) -> None:
        """From this moment, or a later one, requests that come are promised this; those before it end then.

        Raises Invalid without the words that an amber check or a share above the measured one asks for, and Conflict
        for an unchecked version or a red one.
        """
        self._hold_draft()
        now = clock.now()
        self._must_be_kept(accepted, override)
        if at and at < now:
            raise Invalid(_now("Choose a time in the future."), "valid_from")
        self._must_be_told_before(at or now)
        self.accepted, self.override, self.approved_by = accepted.strip(), override.strip(), by
        self.valid_from = at or now
        self.service_class.versions.cut(self.valid_from)
        self.save()
        news = VersionInForce(
            class_id=self.service_class_id,
            number=self.number,
            valid_from=self.valid_from.isoformat(),
            colour=self.found["colour"] if self.found else "",
            accepted=self.accepted,
            override=self.override,
        )
        publish(news, by=by)

    def _must_be_kept(self, accepted: str, override: str) -> None:
        if not self.found:
            raise Conflict(_now("Check first whether it can be kept."))
        if self.found["colour"] == "red":
            raise Conflict(
                _now("The check says that this cannot be kept. Promise less, or change what stands against it.")
            )
        if self.found["colour"] == "amber" and not accepted.strip():
            raise Invalid(_now("Write why it is promised although not all is proven."), "accepted")
        if self.found["above_measured"] and not override.strip():
            raise Invalid(_now("Write why more is promised than was measured."), "override")

    def _must_be_told_before(self, at: datetime) -> None:
        """What everybody may read becomes worse a month after it was said there, and no sooner (METRICS C3)."""
        if self.service_class.published_at and worsenings(self) and not is_told_before(at):
            text = _now("It becomes worse for clients, and this class is published: choose %(day)s or a later day.")
            raise Invalid(text % {"day": date_of(first_day())}, "valid_from")

    def _hold_draft(self) -> None:
        """Its present values, while nobody else changes the class.  Raises Conflict when it has been promised."""
        self.service_class.lock()
        self.refresh_from_db()
        if self.valid_from:
            raise Conflict(_now("This version has been promised; begin a new one."))

    def copied(self, *, by: User | None) -> "Version":
        same = ("calendar", "update_every", "pause_limit", "warn_share", "share", "suppliers_fit")
        values = {name: getattr(self, name) for name in same}
        copy = type(self).objects.begin(self.service_class, by=by, **values)
        copy.change({target.priority: target.times for target in self.targets.all()})
        return copy


class Target(models.Model):
    """What a version promises for one priority."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="targets")
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    first_answer = models.DurationField(_("first answer within"))
    next_answer = models.DurationField(_("next answer within"))
    resolution = models.DurationField(_("solution within"))

    class Meta:
        ordering = ["-priority"]
        constraints = [models.UniqueConstraint(fields=["version", "priority"], name="one_target_per_priority")]

    @property
    def times(self) -> tuple[timedelta, timedelta, timedelta]:
        return self.first_answer, self.next_answer, self.resolution
