"""Who has read a ticket and who has it open now."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket

FRESH = timedelta(seconds=30)


class Seen(models.Model):
    """The last message of a ticket that a person has looked at."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    message_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="seen_once")]


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        """Heartbeats that have not expired; a closed tab disappears by itself."""
        return self.filter(at__gte=clock.now() - FRESH)


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

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="present_once")]
