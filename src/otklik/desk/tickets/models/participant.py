"""People beside the client: whom an agent let into the talk, or keeps out of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket


class Participant(models.Model):
    """What an agent decided about one address; without a decision whoever a letter names is a proposal."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="participants")
    address = models.CharField(_("address"), max_length=320)
    let_in = models.BooleanField(_("takes part"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["ticket", "address"], name="one_decision_for_each_address")]

    def __str__(self) -> str:
        return self.address
