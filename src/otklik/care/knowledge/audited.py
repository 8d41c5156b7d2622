"""What was read is kept for ever: who takes words out of it is told."""

from otklik.care.knowledge.events import WordsErased
from otklik.core.audit.registry import hears

hears(WordsErased)
