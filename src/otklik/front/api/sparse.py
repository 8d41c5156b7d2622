"""Only the fields that a program asks for: `?fields=number,subject`.

Operations that read less for them take the parameter themselves; of all others that answer with objects the frame cuts
the whole answer, so that every list and every object has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal, get_args, get_origin

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Schema
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder

from otklik.front.api.problems import Trouble

LONGEST = 1000


@dataclass(frozen=True)
class Shown:
    """What an operation answers with: one `row`, or many, in a list or as `items` in a frame, which stays."""

    row: type[Schema]
    kind: Literal["one", "list", "frame"]
    frame: str

    def cut(self, told: Any, names: tuple[str, ...]) -> Any:
        match self.kind:
            case "one":
                return cut(told, names)
            case "list":
                return [cut(row, names) for row in told]
        return {**told, "items": [cut(row, names) for row in told["items"]]}

    @property
    def schema(self) -> dict[str, Any]:
        """Of an operation that answers with the whole or with the fields that were asked for."""
        extra = {
            "one": lambda: some_of(self.frame),
            "list": lambda: some_rows_of(self.frame),
            "frame": lambda: some_of(self.frame, items=True),
        }[self.kind]()
        told: dict[str, Any] = extra["responses"][HTTPStatus.OK]["content"]["application/json"]["schema"]
        return told


def shown(operation: Operation) -> Shown | None:
    """None for what changes something and for what answers with bytes."""
    if operation.methods != ["GET"]:
        return None
    answer: Any = operation.response_models.get(HTTPStatus.OK)
    shape: Any = answer.model_fields["response"].annotation if answer else None
    if get_origin(shape) is list:
        shape = get_args(shape)[0]
        return Shown(shape, "list", shape.__name__) if _is_shape(shape) else None
    if not _is_shape(shape):
        return None
    items = shape.model_fields.get("items")
    if items is not None and "next" in shape.model_fields:
        return Shown(get_args(items.annotation)[0], "frame", shape.__name__)
    return Shown(shape, "one", shape.__name__)


def _is_shape(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Schema)


def told_of(shape: type[Schema]) -> str:
    return f"names divided by commas, of {', '.join(shape.model_fields)}; all when empty"


def names_of(shape: type[Schema]) -> Any:
    """The parameter: names of the shape, divided by commas; all when empty."""
    return Query(max_length=LONGEST, description=told_of(shape))


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
