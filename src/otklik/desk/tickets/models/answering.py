"""What we say to the client."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import placed
from otklik.desk.conversations.letters import address_of
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets import events, letters, policies, window
from otklik.desk.tickets.errors import Invalid, Stale
from otklik.desk.tickets.models.calling_off import told_of_window
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.models.states import NextStep, Status
from otklik.desk.tickets.other_channel import sends_away
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Uphold, Wait, plain

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Promise, Ticket

STATE = (
    *("status", "next_step", "next_note", "due_at", "due_from"),
    *("waiting_since", "first_answer_at", "informed_at", "ended_at", "moves"),
    *("inform_by", "remind_at", "reminded", "waits_for"),
)
UNDONE = (
    STATE,
    ("preview", "last_speaker", "last_at", "last_message_id"),
    ("owner_id", "take_by"),
    ("returned",),
    ("upset_since",),
)
"""What a reply changes on the row, in groups that make sense together."""


class Answering:
    """Trait of the ticket: replies and notes."""

    @transaction.atomic
    def reply(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        *,
        by: User,
        then: Step,
        seen: int | None = None,
        key: str | None = None,
        files: Sequence[Attachment] = (),
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        undo: int = 0,
        history: bool = False,
        via: Channel | None = None,
        approved: bool = False,
        sent_away: bool | None = None,
        drafted: bool = False,
        base: str | None = None,
        released: bool = False,
    ) -> Message:
        """Answer the client and say what happens next, in one act.

        The door to the client's page is in a letter to the client alone: whoever else gets it would come in by it.
        `history` quotes the earlier letters below; without it nobody gets more than this letter.
        Those of `files` that the text refers to stand in it, the others beside it.
        `seen` is the last message the author had on screen: if a person wrote after it, Stale is raised and nothing
        leaves.  `key` makes a repeated request return the first message.  `undo` are seconds in which the reply can
        be taken back.  `via` is another mailbox of ours to write from, `approved`: a lead has seen the refusal,
        `released`: a curator has read what a trainee wrote.
        `sent_away`: it tells the client to use another channel; None: as its words say.  `drafted`: it is what its
        author had begun in the composer (`base`: as of when, as `forget_seen`), else that is another text, which stays.
        Raises Invalid for an empty text, a picture of the text that is not among `files`, an impossible step or a
        client without an address, Unapproved for a refusal that a lead has to see first, Unreleased for what
        somebody in training has written, by whatever door.
        """
        self.lock()
        if key and (again := self._said_before(key)):
            return again
        if not (approved or released):
            self.must_need_no_release(by, via, to)
        now = clock.now()
        to = self._must_be_sendable(text, then, files, seen, by, to)
        if isinstance(then, Refuse) and not approved:
            self.must_need_no_approval(then)
        self.stop_many_for(by)
        standing = self._standing_promise(now, then)
        with translation.override(letters.language_of(self)):
            appeal = self.appeal_offered(by, approved=approved, released=released) if isinstance(then, Refuse) else ""
            body = policies.letter_text(text, then, appeal)
            before = self._snapshot()
            self.owner = self.owner or self.picked_by(by)
            message = self.conversation.say(
                placed.in_words(body),
                html=placed.html_of(body, files),
                footer=self._footer(then, [*to, *cc], history, bool(appeal)),
                by=by,
                to=to,
                cc=cc,
                files=files,
                not_before=now + timedelta(seconds=undo),
                idempotency_key=self._key(key),
                channel=via,
                line=self.team_id,
                subject="" if self.conversation.subject else letters.subject_of_answer(self),
            )
        promise_id = self._settle_promise(standing, now, then, by)
        first = self.first_answer_at is None
        self.first_answer_at = self.first_answer_at or now
        self.waiting_since, self.informed_at, self.returned = None, now, ""
        self.show_last(message)
        if drafted:  # before an answer of theirs that waited is a draft again
            Draft.objects.forget_seen(self.conversation_id, by, base, key or "")
        self.overtake_refusal(Overtaken.ANSWERED, by=by)
        self.overtake_held(Overtaken.ANSWERED, by=by)
        self._turn_after(then, message, by, standing)
        self._mind_the_queue()
        self.undo = told_of_window(by, now, undo) | {
            "message": message.pk,
            "before": before,
            "after": self._snapshot(),
            "promise": promise_id,
            "text": text,
            "form": {**plain(then), **({"via": via.pk} if via else {})},
        }
        away = bool(sends_away(text, self.channel_kind)) if sent_away is None else sent_away
        self.tell(events.Answered(ticket_id=self.pk, message_id=message.pk, first=first, sent_away=away), by)
        self.keep()
        return message

    def _must_be_sendable(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        then: Step,
        files: Sequence[Attachment],
        seen: int | None,
        by: User,
        to: Sequence[str],
    ) -> list[str]:
        """To whom it goes.  Raises what `reply` raises, before anything was changed."""
        self.must_stand()
        self.must_be_open_to(by)
        policies.check(then, clock.now(), text)
        if isinstance(then, Resolve):
            self.must_be_filled()
        if policies.is_over(then):
            self.must_have_nothing_under_way()
            self.must_have_no_open_part()
        _check_places(text, files)
        self._check_news(seen, by)
        to = list(to) or list(filter(None, [address_of(self.conversation)]))
        if not to:
            raise Invalid(_("Nobody would get this letter: add an address."), "to")
        window.must_be_open(self, to)
        return to

    def _footer(  # type: ignore[misc]
        self: "Ticket", then: Step, addressees: Sequence[str], history: bool, appeals: bool
    ) -> str:
        known = {identity.value for identity in self.contact.identities.all()}
        others = {address.lower() for address in addressees} - known
        alone = not others or others == {address_of(self.conversation).lower()}
        strip = letters.strip_of(self, then, with_door=alone, appeals=appeals)
        return f"{strip}\n\n{letters.history_of(self)}" if history else strip

    @transaction.atomic
    def note(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        *,
        by: User | None,
        files: Sequence[Attachment] = (),
        signed: str = "",
        drafted: bool = True,
    ) -> Message:
        """A remark for colleagues; never leaves the house, changes no clock.

        `signed` is the rule that writes it where no person does.  Not `drafted`: it was written in another place than
        the note that may be begun, which stays.
        """
        if not text.strip():
            raise Invalid(_("Write the note first."), "text")
        _check_places(text, files)
        self.lock()
        self.must_stand()
        words = placed.in_words(text.strip())
        message = self.conversation.note(words, by=by, html=placed.html_of(text, files), files=files, signed=signed)
        publish(events.Noted(ticket_id=self.pk, message_id=message.pk), by=by)
        if by:
            if drafted:
                Draft.objects.forget(self.conversation_id, by, Draft.Mode.NOTE)
            self.tell_named(message, by)
        return message

    @transaction.atomic
    def keep_draft(  # type: ignore[misc]
        self: "Ticket", text: str, *, by: User, mode: str, form: dict[str, Any], key: str = ""
    ) -> None:
        """Save what is being typed; a save that comes after the letter with this key was sent is too late.

        Raises Conflict where the ticket goes on in another one, which has what was begun here.
        """
        self.lock()
        self.must_stand()
        if not (key and mode != Draft.Mode.NOTE and self._has_left(key, mode)):
            Draft.objects.keep(self.conversation, by, mode, text, form, key=key)

    def _has_left(self: "Ticket", key: str, mode: str) -> bool:  # type: ignore[misc]
        """The letter with this key was sent, or waits for the word of another."""
        return bool(self._said_before(key, mode)) or self.refusal_keeps(key) or self.held_keeps(key)

    def _said_before(self: "Ticket", key: str, act: str = "reply") -> Message | None:  # type: ignore[misc]
        posted = outbox.posted_as(self._key(key, act))
        return Message.objects.get(outbound=posted) if posted else None

    def _key(self: "Ticket", key: str | None, act: str = "reply") -> str | None:  # type: ignore[misc]
        return f"{act}:{self.pk}:{key}"[:100] if key else None

    def _check_news(self: "Ticket", seen: int | None, by: User) -> None:  # type: ignore[misc]
        if seen is None or not self.last_message_id or self.last_message_id <= seen:
            return
        newer = self.conversation.messages.public().from_people().filter(pk__gt=seen).exclude(author=by)
        if found := list(newer.select_related("author", "contact")[:20]):
            raise Stale(_("There is something new. Read it before you send."), found)

    def _standing_promise(self: "Ticket", now: datetime, then: Step) -> "Promise | None":  # type: ignore[misc]
        """The open promise.

        Raises Invalid where a later date comes in its place and nobody says why, and where a letter would take the
        place of somebody who comes.
        """
        promise: Promise | None = self.promises.model.objects.current_of(self.pk)
        if promise and isinstance(then, PromiseDate) and not then.visit and _is_awaited(promise, now):
            raise Invalid(
                _("The client waits for our visit, that is promised. Put aside until then, or move the visit."), "next"
            )
        if promise and _stands_beside(promise, then, now) and isinstance(then, (Wait, PutAside)):
            self.must_keep_promise(then)
        moves = promise and isinstance(then, PromiseDate) and now <= promise.until < then.until
        if moves and not then.why.strip():  # type: ignore[union-attr]
            raise Invalid(_("A date is promised already. Say why it moves."), "why")
        return promise

    def _settle_promise(  # type: ignore[misc]
        self: "Ticket", promise: "Promise | None", now: datetime, then: Step, by: User
    ) -> int | None:
        """Our answer fulfils the open promise, unless it is that somebody comes; another date before the old one was
        due moves it.
        """
        if promise is None or _stands_beside(promise, then, now):
            return None
        if isinstance(then, PromiseDate) and now <= promise.until != then.until:
            promise.moved_at = now
            self.moves += 1
        else:
            promise.done_at = now
        promise.save(update_fields=["moved_at", "done_at"])
        if promise.done_at:
            self.tell(events.PromiseFulfilled(ticket_id=self.pk, promise_id=promise.pk, kept=promise.is_kept), by)
        return promise.pk

    def _turn_after(  # type: ignore[misc]
        self: "Ticket", then: Step, message: Message, by: User, before: "Promise | None" = None
    ) -> None:
        row: dict[str, Any] = {"by": by, "message": message}
        match then:
            case Wait(until):
                self.reminded = 0
                self.turn(Status.PENDING_CLIENT, NextStep.REMIND, "", until, by=by)
            case PromiseDate(until, what, why, visit):
                now = clock.now()
                later = before and before.moved_at and before.until < until
                moved = {"moved_from": before.until, "why": why.strip()[:300]} if before and later else {}
                mark = policies.next_mark(now, until, now)
                promise = self.promises.create(
                    until=until, what=what[:300], next_mark=mark, of_visit=bool(visit), **moved, **row
                )
                self.turn(Status.OPEN, NextStep.KEEP_PROMISE, what, until, by=by)
                self._tell_promise(promise, by)
            case PutAside(until, what, agreed, whom):
                schedule = self.schedules.create(until=until, what=what, agreed=agreed, **row)
                self._lay_aside(then, self.silence_of(replace(then, agreed=True)), by=by)
                self.tell(
                    events.TicketPutAside(
                        ticket_id=self.pk,
                        schedule_id=schedule.pk,
                        until=until.isoformat(),
                        what=what,
                        whom=whom.strip(),
                    ),
                    by,
                )
            case Resolve(summary, link):
                resolution = self.resolutions.create(summary=summary, link=link.strip(), **row)
                self.turn(Status.RESOLVED, by=by)
                self.tell(events.TicketResolved(ticket_id=self.pk, resolution_id=resolution.pk), by)
            case Refuse(reason, explanation, _offers, consulted):
                told = {"explanation": explanation.strip(), "alternatives": then.offers, "consulted": consulted}
                refusal = self.refusals.create(reason=reason, **told, **row)
                self.turn(Status.REFUSED, by=by)
                self.tell(events.TicketRefused(ticket_id=self.pk, refusal_id=refusal.pk, reason=reason), by)
            case Uphold():
                self.turn(Status.REFUSED, by=by)

    def _tell_promise(self: "Ticket", promise: "Promise", by: User) -> None:  # type: ignore[misc]
        told = events.DatePromised(
            ticket_id=self.pk,
            promise_id=promise.pk,
            until=promise.until.isoformat(),
            moved=self.promises.exclude(pk=promise.pk).exclude(moved_at=None).exists(),
            why=promise.why,
        )
        self.tell(told, by)

    def _snapshot(self: "Ticket") -> dict[str, Any]:  # type: ignore[misc]
        return {name: plain_value(getattr(self, name)) for names in UNDONE for name in names}

    def _restore(self: "Ticket", before: dict[str, Any], after: dict[str, Any]) -> None:  # type: ignore[misc]
        """The row as it was before the reply, which is gone."""
        if STATE not in self._restore_untouched(before, after):
            self._wait_again(before)
        if self.is_open:
            self.seat()

    def _restore_untouched(  # type: ignore[misc]
        self: "Ticket", before: dict[str, Any], after: dict[str, Any]
    ) -> Sequence[tuple[str, ...]]:
        """The row as it was before an act; a group that somebody changed since stays changed.  Returns the others.

        What was noted by an earlier version of ours knows fewer columns.
        """
        present = self._snapshot()
        before, after = {**present, **before}, {**present, **after}
        untouched = [names for names in UNDONE if all(present[name] == after[name] for name in names)]
        for names in untouched:
            for name in names:
                setattr(self, name, revived(name, before[name]))
        if STATE in untouched:
            self._sleep_on() if self.status == Status.SCHEDULED else self._owe_no_decision()
        return untouched

    def _sleep_on(self: "Ticket") -> None:  # type: ignore[misc]
        """What woke it up is gone: the newest postponement goes on."""
        newest = self.schedules.filter(taken_back_at=None).last()
        if newest and newest.woke_at:
            newest.woke_at = None
            newest.save(update_fields=["woke_at"])

    def _wait_again(self: "Ticket", before: dict[str, Any]) -> None:  # type: ignore[misc]
        """The ticket has turned since the reply: the client waits since their first word."""
        self.first_answer_at = revived("first_answer_at", before["first_answer_at"])
        self.informed_at = revived("informed_at", before["informed_at"])
        if self.is_open:
            self.waiting_since = revived("waiting_since", before["waiting_since"]) or self.waiting_since
        if self.waiting_since and self.is_our_move:
            self.owe_answer(self.waiting_since)

    def _erase(self: "Ticket", message: Message, slot: dict[str, Any]) -> None:  # type: ignore[misc]
        now = clock.now()
        message.taken_back_at = now
        message.save(update_fields=["taken_back_at"])
        for rows in (self.promises, self.schedules, self.resolutions, self.refusals):
            rows.filter(message=message).update(taken_back_at=now)
        if slot.get("promise"):
            self._promise_again(slot["promise"])
        if slot.get("visit"):
            self._untell_visit(slot["visit"])


def _stands_beside(promise: "Promise", then: Step, now: datetime) -> bool:
    """That somebody comes is not fulfilled by a letter before they come."""
    return promise.of_visit and now <= promise.until and not isinstance(then, (PromiseDate, Resolve, Refuse))


def _is_awaited(promise: "Promise", now: datetime) -> bool:
    """That somebody comes, at a time on which the client did not say no."""
    return promise.of_visit and now <= promise.until and promise.agreed is not False


def _check_places(text: str, files: Sequence[Attachment]) -> None:
    """Raises Invalid rather than let a text go with a hole in it."""
    if placed.missing(text, files):
        raise Invalid(_("A picture of the text is not here: put it in again, or take out its place."), "text")


def plain_value(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def revived(name: str, value: Any) -> Any:
    is_moment = name.endswith(("_at", "_since", "_from", "_by")) and isinstance(value, str)
    return parse_datetime(value) if is_moment else value
