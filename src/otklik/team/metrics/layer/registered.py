"""The register itself: the names of METRICS, appendix C, and what is known of each; () is measured by that name."""

from otklik.team.metrics.layer.register import Chapter, Place, Why

type Told = tuple[str, ...] | Place | Why

STATUSES = ("open", "client", "agreed", "aside", "supplier")

REGISTERED: dict[Chapter, dict[str, Told]] = {
    Chapter.CLIENTS: {
        "csat.t2b": (),
        "csat.mean": (),
        "csi": (),
        "area.score10": (),
        "nps": (),
        "nps.promoter_share": (),
        "recommend.mean": (),
        "ces": (),
        "survey.response_rate": (),
        "survey.cooperation": (),
        "survey.suppressed": Why.SUPPRESSED,
        "loop.rate": (),
        "loop.time": (),
        "loop.recovered": Why.RECOVERED,
    },
    Chapter.VALUE: dict.fromkeys(
        (
            *("churn.logo", "lifetime", "ltv.client", "ltv.base", "ltv.discounted"),
            *("retention.km", "lifetime.rmst", "retention.cohort", "revenue.grr", "revenue.nrr"),
        ),
        Place.VALUE,
    ),
    Chapter.SPEED: {
        "frt": ("frt", "frt.calendar"),
        "nrt": (),
        "resolution.first": (),
        "resolution.full": ("resolution.full", "resolution.calendar"),
        "status.time": tuple(f"status.time.{state}" for state in STATUSES),
        "wait.client": (),
        "pause.share": ("sla.paused",),
        "queue.asa": (),
        "queue.wait": (),
        "queue.service_level": (),
        "queue.abandonment": (),
        "lost.recovered": (),
        "aht": (),
        "hold": ("hold", "hold.time"),
        "occupancy": Why.LOG,
        "utilisation": Why.LOG,
        "backlog": (),
        "backlog.days": Why.DAYS,
        "age": ("backlog.age",),
        "fairness.fifo": Why.PICKS,
        "priority_inversion": Why.PICKS,
        "overtakes": Why.PICKS,
        "fcr.gross": (),
        "fcr.net": (),
        "fcr.client": Why.QUESTION,
        "reopen": (),
        "escalation": (),
        "returned": (),
        "transfer": ("transfer", "transfer.calls"),
        "repeat.explain": Why.CARD,
        "channel.bounce": Why.BOUNCE,
        "sla.attainment": ("sla.attainment", "sla.first", "sla.next", "sla.update", "sla.resolution"),
        "sla.at_risk": (),
        "promise.kept": (),
        "promise.renegotiated": (),
        "hanging": (),
        "hanging_hours": Why.HOURS,
        "refusal.quality": (),
        "refusal.share": (),
        "availability.cover": Why.REACH,
        "availability.first_try": Why.REACH,
        "card.completeness": Why.COMPLETE,
        "proactive.coverage": Why.EVENTS,
    },
    Chapter.STAFF: {
        **dict.fromkeys(
            ("load", "erlang", "staff", "roster.violations", "hours.over", "hours.night", "adherence", "conformance"),
            Why.ROSTER,
        ),
        **dict.fromkeys(("forecast.wape", "forecast.bias", "forecast.mase"), Why.FORECAST),
    },
    Chapter.QUALITY: {
        **dict.fromkeys(("qa.score", "qa.critical", "qa.agreement", "qa.dispute"), Why.REVIEWS),
        "repeat.rate": (),
        "repeat.cost": Why.COST,
        "fix.payback": Why.PROBLEMS,
        "spike": Why.PROBLEMS,
        **dict.fromkeys(
            (
                *("kb.link_rate", "kb.link_accuracy", "kb.capture", "kb.reuse"),
                *("kb.selfservice", "kb.deflection", "kb.unmet", "kb.freshness"),
            ),
            Why.ARTICLES,
        ),
    },
    Chapter.COMPLAINTS: {
        **dict.fromkeys(
            (
                *("complaint.rate", "complaint.ack", "complaint.cycle", "complaint.upheld", "complaint.cause_shift"),
                *("capa.done", "capa.effective", "complaint.recurrence"),
            ),
            Place.COMPLAINTS,
        ),
        "complaint.recovery": Why.ACTIVE,
    },
    Chapter.INCIDENTS: {
        **dict.fromkeys(
            ("inc.mttd", "inc.mtta", "inc.mttn", "inc.mttr", "inc.cadence", "inc.client_ack"), Place.INCIDENTS
        ),
        **dict.fromkeys(("uptime", "client_availability", "error_budget", "sla.credit"), Why.STATUS_PAGE),
        **dict.fromkeys(("postmortem.done", "postmortem.actions", "postmortem.repeat"), Why.POST_MORTEMS),
    },
    Chapter.PEOPLE: {
        **dict.fromkeys(("hire.score", "hire.agreement", "hire.early_attrition"), Why.HIRING),
        **dict.fromkeys(
            (
                *("onboard.passed", "onboard.ttp", "train.gain", "attest.valid"),
                *("skill.gap", "skill.bus_factor", "skill.cover"),
            ),
            Why.TRAINING,
        ),
        "perf.adjusted": Place.BONUS,
        "perf.shrunk": Why.MIX,
        "operator.page": Place.SURVEYS,
        "bonus": Place.BONUS,
        "malus": Place.BONUS,
    },
    Chapter.GOALS: {
        "goal.progress": Place.INDICATORS,
        **dict.fromkeys(("goal.binary", "goal.coverage", "plan.done", "plan.carried", "plan.dropped", "retro", "continuity"), Why.QUARTERS),
        "changes.measured": Place.IMPROVEMENTS,
        **dict.fromkeys(("promise.safe_time", "promise.capacity", "public.sla"), Why.PUBLIC),
    },
}
