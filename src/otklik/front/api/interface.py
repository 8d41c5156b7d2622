"""The interface under /api/v1/, its schema at /api/v1/openapi.json."""

import logging
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError

from otklik import __version__
from otklik.core.staff.errors import NotAllowed
from otklik.desk.tickets.errors import Invalid, Refused, Stale
from otklik.front.api import (
    answering,
    classifying,
    guarding,
    hanging,
    lists,
    macros,
    many,
    owning,
    partnering,
    people,
    quarantine,
    refusing,
    relocating,
    rules,
    tasks,
    tickets,
    topics,
    webhooks,
)

logger = logging.getLogger(__name__)

api = NinjaAPI(
    title="Otklik",
    version=__version__,
    description="Tickets of the desk. Authorization: Bearer, a token from `otklik token create`.",
    urls_namespace="api",
    docs_url=None,
)
api.add_router("/tickets/many", many.router)
for part in (
    tickets.router,
    answering.router,
    owning.router,
    classifying.router,
    partnering.router,
    tasks.of_ticket,
    macros.of_ticket,
    relocating.router,
    refusing.of_ticket,
    guarding.of_ticket,
):
    api.add_router("/tickets", part)
api.add_router("/quarantine", quarantine.router)
api.add_router("/refusals", refusing.router)
api.add_router("/abuse", guarding.router)
api.add_router("/people", people.router)
api.add_router("/tasks", tasks.router)
api.add_router("/topics", topics.router)
api.add_router("/hanging", hanging.router)
api.add_router("/lists", lists.router)
api.add_router("/rules", rules.router)
api.add_router("/macros", macros.router)
api.add_router("/webhooks", webhooks.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The desk's own refusals: 422 for a value to mend, 409 for a moment that has passed."""
    body: dict[str, Any] = {"detail": error.text, "field": error.field}
    if isinstance(error, Stale):
        body["newer"] = [message.pk for message in error.newer]
    return api.create_response(request, body, status=422 if isinstance(error, Invalid) else 409)


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """What cannot be said of a person: the value to mend."""
    return api.create_response(request, {"detail": error.text, "field": error.field}, status=422)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the schema: the first field to mend, in words, and all of them."""
    first = error.errors[0] if error.errors else {"loc": [], "msg": "invalid"}
    field = ".".join(str(part) for part in first["loc"][2:])
    body = {"detail": f"{field or 'body'}: {first['msg']}", "field": field, "errors": error.errors}
    return api.create_response(request, body, status=422)


@api.exception_handler(Exception)
def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """A program is told of our own faults in the same form; 503 while the database does not answer."""
    got_request_exception.send(sender=None, request=request)
    logger.error("a fault of ours at %s", request.path, exc_info=error)
    if isinstance(error, (OperationalError, InterfaceError)):
        return api.create_response(request, {"detail": "not now, please try again later"}, status=503)
    return api.create_response(request, {"detail": "a fault on our side"}, status=500)


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Every address below that no operation has."""
    return api.create_response(request, {"detail": "not found"}, status=404)
