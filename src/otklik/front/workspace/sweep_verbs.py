"""What is done with an act on a whole list once it has begun: the same for its page and for programs (0128)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.routing.many import RELATED
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Sweep, Ticket
from otklik.front.workspace import replying, sweeping, tasks
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.replying import may_approve, may_halt, needs_second, unsent

__all__ = [
    "approve",
    "ask_second",
    "begin",
    "begin_answer",
    "go",
    "may_approve",
    "may_halt",
    "needs_second",
    "samples",
    "stop",
    "stop_and_take_back",
    "take_back",
    "unsent",
]
SAMPLES = 3


@transaction.atomic
def begin(by: User, act: str, told: dict[str, Any], *, view: str = "", ids: Sequence[int] = (), most: int = 0) -> Sweep:
    """For a job.  Raises Invalid for more than `most`, where there is a bound."""
    sweep = sweeping.begin(by, act, told, view=view, ids=ids)
    if most and sweep.total > most:
        raise Invalid(_("At most %(most)s requests at once.") % {"most": most}, "tickets")
    tasks.go_on(sweep.pk)
    return sweep


def begin_answer(by: User, tickets: Sequence[int], text: str, form: Mapping[str, Any], seen: int | None) -> Sweep:
    """Raises Refused for what can be sent to nobody."""
    told = replying.told_of(text, Choice.kept(form), seen)
    return begin(by, replying.ACT, told, ids=tickets, most=replying.MOST)


def go(sweep: Sweep) -> None:
    """What would happen was read: now it happens.  Raises Conflict where somebody else has to read it first."""
    if replying.needs_second(sweep):
        ask_second(sweep)
        raise Conflict(_("A second person has to read it first."))
    sweep.go()
    tasks.go_on(sweep.pk)


@transaction.atomic
def ask_second(sweep: Sweep) -> None:
    """Once: whoever may approve it reads that it waits for them; nobody where somebody has read it by now."""
    sweep.hold()
    if replying.needs_second(sweep):
        replying.ask_second(sweep)
        sweep.save(update_fields=["told"])


def approve(sweep: Sweep, by: User) -> None:
    """Raises Conflict where it waits for nobody's word any more."""
    replying.approve(sweep, by)


@transaction.atomic
def stop(sweep: Sweep, by: User) -> None:
    if sweep.stop():
        replying.halted(sweep, by, replying.unsent(sweep)[0])


def take_back(sweep: Sweep, by: User) -> None:
    """Raises Conflict once nothing of it can be taken back."""
    with transaction.atomic():
        sweep.take_back(by)
        replying.halted(sweep, by, replying.unsent(sweep)[0])
    tasks.go_on(sweep.pk)


def stop_and_take_back(sweep: Sweep, by: User) -> None:
    """In one press.  Raises Conflict where nothing goes on, or once nothing of it can be taken back."""
    with transaction.atomic():
        if sweep.stop_and_take_back(by):
            replying.halted(sweep, by, replying.unsent(sweep)[0])
    tasks.go_on(sweep.pk)


def samples(sweep: Sweep, reader: User) -> list[tuple[Ticket, str]]:
    """What the first of those clients read whom it answers, of requests that this reader may see."""
    rows = Ticket.objects.visible_to(reader).filter(pk__in=sweep.told.get("some", [])).select_related(*RELATED)
    found = []
    for ticket in rows.order_by("pk")[: SAMPLES * 4]:
        with suppress(Refused):
            found.append((ticket, replying.written(ticket, sweep.told["text"], sweep.by)))
    return found[:SAMPLES]
