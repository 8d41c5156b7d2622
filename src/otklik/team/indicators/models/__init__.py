"""Indicators and their plans, closed months and what was frozen, schemes, statements and disputes."""

from otklik.team.indicators.models.close import Close, Frozen
from otklik.team.indicators.models.dispute import Dispute, Outcome
from otklik.team.indicators.models.indicator import Indicator, Of, Plan
from otklik.team.indicators.models.part import Part
from otklik.team.indicators.models.scheme import Currency, Scheme
from otklik.team.indicators.models.statement import State, Statement

__all__ = [
    "Close",
    "Currency",
    "Dispute",
    "Frozen",
    "Indicator",
    "Of",
    "Outcome",
    "Part",
    "Plan",
    "Scheme",
    "State",
    "Statement",
]
