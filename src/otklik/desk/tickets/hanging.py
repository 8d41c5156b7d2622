"""Why a request hangs and whose move it is; which ones do is METRICS V20, asked of one index by `hanging()`."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.desk.tickets.models.queryset import TicketQuerySet
from otklik.desk.tickets.models.states import ASLEEP, OUR_MOVE, NextStep

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket


CAP = 1000
"""Counts stop here: nobody reads the difference."""


class Why(models.TextChoices):
    """From the worst for the client to the mildest; a request may have several."""

    PROMISE = "promise", _("the promised date has passed")
    ANSWER = "answer", _("the client waits for an answer longer than they may")
    DARK = "dark", _("the client was told nothing for too long")
    STEP = "step", _("the moment of the next step has passed")
    ASLEEP = "asleep", _("it did not wake up when it should have")
    NOBODY = "nobody", _("nobody has taken it")


def rules(now: datetime) -> dict[Why, Q]:
    """Each reason as a question to the database; every hanging ticket answers to one at least."""
    passed, ours = Q(due_at__lt=now), Q(status__in=OUR_MOVE)
    promised, owed = Q(next_step=NextStep.KEEP_PROMISE), Q(next_step=NextStep.ANSWER)
    return {
        Why.PROMISE: passed & promised,
        Why.ANSWER: passed & owed,
        Why.DARK: Q(inform_by__lt=now) | (passed & ours & Q(next_step=NextStep.UPDATE)),
        Why.STEP: passed & ours & ~promised & ~owed & ~Q(next_step=NextStep.UPDATE),
        Why.ASLEEP: passed & Q(status__in=ASLEEP),
        Why.NOBODY: Q(take_by__lt=now),
    }


def reasons_of(ticket: "Ticket", now: datetime) -> list[Why]:
    """The same of a row in hand."""
    passed, ours = ticket.due_at is not None and ticket.due_at < now, ticket.is_our_move
    step = NextStep(ticket.next_step) if ticket.next_step else None
    found = {
        Why.PROMISE: passed and step == NextStep.KEEP_PROMISE,
        Why.ANSWER: passed and step == NextStep.ANSWER,
        Why.DARK: _is_before(ticket.inform_by, now) or (passed and ours and step == NextStep.UPDATE),
        Why.STEP: passed and ours and step not in (NextStep.KEEP_PROMISE, NextStep.ANSWER, NextStep.UPDATE),
        Why.ASLEEP: passed and ticket.status in ASLEEP,
        Why.NOBODY: _is_before(ticket.take_by, now),
    }
    return [why for why, holds in found.items() if holds]


def counts(tickets: TicketQuerySet, now: datetime) -> dict[str, int]:
    """How many of the first `CAP` hang, in all and for each reason, in one statement.

    In the order of the index and with an end: the planner cannot know that hardly anything hangs, and would read all.
    """
    each = {str(why): Count("pk", filter=rule) for why, rule in rules(now).items()}
    return tickets.hanging(now).longest_hanging_first()[:CAP].aggregate(total=Count("pk"), **each)


def whose_move(ticket: "Ticket") -> "User | None":
    """The owner while they work here; None is the queue of the line."""
    owner = ticket.owner
    return owner if owner and owner.is_active and owner.answers else None


def _is_before(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment < now
