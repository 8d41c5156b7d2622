"""Hours that a line has again and again: read by who reads its roster, kept by who plans it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.front.api.auth import person, planning, rostering
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, tried
from otklik.front.api.keeping import named
from otklik.front.api.planning import planned, read_of
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.roster import TemplateFull, TemplateIn, TemplateOut
from otklik.team.shifts.access import may_see_roster
from otklik.team.shifts.models import ShiftTemplate

router = Router(tags=["roster"])
FULL = answers(TemplateFull)


@router.get(
    "/lines/{int:pk}/templates",
    auth=rostering,
    response=answers(list[TemplateOut]),
    operation_id="list_shift_templates",
)
def list_templates(request: HttpRequest, pk: int) -> Any:
    """Hours in use on the line, in the order of the keys 1 to 9."""
    return [_row(one) for one in ShiftTemplate.objects.of(read_of(request, pk).pk)]


@router.get("/templates/{int:pk}", auth=rostering, response=FULL, operation_id="read_shift_template")
def read_template(request: HttpRequest, pk: int) -> Any:
    """One of them, of a line whose roster the person reads; also one that is not offered any more."""
    return _full(_one(request, pk))


@router.post(
    "/lines/{int:pk}/templates",
    auth=planning,
    response=answers(TemplateFull, 201),
    operation_id="add_shift_template",
)
def add_template(request: HttpRequest, pk: int, body: TemplateIn, key: Key = "") -> Any:
    """One more, by who plans the line; 422 for letters that another template of the line has."""

    def act() -> Any:
        return _kept(ShiftTemplate(line=planned(request, pk)), body)

    return Status(201, once(request, key, {"template": body.dict(), "line": pk}, act))


@router.put("/templates/{int:pk}", auth=planning, response=FULL, operation_id="change_shift_template")
def change_template(request: HttpRequest, pk: int, body: TemplateIn, key: Key = "") -> Any:
    """Shifts that were planned by it keep their hours; one that is taken out of use is not changed any more (404)."""

    @transaction.atomic
    def act() -> Any:
        return _kept(_in_use(request, pk), body)

    return once(request, key, {"template": pk, **body.dict()}, act)


@router.post("/templates/{int:pk}/retire", auth=planning, response=FULL, operation_id="retire_shift_template")
def retire_template(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """It is offered no more; what was planned by it stays."""

    @transaction.atomic
    def act() -> Any:
        found = _in_use(request, pk)
        found.is_active = False
        found.save(update_fields=["is_active"])
        return _full(found)

    return once(request, key, {"no template": pk}, act)


def _one(request: HttpRequest, pk: int) -> ShiftTemplate:
    rows: QuerySet[ShiftTemplate] = ShiftTemplate.objects.select_related("line")
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None or not may_see_roster(person(request), found.line_id):
        raise HttpError(404, "not found")
    return found


def _in_use(request: HttpRequest, pk: int) -> ShiftTemplate:
    """Held until the transaction ends: nobody changes what somebody takes out of use meanwhile."""
    found = _one(request, pk)
    planned(request, found.line_id)
    if ShiftTemplate.objects.select_for_update().filter(pk=found.pk, is_active=True).first() is None:
        raise HttpError(404, "not found")
    return found


def _kept(one: ShiftTemplate, body: TemplateIn) -> dict[str, Any]:
    one.name, one.short, one.starts, one.ends = named(body.name), body.short, body.starts, body.ends
    one.breaks = [[f"{each.starts:%H:%M}", f"{each.ends:%H:%M}"] for each in body.breaks]

    def keep() -> None:
        one.full_clean()
        one.save()

    tried(keep)
    return _full(one)


def _row(one: ShiftTemplate) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "name", "short", "starts", "ends")}
    return told | {"breaks": [{"starts": starts, "ends": ends} for starts, ends in one.hours.breaks]}


def _full(one: ShiftTemplate) -> dict[str, Any]:
    return _row(one) | {"line_id": one.line_id, "line": one.line.name, "in_use": one.is_active}
