"""What a client has said of us: marks after solutions and their words, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otklik.care.surveys.models import SATISFIED, Answer, Score
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

MOST = 10


@dataclass(frozen=True)
class Mark:
    """One of them, on the scale of its `kind`."""

    kind: str
    value: int
    comment: str
    ticket_id: int
    agent: User | None
    at: datetime

    @property
    def is_satisfied(self) -> bool:
        return self.value in SATISFIED

    @property
    def begins(self) -> int:
        """The worst point of its scale."""
        return SCALES[self.kind].least


@dataclass(frozen=True)
class Satisfaction:
    """The last marks of requests that the reader may see; `good` of `n` of these were satisfied."""

    scores: Sequence[Mark]

    @property
    def n(self) -> int:
        return len(self.scores)

    @property
    def good(self) -> int:
        return sum(score.is_satisfied for score in self.scores)


def satisfaction_of(user: User, **of: object) -> Satisfaction:
    """`of` finds the requests: `contact=…`, or `contact__client=…` of an organisation.  Two statements."""
    seen = Ticket.objects.visible_to(user).filter(**of)
    faces = Score.objects.filter(ticket__in=seen).select_related("agent").order_by("-at", "-pk")[:MOST]
    others = Answer.objects.of_solutions().filter(invitation__ticket__in=seen)
    beside = others.select_related("question", "invitation__agent").order_by("-at", "-pk")[:MOST]
    marks = [Mark(Kind.CSAT5, one.value, one.comment, one.ticket_id, one.agent, one.at) for one in faces]
    marks += [_mark(one) for one in beside]
    return Satisfaction(sorted(marks, key=lambda one: one.at, reverse=True)[:MOST])


def _mark(given: Answer) -> Mark:
    asked = given.invitation
    assert given.value is not None and asked.ticket_id is not None
    return Mark(given.question.kind, given.value, given.words, asked.ticket_id, asked.agent, given.at)
