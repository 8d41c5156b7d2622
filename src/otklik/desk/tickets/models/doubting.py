"""A visit that was planned, and somebody who was to go there cannot."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import User
from otklik.desk.tickets import approving, events, letters, visit_plan
from otklik.desk.tickets.models.states import ASLEEP
from otklik.desk.tickets.telling import tell

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket, Visit


class Doubting:
    """Trait of the ticket: people of its visits who went away."""

    @transaction.atomic
    def doubt_visit(self: "Ticket", visit: "Visit", person: User) -> None:  # type: ignore[misc]
        """This person cannot be there after all: whoever can send somebody else hears of it, and so do they.

        A request that sleeps comes back where nobody is left to go.
        """
        self.lock()
        found = self.visits.filter(pk=visit.pk, people=person).open().first()
        if found is None or not self.is_open or found.ends_at <= clock.now():
            return
        (asked,) = visit_plan.with_missing([found])
        if self.status in ASLEEP and len(asked.missing) == asked.people.count():
            self._come_back(_("Nobody goes to the visit: %(place)s") % {"place": found.place})
            self.seat()
            self.returned = "visit"
        self.tell(events.VisitDoubted(ticket_id=self.pk, visit_id=found.pk, place=found.place, person_id=person.pk))
        self.keep()
        self._call_for_another(found, person)

    def _call_for_another(self: "Ticket", visit: "Visit", person: User) -> None:  # type: ignore[misc]
        owner = self.owner
        at_work = owner and owner.pk != person.pk and owner.is_active and cover_of(owner.pk) is None
        people = {one.pk: one for one in ([owner] if owner and at_work else approving.deciders(self.team_id, person))}
        if person.is_active:
            people[person.pk] = person

        def said() -> str:
            window = letters.window(visit, letters.zone_of(self))
            told = {"number": self.number, "name": person.name, "when": window, "place": visit.place}
            return _("№ %(number)s: %(name)s cannot go to the visit on %(when)s, %(place)s. Send somebody else.") % told

        tell(people.values(), said, about_id=self.pk)
