"""Why it happened, what was decided, and what the client says of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.complaints.causes import MOST_WHYS, Cause, is_human_error
from otklik.care.complaints.events import CauseFound, ComplainantHeard, ComplaintDecided, ComplaintsLinked
from otklik.care.complaints.models.likeness import Likeness
from otklik.care.complaints.states import HEARD, Decision, Reaction, State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.complaints.models.complaint import Complaint

MOST_LINKS = 50


class Deciding:
    """Trait of the complaint: its cause, its decision, a second level."""

    @transaction.atomic
    def explain(self: "Complaint", whys: Sequence[str], found: str, cause: str, *, by: User) -> None:  # type: ignore[misc]
        """The chain of whys and where it ends.  "Human error" never ends it: something has let it happen."""
        self.lock()
        self.must_be_open()
        if self.state in (State.RECEIVED, State.ACKNOWLEDGED, State.ASSESSED):
            raise Conflict(_("Give it to an investigator first."))
        chain, found = [why.strip()[:500] for why in whys if why.strip()][:MOST_WHYS], found.strip()[:1000]
        if not chain:
            raise Invalid(_("Begin the chain: why did it happen?"), "whys")
        if is_human_error(chain[-1]):
            raise Invalid(
                _("People err everywhere, so the chain does not end here. Ask once more: what let the slip happen?"),
                "whys",
            )
        if not found or is_human_error(found):
            raise Invalid(_("Name the cause that can be mended, not who was at fault."), "found")
        if cause not in Cause.values:
            raise Invalid(_("Choose the branch of the cause."), "cause")
        self.whys, self.found, self.found_cause = chain, found, cause
        self.keep()
        publish(CauseFound(complaint_id=self.pk, cause=cause, whys=len(chain)), by=by)

    @transaction.atomic
    def decide(  # type: ignore[misc]
        self: "Complaint",
        decision: str,
        *,
        by: User,
        finding: str,
        remedy: str = "",
        text: str = "",
        how: str = "",
    ) -> None:
        """The answer: upheld or not, what was found, what the client gets; by a letter or as `how` says.

        Who is complained about decides nothing, who decided or investigated first does not decide anew.
        Raises Invalid, Conflict.
        """
        self.lock_with_talk()
        self.must_be(State.INVESTIGATING)
        self.must_be_fit(by, "decision")
        self._must_be_another(by, "decision")
        if decision not in Decision.values:
            raise Invalid(_("Choose what was decided."), "decision")
        if not finding.strip():
            raise Invalid(_("Say what was found, in words for the client."), "finding")
        if decision != Decision.NOT and not self.found_cause:
            raise Invalid(_("Find the cause first: the chain of whys is empty."), "decision")
        if decision != Decision.NOT and not remedy.strip():
            raise Invalid(_("Say what the client gets: an apology, a correction, a compensation."), "remedy")
        if not text.strip() and not how.strip():
            raise Invalid(_("Write the letter, or say how the client was told."), "how")
        now = clock.now()
        self.decision, self.finding, self.remedy = decision, finding.strip(), remedy.strip()[:1000]
        self.answered_at, self.step_due = self.answered_at or now, self.business_days(self.progress_days)
        self.first_decider = by if self.level == 1 else self.first_decider
        self.heard_from_us(now)
        self.turn(State.ANSWERED, by=by)
        self.keep()
        publish(ComplaintDecided(complaint_id=self.pk, decision=decision, level=self.level), by=by)
        self._told(text, how, by=by, asks=True)

    @transaction.atomic
    def hear(self: "Complaint", reaction: str, words: str = "", *, by: User) -> None:  # type: ignore[misc]
        """What the client says of the answer; who keeps silent is taken to agree, and that is said."""
        self.lock()
        self.must_be(State.ANSWERED)
        if reaction not in Reaction.values:
            raise Invalid(_("Choose what the client says."), "reaction")
        self.reaction, self.reaction_words = reaction, words.strip()[:1000]
        self.reacted_at, self.step_due = clock.now(), self.business_days(self.progress_days)
        self.turn(State.DISAGREES if reaction == Reaction.DISAGREES else State.AGREES, by=by)
        self.keep()
        publish(ComplainantHeard(complaint_id=self.pk, reaction=reaction), by=by)

    @transaction.atomic
    def go_higher(self: "Complaint", investigator: User, *, by: User) -> None:  # type: ignore[misc]
        """A second level: another person decides anew, within the legal term counted from now."""
        self.lock()
        self.must_be(State.DISAGREES)
        if self.level > 1:
            raise Conflict(_("It was decided twice: name the bodies to which the client may go."))
        self.must_be_fit(investigator, "investigator")
        self.first_investigator, self.level = self.investigator, 2
        self._must_be_another(investigator)
        was, self.investigator = self.investigator_id, investigator
        now = clock.now()
        self.step_due = now + timedelta(days=self.legal_days)
        self.progress_due = self.business_days(self.progress_days, self.informed_at or now)
        self.turn(State.INVESTIGATING, by=by)
        self.keep()
        self._given("investigator", investigator, was, by)

    @transaction.atomic
    def name_bodies(self: "Complaint", bodies: str, *, by: User) -> None:  # type: ignore[misc]
        """The client knows where else they may go; the complaint goes on with its measures."""
        self.lock()
        self.must_be(*HEARD)
        if not bodies.strip():
            raise Invalid(_("Name the bodies to which the client may go."), "bodies")
        self.bodies = bodies.strip()[:500]
        self.keep()

    @transaction.atomic
    def link(self: "Complaint", other: "Complaint", *, by: User) -> None:  # type: ignore[misc]
        """Two of one cause know each other; once."""
        if other.pk == self.pk:
            raise Invalid(_("A complaint is not like itself."), "other")
        first, second = sorted((self.pk, other.pk))
        if Likeness.objects.filter(one=self.pk).count() >= MOST_LINKS:
            raise Invalid(_("A complaint has %(most)s links at most.") % {"most": MOST_LINKS}, "other")
        _row, is_new = Likeness.objects.get_or_create(one_id=first, other_id=second, defaults={"by": by})
        if is_new:
            publish(ComplaintsLinked(complaint_id=self.pk, other_id=other.pk), by=by)
