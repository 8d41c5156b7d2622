"""Lists in pages: a cursor stands for the place after a row, whatever comes or goes before it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja import Query

from otklik.front.api.problems import Trouble

Cursor = Annotated[
    str,
    Query(max_length=1000, description="`next` of the page before, or the cursor of its `Link: rel=next`; opaque"),
]
Limit = Annotated[int, Query(ge=1, le=200, description="so many at most")]


def page[M: Model](
    request: HttpRequest, rows: QuerySet[M], order: Sequence[str], cursor: str, limit: int
) -> tuple[list[M], str | None]:
    """Rows after the cursor and the cursor of the next page.

    `order` are columns or annotations without NULL, `-` before those that go down; the last one is unique.
    """
    if cursor:
        rows = rows.filter(_after(order, _read(request, cursor, len(order))))
    found = list(rows.order_by(*order)[: limit + 1])
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], _next(request, [getattr(last, name.lstrip("-")) for name in order])


def number_before(request: HttpRequest, cursor: str) -> int | None:
    """Of a list that goes down by numbers: the last one that was shown, None of the first page."""
    return int(_read(request, cursor, 1)[0]) if cursor else None


def stretch[T](request: HttpRequest, items: Sequence[T], cursor: str, limit: int) -> Sequence[T]:
    """The same of what is in memory wholly: the cursor is a place in it."""
    place = _read(request, cursor, 1)[0] if cursor else 0
    if place + limit < len(items):
        _next(request, [place + limit])
    return items[place : place + limit]


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What stands behind a row: further in the first column, or equal in it and further in the next."""
    behind, equal = Q(), Q()
    for name, value in zip(order, values, strict=True):
        column, further = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        behind |= equal & Q(**{f"{column}__{further}": value})
        equal &= Q(**{column: value})
    return behind


def _signer(request: HttpRequest) -> Signer:
    """Of this one list: nothing that programs make up, and no cursor of another list, comes to a statement."""
    return Signer(salt=f"api.cursor {request.path}")


def _next(request: HttpRequest, values: Sequence[Any]) -> str:
    cursor = _signer(request).sign_object(
        [{"at": one.isoformat()} if isinstance(one, datetime) else one for one in values]
    )
    asked = request.GET.copy()
    asked["cursor"] = cursor
    request.next_page = f"{request.path}?{asked.urlencode()}"  # type: ignore[attr-defined]
    return cursor


def _read(request: HttpRequest, cursor: str, count: int) -> list[Any]:
    try:
        values = _signer(request).unsign_object(cursor)
    except (BadSignature, ValueError) as error:
        raise Trouble(400, "cursor: not one of this list", "broken-cursor", field="cursor") from error
    told = [datetime.fromisoformat(one["at"]) if isinstance(one, dict) else one for one in values]
    if len(told) != count:
        raise Trouble(400, "cursor: not one of this list", "broken-cursor", field="cursor")
    return told
