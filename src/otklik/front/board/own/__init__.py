"""Boards that people put together: the list, a board, its builder, the wall."""
