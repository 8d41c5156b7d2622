"""By how much, and to which side, the forecasts of the last weeks missed, in words (METRICS W12)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.formulas.ladder import HourForecast
from otklik.core.ui import words

NONE = "—"
DEFINED = (
    (
        gettext_lazy("Error (WAPE)"),
        gettext_lazy(
            "the sum of |told − came| of the days ÷ the sum of what came; the hours likewise; never by the share of"
            " single days, which breaks at zeros"
        ),
    ),
    (
        gettext_lazy("To which side (bias)"),
        gettext_lazy(
            "the sum of (told − came) ÷ the sum of what came: above zero more was told than came, below zero less;"
            " errors to both sides cancel out here and in WAPE they do not"
        ),
    ),
    (
        gettext_lazy("Against last week (MASE)"),
        gettext_lazy(
            "the mean |told − came| ÷ the mean difference of a day from the same day of the week before, over the days"
            " before those that were tried: below 1 it is better than to say “as a week ago”"
        ),
    ),
    (
        gettext_lazy("Over which days"),
        gettext_lazy(
            "the last four weeks, each day told from those before it, one day ahead, by the method that is in use now;"
            " special days are neither learnt nor tried, and without anything that came there is no figure"
        ),
    ),
)
"""What each figure means, beside it."""


def wape(told: HourForecast) -> str:
    return NONE if told["day_wape"] is None else words.percent(told["day_wape"])


def of_hours(told: HourForecast) -> str:
    return NONE if told["hour_wape"] is None else words.percent(told["hour_wape"])


def bias(told: HourForecast) -> str:
    """With its sign: above zero more was told than came."""
    if told["day_bias"] is None:
        return NONE
    said = words.percent(told["day_bias"], 1)
    return f"+{said}" if round(told["day_bias"], 3) > 0 else said


def mase(told: HourForecast) -> str:
    return NONE if told["day_mase"] is None else words.number(told["day_mase"], 2)


def says(told: HourForecast) -> str:
    """Of all lines together; "" while no day was tried."""
    if told["day_wape"] is None or told["hour_wape"] is None or told["day_bias"] is None:
        return ""
    missed = _("In the last four weeks a day was missed by %(day)s, an hour by %(hour)s.") % {
        "day": words.percent(told["day_wape"]),
        "hour": words.percent(told["hour_wape"]),
    }
    return " ".join(part for part in (missed, _side(told["day_bias"]), _against(told["day_mase"])) if part)


def _side(share: float) -> str:
    said = {"share": words.percent(abs(share), 1)}
    if said["share"] == words.percent(0.0, 1):
        return _("In sum as much was told as came.")
    if share > 0:
        return _("In sum %(share)s more was told than came.") % said
    return _("In sum %(share)s less was told than came.") % said


def _against(ratio: float | None) -> str:
    if ratio is None:
        return ""
    said = {"ratio": words.number(ratio, 2)}
    if ratio < 1:
        return _("The error is %(ratio)s of that of “as a week ago”: the forecast helps.") % said
    return _("The error is %(ratio)s of that of “as a week ago”: the forecast does not help.") % said
