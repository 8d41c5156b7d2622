"""One act for many requests of a list: each by its own right and in its own transaction, the result in words.

What the person may not see is counted together with what does not exist, so nothing is told about it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.care.incidents import many as incidents
from otklik.care.incidents.access import may_lead
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui.show import show, wants_part
from otklik.desk.automation import words
from otklik.desk.automation.models import Macro
from otklik.desk.conversations import placeholders
from otklik.desk.routing import colleagues, many
from otklik.desk.routing.many import MOST
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Batch, Priority, Sweep, Tag, Ticket, Topic
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.models.mentioning import LOOKS_ON
from otklik.desk.tickets.models.tag import normalised
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace import replying, sweep_verbs, sweeping
from otklik.front.workspace.acts import attaching, deeds
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.classifying import topic_of
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.acts.going import lead_to, queue_page
from otklik.front.workspace.acts.moving import WITHOUT_ANSWER
from otklik.front.workspace.door import person
from otklik.front.workspace.problems import linking
from otklik.front.workspace.queries import queue
from otklik.front.workspace.queries.standing import SEGMENTS, VIEWS, Reader

TEMPLATE, LOOK = "workspace/dialogs/bulk.html", "workspace/dialogs/bulk_look.html"
UNDO_STAYS = 15_000
"""Milliseconds in which the line with its undo is read."""
TAGS_OFFERED = 12
LOOKED_FROM = 50
"""From so many on, what would happen is looked at before it happens; of fewer whoever wants to asks for it."""

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
        tickets, gone = many.chosen(_first(request), user)
    except Invalid as error:
        return _refuse(request, error)
    return ACTS[act](request, tickets, gone)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that one act has changed becomes what it was, except what somebody has changed since."""
    try:
        outcome = get_object_or_404(Batch, pk=pk, by=person(request), sweep=None).undo(by=person(request))
    except Refused as error:
        return _refuse(request, error)
    return _tell(request, "undo", outcome)


def _ids(request: HttpRequest) -> list[int]:
    given = {told for told in request.POST.getlist("ids") if told.isascii() and told.isdecimal() and len(told) < 18}
    return sorted(int(told) for told in given)


def _first(request: HttpRequest) -> list[int]:
    """Those that were ticked; of a whole list, and of more than are done at once, the first stand for all."""
    ids = _ids(request)
    if "whole" not in request.POST:
        return ids[:MOST]
    told = QueryDict(request.POST.get("view", ""))
    line, segment = told.get("line", ""), told.get("seg", "")
    narrowing = Narrowing.read(told.get("q", ""), person(request))
    reader = Reader.of(person(request), int(line) if line.isdecimal() and len(line) < 18 else None, narrowing)
    view = VIEWS.get(told.get("view", ""), VIEWS["mine"])
    return queue.numbers(view, segment if segment in SEGMENTS else "ours", reader, clock.now(), 0, MOST)[:MOST]


def _is_sweep(request: HttpRequest) -> bool:
    return "whole" in request.POST or len(_ids(request)) > MOST


def _do(request: HttpRequest, act: str, told: dict[str, Any], tickets: list[Ticket], gone: int) -> HttpResponse:
    """At once, or looked at first, or by a job for a whole list."""
    try:
        deed = deeds.deed(act, told, person(request))
    except Refused as error:
        return _refuse(request, error)
    if _is_sweep(request):
        return lead_to(request, reverse("workspace:sweep", args=[_begin(request, act, told).pk]))
    if "look" in request.POST or (len(tickets) >= LOOKED_FROM and "looked" not in request.POST):
        return _look(request, act, sweeping.looked_at(deed, tickets), gone)
    return _told(request, act, deed(tickets), gone)


def _begin(request: HttpRequest, act: str, told: dict[str, Any], most: int = 0) -> Sweep:
    """For a job.  Raises Invalid for more than `most`, where there is a bound."""
    ids = [] if "whole" in request.POST else _ids(request)
    return sweep_verbs.begin(person(request), act, told, view=request.POST.get("view", ""), ids=ids, most=most)


def _look(request: HttpRequest, act: str, outcome: Outcome, gone: int) -> HttpResponse:
    """What would happen, and a button that does it with all that was filled in."""
    given = [(key, value) for key, values in request.POST.lists() for value in values if key not in ("look", "looked")]
    reasons = sorted(outcome.refused.items(), key=lambda told: -len(told[1]))
    context = {
        "act": act,
        "given": [(key, value) for key, value in given if key != "csrfmiddlewaretoken"],
        "count": len(outcome.done) + len(outcome.same) + gone + sum(len(numbers) for _why, numbers in reasons),
        "outcome": outcome,
        "gone": gone,
        "reasons": reasons,
        "view": request.POST.get("view", ""),
    }
    return show(request, LOOK, context, part="form" if "sure" in request.POST else "dialog")


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
    return _do(request, "take", {}, tickets, gone)


def _unread(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    return _do(request, "unread", {}, tickets, gone)


def _macro(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Those whose acts this person may use; the text of a macro is for an answer and is not sent."""
    usable = [one for one in Macro.objects.usable_by(person(request)) if one.acts]
    offered = [(one, words.acts_of(one.acts)) for one in usable]
    given = request.POST.get("macro", "")
    macro = next((one for one in usable if str(one.pk) == given), None)
    if macro is None:
        error = Invalid(_("Choose a macro."), "macro") if "sure" in request.POST else None
        return _ask(request, "macro", tickets, gone, offered=offered, error=error)
    return _do(request, "macro", {"macro": macro.pk}, tickets, gone)


def _assign(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """To a colleague of the line that each request is in, or back to its queue."""
    people, given = colleagues.of_lines({ticket.team_id for ticket in tickets}), request.POST.get("owner")
    owner = next((one.person for one in people if str(one.person.pk) == given), None)
    if given is None or (given and owner is None):
        return _ask(request, "assign", tickets, gone, people=people)
    return _do(request, "assign", {"owner": owner.pk if owner else None}, tickets, gone)


def _hand_over(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    lines = list(Team.objects.active())
    told = {name: request.POST.get(name, "") for name in ("question", "tried", "expected", "promised")}
    line = next((one for one in lines if str(one.pk) == request.POST.get("line")), None)
    try:
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        Brief.of(**told)
    except Invalid as refusal:
        error = refusal if "sure" in request.POST else None
        return _ask(request, "line", tickets, gone, lines=lines, line=line.pk if line else None, error=error, told=told)
    return _do(request, "line", {"line": line.pk, "brief": told}, tickets, gone)


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
    told = {"topic": chosen.pk if chosen else None, "no_topic": topic == "none", "add": add, "remove": remove}
    return _do(request, "labels", told, tickets, gone)


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
    return _do(request, "priority", {"priority": int(given)}, tickets, gone)


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
    told = {"until": step.until.isoformat(), "what": step.what, "agreed": step.agreed, "whom": step.whom}
    return _do(request, "aside", told, tickets, gone)


def _close(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    reason, reasons = request.POST.get("reason", ""), WITHOUT_ANSWER.items()
    if reason not in WITHOUT_ANSWER:
        error = Invalid(_("Choose why it needs no answer."), "reason") if "sure" in request.POST else None
        return _ask(request, "close", tickets, gone, reasons=reasons, error=error)
    return _do(request, "close", {"reason": reason}, tickets, gone)


def _incident(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """To an incident, or away from the one that each is part of; who may write to its clients is led there."""
    if "leave" in request.POST:
        return _do(request, "detach", {}, tickets, gone)
    if "sure" not in request.POST:
        return _ask(request, "incident", tickets, gone, **attaching.asked(request, tickets))
    try:
        incident = attaching.chosen(request, [])
    except Refused as error:
        return _ask(request, "incident", tickets, gone, error=error, **attaching.asked(request, tickets))
    if _is_sweep(request) or "look" in request.POST:
        return _do(request, "incident", {"incident": incident.pk}, tickets, gone)
    outcome = incidents.attach(tickets, incident, by=person(request))
    if "write" not in request.POST or not (outcome.done or outcome.same) or not may_lead(person(request), incident):
        return _told(request, "incident", outcome, gone)
    batch = f"?batch={outcome.batch.pk}" if outcome.batch else ""
    outcome.gone = gone
    messages.info(request, outcome.said(many.DONE["incident"](len(outcome.done))))
    return lead_to(request, reverse("workspace:incident_update", args=[incident.number]) + batch)


def _problem(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Which one is chosen on a page of its own, where a new one may begin; for a whole list among those that are."""
    if "sure" in request.POST:
        problem = linking.chosen(request.POST.get("problem", ""))
        if problem:
            return _do(request, "problem", {"problem": problem.pk}, tickets, gone)
        error = Invalid(_("Choose a problem."), "problem")
        return _ask(request, "problem", tickets, gone, error=error, known=True, **linking.asked(request, tickets))
    if _is_sweep(request):
        return _ask(request, "problem", tickets, gone, known=True, **linking.asked(request, tickets))
    ids = urlencode([("ids", ticket.pk) for ticket in tickets])
    return lead_to(request, f"{reverse('workspace:problem_link')}?{ids}")


def _watch(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Colleagues who may see these requests; whoever may not see one of them is told of none by it."""
    near = Q(memberships__team__in={ticket.team_id for ticket in tickets}) | Q(role__in=LOOKS_ON)
    people = User.objects.filter(near, is_active=True).distinct().order_by("name")
    chosen = [one.pk for one in people if str(one.pk) in request.POST.getlist("people")]
    if chosen:
        return _do(request, "watch", {"people": chosen}, tickets, gone)
    error = Invalid(_("Choose a colleague."), "people") if "sure" in request.POST else None
    return _ask(request, "watch", tickets, gone, people=people, error=error)


def _reply(request: HttpRequest, tickets: list[Ticket], gone: int) -> HttpResponse:
    """Written once; what each client would read and who is left out stands on the page of the act before it begins."""
    if not tickets:
        return _told(request, "reply", Outcome(), gone)
    text, composer = request.POST.get("text", ""), Composer(tickets[0], person(request), choice=Choice(next="wait"))
    given = request.POST.get("seen", "")
    seen = int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else replying.last_message()
    context = {"composer": composer, "text": text, "places": placeholders.PLACES, "seen": seen}
    if "sure" not in request.POST:
        return _ask(request, "reply", tickets, gone, **context)
    composer.choice = Choice.posted(request.POST)
    try:
        told = replying.told_of(text, composer.choice, seen)
        sweep = _begin(request, "reply", told, most=replying.MOST)
    except Refused as error:
        composer.fail(error.field, error.text)
        return _ask(request, "reply", tickets, gone, error=error, **context)
    return lead_to(request, reverse("workspace:sweep", args=[sweep.pk]))


def _ask(request: HttpRequest, act: str, tickets: list[Ticket], gone: int, **told: Any) -> HttpResponse:
    """The dialog says how many it is about; with an error only its form is drawn anew."""
    ids, whole = _ids(request), "whole" in request.POST
    context = {"act": act, "ids": ids, "whole": whole, "count": len(ids), "view": request.POST.get("view", ""), **told}
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
    "macro": _macro,
    "watch": _watch,
    "reply": _reply,
}
