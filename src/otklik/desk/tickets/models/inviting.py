"""Answering the invitations that letters bring."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Invitation, Message
from otklik.desk.tickets import events, letters
from otklik.desk.tickets.errors import Conflict

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Inviting:
    """Trait of the ticket: an event of the client is answered beside the matter itself."""

    @transaction.atomic
    def answer_invitation(  # type: ignore[misc]
        self: "Ticket", invitation: Invitation, answer: str, *, by: User
    ) -> Message | None:
        """A letter to the organiser; what the ticket owes and by when stays as it is.

        None when this was our answer already.  Raises Conflict when the event was changed or cancelled since.
        """
        self.lock()
        with translation.override(letters.language_of(self)):
            try:
                message = invitation.reply(answer, by=by)
            except ValueError as error:
                raise Conflict(_("This invitation cannot be answered any more.")) from error
        if message is not None:
            self.show_last(message)
            self.keep()
            publish(events.Answered(ticket_id=self.pk, message_id=message.pk, first=False), by=by)
        return message
