"""Who has read a ticket and who has it open now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import nearness
from otklik.desk.channels.nearness import FRESH
from otklik.desk.tickets.models.ticket import Ticket


class Seen(models.Model):
    """The last message of a ticket that a person has looked at, and when they opened it last."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    message_id = models.BigIntegerField()
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="seen_once")]
        indexes = [
            models.Index(
                "user", models.F("opened_at").desc(), name="seen_recently", condition=models.Q(opened_at__isnull=False)
            )
        ]


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        """Heartbeats that have not expired; a closed tab disappears by itself."""
        return self.filter(at__gte=clock.now() - FRESH)


class PresenceManager(models.Manager.from_queryset(PresenceQuerySet)):  # type: ignore[misc]
    def beat(self, ticket: Ticket, user: User, doing: str) -> bool:
        """A heartbeat; True when it is news to others (came, does something else), who then hear of it."""
        was = self.now().filter(ticket=ticket, user=user).values_list("doing", flat=True).first()
        self.bulk_create(
            [Presence(ticket=ticket, user=user, doing=doing, at=clock.now())],
            update_conflicts=True,
            unique_fields=["ticket", "user"],
            update_fields=["doing", "at"],
        )
        return was != doing and _tell(ticket)

    def leave(self, ticket: Ticket, user: User) -> bool:
        """The page was closed."""
        gone, _rows = self.filter(ticket=ticket, user=user).delete()
        return bool(gone) and _tell(ticket)

    def others(self, ticket: Ticket, user: User) -> "list[Presence]":
        """Colleagues who are here now, writers first."""
        order = [Presence.Doing.WRITES, Presence.Doing.NOTES, Presence.Doing.READS]
        here = self.now().filter(ticket=ticket).exclude(user=user).select_related("user")
        return sorted(here, key=lambda one: (order.index(Presence.Doing(one.doing)), one.user.name))


class Presence(models.Model):
    """A person at a ticket: reading it, or writing a reply or a note."""

    class Doing(models.TextChoices):
        READS = "reads", _("reads")
        WRITES = "writes", _("writes a reply")
        NOTES = "notes", _("writes a note")

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="presences")
    doing = models.CharField(max_length=6, choices=Doing)
    at = models.DateTimeField(default=clock.now)

    objects: PresenceManager = PresenceManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="present_once")]


def _tell(ticket: Ticket) -> bool:
    nearness.tell(ticket.pk)
    return True
