"""What the reviewer does: marks with their words, and either tells the person or says why it cannot be judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.quality import scoring, terms
from otklik.care.quality.events import ReviewAccepted, ReviewHanded, ReviewPublished, ReviewSkipped
from otklik.care.quality.models.calibration import Calibration
from otklik.care.quality.models.mark import LONGEST_QUOTE, Mark
from otklik.care.quality.models.policy import ReviewPolicy
from otklik.care.quality.models.quoting import Quote, letters_of
from otklik.care.quality.models.reviewing import must_be_fit
from otklik.care.quality.states import State, Stream
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.quality.models.review import Review
    from otklik.care.quality.models.scorecard import Criterion


@dataclass(frozen=True)
class Told:
    """What is said of one criterion; `letter` is the number of the message in which the quote was chosen."""

    mark: str = ""
    quote: str = ""
    comment: str = ""
    letter: int | None = None


class Marking:
    """Trait of the review."""

    def lock(self: "Review") -> None:  # type: ignore[misc]
        """The session comes first, as in its own acts: two that wait for each other would both hang."""
        if self.calibration_id:
            Calibration.objects.select_for_update().get(pk=self.calibration_id)
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))

    def must_be(self: "Review", state: str, holder: User) -> None:  # type: ignore[misc]
        """It waits for this person.  Raises Conflict."""
        if self.state != state or self.holder_id != holder.pk:
            raise Conflict(
                _("This review stands elsewhere meanwhile: %(state)s.") % {"state": self.get_state_display()}
            )

    @transaction.atomic
    def keep(  # type: ignore[misc]
        self: "Review", told: Mapping[int, Told], *, comment: str, praise: str, by: User
    ) -> None:
        """What is written so far, by criterion; what is no mark of its scale counts as none."""
        self.lock()
        self.must_be(State.OPEN, by)
        self.comment, self.praise = comment.strip()[:5000], praise.strip()[:2000]
        self.save(update_fields=["comment", "praise"])
        told = {pk: replace(one, quote=one.quote.strip()[:LONGEST_QUOTE]) for pk, one in told.items()}
        before = {one.criterion_id: Quote(one.quote, one.message_id) for one in self.marks.all()}
        quotes = {pk: Quote(one.quote, one.letter) for pk, one in told.items()}
        letters = letters_of(self.ticket.conversation_id, quotes, before)
        rows = [
            self._mark(one, told[one.pk], letters.get(one.pk)) for one in self.version.criteria.all() if one.pk in told
        ]
        Mark.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["review", "criterion"],
            update_fields=["mark", "quote", "message", "comment"],
        )

    def _mark(self: "Review", criterion: "Criterion", told: Told, letter: int | None) -> Mark:  # type: ignore[misc]
        return Mark(
            review=self, criterion=criterion, mark=told.mark if scoring.allows(criterion, told.mark) else "",
            quote=told.quote, message_id=letter, comment=told.comment.strip()[:1000],
        )  # fmt: skip

    @transaction.atomic
    def publish(self: "Review", *, by: User) -> None:  # type: ignore[misc]
        """The person may read it; in a calibration it is only counted.  Raises Invalid: what is still missing."""
        self.lock()
        self.must_be(State.OPEN, by)
        pairs = self._whole()
        self.score, self.errors = scoring.score_of(pairs), scoring.errors_of(pairs)
        if self.score is None:
            raise Invalid(_("Nothing that has a weight applies: then it cannot be judged, say so instead."), "marks")
        self.published_at = now = clock.now()
        if self.stream == Stream.CALIBRATION:
            self.turn(State.SCORED)
            self.save()
            assert self.calibration is not None
            self.calibration.close_if_all_scored(by=by)
            return
        self.turn(State.PUBLISHED, self.agent, terms.within(ReviewPolicy.objects.current().dispute_days, now))
        self.save()
        publish(ReviewPublished(ticket_id=self.ticket_id, review_id=self.pk), by=by)

    def _whole(self: "Review") -> "list[tuple[Criterion, str]]":  # type: ignore[misc]
        """Each criterion with its mark.  Raises Invalid with the place of what is missing."""
        given = {one.criterion_id: one for one in self.marks.all()}
        pairs = []
        for criterion in self.version.criteria.all():
            mark = given.get(criterion.pk)
            if mark is None or not mark.mark:
                raise Invalid(_("Give a mark: %(name)s.") % {"name": criterion.name}, f"mark-{criterion.pk}")
            if scoring.is_lowered(criterion, mark.mark) and not (mark.quote or mark.comment):
                raise Invalid(
                    _("Say from which words, or why: %(name)s.") % {"name": criterion.name}, f"quote-{criterion.pk}"
                )
            pairs.append((criterion, mark.mark))
        return pairs

    @transaction.atomic
    def skip(self: "Review", why: str, *, by: User) -> None:  # type: ignore[misc]
        """It cannot be judged.  Raises Invalid."""
        self.lock()
        self.must_be(State.OPEN, by)
        if not why.strip():
            raise Invalid(_("Say why it cannot be judged."), "why")
        self.skipped_why = why.strip()[:500]
        self.turn(State.SKIPPED)
        self.save()
        publish(ReviewSkipped(ticket_id=self.ticket_id, review_id=self.pk), by=by)
        if self.calibration:
            self.calibration.close_if_all_scored(by=by)

    @transaction.atomic
    def hand_over(self: "Review", reviewer: User, *, by: User | None) -> None:  # type: ignore[misc]
        """Somebody else reviews it; what was marked so far goes along, what is late gets a new term.

        Raises Invalid, and Conflict for what is reviewed already or is scored blind.
        """
        self.lock()
        if self.state != State.OPEN or self.calibration_id:
            raise Conflict(_("It is reviewed already."))
        must_be_fit(self.ticket, self.agent, reviewer)
        now = clock.now()
        if self.is_late(now):
            self.due_at = terms.within(ReviewPolicy.objects.current().review_days, now)
        self.reviewer = reviewer
        self.turn(State.OPEN, reviewer, self.due_at)
        self.save()
        publish(ReviewHanded(ticket_id=self.ticket_id, review_id=self.pk), by=by)

    @transaction.atomic
    def leave_out(self: "Review", *, by: User | None) -> None:  # type: ignore[misc]
        """Nobody is there any more who would review it, or whom it would help; a dispute leaves the first marks."""
        self.lock()
        if self.state == State.OPEN:
            self.turn(State.SKIPPED)
            publish(ReviewSkipped(ticket_id=self.ticket_id, review_id=self.pk), by=by)
        elif self.state == State.DISPUTED:
            self.turn(State.ACCEPTED)
            publish(ReviewAccepted(ticket_id=self.ticket_id, review_id=self.pk), by=by)
            self.owe_talk()
        self.save()
