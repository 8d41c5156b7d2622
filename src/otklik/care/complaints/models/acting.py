"""Measures, the check whether they have worked, and the end."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.complaints.effect import BEFORE_DAYS, Effect, Repeats, days_to_wait, judge
from otklik.care.complaints.events import EffectChecked, MeasureDone, MeasurePlanned
from otklik.care.complaints.models.measure import Measure
from otklik.care.complaints.states import HEARD, OURS, Decision, Said, State, Verdict
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.complaints.models.complaint import Complaint

MOST_MEASURES = 30
FARTHEST = timedelta(days=366)


class Acting:
    """Trait of the complaint: what is done, and whether it helped."""

    @transaction.atomic
    def plan(  # type: ignore[misc]
        self: "Complaint", text: str, *, kind: str, owner: User, due_at: datetime, by: User
    ) -> Measure:
        """A measure with somebody and a date, from the investigation on.  Raises Invalid with the field to mend."""
        self.lock()
        self.must_be(State.INVESTIGATING, State.ANSWERED, *HEARD, State.ACTING)
        now = clock.now()
        if not text.strip():
            raise Invalid(_("Say what is done."), "text")
        if kind not in Measure.Kind.values:
            raise Invalid(_("Choose whether it mends or prevents."), "kind")
        if not now < due_at <= now + FARTHEST:
            raise Invalid(_("Choose a date within a year from now."), "due_at")
        self.must_be_fit(owner, "owner")
        if self.measures.count() >= MOST_MEASURES:
            raise Invalid(_("A complaint has %(most)s measures at most.") % {"most": MOST_MEASURES}, "text")
        made = self.measures.create(text=text.strip()[:500], kind=kind, owner=owner, due_at=due_at)
        if self.state in (*HEARD, State.ACTING):
            self._run(by)
        self.keep()
        publish(MeasurePlanned(complaint_id=self.pk, measure_id=made.pk, owner_id=owner.pk), by=by)
        return made

    @transaction.atomic
    def act(self: "Complaint", *, by: User) -> None:  # type: ignore[misc]
        """The talk about the answer is over, the planned measures run."""
        self.lock()
        self.must_be(*HEARD)
        if not self.measures.exists():
            raise Invalid(_("Plan a measure first: what is done so that it does not happen again?"), "text")
        self._run(by)
        self._wait_for_effect(by)
        self.keep()

    @transaction.atomic
    def finish(self: "Complaint", measure: Measure, result: str, *, by: User) -> None:  # type: ignore[misc]
        """It is done, with a note of what came of it; after the last one the time of the check is reckoned."""
        self.lock()
        self.must_be_open()
        measure.refresh_from_db()
        if measure.complaint_id != self.pk or measure.done_at:
            raise Conflict(_("This measure is done already."))
        if not result.strip():
            raise Invalid(_("Say what came of it."), "result")
        measure.done_at, measure.result = clock.now(), result.strip()[:1000]
        measure.save(update_fields=["done_at", "result"])
        self._wait_for_effect(by)
        self.keep()
        publish(MeasureDone(complaint_id=self.pk, measure_id=measure.pk), by=by)

    @transaction.atomic
    def ask_whether_it_helped(self: "Complaint", text: str, *, by: User, key: str | None = None) -> None:  # type: ignore[misc]
        """The question of the check, by a letter that waits for its answer; one with the same `key` goes once."""
        self.lock_with_talk()
        self.must_be(State.CHECKING)
        self.write(text, by=by, asks=True, key=key)
        self.refresh_from_db()

    @transaction.atomic
    def weigh(self: "Complaint", said: str, *, by: User) -> Effect:  # type: ignore[misc]
        """The client's word and the repeats together.  Effective: closed.  Failed: new measures by a date.

        What is not proven is looked at once more after as many days, and then closed as it is.
        """
        self.lock()
        self.must_be(State.CHECKING)
        if said not in Said.values:
            raise Invalid(_("Choose what the client says."), "helped")
        now = clock.now()
        if self.check_at and now < self.check_at and said != Said.NOT:
            raise Conflict(_("Too early to prove anything: the date of the check has not come."))
        effect = judge(self.repeats(now), said)
        self.helped, self.verdict, self.checks = said, effect.verdict, self.checks + 1
        publish(EffectChecked(complaint_id=self.pk, verdict=effect.verdict, check=self.checks), by=by)
        if effect.verdict == Verdict.FAILED:
            self.step_due, self.check_at = self.business_days(self.progress_days), None
            self.done_at = None
            self.turn(State.ACTING, by=by)
        elif effect.verdict == Verdict.UNPROVEN and self.checks == 1:
            self.check_at = now + timedelta(days=self.wait_days())
        else:
            self._end(by)
        self.keep()
        return effect

    @transaction.atomic
    def close(self: "Complaint", *, by: User) -> None:  # type: ignore[misc]
        """Of one that was not upheld: the client agrees, or knows where else they may go."""
        self.lock()
        self.must_be(*HEARD)
        if self.decision in OURS:
            raise Conflict(_("It was upheld: plan measures and check their effect before it is closed."))
        if self.state == State.DISAGREES and not self.bodies:
            raise Conflict(_("The client disagrees: go to the second level, or name the bodies to which they may go."))
        if self.measures.filter(done_at=None).exists():
            raise Conflict(_("A measure is not done yet."))
        self._end(by)
        self.keep()

    def repeats(self: "Complaint", now: datetime) -> Repeats:  # type: ignore[misc]
        """Complaints of the same cause before the measures and since they were done, those not upheld left out."""
        done, began = self.done_at or now, self.acting_at or now
        alike = (
            type(self).objects.filter(found_cause=self.found_cause) if self.found_cause else type(self).objects.none()
        )
        stated = type(self).objects.filter(found_cause="", stated_cause=self.found_cause or "-")
        alike = (alike | stated).exclude(decision=Decision.NOT)
        since = began - timedelta(days=BEFORE_DAYS)
        after = alike.filter(received_at__gt=done, received_at__lte=now).exclude(pk=self.pk)
        return Repeats(
            before=alike.filter(received_at__gt=since, received_at__lte=began).count(),
            before_days=float(BEFORE_DAYS),
            after=after.count(),
            after_days=max((now - done) / timedelta(days=1), 1 / 24),
            same_client=after.filter(contact=self.contact_id).count() if self.contact_id else 0,
        )

    def wait_days(self: "Complaint") -> int:  # type: ignore[misc]
        return days_to_wait(self.severity, self.repeats(clock.now()).before)

    def _run(self: "Complaint", by: User) -> None:  # type: ignore[misc]
        if self.state != State.ACTING:
            self.acting_at = self.acting_at or clock.now()
            self.turn(State.ACTING, by=by)
        self.step_due = None

    def _wait_for_effect(self: "Complaint", by: User) -> None:  # type: ignore[misc]
        """Nothing is left to do: from now on it shows whether it helped."""
        if self.state != State.ACTING or self.measures.filter(done_at=None).exists():
            return
        self.done_at, self.step_due = clock.now(), None
        self.check_at = self.done_at + timedelta(days=self.wait_days())
        self.checks, self.helped = 0, ""
        self.turn(State.CHECKING, by=by)

    def _end(self: "Complaint", by: User) -> None:  # type: ignore[misc]
        self.closed_at, self.step_due, self.check_at = clock.now(), None, None
        self.turn(State.CLOSED, by=by)
