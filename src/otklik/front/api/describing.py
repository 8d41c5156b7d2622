"""What the schema says of every operation, beside what the frame knows of each."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from otklik.front.api import sparse
from otklik.front.api.problems import MEDIA_TYPE

ANY = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503)
"""Every refusal is a problem, whichever operation it comes from."""
PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}
RATE = {
    name: {"description": told, "schema": {"type": "integer"}}
    for name, told in {
        "RateLimit-Limit": "calls that this token may make in a minute",
        "RateLimit-Remaining": "calls that are left now",
        "RateLimit-Reset": "seconds until all of them are there again",
    }.items()
}
TEXTS = {
    "ETag": "what the answer is now; for If-None-Match, and of one object for If-Match",
    "Link": 'the next page, `rel="next"`',
    "WWW-Authenticate": "Bearer",
    "Retry-After": "seconds to wait",
    "Allow": "what can be done at this address",
}


WALL = r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"
"""Times are those on a wall: the format `time` of JSON Schema (RFC 3339) would have an offset."""


def complete(schema: Any) -> None:
    _on_the_wall(schema["components"]["schemas"])
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _refusals(operation["responses"])
            if method == "get":
                _add(operation["responses"][200], "ETag", "Link")


def _on_the_wall(shape: Any) -> None:
    if isinstance(shape, dict) and shape.get("format") == "time":
        del shape["format"]
        shape["pattern"] = WALL
    for part in shape.values() if isinstance(shape, dict) else shape if isinstance(shape, list) else ():
        _on_the_wall(part)


def fields_of(schema: Any, shown: Mapping[str, sparse.Shown]) -> None:
    """The parameter `fields` of operations whose answer the frame cuts, and what they answer then."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            if found := shown.get(operation["operationId"]):
                operation.setdefault("parameters", []).append(
                    {
                        "in": "query",
                        "name": "fields",
                        "required": False,
                        "description": sparse.told_of(found.row),
                        "schema": {"type": "string", "maxLength": sparse.LONGEST, "default": "", "title": "Fields"},
                    }
                )
                operation["responses"][200]["content"]["application/json"]["schema"] = found.schema


def _refusals(responses: dict[Any, Any]) -> None:
    for code in ANY:
        responses[code] = {"description": HTTPStatus(code).phrase, "content": {MEDIA_TYPE: PROBLEM}}
    for answer in responses.values():
        answer.setdefault("headers", {}).update(RATE)
    _add(responses[401], "WWW-Authenticate")
    _add(responses[405], "Allow")
    _add(responses[412], "ETag")
    for code in (429, 503):
        _add(responses[code], "Retry-After")


def _add(answer: Any, *names: str) -> None:
    for name in names:
        answer.setdefault("headers", {})[name] = {"description": TEXTS[name], "schema": {"type": "string"}}
