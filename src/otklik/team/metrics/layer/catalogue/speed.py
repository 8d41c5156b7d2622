"""How long clients wait."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR, WORKING
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.observing import ENDINGS, TOUCHED, Status

SOLVED = frozenset({ENDINGS[Status.RESOLVED], ENDINGS[Status.REFUSED]})

SPEED = (
    Metric(
        "frt",
        "V1",
        Group.SPEED,
        _("First answer"),
        _("From the request to the first answer of a person. It never pauses; receipts of machines are no answer."),
        _("median; nine of ten beside it"),
        _("first answer"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.FIRST,
        Better.DOWN,
        WORKING,
        pair=("reopen", "csat.t2b"),
    ),
    Metric(
        "frt.calendar",
        "V1",
        Group.SPEED,
        _("First answer, by the calendar"),
        _("The same wait as the client lives it, nights and days off included."),
        _("median; nine of ten beside it"),
        _("first answer"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.FIRST_CALENDAR,
        Better.DOWN,
        CALENDAR,
        pair=("reopen", "csat.t2b"),
    ),
    Metric(
        "nrt",
        "V2",
        Group.SPEED,
        _("Next answer"),
        _("From the client's first unanswered letter to our answer, for each turn after the first one."),
        _("median over turns; nine of ten beside it"),
        _("answer"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.NEXT,
        Better.DOWN,
        WORKING,
        pair=("reopen", "csat.t2b"),
    ),
    Metric(
        "resolution.first",
        "V3",
        Group.SPEED,
        _("First solution"),
        _(
            "From the request to its first solution, without the time in which we waited for the client, whatever came"
            " after it."
        ),
        _("median; nine of ten beside it"),
        _("first solved"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.FIRST_SOLVED,
        Better.DOWN,
        WORKING,
        pair=("reopen", "sla.paused"),
    ),
    Metric(
        "resolution.full",
        "V3",
        Group.SPEED,
        _("Solution"),
        _("From the request to its last solution, without the time in which we waited for the client."),
        _("median; nine of ten beside it"),
        _("ended"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.SOLVED,
        Better.DOWN,
        WORKING,
        pair=("reopen",),
    ),
    Metric(
        "resolution.calendar",
        "V3",
        Group.SPEED,
        _("Solution, by the calendar"),
        _("From the request to its last solution as the client lives it."),
        _("median; nine of ten beside it"),
        _("ended"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.SOLVED_CALENDAR,
        Better.DOWN,
        CALENDAR,
        pair=("reopen",),
    ),
    Metric(
        "wait.client",
        "V4",
        Group.SPEED,
        _("How long it was our move"),
        _("All the time in which the client waited for us, waiting for third parties included."),
        _("median; nine of ten beside it"),
        _("ended"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.WAITED,
        Better.DOWN,
        CALENDAR,
        pair=("reopen",),
    ),
    Metric(
        "flow.efficiency",
        "V4",
        Group.SPEED,
        _("Flow efficiency by telephone"),
        _(
            "Of the time in which it was our move, in how much of it somebody worked on the request: talked, held, or"
            " wrote down what came of a call. Of requests that we answered by telephone alone: of letters and chats"
            " nobody records how long they take. The rest is waiting, nights included."
        ),
        _("talk, hold and the time after calls ÷ time in which it was our move"),
        _("ended"),
        Unit.SHARE,
        How.PART,
        Measure.TOUCHED,
        Better.UP,
        CALENDAR,
        good=frozenset({TOUCHED}),
        pair=("reopen", "aht"),
    ),
)
