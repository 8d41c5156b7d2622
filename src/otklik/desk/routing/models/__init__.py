"""Nouns of the room: delegations of who is away, hand-overs between lines, how a line gives out its work,
what was picked from its queue."""

from otklik.desk.routing.models.delegation import Delegation
from otklik.desk.routing.models.distribution import Distribution, Mode, Need
from otklik.desk.routing.models.handover import Handover
from otklik.desk.routing.models.pick import Pick

__all__ = ["Delegation", "Distribution", "Handover", "Mode", "Need", "Pick"]
