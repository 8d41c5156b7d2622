"""Every metric of METRICS, appendix C, is measured or told on a page of its own."""

import os
import re
from pathlib import Path

import pytest
from django.utils import translation

from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.register import Chapter, Place, WhyNot
from otklik.team.metrics.layer.registered import WHY_NOT, entries

ROOT = Path(__file__).parents[5]
GUIDE = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "design" / "METRICS.md"
CALLED = {
    "cooperation": "survey.cooperation",
    "suppressed": "survey.suppressed",
    "grr": "revenue.grr",
    "nrr": "revenue.nrr",
    "queue.wait p90": "queue.wait",
    "age p50/p90/max": "age",
    "client FCR": "fcr.client",
    "at_risk": "sla.at_risk",
    "renegotiated": "promise.renegotiated",
    "first_try": "availability.first_try",
    "erlang.*": "erlang",
    "staff.*": "staff",
    "roster violations": "roster.violations",
    "bias": "forecast.bias",
    "mase": "forecast.mase",
    "qa.critical ×3": "qa.critical",
    **{name: f"kb.{name}" for name in ("link_accuracy", "capture", "reuse", "selfservice", "deflection", "unmet")},
    "freshness": "kb.freshness",
    **{name: f"complaint.{name}" for name in ("ack", "cycle", "upheld", "recurrence", "recovery")},
    "cause.shift": "complaint.cause_shift",
    **{name: f"inc.{name}" for name in ("mtta", "mttn", "mttr", "cadence", "client_ack")},
    "client availability": "client_availability",
    **{name: f"postmortem.{name}" for name in ("actions", "repeat")},
    "early attrition": "hire.early_attrition",
    "bus_factor": "skill.bus_factor",
    "cover": "skill.cover",
    "shrunk rate": "perf.shrunk",
    "carried": "plan.carried",
    "dropped": "plan.dropped",
}
"""How the register calls what the appendix abbreviates within a row."""


def test_each_name_stands_once_with_one_state() -> None:
    names = [one.id for one in entries()]

    assert len(names) == len(set(names)) > 140
    assert {one.chapter for one in entries()} == set(Chapter)
    assert all(bool(one.here) + (one.place is not None) == 1 for one in entries())


def test_what_is_measured_here_is_in_the_catalogue_and_nothing_there_is_forgotten() -> None:
    told = {name for one in entries() for name in one.here}

    assert told <= METRICS.keys()
    beside = {
        name for name in METRICS.keys() - told if not name.startswith(("past.", "backlog.", "arrivals", "solved"))
    }
    assert beside <= {"sla.ahead", "change.lead", "change.failed", "bonus.waiting", "staffing.gap"}, (
        "a metric of the layer that no name of METRICS leads to"
    )


def test_whatever_only_a_page_tells_says_why() -> None:
    assert {one.id for one in entries() if one.place} == WHY_NOT.keys()
    of_each = {"hire.score", "fix.payback", "spike", "goal.progress", "perf.adjusted", "perf.shrunk", "skill.gap"}
    assert {name for name, why in WHY_NOT.items() if why == WhyNot.EACH} == of_each | {
        "skill.bus_factor",
        "skill.cover",
    }
    assert {name for name, why in WHY_NOT.items() if why == WhyNot.TABLE} == {
        "retention.cohort",
        "operator.page",
        "public.sla",
    }
    assert len(WHY_NOT) == 23, "who takes a name out of the layer says here why"


@pytest.mark.parametrize("words", [*Place, *Chapter, *WhyNot])
def test_every_word_of_it_is_told_in_both_languages(words: Place | Chapter | WhyNot) -> None:
    with translation.override("ru"):
        russian = str(words.label)
    with translation.override("en"):
        assert russian != str(words.label) and russian


@pytest.mark.skipif(not GUIDE.is_file(), reason=f"METRICS is not here: {GUIDE} (set OTKLIK_SHARED)")
def test_every_name_of_the_appendix_is_in_the_register() -> None:
    appendix = GUIDE.read_text().partition("## Appendix C")[2]
    rows = [line for line in appendix.splitlines() if line.startswith("| ")][1:]
    names = {name.strip() for row in rows for name in re.split("[,;]", row.split("|")[1])}
    known = {one.id for one in entries()}

    assert len(names) > 120
    assert {name for name in names if CALLED.get(name, name) not in known} == set()
