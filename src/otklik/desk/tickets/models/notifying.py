"""Letters to the client that no person writes."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.desk.channels.models import Outbound
from otklik.desk.conversations import placeholders
from otklik.desk.conversations.letters import address_of, html_of, may_write_automatically
from otklik.desk.conversations.markdown import to_html
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Notifying:
    """Trait of the ticket: what it writes by itself."""

    @transaction.atomic
    def write_by_itself(self: "Ticket", text: str) -> Message:  # type: ignore[misc]
        """A ready text, sent as machines send: no answer of ours, no clock stops, and nobody is written to too often.

        Raises Conflict where no machine may write to this client, Invalid where a place of the text is empty.
        """
        if missing := placeholders.holes(text):
            raise Invalid(_("The text has places that are not filled in: %(places)s.") % {"places": ", ".join(missing)})
        self.lock()
        self.must_stand()
        address = address_of(self.conversation)
        if not address or self.sender_doubtful or not may_write_automatically(address, acknowledgement=False):
            raise Conflict(_("No automatic letter may go to this client now."))
        return self._notify(_("Request № %s") % self.number, text, address, html=str(to_html(text)))

    def _notify(  # type: ignore[misc]
        self: "Ticket", subject: str, text: str, address: str, *, html: str = ""
    ) -> Message:
        return self.conversation.say(
            text,
            html=html or html_of(text),
            kind=Outbound.Kind.NOTIFY,
            subject=subject,
            to=[address],
            line=self.team_id,
        )
