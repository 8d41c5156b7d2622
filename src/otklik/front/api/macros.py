"""Macros: made, applied to a ticket, taken back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Team
from otklik.desk.automation import applying, making, words
from otklik.desk.automation.models import Application, Macro
from otklik.front.api.auth import automating, person, reading, writing
from otklik.front.api.doors import answers, writable
from otklik.front.api.keeping import administrator, found, named, told
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import automation as shapes

router, of_ticket = Router(tags=["macros"]), Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(list[shapes.MacroOut]), operation_id="list_macros")
def list_macros(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Those that the person may apply; an administrator sees all."""
    shown, _next = page(request, _seen(request), ("position", "name", "id"), cursor, limit)
    return [macro_row(one) for one in shown]


@router.get("/{int:pk}", auth=reading, response=answers(shapes.MacroOut), operation_id="read_macro")
def read_macro(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    found_ = _seen(request).filter(pk=pk).first()
    if found_ is None:
        raise HttpError(404, "not found")
    return macro_row(found_)


def _seen(request: HttpRequest) -> QuerySet[Macro]:
    user = person(request)
    rows = Macro.objects.all() if user.administers else Macro.objects.usable_by(user)
    return rows.select_related("team")


@router.post("", auth=automating, response=answers(shapes.MacroOut, 201), operation_id="create_macro")
def create_macro(request: HttpRequest, body: shapes.MacroIn, key: Key = "") -> Any:
    administrator(request)
    return Status(201, once(request, key, body.dict(), lambda: macro_row(keep_macro(request, Macro(), body))))


@router.put("/{int:pk}", auth=automating, response=answers(shapes.MacroOut), operation_id="replace_macro")
def replace_macro(request: HttpRequest, pk: int, body: shapes.MacroIn) -> Any:
    administrator(request)
    return macro_row(keep_macro(request, found(Macro, pk), body))


@of_ticket.post("/{int:number}/macro", auth=writing, response=answers(shapes.AppliedOut), operation_id="apply_macro")
def apply_macro(request: HttpRequest, number: int, body: shapes.ApplyIn, key: Key = "") -> Any:
    """Do the acts of a macro as this person; its text is answered and not sent."""

    def act() -> Any:
        ticket, user = writable(request, number), person(request)
        macro = Macro.objects.usable_by(user).offered_for(ticket).filter(pk=body.macro).first()
        if macro is None:
            raise HttpError(422, "macro: there is none with this id for this ticket")
        made, done = applying.apply(macro, ticket, by=user)
        text = applying.text_of(macro, ticket, user)
        return {"id": made.pk, "done": done, "text": text, "undoable": bool(made.changed)}

    return once(request, key, {"macro of": number, **body.dict()}, act)


@of_ticket.post(
    "/{int:number}/macro/{int:pk}/undo", auth=writing, response=answers(shapes.UndoneOut), operation_id="undo_macro"
)
def undo_macro(request: HttpRequest, number: int, pk: int) -> Any:
    """As it was before, where nobody has changed it since; only who applied it may."""
    ticket, user = writable(request, number), person(request)
    made = Application.objects.filter(pk=pk, ticket=ticket, by=user).first()
    if made is None:
        raise HttpError(404, "not found")
    return {"stayed": applying.undo(made, by=user)}


def keep_macro(request: HttpRequest, macro: Macro, body: shapes.MacroIn) -> Macro:
    line = Team.objects.active().filter(name=body.line).first() if body.line else None
    if body.line and line is None:
        raise HttpError(422, "line: there is none of this name")
    macro.name, macro.about, macro.team, macro.text = named(body.name), body.about, line, body.text
    macro.acts, macro.is_active, macro.changed_by = making.acts(body.acts, for_people=True), body.on, person(request)
    if not macro.acts and not macro.text.strip():
        raise HttpError(422, "acts: a macro does something or says something")
    try:
        with transaction.atomic():
            macro.save()
            told(request, "macro", macro.name)
    except IntegrityError as error:
        raise HttpError(422, "name: another macro of this line has it") from error
    return macro


def macro_row(macro: Macro) -> dict[str, Any]:
    line = macro.team.name if macro.team else None
    return {
        **{name: getattr(macro, name) for name in ("name", "about", "text", "acts")},
        "id": macro.pk,
        "line": line,
        "does": words.acts_of(macro.acts),
        "on": macro.is_active,
    }
