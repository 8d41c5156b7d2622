"""The room of chance around a weekday: worked examples and what holds of any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.team.alerts.judging import judged, limits
from otklik.team.alerts.models import Alert
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Unit


def test_limits_of_counts_are_the_wider_of_control_limits_and_of_chance() -> None:
    """XmR of [30, 34, 32, 32] is 32 ± 2.66·2; of Poisson with 32 it is 16 to 50.  Far apart counts need more room."""
    assert limits(How.COUNT, Unit.COUNT, [30, 34, 32, 32]) == (16, 51)
    wide = limits(How.COUNT, Unit.COUNT, [10, 90, 20, 80])
    assert wide is not None and wide[0] == 0 and wide[1] == pytest.approx(50 + 2.66 * 70, abs=5)


def test_limits_of_other_figures_are_control_limits_within_their_unit() -> None:
    assert limits(How.MEDIAN, Unit.SPAN, [10, 14, 12, 12]) == pytest.approx((6.68, 17.32))
    assert limits(How.SHARE, Unit.SHARE, [0.9, 1.0, 0.9, 1.0])[1] == 1.0  # type: ignore[index]
    assert limits(How.NET, Unit.NET, [-10, 10, -10, 10])[0] < -10  # type: ignore[index]


def test_hours_are_judged_by_hours_and_none_at_all_are_hours() -> None:
    """However few requests hung; a day on which nobody looked says nothing."""
    metric = METRICS["hanging_hours"]
    alert = Alert(metric=metric.id, kind=Alert.Kind.ANOMALY, way=Alert.Way.ABOVE, weeks=5, fewest=30)
    earlier = [Figure(metric, 0, None), *(Figure(metric, n, 3600.0 * n) for n in (2, 0, 1, 0, 2))]

    assert judged(alert, Figure(metric, 3, 40 * 3600.0), earlier).holds is True
    assert judged(alert, Figure(metric, 2, 2 * 3600.0), earlier).holds is False
    assert judged(alert, Figure(metric, 3, 40 * 3600.0), earlier[:4]).holds is None, "of three days nobody can say"


def test_fewer_than_four_weeks_have_no_limits() -> None:
    assert limits(How.COUNT, Unit.COUNT, [5, 5, 5]) is None


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 500), min_size=4, max_size=13))
def test_the_mean_lies_inside(values: list[int]) -> None:
    found = limits(How.COUNT, Unit.COUNT, values)
    assert found is not None and 0 <= found[0] <= sum(values) / len(values) <= found[1]
