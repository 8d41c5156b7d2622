"""How the service itself is, of all its components: what the room of the status page tells."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

_watched: Any = partial(
    Metric, guide="I5", group=Group.INCIDENTS, measure=None, better=Better.UP, records=Records.WATCHED
)
ANCHOR = _("the time passed")

WATCHED = (
    _watched(
        "uptime",
        name=_("Availability of the service"),
        says=_(
            "The share of time in which the component worked that was worst in the period. Several outages at once"
            " count once, the heaviest; works that were announced in time do not count; time in which nobody looked is"
            " left out. It is a count of all moments and no sample, so it has no interval; where less than a day is"
            " known nothing is told. Per cent are cut and never rounded up."
        ),
        formula=_("smallest of 1 − Σ weight × time ÷ (period − planned works − time nobody looked)"),
        anchor=ANCHOR,
        unit=Unit.NINES,
        how=How.WORST,
        pair=("inc.mttr",),
    ),
    _watched(
        "client_availability",
        name=_("Availability for clients"),
        says=_(
            "The same of all components, weighed by whom it concerned: by the clients who had the product in the"
            " period, or by those whom somebody counted as affected. Components without a product are not in it."
        ),
        formula=_("1 − Σ affected × time ÷ (clients × time)"),
        anchor=ANCHOR,
        unit=Unit.NINES,
        how=How.PART,
        good=frozenset({1}),
        pair=("uptime",),
    ),
    _watched(
        "error_budget",
        guide="I6",
        name=_("Downtime budget left"),
        says=_(
            "What is left of the time that may be lost in the period, of the component with the least left of it; below"
            " zero its target cannot be kept any more. The budget is of the whole period, days to come included."
        ),
        formula=_("smallest of 1 − lost ÷ ((1 − target) × period)"),
        anchor=ANCHOR,
        unit=Unit.SHARE,
        how=How.WORST,
        pair=("uptime",),
    ),
)
