"""What the row repeats of its messages, and whose waiting goes along when they change their ticket."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.models.message import MessageQuerySet
from otklik.desk.tickets.models.arriving import WORTH_READING

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Waiting:
    """Trait of the ticket: messages come and go, and nobody's waiting ends or begins anew by that."""

    def _recount(self: "Ticket") -> None:  # type: ignore[misc]
        """Columns that repeat what the messages say, after messages came or went."""
        said = self._said()
        last = said.filter(automatic__in=WORTH_READING).order_by("-id").first() or said.order_by("-id").first()
        self.message_count = said.count()
        heard = said.filter(direction="in").only("pk").order_by("-id").first()
        self.last_in_id = heard.pk if heard else None
        if last is None:
            return
        number: int | None = last.pk
        self.preview, self.last_at, self.last_message_id = last.preview, last.at, number
        self.last_speaker = "" if last.direction == "in" else last.author_name
        self.delivery_trouble = Outbound.objects.in_trouble().filter(message__in=said).exists()

    def _wait_by(self: "Ticket", ids: Collection[int]) -> datetime | None:  # type: ignore[misc]
        """Since when the client waits for an answer to these letters of this ticket; None when nobody does."""
        since = self.waiting_since if self.is_open else _waiting_since(self._said())
        if since is None:
            return None
        unanswered = self._said().from_people().filter(pk__in=ids, direction="in", at__gte=since)
        return unanswered.order_by("at").values_list("at", flat=True).first()

    def _wait_since(self: "Ticket", since: datetime | None, by: User) -> None:  # type: ignore[misc]
        """The client waits since then, too: it is our move, and what waits longer already is not made to wait anew."""
        if since is None or (self.is_our_move and self.waiting_since and self.waiting_since <= since):
            return
        first = self.waiting_since = min(since, self.waiting_since or since)
        self.owe_answer(first, by=by)
        self.seat()

    def _lose(self: "Ticket", ids: Collection[int], by: User) -> None:  # type: ignore[misc]
        """These messages went elsewhere: whoever waited by one of them waits there, and an answer answers there."""
        self._recount()
        was, gone = self.waiting_since, Message.objects.filter(pk__in=ids)
        told = gone.filter(direction="in", at=was).exists() if was else gone.answers().exists()
        if not (self.is_open and told):
            return
        self.waiting_since = _waiting_since(self._said())
        if self.waiting_since and (self.is_our_move or was is None):
            self.owe_answer(self.waiting_since, by=by)

    def _said(self: "Ticket") -> MessageQuerySet:  # type: ignore[misc]
        """By people on both sides, and what came from machines; our receipts and reminders say nothing."""
        said: MessageQuerySet = self.conversation.messages.public().exclude(~Q(automatic=""), direction="out")
        return said


def _waiting_since(said: MessageQuerySet) -> datetime | None:
    """The first letter of a person that no person of ours has answered; what was forwarded answers nobody."""
    people = said.from_people()
    answered = people.answers().order_by("-id").values_list("pk", flat=True).first() or 0
    letters = people.filter(direction="in", pk__gt=answered).order_by("id")
    return letters.values_list("at", flat=True).first()
