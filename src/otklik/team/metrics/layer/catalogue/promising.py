"""What may be promised: never more than was done."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.catalogue.clocks import WORKING
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit

FORMULA = _(
    "the smallest time such that, by the binomial distribution, 9 of 10 keep it with 95 % confidence; paused time left"
    " out; what is open and has lasted longer counts as longer; at least 29 cases; rounded up"
)
ANCHOR = _("begun in the last 12 weeks, of more than 1,000 a part drawn evenly")


def _safe(name: str, called: str | LazyText, says: str | LazyText, pair: str) -> Metric:
    return Metric(
        f"promise.safe_time.{name}",
        "C1",
        Group.STANDING,
        called,
        says,
        FORMULA,
        ANCHOR,
        Unit.SPAN,
        How.SAFE,
        None,
        Better.DOWN,
        WORKING,
        pair=(pair,),
    )


PROMISING = (
    _safe(
        "first",
        _("Safe time of a first answer"),
        _("The shortest time within which a first answer may be promised. A dash: publish an intention, no promise."),
        "sla.first",
    ),
    _safe(
        "next",
        _("Safe time of a next answer"),
        _("The shortest time within which a further answer may be promised. A dash: publish an intention, no promise."),
        "sla.next",
    ),
    _safe(
        "update",
        _("Safe time of a word on how it goes"),
        _("How often a word on how it goes may be promised. A dash: publish an intention, no promise."),
        "sla.update",
    ),
    _safe(
        "resolution",
        _("Safe time of a solution"),
        _("The shortest time within which a solution may be promised. A dash: publish an intention, no promise."),
        "sla.resolution",
    ),
)
