"""How an incident is led: its state, its level, its leader, its moments, its end."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.incidents import telling
from otklik.care.incidents.access import can_be_leader, may_declare, may_lead
from otklik.care.incidents.events import IncidentCorrected, IncidentMoved, LeaderChanged, SeverityChanged
from otklik.care.incidents.models.cause import Cause
from otklik.care.incidents.models.policy import IncidentPolicy
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import GOING_ON, State
from otklik.core.journal import clock
from otklik.core.journal.news import News, publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident

MOMENTS = ("started_at", "detected_at", "ended_at")
WORDS = ("title", "affects", "agreed")


class Leading:
    """Trait of the incident."""

    @transaction.atomic
    def move(self: "Incident", state: str, *, by: User) -> None:  # type: ignore[misc]
        """Another state while it goes on, or that it is not over after all.

        Raises Conflict for who does not lead it, for one that is closed and for one whose post-mortem was due by now,
        Invalid for a state that is no step.
        """
        self.must_be_led_by(by)
        if state not in GOING_ON:
            raise Invalid(_("Choose how far it is."), "state")
        if self.is_closed:
            raise Conflict(_("It is closed. Declare a new incident if it is there again."))
        if state == self.state:
            return
        if self.post_mortem_due is not None and self.post_mortem_due <= clock.now():  # what was missed stays missed
            raise Conflict(_("Its post-mortem was due already. Declare a new incident if it is there again."))
        was, self.state = self.state, state
        if was == State.RESOLVED:
            self.ended_at = None
            self.owe_post_mortem(None)
            self.owe_update(clock.now() + IncidentPolicy.objects.current().every(self.severity))
        self._keep(IncidentMoved(incident_id=self.pk, state=state, was=was), by)

    @transaction.atomic
    def change_severity(self: "Incident", severity: int, *, by: User, reason: str = "") -> None:  # type: ignore[misc]
        """Anybody who answers clients raises it, so that the clients hear sooner; lowering needs its leader or a lead,
        and a reason.  Raises Invalid and Conflict.
        """
        self.lock()
        if severity not in Severity.values:
            raise Invalid(_("Choose how severe it is."), "severity")
        if not may_declare(by):
            raise Conflict(_("Only who answers clients changes an incident."))
        if not self.goes_on:
            raise Conflict(_("It is over: how severe it was stays as it is."))
        was = self.severity
        if severity == was:
            return
        if severity > was and not may_lead(by, self):
            raise Conflict(_("Its leader or a lead lowers the severity; anybody may raise it."))
        if severity > was and not reason.strip():
            raise Invalid(_("Say why it is less severe than it was thought."), "reason")
        self.severity, self.worst = severity, min(self.worst, severity)
        if severity < was:
            self.owe_update(min(self.next_at or clock.now(), self._word_due()))
        told = SeverityChanged(incident_id=self.pk, severity=severity, was=was, reason=reason.strip()[:500])
        self._keep(told, by)
        telling.tell_severity(self, by, was)

    @transaction.atomic
    def hand_to(self: "Incident", leader: User, *, by: User | None) -> None:  # type: ignore[misc]
        """Somebody else leads it from now on; `by` is None where its leader left."""
        if by is None:
            self.lock()
        else:
            self.must_be_led_by(by)
        if self.is_closed:
            raise Conflict(_("It is closed: nobody leads it any more."))
        if not can_be_leader(leader):
            raise Invalid(_("%(name)s cannot lead an incident.") % {"name": leader.name}, "leader")
        if leader.pk == self.leader_id:
            return
        was, self.leader = self.leader_id, leader
        self._keep(LeaderChanged(incident_id=self.pk, leader_id=leader.pk, was=was), by)
        self.tell_leader(by)

    @transaction.atomic
    def correct(self: "Incident", told: Mapping[str, str | datetime | None], *, by: User) -> None:  # type: ignore[misc]
        """Say better when it was, or what it is, by name of the field; what stood there before is in the journal.

        All of it is looked at together.  Raises Invalid for moments out of order and for words that are missing.
        """
        self.must_be_led_by(by)
        changed = {}
        for field, value in told.items():
            better, was = self._better(field, value), getattr(self, field)
            if better != was:
                changed[field] = was
                setattr(self, field, better)
        if not changed:
            return
        if changed.keys() & set(MOMENTS):
            self.must_have_happened_in_order(changed)
        self.save()
        for field, was in changed.items():
            now = _plain(getattr(self, field))
            publish(IncidentCorrected(incident_id=self.pk, field=field, value=now, was=_plain(was)), by=by)

    @transaction.atomic
    def close(  # type: ignore[misc]
        self: "Incident", *, by: User, learned: str, post_mortem: str = "", causes: Iterable[str] = ()
    ) -> None:
        """With what was learned; where it is asked for with the post-mortem, and the causes it found by their names.

        Raises Conflict while it goes on, Invalid.
        """
        self.must_be_led_by(by)
        if self.goes_on:
            raise Conflict(_("It goes on: tell the clients first that it is over."))
        if self.is_closed:
            raise Conflict(_("It is closed already."))
        if not learned.strip():
            raise Invalid(_("Write what we learned, be it one sentence."), "learned")
        if self.needs_post_mortem and not post_mortem.strip():
            raise Invalid(
                _("A post-mortem is asked for: what happened, why, what went well, what we change."),
                "post_mortem",
            )
        found = Cause.objects.named(causes)
        if self.needs_post_mortem and not found:
            raise Invalid(_("Name a cause at least: by it one sees when it happens again."), "causes")
        self.learned, self.post_mortem = learned.strip(), post_mortem.strip()
        was, self.state = self.state, State.CLOSED
        self.closed_at, self.next_at, self.overdue_at = clock.now(), None, None
        self._keep(IncidentMoved(incident_id=self.pk, state=State.CLOSED, was=was), by)
        self.affected.filter(stands=True).update(stands=False)
        self.causes.set(found)

    def must_be_led_by(self: "Incident", by: User) -> None:  # type: ignore[misc]
        """Holds the row.  Raises Conflict for who only attaches requests."""
        self.lock()
        if not may_lead(by, self):
            raise Conflict(_("Only its leader and leads do that."))

    def must_have_happened_in_order(self: "Incident", told: Collection[str] = MOMENTS) -> None:  # type: ignore[misc]
        """Raises Invalid where it was noticed before it began or after it was declared, was over before it was noticed,
        or anything is of the future, beside one of the fields that were `told`.  Clients are told after it was
        declared, so that their moment is in order, too.
        """
        now = clock.now()
        if self.started_at > self.detected_at:
            raise Invalid(_("It cannot have been noticed before it began."), _of(told, "started_at", "detected_at"))
        if self.detected_at > now:
            raise Invalid(_("This moment has not come yet."), "detected_at")
        if self.ended_at and self.ended_at > now:
            raise Invalid(_("This moment has not come yet."), "ended_at")
        if self.detected_at > self.declared_at:
            raise Invalid(_("It was declared before this: it had been noticed by then."), "detected_at")
        if self.ended_at and self.ended_at < self.detected_at:
            raise Invalid(_("It cannot be over before it was noticed."), _of(told, "ended_at", "detected_at"))

    def owe_update(self: "Incident", due: datetime) -> None:  # type: ignore[misc]
        """The clients hear from us by then; what was late is late no more."""
        if due != self.next_at:
            self.next_at, self.overdue_at = due, None

    def tell_leader(self: "Incident", by: User | None) -> None:  # type: ignore[misc]
        telling.tell_leader(self, by)

    def tell_overdue(self: "Incident") -> None:  # type: ignore[misc]
        telling.tell_overdue(self)

    def _better(self: "Incident", field: str, value: str | datetime | None) -> str | datetime | None:  # type: ignore[misc]
        """As it is kept; raises Invalid for what is no field, or is missing."""
        if field not in (*MOMENTS, *WORDS):
            raise Invalid(_("There is no such field."), field)
        if field == "ended_at" and self.goes_on:
            raise Invalid(_("It is not over yet."), field)
        better = value.strip() if isinstance(value, str) else value
        if not better and field != "agreed":
            raise Invalid(_("This cannot be empty."), field)
        return better

    def _word_due(self: "Incident") -> datetime:  # type: ignore[misc]
        policy, now = IncidentPolicy.objects.current(), clock.now()
        return now + policy.every(self.severity) if self.told_at else policy.first_due(self.severity, now)

    def _keep(self: "Incident", news: News, by: User | None) -> None:  # type: ignore[misc]
        self.save()
        publish(news, by=by)


def _of(told: Collection[str], *fields: str) -> str:
    """The first of these that was told."""
    return next((field for field in fields if field in told), fields[0])


def _plain(value: str | datetime | None) -> str:
    return value.isoformat() if isinstance(value, datetime) else (value or "")
