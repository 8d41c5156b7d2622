"""One act for many requests of a list: each by its own right and in its own transaction, the result in words.

What the person may not see is counted together with what does not exist, so nothing is told about it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.care.incidents import many as incidents
from otklik.care.incidents.access import may_lead
from otklik.core.staff.models import Team
from otklik.core.ui.show import show, wants_part
from otklik.desk.routing import colleagues, many
from otklik.desk.routing.many import MOST
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Batch, Priority, Seen, Tag, Ticket, Topic
from otklik.desk.tickets.models.batch import Do, Outcome
from otklik.desk.tickets.models.tag import normalised
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace.acts import attaching
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.classifying import topic_of
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.acts.going import lead_to, queue_page
from otklik.front.workspace.acts.moving import WITHOUT_ANSWER
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/bulk.html"
UNDO_STAYS = 15_000
"""Milliseconds in which the line with its undo is read."""
TAGS_OFFERED = 12

__all__ = ["MOST", "bulk", "undo"]


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """`act` for `ids`; acts that need to know more are answered with their dialog until it is filled in."""
    act, user = request.POST.get("act", ""), person(request)
    if act not in ACTS:
        raise Http404
    if not user.answers:
        raise PermissionDenied
    try:
        tickets, gone = many.chosen(_ids(request), user)
    except Invalid as error:
        return _refuse(request, error)
    return ACTS[act](request, tickets, gone)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that one act has changed becomes what it was, except what somebody has changed since."""
    try:
        outcome = get_object_or_404(Batch, pk=pk, by=person(request)).undo(by=person(request))
    except Refused as error:
        return _refuse(request, error)
    return _tell(request, "undo", outcome)


def _ids(request: HttpRequest) -> list[int]:
    given = {told for told in request.POST.getlist("ids") if told.isascii() and told.isdecimal() and len(told) < 18}
    return sorted(int(told) for told in given)


def _each(request: HttpRequest, act: str, tickets: list[Ticket], gone: int, do: Do) -> HttpResponse:
    """What cannot be taken back at once: one that cannot be done does not stop the others."""
    outcome = Outcome()
    for ticket in tickets:
        try:
            do(ticket)
            outcome.done.append(ticket.number)
        except Refused as error:
            outcome.refused[error.text].append(ticket.number)
    return _told(request, act, outcome, gone)


def _told(request: HttpRequest, act: str, outcome: Outcome, gone: int) -> HttpResponse:
    outcome.gone = gone
    return _tell(request, act, outcome)


def _tell(request: HttpRequest, act: str, outcome: Outcome) -> HttpResponse:
    text = outcome.said(many.DONE[act](len(outcome.done)))
    if not wants_part(request):
        messages.info(request, text)
        return lead_to(request, queue_page(request.POST.get("view", "")))
    say: dict[str, Any] = {"target": "body", "text": text, "state": "info"}
    if outcome.batch:
        say |= {"undo": reverse("workspace:bulk_undo", args=[outcome.batch.pk]), "stay": UNDO_STAYS}
    news = {
        "dialog:close": {"target": "body"},
        "bulk:done": {"target": "body", "numbers": outcome.done},
        "say": say,
    }
    return announce(HttpResponse(status=204), news)


def _refuse(request: HttpRequest, error: Refused) -> HttpResponse:
    if not wants_part(request):
        messages.error(request, error.text)
        return lead_to(request, queue_page(request.POST.get("view", "")))
    response = announce(HttpResponse(status=422), {"say": {"target": "body", "text": error.text, "state": "error"}})
    response["HX-Reswap"] = "none"
    return response


def _take(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    return _told(request, "take", many.take(tickets, by=person(request)), gone)


def _unread(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    def do(ticket: Ticket) -> None:
        before = (ticket.last_in_id or ticket.last_message_id or 1) - 1
        Seen.objects.update_or_create(user=person(request), ticket=ticket, defaults={"message_id": before})

    return _each(request, "unread", tickets, gone, do)


def _assign(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """To a colleague of the line that each request is in, or back to its queue."""
    people, given = colleagues.of_lines({ticket.team_id for ticket in tickets}), request.POST.get("owner")
    owner = next((one.person for one in people if str(one.person.pk) == given), None)
    if given is None or (given and owner is None):
        return _ask(request, "assign", tickets, gone, people=people)
    return _told(request, "assign", many.give(tickets, owner, by=person(request)), gone)


def _hand_over(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    lines = list(Team.objects.active())
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "expected", "promised")}
    line = next((one for one in lines if str(one.pk) == request.POST.get("line")), None)
    try:
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        brief = Brief.of(**told)
    except Invalid as refusal:
        error = refusal if "sure" in request.POST else None
        return _ask(request, "line", tickets, gone, lines=lines, line=line.pk if line else None, error=error, told=told)
    return _told(request, "line", many.hand_over(tickets, line, brief, by=person(request)), gone)


def _label(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Another topic for all or as each has it; tags that come and tags that go."""
    asked = _labels_asked(tickets)
    if "sure" not in request.POST:
        return _ask(request, "labels", tickets, gone, **asked)
    topic, words = request.POST.get("topic", ""), request.POST.get("tags", "")
    add, remove = [*request.POST.getlist("add"), *([words] if words.strip() else [])], request.POST.getlist("remove")
    try:
        if topic in ("", "keep") and not add and not remove:
            raise Invalid(_("Choose a topic or tags."), "topic")
        chosen = topic_of(topic) if topic not in ("", "keep", "none") else None
        if words.strip():
            normalised([words])
    except Invalid as error:
        return _ask(request, "labels", tickets, gone, error=error, typed=words, **asked)
    outcome = many.label(tickets, by=person(request), topic=chosen, no_topic=topic == "none", add=add, remove=remove)
    return _told(request, "labels", outcome, gone)


def _labels_asked(tickets: list[Ticket]) -> dict[str, Any]:
    """Topics in use, tags that the requests have, and those that others use."""
    present = sorted({tag for ticket in tickets for tag in ticket.tags})[:TAGS_OFFERED]
    offered = [tag for tag in Tag.objects.offered() if tag not in present][:TAGS_OFFERED]
    return {"topics": Topic.objects.tree().offered(), "present": present, "offered": [*present, *offered]}


def _prioritise(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    given = request.POST.get("priority", "")
    if given not in map(str, Priority.values):
        error = Invalid(_("Choose a priority."), "priority") if "sure" in request.POST else None
        return _ask(request, "priority", tickets, gone, priorities=Priority.choices[::-1], error=error)
    return _told(request, "priority", many.prioritise(tickets, int(given), by=person(request)), gone)


def _put_aside(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    if not tickets:
        return _told(request, "aside", Outcome(), gone)
    composer = Composer(tickets[0], person(request), choice=Choice(next="aside"))
    if "sure" not in request.POST:
        return _ask(request, "aside", tickets, gone, composer=composer)
    data = request.POST.copy()
    data["next"] = "aside"
    composer.choice = Choice.posted(data)
    try:
        step = composer.choice.step()
        assert isinstance(step, PutAside)
        if not step.what.strip():
            raise Invalid(_("Write what happens then."), "what")
    except Refused as error:
        composer.fail(error.field, error.text)
        return _ask(request, "aside", tickets, gone, composer=composer, error=error)
    return _told(request, "aside", many.put_aside(tickets, step, by=person(request)), gone)


def _close(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    reason, reasons = request.POST.get("reason", ""), WITHOUT_ANSWER.items()
    if reason not in WITHOUT_ANSWER:
        error = Invalid(_("Choose why it needs no answer."), "reason") if "sure" in request.POST else None
        return _ask(request, "close", tickets, gone, reasons=reasons, error=error)
    return _told(request, "close", many.close(tickets, reason, by=person(request)), gone)


def _incident(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """To an incident, or away from the one that each is part of; who may write to its clients is led there."""
    if "leave" in request.POST:
        return _told(request, "detach", incidents.detach(tickets, by=person(request)), gone)
    if "sure" not in request.POST:
        return _ask(request, "incident", tickets, gone, **attaching.asked(request, tickets))
    try:
        incident = attaching.chosen(request, [])
    except Refused as error:
        return _ask(request, "incident", tickets, gone, error=error, **attaching.asked(request, tickets))
    outcome = incidents.attach(tickets, incident, by=person(request))
    if "write" not in request.POST or not (outcome.done or outcome.same) or not may_lead(person(request), incident):
        return _told(request, "incident", outcome, gone)
    batch = f"?batch={outcome.batch.pk}" if outcome.batch else ""
    outcome.gone = gone
    messages.info(request, outcome.said(many.DONE["incident"](len(outcome.done))))
    return lead_to(request, reverse("workspace:incident_update", args=[incident.number]) + batch)


def _problem(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Which one is chosen on a page of its own: there is more to read than in a dialog."""
    ids = urlencode([("ids", ticket.pk) for ticket in tickets])
    return lead_to(request, f"{reverse('workspace:problem_link')}?{ids}")


def _ask(request: HttpRequest, act: str, tickets: list[Ticket], gone: int, **told: Any) -> HttpResponse:
    """The dialog says how many it is about; with an error only its form is drawn anew."""
    ids = _ids(request)
    context = {"act": act, "ids": ids, "count": len(ids), "view": request.POST.get("view", ""), **told}
    failed = told.get("error") is not None
    return show(request, TEMPLATE, context, part="form" if failed else "dialog", status=422 if failed else 200)


ACTS: dict[str, Callable[[HttpRequest, list[Ticket], int], HttpResponse]] = {
    "take": _take,
    "assign": _assign,
    "line": _hand_over,
    "labels": _label,
    "priority": _prioritise,
    "aside": _put_aside,
    "close": _close,
    "incident": _incident,
    "problem": _problem,
    "unread": _unread,
}
