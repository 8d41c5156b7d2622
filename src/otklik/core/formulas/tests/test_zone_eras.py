"""The table of offsets is the time zone itself, also where clocks change twice within a week."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from otklik.core.formulas.instants import SECOND, micros
from otklik.core.formulas.zone_eras import eras

RESTLESS = [
    "Europe/Moscow",
    "Europe/Berlin",
    "Africa/Casablanca",
    "Asia/Gaza",
    "America/Noronha",
    "Australia/Lord_Howe",
]


@pytest.mark.parametrize("name", RESTLESS)
def test_every_day_has_the_offset_of_its_zone(name: str) -> None:
    zone = ZoneInfo(name)
    starts, offsets = zip(*eras(zone), strict=True)
    at = datetime(1990, 1, 1, tzinfo=UTC)
    while at.year < 2090:
        offset = at.astimezone(zone).utcoffset()
        assert offset is not None
        assert offsets[bisect_right(starts, micros(at)) - 1] == offset.total_seconds() * SECOND, at
        at += timedelta(hours=25)


@pytest.mark.parametrize("name", RESTLESS)
def test_an_era_begins_with_the_very_second_of_the_change(name: str) -> None:
    zone = ZoneInfo(name)
    for (_, before), (start, after) in pairwise(eras(zone)):
        change = datetime(1, 1, 1, tzinfo=UTC) + timedelta(microseconds=start)
        offsets = [moment.astimezone(zone).utcoffset() for moment in (change - timedelta(seconds=1), change)]
        assert offsets == [timedelta(microseconds=before), timedelta(microseconds=after)]
