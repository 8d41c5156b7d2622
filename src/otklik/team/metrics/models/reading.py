"""What was measured: one row for each moment of a ticket that a metric counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.rows import pour
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models.cell import Cell
from otklik.team.metrics.seen import Seen


class ReadingQuerySet(models.QuerySet["Reading"]):
    def replace(self, seen: Mapping[int, Counter[Seen]], measures: Collection[int] = ()) -> None:
        """These tickets were seen so: write what differs from before, and carry the difference into the cells.

        With `measures` only what these measured was seen, and all else stays.
        """
        known: dict[int, Counter[Seen]] = defaultdict(Counter)
        gone: list[int] = []
        before = self.filter(ticket__in=seen)
        stored = before.filter(measure__in=measures) if measures else before
        for pk, ticket, *told in stored.values_list("pk", "ticket", *Seen._fields):
            one = Seen(*told)
            known[ticket][one] += 1
            if known[ticket][one] > seen[ticket][one]:
                gone.append(pk)
        fresh = {ticket: seen[ticket] - known[ticket] for ticket in seen}
        stale = {ticket: known[ticket] - seen[ticket] for ticket in seen}
        self.filter(pk__in=gone).delete()
        rows = ((ticket, int(one.measure), *one[1:]) for ticket, some in fresh.items() for one in some.elements())
        pour(Reading, ("ticket_id", *Seen._fields), rows)
        Cell.objects.carry(fresh.values(), stale.values())


class Reading(models.Model):
    """One measured moment; the line, person and the rest are those it is counted for, as numbers of their rows."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+", verbose_name=_("request"))
    measure = models.PositiveSmallIntegerField(choices=Measure)
    at = models.DateTimeField()
    value = models.BigIntegerField(default=0)
    kind = models.PositiveSmallIntegerField(default=0)
    team_id = models.BigIntegerField()
    agent_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12)
    topic_id = models.BigIntegerField(null=True)
    class_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField()
    client_id = models.BigIntegerField(null=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [
            # With every side, so that a figure from two of them reads nothing else.
            models.Index(
                fields=["measure", "at"],
                include=["team_id", "kind", "value", "agent_id", "channel", "topic_id", "class_id", "product_id", "id"],
                name="reading_from_sides",
            ),
            models.Index(
                fields=["client_id", "measure", "at"],
                name="reading_of_client",
                condition=models.Q(client_id__isnull=False),
            ),
            # Of a topic, so that what has none costs nothing: see `chaining`.
            models.Index(
                fields=["contact_id", "topic_id", "at"],
                name="reading_of_matter",
                condition=models.Q(measure=Measure.CONTACT, topic_id__isnull=False),
            ),
        ]

    def seen(self) -> Seen:
        return Seen(**{name: getattr(self, name) for name in Seen._fields})
