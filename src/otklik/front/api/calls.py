"""Calls as their card on the screen has them: who calls, the request, the result.  The exchange itself begins and ends
them; one that no exchange told of is written down at its ticket (`POST /tickets/{number}/calls`).
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.calls import access, numbers
from otklik.desk.calls.models import Call, Draft
from otklik.desk.clients.models import Contact
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import calling, listening, person
from otklik.front.api.doors import answers, writable
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, number_before, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.calls import (
    CallDraftIn,
    CallDraftOut,
    CallerIn,
    CallResultIn,
    CallTicketIn,
    PhoneCallFull,
    PhoneCallOut,
    PhoneCallPage,
)

router = Router(tags=["calls"])
FULL = answers(PhoneCallFull)
TYPED = ("note", "result", "until", "name")
TOLD = ("by_hand", "queue", "begun_at", "answered_at", "ended_at", "waited", "talked", "held", "transfers", "result")


@router.get("", auth=listening, response=answers(PhoneCallPage), operation_id="list_phone_calls")
def list_phone_calls(request: HttpRequest, owed: bool = False, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Calls that are over, the newest first; `owed`: the person's own whose result is not written."""
    user, before = person(request), number_before(request, cursor)
    among = Call.objects.owed().of(user) if owed else Call.objects.filter(ended_at__isnull=False)
    if before is not None:
        among = among.filter(pk__lt=before)
    rows = among if owed else access.newest_visible_to(user, among, limit + 1)
    shown, following = page(request, _with_all(rows), ("-id",), cursor, limit)
    return {"items": _rows(shown, user), "next": following}


@router.get("/now", auth=listening, response=answers(list[PhoneCallOut]), operation_id="list_calls_now")
def list_calls_now(request: HttpRequest) -> Any:
    """What stands on the person's screen at this moment: it rings for them, they talk, or it has just ended."""
    user = person(request)
    return _rows(_with_all(Call.objects.shown_to(user.pk))[:20], user) if user.answers else []


@router.get("/{int:pk}", auth=listening, response=FULL, operation_id="read_phone_call")
def read_phone_call(request: HttpRequest, pk: int) -> Any:
    """One of them; a look at the card of who calls."""
    found, user = _seen(request, pk), person(request)
    if found.contact:
        looked(found.contact, Place.API, by=user)
    return _full(found, user)


@router.post("/{int:pk}/client", auth=calling, response=FULL, operation_id="say_who_calls")
def say_who_calls(request: HttpRequest, pk: int, body: CallerIn, key: Key = "") -> Any:
    """It is this person: the number is learnt, unless it is somebody's.  409 once the result is written."""

    def change(call: Call) -> None:
        whose = _contact(request, call, body.contact_id)
        call.hold_alone()
        if call.result:
            raise Conflict("the result of this call is written already")
        numbers.learn(whose, call.number, by=person(request))
        call.contact = whose
        call.save(update_fields=["contact"])

    return _changed(request, pk, key, {"caller": pk, **body.dict()}, change)


@router.post("/{int:pk}/ticket", auth=calling, response=FULL, operation_id="file_call")
def file_call(request: HttpRequest, pk: int, body: CallTicketIn, key: Key = "") -> Any:
    """It belongs to that ticket, or to a new one; 404 for a ticket or a client that is not the person's."""

    def change(call: Call) -> None:
        by = person(request)
        if body.ticket is not None:
            if said := "contact_id" if body.contact_id is not None else "name" if body.name.strip() else "":
                raise Invalid("of a ticket its client is known: name nobody beside it", said)
            call.file_under(writable(request, body.ticket), by=by)
            return
        whose = _contact(request, call, body.contact_id) if body.contact_id else None
        call.open_ticket(by=by, contact=whose, name=body.name)

    return _changed(request, pk, key, {"file call": pk, **body.dict()}, change)


@router.post("/{int:pk}/result", auth=calling, response=FULL, operation_id="conclude_call")
def conclude_call(request: HttpRequest, pk: int, body: CallResultIn, key: Key = "") -> Any:
    """What came of it; without a ticket one is opened.  409 while it goes on, and where somebody was quicker."""

    def change(call: Call) -> None:
        call.conclude(body.result, by=person(request), note=body.note, until=body.until, base=body.base)

    return _changed(request, pk, key, {"result of call": pk, **body.dict()}, change)


@router.get("/{int:pk}/draft", auth=listening, response=answers(CallDraftOut), operation_id="read_call_draft")
def read_call_draft(request: HttpRequest, pk: int) -> Any:
    """What the person has typed into its card."""
    return _draft(Draft.objects.of(_seen(request, pk), person(request)))


@router.put("/{int:pk}/draft", auth=calling, response=answers(CallDraftOut), operation_id="keep_call_draft")
def keep_call_draft(request: HttpRequest, pk: int, body: CallDraftIn, key: Key = "") -> Any:
    """It stands in the person's card of the call; empty, nothing is kept.  409 where the result is written, and where
    another window has saved since `base`.
    """

    def act() -> Any:
        told = {name: value for name in TYPED if (value := getattr(body, name)) is not None}
        call = _acted_on(request, pk)
        return _draft(Draft.objects.keep(call, told, by=person(request), base=body.base))

    return once(request, key, {"draft of call": pk, **body.dict()}, act)


def _with_all(rows: "QuerySet[Call]") -> "QuerySet[Call]":
    return rows.select_related("contact", "holder", "team")


def _seen(request: HttpRequest, pk: int) -> Call:
    seen = access.visible_to(person(request)).filter(pk=min(pk, LARGEST))
    found = seen.select_related("contact", "holder", "team", "ticket", "channel", "note").first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _acted_on(request: HttpRequest, pk: int) -> Call:
    found = _seen(request, pk)
    if not access.can_act(person(request), found):
        raise HttpError(403, "this person does not write what came of this call")
    return found


def _contact(request: HttpRequest, call: Call, pk: int) -> Contact:
    found = numbers.known_as(call.number).filter(pk=pk).first()
    found = found or contacts_known_to(person(request)).filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _changed(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Call], None]) -> Any:
    @transaction.atomic
    def act() -> Any:
        change(_acted_on(request, pk))
        return _full(_seen(request, pk), person(request))

    return once(request, key, told, act)


def _rows(calls: Iterable[Call], user: User) -> list[dict[str, Any]]:
    shown, sight = list(calls), Sight.of(user)
    numbers_ = {one.ticket_id for one in shown if one.ticket_id}
    seen = set(Ticket.objects.visible_to(user).filter(pk__in=numbers_).values_list("pk", flat=True))
    return [_row(one, user, sight, seen) for one in shown]


def _row(call: Call, user: User, sight: Sight, seen: Collection[int]) -> dict[str, Any]:
    reads, contact = access.reads_number(user, call, sight), call.contact
    return {
        **{name: getattr(call, name) for name in ("id", *TOLD)},
        "state": call.state.value,
        "direction": "out" if call.outward else "in",
        "number": call.number if reads else "",
        "number_hidden": bool(call.number) and not reads,
        "line": call.team.name,
        "contact": {"id": contact.pk, "name": contact.name} if contact else None,
        "ticket": call.ticket_id if call.ticket_id in seen else None,
        "holder": present.person_row(call.holder),
        "recording": call.recording if access.can_hear(user, call.holder_id) else "",
        "can_act": access.can_act(user, call),
    }


def _full(call: Call, user: User) -> dict[str, Any]:
    (row,) = _rows([call], user)
    several = numbers.known_as(call.number)[: numbers.MOST] if call.contact is None else ()
    words = call.note.text if call.note and row["ticket"] else ""
    return {**row, "note": words, "several": [{"id": one.pk, "name": one.name} for one in several]}


def _draft(kept: Draft | None) -> dict[str, Any]:
    form = kept.form if kept else {}
    return {name: str(form.get(name, "")) for name in TYPED} | {"saved_at": kept.stamp if kept else ""}
