"""Whether one contact was enough in the client's own eyes, and whether they have to say it again or go elsewhere."""

from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.scales import SCALES, Kind
from otklik.team.metrics.explaining import AWAY, WITHOUT_CARD
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

TOLD = (
    Metric(
        "fcr.client",
        "V14",
        Group.CONTACTS,
        _("Solved at once, as clients say"),
        _(
            "Of the clients whom a survey asked after a solution whether it was solved at once, how many said yes. It"
            " stands beside what the desk counts itself, and neither is mended by the other: a client may have tried"
            " elsewhere before, and who is content answers more often. Answers by phone stand apart, on the page of the"
            " survey."
        ),
        _("yes ÷ (yes + no)"),
        _("answered"),
        Unit.SHARE,
        How.SHARE,
        Measure.TOLD_ONCE,
        Better.UP,
        good=SCALES[Kind.ONCE].good,
        pair=("fcr.gross", "survey.response_rate"),
    ),
    Metric(
        "repeat.explain",
        "V17",
        Group.CONTACTS,
        _("Passed on without a card"),
        _(
            "Of the moves to another person or line that a person made after we had answered the client or talked to"
            " them, how many took no card along: what the client wants and what was done. Taking a request from the"
            " queue, standing in for who is away, rules, and what a line sends back with a reason are no such moves,"
            " nor are those that ask for no card: by a macro, and to a colleague of many at once or through the API."
            " What was undone is not counted. Known since cards are asked for."
        ),
        _("moves without a card ÷ moves"),
        _("passed on"),
        Unit.SHARE,
        How.SHARE,
        Measure.PASSED,
        Better.DOWN,
        good=frozenset({WITHOUT_CARD}),
        pair=("transfer", "csat.t2b"),
    ),
    Metric(
        "channel.bounce",
        "V17",
        Group.CONTACTS,
        _("Sent to another channel"),
        _(
            "Of the contacts that were answered in writing, in how many an answer told the client to call, write or go"
            " elsewhere instead of filing it for them; the aim is none. The desk knows it by the words of the answer"
            " and asks its author before it leaves; the author may say that it could not be filed for the client. So it"
            " is as true as these words and this mark, and says nothing of what is told by phone. Known since the desk"
            " looks at it."
        ),
        _("contacts sent elsewhere ÷ contacts answered in writing"),
        _("the client came"),
        Unit.SHARE,
        How.SHARE,
        Measure.SENT_AWAY,
        Better.DOWN,
        good=frozenset({AWAY}),
        pair=("csat.t2b", "fcr.gross"),
    ),
)
