"""May this person be asked now: the order of reasons, caps, quiet hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import survey_eligible

NOON = datetime(2026, 6, 10, 9, tzinfo=UTC)
"""A Wednesday, noon in Moscow."""
WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]
RULES: dict[str, Any] = {
    "any_days": 30,
    "type_days": {"transactional": 90, "relationship": 180},
    "account_max": 3,
    "account_share": 0.2,
    "refusal_days": 180,
    "sample_rate": 0.5,
    "quiet": ["10:00", "19:00"],
    "business_days": WORKDAYS,
}
FREE: dict[str, Any] = {
    "type": "transactional",
    "automated_call": False,
    "opted_out": False,
    "call_consent": False,
    "open_case": False,
    "blackout_until": None,
    "person_areas": ["support"],
    "survey_areas": ["support"],
    "last_any": None,
    "last_same_type": None,
    "account_contacts": 10,
    "account_asked_30d": 0,
    "last_refusal": None,
    "sample_u": 0.1,
    "tz": "Europe/Moscow",
}
STOPPERS: list[tuple[str, dict[str, Any]]] = [
    ("opt_out", {"opted_out": True}),
    ("no_consent", {"automated_call": True}),
    ("open_case", {"open_case": True}),
    ("blackout", {"blackout_until": NOON + timedelta(days=2)}),
    ("role", {"person_areas": ["billing"]}),
    ("contact_cap", {"last_any": NOON - timedelta(days=29)}),
    ("account_cap", {"account_asked_30d": 3}),
    ("recent_refusal", {"last_refusal": NOON - timedelta(days=179)}),
    ("sampling", {"sample_u": 0.5}),
]


def ask(now: datetime = NOON, **change: Any) -> Any:
    return survey_eligible({**FREE, **change}, RULES, now)


def test_S12_example() -> None:
    """Asked 40 days ago about a ticket, now closes another."""
    asked = NOON - timedelta(days=40)
    assert ask(last_any=asked, last_same_type=asked) == {
        "ok": False,
        "reason": "contact_cap",
        "not_before": NOON + timedelta(days=50),
    }


def test_nothing_against_it() -> None:
    assert ask() == {"ok": True, "reason": None, "not_before": None}
    assert survey_eligible({}, {}, NOON)["ok"]


@pytest.mark.parametrize(("reason", "change"), STOPPERS)
def test_each_reason_alone(reason: str, change: dict[str, Any]) -> None:
    assert ask(**change)["reason"] == reason


@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(0, len(STOPPERS) - 1), min_size=1), st.booleans())
def test_the_first_of_several_reasons_is_told(which: set[int], at_night: bool) -> None:
    change: dict[str, Any] = {}
    for number in which:
        change |= STOPPERS[number][1]
    now = NOON - timedelta(hours=9) if at_night else NOON
    assert ask(now, **change)["reason"] == STOPPERS[min(which)][0]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"automated_call": True, "call_consent": True}, None),
        ({"blackout_until": NOON}, None),
        ({"survey_areas": [], "person_areas": []}, None),
        ({"last_any": NOON - timedelta(days=30)}, None),
        ({"last_same_type": NOON - timedelta(days=90)}, None),
        ({"last_refusal": NOON - timedelta(days=180)}, None),
        ({"account_contacts": 25, "account_asked_30d": 4}, None),
        ({"account_contacts": 25, "account_asked_30d": 5}, "account_cap"),
        ({"account_contacts": 24, "account_asked_30d": 4}, "account_cap"),
        ({"type": "relationship", "last_same_type": NOON - timedelta(days=179)}, "contact_cap"),
        ({"sample_u": 0.499}, None),
    ],
)
def test_where_a_rule_begins(change: dict[str, Any], reason: str | None) -> None:
    assert ask(**change)["reason"] == reason


def test_the_later_of_two_caps_and_the_end_of_a_blackout() -> None:
    assert ask(last_any=NOON - timedelta(days=1), last_same_type=NOON - timedelta(days=85))["not_before"] == (
        NOON + timedelta(days=29)
    )
    assert ask(blackout_until="2026-06-12T00:00+03:00")["not_before"] == datetime(2026, 6, 11, 21, tzinfo=UTC)
    assert ask(last_refusal=NOON)["not_before"] is None


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-06-10T09:59+03:00", "2026-06-10T10:00+03:00"),
        ("2026-06-10T19:00+03:00", "2026-06-11T10:00+03:00"),
        ("2026-06-12T20:00+03:00", "2026-06-15T10:00+03:00"),
        ("2026-06-13T12:00+03:00", "2026-06-15T10:00+03:00"),
    ],
)
def test_quiet_hours_postpone_to_the_next_opening(now: str, opens: str) -> None:
    answer = ask(datetime.fromisoformat(now))
    assert (answer["reason"], answer["not_before"]) == ("quiet_hours", datetime.fromisoformat(opens))


def test_hours_are_those_of_the_place() -> None:
    assert ask(tz="Asia/Vladivostok")["reason"] == "quiet_hours"
    assert ask(datetime(2026, 6, 10, 3, tzinfo=UTC), tz="Asia/Vladivostok")["ok"]


@pytest.mark.parametrize("days", [WORKDAYS, [0, 1, 2, 3, 4], ["2026-06-15", "2026-06-16"]])
def test_business_days_are_names_numbers_or_dates(days: list[Any]) -> None:
    saturday = datetime(2026, 6, 13, 9, tzinfo=UTC)
    answer = survey_eligible(FREE, {**RULES, "business_days": days}, saturday)
    assert answer["not_before"] == datetime(2026, 6, 15, 7, tzinfo=UTC)


def test_without_a_business_day_nobody_knows_when() -> None:
    answer = survey_eligible(FREE, {**RULES, "business_days": []}, NOON)
    assert (answer["reason"], answer["not_before"]) == ("quiet_hours", None)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        survey_eligible(FREE, RULES, "2026-06-10T12:00")
