"""Calls: the card on one's screen, the list of one's own, and the acts on them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import wants_part
from otklik.desk.calls import access, numbers
from otklik.desk.calls.models import Call, Draft
from otklik.desk.calls.results import ENDINGS, Result
from otklik.desk.clients.models import Contact
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import can_answer, contacts_known_to
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import menu
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import calls as queries
from otklik.front.workspace.queries.search import search

TYPED = ("note", "result", "until", "name")
"""What is kept of the card while it is typed."""
SOON = 2 * 3600
"""Seconds: the date that stands in the form of a promise until somebody chooses another."""

type Act = Callable[..., HttpResponse]


def act(view: Act) -> Act:
    """A view of a call that its caller may act on; one that they may not see does not exist."""

    @wraps(view)
    def checked(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
        call = _call(request, pk)
        if not access.can_act(person(request), call):
            raise PermissionDenied(_("You may see this call but not write what came of it."))
        return view(request, call, **rest)

    return checked


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The card of the call on this screen; empty when there is none."""
    user = person(request)
    found = queries.now_at(user) if user.answers else None
    if found is None:
        return HttpResponse()
    return render(request, "workspace/calls/card.html", _context(found, user))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What one owes a result, what one's lines do, and what was."""
    user, before = person(request), request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None
    found = queries.lately(user, place)
    rows = found[: queries.PAGE]
    mine, theirs = (queries.owed_by(user), queries.owed_in_lines(user)) if place is None else ([], [])
    sight = Sight.of(user)
    for call in (*rows, *mine, *theirs):
        call.shown_number = queries.number_of(call, user, sight)  # type: ignore[attr-defined]
    context = {
        "mine": mine,
        "theirs": theirs,
        "rows": rows,
        "next": rows[-1].pk if len(found) > queries.PAGE else None,
        "first": place is None,
        "now": clock.now(),
    }
    return render(request, "workspace/calls/page.html", context)


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call with all that is known of it, and the form of its result while it has none."""
    user, found = person(request), _call(request, pk)
    return render(request, "workspace/calls/call.html", _context(found, user))


@require_safe
@act
def people(request: HttpRequest, call: Call) -> HttpResponse:
    """Who it may be: people whom the reader knows, by name, organisation or address."""
    query = request.GET.get("q", "").strip()
    alone = request.GET.get("from") == "page"
    found = search(query, person(request), 1).contacts if len(query) > 1 else []
    return render(
        request, "workspace/calls/people.html", {"call": call, "found": found, "query": query, "alone": alone}
    )


@require_POST
@act
def who(request: HttpRequest, call: Call, contact: int) -> HttpResponse:
    """It is this client: the card shows what is known of them, and their number is learnt."""
    found = _contact(request, call, contact)
    if call.result:
        raise Http404
    numbers.learn(found, call.number, by=person(request))
    call.contact = found
    call.save(update_fields=["contact"])
    return _changed(request, call)


@require_POST
@act
def open_ticket(request: HttpRequest, call: Call) -> HttpResponse:
    """A new request of this call, and there."""
    given = request.POST.get("contact", "")
    contact = _contact(request, call, int(given)) if given.isdecimal() and len(given) < 18 else None
    try:
        ticket = call.open_ticket(by=person(request), contact=contact, name=request.POST.get("name", ""))
    except Refused as error:
        return _refused(request, call, error)
    return lead_to(request, ticket_page(ticket))


@require_POST
@act
def add(request: HttpRequest, call: Call, number: int) -> HttpResponse:
    """The call belongs to a request that is there already."""
    user = person(request)
    ticket = queries.addable(user, number)
    if ticket is None or not can_answer(user, ticket):
        raise Http404
    try:
        call.file_under(ticket, by=user)
    except Refused as error:
        return _refused(request, call, error)
    return lead_to(request, ticket_page(ticket.standing))


@require_POST
@act
def draft(request: HttpRequest, call: Call) -> HttpResponse:
    """What is typed so far; 409 where another window has saved since, and where the result is written."""
    try:
        kept = Draft.objects.keep(call, _told(request), by=person(request), base=request.POST.get("base"))
    except Conflict:
        return HttpResponse(status=409)
    return JsonResponse({"at": kept.stamp if kept else ""})


@require_POST
@act
def conclude(request: HttpRequest, call: Call) -> HttpResponse:
    """What came of it; nothing typed is lost where it cannot be kept."""
    user, told = person(request), {"result": "", "note": "", "until": "", **_told(request)}
    base = request.POST.get("base")
    try:
        call.conclude(told["result"], by=user, note=told["note"], until=moment(told["until"]), base=base)
    except Refused as error:
        with suppress(Conflict):  # somebody has written the result, or another window has saved since
            Draft.objects.keep(call, told, by=user, base=base)
        call.refresh_from_db()
        context = _context(call, user)
        context |= {"typed": context["typed"] | told, "error": error, "alone": request.POST.get("from") == "page"}
        template = "workspace/calls/card.html#result" if wants_part(request) else "workspace/calls/call.html"
        return render(request, template, context, status=409 if isinstance(error, Conflict) else 422)
    menu.forget_own(user)
    return _changed(request, call, _("The result is written"), written=True)


def _told(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in TYPED if name in request.POST}


def moment(text: str) -> datetime | None:
    """A written date in the clock of the person."""
    try:
        found = parse_datetime(text.strip()) if text.strip() else None
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _context(found: Call, user: User) -> dict[str, Any]:
    at, kept = clock.now(), Draft.objects.of(found, user)
    return {
        "call": found,
        "caller": queries.caller_of(found, user, at),
        "number": queries.number_of(found, user, Sight.of(user)),
        "subject": _subject(found, user),
        "can_act": access.can_act(user, found),
        "can_hear": bool(found.recording) and access.can_hear(user, found.holder_id),
        "results": [(one, ENDINGS[one].glyph) for one in Result],
        "kept": kept,
        "typed": _typed(kept, at),
        "earliest": f"{timezone.localtime(at):%Y-%m-%dT%H:%M}",
        "now": at,
    }


def _typed(kept: Draft | None, at: datetime) -> dict[str, str]:
    """What stands in the form: of a draft a date that has come by now is not proposed again."""
    soon = f"{timezone.localtime(at + timedelta(seconds=SOON)):%Y-%m-%dT%H:%M}"
    form = {**kept.form, "base": kept.stamp} if kept else {}
    until = moment(form.get("until", ""))
    return {**form, "until": form["until"] if until and until > at else soon}


def _subject(found: Call, user: User) -> str:
    """What its request is about, where the reader may see that."""
    seen = found.ticket_id and Ticket.objects.visible_to(user).filter(pk=found.ticket_id).exists()
    return found.ticket.subject if found.ticket and seen else ""


def _call(request: HttpRequest, pk: int) -> Call:
    seen = access.visible_to(person(request)).filter(pk=min(pk, 2**63 - 1))
    found = seen.select_related("contact__client", "holder", "team", "ticket", "channel").first()
    if found is None:
        raise Http404
    return found


def _contact(request: HttpRequest, call: Call, pk: int) -> Contact:
    """Somebody of this number, or whom the reader knows anyway."""
    found = numbers.known_as(call.number).filter(pk=pk).first()
    found = found or contacts_known_to(person(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _changed(request: HttpRequest, call: Call, text: str = "", *, written: bool = False) -> HttpResponse:
    """The card is asked for anew; a page of the call is opened again.  `written` forgets what the browser holds."""
    news: dict[str, Any] = {"draft:clear": {"target": "#cresult"}} if written else {}
    if request.POST.get("from") == "page" or not wants_part(request):
        return announce(lead_to(request, reverse("workspace:call", args=[call.pk])), news)
    news["call:changed"] = {"target": "body"}
    if text:
        news["say"] = {"target": "body", "text": text}
    return announce(HttpResponse(status=204), news)


def _refused(request: HttpRequest, call: Call, error: Refused) -> HttpResponse:
    if not wants_part(request):
        return lead_to(request, reverse("workspace:call", args=[call.pk]))
    news = {"say": {"target": "body", "text": error.text, "state": "error"}, "call:changed": {"target": "body"}}
    response = announce(HttpResponse(status=409), news)
    response["HX-Reswap"] = "none"
    return response
