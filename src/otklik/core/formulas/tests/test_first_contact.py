"""Issues over with their first contact: worked example, chains, ripeness."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import fcr
from otklik.core.formulas.tests.shared import printed

START = datetime(2026, 6, 1, tzinfo=UTC)
RIPE = START + timedelta(days=60)


def contact(client: Any, day: float = 0, **change: Any) -> dict[str, Any]:
    said = {"reason": "vpn", "resolved": True, "escalated": False, "eligible": True}
    return {"client": client, "at": START + timedelta(days=day), **said, **change}


def test_V14_example() -> None:
    """100 issues: 74 solved at once, 10 of the rest could not be, 16 came back."""
    contacts = [contact(number) for number in range(74)]
    contacts += [contact(number, resolved=False, eligible=False) for number in range(100, 110)]
    contacts += [contact(number, day) for number in range(200, 216) for day in (0, 2)]
    result = fcr(contacts, RIPE)
    assert (result["issues"], result["immature"]) == (100, 0)
    assert printed(result, 3, "gross", "net") == [0.74, 0.822]
    assert result["repeat_rate"] == pytest.approx(16 / 116)


@pytest.mark.parametrize(
    ("contacts", "issues", "gross"),
    [
        ([contact(1), contact(1, 7)], 1, 0),
        ([contact(1), contact(1, 7.01)], 2, 1),
        ([contact(1), contact(1, 5), contact(1, 10)], 1, 0),
        ([contact(1), contact(1, 2, reason="bill")], 2, 1),
        ([contact(1), contact(2, 2)], 2, 1),
        ([contact(1, escalated=True)], 1, 0),
        ([contact(1, resolved=False)], 1, 0),
        ([contact(None)], 0, None),
        ([], 0, None),
    ],
)
def test_what_an_issue_is(contacts: list[dict[str, Any]], issues: int, gross: float | None) -> None:
    result = fcr(contacts, RIPE)
    assert (result["issues"], result["gross"]) == (issues, gross)


def test_an_issue_is_judged_when_its_window_is_over() -> None:
    young = fcr([contact(1)], START + timedelta(days=6.9))
    assert (young["issues"], young["immature"], young["gross"], young["repeat_rate"]) == (0, 1, None, None)
    assert fcr([contact(1)], START + timedelta(days=7))["issues"] == 1
    assert fcr([contact(1)], START + timedelta(days=7), window_days=14)["immature"] == 1


def test_what_comes_later_is_not_known_yet() -> None:
    assert fcr([contact(1), contact(1, 8)], START + timedelta(days=7.5))["gross"] == 1


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 30), st.booleans()), max_size=25))
def test_shares_stay_shares_and_order_does_not_matter(rows: list[tuple[int, int, bool]]) -> None:
    contacts = [contact(client, day, resolved=done) for client, day, done in rows]
    result = fcr(contacts, RIPE)
    assert result == fcr(reversed(contacts), RIPE)
    assert result["issues"] + result["immature"] <= len(contacts)
    assert 0 <= (result["gross"] or 0) <= 1
    assert result["gross"] == result["net"]
