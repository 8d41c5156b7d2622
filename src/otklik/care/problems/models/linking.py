"""Requests come to a problem and go."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.care.problems import telling
from otklik.care.problems.events import LinkedToProblem, UnlinkedFromProblem
from otklik.care.problems.models.linked import Linked
from otklik.care.problems.models.unlinked import Unlinked
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.problems.models import Problem

MOST_AT_ONCE = 200
"""Of what was found: linked by one press, and to one problem in one night."""


class Linking:
    """Trait of the problem.  The request is held first, as by every act on it; one that is over is linked, too: its
    client had the same trouble.
    """

    @transaction.atomic
    def link(self: "Problem", ticket: Ticket, *, by: User | None) -> bool:  # type: ignore[misc]
        """This problem made it.  What came after its removal its owner hears, too.

        False when that is known, or when somebody said that it is not of it: only a person links it there again.
        Raises Conflict for one that another problem made.
        """
        came = self._take(ticket, by)
        if came:
            telling.tell_again(self, [ticket], by=by)
        return came

    @transaction.atomic
    def take(self: "Problem", ticket: Ticket, *, by: User | None) -> bool:  # type: ignore[misc]
        """As `link`, of many: whoever does it tells the owner once of all of them."""
        return self._take(ticket, by)

    def _take(self: "Problem", ticket: Ticket, by: User | None) -> bool:  # type: ignore[misc]
        ticket.lock()
        known = Linked.objects.filter(ticket=ticket).first()
        if known and known.problem_id == self.pk:
            return False
        if known:
            raise Conflict(
                _("It belongs to problem № %(number)s already: take it away there first.")
                % {"number": known.problem_id}
            )
        said = Unlinked.objects.filter(problem=self, ticket=ticket)
        if by is not None:
            said.delete()
        elif said.exists():
            return False
        Linked.objects.create(problem=self, ticket=ticket, by=by)
        publish(LinkedToProblem(ticket_id=ticket.pk, problem_id=self.pk), by=by)
        return True

    @transaction.atomic
    def unlink(self: "Problem", ticket: Ticket, *, by: User) -> bool:  # type: ignore[misc]
        """It is about something else, which is remembered.  False when it is no part of this one."""
        ticket.lock()
        if not Linked.objects.filter(problem=self, ticket=ticket).delete()[0]:
            return False
        Unlinked.objects.get_or_create(problem=self, ticket=ticket, defaults={"by": by})
        publish(UnlinkedFromProblem(ticket_id=ticket.pk, problem_id=self.pk), by=by)
        return True

    def link_all(self: "Problem", tickets: Iterable[Ticket], *, by: User | None) -> tuple[int, int]:  # type: ignore[misc]
        """Each in a transaction of its own: how many were linked, and how many belong to another problem."""
        came, refused = [], 0
        for ticket in tickets:
            try:
                with transaction.atomic():
                    came += [ticket] if self._take(ticket, by) else []
            except Refused:
                refused += 1
        telling.tell_again(self, came, by=by)
        return len(came), refused
