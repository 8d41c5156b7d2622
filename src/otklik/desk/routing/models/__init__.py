"""Nouns of the room: delegations of who is away, hand-overs between lines, how a line gives out its work."""

from otklik.desk.routing.models.delegation import Delegation
from otklik.desk.routing.models.distribution import Distribution, Mode, Need
from otklik.desk.routing.models.handover import Handover

__all__ = ["Delegation", "Distribution", "Handover", "Mode", "Need"]
