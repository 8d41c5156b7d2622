"""From what the desk and its frame raise to problems."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from otklik.core.staff.errors import NotAllowed
from otklik.desk.tickets.errors import Invalid, Refused, Stale
from otklik.front.api.problems import Trouble, problem

logger = logging.getLogger(__name__)


def of_desk(request: HttpRequest, error: Refused) -> HttpResponse:
    """The desk's own refusals: 422 for a value to mend, 409 for a moment that has passed."""
    if isinstance(error, Stale):
        newer = [message.pk for message in error.newer]
        return problem(request, 409, error.text, "newer-word", field=error.field, newer=newer)
    return problem(request, 422 if isinstance(error, Invalid) else 409, error.text, field=error.field)


def of_person(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    """What cannot be said of a person: the value to mend."""
    return problem(request, 422, error.text, field=error.field)


def of_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What does not fit the schema: the first field to mend, in words, and all of them."""
    first = error.errors[0] if error.errors else {"loc": [], "msg": "invalid"}
    where, *names = first["loc"] or [""]
    field = ".".join(str(part) for part in (names[1:] if where == "body" else names))
    return problem(request, 422, f"{field or 'body'}: {first['msg']}", "shape", field=field, errors=error.errors)


def of_frame(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body of another kind is told as such: the frame reports every mistake of a parser as one of its own."""
    told = error.__cause__ if isinstance(error.__cause__, Trouble) else error
    if not isinstance(told, Trouble):
        return problem(request, told.status_code, str(told))
    answer = problem(request, told.status_code, str(told), told.kind, field=told.field)
    for name, value in told.head.items():
        answer[name] = value
    return answer


def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404, "not found")


def too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(request, 413, "the body is longer than this server takes")


def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """A program is told of our own faults in the same form; 503 while the database does not answer."""
    got_request_exception.send(sender=None, request=request)
    logger.error("a fault of ours at %s", request.path, exc_info=error)
    if isinstance(error, (OperationalError, InterfaceError)):
        return problem(request, 503, "not now, please try again later")
    return problem(request, 500, "a fault on our side")


def teach(api: NinjaAPI) -> None:
    handlers: dict[type[Exception], Any] = {
        Refused: of_desk,
        NotAllowed: of_person,
        ValidationError: of_shape,
        HttpError: of_frame,
        Http404: not_there,
        RequestDataTooBig: too_much,
        Exception: fault,
    }
    for kind, answer in handlers.items():
        api.add_exception_handler(kind, answer)
