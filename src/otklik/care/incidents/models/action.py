"""What changes after an incident, by whom and until when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.access import can_be_leader, may_end, may_lead
from otklik.care.incidents.events import ActionEnded, ActionGiven, ActionPlanned
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident

LONGEST = 500
AT_MOST = timedelta(days=366)
"""What is planned for later is no plan."""


class ActionQuerySet(models.QuerySet["Action"]):
    def open(self) -> "ActionQuerySet":
        return self.filter(ended_at=None)

    def late(self) -> "ActionQuerySet":
        return self.open().filter(due_on__lt=clock.today())

    def of(self, user: User) -> "ActionQuerySet":
        """For this person to do, the soonest first."""
        return self.open().filter(owner=user).order_by("due_on", "pk")


class ActionManager(models.Manager.from_queryset(ActionQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def plan(self, incident: "Incident", *, text: str, owner: User, due_on: date, by: User) -> "Action":
        """With an owner and a day, which stays: what was put off was not done in time.

        Raises Conflict for who does not lead the incident, Invalid with the name of the field.
        """
        if not may_lead(by, incident):
            raise Conflict(_now("Only its leader and leads do that."))
        words = text.replace("\0", "").strip()[:LONGEST]
        if not words:
            raise Invalid(_now("Say what is done so that it does not happen again."), "text")
        if not can_be_leader(owner):
            raise Invalid(_now("%(name)s cannot take it: choose somebody who works here.") % {"name": owner}, "owner")
        if not clock.today() <= due_on <= clock.today() + AT_MOST:
            raise Invalid(_now("Choose a day from today on, within a year."), "due_on")
        made: Action = self.create(incident=incident, text=words, owner=owner, due_on=due_on, by=by)
        publish(ActionPlanned(incident_id=incident.pk, action_id=made.pk, owner_id=owner.pk), by=by)
        return made


class Action(models.Model):
    """It ends with a word of what came of it; one that was `dropped` says why, and was not done."""

    incident: "models.ForeignKey[Incident]" = models.ForeignKey(
        "incidents.Incident", models.CASCADE, related_name="actions"
    )
    text = models.CharField(_("What changes"), max_length=LONGEST)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Who does it"), db_index=False)
    due_on = models.DateField(_("Until"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    planned_at = models.DateTimeField(default=clock.now)
    told_late_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True)
    dropped = models.BooleanField(default=False)
    result = models.CharField(_("What came of it"), max_length=LONGEST, blank=True)

    objects: ActionManager = ActionManager()

    class Meta:
        verbose_name = _("action after an incident")
        verbose_name_plural = _("actions after incidents")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, result="", dropped=False) | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="action_ends_with_a_word",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], name="action_open_of", condition=Q(ended_at=None)),
            models.Index(fields=["due_on"], name="action_due"),
        ]

    def __str__(self) -> str:
        return f"№ {self.incident_id}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()

    @transaction.atomic
    def end(self, result: str, *, dropped: bool = False, by: User) -> None:
        """Done, or given up with a reason.  Raises Conflict, and Invalid without words."""
        self.refresh_from_db(from_queryset=Action.objects.select_for_update(of=("self",), no_key=True))
        if not may_end(by, self):
            raise Conflict(_now("Only who does it and who leads the incident end it."))
        if self.ended_at is not None:
            raise Conflict(_now("It is ended already."))
        words = result.replace("\0", "").strip()[:LONGEST]
        if not words:
            raise Invalid(_now("Say in a few words what came of it."), "result")
        self.ended_at, self.dropped, self.result = clock.now(), dropped, words
        self.save(update_fields=["ended_at", "dropped", "result"])
        publish(ActionEnded(incident_id=self.incident_id, action_id=self.pk, dropped=dropped), by=by)

    @transaction.atomic
    def give(self, to: User, *, by: User | None) -> None:
        """Somebody else does it; the day stays."""
        was, self.owner, self.told_late_at = self.owner_id, to, None
        self.save(update_fields=["owner", "told_late_at"])
        publish(ActionGiven(incident_id=self.incident_id, action_id=self.pk, owner_id=to.pk, was=was), by=by)
