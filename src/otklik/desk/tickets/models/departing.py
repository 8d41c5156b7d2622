"""Letters that leave at a moment of their author's choice: kept as a draft until then, so nothing is said before."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations import placed
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.conversations.models.draft import OF_DEPARTURE
from otklik.desk.tickets import approving, events, window
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.steps import Refuse, Step, plain, revived
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

SOONEST, FARTHEST = timedelta(minutes=1), timedelta(days=92)
LATER = Draft.Mode.LATER
STAYS = ("history", "via", "key")
"""What a letter keeps when its words or its moment change; its files, too."""
logger = logging.getLogger(__name__)


class Departing:
    """Trait of the ticket: letters that wait for their moment.

    Until then the client has not been answered: clocks run, the next step stays what it is.
    """

    @transaction.atomic
    def send_later(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        at: datetime,
        *,
        by: User,
        then: Step,
        form: Mapping[str, Any],
        seen: int | None = None,
        key: str = "",
        files: Sequence[Attachment] = (),
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
        history: bool = False,
        via: Channel | None = None,
        drafted: bool = False,
        base: str | None = None,
    ) -> Draft:
        """Keep the letter until `at`; then it leaves if nobody wrote since `seen`, else it is a draft again.

        Without `seen` it answers what is there now: until a letter leaves, much may be written.
        `form` is what a draft of the answer would remember.  Takes and raises what `reply` does; Invalid for a moment
        that is over, too far, or behind the date that the letter names; Conflict where one of theirs waits already.
        """
        self.lock()
        waiting = Draft.objects.filter(conversation=self.conversation_id, author=by, mode=LATER).first()
        if waiting:
            if key and waiting.form.get("key") == key:
                return waiting
            raise Conflict(_("A letter of yours waits here already: take it back first."))
        seen = self._newest if seen is None else seen
        kept = {
            **form,
            "to": self._fit_to_leave(text, at, then, files, seen, by, to),
            "cc": list(cc),
            "files": [str(file.key) for file in files],
            "history": history,
            **({"via": via.pk} if via else {}),
            "step": plain(then),
            "seen": seen,
            "key": key[:100],
        }
        if drafted:
            Draft.objects.forget_seen(self.conversation_id, by, base, key or "")
        draft = Draft.objects.create(
            conversation=self.conversation, author=by, mode=LATER, text=text, form=kept, leave_at=at
        )
        self.owner = self.owner or self.picked_by(by)
        self.keep()
        publish(events.LetterPlanned(ticket_id=self.pk, leave_at=at.isoformat()), by=by)
        return draft

    @transaction.atomic
    def change_later(  # type: ignore[misc]
        self: "Ticket",
        number: int,
        text: str,
        at: datetime,
        *,
        by: User,
        then: Step,
        form: Mapping[str, Any],
        seen: int | None = None,
        to: Sequence[str] = (),
        cc: Sequence[str] = (),
    ) -> Draft:
        """Other words or another moment for a letter of one's own that waits; what hangs on it stays.

        Without `seen` it is still the answer to what its author had read.  Raises what `send_later` does, and Conflict
        when it does not wait any more.
        """
        self.lock()
        draft = self._waiting_letter(number)
        if draft is None or draft.author_id != by.pk:
            raise Conflict(_("This letter does not wait any more."))
        before = draft.form
        seen = before.get("seen") if seen is None else seen
        seen = self._newest if seen is None else seen
        gone = {*placed.keys_in(draft.text)} - {*placed.keys_in(text)}  # pictures that the new words do not show
        keys = [one for one in before.get("files", []) if one not in gone]
        files = Attachment.objects.unsent(self.conversation, by, keys)
        stays = {name: before[name] for name in STAYS if name in before}
        kept = {"files": keys, "to": self._fit_to_leave(text, at, then, files, seen, by, to), "cc": list(cc)}
        draft.form = {**form, **stays, **kept, "step": plain(then), "seen": seen}
        draft.text, draft.leave_at, draft.saved_at = text, at, clock.now()
        draft.save(update_fields=["text", "form", "leave_at", "saved_at"])
        publish(events.LetterPlanned(ticket_id=self.pk, leave_at=at.isoformat()), by=by)
        return draft

    def _fit_to_leave(  # type: ignore[misc]
        self: "Ticket",
        text: str,
        at: datetime,
        then: Step,
        files: Sequence[Attachment],
        seen: int | None,
        by: User,
        to: Sequence[str],
    ) -> list[str]:
        """To whom it would go.  Raises what `reply` raises, and Invalid for the moment."""
        self.must_be_in_no_training(by)
        now = clock.now()
        if not now + SOONEST <= at <= now + FARTHEST:
            raise Invalid(_("Choose a moment ahead, within three months."), "leave_at")
        whom: list[str] = self._must_be_sendable(text, then, files, seen, by, to)
        window.must_be_open(self, whom, at)
        if isinstance(then, Refuse):
            self.must_need_no_approval(then)
        if (until := getattr(then, "until", None)) and until <= at:
            raise Invalid(_("The letter would leave after the date that it names."), "leave_at")
        self._standing_promise(now, then)
        return whom

    @transaction.atomic
    def call_off(self: "Ticket", number: int, *, by: User) -> None:  # type: ignore[misc]
        """It does not leave; its author has it as a draft again, and hears of it when somebody else did it.

        Raises Conflict when it has left, or was called off, already.
        """
        self.lock()
        draft = self._waiting_letter(number)
        if draft is None:
            raise Conflict(_("This letter does not wait any more."))
        self._is_draft_again(draft)
        publish(events.LetterCalledOff(ticket_id=self.pk, why=""), by=by)
        if draft.author_id != by.pk:
            words = gettext_lazy("№ %(number)s: %(name)s has stopped your letter, it is a draft again")
            self._tell_of_letter([draft.author], words, {"name": by.name})

    @transaction.atomic
    def let_leave(self: "Ticket", number: int) -> Message | None:  # type: ignore[misc]
        """Its moment has come.  None where it cannot leave: then it is a draft again, and its author reads why."""
        from otklik.desk.tickets.access import can_answer  # it reads the models

        self.lock()
        draft = self._waiting_letter(number)
        if draft is None or (draft.leave_at and draft.leave_at > clock.now()):
            return None
        author = draft.author
        try:
            with transaction.atomic():
                message: Message = self._leave_now(draft)
        except Refused as error:
            self.refresh_from_db()
            self._is_draft_again(draft)
            publish(events.LetterCalledOff(ticket_id=self.pk, why=error.text[:300]), by=None)
            told = {"why": error.text}
            words = gettext_lazy("№ %(number)s: your letter did not leave and is a draft again. %(why)s")
            present = [author] if can_answer(author, self) else approving.deciders(self.team_id, author)
            self._tell_of_letter(present, words, told)
            return None
        draft.delete()  # what was begun since is no part of this letter, and stays
        return message

    def _leave_now(self: "Ticket", draft: Draft) -> Message:  # type: ignore[misc]
        from otklik.desk.tickets.access import can_answer  # it reads the models

        form, author = draft.form, draft.author
        if not can_answer(author, self):
            raise Conflict(_("%(name)s does not answer clients any more.") % {"name": author.name})
        seen = form.get("seen")
        if seen is not None and self.conversation.messages.answers().filter(pk__gt=seen, author=author).exists():
            raise Conflict(_("You have written to the client since."))
        self.must_be_in_no_training(author)
        via = Channel.objects.open().filter(pk=form["via"]).first() if form.get("via") else None
        return self.reply(
            draft.text,
            by=author,
            then=revived(form["step"]),
            seen=seen,
            key=form.get("key") or None,
            files=Attachment.objects.unsent(self.conversation, author, form.get("files", [])),
            to=form["to"],
            cc=form["cc"],
            history=form["history"],
            via=via,
        )

    @property
    def _newest(self: "Ticket") -> int:  # type: ignore[misc]
        return self.last_message_id or 0

    def _waiting_letter(self: "Ticket", number: int) -> Draft | None:  # type: ignore[misc]
        found = Draft.objects.filter(conversation=self.conversation_id, mode=LATER, pk=number)
        return found.select_related("author").first()

    def _is_draft_again(self: "Ticket", draft: Draft) -> None:  # type: ignore[misc]
        draft.delete()
        form = {name: value for name, value in draft.form.items() if name not in OF_DEPARTURE}
        form["files"] = sorted({*form["files"]} - {*placed.keys_in(draft.text)})  # the text names the others
        Draft.objects.bring_back(self.conversation, draft.author, Draft.Mode.REPLY, draft.text, form)

    def _tell_of_letter(  # type: ignore[misc]
        self: "Ticket", people: Sequence[User], words: object, told: dict[str, str]
    ) -> None:
        tell(
            people,
            lambda: str(words) % {"number": self.number, **told},
            kind=NoticeKind.RETURNED,
            about_id=self.pk,
            urgent=True,
        )


def send_due() -> int:
    """Every letter whose moment has come, each in its own transaction; returns how many have left."""
    from otklik.desk.tickets.models import Ticket

    count = 0
    due = Draft.objects.filter(mode=LATER, leave_at__lte=clock.now()).order_by("leave_at", "pk")
    for number, conversation in due.values_list("pk", "conversation_id")[:200]:
        try:
            count += Ticket.objects.get(conversation=conversation).let_leave(number) is not None
        except Exception:  # one broken letter must not keep the others
            logger.exception("the letter %s cannot leave", number)
    return count
