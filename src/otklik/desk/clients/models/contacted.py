"""What was sent to a client by itself, for the caps of the contact policy."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.rows import insert
from otklik.desk.clients.models.client import Client
from otklik.desk.clients.purposes import Purpose

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact


class ContactedManager(models.Manager["Contacted"]):
    def note(self, contact: "Contact", purpose: Purpose, at: datetime | None = None) -> None:
        insert(Contacted(contact=contact, client_id=contact.client_id, purpose=purpose, at=at or clock.now()))


class Contacted(models.Model):
    """One message to one person; `client` is their organisation of that day."""

    contact: models.ForeignKey["Contact"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, related_name="+", db_index=False
    )
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose)
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
