"""Nouns of the room: delegations of who is away, hand-overs between lines."""

from otklik.desk.routing.models.delegation import Delegation
from otklik.desk.routing.models.handover import Handover

__all__ = ["Delegation", "Handover"]
