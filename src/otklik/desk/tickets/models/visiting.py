"""Going to the client: planning it, telling them, and what comes of it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets import events, letters, visit_calendar, visit_plan
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.answering import plain_value, revived
from otklik.desk.tickets.seen import must_be_as_seen
from otklik.desk.tickets.steps import PromiseDate
from otklik.desk.tickets.telling import tell
from otklik.desk.tickets.visit_plan import VisitPlan
from otklik.desk.tickets.wording import line_of, worded

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket, Visit

MOST = 50
LONGEST_LETTER = 20_000
TOLD = ("promise_id", "told_starts_at", "told_ends_at", "agreed")
"""What a letter about a visit changes on it."""


class Visiting:
    """Trait of the ticket: its visits.  One that the client was told of is a promise, and only coming keeps it."""

    @transaction.atomic
    def plan_visit(self: "Ticket", plan: VisitPlan, *, by: User | None) -> "Visit":  # type: ignore[misc]
        """Raises Invalid with the field to mend, Overlaps where somebody cannot be there."""
        from otklik.desk.tickets.models.visit import Visit

        self.lock()
        self.must_be_open()
        self._check_visit(plan, by)
        if self.visits.count() >= MOST:
            raise Invalid(_("A request has %(most)s visits at most.") % {"most": MOST}, "place")
        visit = Visit(ticket=self, by=by, starts_at=plan.starts_at, ends_at=plan.ends_at, **plan.words())
        visit.next_mark = visit.mark_after(clock.now())
        visit.save(force_insert=True)
        visit.people.set(plan.people)
        self._tell_of_visit(events.VisitPlanned, visit, by)
        return visit

    @transaction.atomic
    def replan_visit(  # type: ignore[misc]
        self: "Ticket", visit: "Visit", plan: VisitPlan, *, by: User | None, seen: str = ""
    ) -> None:
        """Another place, window or people; on another window the client has said nothing yet.

        `seen` is the stamp of the visit that its author had on screen.  Raises Invalid, Overlaps, Conflict.
        """
        self.lock()
        self._visit_ahead(visit, seen)
        self._check_visit(plan, by, visit)
        before = list(visit.people.all())
        if (visit.starts_at, visit.ends_at) != (plan.starts_at, plan.ends_at):
            visit.starts_at, visit.ends_at = plan.starts_at, plan.ends_at
            visit.agreed = visit.came_at = visit.missed_at = None
            visit.state = visit.State.PLANNED
            visit.next_mark = visit.mark_after(clock.now())
        for name, value in plan.words().items():
            setattr(visit, name, value)
        visit.save()
        visit.people.set(plan.people)
        gone = [one for one in before if one not in plan.people]
        self._tell_who_goes(visit, lambda: _("This visit is not yours any more: %(when)s, %(place)s"), by, gone)
        self._tell_of_visit(events.VisitReplanned, visit, by)

    @transaction.atomic
    def tell_visit(  # type: ignore[misc]
        self: "Ticket",
        visit: "Visit",
        *,
        by: User,
        text: str = "",
        why: str = "",
        key: str = "",
        seen: str = "",
    ) -> Message:
        """The client reads when who comes, with a file for their calendar; from now on it is a promise.

        `why` says why a date that they were told before moves; `key` and `seen` are those of `reply` and
        `replan_visit`.  Raises Invalid, Conflict.
        """
        self.lock()
        if key and (again := self._said_before(key)):
            return again
        self._visit_ahead(visit, seen)
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
        if self.undo:
            self.undo["visit"] = {name: plain_value(getattr(visit, name)) for name in TOLD} | {"pk": visit.pk}
            self.keep()
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
            self._tell_who_goes(visit, lambda: _("The time of the visit does not suit the client: %(when)s, %(place)s"))
        self.keep()
        publish(events.VisitAnswered(ticket_id=self.pk, visit_id=visit.pk, agreed=agreed))

    @property
    def visit_to_agree(self: "Ticket") -> "Visit | None":  # type: ignore[misc]
        """The one that lies ahead, as the client knows it, on which they have said nothing yet."""
        now, open_ = clock.now(), self.visits.open().select_related("promise")
        return next((one for one in open_ if one.may_be_agreed(now)), None)

    def _visit_again(self: "Ticket", visit: "Visit") -> None:  # type: ignore[misc]
        """Its present values, read under the lock of the ticket."""
        self.must_stand()
        if not self.visits.filter(pk=visit.pk).exists():
            raise Conflict(_("This visit is of another request."))
        visit.refresh_from_db()
        visit.ticket = self

    def _visit_ahead(self: "Ticket", visit: "Visit", seen: str) -> None:  # type: ignore[misc]
        """As `_visit_again`, of one that is not over and that the person saw as it is."""
        self._visit_again(visit)
        if visit.is_over:
            raise Conflict(_("This visit is over."))
        must_be_as_seen(visit.stamp, seen)

    def _untell_visit(self: "Ticket", was: dict[str, Any]) -> None:  # type: ignore[misc]
        """The letter about it is taken back: the client knows what they knew before."""
        values = {name: revived(name, was[name]) for name in TOLD}
        self.visits.filter(pk=was["pk"]).update(**values)

    def forget_who_was_told(self: "Ticket") -> None:  # type: ignore[misc]
        """The request is of another client, who was told of no visit: no date of one is promised to them."""
        for visit in self.visits.open().exclude(told_starts_at=None).select_related("promise"):
            self._release_visit(visit)
            if visit.state == visit.State.CONFIRMED:
                visit.state = visit.State.PLANNED
            visit.told_starts_at = visit.told_ends_at = visit.agreed = None
            visit.save(update_fields=["told_starts_at", "told_ends_at", "agreed", "state"])
        self._face_promise(None)

    def _check_visit(  # type: ignore[misc]
        self: "Ticket", plan: VisitPlan, by: User | None, beside: "Visit | None" = None
    ) -> None:
        visit_plan.check(plan, clock.now())
        for person in plan.people:
            if not self._may_do(person):
                raise Invalid(_("This person may not see the request."), "people")
        visit_plan.check_free(plan, letters.zone_of(self), by, beside)

    def _tell_of_visit(  # type: ignore[misc]
        self: "Ticket", news: "type[events.VisitNews]", visit: "Visit", by: User | None
    ) -> None:
        people = [person.pk for person in visit.people.all()]
        starts, ends = visit.starts_at.isoformat(), visit.ends_at.isoformat()
        told = {"place": visit.place, "starts": starts, "ends": ends, "people": people}
        self._tell_who_goes(visit, lambda: _("A visit is yours: %(when)s, %(place)s"), by)
        publish(news(ticket_id=self.pk, visit_id=visit.pk, **told), by=by)  # type: ignore[arg-type]

    def _tell_who_goes(  # type: ignore[misc]
        self: "Ticket",
        visit: "Visit",
        words: Callable[[], str],
        by: User | None = None,
        people: "Iterable[User] | None" = None,
    ) -> None:
        zone = letters.zone_of(self)
        others = [one for one in (visit.people.all() if people is None else people) if one != by]
        tell(
            others,
            lambda: words() % {"when": letters.window(visit, zone), "place": visit.place},
            kind=NoticeKind.VISIT,
            about_id=self.pk,
        )
