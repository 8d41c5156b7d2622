"""What the clients of an incident are told at one moment, and what became of it for each request."""

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.access import may_lead
from otklik.care.incidents.events import IncidentMoved, UpdateStopped
from otklik.care.incidents.reaching import LeftOut
from otklik.care.incidents.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket

LONGEST = 2000
GRACE = timedelta(seconds=15)
"""So long after it was sent nothing leaves: the author sees what begins and may stop all of it."""


class Update(models.Model):
    """`what` may be empty when there is `no_news`, which is an update, too.  `next_at` is None for the last one.

    A `quiet` one is for us alone.  With `ends` each request is resolved by it.  `was_state`, `was_next_at` and
    `was_agreed` are how far it was, what was owed and answered before; they hold again when nobody was told.  `key` is
    that of the form, so that one press sends once.
    """

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="updates", db_index=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"), db_index=False)
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State)
    what = models.TextField(_("What happened"), max_length=LONGEST, blank=True)
    whom = models.TextField(_("Whom it concerns"), max_length=LONGEST, blank=True)
    doing = models.TextField(_("What we do"), max_length=LONGEST, blank=True)
    workaround = models.TextField(_("What helps meanwhile"), max_length=LONGEST, blank=True)
    no_news = models.BooleanField(_("No news"), default=False)
    quiet = models.BooleanField(_("For us alone"), default=False)
    ends = models.BooleanField(_("Resolve the requests with it"), default=False)
    next_at = models.DateTimeField(_("Next update"), null=True)
    was_state = models.CharField(max_length=12, blank=True, db_default="", default="", editable=False)
    was_next_at = models.DateTimeField(null=True, editable=False)
    was_agreed = models.TextField(blank=True, editable=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    begins_at = models.DateTimeField(_("goes out from"))
    told_at = models.DateTimeField(_("first letter"), null=True)
    finished_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("update of an incident")
        verbose_name_plural = _("updates of incidents")
        indexes = [
            models.Index(fields=["incident", "-id"], name="update_of_incident"),
            models.Index(fields=["begins_at"], name="update_going", condition=models.Q(finished_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_going(self) -> bool:
        return self.finished_at is None

    @transaction.atomic
    def stop(self, *, by: User) -> tuple[int, int]:
        """(how many were told, how many are not).  A letter that is being written at this moment still goes.

        Where nobody was told, it is as far as it was before, and the moment that was promised then is owed again.
        Raises Conflict for who does not lead the incident, and when nothing is left to stop.
        """
        if not may_lead(by, self.incident):
            raise Conflict(_now("Only its leader and leads do that."))
        # in the order in which a letter holds them: its row, the update, the incident
        waiting = self.told.filter(state=Told.State.WAITING)
        stopped = waiting.update(state=Told.State.STOPPED, at=clock.now())
        self.refresh_from_db(from_queryset=Update.objects.select_for_update())
        added = waiting.select_for_update(skip_locked=True)  # while we waited for it, in the place of others
        stopped += self.told.filter(pk__in=list(added.values_list("pk", flat=True))).update(
            state=Told.State.STOPPED, at=clock.now()
        )
        if self.finished_at is not None:
            raise Conflict(_now("All of it has gone out already."))
        self.incident.lock()
        told = self.told.filter(state=Told.State.SENT).count()
        self.stopped_at = self.finished_at = clock.now()
        self.stopped_by = by
        self.save(update_fields=["stopped_at", "finished_at", "stopped_by"])
        if not told:
            self._take_back(by)
        publish(UpdateStopped(incident_id=self.incident_id, update_id=self.pk, told=told, stopped=stopped), by=by)
        return told, stopped

    def _take_back(self, by: User) -> None:
        """What somebody has changed since stays: another moment, that it is not over after all, that it is closed."""
        incident, last = self.incident, self.state == State.RESOLVED
        untouched = incident.state == self.state if last else incident.goes_on and incident.next_at == self.next_at
        if not untouched or not self.was_next_at or (last and not self.was_state):
            return
        incident.owe_update(min(self.was_next_at, incident.next_at or self.was_next_at))
        incident.agreed = self.was_agreed
        moved = self.was_state not in ("", self.state) and incident.state == self.state
        if moved:
            incident.state, incident.ended_at = self.was_state, None
            incident.owe_post_mortem(None)
        incident.save()
        if moved:
            publish(IncidentMoved(incident_id=incident.pk, state=self.was_state, was=self.state), by=by)


class Told(models.Model):
    """One request and one update: each is told once, since the letter and this row change in one transaction.

    Whom the incident concerns without an open request of theirs is told as a person: then there is a contact instead.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not sent yet")
        SENT = "sent", _("sent")
        LEFT_OUT = "left_out", _("left out")
        STOPPED = "stopped", _("stopped")

    update = models.ForeignKey(Update, models.CASCADE, related_name="told", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=12, blank=True)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter of an incident")
        verbose_name_plural = _("letters of incidents")
        constraints = [
            models.UniqueConstraint(fields=["update", "ticket"], name="told_once"),
            models.UniqueConstraint(fields=["update", "contact"], name="told_person_once"),
            models.CheckConstraint(
                condition=models.Q(ticket=None, contact__isnull=False) | models.Q(ticket__isnull=False, contact=None),
                name="told_is_one",
            ),
        ]
        indexes = [
            models.Index(fields=["update", "id"], name="told_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.update_id}: {self.ticket_id or self.contact_id} {self.state}"

    @property
    def reason(self) -> str:
        return LeftOut(self.why).said if self.why else ""
