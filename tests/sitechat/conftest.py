"""The chat and its windows, for what the rooms above make of a talk there."""

from otklik.adapters.sitechat.tests.conftest import _nothing_measured, another, chat, window

__all__ = ["_nothing_measured", "another", "chat", "window"]
