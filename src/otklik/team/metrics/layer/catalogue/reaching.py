"""Whether clients get through at once."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.reaching import REACHED

REACHING = (
    Metric(
        "availability.first_try",
        "V23",
        Group.CALLS,
        _("Reached at the first try"),
        _(
            "Of the callers, how many were answered when they called for the first time. Whoever calls again within ten"
            " minutes goes on trying; hidden numbers and who hung up within five seconds are left out."
        ),
        _("first tries that were answered ÷ first tries"),
        _("call came"),
        Unit.SHARE,
        How.SHARE,
        Measure.TRIED,
        Better.UP,
        good=frozenset({REACHED}),
        pair=("queue.abandonment", "queue.wait"),
    ),
)
