"""One act on many tickets: each by the right of the person, with one undo for all."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router

from otklik.core.staff.models import Team, User
from otklik.desk.routing import many
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Batch, Ticket, Topic
from otklik.desk.tickets.models.batch import Outcome
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import ManyOut
from otklik.front.api.schemas.told import AssignManyIn, HandOverManyIn, LabelManyIn, ManyIn, PriorityManyIn

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


@router.post("/{int:pk}/undo", auth=writing, response=answers(ManyOut), operation_id="undo_many")
def undo(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Take an act of one's own back, within ten minutes; what somebody has changed since stays as it is."""
    found = get_object_or_404(Batch, pk=pk, by=person(request))
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
