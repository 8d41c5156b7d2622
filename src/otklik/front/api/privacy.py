"""Personal data of one client on request: asked for, looked at, let happen, taken.

What is let happen by a program is let happen by the person of its token: an erasure needs another one than who asked,
and who would be alone does it on the page, where they sign in again.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from ninja import Router
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.privacy import access
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.preview import preview
from otklik.desk.privacy.subject import person_of
from otklik.desk.privacy.tasks import start
from otklik.front.api.auth import asking_data, keeping_data, person
from otklik.front.api.doors import REFUSALS, answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.common import BYTES
from otklik.front.api.schemas.privacy import (
    DataPreviewOut,
    DataRequestIn,
    DataRequestOut,
    DataRequestPage,
    RefusalOfDataIn,
)

of_contacts, router = Router(tags=["personal data"]), Router(tags=["personal data"])
LARGEST = 2**63 - 1


@of_contacts.post(
    "/{int:pk}/data-requests", auth=keeping_data, response=answers(DataRequestOut), operation_id="ask_for_data"
)
def ask_for_data(request: HttpRequest, pk: int, body: DataRequestIn, key: Key = "") -> Any:
    """Write down what the person asked for; an export that an administrator or a head asks for begins at once."""

    def act() -> Any:
        user, contact = person(request), _askable(person(request), pk)
        said = {**body.dict(), "asked_on": body.asked_on or clock.today()}
        asked = _tried(lambda: DataRequest(contact=contact, **said).ask(by=user))
        if not asked.is_erasure and access.can_decide(user):
            _begin(asked, DataRequest.How.RIGHT, user)
        return _told(asked)

    return once(request, key, {"ask_for_data": pk, **body.dict()}, act)


@of_contacts.get(
    "/{int:pk}/data-preview", auth=asking_data, response=answers(DataPreviewOut), operation_id="preview_erasure"
)
def preview_erasure(request: HttpRequest, pk: int) -> Any:
    """What an erasure would take and leave; nothing is changed."""
    found = preview(person_of(_askable(person(request), pk)))
    goes = [{"what": label, "rows": rows, "fate": fate} for label, rows, fate in found.rows]
    return {"goes": goes, "besides": found.besides, "stays": found.stays, "against": found.against}


@router.get("", auth=asking_data, response=answers(DataRequestPage), operation_id="list_data_requests")
def list_data_requests(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The newest first; a lead sees those that they wrote down."""
    rows, following = page(request, access.visible_to(person(request)), ("-id",), cursor, limit)
    return {"items": [_told(one) for one in rows], "next": following}


@router.get("/{int:pk}", auth=asking_data, response=answers(DataRequestOut), operation_id="read_data_request")
def read_data_request(request: HttpRequest, pk: int) -> Any:
    """How far it is, and what came of it."""
    return _told(_visible(request, pk))


@router.post("/{int:pk}/allow", auth=keeping_data, response=answers(DataRequestOut), operation_id="allow_data_request")
def allow_data_request(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Let it begin: an erasure by somebody else than who asked for it."""

    def act() -> Any:
        user, asked = person(request), _decidable(request, pk)
        if asked.is_erasure and not access.is_second(user, asked):
            raise HttpError(403, "another administrator or head has to let it happen")
        if asked.is_erasure and (against := preview(person_of(asked.contact)).against):
            raise HttpError(409, against[0])
        _begin(asked, DataRequest.How.SECOND if asked.by_id != user.pk else DataRequest.How.RIGHT, user)
        return _told(asked)

    return once(request, key, {"allow_data_request": pk}, act)


@router.post(
    "/{int:pk}/refuse", auth=keeping_data, response=answers(DataRequestOut), operation_id="refuse_data_request"
)
def refuse_data_request(request: HttpRequest, pk: int, body: RefusalOfDataIn, key: Key = "") -> Any:
    """It does not happen, for this reason."""

    def act() -> Any:
        user, asked = person(request), _decidable(request, pk)
        _tried(lambda: asked.refuse(body.words, by=user))
        return _told(asked)

    return once(request, key, {"refuse_data_request": pk, **body.dict()}, act)


@router.get(
    "/{int:pk}/file", auth=asking_data, response=REFUSALS, operation_id="take_data_archive", openapi_extra=BYTES
)
def take_data_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive, for a week; each time is in the journal."""
    asked = _decidable(request, pk)
    if not asked.has_file:
        raise HttpError(404, "not found")
    asked.taken(by=person(request))
    return FileResponse(asked.file.open("rb"), as_attachment=True, filename=f"personal-data-{asked.pk}.zip")


def _begin(asked: DataRequest, how: str, user: User) -> None:
    _tried(lambda: asked.allow(how, by=user))
    start(asked.pk)


def _tried(act: Any) -> Any:
    try:
        return act()
    except ValidationError as error:
        raise HttpError(409, error.messages[0]) from error


def _askable(user: User, pk: int) -> Contact:
    contact = Contact.objects.filter(pk=min(pk, LARGEST), merged_into=None).first()
    if contact is None or not access.can_ask(user, contact):
        raise HttpError(404, "not found")
    return contact


def _visible(request: HttpRequest, pk: int) -> DataRequest:
    asked = access.visible_to(person(request)).select_related("contact").filter(pk=min(pk, LARGEST)).first()
    if asked is None:
        raise HttpError(404, "not found")
    return asked


def _decidable(request: HttpRequest, pk: int) -> DataRequest:
    asked = _visible(request, pk)
    if not access.can_decide(person(request)):
        raise HttpError(403, "an administrator or a head decides")
    return asked


def _told(asked: DataRequest) -> dict[str, Any]:
    counts = [{"what": one["label"], "rows": one["rows"], "fate": one["fate"]} for one in asked.counts.values()]
    return {
        "id": asked.pk,
        "contact": asked.contact_id,
        "kind": asked.kind,
        "state": asked.state,
        "law": asked.law,
        "asked_on": asked.asked_on,
        "due_on": asked.due_on,
        "asked_by": asked.by_id,
        "decided_by": asked.decided_by_id,
        "ended_at": asked.ended_at,
        "counts": counts,
        "file_until": asked.file_until if asked.has_file else None,
    }
