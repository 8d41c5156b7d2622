"""What holds for the formulas of times and promises whatever happened: every case is counted once, order does not
matter, time is never made or lost."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import inf, nan
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from otklik.core.formulas import (
    adherence,
    cadence,
    downtime_budget,
    hanging,
    incident_times,
    loop_stats,
    month_norm,
    night_hours,
    promise_stats,
    quarter_plan,
    sla_attainment,
    sla_credit,
)
from otklik.core.formulas.backlog import backlog_days
from otklik.core.formulas.fairness import turn
from otklik.core.formulas.first_contact import able_at_once, at_once, issues_of
from otklik.core.formulas.instants import elapsed, from_micros, micros
from otklik.core.formulas.promises import kept, promise_shares
from otklik.core.formulas.rosters import overtime
from otklik.core.formulas.spans import common, joined, length

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
AROUND_THE_CLOCK = {
    "tz": "UTC",
    "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}
moments = st.integers(0, 400).map(lambda hours: START + timedelta(hours=hours))
some_moments = moments | st.none()
spans = st.lists(st.tuples(moments, moments).map(sorted), max_size=8)
counts = st.integers(0, 200)
commitments = st.lists(
    st.fixed_dictionaries({"due": moments, "done": some_moments, "excluded": st.booleans()}), max_size=20
)
promises = st.lists(
    st.fixed_dictionaries({"due": moments, "done": some_moments, "renegotiated_at": some_moments}), max_size=20
)
ALL = (START, START + timedelta(hours=500))


@given(commitments, moments, moments)
def test_of_commitments_each_has_one_fate_and_periods_add_up(
    items: list[dict[str, Any]], middle: datetime, as_of: datetime
) -> None:
    fates = ("met", "breached", "undecided", "excluded")
    whole = sla_attainment(items, *ALL, as_of)
    assert sum(whole[fate] for fate in fates) == len(items)  # type: ignore[literal-required]
    first, second = sla_attainment(items, ALL[0], middle, as_of), sla_attainment(items, middle, ALL[1], as_of)
    assert all(first[fate] + second[fate] == whole[fate] for fate in fates)  # type: ignore[literal-required]


@given(commitments, moments, moments)
def test_as_time_goes_on_what_was_decided_stays_so(items: list[dict[str, Any]], one: datetime, other: datetime) -> None:
    before, after = (sla_attainment(items, *ALL, as_of) for as_of in sorted((one, other)))
    assert after["met"] >= before["met"] and after["breached"] >= before["breached"]
    assert after["undecided"] <= before["undecided"]


@given(moments, some_moments, some_moments)
def test_a_promise_that_was_kept_is_kept_for_ever_and_a_later_date_is_no_harder(
    due: datetime, done: datetime | None, as_of: datetime | None
) -> None:
    told = kept(due, done, as_of)
    assert not told or kept(due, done)
    assert not told or kept(due + timedelta(hours=1), done, as_of)


@given(promises, moments)
def test_dates_told_are_kept_moved_or_broken_and_strict_is_never_above_soft(
    items: list[dict[str, Any]], as_of: datetime
) -> None:
    told = promise_stats(items, *ALL, as_of)
    assert told["due"] == told["kept"] + told["renegotiated"] + told["broken"] <= len(items)
    assert told == promise_stats(list(reversed(items)), *ALL, as_of)
    if told["strict"] is not None and told["soft"] is not None:
        assert 0 <= told["strict"] <= told["soft"] <= 1


@given(counts, counts, counts)
def test_a_moved_date_lowers_only_the_strict_share(fulfilled: int, moved: int, broken: int) -> None:
    fewer, more = promise_shares(fulfilled, moved, broken), promise_shares(fulfilled, moved + 1, broken)
    assert fewer["soft"] == more["soft"]
    assert more["strict"] is not None and (fewer["strict"] is None or more["strict"] <= fewer["strict"])


@given(st.lists(moments, min_size=5, max_size=5).map(sorted), st.lists(st.booleans(), min_size=5, max_size=5))
def test_steps_of_an_incident_add_up_and_what_did_not_happen_is_unknown(
    steps: list[datetime], happened: list[bool]
) -> None:
    start, detected, acknowledged, notified, restored = (
        step if known else None for step, known in zip(steps, happened, strict=True)
    )
    told = incident_times(start, detected, acknowledged, notified, restored)
    assert (told["mttr_s"] is None) == (start is None or restored is None)
    assert all(value is None or value >= 0 for value in told.values())  # type: ignore[operator]
    if told["mttd_s"] is not None and told["mttn_s"] is not None:
        assert told["mttn_from_detection_s"] == pytest.approx(told["mttn_s"] - told["mttd_s"])


@given(st.lists(moments, max_size=12), some_moments, st.integers(0, 10**6))
def test_the_gaps_of_updates_fill_the_time_between_the_first_word_and_the_end(
    updates: list[datetime], restored: datetime | None, limit: int
) -> None:
    told = cadence(updates, restored, limit)
    heard = [at for at in updates if restored is None or at < restored]
    last = max(heard, default=START) if restored is None else restored
    assert sum(told["gaps_s"]) == pytest.approx((last - min(heard)).total_seconds() if heard else 0)
    assert all(gap >= 0 for gap in told["gaps_s"])
    looser = cadence(updates, restored, 2 * limit)["compliance"]
    if told["compliance"] is not None and looser is not None:
        assert 0 <= told["compliance"] <= looser <= 1


tickets = st.lists(
    st.fixed_dictionaries(
        {
            "open": st.booleans(),
            "owner": st.sampled_from([None, "Anna"]),
            "next_at": some_moments,
            "last_informed": some_moments,
            "update_interval_s": st.sampled_from([None, 3600, 86400]),
        }
    ),
    max_size=15,
).map(lambda rows: [{"id": number, **row} for number, row in enumerate(rows)])


@given(tickets, moments, st.integers(0, 50))
def test_what_hangs_is_open_and_without_an_act_only_more_hangs(
    rows: list[dict[str, Any]], now: datetime, hours: int
) -> None:
    told, later = hanging(rows, now), hanging(rows, now + timedelta(hours=hours))
    assert told["count"] == len(told["ids"]) <= sum(row["open"] for row in rows)
    assert set(told["ids"]) <= set(later["ids"])
    assert all(number in told["ids"] for number, row in enumerate(rows) if row["open"] and row["owner"] is None)


@given(st.integers(0, 5), st.integers(0, 2), st.floats(0, 1e7), st.floats(1, 1e6))
def test_waiting_only_ever_moves_a_request_forward(grade: int, band: int, waited: float, target: float) -> None:
    level = turn(grade, band, waited, target)
    assert 0 <= turn(grade, band, waited + target, target) <= level
    assert turn(grade + 1, band, waited, target) >= level
    assert turn(grade, band, (grade + 1) * target, target) == 0


quarters = st.sampled_from(["2026-Q1", "2026-Q2", "2026-Q3"])
tasks = st.lists(
    st.fixed_dictionaries({"planned_q": quarters, "done_q": quarters | st.none(), "dropped": st.booleans()}),
    max_size=20,
)


@given(tasks, quarters)
def test_each_planned_task_is_done_dropped_or_carried_over(rows: list[dict[str, Any]], quarter: str) -> None:
    told = quarter_plan(rows, quarter)
    assert told["planned"] == told["done"] + told["dropped"] + told["carried"]
    assert (told["done_share"] is None) == (told["planned"] == 0)
    assert told == quarter_plan([row for row in rows if row["planned_q"] == quarter], quarter)


@given(moments, moments, moments)
def test_elapsed_time_adds_up_and_turns_round(one: datetime, two: datetime, three: datetime) -> None:
    assert elapsed(one, two) + elapsed(two, three) == elapsed(one, three)
    assert elapsed(one, two) == -elapsed(two, one)
    assert from_micros(micros(one)) == one and micros(one.isoformat()) == micros(one)


@given(spans, spans)
def test_joined_time_is_each_moment_once(some: list[list[datetime]], others: list[list[datetime]]) -> None:
    first, second, both = joined(some), joined(others), joined([*some, *others])
    assert all(end < start for (_, end), (start, _) in pairwise(first))
    assert joined([*some, *some]) == first
    assert length(first) + length(second) == length(both) + length(common(first, second))
    assert common(first, second) == sorted(common(second, first))


@given(spans, spans)
def test_adherence_is_never_above_conformance(plan: list[list[datetime]], fact: list[list[datetime]]) -> None:
    told = adherence(plan, fact)
    assert (told["adherence"] is None) == (length(joined(plan)) == 0)
    if told["adherence"] is not None and told["conformance"] is not None:
        assert 0 <= told["adherence"] <= min(1.0, told["conformance"] + 1e-12)
        assert adherence(plan, [*plan, *fact])["adherence"] == 1


@given(st.lists(st.integers(0, 24), max_size=30), st.integers(0, 200))
def test_all_hours_over_the_norm_are_overtime_and_no_others(hours: list[int], norm: int) -> None:
    told = overtime(hours, norm)
    assert sum(told) == pytest.approx(max(0, sum(hours) - norm))
    assert all(0 <= extra <= worked for extra, worked in zip(told, hours, strict=True))


@given(moments, moments, moments)
def test_night_hours_add_up_and_are_a_third_of_whole_days(one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted((one, two, three))
    whole = night_hours(first, third)
    assert night_hours(first, second) + night_hours(second, third) == pytest.approx(whole)
    assert 0 <= whole <= (third - first).total_seconds() / 3600
    assert night_hours(first, first + timedelta(days=3)) == 24


@given(st.integers(0, 27), st.integers(0, 27), st.floats(0, 40))
def test_each_eve_of_a_holiday_is_an_hour_less(days: int, eves: int, week: float) -> None:
    assume(eves < days)
    assert month_norm(days, eves + 1, week) == pytest.approx(month_norm(days, eves, week) - 1)
    assert month_norm(2 * days, 2 * eves, week) == pytest.approx(2 * month_norm(days, eves, week))


@given(st.floats(0, 1), st.floats(0, 1e7), st.floats(0, 1e7))
def test_a_budget_of_downtime_is_spent_second_by_second(target: float, window: float, down: float) -> None:
    told = downtime_budget(target, window, down)
    assert 0 <= told["budget_s"] <= window
    assert told["budget_s"] - told["remaining_s"] == pytest.approx(down, abs=1e-6)
    assert downtime_budget(1, window)["budget_s"] == 0


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6))
def test_less_availability_never_gives_back_less(one: float, other: float, fee: float) -> None:
    tiers = [(0.999, 0.0), (0.99, 0.1), (0.95, 0.25), (0.0, 1.0)]
    worse, better = (sla_credit(each, tiers, fee) for each in sorted((one, other)))
    assert worse is not None and better is not None and 0 <= better <= worse <= fee


@given(counts, st.lists(st.tuples(counts, st.integers(0, 30)), max_size=6))
def test_a_backlog_twice_as_high_takes_twice_as_long(stands: int, ended: list[tuple[int, int]]) -> None:
    days = backlog_days(stands, ended)
    assert (days is None) == (not any(cases and worked for cases, worked in ended))
    if days is not None:
        assert backlog_days(2 * stands, ended) == pytest.approx(2 * days)
        assert backlog_days(stands, [*ended, *ended]) == pytest.approx(days / 2)


answered = st.tuples(moments, st.none() | st.integers(0, 100), st.booleans()).map(
    lambda told: {
        "answered": told[0],
        "contacted": None if told[1] is None else told[0] + timedelta(hours=told[1]),
        "anonymous": told[2],
    }
)


@given(st.lists(answered, max_size=15), st.integers(0, 100))
def test_a_longer_limit_closes_no_fewer_loops(items: list[dict[str, Any]], hours: int) -> None:
    told, longer = (loop_stats(items, limit * 3600, AROUND_THE_CLOCK) for limit in (hours, hours + 5))
    assert told["eligible"] == longer["eligible"] == sum(not item["anonymous"] for item in items)
    assert told["in_time"] <= longer["in_time"] <= told["eligible"]


contacts = st.lists(
    st.fixed_dictionaries(
        {
            "client": st.sampled_from("ab"),
            "reason": st.sampled_from(["sound", "bill"]),
            "at": moments,
            "resolved": st.booleans(),
            "escalated": st.booleans(),
            "eligible": st.booleans(),
        }
    ),
    max_size=15,
)


@given(contacts, st.integers(1, 10))
def test_issues_hold_each_contact_once_and_a_longer_window_makes_no_more_of_them(
    rows: list[dict[str, Any]], days: int
) -> None:
    issues, longer = issues_of(rows, days), issues_of(rows, days + 3)
    assert sum(map(len, issues)) == len(rows) and len(longer) <= len(issues)
    assert all(len({(one["client"], one["reason"]) for one in issue}) == 1 for issue in issues)
    assert all(len(issue) == 1 for issue in issues if at_once(issue))
    assert all(able_at_once(issue) == all(one["eligible"] for one in issue) for issue in issues)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: downtime_budget(nan, 1),
        lambda: downtime_budget(0.9, inf),
        lambda: sla_credit(nan, [(0.9, 0.1)], 1),
        lambda: sla_credit(0.9, [(0.9, 0.1), (0.95, 0.2)], 1),
        lambda: turn(0, 0, 1, 0),
        lambda: turn(0, 0, nan, 10),
        lambda: month_norm(2, 3),
        lambda: month_norm(20, 0, nan),
        lambda: overtime([nan], 40),
        lambda: overtime([-1], 40),
        lambda: backlog_days(-1, []),
        lambda: cadence([], None, nan),
        lambda: loop_stats([], nan, AROUND_THE_CLOCK),
        lambda: night_hours(START, START - timedelta(hours=1)),
        lambda: incident_times(START, START - timedelta(hours=1), None, None, None),
        lambda: micros(datetime(2026, 1, 1)),
        lambda: joined([(START, START - timedelta(1))]),
    ],
)
def test_times_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        wrong()  # type: ignore[operator]
