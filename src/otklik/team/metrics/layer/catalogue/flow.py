"""What comes, what ends, and through how many hands."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import CAME_BACK, ENDINGS, PASSED_UP, Status
from otklik.team.metrics.raising import IN_TIME, RAISED

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
        "refusal.overturned",
        "V21",
        Group.FLOW,
        _("Appeals against refusals that were granted"),
        _(
            "Of the appeals of clients against refusals that were decided, how many were granted by somebody who had"
            " not refused. It is counted for the person who refused, on the day of the decision."
        ),
        _("granted ÷ decided appeals"),
        _("decided"),
        Unit.SHARE,
        How.SHARE,
        Measure.APPEALED,
        good=frozenset({1}),
        pair=("refusal.share", "refusal.quality"),
    ),
    Metric(
        "escalation",
        "V16",
        Group.FLOW,
        _("Passed to a higher line"),
        _(
            "Of the requests that went through a line, how many it passed to a higher one. What was taken back as a"
            " slip was not passed; of requests that ended before the update it still counts."
        ),
        _("passed up ÷ all that the line had"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.LINE,
        good=frozenset({PASSED_UP, CAME_BACK}),
        pair=("returned",),
    ),
    Metric(
        "escalation.in_time",
        "V16",
        Group.FLOW,
        _("Passed up in time"),
        _(
            "Of the times a request was passed to a higher line, how many were within half of the line's own working"
            " time for a solution: later, little is left for whoever can solve it. The time runs from the moment the"
            " line got it, and not while the client is waited for or it is solved. It is counted of requests that ended"
            " since the update."
        ),
        _("passed up within half of the line's time ÷ passed up"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.UP_IN_TIME,
        Better.UP,
        good=frozenset({IN_TIME}),
        pair=("escalation", "returned"),
    ),
    Metric(
        "escalation.lead",
        "V16",
        Group.FLOW,
        _("Raised to a lead"),
        _(
            "Of the requests that ended, how many somebody who leads nobody had given to a lead, the head or an"
            " administrator. What leads take themselves and what rules give is not raised. Roles are as they were when"
            " it was counted; it begins with the update."
        ),
        _("given to somebody who leads ÷ resolved and refused"),
        _("ended"),
        Unit.SHARE,
        How.SHARE,
        Measure.RAISED,
        good=frozenset({RAISED}),
        pair=("escalation", "transfer"),
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
        _(
            "How often a request changed its line or its person until it ended. What was taken back as a slip is no"
            " change; of requests that ended before the update it still counts."
        ),
        _("changes ÷ requests"),
        _("ended"),
        Unit.TIMES,
        How.MEAN,
        Measure.TURNS,
        Better.DOWN,
    ),
)
