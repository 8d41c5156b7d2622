"""How a metric can be bent without the work getting any better (METRICS P8), shown beside its definition.

Each trick names the metrics in which it shows: whoever sees a figure rise opens these before they believe it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Trick:
    """What is done, and the ids of the metrics that give it away."""

    says: str | LazyText
    shows_in: tuple[str, ...]


EMPTY_ANSWER = Trick(
    _("An empty “we have got it” stops this clock: the next answer is long in coming then."), ("nrt", "reopen")
)
PAUSED = Trick(_("A clock that is paused for no reason of the client's runs no risk."), ("sla.paused",))
CLOSED_EARLY = Trick(_("What is closed before it is solved comes back."), ("reopen", "repeat.rate"))
WRITTEN_ANEW = Trick(
    _("A new request instead of the old one opened again, or one split into several, begins a new clock."),
    ("repeat.rate",),
)
PICKED_PEOPLE = Trick(
    _("Whoever chooses whom to ask, or begs for a mark, chooses the answer: here the system draws."),
    ("survey.response_rate", "survey.suppressed"),
)
OWN_WORD = Trick(
    _(
        "An agent's own word, or closing without a link to the earlier request, is no proof: chains are found by"
        " the desk."
    ),
    ("fcr.client", "repeat.rate"),
)
HUNG_UP = Trick(_("A call cut short or handed on is short for this figure only."), ("transfer.calls", "repeat.rate"))
JUNK_ARTICLES = Trick(_("Articles that nobody needs, and links to the wrong one."), ("kb.link_accuracy", "kb.reuse"))
FRIENDLY_REVIEWER = Trick(
    _("A friendly reviewer: the same conversations are reviewed blindly by another."), ("qa.agreement", "qa.overturned")
)
BUSY = Trick(_("One can stay busy without working: what was done meanwhile tells."), ("solved", "aht"))

SPEED = (EMPTY_ANSWER, PAUSED)
SOLUTION = (PAUSED, CLOSED_EARLY, WRITTEN_ANEW)
TRICKS: dict[str, tuple[Trick, ...]] = {
    "frt": SPEED,
    "frt.calendar": (EMPTY_ANSWER,),
    "nrt": (PAUSED,),
    "resolution.first": SOLUTION,
    "resolution.full": SOLUTION,
    "resolution.calendar": (CLOSED_EARLY, WRITTEN_ANEW),
    "solved": (CLOSED_EARLY, WRITTEN_ANEW),
    "reopen": (WRITTEN_ANEW,),
    "sla.attainment": (EMPTY_ANSWER, *SOLUTION),
    "sla.first": SPEED,
    "sla.next": SPEED,
    "sla.resolution": SOLUTION,
    "csat.t2b": (PICKED_PEOPLE,),
    "csat.mean": (PICKED_PEOPLE,),
    "nps": (PICKED_PEOPLE,),
    "ces": (PICKED_PEOPLE,),
    "csi": (PICKED_PEOPLE,),
    "fcr.gross": (OWN_WORD, WRITTEN_ANEW),
    "fcr.net": (OWN_WORD, WRITTEN_ANEW),
    "fcr.agent": (OWN_WORD,),
    "aht": (HUNG_UP,),
    "hold.time": (HUNG_UP,),
    "kb.link_rate": (JUNK_ARTICLES,),
    "kb.capture": (JUNK_ARTICLES,),
    "qa.score": (FRIENDLY_REVIEWER,),
    "occupancy": (BUSY,),
    "utilisation": (BUSY,),
    "adherence": (BUSY,),
    "conformance": (BUSY,),
}
"""By id of the metric."""
