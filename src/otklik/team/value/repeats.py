"""What repeated contacts cost (METRICS Q6): those by telephone: only of talks it is measured how long they take.

The cost of an hour is for the head and the administrator alone, and so is whatever could be told of it.
"""

from dataclasses import dataclass, replace

from django.db.models import Count

from otklik.core.formulas import contact_cost
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics.chaining import AGAIN
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.value.models import Policy

HOUR = 3600.0
BY_PHONE = {"channel": VOICE}


@dataclass(frozen=True)
class Cost:
    """In the money of the company.  `hour` of talking, `each` contact; `topics` by number, "" is none.

    `aht` says how sure `each` is; `others` are repeats by other ways, of which nothing is told.
    """

    aht: Figure
    hour: float | None
    each: float | None
    repeats: int
    contacts: int
    others: int
    topics: dict[str, int]

    def of(self, repeats: int) -> float | None:
        return None if self.each is None else repeats * self.each


def cost(scope: Scope, policy: Policy) -> Cost:
    """Of a period.  Of too few talks, or without the cost of an hour, nothing costs anything yet: it is not known."""
    repeated = Question(METRICS["repeat.rate"], scope)
    aht = layer.figure(Question(METRICS["aht"], scope, BY_PHONE))
    phone = replace(repeated, only=BY_PHONE)
    whole, spoken = layer.counts(repeated)[""], layer.counts(phone)[""]
    rows = layer.behind(phone).order_by().filter(kind=AGAIN).values("topic_id").annotate(n=Count("pk"))
    topics = {str(key or ""): n for key, n in rows.values_list("topic_id", "n")}
    seconds = aht.value if aht.status in ("ok", "low") else None
    return Cost(
        aht,
        _cost(policy, HOUR),
        None if seconds is None else _cost(policy, seconds),
        _repeats(spoken),
        spoken.n,
        _repeats(whole) - _repeats(spoken),
        topics,
    )


def _cost(policy: Policy, seconds: float) -> float | None:
    if policy.hour_cost is None:
        return None
    return contact_cost(float(policy.hour_cost), float(policy.occupancy) / 100, float(policy.shrinkage) / 100, seconds)


def _repeats(some: Counts) -> int:
    return some.of.get(AGAIN, 0)
