"""Whether the client of a ticket is upset: by their own words at each letter, or by the word of an agent or a rule."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import events
from otklik.desk.tickets.upset.judging import judge

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Sensing:
    """Trait of the ticket: its client is upset since `upset_since`.  The client sees nothing of it.

    A calm letter takes nothing away: only a person or a rule says that it is over, and that holds until the client's
    next strong words.
    """

    @property
    def is_upset(self: "Ticket") -> bool:  # type: ignore[misc]
        return self.upset_since is not None

    @transaction.atomic
    def mark_upset(self: "Ticket", *, by: User | None) -> None:  # type: ignore[misc]
        """Say that the client is upset, whatever their letters say."""
        self.lock()
        self.must_stand()
        if self.is_upset:
            return
        self._feel(clock.now())
        self.keep()
        publish(events.ClientUpset(ticket_id=self.pk), by=by)

    @transaction.atomic
    def mark_calm(self: "Ticket", *, by: User | None) -> None:  # type: ignore[misc]
        """They are not, or not any more; only the next strong words say otherwise."""
        self.lock()
        self.must_stand()
        if not self.is_upset:
            return
        self._feel(None)
        self.keep()
        publish(events.ClientCalm(ticket_id=self.pk), by=by)

    def sense(self: "Ticket", message: Message) -> tuple[str, ...]:  # type: ignore[misc]
        """Put the mark on the row when this letter asks for it; the words that did, () when nothing changes.

        Only of the client and their colleagues: a third party to whom we passed something on, or a machine, may be as
        rude as it likes.  What a colleague of ours filed in the client's name is not in the client's words.
        """
        if self.is_upset or message.automatic or message.author_id or not self._is_by_client(message):
            return ()
        first = f"{message.subject}\n\n" if self.message_count <= 1 and not _continues(message.subject) else ""
        judged = judge(first + message.new_text)
        if not judged.is_upset:
            return ()
        self._feel(message.at)
        return judged.words

    def tell_upset(self: "Ticket", words: tuple[str, ...], message: Message) -> None:  # type: ignore[misc]
        if words:
            publish(events.ClientUpset(ticket_id=self.pk, why="words", words=words, message_id=message.pk))

    def take_over_upset(self: "Ticket", since: datetime | None, *, by: User) -> None:  # type: ignore[misc]
        """Their other request was joined to this one, and nothing of it is forgotten here."""
        if since is None or self.is_upset:
            return
        self._feel(since)
        self.tell(events.ClientUpset(ticket_id=self.pk, why="joined"), by)

    def _feel(self: "Ticket", since: datetime | None) -> None:  # type: ignore[misc]
        self.upset_since = since

    def _is_by_client(self: "Ticket", message: Message) -> bool:  # type: ignore[misc]
        if message.contact_id == self.contact_id:
            return True
        author = message.contact
        return bool(author and author.client_id and author.client_id == self.contact.client_id)


def _continues(subject: str) -> bool:
    """A subject that somebody else may have written."""
    return subject.lower().lstrip().startswith(("re:", "fw:", "fwd:", "aw:", "отв:", "пересл:"))
