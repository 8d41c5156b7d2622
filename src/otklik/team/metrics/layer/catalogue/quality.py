"""What reviews of conversations say."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.states import BITS, Family
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.reviewing import CHANGED, STANDS, UNDISPUTED

CONTESTABLE = timedelta(days=14)
"""Five business days to dispute and five to decide, whatever holidays lie between."""
PUBLISHED = _("review published")


def _critical(family: Family, name: Promise, says: Promise) -> Metric:
    """Reviews without an error of this family; others do not matter to it."""
    clean = frozenset(errors for errors in range(8) if not errors & BITS[family])
    return Metric(
        f"qa.critical.{family.value}",
        "Q2",
        Group.QUALITY,
        name,
        says,
        _("reviews without an error of the family ÷ reviews"),
        PUBLISHED,
        Unit.SHARE,
        How.SHARE,
        Measure.FAULTS,
        Better.UP,
        good=clean,
        pair=("qa.score",),
    )


QUALITY = (
    Metric(
        "qa.score",
        "Q1",
        Group.QUALITY,
        _("Score of conversations"),
        _(
            "How reviewers saw conversations drawn at random, by the weights of the scorecard. What went wrong is"
            " looked at apart and not counted, a review under dispute waits."
        ),
        _("mean of 100 · Σ weight · mark ÷ Σ weight of what applies"),
        PUBLISHED,
        Unit.INDEX,
        How.MEAN,
        Measure.REVIEWED,
        Better.UP,
        pair=("qa.agreement", "qa.dispute", "csat.t2b"),
    ),
    _critical(
        Family.CLIENT, _("Without an error that harms the client"),
        _("Of the conversations drawn at random, how many had no wrong answer, false information or rudeness."),
    ),
    _critical(
        Family.BUSINESS, _("Without an error that harms the company"),
        _("Of the conversations drawn at random, how many cost us nothing needless and left no wrong record."),
    ),
    _critical(
        Family.COMPLIANCE, _("Without a breach of rules or the law"),
        _("Of the conversations drawn at random, how many kept personal data safe and the law."),
    ),
    Metric(
        "qa.agreement",
        "Q4",
        Group.QUALITY,
        _("Reviewers agree"),
        _(
            "Of the marks that several people gave blind, how many were the same with all of them. How far that is from"
            " chance, Krippendorff's α, stands with each calibration."
        ),
        _("criteria marked alike by everybody ÷ criteria marked by two or more"),
        _("calibration compared"),
        Unit.SHARE,
        How.SHARE,
        Measure.AGREED,
        Better.UP,
        good=frozenset({1}),
        pair=("qa.dispute",),
    ),
    Metric(
        "qa.dispute",
        "Q5",
        Group.QUALITY,
        _("Disputed reviews"),
        _("Of the reviews, how many the person did not agree with. None at all may mean that nobody dares."),
        _("disputed ÷ reviews older than 14 days"),
        PUBLISHED,
        Unit.SHARE,
        How.SHARE,
        Measure.DISPUTED,
        good=frozenset(range(UNDISPUTED + 1, CHANGED + 1)),
        matures=CONTESTABLE,
        pair=("qa.overturned", "qa.score"),
    ),
    Metric(
        "qa.overturned",
        "Q5",
        Group.QUALITY,
        _("Disputes that changed a mark"),
        _("Of the disputes that were decided, how many changed a mark. Above a fifth, reviewers calibrate anew."),
        _("changed ÷ decided"),
        PUBLISHED,
        Unit.SHARE,
        How.SHARE,
        Measure.DISPUTED,
        Better.DOWN,
        kinds=frozenset({STANDS, CHANGED}),
        good=frozenset({CHANGED}),
        pair=("qa.agreement",),
    ),
)  # fmt: skip
