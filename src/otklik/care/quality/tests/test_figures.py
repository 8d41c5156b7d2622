"""What the results say, and where they are silent."""

import pytest

from otklik.care.quality.elements import Element
from otklik.care.quality.figures import CONCLUDES, FEWEST, Judged, Quarter, of_quarter
from otklik.care.quality.figures import Group as Of
from otklik.care.quality.scoring import SKIP
from otklik.care.quality.states import Stream
from otklik.care.quality.tests.conftest import Assess
from otklik.core.staff.models import User
from otklik.core.ui.charts import Pale, heat_map


@pytest.mark.django_db
def test_an_element_that_few_have_judged_has_no_figure(assess: Assess, head: User, django_assert_num_queries) -> None:
    """The seventh criterion of the usual card is judged in one conversation of five alone."""
    reviews = [assess({6: SKIP} if number else {6: "1"}, stream=Stream.RANDOM) for number in range(FEWEST)]
    seldom = reviews[0].version.criteria.all()[6].element
    with django_assert_num_queries(3):
        told = of_quarter(head)

    assert told.whole.by_element[seldom] is None and seldom not in told.elements
    assert told.people[0].by_element[seldom] is None
    known = told.people[0].by_element[told.elements[0]]
    assert known and known.n == FEWEST and not known.concludes and known.lo <= known.mean <= known.hi


@pytest.mark.django_db
def test_of_few_reviews_nothing_is_told_but_how_many(assess: Assess, head: User) -> None:
    for _one in range(FEWEST - 1):
        assess({1: "2"}, stream=Stream.RANDOM)
    few = of_quarter(head)
    assert (few.people[0].n, few.people[0].mean, few.whole.mean) == (FEWEST - 1, None, None)
    assert few.criteria == [] and few.elements == [] and few.whole.accuracies[0].share is None

    last = assess({1: "2"}, stream=Stream.RANDOM)
    told, solved = of_quarter(head), last.version.criteria.all()[1]
    assert told.people[0].mean == told.whole.mean == pytest.approx(85) and told.whole.accuracies[0].share == 1
    assert told.criteria[0] == (solved.name, 50) and solved.element in told.elements


def test_a_weakest_element_is_named_only_where_intervals_part() -> None:
    def weakest(**by_element: Judged | None) -> str:
        return Quarter(Of("", by_element=by_element), [], list(by_element), []).weakest

    low, near, high = Judged(30, 70, 65, 75), Judged(30, 77, 74, 80), Judged(30, 90, 85, 95)
    assert weakest(speed=low, solving=high, empathy=None) == "speed"
    assert weakest(speed=low, solving=near, empathy=high) == ""
    assert weakest(speed=low) == weakest() == "" and len(Element) > 1


def test_of_few_a_cell_has_no_colour() -> None:
    page = heat_map([("Анна", [Pale(80.0), 90.0])], "Элементы", columns=["Скорость", "Решение"])
    assert '<td class="pale" title="Анна, Скорость, 80">80</td>' in page and page.count('<td class="h6"') == 1
    assert Judged(CONCLUDES, 1, 1, 1).concludes and not Judged(CONCLUDES - 1, 1, 1, 1).concludes
