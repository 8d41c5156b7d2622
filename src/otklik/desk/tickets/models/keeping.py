"""Requests that a person keeps at hand."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.ticket import Ticket

MOST = 50


class PinManager(models.Manager["Pin"]):
    def put(self, ticket: Ticket, user: User) -> None:
        """Keep at hand until it is let go.  Raises Conflict when there are too many to be at hand at all."""
        if self.filter(user=user).exclude(ticket=ticket).count() >= MOST:
            raise Conflict(_("%(most)s requests are pinned already; unpin one first.") % {"most": MOST})
        try:
            with transaction.atomic():
                self.create(user=user, ticket=ticket)
        except IntegrityError:
            return  # pinned already

    def drop(self, ticket: Ticket, user: User) -> None:
        self.filter(user=user, ticket=ticket).delete()


class Pin(models.Model):
    """A request that somebody pinned, for themselves alone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: PinManager = PinManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "ticket"], name="pinned_once")]
