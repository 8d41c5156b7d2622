"""Two specialists on one ticket: who was asked to work on it beside the owner, by whom, until when."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterable


class PartnerQuerySet(models.QuerySet["Partner"]):
    def now(self) -> "PartnerQuerySet":
        return self.filter(left_at=None)

    def seen_by_client(self) -> "PartnerQuerySet":
        """Those whose names the client reads."""
        return self.now().filter(shown=True)

    def names(self) -> "Iterable[str]":
        return self.order_by("id").values_list("user__name", flat=True)


class Partner(models.Model):
    """One person who works on a ticket with its owner; `Ticket.works_with` repeats those of this moment.

    They see the ticket and answer in it whatever their lines are; answerable to the client stays the one owner.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="partners", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who"))
    shown = models.BooleanField(_("the client sees it"), default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("since"), default=clock.now)
    left_at = models.DateTimeField(_("until"), null=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "user"], condition=models.Q(left_at=None), name="one_partner_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} × {self.ticket_id}"
