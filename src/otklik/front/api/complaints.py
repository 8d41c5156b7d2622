"""Complaints: read as far as the person may know of them, and filed."""

from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.care.complaints import access, suggesting
from otklik.care.complaints.models import Complaint, Filing, Likeness
from otklik.care.complaints.models.filing import ComplaintQuerySet
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import complaining, hearing_out, person
from otklik.front.api.doors import answers, writable
from otklik.front.api.holders import LARGEST
from otklik.front.api.leading import named
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.complaints import ComplaintFull, ComplaintIn, ComplaintPage

router = Router(tags=["complaints"])
of_ticket = Router(tags=["complaints"])
RELATED = ("contact", "owner", "line", "investigator", "against", "filed_by")
Show = Annotated[
    Literal["mine", "open", "late", "all"],
    Query(description="`mine` wait for the person; `all` has closed ones too, the newest first"),
]
PLAIN = ("words", "source", "said_by", "desired", "risks", "stated_cause", "acknowledged_at", "answered_at")
MORE = ("closed_at", "legal_due", "check_at", "whys", "found", "found_cause", "decision", "finding", "remedy")
LAST = ("reaction", "reaction_words", "bodies", "helped", "verdict")
OF_ROW = ("id", "stated", "state", "level", "severity", "received_at", "next_at", "next_due")


@router.get("", auth=hearing_out, response=answers(ComplaintPage), operation_id="list_complaints")
def list_complaints(request: HttpRequest, show: Show = "open", cursor: Cursor = "", limit: Limit = 50) -> Any:
    """By the nearest date."""
    user = person(request)
    order = ("-id",) if show == "all" else ("next_at", "id")
    rows = _narrowed(user, show).select_related("contact", "owner", "line")
    shown, following = page(request, rows, order, cursor, limit)
    seen = _tickets(shown, user)
    return {"items": [_row(one, seen) for one in shown], "next": following}


@router.get("/{int:pk}", auth=hearing_out, response=answers(ComplaintFull), operation_id="read_complaint")
def read_complaint(request: HttpRequest, pk: int) -> Any:
    """One of them; 404 for the person it is about as for everybody who may not know of it."""
    return complaint_full(complaint_of(request, pk), person(request))


@router.post("", auth=complaining, response=answers(ComplaintFull, 201), operation_id="file_complaint")
def file_complaint(request: HttpRequest, body: ComplaintIn, key: Key = "") -> Any:
    """Its clocks run from the moment when it came; a complaint without `ticket` and `contact_id` is anonymous."""

    def act() -> Any:
        by = person(request)
        if not access.may_file(by):
            raise HttpError(403, "not for this person")
        made = Complaint.objects.file(_filing(request, body), by=by)
        return complaint_full(Complaint.objects.select_related(*RELATED).get(pk=made.pk), by)

    return Status(201, once(request, key, {"complaint": body.dict()}, act))


@of_ticket.post(
    "/{int:number}/complaint/none", auth=complaining, response=answers(dict[str, int]), operation_id="say_no_complaint"
)
def say_no_complaint(request: HttpRequest, number: int, key: Key = "") -> Any:
    """It sounds like a complaint and is none: nobody is asked again until there are new words."""

    def act() -> dict[str, int]:
        ticket = writable(request, number)
        suggesting.is_none(ticket, by=person(request))
        return {"ticket": ticket.number}

    return once(request, key, {"no complaint": number}, act)


def complaint_of(request: HttpRequest, pk: int) -> Complaint:
    rows = Complaint.objects.visible_to(person(request)).select_related(*RELATED, "ticket__team")
    found: Complaint | None = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def complaint_full(one: Complaint, user: User) -> dict[str, Any]:
    may = {"manage": access.can_manage, "investigate": access.can_investigate, "decide": access.can_decide}
    may |= {"add_facts": access.can_add_facts}
    alike = Likeness.objects.filter(Q(one=one) | Q(other=one)).values_list("one", "other")
    others = {pk for pair in alike for pk in pair if pk != one.pk}
    known = Complaint.objects.visible_to(user).filter(pk__in=others).order_by("pk").values_list("pk", flat=True)
    people = {name: present.person_row(getattr(one, name)) for name in ("against", "investigator", "filed_by")}
    return {
        **_row(one, _tickets([one], user)),
        **{name: getattr(one, name) for name in (*PLAIN, *MORE, *LAST)},
        **people,
        "lines": list(one.lines.order_by("name").values_list("name", flat=True)),
        "facts": [
            {"text": fact.text, "source": fact.source, "by": present.person_row(fact.by), "at": fact.at}
            for fact in one.facts.select_related("by")
        ],
        "measures": [_measure(row) for row in one.measures.select_related("owner")],
        "alike": list(known),
        "may": [name for name, asked in may.items() if asked(user, one)],
    }


def _narrowed(user: User, show: str) -> ComplaintQuerySet:
    found: ComplaintQuerySet = Complaint.objects.visible_to(user)
    match show:
        case "mine":
            return found.answered_for_by(user)
        case "late":
            return found.late(clock.now())
        case "all":
            return found
    return found.open()


def _filing(request: HttpRequest, body: ComplaintIn) -> Filing:
    """Raises Invalid, and 404 and 403 for a ticket as its own acts do."""
    names = ("words", "stated", "desired", "severity", "risks", "received_at")
    told: dict[str, Any] = {name: getattr(body, name) for name in names}
    told |= {name: named(getattr(body, name), name) for name in ("against", "owner")}
    line = Team.objects.active().filter(pk=body.line).first() if body.line else None
    if body.line and line is None:
        raise Invalid("there is no such line in use", "line")
    if body.ticket is not None:
        if line:
            raise Invalid("a complaint of a ticket is of the line of this ticket: leave it out", "line")
        if body.contact_id is not None or body.source != "talk":
            raise Invalid("a complaint of a ticket is its client's, from the talk", "ticket")
        ticket = writable(request, body.ticket)
        return Filing(**told, ticket=ticket, contact=ticket.contact, said_by=ticket.contact_name)
    if body.source == "talk":
        raise Invalid("say how it came: without a ticket there is no talk", "source")
    contact = _contact(request, body.contact_id) if body.contact_id else None
    name, at = contact.name if contact else "", body.received_at or clock.now()
    return Filing(**told, contact=contact, said_by=name, said_at=at, source=body.source, line=line)


def _contact(request: HttpRequest, pk: int) -> Contact:
    found = contacts_known_to(person(request)).filter(pk=pk).first()
    if found is None:
        raise Invalid("nobody whom this person knows", "contact_id")
    return found


def _tickets(shown: Any, user: User) -> set[int]:
    """Numbers of their tickets that the reader sees, in one statement."""
    numbers = {one.ticket_id for one in shown if one.ticket_id}
    return set(Ticket.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))


def _row(one: Complaint, seen: set[int]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in OF_ROW} | {
        "client": one.contact.name if one.contact else one.said_by,
        "contact_id": one.contact_id,
        "ticket": one.ticket_id if one.ticket_id in seen else None,
        "line": one.line.name,
        "owner": present.person_row(one.owner),
        "late": one.is_late(clock.now()),
    }


def _measure(row: Any) -> dict[str, Any]:
    names = ("id", "kind", "text", "due_at", "done_at", "result")
    return {name: getattr(row, name) for name in names} | {"owner": present.person_row(row.owner)}
