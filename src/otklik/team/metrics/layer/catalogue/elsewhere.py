"""Marks on another scale or occasion than those of `csat.t2b`, each by its own definition (METRICS S1, S2, S8)."""

from collections.abc import Iterator

from django.utils.functional import Promise as LazyText
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models import Survey
from otklik.care.surveys.scales import SCALES, Kind
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

FIVE, FROM_ZERO = _("1 to 5"), _("0 to 5")
MARKS: tuple[tuple[str, Measure, str | LazyText, Kind], ...] = (
    ("0_5", Measure.MARK_0_5, Survey.Occasion.RESOLVED.label, Kind.CSAT6),
    ("event", Measure.EVENT_MARK, Survey.Occasion.EVENT.label, Kind.CSAT5),
    ("event.0_5", Measure.EVENT_MARK_0_5, Survey.Occasion.EVENT.label, Kind.CSAT6),
    ("relation", Measure.RELATION_MARK, Survey.Occasion.RELATIONSHIP.label, Kind.CSAT5),
    ("relation.0_5", Measure.RELATION_MARK_0_5, Survey.Occasion.RELATIONSHIP.label, Kind.CSAT6),
    ("exit", Measure.EXIT_MARK, Survey.Occasion.EXIT.label, Kind.CSAT5),
    ("exit.0_5", Measure.EXIT_MARK_0_5, Survey.Occasion.EXIT.label, Kind.CSAT6),
)
"""(end of the name, measure, occasion, scale) of each pair that is asked."""


def _of_marks() -> Iterator[Metric]:
    """The share of the two best marks and the mean of each; nothing of them is ever added up."""
    for end, measure, occasion, kind in MARKS:
        scale = FIVE if kind == Kind.CSAT5 else FROM_ZERO
        told = {"occasion": occasion, "scale": scale}
        yield Metric(
            f"csat.t2b.{end}",
            "S2",
            Group.ELSEWHERE,
            format_lazy("{name}: {occasion}, {scale}", name=_("Satisfied, CSAT"), **told),
            _(
                "Of the clients who answered on this occasion and this scale alone, how many gave one of the two best"
                " marks. Other scales and occasions are figures of their own: they are never added up."
            ),
            _("marks 4 and 5 ÷ all marks"),
            _("mark given"),
            Unit.SHARE,
            How.SHARE,
            measure,
            Better.UP,
            good=SCALES[kind].good,
            pair=("survey.response_rate",),
        )
        yield Metric(
            f"csat.mean.{end}",
            "S3",
            Group.ELSEWHERE,
            format_lazy("{name}: {occasion}, {scale}", name=_("Mean mark"), **told),
            _(
                "The mean of the marks on this occasion and this scale alone. 4.5 from 0 to 5 is not 4.5 from 1 to 5:"
                " the two are never compared as they stand."
            ),
            _("sum of marks ÷ number of marks"),
            _("mark given"),
            Unit.POINTS if kind == Kind.CSAT5 else Unit.FROM_ZERO,
            How.MEAN,
            measure,
            Better.UP,
            pair=(f"csat.t2b.{end}",),
        )


ELSEWHERE = (
    *_of_marks(),
    Metric(
        "ces.mean",
        "S8",
        Group.ELSEWHERE,
        _("It was easy, mean"),
        _("The mean of the answers from 1 to 7 on whether it was easy: more is better."),
        _("sum of answers ÷ number of answers"),
        _("answered"),
        Unit.OF_SEVEN,
        How.MEAN,
        Measure.EFFORT,
        Better.UP,
        pair=("ces",),
    ),
    Metric(
        "ces.difficulty",
        "S8",
        Group.ELSEWHERE,
        _("It was easy, by the scale of difficulty"),
        _(
            "Of the clients who were asked how hard it was, from 0 to 5, how many chose 0 or 1. It is another"
            " instrument than the agreement from 1 to 7, and the two are never added up."
        ),
        _("answers 0 and 1 ÷ all answers"),
        _("answered"),
        Unit.SHARE,
        How.SHARE,
        Measure.DIFFICULTY,
        Better.UP,
        good=SCALES[Kind.CES6].good,
        pair=("survey.response_rate",),
    ),
    Metric(
        "ces.difficulty.mean",
        "S8",
        Group.ELSEWHERE,
        _("Mean difficulty"),
        _("The mean of the answers from 0 to 5 on how hard it was: less is better."),
        _("sum of answers ÷ number of answers"),
        _("answered"),
        Unit.FROM_ZERO,
        How.MEAN,
        Measure.DIFFICULTY,
        Better.DOWN,
        pair=("ces.difficulty",),
    ),
)
