"""What the person does with a review, and what comes of a dispute."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.quality import deciders, scoring, terms
from otklik.care.quality.events import DisputeDecided, ReviewAccepted, ReviewDisputed, ReviewHanded, StepAgreed
from otklik.care.quality.models.mark import Mark
from otklik.care.quality.models.policy import ReviewPolicy
from otklik.care.quality.models.step import Step
from otklik.care.quality.states import TOLD, State, Stream, Verdict
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.quality.models.review import Review

MOST_STEPS = 20


class Answering:
    """Trait of the review."""

    def turn(  # type: ignore[misc]
        self: "Review", state: State, holder: User | None = None, until: datetime | None = None
    ) -> None:
        """To the next state, with whoever has it then and until when; the caller saves it."""
        self.state, self.holder, self.next_at, self.late_at = state, holder, until, None

    @transaction.atomic
    def accept(self: "Review", *, by: User | None) -> None:  # type: ignore[misc]
        """The person has read it and agrees; `by` is None when the time for a dispute is over."""
        self.lock()
        if by is None:
            if self.state != State.PUBLISHED:
                return
        else:
            self.must_be(State.PUBLISHED, by)
            self.accepted_at = clock.now()
        self.turn(State.ACCEPTED)
        self.save()
        publish(ReviewAccepted(ticket_id=self.ticket_id, review_id=self.pk), by=by)
        self.owe_talk()

    @transaction.atomic
    def dispute(self: "Review", reason: str, *, by: User) -> None:  # type: ignore[misc]
        """Somebody else than the reviewer decides.  Raises Invalid with the field to mend."""
        self.lock()
        self.must_be(State.PUBLISHED, by)
        if not reason.strip():
            raise Invalid(_("Say with what you do not agree, and why."), "reason")
        self.disputed_at = now = clock.now()
        self.disputed_why, self.decider = reason.strip()[:2000], deciders.decider_for(self)
        self.turn(State.DISPUTED, self.decider, terms.within(ReviewPolicy.objects.current().decide_days, now))
        self.save()
        publish(ReviewDisputed(ticket_id=self.ticket_id, review_id=self.pk), by=by)

    @transaction.atomic
    def decide(self: "Review", ruled: Mapping[int, str], words: str, *, by: User) -> None:  # type: ignore[misc]
        """`ruled` are marks that hold instead of the first ones, by criterion; both stay.  Raises Invalid."""
        self.lock()
        self.must_be(State.DISPUTED, by)
        if not words.strip():
            raise Invalid(_("Say why you decide so: both will read it."), "words")
        marks = list(self.marks.select_related("criterion"))
        for mark in marks:
            given = ruled.get(mark.criterion_id, "")
            if given and not scoring.allows(mark.criterion, given):
                raise Invalid(_("There is no such mark: %(name)s.") % {"name": mark.criterion.name}, "ruled")
            mark.ruled = given if given != mark.mark else ""
        pairs = [(one.criterion, one.counts) for one in marks]
        score = scoring.score_of(pairs)
        if score is None:
            raise Invalid(_("Nothing that has a weight would apply any more: leave at least one mark."), "ruled")
        self.verdict = Verdict.CHANGED if any(one.ruled for one in marks) else Verdict.STANDS
        self.ruled_score, self.ruled_errors = score, scoring.errors_of(pairs)
        self.ruling, self.decided_at = words.strip()[:2000], clock.now()
        Mark.objects.bulk_update(marks, ["ruled"])
        self.turn(State.DECIDED)
        self.save()
        publish(DisputeDecided(ticket_id=self.ticket_id, review_id=self.pk), by=by)
        self.owe_talk()

    @transaction.atomic
    def pass_dispute(self: "Review", *, by: User | None) -> None:  # type: ignore[misc]
        """To somebody else, where who was to decide cannot any more; with nobody left the first marks stay."""
        try:
            self.give_dispute(deciders.decider_for(self, other_than=self.decider), by=by)
        except Invalid:
            self.leave_out(by=by)

    @transaction.atomic
    def give_dispute(self: "Review", decider: User, *, by: User | None) -> None:  # type: ignore[misc]
        """This person decides instead, with the whole term before them.  Raises Invalid, Conflict."""
        self.lock()
        if self.state != State.DISPUTED:
            raise Conflict(_("The dispute is decided already."))
        if decider not in deciders.deciders_of(self):
            raise Invalid(_("%(name)s cannot decide this dispute.") % {"name": decider.name}, "person")
        self.decider = decider
        self.turn(State.DISPUTED, decider, terms.within(ReviewPolicy.objects.current().decide_days, clock.now()))
        self.save()
        publish(ReviewHanded(ticket_id=self.ticket_id, review_id=self.pk), by=by)

    def owe_talk(self: "Review") -> None:  # type: ignore[misc]
        """A critical error that holds begins a step of coaching, where none was agreed (METRICS Q2)."""
        if not self.faults or not self.agent.is_active or self.steps.exists():
            return
        owner, now = deciders.coach_of(self), clock.now()
        if owner is None:
            return
        with translation.override(owner.language):
            what = ", ".join(str(family.label) for family in scoring.families(self.faults))
            text = _("Talk about the critical error: %(what)s") % {"what": what}
        until = terms.within(ReviewPolicy.objects.current().step_days, now)
        self.steps.create(text=text, owner=owner, until=until, agreed_by=self.reviewer, agreed_at=now)
        publish(StepAgreed(ticket_id=self.ticket_id, review_id=self.pk))

    @transaction.atomic
    def agree(self: "Review", text: str, owner: User, until: datetime, *, by: User) -> Step:  # type: ignore[misc]
        """A step of coaching that both see.  Raises Invalid with the field to mend."""
        if self.state not in TOLD or self.stream == Stream.CALIBRATION:
            raise Conflict(_("Publish the review first."))
        if not text.strip():
            raise Invalid(_("Say what is trained."), "text")
        if until <= clock.now():
            raise Invalid(_("Choose a moment to come."), "until")
        if not owner.is_active:
            raise Invalid(_("%(name)s does not work here any more.") % {"name": owner.name}, "owner")
        if self.steps.count() >= MOST_STEPS:
            raise Invalid(_("A review has %(most)s steps at most.") % {"most": MOST_STEPS}, "text")
        step: Step = self.steps.create(text=text.strip()[:500], owner=owner, until=until, agreed_by=by)
        publish(StepAgreed(ticket_id=self.ticket_id, review_id=self.pk), by=by)
        return step
