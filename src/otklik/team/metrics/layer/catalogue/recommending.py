"""What else surveys ask: who would recommend us, what they think of an area, whether they answer to the end."""

from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import OPEN_FOR
from otklik.care.surveys.scales import SCALES, Kind
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.surveying import IN_FULL, IN_PART

RECOMMENDING = (
    Metric(
        "nps.promoter_share",
        "S7",
        Group.CLIENTS,
        _("Share of promoters"),
        _(
            "Of the clients who answered, how many would surely recommend us: 9 or 10. It is not NPS: nothing is taken"
            " away for those who would not."
        ),
        _("answers 9 and 10 ÷ all answers"),
        _("answered"),
        Unit.SHARE,
        How.SHARE,
        Measure.RECOMMENDED,
        Better.UP,
        good=SCALES[Kind.NPS].good,
        pair=("nps", "survey.response_rate"),
    ),
    Metric(
        "recommend.mean",
        "S7",
        Group.CLIENTS,
        _("Mean readiness to recommend"),
        _("The mean of the answers from 0 to 10. It is not NPS, and neither can be reckoned from the other."),
        _("sum of answers ÷ number of answers"),
        _("answered"),
        Unit.OF_TEN,
        How.MEAN,
        Measure.RECOMMENDED,
        Better.UP,
        pair=("nps", "survey.response_rate"),
    ),
    Metric(
        "area.score10",
        "S5",
        Group.CLIENTS,
        _("Areas of our work"),
        _(
            "What clients think of the areas that they were asked about, on the scale of 1 to 10. The page of a survey"
            " tells each area apart."
        ),
        _("sum of marks ÷ number of marks"),
        _("answered"),
        Unit.OF_TEN,
        How.MEAN,
        Measure.AREA,
        Better.UP,
        pair=("survey.response_rate",),
    ),
    Metric(
        "survey.cooperation",
        "S9",
        Group.CLIENTS,
        _("Surveys answered to the end"),
        _(
            "Of the surveys that a client began to answer, how many were answered in full. Many that break off are too"
            " long."
        ),
        _("answered in full ÷ (in full + in part), older than 14 days"),
        _("sent"),
        Unit.SHARE,
        How.SHARE,
        Measure.ASKED,
        Better.UP,
        kinds=frozenset({IN_FULL, IN_PART}),
        good=frozenset({IN_FULL}),
        matures=OPEN_FOR,
        pair=("survey.response_rate",),
    ),
)
