"""Customers of a telecom company through the product: two files, sums, and the figures that their folder states."""

import csv
import io
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from otklik.core.formulas import kaplan_meier
from otklik.core.journal import clock
from otklik.desk.imports.tests.conftest import Bring, bring
from otklik.team.value import figures
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.figures import Population
from tests.fixtures.server import ROOT

__all__ = ["bring"]

DATA = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "data"
TODAY, LAST_DAY = date(2026, 12, 1), date(2026, 11, 30)
"""The table knows for how many months each has been there, and who leaves: told as of the end of a month."""

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the customers are not here: {DATA} (set OTKLIK_SHARED)"),
]


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        yield


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    told = json.loads((DATA / "expected_figures.json").read_text())["values"]["telco_customers.csv"]
    return dict(told)


@pytest.fixture(scope="module")
def customers() -> list[dict[str, str]]:
    with (DATA / "churn" / "telco_customers.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def counted(customers: list[dict[str, str]], bring: Bring) -> Population:
    """Organisations and their products come as files; the sums are made of what is then on the cards."""
    companies = _file(("id", "name"), ([one["customerid"], one["customerid"]] for one in customers))
    assert bring("organisations", companies, source="billing").counts["new"] == len(customers)
    heads = ("id", "organisation_id", "product", "since", "until", "amount", "currency", "period", "plan", "state")
    products = _file(heads, map(_product, customers))
    assert bring("subscriptions", products, source="billing").counts["new"] == len(customers)
    count_all()
    return figures.population("USD", TODAY)


@pytest.mark.slow
def test_the_report_over_customers_of_a_telecom(
    counted: Population, customers: list[dict[str, str]], expected: dict[str, Any]
) -> None:
    left = [one for one in counted.groups if one.left_in is not None]
    assert counted.known == expected["customers"]
    assert round(100 * sum(one.clients for one in left) / counted.known, 3) == expected["logo_churn_pct"]
    billed = sum(float(one["monthlycharges"]) for one in customers)
    assert round(100 * (1 - float(counted.monthly) / billed), 3) == expected["revenue_churn_pct"]
    assert round(_mean_age(counted.groups), 3) == expected["mean_tenure_months"]
    assert _mean_age(left) == pytest.approx(expected["mean_tenure_of_churned"], abs=0.001)

    months = [int(one["tenure"]) for one in customers]
    assert counted.curve == kaplan_meier(months, [one["churn"] == "Yes" for one in customers])

    contracts = figures.segments("USD", "plan", TODAY)
    shares = {plan: round(100 * (1 - some.clients / some.known), 3) for plan, some in contracts.items()}
    assert shares == pytest.approx(expected["churn_pct_by_contract"], abs=0.001)


def _product(customer: dict[str, str]) -> list[str]:
    since, leaves = months_before(TODAY, int(customer["tenure"])), customer["churn"] == "Yes"
    until, state = (LAST_DAY.isoformat(), "ended") if leaves else ("", "active")
    name, price = customer["customerid"], customer["monthlycharges"]
    return [name, name, "Связь", since.isoformat(), until, price, "USD", "month", customer["contract"], state]


def _file(heads: tuple[str, ...], rows: Any) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([heads, *rows])
    return file.getvalue()


def _mean_age(groups: Any) -> float:
    return sum(one.age * one.clients for one in groups) / sum(one.clients for one in groups)
