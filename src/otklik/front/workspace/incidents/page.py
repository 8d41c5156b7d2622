"""One incident: how far it is, when its clients hear from us, its story, its requests, its figures."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.care.incidents import figures, learning
from otklik.care.incidents.access import may_declare, may_end, may_lead
from otklik.care.incidents.models import Affected, Incident
from otklik.care.status.access import may_see
from otklik.care.status.models import Report
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents import telling
from otklik.front.workspace.incidents.door import incident_of, may_publish
from otklik.front.workspace.incidents.forms import UpdateForm
from otklik.front.workspace.incidents.updating import standing

PAGE = 20
MOST_ACTIONS = 50


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """`after` is the number of the last request that was shown."""
    incident, user = incident_of(request, number), person(request)
    now, leads = words.here(), may_lead(user, incident)
    going = incident.updates.filter(finished_at=None).select_related("author").first()
    heard = figures.heard(incident)
    context: dict[str, Any] = {
        "incident": incident,
        "now": now,
        "may_lead": leads,
        "may_declare": may_declare(user),
        "may_publish": may_publish(user, incident),
        "report": Report.objects.filter(incident=incident.pk).first(),
        "sees_status": may_see(user),
        "steps": telling.steps(incident),
        "story": telling.story(incident),
        "most": telling.MOST,
        "times": telling.times(incident, figures.times(incident), figures.rhythm(incident)),
        "heard": heard,
        "share": heard.told / heard.affected if heard.affected else None,
        "update": going,
        "going": standing(going) if going else None,
        "form": UpdateForm(incident) if leads and incident.goes_on and not going else None,
        **_learned(incident, user),
        **_requests(incident, user, request.GET.get("after", "")),
    }
    return render(request, "workspace/incidents/one.html", context)


def _learned(incident: Incident, user: User) -> dict[str, Any]:
    """Causes, which incidents had them before, and what changes; each action with whether the reader may end it."""
    actions = list(incident.actions.select_related("owner").order_by("due_on", "pk")[:MOST_ACTIONS])
    for one in actions:
        one.incident = incident
    causes = list(incident.causes.all())
    return {
        "causes": causes,
        "repeats": learning.repeats_of(incident) if causes else [],
        "actions": [(one, one.is_open and may_end(user, one)) for one in actions],
    }


def _requests(incident: Incident, user: User, after: str) -> dict[str, Any]:
    """Those that the reader may see, by number, and whether the client was told and wrote since."""
    sent = figures.sent(incident).filter(ticket=OuterRef("pk")).order_by("-pk")
    part = Affected.objects.filter(incident=incident, ticket=OuterRef("pk"))
    rows = Ticket.objects.visible_to(user).filter(Exists(part)).order_by("pk")
    rows = rows.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 18 else rows
    told = {"told_at": Subquery(sent.values("at")[:1]), "told_by": Subquery(sent.values("message")[:1])}
    found = list(rows.select_related("team", "conversation__channel").annotate(**told)[: PAGE + 1])
    shown = [(ticket, bool(ticket.told_by and (ticket.last_in_id or 0) > ticket.told_by)) for ticket in found[:PAGE]]
    seen = Ticket.objects.visible_to(user).filter(Exists(part)).count()
    more = shown[-1][0].pk if len(found) > PAGE else None
    return {"requests": shown, "hidden": incident.affected.count() - seen, "more": more}
