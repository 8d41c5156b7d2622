"""How incidents go: of all lines together, since a failure knows no line."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import CALENDAR
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit


def _time(name: str, label: str | LazyText, says: str | LazyText, pair: tuple[str, ...]) -> Metric:
    return Metric(
        name,
        "I1",
        Group.INCIDENTS,
        label,
        says,
        _("median; nine of ten beside it"),
        _("incident declared"),
        Unit.SPAN,
        How.MEDIAN,
        None,
        Better.DOWN,
        CALENDAR,
        pair=pair,
        records=Records.INCIDENTS,
    )


INCIDENTS = (
    _time(
        "inc.mttd",
        _("Until an incident is noticed"),
        _("From the moment clients began to feel it until we noticed it."),
        ("inc.mttr",),
    ),
    _time(
        "inc.mtta",
        _("Until somebody leads it"),
        _("From noticing an incident until a named person led it."),
        ("inc.mttd",),
    ),
    _time(
        "inc.mttn",
        _("Until clients are told"),
        _("From the moment clients began to feel it until the first of them heard from us."),
        ("inc.cadence",),
    ),
    _time(
        "inc.mttr",
        _("Until an incident is over"),
        _(
            "From the moment clients began to feel it until they did not feel it any more. One that goes on is in no"
            " median."
        ),
        ("inc.mttd",),
    ),
    Metric(
        "inc.mtbf",
        "I1",
        Group.INCIDENTS,
        _("Time between incidents"),
        _(
            "How long the service ran for each incident that was declared. Time in which clients felt one is no"
            " operation, and before the desk began nothing is counted. Without an incident it is unknown: nobody knows"
            " when the first one comes."
        ),
        _("(time of the period − time in which clients felt an incident) ÷ incidents, with the exact interval"),
        _("incident declared"),
        Unit.SPAN,
        How.BETWEEN,
        None,
        Better.UP,
        CALENDAR,
        pair=("inc.mttr", "uptime"),
        records=Records.INCIDENTS,
    ),
    Metric(
        "inc.client_told",
        "I4",
        Group.INCIDENTS,
        _("Affected clients who were told"),
        _(
            "Of the requests in incidents, and of the people and organisations whom these concerned without one, how"
            " many had at least one update sent to them. A letter that came back told nobody."
        ),
        _("told ÷ affected"),
        _("incident declared"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        pair=("inc.mttn",),
        records=Records.INCIDENTS,
    ),
    Metric(
        "inc.client_ack",
        "I4",
        Group.INCIDENTS,
        _("Told clients who answered"),
        _(
            "Of those who were told of an incident, how many wrote to us after it. Letters do not tell whether they"
            " were opened, so it is the least that is sure; nobody has to answer."
        ),
        _("wrote since ÷ told"),
        _("incident declared"),
        Unit.SHARE,
        How.SHARE,
        None,
        good=frozenset({1}),
        pair=("inc.client_told",),
        records=Records.INCIDENTS,
    ),
    Metric(
        "inc.cadence",
        "I3",
        Group.INCIDENTS,
        _("Rhythm of updates kept"),
        _(
            "Of the times between updates, and from the last one to the end, how many were no longer than the severity"
            " asks that held when they began."
        ),
        _("short enough ÷ all times between updates"),
        _("incident declared"),
        Unit.SHARE,
        How.SHARE,
        None,
        Better.UP,
        good=frozenset({1}),
        pair=("inc.mttn",),
        records=Records.INCIDENTS,
    ),
)
