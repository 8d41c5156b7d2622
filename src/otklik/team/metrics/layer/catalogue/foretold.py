"""By how much the forecast of requests missed in the last four weeks, as of now."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

_missed: Any = partial(
    Metric,
    guide="W12",
    group=Group.FLOW,
    anchor=_("as of now"),
    how=How.TOTAL,
    measure=None,
    records=Records.BY_LINE,
    as_of_now=True,
)

FORETOLD = (
    _missed(
        "forecast.wape",
        name=_("Error of the forecast of a day"),
        says=_(
            "By how much the number of requests of a day was missed, told a day ahead from the days before it, by the"
            " method that is in use now, over the last four weeks. Special days are neither learnt nor tried. Single"
            " days have no share of their own, which would break at zeros; with some 25 requests a day 16 per cent are"
            " chance alone."
        ),
        formula=_("Σ |told − came| ÷ Σ came, of days"),
        unit=Unit.SHARE,
        better=Better.DOWN,
        pair=("forecast.bias",),
    ),
    _missed(
        "forecast.wape.hour",
        name=_("Error of the forecast of an hour"),
        says=_("The same of each hour of these days: hours are told as their usual part of the day."),
        formula=_("Σ |told − came| ÷ Σ came, of hours"),
        unit=Unit.SHARE,
        better=Better.DOWN,
        pair=("forecast.bias",),
    ),
    _missed(
        "forecast.bias",
        name=_("To which side the forecast errs"),
        says=_(
            "Above zero more requests were told than came, below zero less, over the days of the error; errors to both"
            " sides cancel out here."
        ),
        formula=_("Σ (told − came) ÷ Σ came, of days"),
        unit=Unit.SHARE,
        pair=("forecast.wape",),
    ),
    _missed(
        "forecast.mase",
        name=_("Forecast against last week"),
        says=_(
            "The mean error of a day against the mean difference of a day from the same day of the week before. Below 1"
            " the forecast is better than to say “as a week ago”."
        ),
        formula=_("mean |told − came| ÷ mean |day − day a week before|"),
        unit=Unit.RATIO,
        better=Better.DOWN,
        pair=("forecast.wape",),
    ),
)
