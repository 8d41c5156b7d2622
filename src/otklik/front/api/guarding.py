"""Abusive contacts, by programs."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets import conducting
from otklik.desk.tickets.access import can_review_conduct
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, writable
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.deciding import AbuseOut, AbuseQueue, RestrictionPage
from otklik.front.api.schemas.told import AbuseIn, ReviewIn

router = Router(tags=["clients"])
of_ticket = Router(tags=["tickets"])


@of_ticket.post("/{int:number}/abuse", auth=writing, response=answers(AbuseOut), operation_id="report_abuse")
def report(request: HttpRequest, number: int, body: AbuseIn, key: Key = "") -> Any:
    """Warn the client, or stop: then the ticket is closed to this person and goes back to its line."""

    def act() -> Any:
        ticket = writable(request, number)
        theirs = ticket.conversation.messages.living().filter(direction="in", contact=ticket.contact_id)
        quoted = theirs.filter(pk=body.message or 0).first()
        if body.message and quoted is None:
            raise HttpError(422, "message: not a message of this client")
        made = ticket.report_abuse(body.what, by=person(request), message=quoted, stop=body.stop)
        return present.abuse_row(made)

    return once(request, key, {"abuse": number, **body.dict()}, act)


@router.get("", auth=reading, response=answers(AbuseQueue), operation_id="list_abuse")
def list_abuse(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Reports on which the person may decide, the oldest first; `/abuse/restrictions` has what holds now."""
    waiting = conducting.reports_to_decide(person(request)).select_related("by")
    reports, following = page(request, waiting, ("at", "id"), cursor, limit)
    return {"items": [present.abuse_row(one) for one in reports], "next": following}


@router.get("/restrictions", auth=reading, response=answers(RestrictionPage), operation_id="list_restrictions")
def list_restrictions(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What holds now and the person may lift, the soonest to end first."""
    standing = conducting.restrictions_to_lift(person(request)).select_related("team", "lead", "report")
    held, following = page(request, standing, ("until", "id"), cursor, limit)
    return {"items": [present.restriction_row(one) for one in held], "next": following}


@router.post("/{int:pk}/review", auth=writing, response=answers(AbuseOut), operation_id="review_abuse")
def review(request: HttpRequest, pk: int, body: ReviewIn, key: Key = "") -> Any:
    """Nothing remains, another warning, or a restriction until a date."""

    def act() -> Any:
        found = AbuseReport.objects.select_related("by").filter(pk=pk).first()
        if found is None or not _may_decide(request, found):
            raise HttpError(404, "not found")
        made: AbuseReport = found
        ticket = Ticket.objects.select_related("team", "contact", "conversation").get(pk=made.ticket_number)
        ticket.review_abuse(
            made,
            body.decision,
            by=person(request),
            words=body.words,
            mode=body.mode,
            until=body.until,
            team=Team.objects.active().filter(name=body.line).first() if body.line else None,
            lead=User.objects.filter(login=body.lead.lower(), is_active=True).first() if body.lead else None,
        )
        return present.abuse_row(made)

    return once(request, key, {"review": pk, **body.dict()}, act)


@router.post("/restrictions/{int:pk}/lift", auth=writing, response=answers(dict[str, int]), operation_id="lift")
def lift(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Before its time; 409 when it is over."""

    def act() -> dict[str, int]:
        found = Restriction.objects.select_related("report__by").filter(pk=pk).first()
        if found is None or not _may_decide(request, found.report):
            raise HttpError(404, "not found")
        restriction: Restriction = found
        if not restriction.lift(by=person(request)):
            raise HttpError(409, "it is over already")
        return {"contact": restriction.contact_id}

    return once(request, key, {"lift": pk}, act)


def _may_decide(request: HttpRequest, report: AbuseReport) -> bool:
    line = Ticket.objects.values_list("team", flat=True).get(pk=report.ticket_number)
    return can_review_conduct(person(request), report, line)
