"""Who follows a request without answering for it."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models.ticket import Ticket

MOST = 200
"""Whoever watches more than that looks at none of it."""


class WatchManager(models.Manager["Watch"]):
    def put(self, ticket: Ticket, user: User, *, by: User | None = None) -> None:
        """Tell them what becomes of it until they leave; `by` is who asks them to, if it is not they.

        Raises Conflict where they watch too many already.
        """
        if self.filter(user=user).exclude(ticket=ticket).count() >= MOST:
            if by and by.pk != user.pk:
                said = _now("%(name)s watches %(most)s requests already and can be asked to watch no more.")
                raise Conflict(said % {"name": user.name, "most": MOST})
            raise Conflict(_now("You watch %(most)s requests already; leave one first.") % {"most": MOST})
        self.bulk_create([Watch(user=user, ticket=ticket)], ignore_conflicts=True)

    def drop(self, ticket: Ticket, user: User) -> None:
        self.filter(user=user, ticket=ticket).delete()

    def carry(self, source: int, target: int) -> None:
        """Whoever watched a request that was joined to another one watches the one that goes on."""
        known = self.filter(ticket=source, user__is_active=True).values_list("user", flat=True)
        self.bulk_create([Watch(user_id=pk, ticket_id=target) for pk in known], ignore_conflicts=True)


class Watch(models.Model):
    """A person who is told what becomes of a request; it gives no right to see it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="watches", db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("since"), default=clock.now)

    objects: WatchManager = WatchManager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.ticket_id}"
