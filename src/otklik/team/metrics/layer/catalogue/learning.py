"""What incidents teach: of all lines together, as the incidents are."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit


def _share(
    name: str, label: str | LazyText, says: str | LazyText, formula: str | LazyText, anchor: str | LazyText,
    better: Better, pair: tuple[str, ...],
) -> Metric:  # fmt: skip
    return Metric(
        name,
        "I7",
        Group.INCIDENTS,
        label,
        says,
        formula,
        anchor,
        Unit.SHARE,
        How.SHARE,
        None,
        better,
        good=frozenset({1}),
        pair=pair,
        records=Records.INCIDENTS,
    )


LEARNING = (
    _share(
        "postmortem.done",
        _("Post-mortems in time"),
        _(
            "Of the post-mortems that were due, how many were written by their term. From which severity one is asked"
            " for, and within how many business days, are settings; what ended before terms were kept is not counted."
        ),
        _("closed with a post-mortem in time ÷ due"),
        _("post-mortem due"),
        Better.UP,
        ("postmortem.actions",),
    ),
    _share(
        "postmortem.actions",
        _("Changes after incidents in time"),
        _(
            "Of what was to change after incidents and whose day is over, how much was done by that day. What was given"
            " up was not done, and a day cannot be moved."
        ),
        _("done by their day ÷ due"),
        _("day of the change"),
        Better.UP,
        ("postmortem.repeat",),
    ),
    _share(
        "postmortem.repeat",
        _("The same cause again"),
        _(
            "Of the incidents whose causes are known, in how many one of these causes had made another incident in the"
            " 90 days before. Where causes were not written down nothing is known."
        ),
        _("with a cause of the last 90 days ÷ with known causes"),
        _("incident declared"),
        Better.DOWN,
        ("postmortem.done",),
    ),
)
