"""Reports by mail, made and changed as their page does, and notes on charts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api import present
from otklik.front.api.auth import building, person, seeing_boards
from otklik.front.api.boards import line_of
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.planning import decided
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.boards import (
    ChartNoteIn,
    ChartNoteOut,
    ReportIn,
    ReportOnIn,
    ReportOut,
    SendingOut,
)
from otklik.team.boards.models import Board
from otklik.team.metrics.models import Annotation
from otklik.team.reports.access import may_change, may_make
from otklik.team.reports.models import Report, Sending
from otklik.team.reports.tasks import send

router = Router(tags=["reports"])
notes = Router(tags=["notes on charts"])
FULL = answers(ReportOut)
TOLD = ("id", "name", "subject", "board_id", "every", "weekday", "hour", "is_on", "next_at")
CALLED = {"board": "board_id"}
LONGEST_AGO, LONGEST_AHEAD = timedelta(days=3 * 366), timedelta(days=366)


@router.get("", auth=seeing_boards, response=answers(list[ReportOut]), operation_id="list_reports")
def list_reports(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """One's own and those one gets; who leads the department sees all."""
    user = person(request)
    rows = Report.objects.visible_to(user).select_related("owner").prefetch_related("readers")
    return [_row(one, user) for one in page(request, rows, ("name", "id"), cursor, limit)[0]]


@router.get("/{int:pk}", auth=seeing_boards, response=FULL, operation_id="read_report")
def read_report(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    return _row(_seen(request, pk), person(request))


@router.get("/{int:pk}/letters", auth=seeing_boards, response=answers(list[SendingOut]), operation_id="list_sendings")
def list_sendings(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What left and what did not, the newest first; of a report that is only received one's own."""
    report, user = _seen(request, pk), person(request)
    rows = Sending.objects.filter(report=report).select_related("person")
    rows = rows if may_change(user, report) else rows.filter(person=user)
    return [_sending(one) for one in page(request, rows, ("-id",), cursor, limit)[0]]


@router.post("", auth=building, response=answers(ReportOut, 201), operation_id="create_report")
def create_report(request: HttpRequest, body: ReportIn, key: Key = "") -> Any:
    """By who leads and who looks at the whole department; it leaves from the next moment on."""

    def act() -> Any:
        user = person(request)
        if not may_make(user):
            raise HttpError(403, "for who leads and who looks at the whole department")
        readers, details = _readers(body), _details(user, body)
        made = decided(lambda: Report.objects.make(readers, by=user, **details), CALLED)
        return _row(_seen(request, made.pk), user)

    return Status(201, once(request, key, {"report": body.dict()}, act))


@router.put("/{int:pk}", auth=building, response=FULL, operation_id="change_report")
def change_report(request: HttpRequest, pk: int, body: ReportIn, key: Key = "") -> Any:
    """Another rhythm counts from now on; who said that they do not want it stays so."""

    def change(report: Report) -> None:
        report.change(_readers(body), **_details(person(request), body, report))

    return _changed(request, pk, key, {"report": pk, **body.dict()}, change)


@router.post("/{int:pk}/on", auth=building, response=FULL, operation_id="switch_report")
def switch_report(request: HttpRequest, pk: int, body: ReportOnIn, key: Key = "") -> Any:
    """Stop it for all, or go on from the next moment."""
    return _changed(request, pk, key, {"switch report": pk, **body.dict()}, lambda one: one.switch(on=body.on))


@router.post("/{int:pk}/remove", auth=building, response=answers(dict[str, int]), operation_id="remove_report")
def remove_report(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """With its history."""

    def act() -> dict[str, int]:
        _own(request, pk).delete()
        return {"removed": pk}

    return once(request, key, {"remove report": pk}, act)


@router.post("/{int:pk}/send", auth=building, response=answers(SendingOut), operation_id="send_report_now")
def send_report_now(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Now, to the person of the token alone, as they may see it; 409 for who has no address in the product."""

    def act() -> Any:
        user, report = person(request), _seen(request, pk)
        if not user.email:
            raise Conflict("this person has no e-mail address in the product")
        made = Sending.objects.now(report, user)
        send.defer(sending_pk=made.pk)
        return _sending(made)

    return once(request, key, {"send report": pk}, act)


@notes.get("", auth=seeing_boards, response=answers(list[ChartNoteOut]), operation_id="list_chart_notes")
def list_chart_notes(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What was noted of days, of the department and of one's lines, the last written first."""
    user = _watcher(request)
    rows = Annotation.objects.visible_to(user).select_related("by")
    return [_note(one, user) for one in page(request, rows, ("-id",), cursor, limit)[0]]


@notes.post("", auth=building, response=answers(ChartNoteOut, 201), operation_id="add_chart_note")
def add_chart_note(request: HttpRequest, body: ChartNoteIn, key: Key = "") -> Any:
    """It is drawn on every chart of that day."""

    def act() -> Any:
        user, today = _watcher(request), clock.today()
        if not today - LONGEST_AGO <= body.on <= today + LONGEST_AHEAD:
            raise Invalid("a day of the last three years or of the year ahead", "on")
        if not (words := body.words.strip()):
            raise Invalid("say what happened", "words")
        line = line_of(user, body.line_id)
        if line is None and not user.sees_everything:
            raise Invalid("name a line: the whole department is for who looks at it", "line_id")
        return _note(Annotation.objects.create(on=body.on, words=words, kind=body.kind, team=line, by=user), user)

    return Status(201, once(request, key, {"chart note": body.dict()}, act))


@notes.post("/{int:pk}/remove", auth=building, response=answers(dict[str, int]), operation_id="remove_chart_note")
def remove_chart_note(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """One's own, or any by who leads the department."""

    def act() -> dict[str, int]:
        user = _watcher(request)
        found = Annotation.objects.visible_to(user).filter(pk=min(pk, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        if not found.may_be_removed_by(user):
            raise HttpError(403, "only who wrote it may")
        found.delete()
        return {"removed": pk}

    return once(request, key, {"remove chart note": pk}, act)


def _watcher(request: HttpRequest) -> User:
    user = person(request)
    if not may_make(user):
        raise HttpError(403, "for who leads and who looks at the whole department")
    return user


def _seen(request: HttpRequest, pk: int) -> Report:
    rows = Report.objects.visible_to(person(request)).select_related("owner", "board").prefetch_related("readers")
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _own(request: HttpRequest, pk: int) -> Report:
    found = _seen(request, pk)
    if not may_change(person(request), found):
        raise HttpError(403, "only its owner may")
    return found


def _changed(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Report], object]) -> Any:
    def act() -> Any:
        report = _own(request, pk)
        decided(lambda: change(report), CALLED)
        return _row(_seen(request, pk), person(request))

    return once(request, key, told, act)


def _readers(body: ReportIn) -> list[User]:
    """Raises Invalid for a login of nobody who can get a letter."""
    asked = list(dict.fromkeys(one.lower() for one in body.readers))
    found = {one.login: one for one in User.objects.filter(login__in=asked, is_active=True).exclude(email="")}
    if set(asked) - set(found):
        raise Invalid("not all of them work here and have an address", "readers")
    return [found[login] for login in asked]


def _details(user: User, body: ReportIn, of: Report | None = None) -> dict[str, Any]:
    told: dict[str, Any] = body.dict(exclude={"readers", "board_id"})
    board = None
    if body.board_id is not None:
        board = Board.objects.visible_to(user).filter(pk=body.board_id).first()
        board = board or (of.board if of and of.board_id == body.board_id else None)
        if board is None:
            raise Invalid("there is no such board that this person sees", "board_id")
    return {**told, "board": board}


def _row(one: Report, user: User) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in TOLD}
    readers = sorted(one.readers.all(), key=lambda person: person.name)
    told |= {"owner": present.person_row(one.owner), "may_change": may_change(user, one)}
    return told | {"readers": [present.person_row(reader) for reader in readers]}


def _sending(one: Sending) -> dict[str, Any]:
    names = ("id", "moment", "by_hand", "state", "why")
    return {name: getattr(one, name) for name in names} | {"person": present.person_row(one.person)}


def _note(one: Annotation, user: User) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "on", "words", "kind")}
    told |= {"line_id": one.team_id, "by": present.person_row(one.by)}
    return told | {"may_remove": one.may_be_removed_by(user)}
