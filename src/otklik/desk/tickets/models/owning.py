"""Who works on a ticket."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


class Owning:
    """Trait of the ticket: one owner or the queue of a line, never nobody."""

    @transaction.atomic
    def take(self: "Ticket", *, by: User) -> None:  # type: ignore[misc]
        """Become the owner of a ticket that has none.  Raises Conflict when somebody was quicker."""
        self.lock()
        self.must_stand()
        if self.owner_id and self.owner_id != by.pk:
            raise Conflict(_("%(name)s has taken this ticket already.") % {"name": self.owner})
        self._give(by, self.team, by=by)

    @transaction.atomic
    def assign(self: "Ticket", owner: User | None, *, by: User | None) -> None:  # type: ignore[misc]
        """Give the ticket to a person who works here, or back to the queue of its line."""
        self.lock()
        self.must_stand()
        if owner and not (owner.is_active and owner.answers):
            raise Invalid(_("This person does not answer clients."), "owner")
        self._give(owner, self.team, by=by)

    @transaction.atomic
    def hand_over(self: "Ticket", team: Team, brief: str, *, by: User) -> None:  # type: ignore[misc]
        """Pass to another line with what is known and what is asked, so that the client never repeats it."""
        if not brief.strip():
            raise Invalid(_("Write what is known, what was tried and what is expected."), "brief")
        self.lock()
        self.note(brief, by=by)
        self._give(None if team.pk != self.team_id else self.owner, team, by=by)

    @property
    def owner_here(self: "Ticket") -> User | None:  # type: ignore[misc]
        """The owner while they work here and answer clients: what has ended may be somebody's who left."""
        return self.owner if self.owner and self.owner.is_active and self.owner.answers else None

    def _give(self: "Ticket", owner: User | None, team: Team, *, by: User | None) -> None:  # type: ignore[misc]
        before = (self.owner_id, self.team_id)
        self.owner, self.team = owner, team
        if before == (self.owner_id, self.team_id):
            return
        self._mind_the_queue(anew=team.pk != before[1])
        self.keep()
        publish(
            events.TicketAssigned(
                ticket_id=self.pk,
                owner_id=self.owner_id,
                was=before[0],
                team_id=self.team_id,
                team_was=before[1],
            ),
            by=by,
        )
