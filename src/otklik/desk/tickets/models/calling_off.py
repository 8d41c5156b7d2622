"""A letter of ours that has not left is taken back: by its author, or because what happened since makes it wrong."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import talk_on
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

BY_HAND = gettext_lazy(
    "№ %(number)s: %(name)s has written or called there; your answer to many does not leave, it is a draft again"
)
BY_ITS_AUTHOR = gettext_lazy("№ %(number)s: you have written or called there since; your answer to many does not leave")
JOINED = gettext_lazy(
    "№ %(number)s was joined to another request; your answer to many does not leave, it is a draft again"
)
CLIENT_WROTE = gettext_lazy("№ %(number)s: the client wrote before your answer left; it is a draft again: “%(said)s”")
LAG = timedelta(hours=1)
"""So long after its moment a letter is looked for that may wait still: its channel rests, or nobody sends."""


def told_of_window(by: User, now: datetime, seconds: int) -> dict[str, Any]:
    """What the slot of an answer keeps of its window; nothing where it leaves at once."""
    return {"by": by.pk, "until": (now + timedelta(seconds=seconds)).isoformat()} if seconds else {}


def _leaves_into_chat(outbound: Outbound) -> bool:
    return talk_on(Channel.objects.known(outbound.channel_id).kind).is_chat


class CallingOff:
    """Trait of the ticket: letters that are taken back before they leave.

    `undo` tells of the last one what the row was before it.  An answer to many (`many` stands there) waits for
    minutes, so whoever is about to write another one there calls it off first: nothing else would find it any more.
    """

    @transaction.atomic
    def take_back(self: "Ticket", message: Message, *, by: User) -> None:  # type: ignore[misc]
        """Undo a reply that has not left: the text is a draft again, the ticket as it was before.

        What was forwarded is a draft of a letter to a third party, not of an answer.

        Raises Conflict when it has left already.  What happened since (the client wrote) stays.
        """
        self.lock()
        if message.author_id != by.pk:
            raise Conflict(_("This reply cannot be taken back."))
        if message.taken_back_at:
            raise Conflict(_("This letter did not leave: its text is a draft again."))
        self._draft_again(message, self._withdraw(message, by))

    @transaction.atomic
    def recall(self: "Ticket", message: Message, *, by: User | None) -> None:  # type: ignore[misc]
        """As `take_back`, by whoever takes back all of an answer to many: its text is kept there and is no draft."""
        self.lock()
        self._withdraw(message, by)

    def stop_many(self: "Ticket", why: Words, *, by: User | None) -> None:  # type: ignore[misc]
        """An answer to many that waits here does not leave: it is a draft again, as its author reads.

        Nothing happens where none waits.  Whoever asks holds the row.
        """
        slot = self.undo or {}
        if not slot.get("many"):
            return
        message = Message.objects.select_related("author", "outbound").get(pk=slot["message"])
        try:
            self._draft_again(message, self._withdraw(message, by))
        except Conflict:
            return  # it has left
        name, number = by.name if by else "", self.number
        assert message.author is not None  # a person began it
        tell(
            [message.author],
            lambda: str(why) % {"number": number, "name": name},
            kind=NoticeKind.ANSWER,
            about_id=self.pk,
        )

    def stop_many_for(self: "Ticket", by: User) -> None:  # type: ignore[misc]
        """Somebody writes or calls by hand: one answer is enough, and theirs knows the request."""
        slot = self.undo or {}
        if slot.get("many"):
            own = Message.objects.filter(pk=slot["message"], author=by).exists()
            self.stop_many(BY_ITS_AUTHOR if own else BY_HAND, by=by)

    def stop_for_client(self: "Ticket", came: Message) -> None:  # type: ignore[misc]
        """What a client writes before an answer has left stops it: it does not know of their words (UI-82).

        The answer of a colleague does not: whoever writes it was shown this one first, and sent theirs all the same.
        Nothing is asked of the database unless an answer has left in the last hour.  Whoever asks holds the row.
        """
        if (message := self._unsent(came.at)) and message.pk < came.pk:
            self._stop(message, CLIENT_WROTE, by=None, said=came.preview[:200])

    def _unsent(self: "Ticket", at: datetime) -> Message | None:  # type: ignore[misc]
        """The last answer, where nobody has begun to send it; one to many is stopped by a door of its own.

        In a chat both write at once: there a line that came in between stops nothing, or no answer would ever leave.
        """
        slot = self.undo or {}
        until = parse_datetime(slot.get("until") or "")
        if until is None or slot.get("many") or until + LAG < at:
            return None
        unsent = Message.objects.filter(pk=slot["message"], outbound__state=Outbound.State.READY, outbound__attempt=0)
        found = next(iter(unsent.select_related("author", "outbound").defer("outbound__raw")), None)
        if found is None or found.outbound is None or _leaves_into_chat(found.outbound):
            return None
        return found

    def _stop(self: "Ticket", message: Message, why: Words, *, by: User | None, **told: str) -> None:  # type: ignore[misc]
        try:
            self._draft_again(message, self._withdraw(message, by))
        except Conflict:
            return  # it has left at this moment
        assert message.author is not None  # a person began it
        number = self.number
        tell(
            [message.author],
            lambda: str(why) % {"number": number, **told},
            kind=NoticeKind.RETURNED,
            about_id=self.pk,
            urgent=True,
        )

    def _withdraw(self: "Ticket", message: Message, by: User | None) -> dict[str, Any]:  # type: ignore[misc]
        """The row as it was before; returns what was kept of the letter."""
        slot = self.undo or {}
        if slot.get("message") != message.pk or message.outbound is None:
            raise Conflict(_("This reply cannot be taken back."))
        if not outbox.cancel(message.outbound):
            raise Conflict(_("The reply has left already."))
        self._erase(message, slot)
        owner = self.owner_id
        self._restore(slot["before"], slot["after"])
        self.lie_again(slot["before"], owner)
        self.undo = None
        self.message_count -= 1
        self.keep()
        publish(events.AnswerTakenBack(ticket_id=self.pk, message_id=message.pk), by=by)
        return slot

    def _draft_again(self: "Ticket", message: Message, slot: dict[str, Any]) -> None:  # type: ignore[misc]
        assert message.author is not None and message.outbound is not None  # a person wrote it, and it was to leave
        files = [str(file.key) for file in message.attachments.all() if not file.inline]  # the text names the others
        message.attachments.update(message=None, content_id="", inline=False)
        forwarded = message.outbound.kind == Outbound.Kind.FORWARD  # its files were copies
        mode, own = (Draft.Mode.FORWARD, {}) if forwarded else (Draft.Mode.REPLY, {"files": files})
        form = {**slot["form"], "to": message.to, "cc": message.cc, **own}
        Draft.objects.bring_back(self.conversation, message.author, mode, slot["text"], form)
