"""Requests that a program repeats because it did not hear the answer: `Idempotency-Key`."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header

from otklik.core.journal.once import LONGEST, KeyReused, Once
from otklik.front.api.auth import person
from otklik.front.api.problems import Trouble

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=LONGEST,
        description="repeated with the same key and body within a week, the request is done once and answered the same",
    ),
]


def once(request: HttpRequest, key: str, told: object, act: Callable[[], Any]) -> Any:
    """What `act` answers, or answered the first time; 422 for the key of another request.

    Who may do it, and whether it is still there, is asked by `act`: what was done is answered as the first time, also
    where it was done to something that is not the person's any more.
    """
    try:
        return Once.objects.run(person(request).pk, key, told, act)
    except KeyReused as error:
        raise Trouble(422, "this Idempotency-Key was used with another body", "key-reused") from error
