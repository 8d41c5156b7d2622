"""Operations on what tickets are about."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Field, Topic
from otklik.front.api import present
from otklik.front.api.auth import reading
from otklik.front.api.doors import answers
from otklik.front.api.paging import Cursor, Limit, page, stretch
from otklik.front.api.schemas.shown import FieldOut, ProductOut, TopicOut

router = Router(tags=["topics"])


@router.get("", auth=reading, response=answers(list[TopicOut]), operation_id="list_topics")
def list_topics(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """The tree, each topic followed by those below it; also those that are not in use any more."""
    tree = Topic.objects.tree()
    return [present.topic_row(topic, tree) for _level, topic in stretch(request, list(tree.walk()), cursor, limit)]


@router.get("/products", auth=reading, response=answers(list[ProductOut]), operation_id="list_products")
def list_products(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What tickets may be about beside their topic; also what is not in use any more."""
    shown, _next = page(request, Product.objects.all(), ("name", "id"), cursor, limit)
    return [{"id": one.pk, "name": one.name, "in_use": one.is_active} for one in shown]


@router.get("/fields", auth=reading, response=answers(list[FieldOut]), operation_id="list_fields")
def list_fields(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What is asked for with each topic, in the order of the form; also fields that are not in use any more."""
    shown, _next = page(request, Field.objects.all(), ("position", "id"), cursor, limit)
    return [present.field_row(field) for field in shown]
