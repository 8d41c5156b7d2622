"""The tree of topics for pages, so that no statement joins it.

Kept in the process for half a minute, as colleagues and lines are; an unknown number is looked up at once.
"""

from time import monotonic

from otklik.desk.tickets.models import Topic
from otklik.desk.tickets.models.topic import Tree

FRESH = 30.0
_kept: list[tuple[float, Tree]] = []


def tree() -> Tree:
    if not _kept or monotonic() > _kept[0][0]:
        _kept[:] = [(monotonic() + FRESH, Topic.objects.tree())]
    return _kept[0][1]


def said(pk: int | None) -> str:
    """The topic of a request with what stands above it; "" for none."""
    if pk is None:
        return ""
    if pk not in tree().topics:
        forget()
    return tree().said(pk)


def forget() -> None:
    """Read again at the next question (tests; a tree that was changed)."""
    _kept.clear()
