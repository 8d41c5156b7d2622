"""Nouns of the room: delegations of who is away."""

from otklik.desk.routing.models.delegation import Delegation

__all__ = ["Delegation"]
