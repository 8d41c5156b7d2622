"""What each act on many requests does, made of what its dialog was filled in with: now, or by a job hours later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from otklik.care.incidents import many as incidents
from otklik.care.incidents.models import Incident
from otklik.care.problems import many as problems
from otklik.care.problems.models import Problem
from otklik.core.staff.models import Team, User
from otklik.desk.automation import many as macros
from otklik.desk.automation.models import Macro
from otklik.desk.routing import many, watchers
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Seen, Ticket, Topic
from otklik.desk.tickets.models.batch import Outcome
from otklik.desk.tickets.steps import PutAside
from otklik.front.workspace import replying

type Told = Mapping[str, Any]
"""Numbers, words and moments as text: fit for JSON."""
type Deed = Callable[[Sequence[Ticket]], Outcome]


def deed(act: str, told: Told, by: User) -> Deed:
    """Raises Invalid where what was chosen is not there any more."""
    return DEEDS[act](told, by)


def _take(_told: Told, by: User) -> Deed:
    return lambda tickets: many.take(tickets, by=by)


def _unread(_told: Told, by: User) -> Deed:
    """What cannot be taken back at once: one that cannot be done does not stop the others."""

    def run(tickets: Sequence[Ticket]) -> Outcome:
        outcome = Outcome()
        for ticket in tickets:
            before = (ticket.last_in_id or ticket.last_message_id or 1) - 1
            try:
                Seen.objects.update_or_create(user=by, ticket=ticket, defaults={"message_id": before})
                outcome.done.append(ticket.number)
            except Refused as error:
                outcome.refused[error.text].append(ticket.number)
        return outcome

    return run


def _assign(told: Told, by: User) -> Deed:
    owner = User.objects.filter(pk=told["owner"], is_active=True).first() if told["owner"] else None
    if told["owner"] and owner is None:
        raise Invalid(_("Choose somebody of this line."), "owner")
    return lambda tickets: many.give(tickets, owner, by=by)


def _hand_over(told: Told, by: User) -> Deed:
    line = Team.objects.active().select_related("calendar").filter(pk=told["line"]).first()
    if line is None:
        raise Invalid(_("Choose a line."), "line")
    brief = Brief.of(**told["brief"])
    return lambda tickets: many.hand_over(tickets, line, brief, by=by)


def _label(told: Told, by: User) -> Deed:
    topic = Topic.objects.filter(pk=told["topic"]).first() if told["topic"] else None
    if told["topic"] and topic is None:
        raise Invalid(_("Choose a topic of the list."), "topic")
    given = {"no_topic": told["no_topic"], "add": told["add"], "remove": told["remove"]}
    return lambda tickets: many.label(tickets, by=by, topic=topic, **given)


def _prioritise(told: Told, by: User) -> Deed:
    return lambda tickets: many.prioritise(tickets, told["priority"], by=by)


def _put_aside(told: Told, by: User) -> Deed:
    step = PutAside(datetime.fromisoformat(told["until"]), told["what"], told["agreed"], told["whom"])
    return lambda tickets: many.put_aside(tickets, step, by=by)


def _close(told: Told, by: User) -> Deed:
    return lambda tickets: many.close(tickets, told["reason"], by=by)


def _incident(told: Told, by: User) -> Deed:
    incident = Incident.objects.filter(pk=told["incident"]).first()
    if incident is None:
        raise Invalid(_("Choose an incident, or describe a new one."), "incident")
    return lambda tickets: incidents.attach(tickets, incident, by=by)


def _detach(_told: Told, by: User) -> Deed:
    return lambda tickets: incidents.detach(tickets, by=by)


def _macro(told: Told, by: User) -> Deed:
    macro = Macro.objects.usable_by(by).filter(pk=told["macro"]).first()
    if macro is None:
        raise Invalid(_("Choose a macro."), "macro")
    return lambda tickets: macros.apply(tickets, macro, by=by)


def _problem(told: Told, by: User) -> Deed:
    problem = Problem.objects.linkable().filter(pk=told["problem"]).first()
    if problem is None:
        raise Invalid(_("Choose a problem."), "problem")
    return lambda tickets: problems.link(tickets, problem, by=by)


def _watch(told: Told, by: User) -> Deed:
    people = list(User.objects.filter(pk__in=told["people"], is_active=True).order_by("name"))
    if not people:
        raise Invalid(_("Choose a colleague."), "people")
    return lambda tickets: watchers.ask(tickets, people, by=by, tells=not told.get("portion"))


def _reply(told: Told, by: User) -> Deed:
    return lambda tickets: replying.answer(tickets, told, by=by)


DEEDS: dict[str, Callable[[Told, User], Deed]] = {
    "take": _take,
    "unread": _unread,
    "assign": _assign,
    "line": _hand_over,
    "labels": _label,
    "priority": _prioritise,
    "aside": _put_aside,
    "close": _close,
    "incident": _incident,
    "detach": _detach,
    "macro": _macro,
    "problem": _problem,
    "watch": _watch,
    "reply": _reply,
}
