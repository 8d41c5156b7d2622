"""One act for many requests of a list: each by its own right and in its own transaction, the result in words.

What the person may not see is counted together with what does not exist, so nothing is told about it.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from otklik.core.staff.models import Membership, Role, Team, User
from otklik.core.ui.show import show, wants_part
from otklik.desk.tickets.access import can_answer, can_give
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Seen, Ticket
from otklik.desk.tickets.models.states import OUR_MOVE
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.acts.going import lead_to, queue_page
from otklik.front.workspace.acts.moving import WITHOUT_ANSWER
from otklik.front.workspace.acts.owning import with_absences
from otklik.front.workspace.door import person

RELATED = ("conversation__channel", "contact__client", "team__calendar", "owner")
MOST = 200
TEMPLATE = "workspace/dialogs/bulk.html"
type Do = Callable[[Ticket], None]


@dataclass
class Result:
    """How it went: done, refused for these reasons, and how many are not there for this person."""

    done: list[int] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    gone: int = 0

    def said(self, act: str) -> str:
        parts = [DONE[act](len(self.done))] if self.done else [_("Nothing was changed")]
        parts += [f"{count}: {text.rstrip('.')}" for text, count in self.refused.most_common()]
        if self.gone:
            count = ngettext("%(count)s is not there any more", "%(count)s are not there any more", self.gone)
            parts.append(count % {"count": self.gone})
        return "; ".join(parts)


@login_required
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """`act` for `ids`; acts that need to know more are answered with their dialog until it is filled in."""
    act, user = request.POST.get("act", ""), person(request)
    if act not in ACTS:
        raise Http404
    if not user.answers:
        raise PermissionDenied
    ids = _ids(request)
    try:
        if not ids:
            raise Invalid(_("Select requests first."))
        if len(ids) > MOST:
            raise Invalid(_("At most %(most)s requests at once.") % {"most": MOST})
    except Invalid as error:
        return _refuse(request, error)
    tickets = list(Ticket.objects.visible_to(user).filter(pk__in=ids).select_related(*RELATED).order_by("pk"))
    return ACTS[act](request, tickets, len(ids) - len(tickets))


def _ids(request: HttpRequest) -> list[int]:
    given = {told for told in request.POST.getlist("ids") if told.isascii() and told.isdecimal() and len(told) < 18}
    return sorted(int(told) for told in given)


def _each(request: HttpRequest, act: str, tickets: list[Ticket], gone: int, do: Do) -> HttpResponse:
    """Do it to every one that can be done; one that cannot does not stop the others."""
    result, user = Result(gone=gone), person(request)
    for ticket in tickets:
        if not can_answer(user, ticket):
            result.gone += 1
            continue
        try:
            do(ticket)
            result.done.append(ticket.number)
        except Refused as error:
            result.refused[error.text] += 1
    return _tell(request, result, result.said(act))


def _tell(request: HttpRequest, result: Result, text: str) -> HttpResponse:
    if not wants_part(request):
        messages.info(request, text)
        return lead_to(request, queue_page(request.POST.get("view", "")))
    news = {
        "dialog:close": {"target": "body"},
        "bulk:done": {"target": "body", "numbers": result.done},
        "say": {"target": "body", "text": text, "state": "info"},
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
    def do(ticket: Ticket) -> None:
        ticket.must_be_open()
        ticket.take(by=person(request))

    return _each(request, "take", tickets, gone, do)


def _unread(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    def do(ticket: Ticket) -> None:
        before = (ticket.last_in_id or ticket.last_message_id or 1) - 1
        Seen.objects.update_or_create(user=person(request), ticket=ticket, defaults={"message_id": before})

    return _each(request, "unread", tickets, gone, do)


def _assign(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """To a colleague of the line that each request is in, or back to its queue."""
    user, lines = person(request), {ticket.team_id for ticket in tickets}
    people, chosen = _people(lines), request.POST.get("owner")
    owner = next((one for one in people if str(one.pk) == chosen), None)
    if chosen is None or (chosen and owner is None):
        return _ask(request, "assign", tickets, gone, people=people)
    theirs = set(Membership.objects.filter(user=owner).values_list("team_id", flat=True)) if owner else lines

    def do(ticket: Ticket) -> None:
        if not can_give(user, ticket):
            raise Conflict(_("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner})
        if ticket.team_id not in theirs:
            raise Invalid(_("%(name)s is not of its line") % {"name": owner})
        ticket.assign(owner, by=user)

    return _each(request, "assign", tickets, gone, do)


def _people(lines: set[int]) -> list[User]:
    waiting = Count("tickets", Q(tickets__due_at__isnull=False, tickets__status__in=OUR_MOVE), distinct=True)
    people = User.objects.filter(is_active=True, memberships__team__in=lines).exclude(role=Role.QUALITY)
    return with_absences(list(people.annotate(load=waiting).order_by("load", "name")))


def _hand_over(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    lines = list(Team.objects.active())
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "expected")}
    line = next((one for one in lines if str(one.pk) == request.POST.get("line")), None)
    try:
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        brief = Brief.of(**told)
    except Invalid as refusal:
        error = refusal if "sure" in request.POST else None
        return _ask(request, "line", tickets, gone, lines=lines, line=line.pk if line else None, error=error, told=told)

    return _each(request, "line", tickets, gone, lambda ticket: ticket.hand_over(line, brief, by=person(request)))


def _put_aside(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    if not tickets:
        return _each(request, "aside", tickets, gone, lambda ticket: None)
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
    return _each(request, "aside", tickets, gone, lambda ticket: ticket.put_aside(step, by=person(request)))


def _close(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    reason, reasons = request.POST.get("reason", ""), WITHOUT_ANSWER.items()
    if reason not in WITHOUT_ANSWER:
        error = Invalid(_("Choose why it needs no answer."), "reason") if "sure" in request.POST else None
        return _ask(request, "close", tickets, gone, reasons=reasons, error=error)
    return _each(request, "close", tickets, gone, lambda ticket: ticket.close(reason, by=person(request)))


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
    "aside": _put_aside,
    "close": _close,
    "unread": _unread,
}
DONE: dict[str, Callable[[int], str]] = {
    "take": lambda count: ngettext("%(count)s taken", "%(count)s taken", count) % {"count": count},
    "assign": lambda count: ngettext("%(count)s given", "%(count)s given", count) % {"count": count},
    "line": lambda count: ngettext("%(count)s passed on", "%(count)s passed on", count) % {"count": count},
    "aside": lambda count: ngettext("%(count)s put aside", "%(count)s put aside", count) % {"count": count},
    "close": lambda count: ngettext("%(count)s closed", "%(count)s closed", count) % {"count": count},
    "unread": lambda count: ngettext("%(count)s left unread", "%(count)s left unread", count) % {"count": count},
}
