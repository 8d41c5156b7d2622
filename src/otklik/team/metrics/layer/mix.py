"""Was it the person or their requests?  A share against what the whole team has with the same mix (METRICS P6)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from otklik.core.formulas import standardised
from otklik.core.formulas.case_mix import Standardised
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question

STRATA = ("topic_id", "class_id", "channel", "team_id")
FEWEST = 30
"""Below so many readings of a person nothing is said (METRICS P6)."""
LOOK = 1.96
UNLIKE = 0.10
"""A topic or class whose part differs by less is the same mix."""


@dataclass(frozen=True)
class Mix:
    """`observed` of `n` readings of a person count; `told.expected` would with the rates of the whole team."""

    n: int
    observed: int
    told: Standardised

    @property
    def is_enough(self) -> bool:
        return self.n >= FEWEST and self.told["z"] is not None

    @property
    def stands_out(self) -> bool:
        return self.is_enough and abs(self.told["z"] or 0) >= LOOK


def mixes(question: Question) -> dict[str, Mix]:
    """For each person with readings of a share; one statement.  Raises ValueError for what is no share."""
    metric = question.metric
    if metric.how != How.SHARE:
        raise ValueError(f"{metric.id} is no share")
    all_, good = Counter[tuple](), Counter[tuple]()
    own: dict[str, Counter[tuple]] = defaultdict(Counter)
    own_good: Counter[str] = Counter()
    rows = layer.behind(question).order_by().values(*STRATA, "agent_id", "kind").annotate(times=Count("pk"))
    for row in rows:
        stratum, counts = tuple(row[name] for name in STRATA), row["kind"] in metric.good
        all_[stratum] += row["times"]
        good[stratum] += row["times"] * counts
        if row["agent_id"] is not None:
            own[str(row["agent_id"])][stratum] += row["times"]
            own_good[str(row["agent_id"])] += row["times"] * counts
    rates = {stratum: good[stratum] / n for stratum, n in all_.items()}
    return {key: _mix(own_good[key], strata, rates) for key, strata in own.items()}


@dataclass(frozen=True)
class Leaning:
    """Of the requests of a person `own` are of this key of a side, of those of their lines `line` (both 0 to 1)."""

    side: str
    key: str
    own: float
    line: float

    @property
    def gap(self) -> float:
        return self.own - self.line


def leanings(question: Question, person: int, sides: Sequence[str] = ("topic", "class")) -> list[Leaning]:
    """By which topics and classes a person's requests differ from those of the same lines, the largest gap first.

    The scope of the question says which lines; two statements for each side.  Nothing of fewer than thirty requests.
    """
    found = []
    for side in sides:
        own = {key: one.n for key, one in layer.by_side(question.of("agent", str(person)), side).items()}
        line = {key: one.n for key, one in layer.by_side(question, side).items()}
        mine, all_ = sum(own.values()), sum(line.values())
        if mine < FEWEST or not all_:
            continue
        told = [Leaning(side, key, own.get(key, 0) / mine, n / all_) for key, n in line.items()]
        found += [one for one in told if abs(one.gap) >= UNLIKE]
    return sorted(found, key=lambda one: (-abs(one.gap), one.side, one.key))


def _mix(observed: int, strata: Counter[tuple], rates: dict[tuple, float]) -> Mix:
    told = standardised(observed, [{"rate": rates[stratum], "n": n} for stratum, n in strata.items()])
    return Mix(strata.total(), observed, told)
