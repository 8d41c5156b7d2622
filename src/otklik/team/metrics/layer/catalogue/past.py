"""What another desk did, from which an import brought its requests."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

PAST = (
    Metric(
        "past.arrivals",
        "V11",
        Group.PAST,
        _("Requests of another desk"),
        _("How many requests clients opened at the desk from which an import brought them."),
        _("number of requests"),
        _("opened"),
        Unit.COUNT,
        How.COUNT,
        Measure.PAST_OPENED,
    ),
    Metric(
        "past.resolution",
        "V3",
        Group.PAST,
        _("Solution at another desk"),
        _("From the request to its end there. When they waited for the client nobody knows, so it is not taken away."),
        _("median; nine of ten beside it"),
        _("ended"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.PAST_ENDED,
        Better.DOWN,
        CALENDAR,
    ),
)
