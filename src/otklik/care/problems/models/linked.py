"""A request that a problem made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket


class Linked(models.Model):
    """A request belongs to one problem at most; `by` is None where the night found it."""

    problem = models.ForeignKey("problems.Problem", models.CASCADE, related_name="linked", db_index=False)
    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("linked"), default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False)

    class Meta:
        verbose_name = _("request of a problem")
        verbose_name_plural = _("requests of problems")
        indexes = [models.Index(fields=["problem", "-ticket"], name="linked_in_order")]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.ticket_id}"
