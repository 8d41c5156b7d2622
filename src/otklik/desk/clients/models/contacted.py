"""What was sent to a client by itself, for the caps of the contact policy."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.purposes import Asks, Purpose

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class ContactedManager(models.Manager["Contacted"]):
    def note(
        self, contact: "Contact", purpose: Purpose, at: datetime | None = None, *, asks: Asks | None = None
    ) -> None:
        """`asks` is what a survey is about."""
        row = Contacted(contact=contact, client_id=contact.client_id, purpose=purpose, at=at or clock.now())
        if asks:
            row.asks = asks
            row.save()  # `insert` leaves to the database what it has a default for
        else:
            insert(row)


class Contacted(models.Model):
    """One message to one person; `client` is their organisation of that day."""

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="+", db_index=False
    )
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
    asks = models.CharField(max_length=8, choices=Asks, blank=True, default="", db_default="")
    at = models.DateTimeField()

    objects = ContactedManager()

    class Meta:
        verbose_name = _("automatic message")
        verbose_name_plural = _("automatic messages")
        indexes = [
            models.Index(fields=["contact", "at"], name="contacted_person"),
            models.Index(fields=["client", "at"], name="contacted_client", condition=models.Q(client__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.contact_id}"
