"""What went wrong, in the one form of RFC 9457: `application/problem+json`."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.responses import NinjaJSONEncoder

MEDIA_TYPE = "application/problem+json"
SAME_FOR_ALL = {404, 405}
"""Their answers do not name the address: what is there for others and what is not there are the same to the byte."""


class Trouble(HttpError):
    """A refusal that programs tell from others of its status by `kind`, the end of the problem's `type`."""

    def __init__(
        self, status: int, detail: str, kind: str, *, field: str = "", head: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail)
        self.kind, self.field, self.head = kind, field, head or {}


def problem(
    request: HttpRequest, status: int, detail: str, kind: str = "", *, field: str = "", **more: Any
) -> HttpResponse:
    """`detail` is for people; `type` is for programs, `about:blank` where the status says all."""
    body: dict[str, Any] = {
        "type": f"urn:otklik:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({} if status in SAME_FOR_ALL else {"instance": request.path}),
        "field": field,
        **more,
    }
    response = HttpResponse(json.dumps(body, cls=NinjaJSONEncoder), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Otklik"'
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "5"
    return response
