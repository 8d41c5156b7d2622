"""Requests come to an incident and go."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.incidents.events import AttachedToIncident, DetachedFromIncident
from otklik.care.incidents.models.affected import Affected
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.incidents.models import Incident


class Attaching:
    """Trait of the incident.  The request is held first, as by every act on it."""

    @transaction.atomic
    def attach(self: "Incident", ticket: Ticket, *, by: User | None) -> bool:  # type: ignore[misc]
        """The client of this request hears of the incident from now on; False when they do already.

        It stays where it is in the queues.  Raises Conflict for a request that is over or is part of another
        incident, and for an incident that is closed.
        """
        ticket.lock()
        standing = Affected.objects.filter(ticket=ticket, stands=True).first()
        if standing and standing.incident_id == self.pk:
            return False
        if standing:
            raise Conflict(
                _("It is part of incident № %(number)s already: detach it first.") % {"number": standing.incident_id}
            )
        self.lock()
        if self.is_closed:
            raise Conflict(_("The incident is closed. Declare a new one if it is there again."))
        ticket.must_be_open()
        Affected.objects.create(incident=self, ticket=ticket, by=by)
        publish(AttachedToIncident(ticket_id=ticket.pk, incident_id=self.pk), by=by)
        return True

    @transaction.atomic
    def detach(self: "Incident", ticket: Ticket, *, by: User | None) -> bool:  # type: ignore[misc]
        """It is about something else; what its client was told stays told.  False when it is no part of this one."""
        ticket.lock()
        if not Affected.objects.filter(incident=self, ticket=ticket, stands=True).delete()[0]:
            return False
        publish(DetachedFromIncident(ticket_id=ticket.pk, incident_id=self.pk), by=by)
        return True
