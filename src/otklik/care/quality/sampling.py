"""The two streams of conversations (METRICS Q3): drawn at random when a period is over, and what went wrong at once."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from otklik.care.quality import risks, telling
from otklik.care.quality.drawing import Candidate, drawn
from otklik.care.quality.models import Draw, Plan, Review
from otklik.care.quality.models.plan import next_turn, turn_before
from otklik.care.quality.states import State, Stream
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket

MOST = 20_000
"""Conversations from which one draw is made."""


def draw_due() -> int:
    """Draw for every plan whose period is over; returns how many conversations were assigned."""
    due = Plan.objects.running().filter(next_at__lte=clock.now()).order_by("next_at")
    return sum(_drawn(pk) for pk in due.values_list("pk", flat=True)[:100])


@transaction.atomic
def _drawn(pk: int) -> int:
    plan = Plan.objects.running().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if plan is None or plan.next_at is None or plan.next_at > clock.now():
        return 0
    taken = draw(plan, turn_before(plan.every, plan.next_at), plan.next_at)
    plan.next_at = next_turn(plan.every, plan.next_at)  # a period that was slept through is drawn at the next look
    plan.save(update_fields=["next_at"])
    return taken.taken


@transaction.atomic
def draw(plan: Plan, since: datetime, until: datetime, *, seed: int | None = None) -> Draw:
    """From the conversations that ended within [since, until); the seed is kept, so that it can be made again."""
    seed = secrets.randbits(32) if seed is None else seed
    pool = candidates(plan, since, until)
    row = Draw.objects.create(
        plan=plan, since=since, until=until, seed=seed, count=plan.count, pool=len(pool), candidates=pool
    )
    chosen = drawn(pool, plan.count, seed)
    rest = _joined(row, chosen)
    assigned = _assigned(plan, [(one.ticket, one.person, "") for one in rest], Stream.RANDOM, row)
    row.taken = len(chosen) - len(rest) + len(assigned)
    row.save(update_fields=["taken"])
    if chosen and not row.taken:
        telling.tell_drawn_in_vain(plan)
    return row


def _joined(row: Draw, chosen: Sequence[Candidate]) -> list[Candidate]:
    """What is looked at already for another reason belongs to the draw as well; returns what nobody looks at yet."""
    living = Review.objects.filter(ticket__in=[one.ticket for one in chosen], calibration=None)
    begun = {(one.ticket_id, one.agent_id): one for one in living.exclude(state=State.SKIPPED)}
    for one in chosen:
        if review := begun.get((one.ticket, one.person)):
            review.belong_to(row)
    return [one for one in chosen if (one.ticket, one.person) not in begun]


def candidates(plan: Plan, since: datetime, until: datetime) -> list[Candidate]:
    """Conversations of the plan that ended then, with whose work they were; without those that were drawn before.

    Those that went wrong and are looked at already are among them: without them only what went well would be drawn.
    """
    before = Review.objects.drawn().filter(ticket=OuterRef("pk"), agent=OuterRef("worked"))
    ended = Ticket.objects.filter(ended_at__gte=since, ended_at__lt=until, merged_into=None)
    found = _of(plan, ended).exclude(Exists(before.exclude(state=State.SKIPPED)))
    rows = found.order_by("pk").values_list("pk", "worked", "channel_kind")[:MOST]
    return [Candidate(*row) for row in rows]


def look_at_risks() -> int:
    """What has gone wrong since the last look goes to the controllers; returns how much it was."""
    plans = Plan.objects.running().exclude(risks=[]).order_by("pk")
    return sum(_looked(pk) for pk in plans.values_list("pk", flat=True)[:100])


@transaction.atomic
def _looked(pk: int) -> int:
    plan = Plan.objects.running().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if plan is None:
        return 0
    why, plan.looked_at = risks.found(plan.risks, plan.looked_at, clock.now())
    plan.save(update_fields=["looked_at"])
    rows = _of(plan, _unreviewed(Ticket.objects.filter(pk__in=why))).values_list("pk", "worked")
    return len(_assigned(plan, [(ticket, person, why[ticket]) for ticket, person in rows], Stream.RISK))


def _of(plan: Plan, tickets: QuerySet[Ticket]) -> QuerySet[Any]:
    """Each with `worked`, whose work it was: who answered last, else who owns it; of the people of the plan alone."""
    answers = Message.objects.answers().filter(conversation=OuterRef("conversation")).order_by("-id")
    found: QuerySet[Any] = tickets.annotate(
        worked=Coalesce(Subquery(answers.values("author")[:1]), "owner_id", output_field=BigIntegerField())
    )
    found = found.filter(worked__in=User.objects.filter(is_active=True).exclude(pk=plan.controller_id).values("pk"))
    if plan.line_id:
        found = found.filter(team=plan.line_id)
    if plan.channel:
        found = found.filter(channel_kind=plan.channel)
    return found.filter(worked=plan.person_id) if plan.person_id else found


def _unreviewed(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    has = Review.objects.filter(ticket=OuterRef("pk"), calibration=None).exclude(state=State.SKIPPED)
    return tickets.exclude(Exists(has))


def _assigned(plan: Plan, chosen: Iterable[tuple[int, int, str]], stream: str, row: Draw | None = None) -> list[Review]:
    """What the controller may not see, or somebody has begun meanwhile, is left out."""
    wanted = list(chosen)
    tickets = Ticket.objects.select_related("team", "conversation").in_bulk({ticket for ticket, _who, _why in wanted})
    people = User.objects.in_bulk({who for _ticket, who, _why in wanted})
    made = []
    for ticket, who, why in wanted:
        try:
            with transaction.atomic():
                made.append(
                    Review.objects.assign(
                        tickets[ticket], people[who], plan.controller, stream=stream, risk=why, plan=plan, draw=row,
                        days=plan.days,
                    )
                )  # fmt: skip
        except Refused:
            continue
    return made
