"""Messages that could not be read: kept whole, shown, released."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from otklik.desk.channels import wake
from otklik.desk.channels.models import Inbound
from otklik.desk.tickets import access
from otklik.front.api.auth import looking, person, releasing
from otklik.front.api.doors import REFUSALS, answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.common import BYTES
from otklik.front.api.schemas.quarantine import QuarantinedOut, QuarantinePage

router = Router(tags=["quarantine"])


@router.get("", auth=looking, response=answers(QuarantinePage), operation_id="list_quarantine")
def list_quarantine(
    request: HttpRequest, before: int | None = Query(None, ge=1), cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """What waits in quarantine, newest first."""
    kept = _quarantined(request)
    if before:
        kept = kept.filter(pk__lt=before)
    rows, following = page(request, kept, ("-id",), cursor, limit)
    return {"items": [_row(inbound) for inbound in rows], "next": following}


@router.get("/{int:pk}", auth=looking, response=answers(QuarantinedOut), operation_id="read_quarantined")
def read_quarantined(request: HttpRequest, pk: int) -> Any:
    """One message in quarantine."""
    return _row(_one(request, pk))


@router.get("/{int:pk}/original", auth=looking, response=REFUSALS, operation_id="read_original", openapi_extra=BYTES)
def read_original(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came."""
    inbound = _one(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="message-{pk}.eml"'}
    return HttpResponse(bytes(inbound.raw), content_type="application/octet-stream", headers=headers)


@router.post("/{int:pk}/release", auth=releasing, response=answers(QuarantinedOut), operation_id="release")
def release(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Read it again from the start."""

    def act() -> Any:
        inbound = _one(request, pk)
        inbound.release()
        transaction.on_commit(wake.reader)
        return _row(inbound)

    return once(request, key, {"release": pk}, act)


def _quarantined(request: HttpRequest) -> Any:
    if not access.can_release_quarantine(person(request)):
        raise HttpError(403, "this person does not look after the quarantine")
    return Inbound.objects.quarantined().defer("raw").select_related("channel")


def _one(request: HttpRequest, pk: int) -> Inbound:
    found: Inbound | None = _quarantined(request).filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _row(inbound: Inbound) -> dict[str, Any]:
    return {
        "id": inbound.pk,
        "channel": inbound.channel.address,
        "message_id": inbound.external_id,
        **{
            name: getattr(inbound, name)
            for name in ("received_at", "envelope_from", "size", "tries", "reason", "source")
        },
    }
