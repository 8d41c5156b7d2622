"""Answers of people in training: kept for their curator, released, returned, withdrawn, overtaken (UI-41)."""

import logging
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import talk_on
from otklik.desk.clients.models.address import is_of_messenger
from otklik.desk.conversations import placed
from otklik.desk.conversations.letters import address_of
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets import events, wordwise
from otklik.desk.tickets.errors import Conflict, Invalid, Unreleased
from otklik.desk.tickets.models.held_answer import HeldAnswer
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.states import NextStep, Status
from otklik.desk.tickets.models.traineeship import Traineeship
from otklik.desk.tickets.steps import Step, plain
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

State = HeldAnswer.State
logger = logging.getLogger(__name__)


class Releasing:
    """Trait of the ticket: answers that a curator reads first.

    `reply` itself refuses what such a person writes (`must_need_no_release`), so there is no way round; `hand_in` is
    the verb of everybody: it sends, or keeps the answer for the curator.
    """

    def traineeship_of(  # type: ignore[misc]
        self: "Ticket", by: User, via: Channel | None = None, to: Sequence[str] = ()
    ) -> Traineeship | None:
        """By which the answer of this person waits; None in a live talk, where a curator looks along and whispers.

        What leaves decides, not what the request came by: to an address of mail it is a letter.
        """
        found: Traineeship | None = Traineeship.objects.of(by)
        return found if found and not self._is_said_live(via, to) else None

    def _is_said_live(self: "Ticket", via: Channel | None, to: Sequence[str]) -> bool:  # type: ignore[misc]
        """In a chat, to somebody who is there: whoever has closed the window gets by letter what they did not read."""
        talk = talk_on(via.kind if via else self.channel_kind)
        if not talk.is_chat or not all(is_of_messenger(one) for one in to):
            return False
        if not talk.on_site or talk.reach is None:
            return True
        there = talk.reach(to[0] if to else address_of(self.conversation, via))
        return there is not None and there.is_here

    def must_need_no_release(  # type: ignore[misc]
        self: "Ticket", by: User, via: Channel | None = None, to: Sequence[str] = ()
    ) -> None:
        """Raises Unreleased."""
        if found := self.traineeship_of(by, via, to):
            raise _unreleased(found)

    def must_be_in_no_training(self: "Ticket", by: User) -> None:  # type: ignore[misc]
        """Of what is never said in a live talk.  Raises Unreleased."""
        if found := Traineeship.objects.of(by):
            raise _unreleased(found)

    def hand_in(  # type: ignore[misc]
        self: "Ticket", text: str, *, by: User, then: Step, **letter: Any
    ) -> Message | HeldAnswer:
        """Answer the client, or keep the answer for the curator of its author.

        Takes and raises what `reply` and `hold` do.
        """
        if found := self.traineeship_of(by, letter.get("via"), letter.get("to", ())):
            letter.pop("undo", None)
            return self.hold(text, by=by, then=then, under=found, **letter)
        return self.reply(text, by=by, then=then, **letter)

    @transaction.atomic
    def hold(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        *,
        by: User,
        then: Step,
        under: Traineeship,
        seen: int | None = None,
        key: str | None = None,
        files: Sequence[Attachment] = (),
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        history: bool = False,
        via: Channel | None = None,
        sent_away: bool | None = None,
        drafted: bool = False,
        base: str | None = None,
    ) -> HeldAnswer:
        """Keep the answer for the curator instead of sending it.

        The client has not been answered: their clocks run, the request stays our move.  `key` makes a repeated
        request return the first one, unless that was returned or withdrawn: then it is handed in anew.  Raises what
        `reply` raises, Conflict where an answer or a refusal waits already.
        """
        self.lock()
        handed_in = self.held_answers.filter(state__in=[State.WAITING, State.RELEASED], asked_by=by)
        if key and (again := handed_in.filter(key=key[:100]).last()):
            return again
        self.must_be_open()
        if self.held_answer:
            raise Conflict(_("An answer in this request waits for release already: withdraw it to change it."))
        if self.refusal_asked:
            raise Conflict(_("A refusal of this request waits for a lead already."))
        to = self._must_be_sendable(text, then, files, seen, by, to)
        now = clock.now()
        self._standing_promise(now, then)
        self.stop_many_for(by)
        people, is_passed = self._asked_to_release(under, by)
        if not people:
            raise Invalid(_("Nobody could release it: a curator, a lead or the head is needed."), "text")
        held = self.held_answers.create(
            traineeship=under,
            asked_by=by,
            at=now,
            until=self.team.calendar.working_time().due(now, under.longest_wait.total_seconds()),
            passed_at=now if is_passed else None,
            seen=self.last_message_id if seen is None else seen,
            text=text.strip(),
            form=plain(then),
            to=to,
            cc=list(cc),
            files=[file.key for file in files],
            history=history,
            via=via,
            sent_away=sent_away,
            key=(key or "")[:100],
        )
        self.owner = self.owner or self.picked_by(by)
        self.held_answer = held.pk
        if drafted:
            Draft.objects.forget_seen(self.conversation_id, by, base, key or "")
        self._hold_files(held)
        self._stay_ours(held, by)
        self.keep()
        self._tell_releasers(held, people)
        publish(
            events.AnswerHeld(
                ticket_id=self.pk, held_id=held.pk, until=held.until.isoformat(), people=[one.pk for one in people]
            ),
            by=by,
        )
        return held

    @transaction.atomic
    def release_answer(  # type: ignore[misc]
        self: "Ticket",
        number: int,
        *,
        by: User,
        text: str | None = None,
        then: Step | None = None,
        seen: int | None = None,
        words: str = "",
        files: Collection[str] | None = None,
    ) -> Message:
        """It leaves in the name of its author, as written or as the curator has edited it; once.

        `text` and `then` are what the curator made of it, `seen` the last message they have read, `words` what the
        author reads, `files` the keys of those that go along; None: all but pictures that the text does not show any
        more.  Raises Stale where somebody wrote since, Conflict when another one was quicker, it was
        withdrawn, or its author does not answer clients any more, and what `reply` raises.
        """
        held = self._to_release(number, by)
        author, step = held.asked_by, held.step
        if not (author.is_active and author.answers):
            told = {"name": author.name}
            raise Conflict(_("%(name)s does not answer clients any more: return it, somebody else answers.") % told)
        held.left = (held.text if text is None else text).strip()
        held.changed = wordwise.changed(held.text, held.left)
        held.step_changed = then is not None and plain(then) != plain(step)
        held.end(State.RELEASED, by=by, words=words)
        self.held_answer = None
        self.keep()  # the reply reads the row anew
        self._release_files(held)
        message: Message = self.reply(
            held.left,
            by=author,
            then=then or step,
            seen=max(held.seen or 0, seen or 0),
            key=held.key or None,
            files=Attachment.objects.unsent(self.conversation, author, self._go_along(held, files)),
            to=held.to,
            cc=held.cc,
            history=held.history,
            via=held.via,
            sent_away=held.sent_away,
            released=True,
        )
        held.message = message
        held.save(update_fields=["message"])
        percent = max(round(held.changed * 100), 1 if held.changed else 0)
        publish(events.AnswerReleased(ticket_id=self.pk, held_id=held.pk, author_id=author.pk, percent=percent), by=by)
        words_ = (
            gettext_lazy("№ %(number)s: %(name)s has released your answer as you wrote it")
            if held.is_unchanged
            else gettext_lazy("№ %(number)s: %(name)s has changed your answer and released it: see what was changed")
        )
        self._tell_trainee(held, words_, by)
        held.traineeship.mind_row()
        return message

    @transaction.atomic
    def return_answer(self: "Ticket", number: int, *, by: User, words: str) -> None:  # type: ignore[misc]
        """Not so: its author reads why and has the text as a draft again.  Raises Conflict, Invalid without words."""
        if not words.strip():
            raise Invalid(_("Say what is to be done instead."), "words")
        held = self._to_release(number, by)
        self.held_answer = None
        held.end(State.RETURNED, by=by, words=words)
        self._bring_back(held)
        self._owe_again(by)
        self.keep()
        self._tell_trainee(held, gettext_lazy("№ %(number)s: %(name)s has returned your answer: %(words)s"), by)
        told = events.AnswerReturned(
            ticket_id=self.pk, held_id=held.pk, words=held.words[:300], people=[held.asked_by_id]
        )
        publish(told, by=by)

    @transaction.atomic
    def withdraw_answer(self: "Ticket", *, by: User) -> None:  # type: ignore[misc]
        """Whoever works on the request thinks better of it; the author has the text as a draft again."""
        self.lock()
        if not self.held_answer:
            raise Conflict(_("No answer of this request waits for release any more."))
        self.overtake_held(Overtaken.WITHDRAWN, by=by)
        self._owe_again(by)
        self.keep()

    def overtake_held(self: "Ticket", why: Overtaken, *, by: User | None = None) -> bool:  # type: ignore[misc]
        """What happens now is stronger than an answer that waits; its author and the curator hear of it.

        Its text is a draft again, unless somebody else has answered: what its author writes since, as in a chat whose
        visitor came back, may be a line that says nothing of it.

        The row is held by whoever calls, who saves it.  False where none waited, without a statement.
        """
        if not self.held_answer:
            return False
        held = self.held_answers.select_related("asked_by", "traineeship__curator").get(pk=self.held_answer)
        self.held_answer = None
        held.end(State.OVERTAKEN, why=why)
        if why == Overtaken.ANSWERED and by != held.asked_by:
            self._release_files(held)  # one answer is enough
        else:
            self._bring_back(held)
        if why == Overtaken.ANSWERED and by is not None and by == held.asked_by:
            own = gettext_lazy("№ %(number)s: you have answered since; what waited for release is a draft again")
            self._tell_trainee(held, own, by)
        curator = held.traineeship.curator
        people = [one for one in (curator, held.asked_by) if one.is_active and one != by]
        words = gettext_lazy("№ %(number)s: the answer of %(name)s needs no release any more, %(why)s")
        told = {"number": self.number, "name": held.asked_by.name}
        tell(
            people,
            lambda: str(words) % {**told, "why": why.label},
            kind=NoticeKind.APPROVAL,
            about="held",
            about_id=held.pk,
        )
        numbers = [person.pk for person in people]
        self.tell(events.AnswerOvertaken(ticket_id=self.pk, held_id=held.pk, why=why, people=numbers), by)
        return True

    def held_keeps(self: "Ticket", key: str) -> bool:  # type: ignore[misc]
        """The letter with this key waits for release."""
        return self.held_answer is not None and self.held_answers.filter(pk=self.held_answer, key=key[:100]).exists()

    def _stay_ours(self: "Ticket", held: HeldAnswer, by: User) -> None:  # type: ignore[misc]
        """What the client is owed stays as it is; where nothing was, the release is."""
        if self.due_at and self.due_from and self.is_our_move:
            step = self.next_step or NextStep.ANSWER
            return self.turn(Status.OPEN, step, self.next_note, self.due_at, self.due_from, by=by)
        return self._turn_to_us(Status.OPEN, NextStep.ANSWER, "", held.until, held.at, by=by)

    def _go_along(  # type: ignore[misc]
        self: "Ticket", held: HeldAnswer, chosen: Collection[str] | None
    ) -> list[str]:
        """Keys of the files: a picture that the curator has taken out of the text does not leave beside it instead."""
        shown = {*placed.keys_in(held.left)}
        gone = {*placed.keys_in(held.text)} - shown
        keys = [str(key) for key in held.files if str(key) not in gone]
        return keys if chosen is None else [key for key in keys if key in shown or key in chosen]

    def _answer_held(self: "Ticket", number: int) -> HeldAnswer | None:  # type: ignore[misc]
        related = ("asked_by", "decided_by", "via", "traineeship__curator", "traineeship__person")
        return self.held_answers.select_related(*related).filter(pk=number).first()

    def _to_release(self: "Ticket", number: int, by: User) -> HeldAnswer:  # type: ignore[misc]
        """Under the lock of the ticket: of two one decides, and who withdraws comes before or after both."""
        from otklik.desk.tickets.access import can_release  # it reads the models

        self.lock()
        held = self._answer_held(number)
        if held is None or not held.is_waiting:
            if held and held.decided_by:
                raise Conflict(_("%(name)s has decided on it already.") % {"name": held.decided_by.name})
            why = f" ({held.get_why_display()})" if held and held.why else ""
            raise Conflict(_("There is nothing to release any more.") + why)
        held.ticket = self
        if not can_release(by, held):
            raise Conflict(_("The curator or a lead of the line releases it, and never its author."))
        return held

    def _tell_trainee(self: "Ticket", held: HeldAnswer, words: Any, by: User) -> None:  # type: ignore[misc]
        told = {"number": self.number, "name": by.name, "words": held.words}
        tell(
            [held.asked_by],
            lambda: str(words) % told,
            kind=NoticeKind.RETURNED,
            about="held",
            about_id=held.pk,
        )


def _unreleased(found: Traineeship) -> Unreleased:
    said = _("%(name)s reads your letters before they leave: write it as an ordinary answer.")
    return Unreleased(said % {"name": found.curator.name})


def pass_on_late() -> int:
    """Every answer that the curator did not look at in time, each in its own transaction; returns how many."""
    from otklik.desk.tickets.models.ticket import Ticket

    count = 0
    late = HeldAnswer.objects.waiting().filter(until__lte=clock.now(), passed_at=None).order_by("until", "pk")
    for number, ticket in list(late.values_list("pk", "ticket_id")):  # all: broken ones must not fill a first page
        try:
            count += Ticket.objects.get(pk=ticket).pass_held_on(number)
        except Exception:  # one that is broken must not keep the others
            logger.exception("the answer %s cannot be passed on", number)
    return count
