"""What a client has said of us: marks after solutions and their words, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.care.surveys.models import Score
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

MOST = 10


@dataclass(frozen=True)
class Satisfaction:
    """The last marks of requests that the reader may see; `good` of `n` of these were satisfied."""

    scores: Sequence[Score]

    @property
    def n(self) -> int:
        return len(self.scores)

    @property
    def good(self) -> int:
        return sum(score.is_satisfied for score in self.scores)


def satisfaction_of(user: User, **of: object) -> Satisfaction:
    """`of` finds the requests: `contact=…`, or `contact__client=…` of an organisation.  One statement."""
    seen = Ticket.objects.visible_to(user).filter(**of)
    rows = Score.objects.filter(ticket__in=seen).select_related("agent").order_by("-at", "-pk")
    return Satisfaction(list(rows[:MOST]))
