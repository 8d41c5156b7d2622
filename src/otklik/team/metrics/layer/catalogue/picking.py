"""Whether the oldest come first, and for how long requests hang."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.picking import PASSED_BOTH, PASSED_OLDER, PASSED_URGENT

PICKING = (
    Metric(
        "fairness.fifo",
        "V13",
        Group.FLOW,
        _("Older ones passed over"),
        _(
            "Of the requests that somebody got out of the queue, how many were picked while an older one of the same"
            " line and the same urgency waited that this person could have had. What was chosen counts as what was"
            " given out; a reason for the choice stands in the list and excuses nothing here."
        ),
        _("picks that passed over an older one ÷ picks"),
        _("picked"),
        Unit.SHARE,
        How.SHARE,
        Measure.PICKED,
        Better.DOWN,
        good=frozenset({PASSED_OLDER, PASSED_BOTH}),
        pair=("sla.attainment",),
    ),
    Metric(
        "priority_inversion",
        "V13",
        Group.FLOW,
        _("More urgent ones passed over"),
        _(
            "Of the requests that somebody got out of the queue, how many were picked while a more urgent one of the"
            " same line waited that this person could have had. Urgency is that by which work is given out: class and"
            " priority, how near the due moment is, and how long it has waited."
        ),
        _("picks that passed over a more urgent one ÷ picks"),
        _("picked"),
        Unit.SHARE,
        How.SHARE,
        Measure.PICKED,
        Better.DOWN,
        good=frozenset({PASSED_URGENT, PASSED_BOTH}),
        pair=("sla.attainment",),
    ),
    Metric(
        "overtakes",
        "V13",
        Group.FLOW,
        _("Times overtaken"),
        _(
            "How many younger requests of the same line and urgency were picked before a request, until it was picked"
            " itself: 19 of 20 were not overtaken more often."
        ),
        _("95 % quantile of overtakes of a picked request"),
        _("picked"),
        Unit.TIMES,
        How.NEARLY_ALL,
        Measure.OVERTAKEN,
        Better.DOWN,
        pair=("sla.attainment",),
    ),
    Metric(
        "overtakes.max",
        "V13",
        Group.FLOW,
        _("Times overtaken, at most"),
        _(
            "How many younger requests of the same line and urgency were picked before the one that was passed over"
            " most."
        ),
        _("largest number of overtakes of a picked request"),
        _("picked"),
        Unit.COUNT,
        How.MOST,
        Measure.OVERTAKEN,
        Better.DOWN,
        pair=("overtakes",),
    ),
    Metric(
        "hanging_hours",
        "V20",
        Group.FLOW,
        _("Hours in which requests hung"),
        _(
            "How many hours requests had no owner or no next step ahead, or their client heard nothing for longer than"
            " the class allows, all together. Each full hour is looked at what hangs, and counted for the line and the"
            " owner of that moment. Before the first look nothing is known. The only right number is none."
        ),
        _("Σ over full hours of the requests that hung"),
        _("the hour"),
        Unit.SPAN,
        How.TOTAL,
        Measure.HUNG,
        Better.DOWN,
        CALENDAR,
        pair=("hanging",),
    ),
)
