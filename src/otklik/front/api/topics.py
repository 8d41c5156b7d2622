"""Operations on what tickets are about."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.desk.tickets.models import Topic
from otklik.front.api import present
from otklik.front.api.auth import reading
from otklik.front.api.schemas import TopicOut
from otklik.front.api.tickets import answers

router = Router(tags=["topics"])


@router.get("", auth=reading, response=answers(list[TopicOut]), operation_id="list_topics")
def list_topics(request: HttpRequest) -> Any:
    """The tree, each topic followed by those below it; also those that are not in use any more."""
    tree = Topic.objects.tree()
    return [present.topic_row(topic, tree) for _level, topic in tree.walk()]
