"""Reviews of the tests: Anna's answers to Pavel in the eyes of a controller."""

from collections.abc import Callable, Mapping

import pytest

from otklik.care.quality.models import Review, Told
from otklik.care.quality.scoring import SKIP
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

type Solve = Callable[..., Ticket]
type Assess = Callable[..., Review]


@pytest.fixture
def solve(writes: Callable[..., Ticket]) -> Solve:
    """`solve(anna)`: a request that she has answered and that is over."""

    def make(agent: User, text: str = "Не работает звонок", answer: str = "Проверила линию, всё починили.") -> Ticket:
        ticket = writes(text)
        ticket.reply(answer, by=agent, then=Resolve("Починили"))
        ticket.refresh_from_db()
        return ticket

    return make


def marks_of(review: Review, given: Mapping[int, str] | None = None, **told: str) -> dict[int, Told]:
    """The highest mark of each criterion, but those that are `given` by their place in the card, with a comment."""
    found = {}
    for place, one in enumerate(review.version.criteria.all()):
        mark = (given or {}).get(place, str(one.steps))
        found[one.pk] = Told(mark, told.get("quote", ""), "" if mark in (str(one.steps), SKIP) else "Почему")
    return found


@pytest.fixture
def assess(quality: User, solve: Solve, anna: User) -> Assess:
    """`assess({1: "2"})`: published, with these marks at these places of the card."""

    def make(
        given: Mapping[int, str] | None = None, *, agent: User = anna, ticket: Ticket | None = None, **how
    ) -> Review:
        review = Review.objects.assign(ticket or solve(agent), agent, quality, **how)
        review.keep(marks_of(review, given), comment="Хорошо", praise="Вежливо", by=quality)
        review.publish(by=quality)
        return review

    return make
