"""Work moved on the lead's board: to a person, to another line, and back by one undo."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.staff.models import Team, User
from otklik.core.ui.show import show, wants_part
from otklik.desk.routing import colleagues, many
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Batch, Ticket
from otklik.desk.tickets.models.batch import Outcome
from otklik.front.board.access import may_move

UNDO_STAYS = 15_000
"""Milliseconds in which the line with its undo is read."""


@login_required
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """The chosen requests to one person, or back to the queues of their lines; asks whom where nobody is named."""
    user = _lead(request)
    try:
        tickets, gone = many.chosen(_ids(request), user)
    except Invalid as error:
        return _refuse(request, error)
    if (given := request.POST.get("owner")) is None:
        return _ask_whom(request, tickets)
    owner = User.objects.filter(pk=given).first() if given.isdecimal() and len(given) < 18 else None
    if given and owner is None:
        return _refuse(request, Invalid(_("Choose somebody of this line."), "owner"))
    return _told(request, "assign", many.give(tickets, owner, by=user), gone)


@login_required
@require_POST
def pass_on(request: HttpRequest) -> HttpResponse:
    """The chosen requests to another line, with what is known, so that no client has to say it again."""
    user = _lead(request)
    try:
        tickets, gone = many.chosen(_ids(request), user)
    except Invalid as error:
        return _refuse(request, error)
    lines = list(Team.objects.active())
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "expected", "promised")}
    line = next((one for one in lines if str(one.pk) == request.POST.get("line")), None)
    try:
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        brief = Brief.of(**told)
    except Invalid as refusal:
        shown = refusal if "sure" in request.POST else None
        if shown is None and len(tickets) == 1:
            told["question"] = tickets[0].subject
        return _ask(request, "pass", tickets, shown, lines=lines, line=line.pk if line else None, told=told)
    return _told(request, "line", many.hand_over(tickets, line, brief, by=user), gone)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    user = _lead(request)
    try:
        outcome = get_object_or_404(Batch, pk=pk, by=user).undo(by=user)
    except Refused as error:
        return _refuse(request, error)
    return _told(request, "undo", outcome, 0)


def _lead(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_move(request.user):
        raise PermissionDenied
    return request.user


def _ids(request: HttpRequest) -> list[int]:
    """Ticked ones, or those that were dragged, in one value."""
    told = {part for value in request.POST.getlist("ids") for part in value.split(",")}
    return sorted(int(part) for part in told if part.isascii() and part.isdecimal() and len(part) < 18)


def _ask_whom(request: HttpRequest, tickets: list[Ticket]) -> HttpResponse:
    """Everybody of these lines; who cannot get any of them stands there with the reason."""
    needs = colleagues.Needs()
    people = [(one, _why_none(one, tickets, needs)) for one in colleagues.of_lines({one.team_id for one in tickets})]
    return _ask(request, "give", tickets, None, people=sorted(people, key=lambda told: bool(told[1])))


def _why_none(one: colleagues.Colleague, tickets: list[Ticket], needs: colleagues.Needs) -> str:
    reasons = [one.why_not(ticket, needs) for ticket in tickets]
    return reasons[0] if reasons and all(reasons) else one.away


def _ask(request: HttpRequest, act: str, tickets: list[Ticket], error: Refused | None, **told: Any) -> HttpResponse:
    """The dialog; with an error only its form is drawn anew."""
    ids = _ids(request)
    context = {"act": act, "ids": ids, "count": len(ids), "tickets": tickets[:3], "error": error, **told}
    part, status = ("form", 422) if error else ("dialog", 200)
    return show(request, "board/moving.html", context, part=part, status=status)


def _told(request: HttpRequest, act: str, outcome: Outcome, gone: int) -> HttpResponse:
    outcome.gone = gone
    text = outcome.said(many.DONE[act](len(outcome.done)))
    if not wants_part(request):
        messages.info(request, text)
        return redirect("board:shift")
    say: dict[str, Any] = {"target": "body", "text": text, "state": "info"}
    if outcome.batch:
        say |= {"undo": reverse("board:undo", args=[outcome.batch.pk]), "stay": UNDO_STAYS}
    news = {
        "dialog:close": {"target": "body"},
        "shift:done": {"target": "body", "numbers": outcome.done},
        "say": say,
    }
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(news)})


def _refuse(request: HttpRequest, error: Refused) -> HttpResponse:
    if not wants_part(request):
        messages.error(request, error.text)
        return redirect("board:shift")
    news = {"say": {"target": "body", "text": error.text, "state": "error"}}
    return HttpResponse(status=422, headers={"HX-Trigger": json.dumps(news), "HX-Reswap": "none"})
