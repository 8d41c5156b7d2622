"""A plan for one kind of bad day."""

from datetime import timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.continuity import events
from otklik.team.continuity.access import may_approve
from otklik.team.metrics.days import day_of, today

FRESH = timedelta(days=365)
"""A plan that nobody has read through for so long is stale; a drill is due as often (SERVICE_PRACTICE 27)."""
LONGEST = 4000
TEXTS = ("trigger", "first_minutes", "roles", "contacts", "channel", "client_message", "back")


class Sort(models.TextChoices):
    """What does not work."""

    INTERNET = "internet", _("no internet")
    POWER = "power", _("no power")
    OFFICE = "office", _("the office is closed")
    TELEPHONY = "telephony", _("telephony is down")
    SYSTEM = "system", _("the main system is down")
    DATABASE = "database", _("the database is lost")
    MANAGER = "manager", _("the manager is absent")
    PERSON = "person", _("a key person is lost")
    PEAK = "peak", _("three times as many requests")
    MESSENGER = "messenger", _("a messenger is blocked")
    OTHER = "other", _("something else")


class ScenarioState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a plan", "draft")
    APPROVED = "approved", pgettext_lazy("a plan", "approved")
    RETIRED = "retired", _("no longer needed")


class Scenario(models.Model):
    """What tells that it has begun, the first quarter of an hour, who does what, and the way back.

    `target_minutes` is how long until clients are answered again.  `read_on` is when the text was read through last,
    `version` grows with each text: who writes or approves says which one was before their eyes.
    """

    name = models.CharField(_("name"), max_length=120)
    sort = models.CharField(_("what does not work"), max_length=10, choices=Sort)
    trigger = models.TextField(_("how we notice it"), max_length=LONGEST)
    first_minutes = models.TextField(_("the first 15 minutes"), max_length=LONGEST)
    roles = models.TextField(_("who does what"), max_length=LONGEST)
    contacts = models.TextField(_("whom we reach, and how"), max_length=LONGEST, blank=True)
    channel = models.TextField(_("how clients reach us meanwhile"), max_length=LONGEST, blank=True)
    client_message = models.TextField(_("what we tell clients"), max_length=LONGEST, blank=True)
    back = models.TextField(_("the way back"), max_length=LONGEST, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("owner"))
    target_minutes = models.PositiveIntegerField(
        _("answered again within, minutes"), validators=[MinValueValidator(1), MaxValueValidator(60 * 24 * 14)]
    )
    state = models.CharField(_("state"), max_length=8, choices=ScenarioState, default=ScenarioState.DRAFT)
    read_on = models.DateField(_("read through"), null=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("plan for a bad day")
        verbose_name_plural = _("plans for bad days")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_by__isnull=False),
                name="scenario_is_approved_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_stale(self) -> bool:
        return self.state == ScenarioState.APPROVED and (self.read_on is None or self.read_on <= today() - FRESH)

    @transaction.atomic
    def write(self, *, by: User, version: int, **texts: Any) -> None:
        """A text that is written anew has to be approved again; its drills stay."""
        self._hold(version)
        if self.state == ScenarioState.RETIRED:
            raise Refused(_("This plan is no longer needed: write a new one."))
        for name, value in texts.items():
            setattr(self, name, value)
        self.state, self.read_on, self.approved_by, self.approved_at = ScenarioState.DRAFT, today(), None, None
        self.version += 1
        self.save()

    @transaction.atomic
    def approve(self, *, by: User, version: int) -> None:
        """It holds, and a drill is owed within a year.  Raises Refused for who may not, and for what is no draft."""
        self._hold(version)
        if not may_approve(by):
            raise Refused(_("The head or the administrator approves it."))
        if self.state != ScenarioState.DRAFT:
            raise Refused(_("Only a draft is approved."))
        self.state, self.approved_by, self.read_on = ScenarioState.APPROVED, by, today()
        self.approved_at = clock.now()
        self.save(update_fields=["state", "approved_by", "approved_at", "read_on"])
        due = self.owe_drill()
        publish(events.ScenarioApproved(scenario_id=self.pk, due_on=due), by=by)

    def _hold(self, version: int | None = None) -> None:
        row = Scenario.objects.select_for_update().get(pk=self.pk)
        if version is not None and row.version != version:
            raise Refused(_("Somebody has written it anew meanwhile: read it first."))
        self.state, self.version = row.state, row.version

    def owe_drill(self) -> str:
        """The day by which the next one is due, a year after the last; one is owed at a time."""
        owed = self.drills.filter(held_on=None).first()
        if owed is None:
            last = self.drills.filter(held_on__isnull=False).order_by("-held_on").first()
            begins = (last and last.held_on) or day_of(self.approved_at or clock.now())
            owed = self.drills.create(due_on=begins + FRESH)
        return str(owed.due_on.isoformat())

    @transaction.atomic
    def confirm(self, *, by: User) -> None:
        """Somebody has read it through, and it is still right."""
        self._hold()
        if self.state != ScenarioState.APPROVED:
            raise Refused(_("Only an approved plan is confirmed."))
        self.read_on = today()
        self.save(update_fields=["read_on"])

    @transaction.atomic
    def retire(self, *, by: User) -> None:
        """The head or the administrator; a drill that is late already stays owed and was not held."""
        self._hold()
        if not may_approve(by):
            raise Refused(_("The head or the administrator approves it."))
        if self.state == ScenarioState.RETIRED:
            raise Refused(_("This plan is no longer needed: write a new one."))
        self.drills.filter(held_on=None, due_on__gte=today()).delete()
        self.state = ScenarioState.RETIRED
        self.save(update_fields=["state"])
        publish(events.ScenarioRetired(scenario_id=self.pk), by=by)
