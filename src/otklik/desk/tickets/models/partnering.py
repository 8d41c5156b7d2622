"""Working on a ticket together: one owner, and partners beside them."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

MOST = 5


class Partnering:
    """Trait of the ticket: who works on it beside the owner."""

    @transaction.atomic
    def invite(self: "Ticket", user: User, *, by: User, shown: bool = False) -> None:  # type: ignore[misc]
        """Ask a colleague of any line to work on it together; `shown` names them to the client.

        Asked again, only that changes.  Raises Invalid for who cannot, Conflict for a ticket that has ended.
        """
        self.lock()
        self.must_be_open()
        self._check_partner(user)
        standing = self.partners.now().filter(user=user).first()
        if standing and standing.shown == shown:
            return
        if standing:
            standing.shown = shown
            standing.save(update_fields=["shown"])
        else:
            self.partners.create(user=user, by=by, shown=shown)
            self.works_with = [*self.works_with, user.pk]
        self.keep()
        publish(events.PartnerInvited(ticket_id=self.pk, user_id=user.pk, shown=shown, people=[user.pk]), by=by)

    @transaction.atomic
    def part(self: "Ticket", user: User, *, by: User | None) -> None:  # type: ignore[misc]
        """They work on it no more.  Raises Conflict when they did not."""
        self.lock()
        if user.pk not in self.works_with:
            raise Conflict(_("%(name)s does not work on it any more.") % {"name": user})
        self._let_go(user.pk)
        self.keep()
        publish(events.PartnerLeft(ticket_id=self.pk, user_id=user.pk), by=by)

    def _let_go(self: "Ticket", pk: int) -> None:  # type: ignore[misc]
        self.partners.now().filter(user=pk).update(left_at=clock.now())
        self.works_with = [one for one in self.works_with if one != pk]

    def mind_partners(self: "Ticket") -> None:  # type: ignore[misc]
        """The owner is no partner of their own."""
        if self.works_with and self.owner_id in self.works_with:
            self._let_go(self.owner_id)

    @property
    def partners_shown(self: "Ticket") -> list[str]:  # type: ignore[misc]
        """Names of those whom the client sees; asks nothing where nobody works on it together."""
        return list(self.partners.seen_by_client().names()) if self.works_with else []

    def _check_partner(self: "Ticket", user: User) -> None:  # type: ignore[misc]
        if not (user.is_active and user.answers):
            raise Invalid(_("This person does not answer clients."), "user")
        if user.pk == self.owner_id:
            raise Invalid(_("%(name)s is the owner already.") % {"name": user}, "user")
        if user.pk in self.works_with:
            return
        if cover_of(user.pk):
            raise Invalid(_("%(name)s is away.") % {"name": user}, "user")
        if len(self.works_with) >= MOST:
            raise Invalid(_("At most %(most)s people work on a request beside its owner.") % {"most": MOST}, "user")
