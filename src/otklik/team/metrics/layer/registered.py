"""The register itself: the names of METRICS, appendix C, and what is known of each; () is measured by that name."""

from collections.abc import Iterator
from dataclasses import dataclass

from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.promising import SAFE
from otklik.team.metrics.layer.register import Chapter, Place, WhyNot

type Told = tuple[str, ...] | Place

FAMILIES = ("client", "business", "compliance")
STATUSES = ("open", "client", "agreed", "aside", "supplier")

REGISTERED: dict[Chapter, dict[str, Told]] = {
    Chapter.CLIENTS: {
        **{
            name: tuple(one for one in METRICS if f"{one}.".startswith(f"{name}."))
            for name in ("csat.t2b", "csat.mean")
        },
        "csi": (),
        "area.score10": (),
        "nps": (),
        "nps.promoter_share": (),
        "recommend.mean": (),
        "ces": ("ces", "ces.mean", "ces.difficulty", "ces.difficulty.mean"),
        "survey.response_rate": (),
        "survey.cooperation": (),
        "survey.suppressed": (),
        "loop.rate": ("loop.rate", "loop.finished"),
        "loop.time": (),
        "loop.recovered": (),
    },
    Chapter.VALUE: {
        **dict.fromkeys(("churn.logo", "lifetime"), ()),
        **dict.fromkeys(("ltv.client", "ltv.base", "ltv.discounted"), Place.VALUE),
        **dict.fromkeys(("retention.km", "lifetime.rmst"), ()),
        "retention.cohort": Place.VALUE,
        **dict.fromkeys(("revenue.grr", "revenue.nrr"), ()),
    },
    Chapter.SPEED: {
        "frt": ("frt", "frt.calendar"),
        "nrt": (),
        "resolution.first": (),
        "resolution.full": ("resolution.full", "resolution.calendar"),
        "status.time": tuple(f"status.time.{state}" for state in STATUSES),
        "wait.client": ("wait.client", "flow.efficiency"),
        "pause.share": ("sla.paused",),
        "queue.asa": (),
        "queue.wait": (),
        "queue.service_level": (),
        "queue.abandonment": ("queue.abandonment", "queue.abandonment.unique"),
        "lost.recovered": (),
        "aht": (),
        "hold": ("hold", "hold.count", "hold.time"),
        "occupancy": ("occupancy", *(f"presence.{state}" for state in ("calls", "ready", "busy", "break"))),
        "utilisation": (),
        "backlog": (),
        "backlog.days": (),
        "age": ("backlog.age",),
        "age.max": (),
        "fairness.fifo": (),
        "priority_inversion": (),
        "overtakes": ("overtakes", "overtakes.max"),
        "fcr.gross": (),
        "fcr.net": (),
        "fcr.client": ("fcr.client", "fcr.agent"),
        "reopen": (),
        "escalation": ("escalation", "escalation.lead", "escalation.in_time"),
        "returned": (),
        "transfer": ("transfer", "transfer.calls"),
        "repeat.explain": (),
        "channel.bounce": (),
        "sla.attainment": ("sla.attainment", "sla.first", "sla.next", "sla.update", "sla.resolution"),
        "sla.at_risk": (),
        "promise.kept": (),
        "promise.renegotiated": (),
        "hanging": (),
        "hanging_hours": (),
        "refusal.quality": ("refusal.quality", "refusal.overturned", "refusal.appeals"),
        "refusal.share": (),
        "availability.cover": (),
        "availability.first_try": (),
        "card.completeness": tuple(name for name in METRICS if name.startswith("card.completeness")),
        "proactive.coverage": (),
    },
    Chapter.STAFF: {
        **dict.fromkeys(("load", "erlang", "staff"), Place.STAFFING),
        **dict.fromkeys(("roster.violations", "hours.over", "hours.night", "adherence", "conformance"), ()),
        "forecast.wape": ("forecast.wape", "forecast.wape.hour"),
        **dict.fromkeys(("forecast.bias", "forecast.mase"), ()),
    },
    Chapter.QUALITY: {
        "qa.score": (),
        "qa.critical": tuple(f"qa.critical.{family}" for family in FAMILIES),
        "qa.agreement": (),
        "qa.dispute": ("qa.dispute", "qa.overturned"),
        "repeat.rate": (),
        "repeat.cost": Place.REPEATS,
        "fix.payback": Place.PROBLEMS,
        "spike": Place.CANDIDATES,
        "kb.link_rate": (),
        "kb.link_accuracy": (),
        "kb.capture": (),
        "kb.reuse": (),
        "kb.selfservice": (),
        "kb.deflection": ("kb.deflection", "kb.deflection.most"),
        "kb.unmet": (),
        "kb.freshness": (),
    },
    Chapter.COMPLAINTS: {
        "complaint.rate": ("complaint.rate", "complaint.rate.clients", "complaint.open"),
        "complaint.ack": (),
        "complaint.cycle": ("complaint.cycle", "complaint.legal"),
        "complaint.upheld": (),
        "complaint.cause_shift": ("complaint.cause_shift", "complaint.cause_coverage"),
        "capa.done": (),
        "capa.effective": (),
        "complaint.recurrence": (),
        "complaint.recovery": (),
    },
    Chapter.INCIDENTS: {
        "inc.mttd": (),
        "inc.mtta": (),
        "inc.mttn": (),
        "inc.mttr": ("inc.mttr", "inc.mtbf", "inc.open"),
        "inc.cadence": (),
        "inc.client_ack": ("inc.client_told", "inc.client_ack"),
        **dict.fromkeys(("uptime", "client_availability", "error_budget"), ()),
        "sla.credit": Place.CREDIT,
        **dict.fromkeys(("postmortem.done", "postmortem.actions", "postmortem.repeat"), ()),
    },
    Chapter.PEOPLE: {
        "hire.score": Place.HIRING,
        **dict.fromkeys(("hire.agreement", "hire.early_attrition"), ()),
        "onboard.passed": (),
        "onboard.ttp": (),
        "train.gain": (),
        "attest.valid": (),
        **dict.fromkeys(("skill.gap", "skill.bus_factor", "skill.cover"), Place.SKILLS),
        "perf.adjusted": Place.BONUS,
        "perf.shrunk": Place.BONUS,
        "operator.page": Place.SURVEYS,
        "bonus": Place.BONUS,
        "malus": Place.BONUS,
    },
    Chapter.GOALS: {
        "goal.progress": Place.GOALS,
        **dict.fromkeys(("goal.binary", "goal.coverage", "plan.done", "plan.carried", "plan.dropped"), ()),
        "retro": (),
        "continuity": (),
        "changes.measured": (),
        "promise.capacity": Place.CLASSES,
        "promise.safe_time": tuple(SAFE),
        "public.sla": Place.PUBLIC,
    },
}


WHY_NOT: dict[str, WhyNot] = {
    **dict.fromkeys(
        ("ltv.client", "ltv.base", "ltv.discounted", "repeat.cost", "sla.credit", "bonus", "malus"), WhyNot.MONEY
    ),
    **dict.fromkeys(("retention.cohort", "operator.page", "public.sla"), WhyNot.TABLE),
    **dict.fromkeys(("load", "erlang", "staff", "promise.capacity"), WhyNot.TYPED),
    **dict.fromkeys(("hire.score", "fix.payback", "spike", "goal.progress", "perf.adjusted"), WhyNot.EACH),
    **dict.fromkeys(("perf.shrunk", "skill.gap"), WhyNot.EACH),
    **dict.fromkeys(("skill.bus_factor", "skill.cover"), WhyNot.EACH),
}
"""Of each that only its page tells."""


@dataclass(frozen=True)
class Entry:
    """One metric of METRICS: `here` are those of the layer that measure it, else where it is told.

    `id` is its name there, and that of the layer unless `here` says otherwise.  `why_not` is why the layer has it not.
    """

    id: str
    chapter: Chapter
    here: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def why_not(self) -> WhyNot | None:
        return WHY_NOT.get(self.id)

    @property
    def metrics(self) -> list[Metric]:
        return [METRICS[name] for name in self.here]


def entries() -> Iterator[Entry]:
    """In the order of METRICS."""
    for chapter, rows in REGISTERED.items():
        for name, told in rows.items():
            if isinstance(told, Place):
                yield Entry(name, chapter, place=told)
            else:
                yield Entry(name, chapter, here=told or (name,))
