"""Webhooks: made, tested, and what came of each call."""

from typing import Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.desk.automation import calling
from otklik.desk.automation.addresses import check_address
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.desk.automation.moments import EVENTS
from otklik.front.api.auth import automating, person
from otklik.front.api.doors import answers
from otklik.front.api.keeping import administrator, found, named, renewed, told
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import automation as shapes

router = Router(tags=["webhooks"])


@router.get("", auth=automating, response=answers(list[shapes.WebhookOut]), operation_id="list_webhooks")
def list_webhooks(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    administrator(request)
    shown, _next = page(request, Endpoint.objects.all(), ("name", "id"), cursor, limit)
    return [webhook_row(one) for one in shown]


@router.get("/{int:pk}", auth=automating, response=answers(shapes.WebhookOut), operation_id="read_webhook")
def read_webhook(request: HttpRequest, pk: int) -> Any:
    """One of them, without its secret."""
    administrator(request)
    return webhook_row(found(Endpoint, pk))


@router.post("", auth=automating, response=answers(shapes.SecretOut, 201), operation_id="create_webhook")
def create_webhook(request: HttpRequest, body: shapes.WebhookIn, key: Key = "") -> Any:
    """Its secret is told in this answer and never again."""
    administrator(request)

    def act() -> int:
        endpoint = Endpoint()
        with transaction.atomic():
            _set_webhook(request, endpoint, body)
            endpoint.renew_secret()
        return endpoint.pk

    return Status(201, _with_secret(once(request, key, {"webhook": body.dict()}, act)))


@router.put("/{int:pk}", auth=automating, response=answers(shapes.WebhookOut), operation_id="replace_webhook")
def replace_webhook(request: HttpRequest, pk: int, body: shapes.WebhookIn) -> Any:
    administrator(request)
    endpoint = found(Endpoint, pk)
    with transaction.atomic():
        _set_webhook(request, endpoint, body)
        endpoint.keep(person(request))
        endpoint.switch(body.on)
    return webhook_row(endpoint)


@router.post("/{int:pk}/secret", auth=automating, response=answers(shapes.SecretOut), operation_id="renew_secret")
def renew_secret(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """A new secret; the one of before signs beside it for three days.

    Send a key: renewed twice because an answer was lost, the secret that your program knows would be gone.
    """
    administrator(request)
    return _with_secret(renewed(request, found(Endpoint, pk), "webhook", key, {"secret of": pk}))


@router.get("/{int:pk}/calls", auth=automating, response=answers(list[shapes.CallOut]), operation_id="list_calls")
def list_calls(
    request: HttpRequest,
    pk: int,
    before: int | None = Query(None, ge=1),
    state: Literal["", "waiting", "delivered", "dead"] = Query("", description="`dead` are those that were given up"),
    cursor: Cursor = "",
    limit: Limit = 200,
) -> Any:
    """What was sent and what came of it; newest first."""
    administrator(request)
    rows = Delivery.objects.filter(endpoint=found(Endpoint, pk))
    rows = rows.filter(pk__lt=before) if before else rows
    shown, _next = page(request, rows.filter(state=state) if state else rows, ("-id",), cursor, limit)
    return [call_row(one) for one in shown]


@router.post("/{int:pk}/test", auth=automating, response=answers(shapes.CallOut), operation_id="test_webhook")
def test_webhook(request: HttpRequest, pk: int) -> Any:
    """A call that says only that it is a test, at once."""
    administrator(request)
    endpoint = found(Endpoint, pk)
    if endpoint.state != "on":
        raise HttpError(409, "this webhook is switched off")
    made = calling.test(endpoint)
    calling.call(made.pk)
    made.refresh_from_db()
    return call_row(made)


@router.post(
    "/{int:pk}/calls/{int:call}/again",
    auth=automating,
    response=answers(shapes.CallOut),
    operation_id="send_call_again",
)
def send_again(request: HttpRequest, pk: int, call: int, key: Key = "") -> Any:
    """The same bytes once more."""
    administrator(request)
    made = Delivery.objects.filter(endpoint=found(Endpoint, pk), pk=call).first()
    if made is None:
        raise HttpError(404, "not found")

    def act() -> Any:
        calling.again(made)
        made.refresh_from_db()
        return call_row(made)

    return once(request, key, {"again": call, "of": pk}, act)


def _set_webhook(request: HttpRequest, endpoint: Endpoint, body: shapes.WebhookIn) -> None:
    if strange := next((one for one in body.events if one not in EVENTS), None):
        raise HttpError(422, f"events: there is no {strange[:40]}")
    endpoint.name, endpoint.url = named(body.name), check_address(body.url)
    endpoint.events, endpoint.is_active = list(dict.fromkeys(body.events)), body.on
    endpoint.changed_by = person(request)
    told(request, "webhook", endpoint.name)


def _with_secret(pk: int) -> dict[str, Any]:
    """Under its key the number alone is kept: the secret stands nowhere but sealed."""
    endpoint = found(Endpoint, pk)
    return {**webhook_row(endpoint), "secret": endpoint.secrets_at(clock.now())[0]}


def webhook_row(endpoint: Endpoint) -> dict[str, Any]:
    names = ("name", "url", "events", "state", "failing_since")
    return {**{name: getattr(endpoint, name) for name in names}, "id": endpoint.pk}


def call_row(call: Delivery) -> dict[str, Any]:
    names = ("event", "at", "state", "tries", "next_at")
    return {**{name: getattr(call, name) for name in names}, "id": call.pk, "ticket": call.ticket_id}
