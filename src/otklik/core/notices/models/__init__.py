"""Nouns of the room: what a person and a line chose, browsers that may show notices, the letter of a morning."""

from otklik.core.notices.models.browser import Browser, Delivery
from otklik.core.notices.models.choice import Digest, LineChoice, PersonChoice
from otklik.core.notices.models.letter import Letter
from otklik.core.notices.models.signature import Signature

__all__ = ["Browser", "Delivery", "Digest", "Letter", "LineChoice", "PersonChoice", "Signature"]
