"""Whom surveys do not reach, and whether a dissatisfied client is content again."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.following import CONTENT, SUPPRESSED
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

FOLLOWING = (
    Metric(
        "survey.suppressed",
        "S9",
        Group.CLIENTS,
        _("Surveys that were not sent"),
        _(
            "Of the surveys that were due about a request, how many were kept back: the client was not drawn, does not"
            " want to be asked, was asked lately, cannot be written to, or the request was open again. The page of each"
            " survey tells the reasons apart."
        ),
        _("kept back ÷ (kept back + sent)"),
        _("sent, or given up"),
        Unit.SHARE,
        How.SHARE,
        Measure.DUE,
        Better.DOWN,
        good=frozenset({SUPPRESSED}),
        pair=("survey.response_rate",),
    ),
    Metric(
        "loop.recovered",
        "S13",
        Group.CLIENTS,
        _("Dissatisfied clients who are content again"),
        _(
            "Of the clients who gave a low mark, are known, and have answered another survey since, how many were not"
            " dissatisfied in their next answer. Whoever has not answered again is not counted; an answer to a living"
            " voice neither."
        ),
        _("next answer not low ÷ low marks with a next answer"),
        _("low mark given"),
        Unit.SHARE,
        How.SHARE,
        Measure.RECOVERED,
        Better.UP,
        good=frozenset({CONTENT}),
        pair=("loop.rate", "survey.response_rate"),
    ),
    Metric(
        "loop.finished",
        "S13",
        Group.CLIENTS,
        _("Low marks with a result and a cause"),
        _(
            "Of the clients who gave a low mark and are known, for how many it was written down within ten working days"
            " what came of the talk and why they were dissatisfied. The page of each survey counts results and causes."
        ),
        _("written down in time ÷ low marks of known clients"),
        _("low mark given"),
        Unit.SHARE,
        How.SHARE,
        Measure.FINISHED,
        Better.UP,
        good=frozenset({1}),
        pair=("loop.rate", "loop.recovered"),
    ),
)
