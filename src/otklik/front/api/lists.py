"""Lists that people keep under a name."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Team
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import SavedList
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import ListOut
from otklik.front.api.schemas.told import ListIn

router = Router(tags=["lists"])


@router.get("", auth=reading, response=answers(list[ListOut]), operation_id="list_lists")
def list_lists(request: HttpRequest) -> Any:
    """One's own, and those of one's lines; `query` goes into `GET /tickets` as it is."""
    return [_row(one) for one in SavedList.objects.seen_by(person(request))]


@router.post("", auth=writing, response=answers(ListOut, 201), operation_id="create_list")
def create_list(request: HttpRequest, body: ListIn, key: Key = "") -> Any:
    """For oneself, or for a line of one's own by a lead."""
    user = person(request)
    team = Team.objects.active().filter(name=body.line).first() if body.line else None
    if body.line and (team is None or not user.leads or not (user.sees_everything or team.pk in user.team_ids)):
        raise Invalid(_("Choose a line."), "line")

    def act() -> Any:
        return _row(SavedList.objects.keep(user, body.name, body.view, body.query, team))

    return Status(201, once(request, key, {"list": body.dict()}, act))


@router.post("/{int:pk}/remove", auth=writing, response=answers(list[ListOut]), operation_id="remove_list")
def remove_list(request: HttpRequest, pk: int) -> Any:
    """One's own, and as a lead those of one's lines; answers with those that are left."""
    user = person(request)
    found = SavedList.objects.seen_by(user).filter(pk=pk).first()
    if found is None or (found.owner_id != user.pk and not user.leads):
        raise HttpError(404, "not found")
    found.delete()
    return list_lists(request)


def _row(saved: SavedList) -> dict[str, Any]:
    line = saved.team.name if saved.team else None
    return {"id": saved.pk, "name": saved.name, "view": saved.view, "query": saved.query, "line": line}
