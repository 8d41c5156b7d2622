"""Requests that have to do with one another and stay two: duplicate of, caused by, part of."""

from django.db import connection, models
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket

LEADS_TO = """
WITH RECURSIVE chain AS (
    SELECT other_id AS id FROM tickets_tie WHERE ticket_id = %(start)s AND kind = %(kind)s
    UNION SELECT t.other_id FROM tickets_tie t JOIN chain ON t.ticket_id = chain.id WHERE t.kind = %(kind)s)
SELECT EXISTS (SELECT 1 FROM chain WHERE id = %(end)s)
"""


class TieQuerySet(models.QuerySet["Tie"]):
    def of(self, ticket: Ticket) -> "TieQuerySet":
        """From it or to it, the oldest first."""
        return self.filter(models.Q(ticket=ticket) | models.Q(other=ticket)).order_by("id")

    def seen_by(self, user: User) -> "TieQuerySet":
        """Of those whose both requests this person may see: the other one is not named to anybody else."""
        visible = Ticket.objects.visible_to(user).values("pk")
        return self.filter(ticket__in=visible, other__in=visible)

    def lead(self, kind: str, start: Ticket, end: Ticket) -> bool:
        """Whether ties of this kind go from the one to the other, over whatever lies between."""
        with connection.cursor() as cursor:
            cursor.execute(LEADS_TO, {"kind": kind, "start": start.pk, "end": end.pk})
            return bool(cursor.fetchone()[0])


class Tie(models.Model):
    """`ticket` is a duplicate of, caused by, or a part of `other`; two requests have one tie at most."""

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate", _("duplicate of")
        CAUSE = "cause", _("caused by")
        PART = "part", _("part of")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="ties", db_index=False)
    other = models.ForeignKey(Ticket, models.PROTECT, related_name="tied_here")
    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie between requests")
        verbose_name_plural = _("ties between requests")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other"], name="tied_once"),
            models.UniqueConstraint(Least("ticket", "other"), Greatest("ticket", "other"), name="tied_in_one_way"),
            models.CheckConstraint(condition=~models.Q(ticket=models.F("other")), name="tied_to_another"),
        ]
