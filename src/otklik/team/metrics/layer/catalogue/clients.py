"""What clients say."""

from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import OPEN_FOR, SATISFIED
from otklik.care.surveys.scales import SCALES, Kind
from otklik.team.metrics.layer.catalogue.clocks import WORKING
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

CLIENTS = (
    Metric(
        "csat.t2b",
        "S2",
        Group.CLIENTS,
        _("Satisfied, CSAT"),
        _(
            "Of the clients who were asked after a solution, on the scale of five faces, how many gave one of the two"
            " best marks. Other scales and occasions are figures of their own."
        ),
        _("marks 4 and 5 ÷ all marks"),
        _("mark given"),
        Unit.SHARE,
        How.SHARE,
        Measure.SCORE,
        Better.UP,
        good=frozenset(SATISFIED),
    ),
    Metric(
        "csat.mean",
        "S3",
        Group.CLIENTS,
        _("Mean mark"),
        _(
            "The mean of the marks after a solution, on the scale of five faces, 1 to 5. It hides a bad tail: look at"
            " the shares, too. Other scales and occasions are figures of their own."
        ),
        _("sum of marks ÷ number of marks"),
        _("mark given"),
        Unit.POINTS,
        How.MEAN,
        Measure.SCORE,
        Better.UP,
        pair=("csat.t2b",),
    ),
    Metric(
        "nps",
        "S6",
        Group.CLIENTS,
        _("Recommendation, NPS"),
        _("Those who would surely recommend us (9 and 10) less those who would not (0 to 6). Points, never per cent."),
        _("100 · (promoters − detractors) ÷ answers"),
        _("answered"),
        Unit.NET,
        How.NET,
        Measure.RECOMMENDED,
        Better.UP,
        pair=("survey.response_rate",),
    ),
    Metric(
        "ces",
        "S8",
        Group.CLIENTS,
        _("It was easy, CES"),
        _("Of the clients who answered, how many agree that it was easy: 5, 6 or 7 of 7."),
        _("answers 5 to 7 ÷ all answers"),
        _("answered"),
        Unit.SHARE,
        How.SHARE,
        Measure.EFFORT,
        Better.UP,
        good=SCALES[Kind.CES7].good,
        pair=("survey.response_rate",),
    ),
    Metric(
        "csi",
        "S4",
        Group.CLIENTS,
        _("Index of areas, CSI"),
        _("What each person thinks of the areas of our work, by their importance, on an index of 0 to 100."),
        _("mean over people of Σ weight · mark ÷ Σ weight, from 0 to 100"),
        _("answered"),
        Unit.INDEX,
        How.MEAN,
        Measure.AREAS,
        Better.UP,
        pair=("survey.response_rate",),
    ),
    Metric(
        "survey.response_rate",
        "S9",
        Group.CLIENTS,
        _("Answered surveys"),
        _("Of the surveys that reached a client, how many were answered in full. Two weeks are left to answer."),
        _("answered in full ÷ (sent − undeliverable), older than 14 days"),
        _("sent"),
        Unit.SHARE,
        How.SHARE,
        Measure.ASKED,
        Better.UP,
        good=frozenset({1}),
        matures=OPEN_FOR,
        pair=("csat.t2b",),
    ),
    Metric(
        "loop.rate",
        "S13",
        Group.CLIENTS,
        _("Dissatisfied clients talked to"),
        _(
            "Of the clients who gave a low mark and are known, how many a person talked to in time, by default within"
            " one working day. Who could not be reached was not talked to; who did not want to talk was. What is not"
            " due is not counted, answers of nobody stand apart on the page of their survey."
        ),
        _("talked to in time ÷ low marks of known clients"),
        _("low mark given"),
        Unit.SHARE,
        How.SHARE,
        Measure.FOLLOWED,
        Better.UP,
        good=frozenset({1}),
        pair=("csat.t2b",),
    ),
    Metric(
        "loop.time",
        "S13",
        Group.CLIENTS,
        _("Until the talk"),
        _("From a low mark to the finished talk with its client. A talk that is still owed is in no median."),
        _("median; nine of ten beside it"),
        _("talk held"),
        Unit.SPAN,
        How.MEDIAN,
        Measure.TALKED,
        Better.DOWN,
        WORKING,
        pair=("loop.rate",),
    ),
)
