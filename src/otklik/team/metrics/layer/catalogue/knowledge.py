"""How what the desk knows gets into articles, and from them into answers."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.knowing import CAPTURED, KNOWN, NEW
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.linking import RIGHT, WRONG
from otklik.team.metrics.measure import Measure

KNOWLEDGE = (
    Metric(
        "kb.link_rate",
        "Q9",
        Group.KNOWLEDGE,
        _("Solved with an article"),
        _(
            "Of the requests that were solved or refused, in how many an article was put in or made. Sixty to eighty"
            " per cent are healthy; a hundred is a sign of links for their own sake. Never a target of a person."
        ),
        _("with an article ÷ solved and refused"),
        _("solved"),
        Unit.SHARE,
        How.SHARE,
        Measure.ARTICLE,
        Better.UP,
        good=frozenset({KNOWN, NEW}),
        pair=("kb.link_accuracy", "reopen", "kb.reuse"),
    ),
    Metric(
        "kb.link_accuracy",
        "Q9",
        Group.KNOWLEDGE,
        _("The right article"),
        _(
            "Of the links that chance drew, ten a week, and somebody else looked at, how many led to the article that"
            " fitted the request. Where nobody could tell, the link is in neither number. Nine of ten is a good aim."
        ),
        _("the right article ÷ right and not right"),
        _("looked at"),
        Unit.SHARE,
        How.SHARE,
        Measure.LINK,
        Better.UP,
        kinds=frozenset({WRONG, RIGHT}),
        good=frozenset({RIGHT}),
        pair=("kb.link_rate",),
    ),
    Metric(
        "kb.reuse",
        "Q9",
        Group.KNOWLEDGE,
        _("Known before"),
        _("Of the requests with an article, in how many it was there already: what was written once served again."),
        _("with an article that was there ÷ with an article"),
        _("solved"),
        Unit.SHARE,
        How.SHARE,
        Measure.ARTICLE,
        Better.UP,
        kinds=frozenset({KNOWN, NEW}),
        good=frozenset({KNOWN}),
        pair=("kb.link_rate",),
    ),
    Metric(
        "kb.capture",
        "Q9",
        Group.KNOWLEDGE,
        _("Hard cases written down"),
        _(
            "Of the requests that needed the second line or a higher one, how many led to a new article or a mended one"
            " within two business days. Empty articles would raise it: look at how often they are used."
        ),
        _("new or mended article within 2 business days ÷ complex and solved"),
        _("solved"),
        Unit.SHARE,
        How.SHARE,
        Measure.CAPTURE,
        Better.UP,
        good=frozenset({CAPTURED}),
        matures=timedelta(days=7),
        pair=("kb.reuse",),
    ),
)
