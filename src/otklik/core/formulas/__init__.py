"""The sums of the product: satisfaction, value, speed, staffing, quality, promises.

Pure functions, no Django and no database, so that any app may use them and a figure shown on two screens comes from
one place.  Names, arguments and keys of the answers are a contract; scipy is imported only inside the functions that
need it.
"""

from otklik.core.formulas.agreement import cohen_kappa, fleiss_kappa
from otklik.core.formulas.attestation import kr20
from otklik.core.formulas.availability import downtime_budget, sla_credit, uptime
from otklik.core.formulas.backlog import backlog_days
from otklik.core.formulas.bonuses import bonus, malus_limit
from otklik.core.formulas.business_time import WorkingTime, business_due, business_seconds
from otklik.core.formulas.calls import aht, occupancy, queue_stats
from otklik.core.formulas.capacity import capacity_check
from otklik.core.formulas.case_mix import shrink, shrink_mean, standardised
from otklik.core.formulas.chats import chat_agents_required, chat_chain, chat_durations
from otklik.core.formulas.clocks import ticket_clocks
from otklik.core.formulas.closed_loop import loop_stats
from otklik.core.formulas.comparison import prop_diff
from otklik.core.formulas.control_chart import xmr
from otklik.core.formulas.deferrable import deferrable_min_agents
from otklik.core.formulas.eligibility import survey_eligible
from otklik.core.formulas.erlang import (
    agents_required,
    erlang_b,
    erlang_c,
    erlang_c_stats,
    lines_required,
    load,
    max_calls,
)
from otklik.core.formulas.exact_tests import fisher_exact, mcnemar_exact
from otklik.core.formulas.fairness import fifo, hanging, passed_over_within, turn
from otklik.core.formulas.first_contact import fcr
from otklik.core.formulas.forecasts import forecast_accuracy, holt_winters_add, mase, seasonal_naive
from otklik.core.formulas.goals import goal_progress, goal_status, quarter_plan
from otklik.core.formulas.incidents import cadence, incident_times
from otklik.core.formulas.interviews import interview_marks
from otklik.core.formulas.krippendorff import krippendorff_alpha, krippendorff_bounds
from otklik.core.formulas.ladder import forecast_band, forecast_hours, forecast_ladder
from otklik.core.formulas.loyalty import nps, nps_diff, nps_from_scores, nps_target_feasible
from otklik.core.formulas.nonresponse import kish, kish_of_strata, nonresponse_bounds, poststratify
from otklik.core.formulas.patience import agents_with_patience, erlang_a
from otklik.core.formulas.profiles import profile_score
from otklik.core.formulas.promises import (
    human_time,
    promise_shares,
    promise_stats,
    safe_promise,
    safe_time,
    sla_attainment,
)
from otklik.core.formulas.proportions import at_most, ratio, wilson
from otklik.core.formulas.purchases import bgnbd_alive, bgnbd_expected, bgnbd_fit
from otklik.core.formulas.quantiles import percentile, percentile_of
from otklik.core.formulas.rates import days_needed, poisson_rate, rate_ratio
from otklik.core.formulas.repeats import contact_cost, fix_once, overdispersed_spike, poisson_spike, usual_count
from otklik.core.formulas.retention import churn, grr_nrr, lifetime
from otklik.core.formulas.reviews import critical_accuracy, qa_score
from otklik.core.formulas.rosters import month_norm, night_hours, overtime, roster_check, roster_faults
from otklik.core.formulas.sample_sizes import sample_size_prop, sample_size_two_prop
from otklik.core.formulas.samples import mann_whitney, welch
from otklik.core.formulas.satisfaction import ces, csat, csi, mean_ci, pomp, response_rate
from otklik.core.formulas.skills import bus_factor, skill_cover, skill_gap
from otklik.core.formulas.staffing import adherence, post_fte, scheduled
from otklik.core.formulas.survival import (
    kaplan_meier,
    log_rank,
    median_survival,
    restricted_mean,
    rmst,
    rmst_diff,
    survival_interval,
    survival_of_counts,
)
from otklik.core.formulas.timetable import CalendarError
from otklik.core.formulas.training import paired_gain
from otklik.core.formulas.value import ltv_base, ltv_client, ltv_discounted
from otklik.core.formulas.wall_clock import NoWorkingTime

__all__ = [
    "CalendarError",
    "NoWorkingTime",
    "WorkingTime",
    "adherence",
    "agents_required",
    "agents_with_patience",
    "aht",
    "at_most",
    "backlog_days",
    "bgnbd_alive",
    "bgnbd_expected",
    "bgnbd_fit",
    "bonus",
    "bus_factor",
    "business_due",
    "business_seconds",
    "cadence",
    "capacity_check",
    "ces",
    "chat_agents_required",
    "chat_chain",
    "chat_durations",
    "churn",
    "cohen_kappa",
    "contact_cost",
    "critical_accuracy",
    "csat",
    "csi",
    "days_needed",
    "deferrable_min_agents",
    "downtime_budget",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "erlang_c_stats",
    "fcr",
    "fifo",
    "fisher_exact",
    "fix_once",
    "fleiss_kappa",
    "forecast_accuracy",
    "forecast_band",
    "forecast_hours",
    "forecast_ladder",
    "goal_progress",
    "goal_status",
    "grr_nrr",
    "hanging",
    "holt_winters_add",
    "human_time",
    "incident_times",
    "interview_marks",
    "kaplan_meier",
    "kish",
    "kish_of_strata",
    "kr20",
    "krippendorff_alpha",
    "krippendorff_bounds",
    "lifetime",
    "lines_required",
    "load",
    "log_rank",
    "loop_stats",
    "ltv_base",
    "ltv_client",
    "ltv_discounted",
    "malus_limit",
    "mann_whitney",
    "mase",
    "max_calls",
    "mcnemar_exact",
    "mean_ci",
    "median_survival",
    "month_norm",
    "night_hours",
    "nonresponse_bounds",
    "nps",
    "nps_diff",
    "nps_from_scores",
    "nps_target_feasible",
    "occupancy",
    "overdispersed_spike",
    "overtime",
    "paired_gain",
    "passed_over_within",
    "percentile",
    "percentile_of",
    "poisson_rate",
    "poisson_spike",
    "pomp",
    "post_fte",
    "poststratify",
    "profile_score",
    "promise_shares",
    "promise_stats",
    "prop_diff",
    "qa_score",
    "quarter_plan",
    "queue_stats",
    "rate_ratio",
    "ratio",
    "response_rate",
    "restricted_mean",
    "rmst",
    "rmst_diff",
    "roster_check",
    "roster_faults",
    "safe_promise",
    "safe_time",
    "sample_size_prop",
    "sample_size_two_prop",
    "scheduled",
    "seasonal_naive",
    "shrink",
    "shrink_mean",
    "skill_cover",
    "skill_gap",
    "sla_attainment",
    "sla_credit",
    "standardised",
    "survey_eligible",
    "survival_interval",
    "survival_of_counts",
    "ticket_clocks",
    "turn",
    "uptime",
    "usual_count",
    "welch",
    "wilson",
    "xmr",
]
