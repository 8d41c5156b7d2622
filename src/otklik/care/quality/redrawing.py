"""A draw that is made again, beside what came of it: whoever doubts that it was chance can look."""

from dataclasses import dataclass

from otklik.care.quality.models import Draw, Review
from otklik.core.staff.models import User

MOST = 1000
"""Conversations that are shown; whether the draw is the same is asked of all."""


@dataclass(frozen=True)
class Drawn:
    """One conversation of `person`; `again` whether it comes out once more, `review` what became of it."""

    ticket: int
    person: User
    channel: str
    again: bool
    review: Review | None


@dataclass(frozen=True)
class Redrawn:
    """By request; `strangers` of them are reviews that belong to the draw and do not come out again."""

    rows: list[Drawn]
    strangers: int


def made_again(draw: Draw) -> Redrawn:
    """In two statements."""
    found = Review.objects.filter(draw=draw).select_related("agent", "holder").order_by("ticket", "pk")
    reviews = {(one.ticket_id, one.agent_id): one for one in found}
    again = {(one.ticket, one.person): one.channel for one in draw.again()}
    people = User.objects.in_bulk({person for _ticket, person in again})
    rows = [
        Drawn(ticket, people[person], channel, again=True, review=reviews.get((ticket, person)))
        for (ticket, person), channel in again.items()
    ]
    strange = [one for key, one in reviews.items() if key not in again]
    rows += [Drawn(one.ticket_id, one.agent, one.channel, again=False, review=one) for one in strange]
    rows.sort(key=lambda row: (row.person.name, row.person.pk, row.ticket))
    return Redrawn(rows[:MOST], len(strange))
