"""What comes, what ends, and through how many hands."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import CAME_BACK, ENDINGS, PASSED_UP, Status

SOLVED = frozenset({ENDINGS[Status.RESOLVED], ENDINGS[Status.REFUSED]})
REFUSED = frozenset({ENDINGS[Status.REFUSED]})

FLOW = (
    Metric(
        "arrivals",
        "V11",
        Group.FLOW,
        _("Requests that came"),
        _("How many requests clients opened. Machines' letters, our own people and joined duplicates do not count."),
        _("number of requests"),
        _("opened"),
        Unit.COUNT,
        How.COUNT,
        Measure.OPENED,
    ),
    Metric(
        "solved",
        "V11",
        Group.FLOW,
        _("Resolved and refused"),
        _("How many requests ended with a solution or with a reasoned refusal."),
        _("number of requests"),
        _("ended"),
        Unit.COUNT,
        How.COUNT,
        Measure.ENDED,
        kinds=SOLVED,
        pair=("reopen",),
    ),
    Metric(
        "refusal.share",
        "V21",
        Group.FLOW,
        _("Share of refusals"),
        _("Of the requests that ended, how many ended with a reasoned refusal."),
        _("refused ÷ (resolved + refused)"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.ENDED,
        kinds=SOLVED,
        good=REFUSED,
        pair=("csat.t2b",),
    ),
    Metric(
        "refusal.quality",
        "V21",
        Group.FLOW,
        _("Complete refusals"),
        _(
            "Of the refusals, how many offered to talk it over and asked whether it is clear, beside the reason, the"
            " cause in the client's words and another way, without which none leaves. Whether the client understood it"
            " nobody records."
        ),
        _("complete ÷ all refusals"),
        _("refused"),
        Unit.SHARE,
        How.SHARE,
        Measure.REFUSED,
        Better.UP,
        good=frozenset({1}),
        pair=("refusal.share", "csat.t2b"),
    ),
    Metric(
        "escalation",
        "V16",
        Group.FLOW,
        _("Passed to a higher line"),
        _("Of the requests that went through a line, how many it passed to a higher one."),
        _("passed up ÷ all that the line had"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.LINE,
        good=frozenset({PASSED_UP, CAME_BACK}),
        pair=("returned",),
    ),
    Metric(
        "returned",
        "V16",
        Group.FLOW,
        _("Passed up and sent back"),
        _(
            "Of the requests that a line passed to a higher one, how many were sent back to it with a reason: something"
            " was missing. It says how well it is passed up."
        ),
        _("sent back ÷ passed up"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.LINE,
        Better.DOWN,
        kinds=frozenset({PASSED_UP, CAME_BACK}),
        good=frozenset({CAME_BACK}),
        pair=("escalation",),
    ),
    Metric(
        "transfer",
        "V17",
        Group.FLOW,
        _("Changes of hands"),
        _("How often a request changed its line or its person until it ended."),
        _("changes ÷ requests"),
        _("ended"),
        Unit.TIMES,
        How.MEAN,
        Measure.TURNS,
        Better.DOWN,
    ),
)
