"""What the sums say: churn, curve, cohorts, worth.  All of one currency; different ones are never added together.

Every figure is made of the sums by month, some thousand rows however many clients there are: with c cohorts (months)
a curve and a churn cost c² steps, and one statement reads them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Sum

from otklik.core.formulas import (
    churn,
    grr_nrr,
    lifetime,
    ltv_base,
    ltv_client,
    ltv_discounted,
    median_survival,
    restricted_mean,
    survival_of_counts,
    wilson,
)
from otklik.core.formulas.retention import Lifetime, RevenueRetention
from otklik.core.formulas.survival import SurvivalRow
from otklik.team.metrics.sureness import status_of
from otklik.team.value.counting import COHORTS_BACK, months_before
from otklik.team.value.models import Course, Policy, Tally

YEAR = 12
LONGEST = 60
"""METRICS L2: no lifetime in money is longer than so many months (policy)."""
HORIZONS = (60, 48, 36, 24, 12)
USUAL = "RUB"
"""Where no client pays anything yet."""
AT_RISK = 5
"""A curve is believed as far as so many clients were watched."""


class Group(NamedTuple):
    """Clients who came and left in the same months."""

    came_in: date
    left_in: date | None
    age: int
    clients: int
    monthly: float


@dataclass(frozen=True)
class Churn:
    """Of `started` clients `left` within a year; a share from 0 to 1 with its interval, None of nobody."""

    started: int
    left: int

    @property
    def share(self) -> float | None:
        return churn(self.started, self.started - self.left)

    @property
    def interval(self) -> tuple[float | None, float | None]:
        told = wilson(self.left, self.started)
        return told["lo"], told["hi"]

    @property
    def status(self) -> str:
        return status_of(self.started)

    @property
    def lifetime(self) -> Lifetime | None:
        """Months by three conventions (L2)."""
        return None if self.share is None else lifetime(self.share, YEAR)

    @property
    def capped(self) -> float | None:
        """Months by the discrete convention, at most sixty; None while nobody has left."""
        told = self.lifetime
        months = told["discrete_months"] if told else None
        return None if months is None else min(months, float(LONGEST))


class Population:
    """Clients of one currency, all of them or one segment, on a day."""

    def __init__(self, groups: Iterable[Group], today: date) -> None:
        self.groups, self.today = list(groups), today

    @property
    def clients(self) -> int:
        """Who is here now."""
        return sum(one.clients for one in self.groups if one.left_in is None)

    @property
    def monthly(self) -> float:
        """What they bring in a month by the prices of their products."""
        return sum(one.monthly for one in self.groups if one.left_in is None)

    @property
    def known(self) -> int:
        """All who ever were."""
        return sum(one.clients for one in self.groups)

    @cached_property
    def year(self) -> Churn:
        """L1, over the last twelve whole months."""
        start, end = months_before(self.today, YEAR), months_before(self.today, 0)
        there = [one for one in self.groups if one.came_in < start and (one.left_in is None or one.left_in >= start)]
        left = sum(one.clients for one in there if one.left_in is not None and one.left_in < end)
        return Churn(sum(one.clients for one in there), left)

    @cached_property
    def curve(self) -> list[SurvivalRow]:
        """L6; ages in months."""
        left: dict[float, int] = defaultdict(int)
        still: dict[float, int] = defaultdict(int)
        for one in self.groups:
            (still if one.left_in is None else left)[one.age] += one.clients
        return survival_of_counts(left, still)

    @property
    def longest(self) -> int | None:
        """The longest life that was watched, months."""
        return max((one.age for one in self.groups), default=None)

    @property
    def median(self) -> float | None:
        return median_survival(self.curve)

    def watched(self, age: int) -> int:
        """How many were watched at least so long."""
        return sum(one.clients for one in self.groups if one.age >= age)

    @cached_property
    def kept(self) -> "Kept | None":
        """Months kept out of the first H, with the longest H that can be believed; None below a year."""
        horizon = next((months for months in HORIZONS if self.watched(months) >= AT_RISK), None)
        found = restricted_mean(self.curve, self.longest, horizon) if horizon else None
        return Kept(horizon, found["value"], found["se"]) if horizon and found else None

    def cohorts(self) -> list[tuple[date, int, list[float | None]]]:
        """L7: (month of the first day, clients, shares that were still there after so many months), the oldest first.

        Of months that are not over nothing is said.
        """
        rows = []
        for back in range(COHORTS_BACK, 0, -1):
            month = months_before(self.today, back)
            mine = [one for one in self.groups if one.came_in == month]
            size = sum(one.clients for one in mine)
            shares = [self._there(mine, month, later) / size if size and later < back else None for later in range(12)]
            if size:
                rows.append((month, size, shares))
        return rows

    def _there(self, mine: list[Group], month: date, later: int) -> int:
        end = months_before(month, -later)
        return sum(one.clients for one in mine if one.left_in is None or one.left_in > end)


@dataclass(frozen=True)
class Kept:
    """`months` out of the first `horizon`, with the error of that mean."""

    horizon: int
    months: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        reach = 1.959963984540054 * self.error
        return max(0.0, self.months - reach), min(float(self.horizon), self.months + reach)


@dataclass(frozen=True)
class Worth:
    """What one client brings: `arpu` a month, over `months`, by margin or (None) by revenue alone.

    `paid` says whether `arpu` comes of payments, else of the prices of products.
    """

    clients: int
    arpu: float | None
    paid: bool
    share: float | None
    months: float | None
    kept: Kept | None
    year: Churn
    discount: float

    @property
    def _margin(self) -> float:
        return 1.0 if self.share is None else self.share

    @property
    def client(self) -> float | None:
        """L3."""
        return self._times(self.months)

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the months come of the curve: as sure as they are."""
        ends = [self._times(end) for end in self.kept.interval] if self.kept else []
        return (ends[0], ends[1]) if len(ends) == 2 and ends[0] is not None and ends[1] is not None else None

    def by(self, months: float | None) -> float | None:
        """The same with a lifetime of another convention."""
        return self._times(months)

    def _times(self, months: float | None) -> float | None:
        return None if self.arpu is None else ltv_client(max(self.arpu, 0.0), self._margin, months)

    @property
    def base(self) -> float | None:
        """L4."""
        return None if self.arpu is None else ltv_base(max(self.arpu, 0.0) * self.clients, self._margin, self.months)

    @property
    def discounted(self) -> float | None:
        """L5, over sixty months, of the compounding churn of the year."""
        told = self.year.lifetime
        if self.arpu is None or told is None:
            return None
        return ltv_discounted(max(self.arpu, 0.0) * self._margin, 1 - told["monthly_churn"], self.discount, LONGEST)


def currencies() -> list[str]:
    """Those in which clients pay, the one of most clients first."""
    found = Tally.objects.filter(side="").values("currency").annotate(n=Sum("clients")).order_by("-n", "currency")
    return [one["currency"] for one in found]


def currency_of_the_house() -> str:
    """In which an hour of work is said (`Policy.hour_cost`): that in which most clients pay."""
    return next(iter(currencies()), USUAL)


def population(currency: str, today: date) -> Population:
    return Population(_groups(currency, "").get("", []), today)


def segments(currency: str, side: str, today: date) -> dict[str, Population]:
    """By the key of the segment, the largest first; whom it does not know stands under ""."""
    found = {key: Population(groups, today) for key, groups in _groups(currency, side).items()}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].clients, pair[0])))


def _groups(currency: str, side: str) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = defaultdict(list)
    rows = Tally.objects.filter(currency=currency, side=side)
    for key, came_in, left_in, age, clients, monthly in rows.values_list(
        "key", "came_in", "left_in", "age", "clients", "monthly"
    ):
        found[key].append(Group(came_in, left_in, age, clients, float(monthly)))
    return found


def courses(currency: str) -> list[Course]:
    """The last whole months, the oldest first."""
    return list(Course.objects.filter(currency=currency).order_by("month"))


def of_revenue(one: Course) -> RevenueRetention:
    """L7: gross and net revenue retention of a month; kopecks of rounding lose no more than there was."""
    lost = min(one.lost, one.revenue)
    return grr_nrr(float(one.revenue), float(lost), float(min(one.shrunk, one.revenue - lost)), float(one.grown))


def over_a_year(months: list[Course]) -> RevenueRetention:
    """The months of a year one after the other: the product of their shares; None where one is not known."""
    gross, net = 1.0, 1.0
    last = [of_revenue(one) for one in months[-YEAR:]]
    for one in last:
        if one["grr"] is None or one["nrr"] is None:
            return {"grr": None, "nrr": None}
        gross, net = gross * one["grr"], net * one["nrr"]
    return {"grr": gross, "nrr": net} if len(last) == YEAR else {"grr": None, "nrr": None}


def worth(found: Population, months: list[Course], policy: Policy) -> Worth:
    """Payments of the last whole months for each client who was there in them; without payments, by price."""
    last = months[-YEAR:]
    paid, active = sum(float(one.paid) for one in last), sum(one.started + one.came for one in last)
    if paid and active:
        return _worth(found, paid / active, policy, paid=True)
    return _worth(found, found.monthly / found.clients if found.clients else None, policy, paid=False)


def worth_by_price(found: Population, policy: Policy) -> Worth:
    """Of a segment, whose payments are not told apart."""
    return _worth(found, found.monthly / found.clients if found.clients else None, policy, paid=False)


def _worth(found: Population, arpu: float | None, policy: Policy, *, paid: bool) -> Worth:
    kept = found.kept
    months = kept.months if kept else found.year.capped
    discount = policy.monthly_discount
    return Worth(found.clients, arpu, paid, policy.share, months, kept, found.year, discount)
