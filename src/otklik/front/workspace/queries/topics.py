"""The tree of topics and the fields of the form for pages, so that no statement joins or asks for them.

Kept in the process for half a minute, as colleagues and lines are; an unknown topic is looked up at once.  What is
written asks the database itself.
"""

from time import monotonic

from otklik.desk.tickets.models import Field, Topic
from otklik.desk.tickets.models.topic import Tree

FRESH = 30.0
_trees: list[tuple[float, Tree]] = []
_fields: list[tuple[float, list[Field]]] = []


def tree() -> Tree:
    if not _trees or monotonic() > _trees[0][0]:
        _trees[:] = [(monotonic() + FRESH, Topic.objects.tree())]
    return _trees[0][1]


def said(pk: int | None) -> str:
    """The topic of a request with what stands above it; "" for none."""
    return _knowing(pk).said(pk) if pk else ""


def form(pk: int | None) -> list[Field]:
    """What is asked for with this topic, as `Field.objects.of_topic` has it."""
    if not _fields or monotonic() > _fields[0][0]:
        _fields[:] = [(monotonic() + FRESH, list(Field.objects.filter(is_active=True)))]
    above = {topic.pk for topic in _knowing(pk).path(pk)} if pk else set()
    return [field for field in _fields[0][1] if field.topic_id is None or field.topic_id in above]


def forget() -> None:
    """Read again at the next question (tests; a tree that was changed)."""
    _trees.clear()
    _fields.clear()


def _knowing(pk: int) -> Tree:
    if pk not in tree().topics:
        forget()
    return tree()
