"""The facts of tickets, what was measured of each, the sums of a day, what was tried and what happened."""

from otklik.team.metrics.models.annotation import Annotation
from otklik.team.metrics.models.card_sum import CardSum
from otklik.team.metrics.models.cell import Cell
from otklik.team.metrics.models.fact import TicketFact, Watermark
from otklik.team.metrics.models.improvement import Improvement
from otklik.team.metrics.models.reading import Reading

__all__ = ["Annotation", "CardSum", "Cell", "Improvement", "Reading", "TicketFact", "Watermark"]
