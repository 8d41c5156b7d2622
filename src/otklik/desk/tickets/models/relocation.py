"""Messages that changed their ticket: a state worth explaining, and the way back."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models.ticket import Ticket

UNDO_WITHIN = timedelta(days=30)


class RelocationQuerySet(models.QuerySet["Relocation"]):
    def of(self, ticket: Ticket) -> "RelocationQuerySet":
        """From it or into it."""
        return self.filter(models.Q(source=ticket) | models.Q(target=ticket))

    def standing(self) -> "RelocationQuerySet":
        return self.filter(undone_at=None)

    def undoable(self) -> "RelocationQuerySet":
        return self.standing().filter(at__gt=clock.now() - UNDO_WITHIN)


class Relocation(models.Model):
    """Messages of `source` that stand in `target` since then: who did it, when, which, and how things were before.

    `before` holds plain values: the state of both tickets, the promises that changed their place.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("joined")
        SPLIT = "split", _("split off")
        MOVE = "move", _("moved")

    kind = models.CharField(max_length=5, choices=Kind)
    source = models.ForeignKey(Ticket, models.PROTECT, related_name="sent_away")
    target = models.ForeignKey(Ticket, models.PROTECT, related_name="taken_in")
    message_ids = ArrayField(models.BigIntegerField())
    before = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = RelocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relocation of messages")
        verbose_name_plural = _("relocations of messages")
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(kind="merge", undone_at=None), name="a_ticket_is_joined_to_one"
            ),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="relocation_goes_elsewhere"),
        ]
