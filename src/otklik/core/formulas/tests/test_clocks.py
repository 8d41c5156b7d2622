"""The clocks of a ticket: worked examples, published scenarios, turns, pauses, reopening."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import WorkingTime, ticket_clocks
from otklik.core.formulas.clocks import Clocks
from otklik.core.formulas.tests.shared import calendar_of, vectors
from otklik.core.formulas.timetable import WEEKDAYS

OFFICE = {
    "tz": "Europe/Moscow",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {},
}
ALWAYS = {"tz": "UTC", "weekly": {day: [["00:00", "24:00"]] for day in WEEKDAYS}, "exceptions": {}}
HOUR, MINUTE = 3600, 60


def event(at: str, what: str, **more: Any) -> dict[str, Any]:
    """An event at Moscow time, `at` like "08 09:30" of June 2026 (the 8th is a Monday)."""
    day, clock = at.split()
    return {"type": what, "at": f"2026-06-{day}T{clock}:00+03:00", **more}


QUESTION = [
    event("08 09:30", "created"),
    event("08 09:31", "agent_reply", auto=True),
    event("08 10:00", "agent_reply"),
    event("08 11:00", "agent_reply"),
    event("08 11:00", "status", status="pending_client"),
    event("09 10:00", "client_msg"),
    event("09 11:40", "agent_reply"),
    event("09 12:00", "status", status="solved"),
]


def clocks(events: list[dict[str, Any]], as_of: str, **more: Any) -> Clocks:
    return ticket_clocks(events, OFFICE, event(as_of, "")["at"], **more)


def test_V2_V3_V4_a_question_to_the_client_pauses_the_solution() -> None:
    assert clocks(QUESTION, "12 18:00") == {
        "frt_business_s": 30 * MINUTE,
        "frt_calendar_s": 30 * MINUTE,
        "nrt_business_s": [100 * MINUTE],
        "unanswered_since": None,
        "first_resolution_business_s": 3.5 * HOUR,
        "full_resolution_business_s": 3.5 * HOUR,
        "running_business_s": None,
        "full_resolution_calendar_s": 26.5 * HOUR,
        "time_in_status_calendar_s": {"open": 3.5 * HOUR, "pending_client": 23 * HOUR},
    }


def test_V1_first_response_over_a_weekend() -> None:
    result = clocks([event("05 17:40", "created"), event("08 10:05", "agent_reply")], "08 12:00")
    assert (result["frt_business_s"], result["frt_calendar_s"]) == (85 * MINUTE, 3865 * MINUTE)


def test_what_was_said_in_the_night_is_answered_in_no_working_time() -> None:
    result = clocks([event("06 12:00", "created"), event("07 12:00", "agent_reply")], "08 12:00")
    assert (result["frt_business_s"], result["frt_calendar_s"]) == (0, 24 * HOUR)


def test_several_messages_in_a_row_are_one_turn_from_the_first() -> None:
    story = [
        event("08 09:00", "created"),
        event("08 09:10", "client_msg"),
        event("08 10:00", "agent_reply"),
        event("08 11:00", "client_msg"),
        event("08 11:30", "client_msg"),
    ]
    waiting = clocks(story, "08 12:00")
    assert waiting["frt_business_s"] == HOUR
    assert waiting["nrt_business_s"] == []
    assert waiting["unanswered_since"] == datetime.fromisoformat("2026-06-08T11:00+03:00")
    answered = clocks([*story, event("08 13:00", "agent_reply"), event("08 13:05", "agent_reply")], "08 14:00")
    assert answered["nrt_business_s"] == [2 * HOUR]
    assert answered["unanswered_since"] is None


def test_an_automatic_answer_leaves_the_client_waiting() -> None:
    result = clocks([event("08 09:00", "created"), event("08 09:01", "agent_reply", auto=True)], "08 12:00")
    assert result["frt_business_s"] is None
    assert result["unanswered_since"] == datetime.fromisoformat("2026-06-08T09:00+03:00")
    assert result["running_business_s"] == 3 * HOUR


def test_only_waiting_for_the_client_pauses() -> None:
    for status, worked in (("pending_client", 1), ("scheduled_by_client", 1), ("pending_supplier", 3)):
        story = [event("08 09:00", "created"), event("08 10:00", "status", status=status)]
        assert clocks(story, "08 12:00")["running_business_s"] == worked * HOUR


def test_reopening_goes_on_counting_and_solved_time_is_left_out() -> None:
    story = [
        event("08 09:00", "created"),
        event("08 10:00", "status", status="solved"),
        event("08 12:00", "status", status="closed"),
        event("09 09:00", "status", status="open"),
        event("09 11:00", "status", status="solved"),
    ]
    reopened, solved = clocks(story, "09 10:00"), clocks(story, "10 10:00")
    assert reopened["running_business_s"] == 2 * HOUR
    assert solved["running_business_s"] is None
    assert solved["first_resolution_business_s"] == HOUR
    assert solved["full_resolution_business_s"] == 3 * HOUR
    assert solved["full_resolution_calendar_s"] == 3 * HOUR
    assert solved["time_in_status_calendar_s"] == {"open": 3 * HOUR}


def test_a_status_of_no_length_is_kept() -> None:
    story = [
        event("08 09:00", "created", status="new"),
        event("08 09:00", "status", status="open"),
        event("08 10:00", "status", status="solved"),
    ]
    assert clocks(story, "08 12:00")["time_in_status_calendar_s"] == {"new": 0, "open": HOUR}


def test_the_future_is_not_known_and_the_order_of_the_list_does_not_matter() -> None:
    assert clocks(QUESTION, "08 10:30") == clocks(QUESTION[:3], "08 10:30")
    assert clocks(QUESTION[:4][::-1] + QUESTION[4:], "12 18:00") == clocks(QUESTION, "12 18:00")


def test_without_a_beginning_nothing_is_known() -> None:
    for result in (clocks([], "08 10:00"), clocks(QUESTION, "08 09:00")):
        assert [value for value in result.values() if value] == []
        assert result["frt_business_s"] is None


def test_a_story_that_cannot_be_true_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was created"):
        clocks([event("08 08:00", "client_msg"), event("08 09:00", "created")], "08 10:00")
    with pytest.raises(ValueError, match="'reply'"):
        clocks([event("08 08:00", "created"), event("08 09:00", "reply")], "08 10:00")


@pytest.mark.parametrize("row", vectors("sla_scenarios"))
def test_a_published_scenario(row: dict[str, Any]) -> None:
    """Deadlines of another product from our clocks: the time left is added to the moment of asking."""
    calendar, targets, expected = calendar_of(row), row["sla_minutes"], row["expect"]
    as_of = row["events"][-1]["at"]
    result = ticket_clocks(list(_told(row)), calendar, as_of, pausing=("pending",))
    if "first_response_in_min" in expected:
        assert result["frt_business_s"] == expected["first_response_in_min"] * MINUTE
        assert expected["first_response_diff_min"] == targets["first_response"] - expected["first_response_in_min"]
    if "update_in_min" in expected:
        assert result["frt_business_s"] == expected["update_in_min"] * MINUTE
    if "solution_in_min" in expected:
        assert result["full_resolution_business_s"] == expected["solution_in_min"] * MINUTE
        assert result["running_business_s"] is None
    for target in ("first_response", "update", "solution"):
        if expected.get(f"{target}_due"):
            used = result["running_business_s"]
            assert used is not None
            due = WorkingTime.of(calendar).due(as_of, targets[target] * MINUTE - used)
            assert due == datetime.fromisoformat(expected[f"{target}_due"])


def _told(row: dict[str, Any]) -> Any:
    """Events of the scenarios in our words."""
    yield {"type": "created", "at": row["created"], "status": row["initial_state"]}
    for happened in row["events"]:
        match happened["type"]:
            case "customer_message":
                yield {"type": "client_msg", "at": happened["at"]}
            case "first_response" | "agent_contact":
                yield {"type": "agent_reply", "at": happened["at"]}
            case "closed":
                yield {"type": "status", "at": happened["at"], "status": "closed"}
            case "state":
                yield {"type": "status", "at": happened["at"], "status": happened["to"]}


happenings = st.lists(
    st.tuples(
        st.integers(0, 3 * 24 * 60),
        st.sampled_from(
            [
                {"type": "client_msg"},
                {"type": "agent_reply"},
                {"type": "agent_reply", "auto": True},
                *({"type": "status", "status": word} for word in ("open", "pending_client", "solved", "closed")),
            ]
        ),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(happenings)
def test_the_clocks_agree_with_each_other(happened: list[tuple[int, dict[str, Any]]]) -> None:
    start = datetime.fromisoformat("2026-06-08T00:00+00:00")
    story: list[dict[str, Any]] = [{"type": "created", "at": start}]
    story += [
        {**what, "at": start + timedelta(minutes=minute)} for minute, what in sorted(happened, key=lambda h: h[0])
    ]
    result = ticket_clocks(story, ALWAYS, start + timedelta(days=4))
    spent = result["time_in_status_calendar_s"]
    worked = sum(length for status, length in spent.items() if status != "pending_client")
    running, full, first = (
        result["running_business_s"],
        result["full_resolution_business_s"],
        result["first_resolution_business_s"],
    )
    assert (running if running is not None else full) == worked
    assert result["frt_business_s"] == result["frt_calendar_s"]
    assert (first is None) == (full is None)
    assert first is None or full is None or first <= full
    assert sum(spent.values()) <= 4 * 24 * HOUR
    replied = result["frt_business_s"] is not None
    assert replied == any(what == {"type": "agent_reply"} for _, what in happened)
