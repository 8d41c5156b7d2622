"""Layouts of the page of a request: what it is made of, how each kind is laid out, laid out anew."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.tickets.layouts import BLOCKS, Kind
from otklik.desk.tickets.models import Layout
from otklik.front.api.auth import automating, reading
from otklik.front.api.doors import answers
from otklik.front.api.keeping import administrator, told
from otklik.front.api.paging import Cursor, Limit, stretch
from otklik.front.api.schemas import layouts as shapes

router = Router(tags=["layouts"])


@router.get("", auth=reading, response=answers(list[shapes.LayoutOut]), operation_id="list_layouts")
def list_layouts(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """One for each kind of request; a request is of the first kind of which it is."""
    return [_row(one) for one in stretch(request, Layout.objects.every(), cursor, limit)]


@router.get("/blocks", auth=reading, response=answers(list[shapes.BlockOut]), operation_id="list_blocks_of_layouts")
def list_blocks(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What a layout is made of, as delivered."""
    names = ("code", "area", "folds", "hides")
    shown = stretch(request, list(BLOCKS.values()), cursor, limit)
    return [{name: getattr(one, name) for name in names} | {"label": str(one.label)} for one in shown]


@router.get("/{str:code}", auth=reading, response=answers(shapes.LayoutOut), operation_id="read_layout")
def read_layout(request: HttpRequest, code: str) -> Any:
    """That of one kind."""
    return _row(Layout.objects.of(_kind(code)))


@router.put("/{str:code}", auth=automating, response=answers(shapes.LayoutOut), operation_id="replace_layout")
def replace_layout(request: HttpRequest, code: str, body: shapes.LayoutIn) -> Any:
    """For every agent at their next look at a request of this kind; an administrator only."""
    administrator(request)
    with transaction.atomic():
        layout = Layout.objects.held(_kind(code))
        layout.set_plan(body.order, body.folded, body.hidden)
        told(request, "layout", layout.code)
    return _row(layout)


def _kind(code: str) -> str:
    if code not in Kind.values:
        raise HttpError(404, "not found")
    return code


def _row(layout: Layout) -> dict[str, Any]:
    plan = layout.plan
    return {
        "kind": layout.code,
        "label": str(layout),
        "as_delivered": layout.is_delivered,
        "order": [*plan.order],
        "folded": [*plan.folded],
        "hidden": [*plan.hidden],
    }
