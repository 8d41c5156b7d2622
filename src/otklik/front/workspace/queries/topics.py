"""The tree of topics and the fields of the form for pages, so that no statement joins or asks for them.

Kept in the process for half a minute, as colleagues and lines are; an unknown topic is looked up at once.  What is
written asks the database itself.
"""

from otklik.core.recent import Recent
from otklik.desk.tickets.models import Field, Topic
from otklik.desk.tickets.models.topic import Tree

FRESH = 30.0
_tree: Recent[Tree] = Recent(FRESH)
_fields: Recent[list[Field]] = Recent(FRESH)


def tree() -> Tree:
    return _tree.get(Topic.objects.tree)


def said(pk: int | None) -> str:
    """The topic of a request with what stands above it; "" for none."""
    return _knowing(pk).said(pk) if pk else ""


def form(pk: int | None) -> list[Field]:
    """What is asked for with this topic, as `Field.objects.of_topic` has it."""
    fields = _fields.get(lambda: list(Field.objects.filter(is_active=True)))
    above = {topic.pk for topic in _knowing(pk).path(pk)} if pk else set()
    return [field for field in fields if field.topic_id is None or field.topic_id in above]


def _knowing(pk: int) -> Tree:
    if pk not in tree().topics:
        _tree.forget()
        _fields.forget()
    return tree()
