"""The bot and its server, for what the rooms above make of a chat."""

from otklik.adapters.telegram.tests.conftest import api, bot, hear

__all__ = ["api", "bot", "hear"]
