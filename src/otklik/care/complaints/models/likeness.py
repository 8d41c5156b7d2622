"""Complaints that belong together, and requests that somebody said are none."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

if TYPE_CHECKING:
    from otklik.care.complaints.models import Complaint


class Likeness(models.Model):
    """Two complaints of one cause; the smaller number stands first."""

    one: "models.ForeignKey[Complaint]" = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="+")
    other: "models.ForeignKey[Complaint]" = models.ForeignKey("complaints.Complaint", models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("link of complaints")
        verbose_name_plural = _("links of complaints")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="complaints_are_linked_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="smaller_complaint_stands_first"
            ),
        ]


class NoComplaint(models.Model):
    """Somebody looked at what sounded like a complaint and said that it is none; later words may ask again."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("request that is no complaint")
        verbose_name_plural = _("requests that are no complaints")
