"""How a ticket turns from one state to the next; the only place that writes its status, step and moment."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Value
from django.utils.translation import gettext as _

from otklik.core.journal import clock, rows
from otklik.core.journal.news import News, publish, publish_all
from otklik.core.staff.models import User
from otklik.desk.tickets import cadence, events, policies, terms
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.states import ASLEEP, OUR_MOVE, NextStep, Status
from otklik.desk.tickets.steps import PutAside, Wait
from otklik.desk.tickets.terms import Moment

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Turning:
    """Trait of the ticket: its states."""

    SELDOM = frozenset(
        {
            *("key", "conversation_id", "contact_id", "follows_id", "may_belong_to_id", "merged_into_id"),
            *("topic_id", "product_id", "priority", "class_version", "class_name", "class_rank"),
            *("subject", "contact_name", "client_name", "channel_kind", "opened_at", "reopened"),
        }
    )
    """Columns that an act hardly ever changes (`rows.update`)."""

    unpublished: Sequence[tuple[News, User | None]] = ()
    on_lock: Callable[["Ticket"], object] | None = None
    """Who wants to know what the row is when an act begins, at no statement more."""
    beside: frozenset[int] = frozenset()
    """All that one act on many does it to: none of them is passed over by another."""

    def lock(self: "Ticket") -> None:  # type: ignore[misc]
        """Hold the row until the transaction ends and read its present values."""
        rows.lock(self)
        if self.on_lock:
            self.on_lock(self)

    def refresh_from_db(self, *args: Any, **more: Any) -> None:
        """What was found when the row was locked does not hold any more."""
        rows.let_go(self)  # type: ignore[arg-type]
        super().refresh_from_db(*args, **more)  # type: ignore[misc]

    def turn(  # type: ignore[misc]
        self: "Ticket",
        status: str,
        next_step: str = "",
        note: str = "",
        due_at: datetime | None = None,
        due_from: datetime | None = None,
        *,
        by: User | None = None,
        inform_by: datetime | None = None,
        waits_for: str = "",
    ) -> None:
        """Write a new state; a ticket that ends loses its moment, an open one must have all three.

        Where the service class asks for something before the moment given, that is the step and the moment.  A request
        whose refusal is in appeal neither ends nor waits for its client.
        `inform_by` is the end of a silence that the client was not told of, `waits_for` a third party.
        """
        if status not in OUR_MOVE:
            self.overtake_refusal(Overtaken.TURNED, by=by)
            self.overtake_held(Overtaken.TURNED, by=by)
        if self.appealed:
            next_step, due_at = self.kept_by_appeal(status, next_step, due_at)
        self.inform_by, self.waits_for = inform_by, waits_for[:120]
        self.remind_at = due_at if status == Status.PENDING_CLIENT else None
        if due_at:
            moment = Moment(next_step, note, due_at, due_from or clock.now())
            nearest = terms.current().nearest(self, status, moment)
            next_step, due_at, due_from = nearest.step, nearest.due, nearest.since
        was, self.status = self.status, status
        if status != Status.PENDING_CLIENT:
            self.reminded = 0
        self.next_step, self.next_note = next_step, note[:300]
        self.due_at, self.due_from = due_at, due_from
        self.ended_at = None if due_at else (self.ended_at or clock.now())
        if was == Status.SCHEDULED and self.pk:
            self._end_schedules()
        if was != status and self.pk:
            self.tell(events.StatusChanged(ticket_id=self.pk, status=status, was=was), by)

    def keep(self: "Ticket") -> None:  # type: ignore[misc]
        """Save the row as the next version; only then is it news, so that reactions read what is true."""
        self.version += 1
        self.mind_partners()
        self._mind_the_queue()
        rows.update(self)
        news, self.unpublished = self.unpublished, []
        publish_all(news)

    def _mind_the_queue(self: "Ticket", *, anew: bool = False) -> None:  # type: ignore[misc]
        """Without an owner the queue of the line has it, but not for ever; other terms count anew."""
        if self.owner_id or not self.is_open:
            self.take_by = None
        elif self.take_by is None or anew:
            self.take_by = cadence.owner_due(self, clock.now())

    def tell(self: "Ticket", news: News, by: User | None = None) -> None:  # type: ignore[misc]
        """Remember what to publish as soon as the row is saved."""
        self.unpublished = [*self.unpublished, (news, by)]

    def owe_answer(self: "Ticket", since: datetime, *, by: User | None = None) -> None:  # type: ignore[misc]
        """The client waits for us since then: the answer's clock runs, a nearer promise stays the moment."""
        first = self.first_answer_at is None
        times = terms.current()
        due = times.first_answer_due(self, since) if first else times.next_answer_due(self, since)
        status = Status.NEW if first and self.status == Status.NEW else Status.OPEN
        self._turn_to_us(status, NextStep.ANSWER, "", due, since, by=by)

    def _turn_to_us(  # type: ignore[misc]
        self: "Ticket", status: str, step: str, note: str, due: datetime, since: datetime, *, by: User | None = None
    ) -> None:
        """It is our move by then; a nearer promise stays the moment."""
        promise = self.promises.current().first()
        if promise and promise.until < due:
            step, note, due, since = NextStep.KEEP_PROMISE, promise.what, promise.until, promise.at
        self.turn(status, step, note, due, since, by=by)

    @transaction.atomic
    def put_aside(self: "Ticket", step: PutAside, *, by: User) -> None:  # type: ignore[misc]
        """Nothing to do until a date; the ticket leaves the queue and wakes up by itself.

        Unless the client agreed they know nothing of it: then it comes back earlier, when they must hear from us.
        """
        self.lock()
        self.must_be_open()
        policies.check(step, clock.now())
        self.must_keep_promise(step)
        inform_by = self.silence_of(step)
        schedule = self.schedules.create(until=step.until, what=step.what, agreed=step.agreed, by=by)
        self.owner = self.owner or self.picked_by(by)
        self._lay_aside(step, inform_by, by=by)
        self.moves += 1
        self.keep()
        publish(
            events.TicketPutAside(
                ticket_id=self.pk,
                schedule_id=schedule.pk,
                until=step.until.isoformat(),
                what=step.what,
                whom=step.whom.strip(),
            ),
            by=by,
        )

    def _lay_aside(  # type: ignore[misc]
        self: "Ticket", step: PutAside, inform_by: datetime | None, *, by: User
    ) -> None:
        whom = step.whom.strip()
        self.turn(
            Status.SCHEDULED, NextStep.CONTINUE, step.what, step.until, by=by, inform_by=inform_by, waits_for=whom
        )

    def _end_schedules(self: "Ticket") -> None:  # type: ignore[misc]
        """What is not put aside any more has woken up; of a request that sleeps the newest postponement goes on."""
        standing = self.schedules.filter(woke_at=None, taken_back_at=None)
        newest = self._postponement() if self.status == Status.SCHEDULED else None
        standing.exclude(pk=newest.pk if newest else 0).update(woke_at=clock.now())

    @transaction.atomic
    def wake(self: "Ticket") -> bool:  # type: ignore[misc]
        """The moment has come: back into the queue, or a reminder to the client.  False when somebody was quicker."""
        self.lock()
        now = clock.now()
        if self.status not in ASLEEP or self.due_at is None or min(self.due_at, self.inform_by or self.due_at) > now:
            return False
        asked = self.next_step in (NextStep.UPDATE, NextStep.SOLVE)
        if self.status == Status.PENDING_CLIENT and not asked and self.mind_silence():
            self.keep()
            return True
        step, reason = self._woken_by(now)
        if reason == "news" and self.waiting_since:
            self.owe_answer(self.waiting_since)
        else:
            self._turn_to_us(Status.OPEN, step, self.next_note, terms.current().next_answer_due(self, now), now)
        self.returned = reason
        self.seat()
        self.keep()
        publish(events.TicketWoke(ticket_id=self.pk, reason=reason))
        return True

    def _woken_by(self: "Ticket", now: datetime) -> tuple[NextStep, str]:  # type: ignore[misc]
        """What is next, and why it comes back: what the class asked for stands before it as soon as it turns."""
        silent = self.status == Status.PENDING_CLIENT
        if not silent and self.due_at and self.due_at > now:
            return NextStep.UPDATE, "news"
        step, reason = (NextStep.REMIND, "silence") if silent else (NextStep.CONTINUE, "date")
        return step, "class" if self.next_step in (NextStep.UPDATE, NextStep.SOLVE) else reason

    def silence_of(self: "Ticket", step: PutAside) -> datetime | None:  # type: ignore[misc]
        """When the client must hear from us, if they are not told that it is put aside; None when they know.

        While we wait for a third party they hear from us as ever, although they know.  Raises Invalid when that is
        now: it would come back at once.
        """
        now = clock.now()
        ends = cadence.word_due(self, now) if step.agreed else cadence.silence_ends(self, now)
        if (step.agreed and not step.whom.strip()) or ends >= step.until:
            return None
        if ends <= now:
            raise Invalid(_("The client waits for an answer. Give it first, or agree the date with them."), "until")
        return ends

    def reopen(self: "Ticket", at: datetime, *, by: User | None = None) -> None:  # type: ignore[misc]
        """It is not over: back to the same owner while they are here; the clock of an answer runs."""
        was = self.status
        self.resolutions.filter(reopened_at=None, taken_back_at=None).update(reopened_at=at)
        self.refusals.filter(reopened_at=None, taken_back_at=None).update(reopened_at=at)
        self.status, self.ended_at = Status.OPEN, None
        self.seat()
        self.waiting_since = self.waiting_since or at
        self.reopened += 1
        self.returned = "reopened"
        self.owe_answer(at, by=by)
        self.tell(events.TicketReopened(ticket_id=self.pk, after=was), by)

    def raise_urgency(self: "Ticket", since: datetime) -> None:  # type: ignore[misc]
        """The client waits since then, and the answer is owed as soon as a first one."""
        now = clock.now()
        self.waiting_since = min(since, self.waiting_since or since)
        soon = terms.current().first_answer_due(self, now)
        if self.due_at is None or soon < self.due_at:
            self._turn_to_us(Status.OPEN, NextStep.ANSWER, "", soon, now)

    @transaction.atomic
    def reopen_by(self: "Ticket", by: User) -> None:  # type: ignore[misc]
        """An agent takes an ended ticket back to work."""
        self.lock()
        if self.is_open:
            raise Conflict(_("The ticket is open already."))
        if self.merged_into_id:
            raise Conflict(_("The ticket was joined to another one; undo that instead."))
        self.reopen(clock.now(), by=by)
        self.keep()

    @transaction.atomic
    def close(self: "Ticket", reason: str, *, by: User | None = None) -> None:  # type: ignore[misc]
        """End without an answer: nobody waits for one (spam, a machine).

        Raises Conflict where a date was promised, a visit is planned or a change is asked for: somebody waits; and
        before its parts ended.
        """
        self.lock()
        self.must_be_open()
        self.must_have_nothing_under_way()
        self.must_have_no_open_part()
        if self.promises.current().exists():
            raise Conflict(_("An answer is promised here. Answer first, or refuse with reasons."))
        self.waiting_since = None
        self.turn(Status.CLOSED, by=by)
        self.keep()
        publish(events.TicketClosed(ticket_id=self.pk, reason=reason), by=by)

    def must_keep_promise(self: "Ticket", step: PutAside | Wait) -> None:  # type: ignore[misc]
        """Nothing sleeps past a promised date.  Raises Invalid."""
        promise = self.promises.current().first()
        if promise and promise.until < step.until:
            raise Invalid(_("An answer is promised before that date; answer first or choose an earlier one."), "until")

    @property
    def under_way(self: "Ticket") -> set[str]:  # type: ignore[misc]
        """What goes on beside the talk and needs an end of its own: "visit", "change"."""
        visits = self.visits.open().order_by().values_list(Value("visit"))
        changes = self.changes.under_way().order_by().values_list(Value("change"))
        return {kind for (kind,) in visits.union(changes).order_by()}

    def must_have_nothing_under_way(self: "Ticket") -> None:  # type: ignore[misc]
        """Nobody goes to a client whose request is over, and no change is carried out for it.  Raises Conflict."""
        found = self.under_way
        if "visit" in found:
            raise Conflict(_("A visit is planned here: write what came of it, or that it does not take place."))
        if "change" in found:
            raise Conflict(_("A change is under way here: write what came of it, or take it back."))

    def must_stand(self: "Ticket") -> None:  # type: ignore[misc]
        """A ticket that goes on in another one is only read.  Raises Conflict."""
        if self.merged_into_id:
            raise Conflict(_("This request goes on in № %(number)s; write there.") % {"number": self.merged_into_id})

    def must_be_open(self: "Ticket") -> None:  # type: ignore[misc]
        self.must_stand()
        if not self.is_open:
            raise Conflict(_("The ticket has ended; reopen it first."))
