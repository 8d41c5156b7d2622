"""Appeals against refusals: the client does not agree, and somebody who has not refused decides by a date."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels.port import Incoming, IncomingFile
from otklik.desk.clients.purposes import Purpose
from otklik.desk.conversations.letters import address_of, may_contact_now, may_write_automatically
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.models.message import MessageQuerySet, has_not_left
from otklik.desk.tickets import approving, events, letters, policies
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models.appeal import Appeal
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.held_answer import HeldAnswer
from otklik.desk.tickets.models.refusal_request import RefusalRequest
from otklik.desk.tickets.models.states import ASLEEP, ENDED, NextStep, Status
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Step, Uphold
from otklik.desk.tickets.telling import tell
from otklik.desk.tickets.wording import worded

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Refusal, Ticket

LONGEST = 10_000
"""Letters of an appeal, and of the reasons of a decision."""
State = Appeal.State


@dataclass(frozen=True)
class WayToAppeal:
    """The refusal of a request, until when the client may appeal against it, and the appeal if there is one."""

    refusal: "Refusal"
    ends: datetime
    appeal: Appeal | None

    @property
    def is_over(self) -> bool:
        return self.appeal is None and clock.now() > self.ends

    def must_be_in_time(self, at: datetime) -> None:
        """Raises Conflict with what can be done instead."""
        if at > self.ends:
            raise Conflict(
                _("The time to appeal against this refusal is over. Write a new request: a person reads it.")
            )


class Appealing:
    """Trait of the ticket: appeals against its refusals."""

    def way_to_appeal(self: "Ticket") -> WayToAppeal | None:  # type: ignore[misc]
        """None where nothing was refused to whoever is the client now, the matter was solved since, the line takes no
        appeals or nobody is left who could decide.

        A refusal by the rule of a restriction has a review of its own.  Most requests cost no statement.
        """
        if not (self.appealed or self.status == Status.REFUSED or self.reopened):
            return None
        told = self.refusals.filter(taken_back_at=None).exclude(has_not_left("message__"))
        beside = ("by", "message", "appeal__message", "appeal__holder", "appeal__decided_by")
        refusal = told.select_related(*beside).order_by("-id").first()
        if refusal is None or refusal.by is None or not self._is_theirs(refusal):
            return None
        appeal = getattr(refusal, "appeal", None)
        habits = Habits.objects.of_line(self.team_id)
        if appeal is None and not (habits.appeals and self._stands_refused(refusal) and self._could_decide(refusal)):
            return None
        return WayToAppeal(refusal, refusal.at + timedelta(days=habits.appeal_days), appeal)

    def _is_theirs(self: "Ticket", refusal: "Refusal") -> bool:  # type: ignore[misc]
        """It was told to the client of today, and so was what they said against it: the request may have changed
        hands, and nobody reads the words of another one.
        """
        from otklik.desk.tickets.access import ClientsView

        appeal: Appeal | None = getattr(refusal, "appeal", None)
        said = (refusal.message, appeal.message if appeal else None)
        view = ClientsView.of(self)
        return all(view.covers(message) for message in said if message is not None)

    def _stands_refused(self: "Ticket", refusal: "Refusal") -> bool:  # type: ignore[misc]
        """It holds, or the request is open since the client came back: what we wrote them meanwhile takes nothing from
        their time, a solution does.
        """
        if self.status == Status.REFUSED:
            return True
        if not self.is_open or refusal.reopened_at is None:
            return False
        if self.resolutions.filter(taken_back_at=None, at__gt=refusal.at).exists():
            return False
        return (self.is_our_move and self.waiting_since is not None) or self._said_since(refusal).exists()

    def _said_since(self: "Ticket", refusal: "Refusal") -> MessageQuerySet:  # type: ignore[misc]
        """Words of the client of today, and of nobody else, since the refusal."""
        heard = self.conversation.messages.public().from_people()
        return heard.filter(direction="in", contact=self.contact_id, at__gt=refusal.at)

    def _could_decide(self: "Ticket", refusal: "Refusal") -> bool:  # type: ignore[misc]
        return bool(self._deciders_without(refusal.by, self._approver_of(refusal)))

    def _approver_of(self: "Ticket", refusal: "Refusal") -> User | None:  # type: ignore[misc]
        """The lead who approved it, or who released it where somebody in training wrote it: no letter is both."""
        if not refusal.message_id:
            return None
        letter = {"ticket": self, "message": refusal.message_id}
        asked = RefusalRequest.objects.filter(**letter, state=RefusalRequest.State.APPROVED)
        held = HeldAnswer.objects.filter(**letter, state=HeldAnswer.State.RELEASED)
        seen = asked.select_related("decided_by").first() or held.select_related("decided_by").first()
        return seen.decided_by if seen else None

    def _deciders_without(self: "Ticket", *barred: User | None) -> list[User]:  # type: ignore[misc]
        """Who may decide here; nobody who is protected from this client is asked to write to them."""
        shielded = User.objects.filter(pk__in=self.closed_to) if self.closed_to else ()
        return approving.deciders(self.team_id, *(one for one in barred if one), *shielded)

    def appeal_offered(self: "Ticket", by: User, *, approved: bool, released: bool) -> str:  # type: ignore[misc]
        """How to appeal against a refusal that is being written; "" where the line takes none or nobody could decide.

        `approved`, `released`: somebody has just let it go, who does not decide either.  In the language spoken now.
        """
        asked = self.refusal_requests.filter(state=RefusalRequest.State.APPROVED) if approved else None
        held = self.held_answers.filter(state=HeldAnswer.State.RELEASED) if released else None
        seen = [rows.select_related("decided_by").order_by("-id").first() for rows in (asked, held) if rows is not None]
        return self.words_of_appeal(by, *(one.decided_by for one in seen if one))

    def words_of_appeal(self: "Ticket", by: User, *seen_by: User | None) -> str:  # type: ignore[misc]
        """What a refusal by this person says of an appeal where `seen_by` have let it go; as `appeal_offered`."""
        part = letters.appeal_part(self)
        return part if part and self._deciders_without(by, *seen_by) else ""

    def appeal_depends(self: "Ticket", by: User, step: Refuse | None = None) -> bool:  # type: ignore[misc]
        """Whoever lets the refusal go first may be the only one who could decide on an appeal: then it names none."""
        reasons, under = Habits.objects.of_line(self.team_id).approved_reasons, self.traineeship_of(by)
        found = self._deciders_without(by) if under or (step.reason in reasons if step else reasons) else []
        if len(found) != 1 or self._deciders_without(by, found[0]):
            return False
        return approving.may_decide(found[0], self.team_id, by) or bool(under and under.curator_id == found[0].pk)

    def refusal_letter(  # type: ignore[misc]
        self: "Ticket", text: str, step: Refuse, *, by: User, seen_by: User | None = None
    ) -> str:
        """A refusal as the client would read it, in their language: all of its parts, as far as they are written."""
        with translation.override(letters.language_of(self)):
            return policies.letter_text(text, step, self.words_of_appeal(by, seen_by))

    @transaction.atomic
    def appeal(  # type: ignore[misc]
        self: "Ticket", text: str, *, files: Sequence[IncomingFile] = (), key: str = ""
    ) -> Appeal:
        """The client does not agree, on their own page; `key` makes a double click say it once.

        The request opens again, also when their way back is over.  Raises Invalid without words, Conflict where there
        is no refusal, its time is over or it is looked at already.
        """
        text = worded(text, LONGEST, "text")
        if not text:
            raise Invalid(_("Write why you do not agree."), "text")
        self.lock_standing()
        told = f"portal:appeal:{key[:64]}" if key else ""
        if told and (again := self.appeals.filter(message__external_id=told).first()):
            return again
        way = self._must_have_way()
        way.must_be_in_time(clock.now())
        contact = self.contact
        incoming = Incoming(
            external_id=told,
            sender=contact.email,
            sender_name=contact.name,
            subject=self.subject,
            text=text,
            files=files,
        )
        message = self.conversation.hear(incoming, contact, inbound_id=None, at=clock.now())
        self.hear(message, appeals=True)
        return self._open_appeal(way.refusal, text, message, None)

    @transaction.atomic
    def mark_appeal(self: "Ticket", *, by: User, text: str = "") -> Appeal:  # type: ignore[misc]
        """What the client wrote last is an appeal, says a colleague; `text` is what they said where it is no letter.

        Raises Conflict where there is no refusal, nothing was written since, its time is over or there is one already.
        """
        self.lock()
        text = worded(text, LONGEST, "text")
        way = self._must_have_way()
        last = None if text else self._said_since(way.refusal).order_by("-id").first()
        if last is None and not text:
            raise Conflict(_("The client has written nothing since the refusal: there is nothing to mark."))
        way.must_be_in_time(last.at if last else clock.now())
        if not self.is_open:
            self.reopen(clock.now(), by=by)
            self.keep()
        words = text or (last and (last.new_text.strip() or last.preview)) or ""
        return self._open_appeal(way.refusal, words, last, by)

    @transaction.atomic
    def grant_appeal(self: "Ticket", number: int, *, by: User, words: str, then: Step) -> Message:  # type: ignore[misc]
        """The refusal is taken back: the client reads why and what happens next, a promised date or what we wait for.

        Raises Conflict when somebody was quicker or may not decide, Invalid without reasons or a next step.
        """
        if not isinstance(then, (PromiseDate, PutAside)):
            raise Invalid(_("Say what happens next: promise a date, or until when it is put aside."), "next")
        return self._decide_appeal(number, State.GRANTED, words, then, by)

    @transaction.atomic
    def uphold_appeal(self: "Ticket", number: int, *, by: User, words: str) -> Message:  # type: ignore[misc]
        """The refusal stands, with an explanation; raises what `grant_appeal` does."""
        return self._decide_appeal(number, State.UPHELD, words, Uphold(), by)

    def _decide_appeal(  # type: ignore[misc]
        self: "Ticket", number: int, state: str, words: str, then: Step, by: User
    ) -> Message:
        words = worded(words, LONGEST, "words")
        if not words:
            raise Invalid(_("Explain the decision in the client's words."), "words")
        appeal = self._appeal_to_decide(number, by)
        then = self._moved_by(then, words)
        appeal.end(state, by=by, words=words)
        self.appealed = None
        self.keep()  # the reply reads the row anew
        granted = state == State.GRANTED
        with translation.override(letters.language_of(self)):
            body = letters.decision_of(appeal)
        message = self.reply(body, by=by, then=then, approved=True, released=True)
        self.undo = None  # a decision is not taken back by taking back its letter
        self.keep()
        appeal.answer = message
        appeal.save(update_fields=["answer"])
        told = {"number": self.number, "name": by.name}
        said = (
            gettext_lazy("№ %(number)s: %(name)s has granted the appeal, the refusal is taken back")
            if granted
            else gettext_lazy("№ %(number)s: %(name)s has decided that the refusal stands")
        )
        people = [one for one in {*appeal.barred, *([self.owner] if self.owner else [])} if one != by and one.is_active]
        tell(
            sorted(people, key=lambda one: one.pk), lambda: str(said) % told, kind=NoticeKind.RETURNED, about_id=self.pk
        )
        publish(events.AppealDecided(ticket_id=self.pk, appeal_id=appeal.pk, granted=granted, words=words[:300]), by=by)
        return message

    def _moved_by(self: "Ticket", then: Step, words: str) -> Step:  # type: ignore[misc]
        """A date that was promised meanwhile moves by the decision, which is the reason."""
        standing = self.promises.current().first() if isinstance(then, PromiseDate) and not then.why else None
        moves = standing and clock.now() <= standing.until < then.until  # type: ignore[union-attr]
        return replace(then, why=words[:300]) if moves else then  # type: ignore[arg-type]

    def _appeal_to_decide(self: "Ticket", number: int, by: User) -> Appeal:  # type: ignore[misc]
        """Under the lock of the ticket: of two leads one decides."""
        self.lock()
        people = ("decided_by", "refused_by", "approved_by")
        appeal = self.appeals.select_related(*people).filter(pk=number).first()
        if appeal is None or not appeal.is_open:
            if appeal and appeal.decided_by:
                raise Conflict(_("%(name)s has decided on it already.") % {"name": appeal.decided_by.name})
            raise Conflict(_("There is nothing to decide any more."))
        if not may_decide(by, appeal, self):
            raise Conflict(_("A lead of the line decides on it, and never whoever has refused."))
        return appeal

    def pass_appeal_on(self: "Ticket") -> None:  # type: ignore[misc]
        """Its line is another one, or who held it does not decide here any more: somebody else holds it, with the same
        date.  Nothing happens where none is open, without a statement.
        """
        if not self.appealed:
            return
        appeal = self.appeals.select_related("holder", "refused_by", "approved_by").get(pk=self.appealed or 0)
        if appeal.holder and may_decide(appeal.holder, appeal, self):
            return
        appeal.holder = _least_loaded(self._deciders_without(*appeal.barred))
        appeal.save(update_fields=["holder"])
        self._tell_holder(appeal)
        people = [appeal.holder.pk] if appeal.holder else []
        publish(events.AppealPassedOn(ticket_id=self.pk, appeal_id=appeal.pk, people=people))

    def kept_by_appeal(  # type: ignore[misc]
        self: "Ticket", status: str, step: str, due: datetime | None
    ) -> tuple[str, datetime]:
        """(next step, moment) of a request in appeal: it neither ends nor waits for its client, and nothing of it comes
        after the decision.

        Raises Conflict and Invalid.  Whoever asks knows that an appeal is open.
        """
        if status in ENDED or due is None:
            raise Conflict(_("An appeal against the refusal is open here: a lead decides on it first."))
        until = self.appeals.values_list("until", flat=True).get(pk=self.appealed or 0)
        if status == Status.PENDING_CLIENT:
            raise Invalid(_("An appeal is open here: promise a date instead of waiting for the client."), "next")
        if status in ASLEEP and due > until:
            raise Invalid(_("An appeal is decided before that date; choose an earlier one."), "until")
        return (step, due) if due <= until else (NextStep.CONTINUE, until)

    def _must_have_way(self: "Ticket") -> WayToAppeal:  # type: ignore[misc]
        """Raises Conflict where there is nothing to appeal against, or somebody did."""
        self.must_stand()
        way = self.way_to_appeal()
        if way is None:
            raise Conflict(_("There is no refusal here that one could appeal against."))
        if way.appeal:
            raise Conflict(
                _("The appeal is being looked at already.")
                if way.appeal.is_open
                else _("The appeal is decided already.")
            )
        return way

    def _open_appeal(  # type: ignore[misc]
        self: "Ticket", refusal: "Refusal", text: str, message: Message | None, by: User | None
    ) -> Appeal:
        now, habits = clock.now(), Habits.objects.of_line(self.team_id)
        assert refusal.by is not None
        approver = self._approver_of(refusal)
        appeal = self.appeals.create(
            refusal=refusal,
            text=text[:LONGEST],
            message=message,
            marked_by=by,
            at=now,
            until=self.team.calendar.working_time().add_business_days(now, habits.appeal_decided_in),
            holder=_least_loaded(self._deciders_without(refusal.by, approver)),
            refused_by=refusal.by,
            approved_by=approver,
        )
        self.appealed, self.undo = appeal.pk, None
        self.refusals.filter(pk=refusal.pk, reopened_at=None).update(reopened_at=now)
        if letter := self._tell_client(appeal):
            self.informed_at, self.waiting_since = now, None
            self.first_answer_at = self.first_answer_at or now
            self.tell(events.Informed(ticket_id=self.pk, message_id=letter.pk))
            self._turn_to_us(Status.OPEN, NextStep.CONTINUE, "", appeal.until, now, by=by)
        elif not self.is_our_move:
            self._turn_to_us(Status.OPEN, NextStep.CONTINUE, "", appeal.until, now, by=by)
        else:
            assert self.due_at and self.due_from
            self._turn_to_us(Status.OPEN, self.next_step, self.next_note, self.due_at, self.due_from, by=by)
        self._tell_holder(appeal)
        self.tell(
            events.AppealMade(
                ticket_id=self.pk,
                appeal_id=appeal.pk,
                until=appeal.until.isoformat(),
                people=[appeal.holder.pk] if appeal.holder else [],
            ),
            by,
        )
        self.keep()
        return appeal

    def _tell_client(self: "Ticket", appeal: Appeal) -> Message | None:  # type: ignore[misc]
        """At once who decides and by when; None where no machine may write, and then the client waits for us."""
        address = address_of(self.conversation)
        if not address or self.sender_doubtful or not may_write_automatically(address, acknowledgement=False):
            return None
        if not may_contact_now(self.contact, Purpose.RECEIPT).allowed:
            return None
        with translation.override(letters.language_of(self)):
            subject, text = letters.appeal_received(appeal)
            return self._notify(subject, text, address, purpose=Purpose.RECEIPT)

    def _tell_holder(self: "Ticket", appeal: Appeal) -> None:  # type: ignore[misc]
        """Whoever holds it; all who may decide where nobody does."""
        told = {"number": self.number}
        words = gettext_lazy("№ %(number)s: the client does not agree with the refusal, you decide on the appeal")
        if appeal.holder:
            about = {"about": "appeals", "about_id": appeal.pk}
            tell([appeal.holder], lambda: str(words) % told, kind=NoticeKind.APPROVAL, **about)  # type: ignore[arg-type]


def may_decide(user: User, appeal: Appeal, ticket: "Ticket") -> bool:
    """Leads of the line, deputies of absent ones, the head; never whoever refused, approved or released the refusal,
    nor who is protected from the client.
    """
    if user in appeal.barred or user.pk in ticket.closed_to:
        return False
    return approving.may_decide(user, ticket.team_id, appeal.refused_by)


def _least_loaded(people: list[User]) -> User | None:
    """Who holds the fewest; one statement where there is a choice."""
    if len(people) < 2:
        return people[0] if people else None
    held = Appeal.objects.open().filter(holder__in=people).order_by().values_list("holder").annotate(n=Count("pk"))
    loads = dict(held)
    return min(people, key=lambda one: (loads.get(one.pk, 0), one.pk))
