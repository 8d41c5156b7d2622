"""Logs of other companies through the product: import, facts, report; the figures that their folder states."""

import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.imports.models import Import
from otklik.desk.imports.tests.conftest import Bring, bring
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.facts import count_facts
from tests.fixtures.server import ROOT

__all__ = ["bring"]

DATA = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "data"
HOUR, DAY = 3600, 86400

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the logs are not here: {DATA} (set OTKLIK_SHARED)"),
]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    values: dict[str, Any] = json.loads((DATA / "expected_figures.json").read_text())["values"]
    return values


def asked(name: str, start: int, end: int, zone: Any = UTC) -> Question:
    """A metric over whole years."""
    return Question(METRICS[name], Scope(datetime(start, 1, 1, tzinfo=zone), datetime(end, 1, 1, tzinfo=zone)))


@pytest.fixture
def incidents(bring: Bring, door: Channel) -> Import:
    content = (DATA / "eventlogs" / "uci_incident_log.csv").read_bytes()
    decided = {"caller_id": "contact_id", "resolved_at": "ended_at", "closed_at": "", "assigned_to": ""}
    of = bring("tickets", content, source="servicenow", **decided)
    count_facts()
    return of


def test_the_report_over_a_log_of_incidents(incidents: Import, expected: dict[str, Any]) -> None:
    figures, zone = expected["uci_incident_log.csv"], ZoneInfo("Europe/Moscow")
    took = layer.figure(asked("past.resolution", 2016, 2018, zone))
    assert took.n == figures["resolved_known_n"]
    assert took.value and took.p90 and took.lo and took.hi
    assert round(took.value / HOUR, 4) == figures["median_hours_open_to_resolved"]
    assert round(took.p90 / HOUR, 4) == figures["p90_hours_open_to_resolved"]
    assert took.lo < took.value < took.hi

    came = asked("past.arrivals", 2016, 2018, zone)
    assert layer.figure(came).n == figures["incidents"]
    week = layer.by_hour(came)
    of_days = {str(day): sum(hours) for day, hours in enumerate(week) if sum(hours)}
    assert of_days == figures["opened_by_weekday_mon0"]
    of_hours = Counter({hour: sum(day[hour] for day in week) for hour in range(24)})
    assert [list(one) for one in of_hours.most_common(3)] == figures["opened_per_hour_of_day_top3"]


def test_what_another_desk_did_is_not_among_our_figures(incidents: Import, line_one: Team) -> None:
    assert not TicketFact.objects.counted().exists()
    assert {layer.figure(asked(name, 2016, 2018)).n for name in METRICS if not name.startswith("past.")} == {0}


def test_a_rebuild_finds_the_brought_requests_again(incidents: Import) -> None:
    def kept() -> tuple[list[Any], list[Any]]:
        cells = Cell.objects.values_list("measure", "day", "team_id", "side", "key", "bucket", "n", "total")
        return sorted(Reading.objects.values_list("measure", "at", "value")), sorted(cells)

    before = kept()
    TicketFact.objects.rebuild()
    assert before[0] and kept() == before


def test_the_report_over_a_log_of_a_help_desk(
    bring: Bring, door: Channel, expected: dict[str, Any], settings: Any
) -> None:
    settings.TIME_ZONE = "UTC"  # days are those of the organisation
    content = (DATA / "eventlogs" / "helpdesk_events.csv").read_bytes()
    with timezone.override(UTC):  # the figures know no summer time
        bring("tickets", content, source="helpdesk", ActivityID="text", CompleteTimestamp="message_at")
        count_facts()
        figures = expected["helpdesk_events.csv"]
        took = layer.figure(asked("past.resolution", 2010, 2014))
        months: Counter[str] = Counter()
        for day, found in layer.by_day(asked("past.arrivals", 2010, 2014)).items():
            months[f"{day:%Y-%m}"] += found.n
    assert took.n == figures["cases"]
    assert took.value and took.p90
    assert round(took.value / DAY, 5) == figures["median_cycle_days"]
    assert round(took.p90 / DAY, 5) == figures["p90_cycle_days"]
    assert [list(one) for one in months.most_common(3)] == figures["cases_started_per_month_top3"]
