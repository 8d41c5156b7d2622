"""Handing a letter to a mail server, phase by phase, so that "did it leave?" always has an answer."""
