"""A request whose client feels an incident."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket


class Affected(models.Model):
    """It `stands` until the incident is closed; a request stands in one at most."""

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="affected", db_index=False)
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    stands = models.BooleanField(default=True)
    at = models.DateTimeField(_("attached"), default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False)

    class Meta:
        verbose_name = _("request of an incident")
        verbose_name_plural = _("requests of incidents")
        constraints = [
            models.UniqueConstraint(fields=["incident", "ticket"], name="affected_once"),
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(stands=True), name="affected_by_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.ticket_id}"
