"""Whom an incident concerns beside those who wrote: people and organisations, found by one question or named."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact


class How(models.TextChoices):
    PRODUCT = "product", _("by what they have of us")
    TAG = "tag", _("by a tag of their card")
    LIST = "list", _("by a saved list of requests")
    HAND = "hand", _("by names and addresses")


class Finding(models.Model):
    """One act: how they were found, by which word of ours (the product, the tag, the list), why, by whom and when."""

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="findings")
    how = models.CharField(_("How they were found"), max_length=8, choices=How)
    source = models.CharField(_("by what"), max_length=200, blank=True)
    why = models.TextField(_("Why it concerns them"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("finding of an incident")
        verbose_name_plural = _("findings of incidents")

    def __str__(self) -> str:
        return f"{self.get_how_display()}: {self.source}" if self.source else self.get_how_display()


class Concerned(models.Model):
    """A person, or an organisation as a whole.  Who was found twice stands twice and counts once."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="concerned", db_index=False)
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+", verbose_name=_("client"))
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+", verbose_name=_("organisation"))

    class Meta:
        verbose_name = _("client of an incident")
        verbose_name_plural = _("clients of incidents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="concerned_is_one",
            ),
            models.UniqueConstraint(fields=["finding", "contact"], name="concerned_person_once"),
            models.UniqueConstraint(fields=["finding", "client"], name="concerned_organisation_once"),
        ]
        indexes = [models.Index(fields=["finding", "id"], name="concerned_in_order")]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.contact_id or self.client_id}"
