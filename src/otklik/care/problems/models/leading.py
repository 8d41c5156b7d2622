"""How a problem is led: its words, its owner, its state, the day on which it is looked at again."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.problems import telling
from otklik.care.problems.access import can_own, may_decide, may_lead
from otklik.care.problems.events import (
    OwnersTold,
    ProblemChecked,
    ProblemCorrected,
    ProblemGiven,
    ProblemMoved,
    ProblemPutOff,
)
from otklik.care.problems.states import State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Changed, Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Topic

if TYPE_CHECKING:
    from otklik.care.problems.models import Problem

SEEN_AFTER = timedelta(days=30)
"""So long after a removal one sees what came of it."""
WORDS = ("title", "notices", "workaround", "cause")
FIELDS = (*WORDS, "topic", "product", "fix_cost", "effect")
NEEDED = ("title", "notices")

type Value = str | Topic | Product | Decimal | int | None


class Leading:
    """Trait of the problem."""

    @transaction.atomic
    def correct(self: "Problem", told: Mapping[str, Value], *, by: User, seen: int | None = None) -> None:  # type: ignore[misc]
        """Say better what it is, or what its removal costs, by name of the field; what stood there is in the journal.

        `seen` is the edition that the writer began from: what somebody changed meanwhile is never written over.  Raises
        Changed for an older one, Conflict for who does not lead it, Invalid for words that are missing.
        """
        from otklik.care.problems.models.problem import clean

        self.must_be_led_by(by)
        if seen is not None and seen != self.edition:
            raise Changed(
                _("Somebody has changed it since you began. Your words are kept: compare them, then save again.")
            )
        changed: dict[str, str] = {}
        for field, value in told.items():
            if field not in FIELDS:
                raise Invalid(_("There is no such field."), field)
            better = clean(value) if isinstance(value, str) else value
            if field in NEEDED and not better:
                raise Invalid(_("This cannot be empty."), field)
            if field == "cause" and not better and self.state == State.KNOWN:
                raise Invalid(_("A known error has a cause. Say first that it is looked into again."), field)
            was = getattr(self, field)
            if better != was:
                changed[field] = "" if was is None else str(was)
                setattr(self, field, better)
        if not changed:
            return
        self.edition += 1
        self.save()
        for field, before in changed.items():
            publish(ProblemCorrected(problem_id=self.pk, field=field, was=before), by=by)

    @transaction.atomic
    def hand_to(self: "Problem", owner: User, *, by: User | None) -> None:  # type: ignore[misc]
        """Somebody else owns it from now on; `by` is None where its owner left."""
        if by is None:
            self.lock()
        else:
            self.must_be_led_by(by)
        if self.is_over:
            raise Conflict(_("It is over: nobody owns it any more."))
        if not can_own(owner):
            raise Invalid(
                _("%(name)s cannot own a problem: choose somebody who works here.") % {"name": owner}, "owner"
            )
        if owner.pk == self.owner_id:
            return
        was, self.owner, self.woken = self.owner_id, owner, 0
        self.edition += 1
        self.save()
        publish(ProblemGiven(problem_id=self.pk, owner_id=owner.pk, was=was), by=by)
        if by is None or owner.pk != by.pk:
            telling.tell_owner(self)

    @transaction.atomic
    def put_off(self: "Problem", until: date, *, by: User) -> None:  # type: ignore[misc]
        """It was looked at, and is again on that day.  Raises Conflict and Invalid."""
        from otklik.care.problems.models.problem import day_to_wake

        self.must_be_led_by(by)
        if self.wake_on is None:
            raise Conflict(_("It is over: there is nothing to look at."))
        if until == self.wake_on:
            return
        was = self.wake_up(day_to_wake(until))
        self.save()
        publish(ProblemPutOff(problem_id=self.pk, until=until.isoformat(), was=was.isoformat() if was else ""), by=by)

    @transaction.atomic
    def move(self: "Problem", state: str, *, by: User, cause: str = "", wake_on: date | None = None) -> None:  # type: ignore[misc]
        """Looked into, a known error, being removed: while it is not removed, or because it came back.

        Raises Conflict, Invalid for a known error without a cause.
        """
        from otklik.care.problems.models.problem import clean, day_to_wake

        self.must_be_led_by(by)
        if state not in (State.LOOKED, State.KNOWN, State.REMOVING):
            raise Invalid(_("Choose how far it is."), "state")
        words = clean(cause)
        if state == State.KNOWN and not (words or self.cause):
            raise Invalid(_("Say what the cause is: that makes it a known error."), "cause")
        wake = day_to_wake(wake_on) if wake_on else None
        if state == self.state and not words and wake is None:
            return
        was = self.stand(State(state))
        if words:
            self.cause = words
            self.edition += 1
        if wake:
            self.wake_up(wake)
        self.save()
        publish(ProblemMoved(problem_id=self.pk, state=state, was=was, said=words), by=by)

    @transaction.atomic
    def live_with(self: "Problem", reason: str, wake_on: date, *, by: User) -> None:  # type: ignore[misc]
        """It stays, by the decision of a lead, with the reason and the day of the next look.

        Raises Conflict for who decides nothing, Invalid without a reason.
        """
        from otklik.care.problems.models.problem import day_to_wake, written

        self.must_be_led_by(by)
        if not may_decide(by):
            raise Conflict(_("Only leads decide to live with a problem."))
        words = written(reason, "reason", _("Say why it is not worth removing."))
        day = day_to_wake(wake_on)
        was = self.stand(State.LIVED, decided_by=by)
        self.reason = words
        self.wake_up(day)
        self.save()
        publish(ProblemMoved(problem_id=self.pk, state=State.LIVED, was=was, said=self.reason), by=by)

    @transaction.atomic
    def remove(self: "Problem", result: str, *, by: User, tell: bool = False) -> int:  # type: ignore[misc]
        """It is gone; a month later somebody looks at what came of it.  Returns how many owners were told.

        With `tell` the owners of its waiting requests hear it, each once for each request; what they write to their
        clients is theirs to decide.  Raises Conflict and Invalid.
        """
        from otklik.care.problems.models.problem import written

        self.must_be_led_by(by)
        if self.is_removed:
            raise Conflict(_("It is removed already."))
        self.result = written(result, "result", _("Say what was done."))
        was = self.stand(State.REMOVED, removed_at=clock.now())
        self.wake_up(clock.house_today() + SEEN_AFTER)
        self.save()
        publish(ProblemMoved(problem_id=self.pk, state=State.REMOVED, was=was, said=self.result), by=by)
        return self._tell_owners(by) if tell else 0

    @transaction.atomic
    def finish(self: "Problem", said: str, *, by: User) -> None:  # type: ignore[misc]
        """Somebody looked at what came of the removal: it is over.  Raises Conflict and Invalid."""
        from otklik.care.problems.models.problem import written

        self.must_be_led_by(by)
        if not self.is_removed or self.is_over:
            raise Conflict(_("Only what is removed, and was not looked at yet, is ended so."))
        self.end(written(said, "checked", _("Say in a few words what came of it.")))
        self.save()
        publish(ProblemChecked(problem_id=self.pk, said=self.checked), by=by)

    def must_be_led_by(self: "Problem", by: User) -> None:  # type: ignore[misc]
        """Holds the row.  Raises Conflict for who only links requests."""
        self.lock()
        if not may_lead(by, self):
            raise Conflict(_("Only its owner and leads do that."))

    def waiting(self: "Problem") -> list[Ticket]:  # type: ignore[misc]
        """Its requests that are open, the oldest first."""
        rows = Ticket.objects.open().filter(pk__in=self.linked.values("ticket"))
        return list(rows.select_related("owner").order_by("pk"))

    def _tell_owners(self: "Problem", by: User) -> int:  # type: ignore[misc]
        owned = [one for one in self.waiting() if one.owner and one.owner_id != by.pk]
        people = telling.tell_owners(self, owned)
        if owned:
            publish(OwnersTold(problem_id=self.pk, people=people, requests=len(owned)), by=by)
        return people
