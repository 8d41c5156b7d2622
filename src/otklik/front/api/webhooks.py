"""Webhooks: made, tested, and what came of each call."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.desk.automation import calling
from otklik.desk.automation.models import Delivery, Endpoint
from otklik.desk.automation.moments import EVENTS
from otklik.front.api.auth import automating, person
from otklik.front.api.doors import answers
from otklik.front.api.keeping import administrator, found, told
from otklik.front.api.schemas import automation as shapes

router = Router(tags=["webhooks"])
MOST = 200


@router.get("", auth=automating, response=answers(list[shapes.WebhookOut]), operation_id="list_webhooks")
def list_webhooks(request: HttpRequest) -> Any:
    administrator(request)
    return [webhook_row(one) for one in Endpoint.objects.all()]


@router.post("", auth=automating, response=answers(shapes.SecretOut, 201), operation_id="create_webhook")
def create_webhook(request: HttpRequest, body: shapes.WebhookIn) -> Any:
    """Its secret is told in this answer and never again."""
    administrator(request)
    endpoint = Endpoint()
    with transaction.atomic():
        _set_webhook(request, endpoint, body)
        secret = endpoint.renew_secret()
    return Status(201, {**webhook_row(endpoint), "secret": secret})


@router.put("/{int:pk}", auth=automating, response=answers(shapes.WebhookOut), operation_id="replace_webhook")
def replace_webhook(request: HttpRequest, pk: int, body: shapes.WebhookIn) -> Any:
    administrator(request)
    endpoint = found(Endpoint, pk)
    with transaction.atomic():
        _set_webhook(request, endpoint, body)
        endpoint.switch(body.on)
    return webhook_row(endpoint)


@router.post("/{int:pk}/secret", auth=automating, response=answers(shapes.SecretOut), operation_id="renew_secret")
def renew_secret(request: HttpRequest, pk: int) -> Any:
    """A new secret; the one of before signs beside it for three days."""
    administrator(request)
    endpoint = found(Endpoint, pk)
    with transaction.atomic():
        secret = endpoint.renew_secret()
        told(request, "webhook", endpoint.name)
    return {**webhook_row(endpoint), "secret": secret}


@router.get("/{int:pk}/calls", auth=automating, response=answers(list[shapes.CallOut]), operation_id="list_calls")
def list_calls(request: HttpRequest, pk: int, before: int | None = Query(None, ge=1)) -> Any:
    """What was sent and what came of it; newest first."""
    administrator(request)
    rows = Delivery.objects.filter(endpoint=found(Endpoint, pk)).order_by("-id")
    rows = rows.filter(pk__lt=before) if before else rows
    return [call_row(one) for one in rows[:MOST]]


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
def send_again(request: HttpRequest, pk: int, call: int) -> Any:
    """The same bytes once more."""
    administrator(request)
    made = Delivery.objects.filter(endpoint=found(Endpoint, pk), pk=call).first()
    if made is None:
        raise HttpError(404, "not found")
    calling.again(made)
    made.refresh_from_db()
    return call_row(made)


def _set_webhook(request: HttpRequest, endpoint: Endpoint, body: shapes.WebhookIn) -> None:
    if strange := next((one for one in body.events if one not in EVENTS), None):
        raise HttpError(422, f"events: there is no {strange[:40]}")
    endpoint.name, endpoint.url = " ".join(body.name.split()), calling.check_address(body.url)
    endpoint.events, endpoint.is_active = list(dict.fromkeys(body.events)), body.on
    endpoint.changed_by = person(request)
    told(request, "webhook", endpoint.name)


def webhook_row(endpoint: Endpoint) -> dict[str, Any]:
    names = ("name", "url", "events", "state", "failing_since")
    return {**{name: getattr(endpoint, name) for name in names}, "id": endpoint.pk}


def call_row(call: Delivery) -> dict[str, Any]:
    names = ("event", "at", "state", "tries", "next_at")
    return {**{name: getattr(call, name) for name in names}, "id": call.pk, "ticket": call.ticket_id}
