"""What becomes of a visit: somebody comes, or not; its time is near, or over; who was to go cannot."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import User
from otklik.desk.tickets import approving, events, letters, terms, visit_plan
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import ASLEEP, NextStep, Status
from otklik.desk.tickets.telling import tell
from otklik.desk.tickets.wording import worded

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Promise, Ticket, Visit

LONGEST_RESULT = 2000
NEXT = {
    "planned": ("confirmed", "coming", "here", "done", "failed"),
    "confirmed": ("coming", "here", "done", "failed"),
    "coming": ("planned", "here", "done", "failed"),
    "here": ("coming", "done", "failed"),
    "done": ("planned",),
    "failed": ("planned",),
}
"""What a visit may become; back to planned is how a slip is undone."""


class Coming:
    """Trait of the ticket: what comes of its visits."""

    @transaction.atomic
    def step_visit(  # type: ignore[misc]
        self: "Ticket", visit: "Visit", state: str, *, by: User, result: str = "", by_client: bool = False
    ) -> None:
        """On the way, there, done with its result, or not with the reason; the same twice is no news.

        A visit that did not take place `by_client` (they called it off, nobody was there) breaks no promise of ours.
        Raises Invalid, Conflict.
        """
        self.lock()
        self._visit_again(visit)
        if visit.state == state:
            return
        if state not in NEXT[visit.state]:
            raise Conflict(_("The visit is %(state)s already.") % {"state": visit.get_state_display()})
        words = worded(result, LONGEST_RESULT, "result")
        if state == visit.State.FAILED and not words:
            raise Invalid(_("Say why it did not take place."), "result")
        if visit.is_over:
            self.must_be_open()
        was_result, now = visit.is_over or visit.came_at is not None, clock.now()
        visit.state, visit.result = state, words
        visit.over_at = now if visit.is_over else None
        if state in (visit.State.HERE, visit.State.DONE):
            visit.came_at = visit.came_at or now
            self._keep_visit(visit, by)
        elif state == visit.State.CONFIRMED:
            visit.agreed = True
        elif state == visit.State.FAILED and by_client:
            self._release_visit(visit)
        elif was_result and state in (visit.State.PLANNED, visit.State.COMING):
            self._take_up_visit(visit, now, by)
        visit.save(update_fields=["state", "result", "agreed", "over_at", "came_at", "missed_at", "next_mark"])
        if visit.is_over and self.is_open:
            done = visit.state == visit.State.DONE
            note = _("Tell the client what came of the visit") if done else _("The visit did not take place: what now?")
            self._come_back(note, by=by)
        if state == visit.State.FAILED:
            self._tell_who_goes(visit, lambda: _("The visit does not take place: %(when)s, %(place)s"), by)
        self.keep()
        news = events.VisitTurned(
            ticket_id=self.pk, visit_id=visit.pk, state=state, place=visit.place, result=words[:300]
        )
        publish(news, by=by)

    @transaction.atomic
    def mind_visit(self: "Ticket", visit: "Visit") -> bool:  # type: ignore[misc]
        """A mark of the visit has come: it is near, or its time is over without a result.

        Either way it is our move.  False when somebody was quicker.
        """
        self.lock()
        now = clock.now()
        found = self.visits.filter(pk=visit.pk).open().first()
        if found is None or found.next_mark is None or found.next_mark > now:
            return False
        if not self.is_open:
            found.next_mark = None
        elif now >= found.ends_at:
            found.missed_at, found.next_mark = now, None
            self._come_back(_("The time of the visit is over: write what came of it"))
            self.seat()
            self.returned = "visit"
            self._tell_who_goes(found, lambda: _("Write what came of your visit: %(when)s, %(place)s"))
            self.tell(events.VisitMissed(ticket_id=self.pk, visit_id=found.pk, place=found.place), None)
        else:
            found.next_mark = found.mark_after(now)
            if self.status in ASLEEP:
                self._come_back(_("Visit: %(place)s") % {"place": found.place}, max(now, found.starts_at))
                self.seat()
                self.returned = "visit"
            self._tell_who_goes(found, lambda: _("Your visit is near: %(when)s, %(place)s"))
            left = round((found.starts_at - now).total_seconds())
            self.tell(events.VisitNear(ticket_id=self.pk, visit_id=found.pk, place=found.place, left=left), None)
        found.save(update_fields=["missed_at", "next_mark"])
        self.keep()
        return True

    @transaction.atomic
    def lose_visitor(self: "Ticket", visit: "Visit", person: User, *, for_good: bool) -> bool:  # type: ignore[misc]
        """Who was to go cannot: whoever can send somebody else hears of it, and so do they.

        Where nobody is left it is our move, to say who goes.  False where they do not go, or it is over.
        """
        self.lock()
        found = self.visits.filter(pk=visit.pk, people=person).open().first()
        if found is None or not self.is_open:
            return False
        found.ticket = self
        if for_good:
            found.people.remove(person)
            self._tell_of_visit(events.VisitReplanned, found, None)
        (asked,) = visit_plan.with_missing([found])
        if asked.people.count() == len(asked.missing):
            now = clock.now()
            due = terms.current().next_answer_due(self, now)
            nearest = min(due, self.due_at) if self.due_at and self.is_our_move else due
            told = {"name": person.name, "place": found.place}
            self._come_back(_("%(name)s cannot go, say who does: %(place)s") % told, nearest)
            self.seat()
            self.returned = "visit"
        news = events.VisitDoubted(ticket_id=self.pk, visit_id=found.pk, place=found.place, person_id=person.pk)
        self.tell(news)
        self.keep()
        self._call_for_another(found, person)
        return True

    def _call_for_another(self: "Ticket", visit: "Visit", person: User) -> None:  # type: ignore[misc]
        """The owner; the leads where there is none at work."""
        owner, zone = self.owner, letters.zone_of(self)
        at_work = owner is not None and owner != person and cover_of(owner.pk) is None
        people = [owner] if owner and at_work else approving.deciders(self.team_id, person)
        told = {"number": self.number, "name": person.name, "place": visit.place}
        tell(
            dict.fromkeys([*people, *([person] if person.is_active else [])]),
            lambda: (
                _("№ %(number)s: %(name)s cannot go to the visit on %(when)s, %(place)s. Send somebody else.")
                % {**told, "when": letters.window(visit, zone)}
            ),
            kind=NoticeKind.VISIT,
            about_id=self.pk,
        )

    def _come_back(self: "Ticket", note: str, due: datetime | None = None, by: User | None = None) -> None:  # type: ignore[misc]
        """It is our move, by then or in the time of an answer; a client who waits is answered."""
        now = clock.now()
        if self.waiting_since:
            return self.owe_answer(self.waiting_since, by=by)
        due = due or terms.current().next_answer_due(self, now)
        return self._turn_to_us(Status.OPEN, NextStep.CONTINUE, note[:300], due, now, by=by)

    def _keep_visit(self: "Ticket", visit: "Visit", by: User) -> None:  # type: ignore[misc]
        """Coming keeps the promise, if it is in time."""
        promise = self._stands(visit)
        if promise is None:
            return
        promise.done_at = visit.came_at
        promise.save(update_fields=["done_at"])
        self.tell(events.PromiseFulfilled(ticket_id=self.pk, promise_id=promise.pk, kept=promise.is_kept), by)
        if self.is_open and not visit.is_over:
            due = visit.ends_at if visit.ends_at > clock.now() else None
            self._come_back(_("Write what came of the visit"), due, by)

    def _release_visit(self: "Ticket", visit: "Visit") -> None:  # type: ignore[misc]
        if promise := self._stands(visit):
            promise.moved_at = clock.now()
            promise.save(update_fields=["moved_at"])

    def _take_up_visit(self: "Ticket", visit: "Visit", now: datetime, by: User) -> None:  # type: ignore[misc]
        """It was no result after all: the visit lies ahead again, and so does what was promised of it."""
        visit.came_at = visit.missed_at = None
        visit.next_mark = visit.mark_after(now) or now
        if visit.promise_id:
            self._promise_again(visit.promise_id)
        promise = self.promises.current().first()
        if promise and self.is_our_move and not self.waiting_since:
            self.turn(Status.OPEN, NextStep.KEEP_PROMISE, promise.what, promise.until, promise.at, by=by)

    def _stands(self: "Ticket", visit: "Visit") -> "Promise | None":  # type: ignore[misc]
        promise: Promise | None = self.promises.current().filter(pk=visit.promise_id or 0).first()
        return promise
