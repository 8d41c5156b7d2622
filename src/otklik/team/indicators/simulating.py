"""What a scheme would have paid in past periods, by the plans of now: to be looked at before anybody is paid by it."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from otklik.core.staff.models import User
from otklik.team.indicators.measuring import over
from otklik.team.indicators.models.indicator import Indicator, Of, Plan
from otklik.team.indicators.models.scheme import Scheme
from otklik.team.indicators.period import Period
from otklik.team.indicators.reckoning import Reckoned, reckoned, troubles
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.mix import Mix, mixes
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

PAST = 3
"""Periods looked at (METRICS P7: three months before the first that pays)."""


@dataclass
class Would:
    """One person: what each period would have paid, in the order of the periods; `why` nothing can be paid."""

    person: User
    paid: list[Reckoned] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    mixes: list[tuple[Plan, Mix]] = field(default_factory=list)

    @property
    def moved(self) -> list[tuple[Plan, Decimal]]:
        """What each indicator moved in all periods together, against the target."""
        sums: dict[int, Decimal] = defaultdict(Decimal)
        plans = {share.plan.pk: share.plan for told in self.paid for share in told.shares}
        for told in self.paid:
            for share in told.shares:
                sums[share.plan.pk] += share.moved
        return [(plan, sums[pk]) for pk, plan in plans.items()]


@dataclass(frozen=True)
class Simulation:
    periods: list[Period]
    people: list[Would]

    @property
    def amounts(self) -> list[Decimal]:
        """Of all who had any figure with enough cases, the least first."""
        return sorted(told.payout for would in self.people for told in would.paid if not told.says_nothing)

    @property
    def middle(self) -> Decimal | None:
        return median(self.amounts) if self.amounts else None

    def total(self, place: int) -> Decimal:
        """Of all people in one period."""
        return sum((would.paid[place].payout for would in self.people if would.paid), Decimal(0))


def simulated(scheme: Scheme, past: int = PAST) -> Simulation:
    """In a number of statements that does not grow with the people."""
    now = Period.now(scheme.span)
    periods = [now.move(-back) for back in range(past, 0, -1)]
    people = list(scheme.people())
    plans: dict[int, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.in_force(Indicator.objects.filter(person__in=people), now.move(1)):
        plans[plan.indicator.person_id or 0].append(plan)
    everybody = [plan for some in plans.values() for plan in some]
    figures = list(over(everybody, [period.first for period in periods]).values())
    mixed = _mixes(everybody, periods)
    found = []
    for person in people:
        would, own = Would(person), plans[person.pk]
        would.why = [str(one) for one in troubles(own)]
        if not would.why:
            rows = [[(plan, told[plan.pk].value, told[plan.pk].n) for plan in own] for told in figures]
            would.paid = [reckoned(scheme.terms, each) for each in rows]
        would.mixes = [(plan, mix) for plan in own if (mix := mixed.get((plan.indicator.metric, str(person.pk))))]
        found.append(would)
    return Simulation(periods, found)


def _mixes(plans: list[Plan], periods: list[Period]) -> dict[tuple[str, str], Mix]:
    """Of people's own shares, over all periods together: (metric, person)."""
    whole = Scope(periods[0].scope().start, periods[-1].scope().end)
    own = sorted({plan.indicator.metric for plan in plans if plan.indicator.of == Of.OWN})
    return {
        (name, key): mix
        for name in own
        if METRICS[name].how == How.SHARE
        for key, mix in mixes(Question(METRICS[name], whole)).items()
    }
