"""Going to the client: planning it, telling them, and what comes of it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import events, letters, terms, visit_calendar, visit_plan
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.states import ASLEEP, NextStep, Status
from otklik.desk.tickets.steps import PromiseDate
from otklik.desk.tickets.visit_plan import VisitPlan
from otklik.desk.tickets.wording import line_of, worded

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Promise, Ticket, Visit

MOST = 50
LONGEST_RESULT, LONGEST_LETTER = 2000, 20_000
NEXT = {
    "planned": ("confirmed", "coming", "here", "done", "failed"),
    "confirmed": ("coming", "here", "done", "failed"),
    "coming": ("planned", "here", "done", "failed"),
    "here": ("coming", "done", "failed"),
    "done": ("planned",),
    "failed": ("planned",),
}
"""What a visit may become; back to planned is how a slip is undone."""


class Visiting:
    """Trait of the ticket: its visits.  One that the client was told of is a promise, and only coming keeps it."""

    @transaction.atomic
    def plan_visit(self: "Ticket", plan: VisitPlan, *, by: User | None) -> "Visit":  # type: ignore[misc]
        """Raises Invalid with the field to mend, Overlaps where somebody cannot be there."""
        from otklik.desk.tickets.models.visit import Visit

        self.lock()
        self.must_be_open()
        self._check_visit(plan)
        if self.visits.count() >= MOST:
            raise Invalid(_("A request has %(most)s visits at most.") % {"most": MOST}, "place")
        visit = Visit(ticket=self, by=by, starts_at=plan.starts_at, ends_at=plan.ends_at, **plan.words())
        visit.next_mark = visit.mark_after(clock.now())
        visit.save(force_insert=True)
        visit.people.set(plan.people)
        self._tell_of_visit(events.VisitPlanned, visit, by)
        return visit

    @transaction.atomic
    def replan_visit(self: "Ticket", visit: "Visit", plan: VisitPlan, *, by: User | None) -> None:  # type: ignore[misc]
        """Another place, window or people; on another window the client has said nothing yet.

        Raises Invalid, Overlaps, Conflict.
        """
        self.lock()
        self._visit_again(visit)
        if visit.is_over:
            raise Conflict(_("This visit is over."))
        self._check_visit(plan, visit)
        if (visit.starts_at, visit.ends_at) != (plan.starts_at, plan.ends_at):
            visit.starts_at, visit.ends_at = plan.starts_at, plan.ends_at
            visit.agreed = visit.missed_at = None
            visit.state = visit.State.PLANNED
            visit.next_mark = visit.mark_after(clock.now())
        for name, value in plan.words().items():
            setattr(visit, name, value)
        visit.save()
        visit.people.set(plan.people)
        self._tell_of_visit(events.VisitReplanned, visit, by)

    @transaction.atomic
    def tell_visit(  # type: ignore[misc]
        self: "Ticket", visit: "Visit", *, by: User, text: str = "", why: str = "", key: str | None = None
    ) -> Message:
        """The client reads when who comes, with a file for their calendar; from now on it is a promise.

        `why` says why a date that they were told before moves.  Raises Invalid, Conflict.
        """
        self.lock()
        self._visit_again(visit)
        if visit.is_over:
            raise Conflict(_("This visit is over."))
        if self.visits.filter(promise__in=self.promises.current()).exclude(pk=visit.pk).open().exists():
            raise Conflict(_("The client was told of another visit; write first what came of it."))
        why, text = line_of(why), worded(text, LONGEST_LETTER, "text")
        visit.times_told += 1
        with translation.override(letters.language_of(self)):
            window = letters.window(visit, letters.zone_of(self))
            words = text or letters.visit_of(visit, why)
            who = ", ".join(one.name for one in visit.people.all())
            then = PromiseDate(
                visit.ends_at,
                _("visit: %(place)s") % {"place": visit.place},
                why,
                visit=_("we come to you on %(when)s: %(who)s") % {"when": window, "who": who},
            )
            content = visit_calendar.calendar_of(visit, _("Visit: request № %s") % self.number)
        file = Attachment.objects.make(self.conversation, visit_calendar.NAME, visit_calendar.MEDIA_TYPE, content, by)
        message = self.reply(words, by=by, then=then, files=[file], key=key)
        visit.promise = self.promises.current().get()
        visit.told_starts_at, visit.told_ends_at, visit.agreed = visit.starts_at, visit.ends_at, None
        visit.save(update_fields=["promise", "told_starts_at", "told_ends_at", "agreed", "times_told"])
        return message

    @transaction.atomic
    def answer_visit(self: "Ticket", visit_id: int, agreed: bool) -> None:  # type: ignore[misc]
        """The client says with one click whether the time suits them, as with a date that was moved.

        Raises Conflict where that time does not stand any more.
        """
        self.lock()
        visit = self.visit_to_agree
        if visit is None or visit.pk != visit_id:
            raise Conflict(_("This time does not stand any more."))
        visit.agreed = agreed
        visit.state = visit.State.CONFIRMED if agreed else visit.State.PLANNED
        visit.save(update_fields=["agreed", "state"])
        if visit.promise:
            visit.promise.agreed = agreed
            visit.promise.save(update_fields=["agreed"])
        if not agreed:
            self._hear_no()
        self.keep()
        publish(events.VisitAnswered(ticket_id=self.pk, visit_id=visit.pk, agreed=agreed))

    @property
    def visit_to_agree(self: "Ticket") -> "Visit | None":  # type: ignore[misc]
        """The one that lies ahead, as the client knows it, on which they have said nothing yet."""
        now, open_ = clock.now(), self.visits.open().select_related("promise")
        return next((one for one in open_ if one.may_be_agreed(now)), None)

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
        was_over, now = visit.is_over, clock.now()
        visit.state, visit.result = state, words
        visit.over_at = now if visit.is_over else None
        if state in (visit.State.HERE, visit.State.DONE):
            visit.came_at = visit.came_at or now
            self._keep_visit(visit, by)
        elif state == visit.State.CONFIRMED:
            visit.agreed = True
        elif state == visit.State.FAILED and by_client:
            self._release_visit(visit)
        elif was_over:
            visit.came_at = None
            self._take_up_visit(visit, now, by)
        visit.save(update_fields=["state", "result", "agreed", "over_at", "came_at", "missed_at", "next_mark"])
        if visit.is_over and self.is_open:
            done = visit.state == visit.State.DONE
            note = _("Tell the client what came of the visit") if done else _("The visit did not take place: what now?")
            self._come_back(note, by=by)
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
            self.tell(events.VisitMissed(ticket_id=self.pk, visit_id=found.pk, place=found.place), None)
        else:
            found.next_mark = found.mark_after(now)
            if self.status in ASLEEP:
                self._come_back(_("Visit: %(place)s") % {"place": found.place}, max(now, found.starts_at))
                self.seat()
                self.returned = "visit"
            left = round((found.starts_at - now).total_seconds())
            self.tell(events.VisitNear(ticket_id=self.pk, visit_id=found.pk, place=found.place, left=left), None)
        found.save(update_fields=["missed_at", "next_mark"])
        self.keep()
        return True

    def must_have_no_visit(self: "Ticket") -> None:  # type: ignore[misc]
        """Nobody goes to a client whose request is over.  Raises Conflict."""
        ahead = self.visits.open().first()
        if ahead:
            raise Conflict(_("A visit is planned here: write what came of it, or that it does not take place."))

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
        visit.missed_at, visit.next_mark = None, visit.mark_after(now)
        if visit.promise_id:
            self._promise_again(visit.promise_id)
        promise = self.promises.current().first()
        if promise and self.is_our_move and not self.waiting_since:
            self.turn(Status.OPEN, NextStep.KEEP_PROMISE, promise.what, promise.until, promise.at, by=by)

    def _stands(self: "Ticket", visit: "Visit") -> "Promise | None":  # type: ignore[misc]
        promise: Promise | None = self.promises.current().filter(pk=visit.promise_id or 0).first()
        return promise

    def _visit_again(self: "Ticket", visit: "Visit") -> None:  # type: ignore[misc]
        """Its present values, read under the lock of the ticket."""
        self.must_stand()
        if not self.visits.filter(pk=visit.pk).exists():
            raise Conflict(_("This visit is of another request."))
        visit.refresh_from_db()
        visit.ticket = self

    def _check_visit(self: "Ticket", plan: VisitPlan, beside: "Visit | None" = None) -> None:  # type: ignore[misc]
        visit_plan.check(plan, clock.now())
        for person in plan.people:
            if not self._may_do(person):
                raise Invalid(_("This person may not see the request."), "people")
        visit_plan.check_free(plan, letters.zone_of(self), beside)

    def _tell_of_visit(  # type: ignore[misc]
        self: "Ticket", news: "type[events.VisitNews]", visit: "Visit", by: User | None
    ) -> None:
        people = list(visit.people.values_list("pk", flat=True))
        starts, ends = visit.starts_at.isoformat(), visit.ends_at.isoformat()
        told = {"place": visit.place, "starts": starts, "ends": ends, "people": people}
        window = letters.window(visit, letters.zone_of(self))
        text = _("A visit is yours: %(when)s, %(place)s") % {"when": window, "place": visit.place}
        Notice.objects.tell(
            [one for one in people if by is None or one != by.pk], text, about="ticket", about_id=self.pk
        )
        publish(news(ticket_id=self.pk, visit_id=visit.pk, **told), by=by)  # type: ignore[arg-type]
