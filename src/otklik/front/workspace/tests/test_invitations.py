"""Moments of events in the reader's words, whatever a stranger's calendar says."""

import pytest
from django.utils import timezone

from otklik.front.workspace.timeline.invitations import _repeats, _when

RULE = {"frequency": "daily", "interval": 1, "count": 0, "days": (), "simple": True}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_edges_of_time_are_said_as_they_are_written(zone: str) -> None:
    with timezone.override(zone):
        for edge in ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"):
            assert _when(edge, edge, floating=False) and _repeats({**RULE, "until": edge})
        assert "9999" in _when("9999-12-31", "0001-01-01", floating=False)
        assert "–" not in _when("0001-01-01", "0001-01-01", floating=False)


def test_begin_and_end_may_be_written_in_two_ways() -> None:
    with timezone.override("UTC"):
        assert _when("2030-01-01T10:00:00+00:00", "2030-01-01T11:00:00", floating=False).endswith("10:00–11:00")
