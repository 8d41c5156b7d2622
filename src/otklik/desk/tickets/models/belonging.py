"""Whose matter it is."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.conduct import shields_of
from otklik.desk.clients.models import Contact
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.states import NextStep

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Belonging:
    """Trait of the ticket: its client."""

    @transaction.atomic
    def make_client(self: "Ticket", contact: Contact, *, by: User) -> None:  # type: ignore[misc]
        """The ticket and its conversation are of this person from now on; the doors of the other one close.

        Raises Conflict while an appeal is open: its decision is for whoever did not agree.
        """
        contact = Contact.objects.standing(contact)
        self.lock()
        self.must_stand()
        was = self.contact
        if was.pk == contact.pk:
            raise Conflict(_("%(name)s is the client of this request already.") % {"name": contact})
        if self.appealed:
            told = {"name": was}
            raise Conflict(_("%(name)s waits for the decision on an appeal here: decide on it first.") % told)
        self.contact = self.conversation.contact = contact
        self.conversation.save(update_fields=["contact"])
        self.contact_name = contact.name
        self.client_name = contact.client.name if contact.client else ""
        self.forget_who_was_told()
        if self.next_step == NextStep.KEEP_PROMISE:
            self.next_note = ""  # it was promised to the other one in these words; the promise keeps them for us
        self.closed_to = shields_of(contact)
        self.seat()
        self.cover()
        self.count_again(_("the client has changed"), by=by)
        publish(
            events.ClientChanged(
                ticket_id=self.pk, contact_id=contact.pk, name=contact.name, was_id=was.pk, was=was.name
            ),
            by=by,
        )
