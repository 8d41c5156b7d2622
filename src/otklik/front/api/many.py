"""One act on many tickets: each by the right of the person, with one undo for all."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router

from otklik.care.incidents import many as incidents
from otklik.care.incidents.models import Incident
from otklik.care.problems import many as problems
from otklik.care.problems.models import Problem
from otklik.core.staff.models import Team, User
from otklik.desk.automation import many as macros
from otklik.desk.automation.models import Macro
from otklik.desk.routing import many, watchers
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Batch, Ticket, Topic
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.steps import PutAside
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.many import (
    AsideManyIn,
    CloseManyIn,
    IncidentManyIn,
    MacroManyIn,
    ProblemManyIn,
    WatchManyIn,
)
from otklik.front.api.schemas.shown import ManyOut
from otklik.front.api.schemas.told import AssignManyIn, HandOverManyIn, LabelManyIn, ManyIn, PriorityManyIn
from otklik.front.api.watching import of_logins

router = Router(tags=["tickets"])


@router.post("/take", auth=writing, response=answers(ManyOut), operation_id="take_many")
def take(request: HttpRequest, body: ManyIn, key: Key = "") -> Any:
    """Become the owner of those that have none."""
    return _done(request, "take", body, key, lambda tickets: many.take(tickets, by=person(request)))


@router.post("/assign", auth=writing, response=answers(ManyOut), operation_id="assign_many")
def assign(request: HttpRequest, body: AssignManyIn, key: Key = "") -> Any:
    """Give them to one person who may answer each, or back to the queues of their lines."""
    owner = _of_login(body.owner) if body.owner else None
    return _done(request, "assign", body, key, lambda tickets: many.give(tickets, owner, by=person(request)))


@router.post("/hand-over", auth=writing, response=answers(ManyOut), operation_id="hand_over_many")
def hand_over(request: HttpRequest, body: HandOverManyIn, key: Key = "") -> Any:
    """Pass them to another line with the same words."""
    line = Team.objects.active().filter(name=body.line).first()
    if line is None:
        raise Invalid(_("Choose a line."), "line")
    brief = Brief.of(body.question, body.tried, body.expected)
    return _done(request, "line", body, key, lambda tickets: many.hand_over(tickets, line, brief, by=person(request)))


@router.post("/labels", auth=writing, response=answers(ManyOut), operation_id="label_many")
def label(request: HttpRequest, body: LabelManyIn, key: Key = "") -> Any:
    """Say what they are about."""
    topic = Topic.objects.filter(pk=body.topic).first() if body.topic else None
    if body.topic and topic is None:
        raise Invalid(_("Choose a topic of the list."), "topic")

    def do(tickets: Sequence[Ticket]) -> Outcome:
        return many.label(
            tickets, by=person(request), topic=topic, no_topic=body.no_topic, add=body.add, remove=body.remove
        )

    return _done(request, "labels", body, key, do)


@router.post("/priority", auth=writing, response=answers(ManyOut), operation_id="prioritise_many")
def prioritise(request: HttpRequest, body: PriorityManyIn, key: Key = "") -> Any:
    """Say how urgent they are."""
    by = person(request)
    return _done(request, "priority", body, key, lambda tickets: many.prioritise(tickets, body.priority, by=by))


@router.post("/watch", auth=writing, response=answers(ManyOut), operation_id="watch_many")
def watch(request: HttpRequest, body: WatchManyIn, key: Key = "") -> Any:
    """Ask colleagues to watch them."""
    by = person(request)
    return _done(request, "watch", body, key, lambda tickets: watchers.ask(tickets, of_logins(body.people), by=by))


@router.post("/problem", auth=writing, response=answers(ManyOut), operation_id="link_many")
def link(request: HttpRequest, body: ProblemManyIn, key: Key = "") -> Any:
    """Say which problem makes them; those that belong to another one are refused."""

    def do(tickets: Sequence[Ticket]) -> Outcome:
        problem = Problem.objects.linkable().filter(pk=body.problem).first()
        if problem is None:
            raise Invalid(_("Choose a problem."), "problem")
        return problems.link(tickets, problem, by=person(request))

    return _done(request, "problem", body, key, do)


@router.post("/incident", auth=writing, response=answers(ManyOut), operation_id="attach_many")
def attach(request: HttpRequest, body: IncidentManyIn, key: Key = "") -> Any:
    """Make them a part of an incident that goes on, or of none."""

    def do(tickets: Sequence[Ticket]) -> Outcome:
        if body.incident is None:
            return incidents.detach(tickets, by=person(request))
        incident = Incident.objects.filter(pk=body.incident).first()
        if incident is None:
            raise Invalid(_("Choose an incident, or describe a new one."), "incident")
        return incidents.attach(tickets, incident, by=person(request))

    return _done(request, "incident", body, key, do)


@router.post("/macro", auth=writing, response=answers(ManyOut), operation_id="apply_macro_to_many")
def apply(request: HttpRequest, body: MacroManyIn, key: Key = "") -> Any:
    """Do the acts of a macro that the person may use."""

    def do(tickets: Sequence[Ticket]) -> Outcome:
        macro = Macro.objects.usable_by(person(request)).filter(pk=body.macro).first()
        if macro is None or not macro.acts:
            raise Invalid(_("Choose a macro."), "macro")
        return macros.apply(tickets, macro, by=person(request))

    return _done(request, "macro", body, key, do)


@router.post("/schedule", auth=writing, response=answers(ManyOut), operation_id="schedule_many")
def put_aside(request: HttpRequest, body: AsideManyIn, key: Key = "") -> Any:
    """Put them aside until a date."""
    step = PutAside(body.until, body.what, body.agreed, body.whom)
    return _done(request, "aside", body, key, lambda tickets: many.put_aside(tickets, step, by=person(request)))


@router.post("/close", auth=writing, response=answers(ManyOut), operation_id="close_many")
def close(request: HttpRequest, body: CloseManyIn, key: Key = "") -> Any:
    """Close them without an answer: nobody waits for one."""
    return _done(request, "close", body, key, lambda tickets: many.close(tickets, body.reason, by=person(request)))


@router.post("/{int:pk}/undo", auth=writing, response=answers(ManyOut), operation_id="undo_many")
def undo(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Take an act of one's own back, within ten minutes; what somebody has changed since stays as it is."""
    found = get_object_or_404(Batch, pk=min(pk, LARGEST), by=person(request), sweep=None)
    return once(request, key, {"undo of many": pk}, lambda: _told(found.undo(by=person(request))))


def _done(
    request: HttpRequest, act: str, body: ManyIn, key: str, do: Callable[[Sequence[Ticket]], Outcome]
) -> dict[str, Any]:
    def run() -> dict[str, Any]:
        tickets, gone = many.chosen(body.tickets, person(request))
        outcome = do(tickets)
        outcome.gone = gone
        return _told(outcome)

    answer: dict[str, Any] = once(request, key, {"many": act, **body.dict()}, run)
    return answer


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "done": outcome.done,
        "same": outcome.same,
        "refused": [{"reason": text, "tickets": numbers} for text, numbers in outcome.refused.items()],
        "gone": outcome.gone,
        "undo": outcome.batch.pk if outcome.batch else None,
    }


def _of_login(login: str) -> User:
    found = User.objects.filter(login=login.lower(), is_active=True).first()
    if found is None:
        raise Invalid(_("Choose somebody of this line."), "owner")
    return found
