"""How often one contact is enough."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.chaining import AGAIN, AT_ONCE, AT_ONCE_UNABLE, LONGER, WINDOW
from otklik.team.metrics.flagging import AT_ONCE as SAID_AT_ONCE
from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Unit
from otklik.team.metrics.measure import Measure

CONTACTS = (
    Metric(
        "fcr.gross",
        "V14",
        Group.CONTACTS,
        _("Solved by the first contact, FCR"),
        _(
            "Of the matters of clients, how many one contact was enough for, without a higher line. A matter are the"
            " contacts of one person about one topic with no more than a week between them: requests, returns after a"
            " solution, calls and letters that we had not asked for. It is judged a week after its last contact. A"
            " request without a topic is a matter of its own, and a sender without an address a new person each time."
        ),
        _("matters with one contact, solved, not passed up ÷ all matters older than 7 days"),
        _("last contact"),
        Unit.SHARE,
        How.SHARE,
        Measure.ISSUE,
        Better.UP,
        good=frozenset({AT_ONCE, AT_ONCE_UNABLE}),
        matures=WINDOW,
        pair=("fcr.client", "aht", "repeat.rate"),
    ),
    Metric(
        "fcr.net",
        "V14",
        Group.CONTACTS,
        _("FCR of what can be solved at once"),
        _("The same without the matters for which somebody of ours had to go to the client: no answer solves these."),
        _("matters with one contact, solved, not passed up ÷ matters without a visit, older than 7 days"),
        _("last contact"),
        Unit.SHARE,
        How.SHARE,
        Measure.ISSUE,
        Better.UP,
        kinds=frozenset({LONGER, AT_ONCE}),
        good=frozenset({AT_ONCE}),
        matures=WINDOW,
        pair=("aht", "repeat.rate"),
    ),
    Metric(
        "fcr.agent",
        "V14",
        Group.CONTACTS,
        _("Solved at once, as colleagues say"),
        _(
            "Of the requests that were answered, how many their first answer called solved. It is the word of whoever"
            " answered and nothing else: read it beside what the desk counts and what clients say. Where it is much"
            " higher, requests are called solved too early. It is no target, and no bonus is reckoned by it. Known of"
            " first answers since the desk counts it."
        ),
        _("called solved with the first answer ÷ answered requests"),
        _("first answer"),
        Unit.SHARE,
        How.SHARE,
        Measure.FLAGGED,
        good=frozenset({SAID_AT_ONCE}),
        pair=("fcr.gross", "fcr.client"),
    ),
    Metric(
        "repeat.rate",
        "Q6",
        Group.CONTACTS,
        _("Repeated contacts"),
        _("Of the contacts of clients, how many came within a week of another one by the same person on the topic."),
        _("contacts after the first of their matter ÷ all contacts"),
        _("the client came"),
        Unit.SHARE,
        How.SHARE,
        Measure.CONTACT,
        Better.DOWN,
        good=frozenset({AGAIN}),
        pair=("fcr.gross",),
    ),
)
