"""Where things stand in a chart: axes, labels, bands, tables; any numbers, none, one."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.ui import charts
from otklik.core.ui.charts.curves import band_path, path
from otklik.core.ui.charts.heat import level
from otklik.core.ui.charts.labels import APART, extent, shown
from otklik.core.ui.charts.scale import BOTTOM, TOP, Scale, round_step, scale_of

HEIGHT = 170
any_number = st.floats(-1e9, 1e9) | st.floats(-1e-9, 1e-9) | st.integers(-(10**15), 10**15)
series = st.lists(any_number, min_size=1, max_size=30)
gappy = st.lists(st.none() | any_number, min_size=2, max_size=20)


@settings(deadline=None, max_examples=60)
@given(series, st.booleans())
def test_the_axis_runs_one_way_and_holds_every_value(values: list[float], close: bool) -> None:
    scale = scale_of(values, height=HEIGHT, close=close)
    placed = [scale.y(value) for value in sorted(values)]
    assert all(later <= earlier for earlier, later in pairwise(placed))
    assert all(TOP - 0.01 <= y <= HEIGHT - BOTTOM + 0.01 for y in placed)
    ticks = scale.ticks()
    assert ticks == sorted(ticks)
    assert 1 <= len(ticks) <= 9
    assert TOP <= scale.y(scale.ground) <= HEIGHT - BOTTOM


@settings(deadline=None)
@given(st.floats(1e-290, 1e290))
def test_a_step_is_one_two_or_five_times_a_power_of_ten(farthest: float) -> None:
    step = round_step(farthest)
    assert f"{step:.0e}"[0] in "125"
    assert 1 < farthest / step <= 4 + 1e-6


@pytest.mark.parametrize(
    ("values", "close", "ticks", "ground"),
    [
        ([88, 96], False, [50, 100], 0),
        ([79, 100], True, [80, 90, 100], 70),
        ([-4, 14], False, [-5, 5, 10, 15], 0),
        ([-9, -2], False, [-10, -5], 0),
        ([5, 5], True, [2, 4, 6], 0),
        ([0, 0], False, [1], 0),
        ([0.0002], False, [0.00005, 0.0001, 0.00015, 0.0002], 0),
    ],
)
def test_axes_of_known_values(values: list[float], close: bool, ticks: list[float], ground: float) -> None:
    scale = scale_of(values, height=HEIGHT, close=close)
    assert scale.ticks() == pytest.approx(ticks)
    assert scale.ground == pytest.approx(ground)


@pytest.mark.parametrize(("highest", "digits"), [(1204, 0), (4, 0), (1, 1), (0.4, 1), (0.0002, 5)])
def test_names_of_ticks_differ(highest: float, digits: int) -> None:
    scale = Scale(highest, HEIGHT)
    assert scale.digits == digits
    assert len({f"{tick:.{digits}f}" for tick in scale.ticks()}) == len(scale.ticks())


@settings(deadline=None)
@given(st.lists(st.text("абв год", min_size=1, max_size=30), max_size=14), st.integers(60, 900))
def test_labels_never_run_into_each_other(labels: list[str], width: int) -> None:
    places = shown(labels, width)
    assert places == sorted(set(places))
    assert places[:1] == ([0] if labels else [])
    extents = [extent(place, labels, width) for place in places]
    assert all(left[1] + APART <= right[0] for left, right in pairwise(extents))


def test_the_more_room_the_more_labels() -> None:
    months = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль"]
    assert shown(months, 900) == list(range(7))
    assert shown(months, 260) == [0, 2, 4, 6]
    assert shown(months, 60) == [0]


def test_a_chart_with_long_labels_knows_its_width() -> None:
    names = ["первая неделя квартала", "середина квартала", "последняя неделя"]
    assert charts.chart_line([1, 2, 3], "x", labels=names).startswith('<div class="plotbox">')
    assert charts.chart_line([1, 2, 3], "x", labels=["1", "2", "3"]).startswith("<svg")


def test_a_band_is_closed_around_each_stretch() -> None:
    scale = Scale(10, HEIGHT)
    drawn = band_path([(1, 3), (2, 4), None, (5, 6)], scale)
    assert (drawn.count("M"), drawn.count("Z")) == (2, 2)
    assert drawn.startswith(f"M0 {scale.y(3):g}L33.33 {scale.y(4):g}L33.33 {scale.y(2):g}L0 {scale.y(1):g}Z")
    assert band_path([None, None], scale) == band_path([], scale) == ""


@settings(deadline=None)
@given(gappy)
def test_a_line_is_broken_exactly_where_values_are_missing(values: list[float | None]) -> None:
    stretches = sum(now is not None and before is None for before, now in pairwise([None, *values]))
    assert path(values, scale_of(values, height=HEIGHT)).count("M") == stretches


@settings(deadline=None, max_examples=60)
@given(gappy, st.lists(st.tuples(any_number, any_number).map(sorted), max_size=20))
def test_any_numbers_give_well_formed_charts(values: list[Any], ends: list[Any]) -> None:
    known = [value or 0.0 for value in values]
    names = [f"№ {number}" for number in range(len(values))]
    made = [
        charts.chart_line(values, "x & y", band=ends, points=names, unit="<мин>"),
        charts.control_chart(known, "x", mean=0, lo=-1, hi=1, signals=[0], points=names),
        charts.chart_bars(list(zip(names, known, strict=True))),
        charts.heat_map([("пн", values)], "x < y", unit="в час"),
        charts.distribution([int(abs(value)) for value in known], "x", points=names),
        charts.spark(known, "x"),
    ]
    for chart in made:
        drawn = ElementTree.fromstring(f"<div>{chart}</div>")
        assert all(float(box.get("height", "0").rstrip("%")) >= 0 for box in drawn.iter("rect"))
        assert not re.search(r"style=|\bnan\b|\binf\b", chart)


@pytest.mark.parametrize("values", [[], [5], [None, None]])
def test_too_little_is_said(values: list[Any]) -> None:
    assert "svg" not in charts.chart_line(values, "x", points=["a", "b"])
    assert "svg" not in charts.control_chart([], "x", mean=0, lo=0, hi=0)
    assert "table" not in charts.heat_map([("пн", [None, 0])], "x")


def cells(chart: str) -> list[list[str]]:
    rows = ElementTree.fromstring(f"<div>{chart}</div>").iter("tr")
    return [["".join(cell.itertext()) for cell in row] for row in rows]


def test_the_table_says_what_the_line_shows() -> None:
    table = cells(
        charts.chart_line([88, None], "x", unit="%", base=[80], band=[(81, 93), None], points=["1 < 2", "неделя 2"])
    )
    assert [row[0] for row in table[1:]] == ["1 < 2", "неделя 2"]
    assert table[1][1:] == ["88", "80", "81 … 93"]
    assert table[2][1:] == ["—", "—", "—"]
    assert len(table[0]) == 4


def test_a_signal_is_red_and_stands_in_the_table() -> None:
    chart = charts.control_chart([30, 44, 31], "x", mean=31, lo=23, hi=39, signals=[1], points=["1", "2", "3"])
    assert chart.count("dotn bad") == 1
    said = [row[-1] for row in cells(chart)[1:]]
    assert said[0] == said[2] == "—"
    assert said[1] != "—"


def test_below_zero_a_bar_runs_to_the_left() -> None:
    bars = re.findall(r'<rect x="([\d.]+)%" width="([\d.]+)%"', charts.chart_bars([("a", 30), ("b", -10), ("c", 0)]))
    assert bars == [("25", "75"), ("0", "25"), ("25", "0")]


def test_each_hour_is_told_and_the_highest_is_framed() -> None:
    chart = charts.heat_map([("пн", [0, 12, 48]), ("вт", [None, 6, 24])], "x", unit="в час")
    assert chart.count("peak") == 1
    assert 'title="вт, 0:00, —"' in chart
    assert [level(value, 48) for value in (None, 0, 0.1, 12, 24, 48)] == [0, 0, 1, 2, 3, 6]


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=20).filter(any))
def test_more_is_never_lighter(values: list[float]) -> None:
    steps = [level(value, max(values)) for value in sorted(values)]
    assert steps == sorted(steps)
    assert steps[-1] == 6


def test_another_series_begins_where_the_line_breaks() -> None:
    """No line leads there; a series of one point is a dot."""
    values = [1.0, 2.0, 3.0, 4.0]
    scale = scale_of(values, height=HEIGHT, close=False)
    whole, broken, alone = (path(values, scale, breaks) for breaks in ((), (2,), (1, 2)))
    assert [one.count("M") for one in (whole, broken, alone)] == [1, 2, 3]
    assert [one.count("h0") for one in (whole, broken, alone)] == [0, 0, 2]
    assert path(values, scale, (0,)) == whole
