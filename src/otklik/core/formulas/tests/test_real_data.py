"""Figures that two other programs computed from real logs, wherever a formula alone gives them."""

import csv
from datetime import datetime
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from otklik.core.formulas import churn, kaplan_meier, ltv_client, mean_ci, percentile, ratio
from otklik.core.formulas.tests.shared import expected_figures, real


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def percent(part: int, whole: int) -> float:
    return round(100 * (ratio(part, whole)["value"] or 0), 3)


@pytest.mark.parametrize("path", real("churn/telco_customers.csv"))
def test_clients_of_a_telephone_company(path: Path) -> None:
    told, clients = expected_figures(path.name), rows(path)
    stayed = [row for row in clients if row["churn"] == "No"]
    share = churn(len(clients), len(stayed))
    revenue = fmean(float(row["monthlycharges"]) for row in clients)

    assert len(clients) == told["customers"]
    assert round(100 * (share or 0), 3) == told["logo_churn_pct"]
    assert round(revenue, 4) == told["arpu"]
    assert round(mean_ci([float(row["tenure"]) for row in clients])["mean"] or 0, 3) == told["mean_tenure_months"]
    simple = ltv_client(revenue, 1, 1 / (share or 1))
    assert simple == pytest.approx(told["ltv_simple_arpu_over_monthly_churn_if_monthly"], abs=1e-3)
    for contract, expected in told["churn_pct_by_contract"].items():
        same = [row for row in clients if row["contract"] == contract]
        assert percent(sum(row["churn"] == "Yes" for row in same), len(same)) == expected

    curve = kaplan_meier([int(row["tenure"]) for row in clients], [row["churn"] == "Yes" for row in clients])
    assert sum(row["d"] for row in curve) == told["churn_values"]["Yes"]


@pytest.mark.parametrize("path", real("eventlogs/uci_incident_log.csv"))
def test_incidents_of_a_computer_company(path: Path) -> None:
    told = expected_figures(path.name)
    last = {row["number"]: row for row in rows(path)}.values()
    solved = [row for row in last if row["resolved_at"] != "?"]
    hours = [(moment(row["resolved_at"]) - moment(row["opened_at"])).total_seconds() / 3600 for row in solved]

    assert round(percentile(hours, 0.5) or 0, 4) == told["median_hours_open_to_resolved"]
    assert round(percentile(hours, 0.9) or 0, 4) == told["p90_hours_open_to_resolved"]
    assert round(fmean(hours), 4) == told["mean_hours_open_to_resolved"]
    in_time = sum(row["made_sla"].upper() == "TRUE" for row in last)
    assert round(percent(in_time, len(last)), 2) == told["made_sla_true_pct"]


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d-%m-%Y %H:%M")


@pytest.mark.parametrize("path", real("eventlogs/helpdesk_events.csv"))
def test_cases_of_a_help_desk(path: Path) -> None:
    told: Any = expected_figures(path.name)
    events = sorted(rows(path), key=lambda row: row["CaseID"])
    cycles = []
    for _, case in groupby(events, key=lambda row: row["CaseID"]):
        moments = [datetime.fromisoformat(row["CompleteTimestamp"]) for row in case]
        cycles.append((max(moments) - min(moments)).total_seconds() / 86_400)

    assert len(cycles) == told["cases"]
    assert round(percentile(cycles, 0.5) or 0, 5) == told["median_cycle_days"]
    assert round(percentile(cycles, 0.9) or 0, 5) == told["p90_cycle_days"]
