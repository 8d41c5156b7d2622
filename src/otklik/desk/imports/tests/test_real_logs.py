"""Logs and tables that other people made, brought in through the product: the counts that their folder states."""

import json
import os
from collections import Counter
from datetime import UTC
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.tests.conftest import Bring
from otklik.desk.tickets.models import Ticket
from tests.fixtures.server import ROOT

DATA = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "data"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the logs are not here: {DATA} (set OTKLIK_SHARED)"),
]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    values: dict[str, Any] = json.loads((DATA / "expected_figures.json").read_text())["values"]
    return values


def test_every_customer_of_the_telecom_comes_once(bring: Bring, expected: dict[str, Any]) -> None:
    content = (DATA / "churn" / "telco_customers.csv").read_bytes()
    rows = content.count(b"\n") - 1
    of = bring("contacts", content, source="telco")
    assert of.told == {"new": expected["telco_customers.csv"]["customers"], "changed": 0, "same": 0, "wrong": 0}
    assert Contact.objects.count() == rows == of.position
    assert bring("contacts", content, source="telco").told["same"] == rows


def test_every_case_and_event_of_the_help_desk_is_there(bring: Bring, door: Channel, expected: dict[str, Any]) -> None:
    content = (DATA / "eventlogs" / "helpdesk_events.csv").read_bytes()
    with timezone.override(UTC):  # the figures know no summer time
        of = bring("tickets", content, source="helpdesk", ActivityID="text", CompleteTimestamp="message_at")
    figures = expected["helpdesk_events.csv"]
    assert of.told["wrong"] == 0 and of.told["new"] == Ticket.objects.count() == figures["cases"]
    assert Message.objects.count() == figures["events"]
    cycles = [(one.ended_at - one.opened_at).total_seconds() / 86400 for one in Ticket.objects.all() if one.ended_at]
    assert round(median(cycles), 5) == figures["median_cycle_days"]
    assert round(sum(cycles) / len(cycles), 5) == figures["mean_cycle_days"]


def test_every_incident_is_there_with_priority_and_moments(
    bring: Bring, door: Channel, expected: dict[str, Any]
) -> None:
    content = (DATA / "eventlogs" / "uci_incident_log.csv").read_bytes()
    decided = {"caller_id": "contact_id", "resolved_at": "ended_at", "closed_at": "", "assigned_to": ""}
    of = bring("tickets", content, source="servicenow", **decided)
    figures = expected["uci_incident_log.csv"]
    assert of.told["wrong"] == 0 and of.position == figures["events"]
    assert of.told["new"] == Ticket.objects.count() == figures["incidents"]
    names = {4: "1 - Critical", 3: "2 - High", 2: "3 - Moderate", 1: "4 - Low"}
    assert Counter(names[one.priority] for one in Ticket.objects.all()) == figures["by_priority"]
    zone = ZoneInfo("Europe/Moscow")
    opened = sorted(one.opened_at.astimezone(zone) for one in Ticket.objects.all())
    assert [f"{one:%Y-%m-%d %H:%M:%S}" for one in (opened[0], opened[-1])] == [
        figures["first_opened"],
        figures["last_opened"],
    ]
    assert not Ticket.objects.open().exists()


def test_the_incidents_come_once_however_often_they_are_brought_in(bring: Bring, door: Channel) -> None:
    content = (DATA / "eventlogs" / "uci_incident_log.csv").read_bytes()
    bring("tickets", content, caller_id="contact_id", resolved_at="ended_at", closed_at="", assigned_to="")
    before = Ticket.objects.count(), ExternalId.objects.count()
    again = bring("tickets", content, caller_id="contact_id", resolved_at="ended_at", closed_at="", assigned_to="")
    assert again.told["new"] == 0 and (Ticket.objects.count(), ExternalId.objects.count()) == before
