"""Who works on the ticket: take it, give it, pass it to another line."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.core.ui.show import wants_part
from otklik.desk.routing import colleagues
from otklik.desk.routing.colleagues import Colleague
from otklik.desk.routing.models import Handover, Pick
from otklik.desk.tickets.access import can_give
from otklik.desk.tickets.brief import Brief, Card
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.picks import Reason, way_of
from otklik.front.workspace.acts.doors import act, asking, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person


@act("POST")
def take(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Become the owner, unless somebody was quicker."""
    began = clock.now()
    try:
        ticket.take(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    told = done(request, ticket, _("The request is yours"))
    if Pick.objects.to_explain(ticket, person(request), began) is None:  # not of one that was theirs before
        return told
    why = reverse("workspace:why_this", args=[ticket.number])
    if not wants_part(request):
        return redirect(f"{why}?{request.POST.get('view', '')}")
    return asking(told, _("The request is yours. Others waited before it."), more=_("Why this one"), address=why)


@act("GET", "POST")
def why_this(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Whoever chose it before its turn may say why, by one of few reasons; nobody has to."""
    pick = Pick.objects.to_explain(ticket, person(request))
    if pick is None:
        return failed(request, ticket, Conflict(_("There is nothing to explain any more.")))
    chosen = request.POST.get("reason", pick.reason)
    context: dict[str, Any] = {"reasons": Reason.choices, "chosen": chosen}
    if request.method == "GET":
        return dialog(request, ticket, "workspace/dialogs/why_this.html", context)
    if chosen not in Reason.values:
        error = Invalid(_("Choose a reason, or close the question."), "reason")
        return dialog(request, ticket, "workspace/dialogs/why_this.html", {**context, "error": error}, 422)
    pick.explain(chosen)
    return done(request, ticket, _("The reason is kept"))


@act("GET", "POST")
def assign(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Give to a colleague of the line, or back to its queue."""
    people, may, needs = colleagues.of_lines([ticket.team_id]), can_give(person(request), ticket), colleagues.Needs()
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "promised")}
    known = {name: request.POST.get(f"known_{name}", "") for name in told}
    context = {
        "people": [(one, one.why_not(ticket, needs)) for one in people],
        "may": may,
        "told": told,
        "known": known,
    }
    if request.method == "GET":
        known |= _known(ticket) if ticket.owner_id else {}
        told |= known
        return dialog(request, ticket, "workspace/dialogs/assign.html", context)
    try:
        if not may:
            raise Conflict(_("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner})
        owner = _chosen(request.POST.get("owner"), people, ticket, needs)
        acting = person(request)
        card = _told(told, known) if told.keys() & request.POST.keys() else None
        ticket.assign(owner, by=acting, card=card, way=way_of(owner, acting))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/assign.html", {**context, "error": error}, 422)
    said = _("%(name)s answers now") % {"name": owner.name} if owner else _("Back in the queue of the line")
    return done(request, ticket, said)


def _told(told: dict[str, str], known: dict[str, str]) -> Card:
    """What was written; empty where it is no more than stood in the form when it was opened."""
    written = any(text.split() not in ([], known[name].split()) for name, text in told.items())
    return Card.of(**told) if written else Card()


def _known(ticket: Ticket) -> dict[str, str]:
    """What the ticket tells by itself of what goes along: the person who passes it on adds the rest."""
    promise = ticket.promises.current().first()
    date = words.by(promise.until, clock.now()) if promise else ""
    return {"question": ticket.subject, "promised": f"{promise.what}: {date}" if promise and promise.what else date}


def _chosen(number: str | None, people: list[Colleague], ticket: Ticket, needs: colleagues.Needs) -> User | None:
    """Somebody who may answer it, or the queue of the line.  Raises Invalid."""
    if not number:
        return None
    found = next((one for one in people if str(one.person.pk) == number), None)
    if found is None:
        raise Invalid(_("Choose somebody of this line."), "owner")
    if reason := found.why_not(ticket, needs):
        raise Invalid(reason, "owner")
    return found.person


@act("GET", "POST")
def hand_over(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """To another line, with what is known, what was tried and what is asked."""
    lines = list(Team.objects.active().exclude(pk=ticket.team_id))
    chosen = next((line for line in lines if str(line.pk) == request.POST.get("line")), None)
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "expected", "promised")}
    context: dict[str, Any] = {"lines": lines, "told": told, "line": chosen.pk if chosen else None}
    if request.method == "GET":
        told |= _known(ticket)
        context["returns"] = Handover.objects.filter(ticket=ticket, returned_at__isnull=False).count()
        return dialog(request, ticket, "workspace/dialogs/hand_over.html", context)
    try:
        if chosen is None:
            raise Invalid(_("Choose a line."), "line")
        ticket.hand_over(chosen, Brief.of(**told), by=person(request))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/hand_over.html", {**context, "error": error}, 422)
    return done(request, ticket, _("Passed to %(line)s") % {"line": chosen.name})


@act("GET", "POST")
def send_back(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Back to the line it came from, with a reason."""
    handover = Handover.objects.select_related("source", "owner_was").latest_of(ticket.pk)
    context = {"handover": handover, "reason": request.POST.get("reason", "")}
    if request.method == "GET":
        return dialog(request, ticket, "workspace/dialogs/send_back.html", context)
    try:
        if handover is None:
            raise Conflict(_("There is no hand-over to return any more."))
        handover.ticket = ticket
        often = handover.send_back(context["reason"], by=person(request))
    except Refused as error:
        return dialog(request, ticket, "workspace/dialogs/send_back.html", {**context, "error": error}, 422)
    words = _("Returned to %(line)s for the second time or more: talk it over and work on it together")
    said = words if often else _("Returned to %(line)s")
    return done(request, ticket, said % {"line": handover.source.name})
