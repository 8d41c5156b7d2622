"""Who takes part beside the client."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Participant, Ticket


class Accompanying:
    """Trait of the ticket: people in the copy."""

    @transaction.atomic
    def settle(self: "Ticket", address: str, *, let_in: bool, by: User) -> "Participant":  # type: ignore[misc]
        """Let a person into the talk, or keep them out: the next answer goes to them too, or not.

        Nothing is sent by it, and nothing that was said before is shown to them.  Raises Invalid for what is no address
        and for those who take part anyway.
        """
        address = address.strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            raise Invalid(_("“%(text)s” is not an address.") % {"text": address[:80]}, "address") from None
        if self.contact.identities.filter(kind="email", value=address).exists():
            raise Invalid(_("This is the client."), "address")
        if Channel.objects.is_own(address):
            raise Invalid(_("This is an address of ours."), "address")
        self.lock()
        self.must_stand()
        decision = {"let_in": let_in, "by": by, "at": clock.now()}
        participant, _new = self.participants.update_or_create(address=address, defaults=decision)
        publish(events.ParticipantSettled(ticket_id=self.pk, participant_id=participant.pk, let_in=let_in), by=by)
        return participant
