"""The request to which a call belongs."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import Organisation, User
from otklik.desk.calls import numbers
from otklik.desk.calls.events import CallStands, CallTurned, CallWent
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.access import can_see
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Relocation, Ticket

if TYPE_CHECKING:
    from otklik.desk.calls.models import Call


class Filing:
    """Trait of the call: its request."""

    def hold(self: "Call", *beside: Ticket) -> None:  # type: ignore[misc]
        """Hold the row until the transaction ends and read its present values.

        Its request before it, as whoever joins requests holds them before their calls, and those `beside` with that.
        Where the call went to another request while we waited, all are let go and held anew.
        """
        while True:
            mark, requests = transaction.savepoint_create(), [*beside, *([self.ticket] if self.ticket else [])]
            if requests:
                requests[0].lock_standing(*requests[1:])
            self.hold_alone()
            if self.ticket_id is None or self.ticket_id in {one.pk for one in requests}:
                return transaction.savepoint_commit(mark)
            transaction.savepoint_rollback(mark)

    def hold_alone(self: "Call") -> None:  # type: ignore[misc]
        """The row without its request, for who does nothing there."""
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update(no_key=True))

    @transaction.atomic
    def file_under(self: "Call", ticket: Ticket, *, by: User | None) -> None:  # type: ignore[misc]
        """It belongs to this request from now on; its number is the client's.  Raises Conflict once it has a result.

        Where the request was joined meanwhile, it belongs to the one in which that goes on.
        """
        self.hold(ticket)
        if self.result:
            raise Conflict(_("The result of this call is written already."))
        if (here := ticket.standing).pk == self.ticket_id:
            return
        self._stand_in(here)
        if by:
            numbers.learn(ticket.contact, self.number, by=by)

    @transaction.atomic
    def open_ticket(  # type: ignore[misc]
        self: "Call", *, by: User, contact: Contact | None = None, name: str = ""
    ) -> Ticket:
        """A request of its own; twice the same is the same.  Raises Conflict once the call has a result."""
        self.hold()
        if self.ticket is not None:
            return self.ticket
        if self.result:
            raise Conflict(_("The result of this call is written already."))
        if contact:
            numbers.learn(contact, self.number, by=by)
        whose = contact or self.contact or numbers.somebody(self.number, name)
        ticket = ticket_of(self, whose, self.in_words(whose), by)
        self.opened_it = True
        self._stand_in(ticket)
        return ticket

    def in_words(self: "Call", whose: Contact) -> str:  # type: ignore[misc]
        """How a request begins that a call has opened, in the language of the house; the number of a name is beside."""
        with translation.override(Organisation.objects.current().language):
            if not self.number:
                return _("Call from a hidden number")
            if numbers.is_named(whose):
                return _("Outgoing call") if self.outward else _("Incoming call")
            said = _("Call to %(number)s") if self.outward else _("Call from %(number)s")
            return said % {"number": numbers.in_words(self.number)}

    def _stand_in(self: "Call", ticket: Ticket) -> None:  # type: ignore[misc]
        """Whoever was called in sees the request as well."""
        self.tell_ticket()  # that which it leaves
        self.ticket_id, self.contact_id = ticket.pk, ticket.contact_id
        self.save(update_fields=["ticket", "contact", "opened_it"])
        publish(CallStands(ticket_id=ticket.pk, call_id=self.pk), by=self.holder)
        publish(CallTurned(call_id=self.pk, state=self.state, people=sorted(self.people)))
        self.let_in()

    def let_in(self: "Call") -> None:  # type: ignore[misc]
        """A second specialist works on the request together with its owner."""
        ticket = self.ticket
        if ticket is None or not ticket.is_open:
            return
        for person in User.objects.filter(pk__in=self.beside):
            if not can_see(person, ticket):
                try:
                    with transaction.atomic():
                        ticket.invite(person, by=self.holder or person, shown=True)
                except Refused:
                    continue  # they answer nobody, or there are five already: the call itself names them

    def tell_ticket(self: "Call") -> None:  # type: ignore[misc]
        if self.ticket_id:
            publish(CallWent(ticket_id=self.ticket_id, call_id=self.pk), by=None)


def ticket_of(call: "Call", contact: Contact, words: str, by: User | None) -> Ticket:
    """A request of the line that a call begins."""
    conversation = Conversation.objects.create(contact=contact, channel=call.channel, subject=words[:1000])
    return Ticket.open_for(conversation.write_down(words, by=by), by=by, owner=by)


def is_about_a_call_alone(ticket: Ticket) -> bool:
    """Nothing else was joined to it: when the call was about nothing, or is answered, so is the request."""
    return not ticket.taken_in.standing().filter(kind=Relocation.Kind.MERGE).exists()
