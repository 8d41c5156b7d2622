"""Only the fields that a program asks for: `?fields=number,subject`."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Schema
from ninja.responses import NinjaJSONEncoder

from otklik.front.api.problems import Trouble


def names_of(shape: type[Schema]) -> Any:
    """The parameter: names of the shape, divided by commas; all when empty."""
    told = f"names divided by commas, of {', '.join(shape.model_fields)}; all when empty"
    return Query(max_length=1000, description=told)


def some_of(shape: str, *, items: bool = False) -> dict[str, Any]:
    """For the schema of an operation that answers with the whole shape or with the fields that were asked for."""
    whole = {"$ref": f"#/components/schemas/{shape}"}
    some: dict[str, Any] = {"type": "object", "description": "with `fields`: those alone"}
    if items:
        some = {
            "type": "object",
            "required": ["items", "next"],
            "properties": {"items": {"type": "array", "items": some}},
        }
    return {"responses": {200: {"content": {"application/json": {"schema": {"anyOf": [whole, some]}}}}}}


def some_rows_of(shape: str) -> dict[str, Any]:
    """The same of a list without a frame: whole rows, or rows of the fields that were asked for."""
    whole = {"type": "array", "items": {"$ref": f"#/components/schemas/{shape}"}}
    some = {"type": "array", "items": {"type": "object", "description": "with `fields`: those alone"}}
    return {"responses": {200: {"content": {"application/json": {"schema": {"anyOf": [whole, some]}}}}}}


def chosen(fields: str, shape: type[Schema]) -> tuple[str, ...]:
    """The names that were asked for, none for all.  Raises Trouble for one that the shape does not have."""
    names = tuple(dict.fromkeys(fields.split(","))) if fields else ()
    for name in names:
        if name not in shape.model_fields:
            raise Trouble(
                400, f"fields: there is no {name[:40] or 'field without a name'}", "unknown-field", field="fields"
            )
    return names


def cut(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def answer(request: HttpRequest, told: Any) -> HttpResponse:
    """As it is: it has not the whole shape against which the frame would hold it."""
    request.is_sparse = True  # type: ignore[attr-defined]
    return JsonResponse(told, encoder=NinjaJSONEncoder, safe=False)
