"""What holds for each operation: its parameters are known, its object is what was read, its answer tells the rest."""

import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.params.models import QueryModel
from ninja.parser import Parser

from otklik.front.api import audit, describing, refused, sparse, tags
from otklik.front.api.problems import Trouble, problem

SAFE = ("GET", "HEAD", "OPTIONS")


class JsonOnly(Parser):
    """Bodies are JSON and say so."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise Trouble(415, "the body is to be application/json", "media-type")
        return super().parse_body(request)


class Frame(NinjaAPI):
    def __init__(self, **named: Any) -> None:
        super().__init__(parser=JsonOnly(), **named)
        refused.teach(self)

    def get_openapi_schema(self, **named: Any) -> Any:
        schema = super().get_openapi_schema(**named)
        describing.complete(schema)
        describing.fields_of(schema, self._narrowed())
        return schema

    def _narrowed(self) -> dict[str, sparse.Shown]:
        """What operations answer whose `fields` are the frame's work, by their names."""
        operations = (
            operation
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        )
        shown = ((one.operation_id or "", sparse.shown(one)) for one in operations if "fields" not in _parameters(one))
        return {name: shape for name, shape in shown if shape is not None}

    def _get_bound_routers(self) -> Any:
        fresh = self._bound_routers_cache is None
        routers = super()._get_bound_routers()
        if fresh:
            _guard(
                (_place(router.prefix, path), operation)
                for router in routers
                for path, view in router.path_operations.items()
                for operation in view.operations
            )
        return routers

    def _get_urls(self) -> Any:
        routes = super()._get_urls()
        for route in routes:
            if isinstance(route, URLPattern):
                route.callback = _finished(route.callback)
        return routes


def _place(prefix: str, path: str) -> str:
    """As the schema writes it, without the types of its parameters."""
    joined = re.sub(r"/+", "/", "/".join(part for part in (prefix, path) if part))
    return re.sub(r"{[^}:]+:", "{", joined)


def _guard(operations: Iterable[tuple[str, Operation]]) -> None:
    known = list(operations)
    readers = {place: operation for place, operation in known if operation.methods == ["GET"]}
    present = {place: _present(readers[place]) for place in tags.HELD}
    for place, operation in known:
        operation.view_func = _attentive(operation, place, present.get(tags.place_of(place)))


def _present(reader: Operation) -> Callable[[HttpRequest, dict[str, Any]], bytes]:
    """What the reading operation answers now, to the byte."""
    view, names = reader.view_func, re.findall(r"{(?:\w+:)?(\w+)}", reader.path)

    def content(request: HttpRequest, values: dict[str, Any]) -> bytes:
        told = view(request, **{name: values[name] for name in names})
        answer: Any = reader._result_to_response(request, told, reader.api.create_temporal_response(request))
        return bytes(answer.content)

    return content


def _attentive(
    operation: Operation, place: str, present: Callable[[HttpRequest, dict[str, Any]], bytes] | None
) -> Callable[..., Any]:
    """The operation, for requests with parameters that it has, and while its object is what `If-Match` names."""
    view, parameters = operation.view_func, _parameters(operation)
    reads = operation.methods == ["GET"]
    if "fields" not in parameters and (shape := sparse.shown(operation)):
        view, parameters = _narrowing(operation, shape), parameters | {"fields"}

    @wraps(view)
    def act(request: HttpRequest, **values: Any) -> Any:
        for name in request.GET:
            if name not in parameters:
                raise Trouble(400, f"there is no parameter {name[:40]}", "unknown-parameter", field=name[:40])
        if reads or "If-Match" not in request.headers:
            return view(request, **values)
        now = (lambda: present(request, values)) if present else None
        return tags.changing(request, place, values, now, lambda: view(request, **values))

    return act


def _narrowing(operation: Operation, shown: sparse.Shown) -> Callable[..., Any]:
    """The reading operation, whose whole answer is cut where a program asks for some fields."""
    view = operation.view_func

    @wraps(view)
    def act(request: HttpRequest, **values: Any) -> Any:
        names = sparse.chosen(request.GET.get("fields", ""), shown.row)
        told = view(request, **values)
        if not names:
            return told
        whole: Any = operation._result_to_response(request, told, operation.api.create_temporal_response(request))
        return sparse.answer(request, shown.cut(json.loads(whole.content), names))

    return act


def _parameters(operation: Operation) -> set[str]:
    """Their names, as they stand in the address after the question mark."""
    return {
        field.alias or name
        for model in operation.models
        if issubclass(model, QueryModel)
        for name, field in _flat(model).items()
    }


def _flat(model: Any) -> dict[str, Any]:
    fields: dict[str, Any] = model.model_fields
    return fields


def _finished(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """The answer with what every answer has; changes and refusals are written down."""

    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **named)
        except Http404:
            response = nowhere(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed, response = response["Allow"], problem(request, 405, "there is no such act at this address")
            response["Allow"] = allowed
        if request.method == "GET" and response.status_code == HTTPStatus.OK:
            response = tags.mark(request, response)
        for name, value in _left(request).items():
            response[name] = value
        if following := getattr(request, "next_page", ""):
            response["Link"] = f'<{following}>; rel="next"'
        if request.method not in SAFE or response.status_code == HTTPStatus.FORBIDDEN:
            audit.note(request, response.status_code)
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    answer.nowhere = nowhere  # type: ignore[attr-defined]
    return answer


def nowhere(request: HttpRequest) -> HttpResponse:
    """There is nothing at this address, or nothing that is the person's."""
    return problem(request, 404, "not found")


def _left(request: HttpRequest) -> dict[str, str]:
    left = getattr(request, "left", None)
    return left.head() if left else {}
