"""From the first word to the investigation."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.complaints.events import ComplaintGiven, ComplaintTurned, FactAdded
from otklik.care.complaints.managers import must_manage
from otklik.care.complaints.models.policy import ComplaintPolicy
from otklik.care.complaints.states import BEFORE_ANSWER, Severity, State, raised
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.care.complaints.models.complaint import Complaint
    from otklik.care.complaints.models.fact import Fact

MOST_FACTS = 100


class Receiving:
    """Trait of the complaint: it is acknowledged, weighed and given to somebody who looks into it."""

    def lock(self: "Complaint") -> None:  # type: ignore[misc]
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(of=("self",)))

    def keep(self: "Complaint") -> None:  # type: ignore[misc]
        """Save it with its nearest date."""
        self.settle()
        self.save()

    def must_be_open(self: "Complaint") -> None:  # type: ignore[misc]
        if not self.is_open:
            raise Conflict(_("This complaint is closed."))

    def must_be(self: "Complaint", *states: str) -> None:  # type: ignore[misc]
        if self.state not in states:
            raise Conflict(
                _("This complaint stands elsewhere meanwhile: %(state)s.") % {"state": self.get_state_display()}
            )

    def must_be_fit(self: "Complaint", person: User, field: str) -> None:  # type: ignore[misc]
        """Nobody manages, investigates or mends what is complained about themselves."""
        if not person.is_active:
            raise Invalid(_("%(name)s does not work here any more.") % {"name": person.name}, field)
        if self.against_id and person.pk == self.against_id:
            raise Invalid(
                _("The complaint is about %(name)s, who may not work on it: choose somebody else.")
                % {"name": person.name},
                field,
            )

    def turn(self: "Complaint", state: State, *, by: User | None) -> None:  # type: ignore[misc]
        """To another stage; the caller keeps it."""
        was, self.state, self.turned_at = self.state, state, clock.now()
        publish(ComplaintTurned(complaint_id=self.pk, state=state, was=was), by=by)

    @transaction.atomic
    def acknowledge(self: "Complaint", *, by: User, text: str = "", how: str = "") -> None:  # type: ignore[misc]
        """The client knows that it came and who looks after it: by a letter (`text`), or by what `how` says."""
        self.lock_with_talk()
        self.must_be(State.RECEIVED)
        now = clock.now()
        if not text.strip() and not how.strip():
            raise Invalid(_("Write the letter, or say how the client was told."), "how")
        self.acknowledged_at = now
        self.heard_from_us(now)
        self.turn(State.ACKNOWLEDGED, by=by)
        self.keep()
        self._told(text, how, by=by, asks=False)

    @transaction.atomic
    def assess(  # type: ignore[misc]
        self: "Complaint",
        *,
        by: User,
        severity: int,
        risks: Sequence[str] | None = None,
        lines: Iterable[Team] | None = None,
        stated_cause: str | None = None,
    ) -> None:
        """How grave it is and whom it concerns; a risk raises the severity whatever was chosen.  None: it stays."""
        self.lock()
        self.must_be(*BEFORE_ANSWER)
        if severity not in Severity.values:
            raise Invalid(_("Choose how grave it is."), "severity")
        if self.state == State.RECEIVED:
            raise Conflict(_("Acknowledge it first: the client waits to hear that it came."))
        self.risks = self.risks if risks is None else sorted(set(risks))
        self.severity = raised(severity, self.risks)
        self.stated_cause = self.stated_cause if stated_cause is None else stated_cause
        if lines is not None:
            self.lines.set(lines)
        self.assessed_at = self.assessed_at or clock.now()
        if self.state == State.ACKNOWLEDGED:
            self.turn(State.ASSESSED, by=by)
        self.keep()

    @transaction.atomic
    def investigate(self: "Complaint", investigator: User, *, by: User) -> None:  # type: ignore[misc]
        """Somebody looks into it; another one instead of them.  Never the person complained about."""
        self.lock()
        self.must_be(State.ASSESSED, State.INVESTIGATING)
        self.must_be_fit(investigator, "investigator")
        self._must_be_another(investigator)
        was, self.investigator = self.investigator_id, investigator
        self.begun_at = self.begun_at or clock.now()
        if self.state == State.ASSESSED:
            self.turn(State.INVESTIGATING, by=by)
        self.keep()
        self._given("investigator", investigator, was, by)

    @transaction.atomic
    def investigate_instead(self: "Complaint", investigator: User | None) -> None:  # type: ignore[misc]
        """Of somebody who left, by nobody's act; None where nobody fit is known, and who manages it has to choose."""
        self.lock()
        was, self.investigator = self.investigator_id, investigator
        self.keep()
        if investigator:
            self._given("investigator", investigator, was, None)

    @transaction.atomic
    def pass_to(self: "Complaint", owner: User, *, by: User | None) -> None:  # type: ignore[misc]
        """Somebody else manages it.  Raises Invalid for who manages none."""
        self.lock()
        self.must_be_open()
        self.must_be_fit(owner, "owner")
        must_manage(owner, ComplaintPolicy.objects.current(), self.owner_id)
        was, self.owner = self.owner_id, owner
        if was == owner.pk:
            return
        self.warned_at = self.late_at = None
        self.keep()
        self._given("owner", owner, was, by)

    @transaction.atomic
    def add_fact(self: "Complaint", text: str, source: str, *, by: User) -> "Fact":  # type: ignore[misc]
        """What is known and from where.  Raises Invalid with the field to mend."""
        text, source = text.strip()[:1000], source.strip()[:300]
        self.must_be_open()
        if not text:
            raise Invalid(_("Say what is known."), "text")
        if not source:
            raise Invalid(_("Say from where it is known: without a source it is an opinion."), "source")
        if self.facts.count() >= MOST_FACTS:
            raise Invalid(_("A complaint has %(most)s facts at most.") % {"most": MOST_FACTS}, "text")
        fact = self.facts.create(text=text, source=source, by=by)
        publish(FactAdded(complaint_id=self.pk, fact_id=fact.pk), by=by)
        return fact

    def _told(self: "Complaint", text: str, how: str, *, by: User, asks: bool) -> None:  # type: ignore[misc]
        """By the letter, else by what was said; the row was saved, since a letter of the request turns it as well."""
        if how.strip():
            self.add_fact(how, _("talk with the client"), by=by)
        if text.strip():
            self.write(text, by=by, asks=asks)
            self.refresh_from_db()

    def was_decided_by(self: "Complaint", person: User) -> bool:  # type: ignore[misc]
        """On the first level, or looked into for it; who did comes back to it on the second level in no part."""
        return self.level > 1 and person.pk in (self.first_investigator_id, self.first_decider_id)

    def _must_be_another(self: "Complaint", person: User, field: str = "investigator") -> None:  # type: ignore[misc]
        if self.was_decided_by(person):
            raise Invalid(
                _("%(name)s has decided on it before: on the second level it is another person.")
                % {"name": person.name},
                field,
            )

    def _given(self: "Complaint", role: str, person: User, was: int | None, by: User | None) -> None:  # type: ignore[misc]
        if person.pk != was:
            publish(ComplaintGiven(complaint_id=self.pk, role=role, person_id=person.pk, was=was), by=by)
