"""Appendix A of METRICS: every name, its arguments, the keys of its answer."""

from ast import literal_eval
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from inspect import Parameter, signature
from typing import Any

import pytest

from otklik.core import formulas

OFFICE = {"tz": "Europe/Moscow", "weekly": {"mon": [["09:00", "18:00"]]}, "exceptions": {}}
NINE, TEN, NOON = (f"2026-06-08T{hour}:00:00+03:00" for hour in ("09", "10", "12"))
JUNE = "2026-06-01T00:00:00+03:00", "2026-07-01T00:00:00+03:00"
BGNBD = "r alpha a b x t_x T"
SHARE, BOUNDS = "p lo hi", "lo hi"

DICTS: list[tuple[str, str, tuple[Any, ...], str]] = [
    ("wilson", "k n conf=.95", (8, 10), SHARE),
    ("mean_ci", "values conf=.95 clip=None", ([4, 5, 3],), "n mean sd lo hi"),
    ("csat", "counts positive conf", ({4: 3, 5: 9}, {5}), "n positive share lo hi mean"),
    ("csi", "items", ([{"weight": 1, "mean": 4}],), "value"),
    ("nps", "promoters passives detractors conf=.95 method='adj_wald'", (5, 3, 2), "n nps lo hi"),
    ("nps_from_scores", "scores", ([9, 7, 2],), "promoters passives detractors n nps lo hi"),
    ("nps_diff", "before after", ([5, 3, 2], [6, 3, 1]), "diff lo hi z p"),
    ("nps_target_feasible", "target", (50,), "max_detractor_share"),
    ("ces", "counts easy", ({6: 3, 2: 1}, {5, 6, 7}), "n easy_share lo hi mean"),
    ("response_rate", "invited undeliverable completed partial refused", (90, 4, 19, 2, 1), "rate cooperation"),
    ("nonresponse_bounds", "mean rate lo hi", (4.4, 0.22, 0, 5), BOUNDS),
    ("poststratify", "strata", ([{"N": 80, "n": 6, "k": 5}],), "raw value se"),
    ("kish", "weights", ([1, 2],), "deff n_eff"),
    ("prop_diff", "k1 n1 k2 n2", (8, 10, 9, 10), "diff lo hi z p cohens_h"),
    ("fisher_exact", "a b c d", (3, 1, 1, 3), "p"),
    ("mcnemar_exact", "b c", (18, 6), "p"),
    ("welch", "a b", ([1, 2, 3], [2, 3, 5]), "diff lo hi t df p hedges_g"),
    ("mann_whitney", "a b", ([1, 2, 3], [2, 3, 5]), "u p cliffs_delta hl_shift"),
    ("survey_eligible", "state rules now", ({}, {}, NOON), "ok reason not_before"),
    (
        "lifetime",
        "churn period_months",
        (0.4, 12),
        "discrete_months monthly_churn compound_months continuous_months",
    ),
    ("grr_nrr", "start lost shrunk grown", (100, 6, 2, 11), "grr nrr"),
    (
        "ticket_clocks",
        "events calendar as_of pausing=('pending_client','scheduled_by_client')",
        ([{"type": "created", "at": NINE}], OFFICE, NOON),
        "frt_business_s frt_calendar_s nrt_business_s unanswered_since first_resolution_business_s "
        "full_resolution_business_s running_business_s full_resolution_calendar_s time_in_status_calendar_s",
    ),
    (
        "queue_stats",
        "calls threshold short_abandon=5",
        ([{"wait": 3, "answered": True}], 20),
        "offered answered abandoned short service_level abandonment asa wait_p90",
    ),
    (
        "fcr",
        "contacts as_of window_days=7",
        ([{"client": 1, "reason": "x", "at": NINE, "resolved": True, "escalated": False, "eligible": True}], NOON),
        "issues immature gross net repeat_rate",
    ),
    (
        "fifo",
        "tickets",
        ([{"id": 1, "rank": 1, "created": NINE, "picked": TEN}],),
        "picks violation_rate priority_inversion_rate max_overtakes overtakes",
    ),
    (
        "sla_attainment",
        "items start end as_of",
        ([{"due": NINE, "done": NINE, "excluded": False}], *JUNE, NOON),
        "met breached undecided excluded attainment lo hi",
    ),
    (
        "promise_stats",
        "items start end as_of",
        ([{"due": NINE, "done": NINE, "renegotiated_at": None}], *JUNE, NOON),
        "due kept renegotiated broken strict soft",
    ),
    (
        "hanging",
        "tickets now",
        (
            [
                {
                    "id": 1,
                    "open": True,
                    "owner": None,
                    "next_at": None,
                    "last_informed": None,
                    "update_interval_s": None,
                }
            ],
            NOON,
        ),
        "count ids",
    ),
    ("erlang_c_stats", "calls interval aht agents threshold", (120, 1800, 240, 20, 20), "a pw sl asa occ lq"),
    ("erlang_a", "lam aht patience agents threshold", (0.06, 240, 120, 18, 20), "a pw pab sl asa wait_all lq occ"),
    ("chat_chain", "lam handle agents threshold", (0.01, [480, 600], 5, 60), "stable pw sl asa"),
    (
        "deferrable_min_agents",
        "arrivals aht interval sla_intervals utilisation backlog=None",
        ([4, 3], 480, 3600, 4, 0.85),
        "load agents window",
    ),
    ("forecast_accuracy", "actual forecast", ([1, 2], [2, 2]), "wape bias"),
    ("adherence", "scheduled actual", ([[NINE, NOON]], [[TEN, NOON]]), "adherence conformance"),
    (
        "roster_check",
        "shifts horizon norm_hours=None min_rest_h=12 tz",
        ([{"start": NINE, "end": NOON, "break_min": 0}], list(JUNE)),
        "codes hours overtime night_hours bad_weeks",
    ),
    (
        "capacity_check",
        "facts",
        ({"promised": 0.9, "kept": 9, "n": 10, "feasible": True, "occupancy": 0.8, "able": 2, "suppliers_fit": True},),
        "colour reasons",
    ),
    ("critical_accuracy", "n errors", (80, 3), SHARE),
    (
        "fix_once",
        "fix_cost patch_cost per_month effectiveness horizon_months",
        (10, 5, 1, 1, 12),
        "breakeven payback_months net",
    ),
    ("poisson_spike", "x mu", (11, 3.2), "p"),
    ("overdispersed_spike", "x mu variance", (11, 3.2, 6.0), "p"),
    ("poisson_rate", "x exposure conf", (9, 2.4), "rate lo hi"),
    ("rate_ratio", "x1 e1 x2 e2", (24, 60, 4, 60), "rr lo hi p"),
    (
        "uptime",
        "window outages maintenance",
        (list(JUNE), [{"start": NINE, "end": TEN, "weight": 1}], []),
        "base_s down_s excluded_s availability",
    ),
    ("cadence", "updates restored limit_s", ([NINE], TEN, 1800), "gaps_s compliance"),
    ("downtime_budget", "target window_s down_s=0", (0.999, 3600), "budget_s remaining_s"),
    (
        "profile_score",
        "criteria",
        ([{"kind": "plus", "level": 2, "required": 2, "trainable": False}],),
        "gate score group",
    ),
    ("standardised", "observed strata", (1, [{"rate": 0.1, "n": 9}]), "expected ratio z"),
    (
        "bonus",
        "base metrics gate_cap=None cap=1.2",
        (100, [{"weight": 1, "actual": 5, "floor": 0, "target": 10, "n": 30, "min_n": 30}]),
        "scores total payout",
    ),
    ("ratio", "numerator denominator", (1, 2), "value lo hi"),
    (
        "loop_stats",
        "items limit_business_s calendar",
        ([{"answered": NINE, "contacted": TEN, "anonymous": False}], 3600, OFFICE),
        "eligible in_time rate lo hi",
    ),
    (
        "incident_times",
        "start detected acknowledged notified restored",
        (NINE, TEN, TEN, NOON, NOON),
        "mttd_s mtta_s mttn_s mttn_from_detection_s mttr_s",
    ),
    (
        "quarter_plan",
        "tasks quarter",
        ([{"planned_q": "2026Q2", "done_q": None, "dropped": False}], "2026Q2"),
        "planned done carried dropped done_share carried_share",
    ),
    ("safe_promise", "times q conf=.95", (range(50), 0.9), "k value"),
]
"""Name, arguments with their defaults, an example call, keys."""

VALUES: list[tuple[str, str, tuple[Any, ...], type]] = [
    ("pomp", "x lo hi high_is_good=True", (4, 0, 5), float),
    ("sample_size_prop", "p margin conf=.95 population=None", (0.85, 0.05), int),
    ("sample_size_two_prop", "p1 p2 alpha=.05 power=.8", (0.8, 0.9), int),
    ("churn", "start retained", (250, 150), float),
    ("ltv_client", "arpu_month margin lifetime_months", (217.0, 1, 30), float),
    ("ltv_base", "revenue_month margin lifetime_months", (54250.0, 1, 30), float),
    ("ltv_discounted", "margin retention discount horizon=None", (930, 0.96, 0.01), float),
    ("kaplan_meier", "durations events", ([1, 2], [1, 0]), list),
    ("rmst", "durations events horizon", ([1, 2], [1, 0], 2), float),
    ("bgnbd_alive", BGNBD, (0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86), float),
    ("bgnbd_expected", f"{BGNBD} t", (0.243, 4.414, 0.793, 2.426, 2, 30.43, 38.86, 39), float),
    ("percentile", "values q", ([1.0, 2.0], 0.5), float),
    ("percentile_of", "counts q", ({1: 1, 2: 1}, 0.5), float),
    ("business_seconds", "start end calendar", (NINE, TEN, OFFICE), float),
    ("business_due", "start seconds calendar", (NINE, 60, OFFICE), datetime),
    ("aht", "talk hold wrap contacts", (210, 24, 66, 1), float),
    ("occupancy", "handling available", (8, 2), float),
    ("erlang_b", "a n", (8.0, 15), float),
    ("erlang_c", "a n", (8.0, 15), float),
    ("agents_required", "calls interval aht threshold target max_occ=None", (120, 1800, 240, 20, 0.8), int),
    ("max_calls", "interval aht agents threshold target max_occ", (1800, 240, 20, 20, 0.8, 0.85), float),
    ("scheduled", "required shrinkage", (20, 0.28), int),
    ("post_fte", "week_norm shrinkage seats=1", (40, 0.25), float),
    ("seasonal_naive", "y m h", ([1, 2], 2, 2), list),
    ("holt_winters_add", "y m alpha beta gamma h", ([1, 2, 1, 2], 2, 0.3, 0.05, 0.2, 2), list),
    ("mase", "train m actual forecast", ([1, 2, 4], 1, [3], [4]), float),
    ("month_norm", "working_days preholiday_days week_hours=40", (21, 1), float),
    ("night_hours", "start end tz", (NINE, TEN, "Europe/Moscow"), float),
    ("load", "calls interval aht", (120, 1800, 240), float),
    ("qa_score", "items", ([{"weight": 1, "score": 1}],), float),
    ("cohen_kappa", "a b weights=None", ([1, 2], [1, 2]), float),
    ("fleiss_kappa", "matrix", ([[2, 0], [0, 2]],), float),
    ("krippendorff_alpha", "data level", ([[1, 2], [1, 2]], "nominal"), float),
    ("contact_cost", "hour_cost occupancy shrinkage aht_s", (600, 0.8, 0.25, 540), float),
    ("days_needed", "rate_per_day", (0.1,), float),
    ("kr20", "matrix", ([[1, 1], [0, 0]],), float),
    ("shrink", "k n p0 strength=20", (5, 6, 0.9), float),
    ("malus_limit", "requested salary bonus", (10.0, 50.0, 20.0), float),
    ("shrink_mean", "n mean team_mean strength=20", (12, 5, 4.6), float),
    ("goal_progress", "base target current", (82, 90, 88), float),
    ("goal_status", "k n target strict=True", (184, 200, 0.9), str),
    ("sla_credit", "availability tiers fee", (0.99, [[0.999, 0], [0, 0.05]], 100.0), float),
]


@pytest.mark.parametrize(("name", "arguments"), [pytest.param(*row[:2], id=row[0]) for row in (*DICTS, *VALUES)])
def test_names_and_arguments(name: str, arguments: str) -> None:
    """Each argument at its place, by its name, with its default; more may follow that need not be given."""
    taken = list(signature(function(name)).parameters.values())
    told = [argument.partition("=") for argument in arguments.split()]
    assert [parameter.name for parameter in taken[: len(told)]] == [argument for argument, _, _ in told]
    assert all(parameter.kind is Parameter.POSITIONAL_OR_KEYWORD for parameter in taken)
    for parameter, (_, _, default) in zip(taken, told, strict=False):
        if default:
            assert parameter.default == literal_eval(default)
    assert all(parameter.default is not Parameter.empty for parameter in taken[len(told) :])


@pytest.mark.parametrize(("name", "arguments", "given", "keys"), [pytest.param(*row, id=row[0]) for row in DICTS])
def test_keys_of_the_answer(name: str, arguments: str, given: tuple[Any, ...], keys: str) -> None:
    answer = function(name)(*given)
    assert set(answer) == set(keys.split())


@pytest.mark.parametrize(("name", "arguments", "given", "kind"), [pytest.param(*row, id=row[0]) for row in VALUES])
def test_kind_of_the_answer(name: str, arguments: str, given: tuple[Any, ...], kind: type) -> None:
    assert isinstance(function(name)(*given), kind)


def test_rows_of_a_curve_and_money() -> None:
    assert set(formulas.kaplan_meier([1], [1])[0]) == {"t", "n", "d", "S", "se"}
    base, metrics = next(given for name, _, given, _ in DICTS if name == "bonus")
    assert isinstance(formulas.bonus(base, metrics)["payout"], Decimal)


def test_nothing_of_the_package_is_left_undescribed() -> None:
    """Every function says what it computes; the names of the contract are all of them there."""
    assert {row[0] for row in (*DICTS, *VALUES)} <= set(formulas.__all__)
    for name in formulas.__all__:
        assert getattr(formulas, name).__doc__


def function(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(formulas, name)
    return found
