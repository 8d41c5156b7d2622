"""Refusals that a lead sees before the client: asked for, approved, returned, overtaken."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import placed
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.conversations.models.draft import HELD
from otklik.desk.tickets import approving, events, terms
from otklik.desk.tickets.errors import Conflict, Invalid, Unapproved
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.models.held_answer import HeldAnswer
from otklik.desk.tickets.models.refusal_request import Overtaken, RefusalRequest
from otklik.desk.tickets.models.states import NextStep, Status
from otklik.desk.tickets.steps import Refuse
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

DECIDE_WITHIN = timedelta(hours=4)
"""Business time of the line."""
State = RefusalRequest.State


class Refusing:
    """Trait of the ticket: its refusals that wait for the word of a lead."""

    def needs_approval(self: "Ticket", step: Refuse) -> bool:  # type: ignore[misc]
        """By the habits of its line."""
        return step.reason in Habits.objects.of_line(self.team_id).approved_reasons

    def must_need_no_approval(self: "Ticket", step: Refuse) -> None:  # type: ignore[misc]
        if self.needs_approval(step):
            raise Unapproved(_("A lead sees a refusal with this reason before the client does."), "reason")

    @transaction.atomic
    def ask_to_refuse(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        *,
        by: User,
        step: Refuse,
        seen: int | None = None,
        key: str = "",
        files: Sequence[Attachment] = (),
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        history: bool = False,
        via: Channel | None = None,
        drafted: bool = False,
        base: str | None = None,
    ) -> RefusalRequest:
        """Keep the refusal for a lead instead of sending it; it stays our move, with a moment of its own.

        Takes and raises what `reply` does; `key` makes a repeated request return the first one.  Raises Conflict where
        one waits already, Invalid where nobody but its author could decide.
        """
        self.lock()
        if key and (again := self.refusal_requests.filter(key=key, asked_by=by).first()):
            return again
        self.must_be_open()
        if self.refusal_asked:
            raise Conflict(_("A refusal of this request waits for a lead already."))
        if self.held_answer:
            raise Conflict(_("An answer in this request waits for release already: withdraw it to change it."))
        to = self._must_be_sendable(text, step, files, seen, by, to)
        people = approving.deciders(self.team_id, by)
        if not people:
            raise Invalid(_("Nobody but you could approve it: the head or a lead is needed."), "reason")
        now = clock.now()
        asked = self.refusal_requests.create(
            asked_by=by,
            at=now,
            until=self.team.calendar.working_time().due(now, DECIDE_WITHIN.total_seconds()),
            reason=step.reason,
            explanation=step.explanation.strip(),
            alternatives=step.offers,
            consulted=step.consulted,
            text=text.strip(),
            to=to,
            cc=list(cc),
            files=[file.key for file in files],
            history=history,
            via=via,
            key=key[:100],
        )
        self.owner = self.owner or self.picked_by(by)
        self.refusal_asked = asked.pk
        if drafted:
            Draft.objects.forget_seen(self.conversation_id, by, base, key or "")
        self._hold_files(asked)
        due = min(asked.until, self.due_at) if self.due_at and self.is_our_move else asked.until
        self._turn_to_us(Status.OPEN, NextStep.ANSWER, "", due, now, by=by)
        self.keep()
        self._tell_deciders(asked, people)
        publish(
            events.RefusalAsked(
                ticket_id=self.pk,
                request_id=asked.pk,
                reason=asked.reason,
                until=asked.until.isoformat(),
                people=[person.pk for person in people],
            ),
            by=by,
        )
        return asked

    @transaction.atomic
    def approve_refusal(  # type: ignore[misc]
        self: "Ticket", number: int, *, by: User, words: str = ""
    ) -> Message:
        """It leaves in the name of its author, as written or with the lead's words below.

        Raises Conflict when somebody was quicker, it was overtaken, or its author does not work here any more.
        """
        asked = self._to_decide(number, by)
        author = asked.asked_by
        if not (author.is_active and author.answers):
            told = {"name": author.name}
            raise Conflict(_("%(name)s does not answer clients any more: return it, somebody else answers.") % told)
        asked.end(State.APPROVED, by=by, words=words)
        self.refusal_asked = None
        self.keep()  # the reply reads the row anew
        self._release_files(asked)
        files = Attachment.objects.unsent(self.conversation, author, [str(key) for key in asked.files])
        publish(events.RefusalApproved(ticket_id=self.pk, request_id=asked.pk, words=asked.words), by=by)
        message = self.reply(
            "\n\n".join(filter(None, [asked.text, asked.words])),
            by=author,
            then=asked.step,
            files=files,
            to=asked.to,
            cc=asked.cc,
            history=asked.history,
            via=asked.via,
            approved=True,
        )
        asked.message = message
        asked.save(update_fields=["message"])
        self._tell_author(asked, gettext_lazy("№ %(number)s: %(name)s has approved the refusal, it is sent"), by)
        return message

    @transaction.atomic
    def return_refusal(self: "Ticket", number: int, *, by: User, words: str) -> None:  # type: ignore[misc]
        """Not so: its author reads why and has the text as a draft again.  Raises Conflict, Invalid without words."""
        if not words.strip():
            raise Invalid(_("Say what is to be done instead."), "words")
        asked = self._to_decide(number, by)
        self.refusal_asked = None
        asked.end(State.RETURNED, by=by, words=words)
        self._bring_back(asked)
        self._owe_again(by)
        self.keep()
        self._tell_author(asked, gettext_lazy("№ %(number)s: %(name)s has returned the refusal: %(words)s"), by)
        told = events.RefusalReturned(
            ticket_id=self.pk, request_id=asked.pk, words=asked.words[:300], people=[asked.asked_by_id]
        )
        publish(told, by=by)

    @transaction.atomic
    def withdraw_refusal(self: "Ticket", *, by: User) -> None:  # type: ignore[misc]
        """Whoever works on the request thinks better of it; the author has the text as a draft again."""
        self.lock()
        if not self.refusal_asked:
            raise Conflict(_("No refusal of this request waits for a lead any more."))
        self.overtake_refusal(Overtaken.WITHDRAWN, by=by)
        self._owe_again(by)
        self.keep()

    def overtake_refusal(self: "Ticket", why: Overtaken, *, by: User | None = None) -> bool:  # type: ignore[misc]
        """What happens now is stronger than a refusal that waits; its author and the leads hear of it.

        Its text is a draft again, whoever answered: nobody writes such a letter twice because it was not needed once.

        The row is held by whoever calls, who saves it.  False where none waited, without a statement.
        """
        if not self.refusal_asked:
            return False
        asked = self.refusal_requests.select_related("asked_by").get(pk=self.refusal_asked)
        self.refusal_asked = None
        asked.end(State.OVERTAKEN, why=why)
        self._bring_back(asked)
        leads = [one for one in approving.deciders(self.team_id, asked.asked_by) if one != by]
        told = {"number": self.number, "why": why.label}
        words = gettext_lazy("№ %(number)s: the refusal needs no decision any more, %(why)s")
        tell(leads, lambda: str(words) % told, kind=NoticeKind.APPROVAL, about_id=self.pk)
        authors = [] if why == Overtaken.WITHDRAWN and by == asked.asked_by else [asked.asked_by]
        own = gettext_lazy("№ %(number)s: the refusal needs no decision any more, %(why)s; its text is a draft again")
        tell(authors, lambda: str(own) % told, kind=NoticeKind.RETURNED, about_id=self.pk)
        people = [*leads, *authors]
        numbers = [person.pk for person in people]
        self.tell(events.RefusalOvertaken(ticket_id=self.pk, request_id=asked.pk, why=why, people=numbers), by)
        return True

    def pass_refusal_on(self: "Ticket") -> None:  # type: ignore[misc]
        """The request is in another line now, whose leads decide on a refusal that waits."""
        if self.refusal_asked:
            asked = self.refusal_requests.select_related("asked_by").get(pk=self.refusal_asked)
            self._tell_deciders(asked, approving.deciders(self.team_id, asked.asked_by))

    def _tell_deciders(self: "Ticket", asked: RefusalRequest, people: list[User]) -> None:  # type: ignore[misc]
        told = {"number": self.number, "name": asked.asked_by.name}
        words = gettext_lazy("№ %(number)s: %(name)s asks you to approve a refusal")
        tell(people, lambda: str(words) % told, kind=NoticeKind.APPROVAL, about="refusals", about_id=asked.pk)

    def refusal_keeps(self: "Ticket", key: str) -> bool:  # type: ignore[misc]
        """The letter with this key waits for a lead."""
        return self.refusal_asked is not None and self.refusal_requests.filter(pk=self.refusal_asked, key=key).exists()

    def _to_decide(self: "Ticket", number: int, by: User) -> RefusalRequest:  # type: ignore[misc]
        """Under the lock of the ticket: of two leads one decides, and a client's word comes before both."""
        self.lock()
        asked = self.refusal_requests.select_related("asked_by", "decided_by", "via").filter(pk=number).first()
        if asked is None or not asked.is_waiting:
            if asked and asked.decided_by:
                raise Conflict(_("%(name)s has decided on it already.") % {"name": asked.decided_by.name})
            why = f" ({asked.get_why_display()})" if asked and asked.why else ""
            raise Conflict(_("There is nothing to decide any more.") + why)
        if not approving.may_decide(by, self.team_id, asked.asked_by):
            raise Conflict(_("A lead of the line decides on it, and never its author."))
        return asked

    def _owe_no_decision(self: "Ticket") -> None:  # type: ignore[misc]
        """Of a row as it was before an act: a refusal that is over has no moment by which it is to be decided."""
        over = self.refusal_requests.exclude(state=State.WAITING)
        if self.is_our_move and self.due_from and over.filter(at=self.due_from).exists():
            self._owe_again()

    def _owe_again(self: "Ticket", by: User | None = None) -> None:  # type: ignore[misc]
        """The client hears from us after all."""
        now = clock.now()
        if self.waiting_since:
            return self.owe_answer(self.waiting_since, by=by)
        due = terms.current().next_answer_due(self, now)
        return self._turn_to_us(Status.OPEN, NextStep.ANSWER, "", due, now, by=by)

    def _tell_author(  # type: ignore[misc]
        self: "Ticket", asked: RefusalRequest, words: LazyText, by: User
    ) -> None:
        told = {"number": self.number, "name": by.name, "words": asked.words}
        tell([asked.asked_by], lambda: str(words) % told, kind=NoticeKind.RETURNED, about_id=self.pk)

    def _hold_files(self: "Ticket", asked: RefusalRequest | HeldAnswer) -> None:  # type: ignore[misc]
        """Uploads of an unsent letter live as long as a draft that names them."""
        if asked.files:
            form = {"files": [str(key) for key in asked.files]}
            Draft.objects.keep(self.conversation, asked.asked_by, HELD, "", form)

    def _release_files(self: "Ticket", asked: RefusalRequest | HeldAnswer) -> None:  # type: ignore[misc]
        if asked.files:
            Draft.objects.forget(self.conversation_id, asked.asked_by, HELD)

    def _bring_back(self: "Ticket", asked: RefusalRequest | HeldAnswer) -> None:  # type: ignore[misc]
        """The author's text is a draft again, with all that was chosen."""
        self._release_files(asked)
        beside = {str(key) for key in asked.files} - set(placed.keys_in(asked.text))  # the text names the others
        form = {**asked.plain, "to": asked.to, "cc": asked.cc, "files": sorted(beside)}
        if asked.via_id:
            form["via"] = asked.via_id
        if asked.history:
            form["history"] = True
        Draft.objects.bring_back(self.conversation, asked.asked_by, Draft.Mode.REPLY, asked.text, form)
