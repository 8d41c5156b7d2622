"""What we say to the client by voice."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import events, policies
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models.refusal_request import Overtaken
from otklik.desk.tickets.steps import PromiseDate, Resolve

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Speaking:
    """Trait of the ticket: answers that are no letters."""

    @transaction.atomic
    def answer_aloud(  # type: ignore[misc]
        self: "Ticket", words: str, *, by: User, then: Resolve | PromiseDate | None = None
    ) -> Message:
        """We spoke with the client: an answer as any other, but nothing leaves; `words` stay as a note of the house.

        Without `then` they were heard and still wait for what they asked for.  Raises what `reply` raises for a step
        that cannot be.
        """
        if not words.strip():
            raise Invalid(_("Write the note first."), "text")
        self.lock()
        self.stop_many_for(by)
        self.must_be_open()
        now = clock.now()
        if then:
            policies.check(then, now)
        if isinstance(then, Resolve):
            self.must_be_filled()
            self.must_have_nothing_under_way()
            self.must_have_no_open_part()
        standing = self._standing_promise(now, then) if then else None
        self.owner = self.owner or self.picked_by(by)
        message = self.conversation.note(words.strip(), by=by)
        first = self.first_answer_at is None
        self.first_answer_at = self.first_answer_at or now
        self.informed_at, self.returned, self.undo = now, "", None
        self.overtake_refusal(Overtaken.ANSWERED, by=by)
        self.overtake_held(Overtaken.ANSWERED, by=by)
        if then:
            self._settle_promise(standing, now, then, by)
            self.waiting_since = None
            self._turn_after(then, message, by, standing)
        else:
            self.waiting_since = self.waiting_since or now
            self.owe_answer(now, by=by)
        self._mind_the_queue()
        self.tell(events.Answered(ticket_id=self.pk, message_id=message.pk, first=first), by)
        self.keep()
        return message
