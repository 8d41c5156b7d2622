"""Boards that people put together themselves: tiles, each a metric of the layer in one form."""
