"""Something that is known, and from where."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.care.complaints.models import Complaint


class Fact(models.Model):
    """A fact without a source is an opinion, so none is kept without."""

    complaint: "models.ForeignKey[Complaint]" = models.ForeignKey(
        "complaints.Complaint", models.CASCADE, related_name="facts"
    )
    text = models.CharField(_("what is known"), max_length=1000)
    source = models.CharField(_("from where"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("fact of a complaint")
        verbose_name_plural = _("facts of complaints")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text="") & ~models.Q(source=""), name="fact_has_a_source")
        ]
