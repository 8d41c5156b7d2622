"""When a newcomer works at level: what of it can be known (METRICS P3, `onboard.ttp`; decision 0097).

The first ten business days in a row with a score of conversations of 80 or more are known.  The other half, a volume
adjusted for the mix of requests against the median, is not: nothing here holds how much work a kind of request is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.core.formulas import kaplan_meier, median_survival
from otklik.core.staff.models import Membership
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question, behind
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.sureness import HIDDEN
from otklik.team.people.models import Onboarding

IN_A_ROW, ENOUGH = 10, 80
FEWEST = 20
"""Of fewer newcomers there is a list, and no curve."""
LOOKED_AT = timedelta(days=365)

type Scores = Mapping[date, Sequence[float]]


@dataclass(frozen=True)
class Level:
    """`days` since the first day, None where it was not reached yet; `reviews` were looked at until now."""

    onboarding: Onboarding
    reviews: int
    days: int | None


def first_day(working: Sequence[date], scores: Scores) -> date | None:
    """The last of the first ten business days in a row whose conversations have 80 points on average.

    Fewer than five conversations of ten days say nothing.
    """
    for place in range(len(working) - IN_A_ROW + 1):
        window = working[place : place + IN_A_ROW]
        seen = [score for day in window for score in scores.get(day, ())]
        if len(seen) >= HIDDEN and sum(seen) / len(seen) >= ENOUGH:
            return window[-1]
    return None


def levels(onboardings: Sequence[Onboarding]) -> list[Level]:
    """Of those who began within a year; three statements for all of them."""
    rows = [one for one in onboardings if one.begins_on > today() - LOOKED_AT and one.begins_on <= today()]
    if not rows:
        return []
    scores = _scores(rows)
    calendars = {
        member.user_id: member.team.calendar
        for member in Membership.objects.filter(user__in=[one.person_id for one in rows])
        .select_related("team__calendar")
        .order_by("-pk")
    }
    told = []
    for one in rows:
        calendar = calendars.get(one.person_id)
        own = scores.get(one.person_id, {})
        hours = calendar.working_time() if calendar else None
        days = [one.begins_on + timedelta(days=number) for number in range((today() - one.begins_on).days)]
        working = [day for day in days if hours and hours.seconds(midnight(day), midnight(day + timedelta(days=1)))]
        reached = first_day(working, own)
        since = sum(len(some) for day, some in own.items() if day >= one.begins_on)
        told.append(Level(one, since, (reached - one.begins_on).days if reached else None))
    return told


def half_by(told: Sequence[Level]) -> float | None:
    """By which day half of the newcomers had the score, leavers counted as long as they were here; None of few."""
    if len(told) < FEWEST:
        return None
    durations = [
        one.days if one.days is not None else ((one.onboarding.ended_on or today()) - one.onboarding.begins_on).days
        for one in told
    ]
    return median_survival(kaplan_meier(durations, [one.days is not None for one in told]))


def _scores(rows: Sequence[Onboarding]) -> dict[int, dict[date, list[float]]]:
    begins = min(one.begins_on for one in rows)
    scope = Scope(midnight(begins), midnight(today()), None, for_all=True)
    found: dict[int, dict[date, list[float]]] = defaultdict(lambda: defaultdict(list))
    seen = behind(Question(METRICS["qa.score"], scope)).filter(agent_id__in=[one.person_id for one in rows])
    for person, at, value in seen.order_by().values_list("agent_id", "at", "value"):
        if person is not None:
            found[person][day_of(at)].append(float(value))
    return found
