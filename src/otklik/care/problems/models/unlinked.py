"""That a request is not of a problem, as somebody said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket


class Unlinked(models.Model):
    """The night, which knows less, does not link it there again; a person may."""

    problem = models.ForeignKey("problems.Problem", models.CASCADE, related_name="unlinked")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(_("unlinked"), default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False)

    class Meta:
        verbose_name = _("request that is not of a problem")
        verbose_name_plural = _("requests that are not of a problem")
        constraints = [models.UniqueConstraint(fields=["ticket", "problem"], name="unlinked_once")]

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.ticket_id}"
