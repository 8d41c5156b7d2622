"""Operations on what tickets are about."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.desk.tickets.models import Field, Product, Topic
from otklik.front.api import present
from otklik.front.api.auth import reading
from otklik.front.api.doors import answers
from otklik.front.api.schemas.shown import FieldOut, ProductOut, TopicOut

router = Router(tags=["topics"])


@router.get("", auth=reading, response=answers(list[TopicOut]), operation_id="list_topics")
def list_topics(request: HttpRequest) -> Any:
    """The tree, each topic followed by those below it; also those that are not in use any more."""
    tree = Topic.objects.tree()
    return [present.topic_row(topic, tree) for _level, topic in tree.walk()]


@router.get("/products", auth=reading, response=answers(list[ProductOut]), operation_id="list_products")
def list_products(request: HttpRequest) -> Any:
    """What tickets may be about beside their topic; also what is not in use any more."""
    return [{"id": one.pk, "name": one.name, "in_use": one.is_active} for one in Product.objects.all()]


@router.get("/fields", auth=reading, response=answers(list[FieldOut]), operation_id="list_fields")
def list_fields(request: HttpRequest) -> Any:
    """What is asked for with each topic, in the order of the form; also fields that are not in use any more."""
    return [present.field_row(field) for field in Field.objects.all()]
