"""A day with few cases has its place on a chart, and no weight in its line (METRICS C1)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.boards.models import Board, Form
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.tests import test_judging
from otklik.team.metrics.tests.test_judging import START, Told, marks

pytestmark = pytest.mark.django_db
readings = test_judging.told


def known(values: list[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def test_one_bad_mark_of_one_is_no_fall_to_nothing(readings: Told, head: User) -> None:
    readings(Measure.SCORE, -1, marks(5, 6))
    readings(Measure.SCORE, 0, marks(0, 1))
    board = Board.objects.make(by=head, name="Доска")
    board.add(metric="csat.t2b", form=Form.COURSE)
    board.add(metric="arrivals", form=Form.COURSE)
    browser = Browser()
    browser.force_login(head)
    with clock.at(START + timedelta(days=1)):
        metric = browser.get("/board/metrics/csat.t2b/?days=28")
        page = browser.get(f"/board/boards/{board.pk}/?span=28")
        wall = browser.get(f"/board/boards/{board.pk}/wall/?span=28").content.decode()

    tile, arrivals = (one["chart"] for one in page.context["tiles"])
    for chart in (metric.context["chart"], tile):
        assert [round(value) for value in known(chart["values"])] == [83] and known(chart["few"]) == [0.0]
    assert not known(arrivals["few"]), "what is counted is no sample: one is one"
    for text in (metric.content.decode(), page.content.decode(), wall):
        assert text.count('class="few"') == 1 and "полые точки" in text
    assert "0, случаев мало" in page.content.decode()
