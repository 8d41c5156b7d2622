"""Which tickets: the adjectives of the noun."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User

if TYPE_CHECKING:
    pass


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: User) -> "TicketQuerySet":
        """All for those who look at the whole department, else the person's lines and own tickets."""
        if not user.is_active:
            return self.none()
        if user.role in (Role.HEAD, Role.QUALITY, Role.ADMIN):
            return self
        return self.filter(Q(team__in=user.team_ids) | Q(owner=user))

    def open(self) -> "TicketQuerySet":
        return self.filter(due_at__isnull=False)

    def our_move(self) -> "TicketQuerySet":
        return self.open().filter(status__in=("new", "open"))

    def waiting_for_client(self) -> "TicketQuerySet":
        return self.open().filter(status="pending_client")

    def put_aside(self) -> "TicketQuerySet":
        return self.open().filter(status="scheduled")

    def ended(self) -> "TicketQuerySet":
        return self.filter(due_at__isnull=True)

    def unowned(self) -> "TicketQuerySet":
        return self.open().filter(owner=None)

    def late(self, at: datetime) -> "TicketQuerySet":
        return self.our_move().filter(due_at__lt=at)

    def to_wake(self, at: datetime) -> "TicketQuerySet":
        """Waiting or put aside, and the moment has come."""
        return self.filter(status__in=("pending_client", "scheduled"), due_at__lte=at)

    def in_trouble(self) -> "TicketQuerySet":
        return self.filter(delivery_trouble=True)


class TicketManager(models.Manager.from_queryset(TicketQuerySet)):  # type: ignore[misc]
    def wake_due(self) -> int:
        """Bring back every ticket whose moment has come; each in its own transaction.  Returns how many."""
        count = 0
        for pk in self.to_wake(clock.now()).values_list("pk", flat=True):
            count += self.get(pk=pk).wake()
        return count
