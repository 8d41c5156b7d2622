"""Lists that people keep under a name."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.access import can_change_list, can_give_lists_to_all, lines_given_lists_by
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import SavedList
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import ListOut
from otklik.front.api.schemas.told import ListIn, ListPut

router = Router(tags=["lists"])
LAST = 32_767
"""Level of what belongs to no line."""


@router.get("", auth=reading, response=answers(list[ListOut]), operation_id="list_lists")
def list_lists(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """One's own, those of one's lines, and those for everybody; `query` goes into `GET /tickets` as it is."""
    seen = SavedList.objects.seen_by(person(request)).annotate(level=Coalesce("team__level", Value(LAST)))
    shown, _next = page(request, seen, ("level", "name", "id"), cursor, limit)
    return [_row(one) for one in shown]


@router.get("/{int:pk}", auth=reading, response=answers(ListOut), operation_id="read_list")
def read_list(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    found = SavedList.objects.seen_by(person(request)).filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return _row(found)


@router.post("", auth=writing, response=answers(ListOut, 201), operation_id="create_list")
def create_list(request: HttpRequest, body: ListIn, key: Key = "") -> Any:
    """For oneself, for a line of one's own by a lead, or for everybody by the head."""

    def act() -> Any:
        user = person(request)
        team = _line(user, body)
        made = SavedList.objects.keep(
            user, body.name, body.view, body.query, team, everybody=body.everybody, order=body.order
        )
        return _row(made)

    return Status(201, once(request, key, {"list": body.dict()}, act))


@router.put("/{int:pk}", auth=writing, response=answers(ListOut), operation_id="change_list")
def change_list(request: HttpRequest, pk: int, body: ListPut, key: Key = "") -> Any:
    """Another name, other conditions, other people, by who may remove it."""

    def act() -> Any:
        found = _to_change(request, pk)
        team = _line(person(request), body)
        found.say(body.name, body.query, body.order)
        found.give(team, everybody=body.everybody)
        found.save()
        return _row(found)

    return once(request, key, {"list": pk, **body.dict()}, act)


@router.post("/{int:pk}/remove", auth=writing, response=answers(list[ListOut]), operation_id="remove_list")
def remove_list(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """One's own, those of one's lines as a lead, those of everybody as the head; answers with those that are left."""

    def act() -> Any:
        _to_change(request, pk).delete()
        return [_row(one) for one in SavedList.objects.seen_by(person(request))]

    return once(request, key, {"no list": pk}, act)


def _to_change(request: HttpRequest, pk: int) -> SavedList:
    """What one may not change does not exist here."""
    user = person(request)
    found = SavedList.objects.seen_by(user).filter(pk=min(pk, LARGEST)).first()
    if found is None or not can_change_list(user, found):
        raise HttpError(404, "not found")
    return found


def _line(user: User, body: ListIn | ListPut) -> Team | None:
    """Whose people all have it; none for oneself and for everybody.  Raises Invalid for who may not give it."""
    team = next((line for line in lines_given_lists_by(user) if line.name == body.line), None)
    if body.line and team is None:
        raise Invalid(_("Choose a line."), "line")
    if body.everybody and not can_give_lists_to_all(user):
        raise Invalid(_("Only the head gives lists to everybody."), "everybody")
    return team


def _row(saved: SavedList) -> dict[str, Any]:
    line = saved.team.name if saved.team else None
    return {
        "id": saved.pk,
        "name": saved.name,
        "view": saved.view,
        "query": saved.query,
        "order": saved.order,
        "line": line,
        "everybody": saved.everybody,
    }
