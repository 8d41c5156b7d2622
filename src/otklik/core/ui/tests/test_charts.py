"""Charts are drawn by the server: right sums, no style attribute, a sentence for who cannot see."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.ui import charts
from otklik.core.ui.charts.scale import BOTTOM, TOP, Scale

AMOUNTS = st.floats(min_value=0, max_value=1e6, allow_nan=False)


def tree(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def test_a_line_says_its_conclusion_and_its_last_value() -> None:
    chart = charts.chart_line([14, 9, 6], "First answers <faster>", unit="min")
    assert tree(chart).get("aria-label") == "First answers <faster>"
    assert "6\N{NO-BREAK SPACE}min" in "".join(tree(chart).itertext())


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    path = re.search(r'class="ln" d="([^"]+)"', charts.chart_line([1, 2, None, 4, 5], "x"))
    assert path
    assert path[1].count("M") == 2


def test_too_little_data_is_said_and_not_drawn() -> None:
    for chart in (
        charts.chart_line([3], "x"),
        charts.chart_line([None, None], "x"),
        charts.distribution([0, 0], "x"),
    ):
        assert "svg" not in chart


def test_one_change_shows_the_mean_before_and_after() -> None:
    assert charts.chart_line([10, 10, 4, 4], "x", marks=[charts.Mark(2, "A")]).count('class="mean') == 2
    two = [charts.Mark(1, "A"), charts.Mark(2, "B")]
    assert charts.chart_line([10, 10, 4, 4], "x", marks=two).count('class="mean') == 0


def test_what_lies_past_the_norm_is_red() -> None:
    chart = charts.distribution([5, 4, 3, 2, 1], "x", norm=0.6)
    assert chart.count('class="bar bad"') == 2


def test_the_longest_bar_fills_its_row() -> None:
    widths = re.findall(r'<rect width="([\d.]+)%', charts.chart_bars([("a", 50), ("b", 25), ("c", 0)]))
    assert widths == ["100", "50", "0"]


@pytest.mark.parametrize(
    ("highest", "step"),
    [(1, 0.5), (4, 1), (9, 5), (15, 5), (38, 10), (100, 50), (0, 1), (0.4, 0.1), (1204, 500)],
)
def test_the_axis_has_round_steps(highest: float, step: float) -> None:
    assert Scale(highest, 170).step == pytest.approx(step)


@given(st.lists(st.one_of(st.none(), AMOUNTS), max_size=40), st.lists(AMOUNTS, max_size=20))
def test_any_numbers_give_a_well_formed_chart_without_styles(values: list[float | None], counts: list[float]) -> None:
    made = [
        charts.chart_line(values, "x"),
        charts.distribution([int(count) for count in counts], "x", norm=0.5),
    ]
    made.append(charts.meter(values[0] if values and values[0] else 0))
    for chart in made:
        tree(chart)
        assert "style=" not in chart
        assert "nan" not in chart.lower()


@given(st.lists(AMOUNTS, min_size=2, max_size=40))
def test_every_point_stays_inside_of_the_frame(values: list[float]) -> None:
    scale = Scale(max(values), 170)
    assert all(TOP - 0.01 <= scale.y(value) <= 170 - BOTTOM + 0.01 for value in values)
    assert 1 <= len(scale.ticks()) <= 5


def test_a_day_alone_is_seen() -> None:
    assert 'd="M0 24h0M100 24h0"' in charts.chart_line([1, None, 1], "Дни через один")


def test_days_of_too_few_are_hollow_points_beside_the_line_and_told_as_such() -> None:
    """One case of one is no 100 %: the line does not go there, and the table says of how little it is."""
    values = [80.0, None, 90.0, None]
    chart = charts.chart_line(values, "x", unit="%", few=[None, 0.0, None, None], points="абвг")
    drawn = ElementTree.fromstring(f"<div>{chart}</div>")
    (point,) = [one for one in drawn.iter("circle") if one.get("class") == "few"]
    assert point.get("cx") == "33.33%" and "полые точки" in chart
    assert [row[1].text for row in drawn.iter("tr")][1:] == ["80", "0, случаев мало", "90", "—"]
    assert "полые" not in charts.chart_line(values, "x", few=[None] * 4)
    assert "svg" in charts.chart_line([None, None], "x", few=[1.0, None]), "of little there is something to see, too"


def test_a_heat_map_with_names_shows_its_numbers() -> None:
    page = charts.heat_map([("янв", [100.0, charts.Pale(50.0), None, 0.0])], "Кто остался", unit="%", columns="0123")
    cells = list(ElementTree.fromstring(f"<div>{page}</div>").iterfind(".//td"))
    assert [(cell.get("class"), cell.text) for cell in cells] == [
        ("h6", "100"),
        ("pale", "50"),
        ("pale", None),
        (None, "0"),
    ]
    assert all((cell.get("title") or "").endswith("".join(cell.itertext())) for cell in cells)
    assert "без цвета" in page
    hours = charts.heat_map([("пн", [1.0, 2.0])], "Когда пишут")
    cells = list(ElementTree.fromstring(f"<div>{hours}</div>").iter("td"))
    assert "без цвета" not in hours and all(cell.text is None for cell in cells)
