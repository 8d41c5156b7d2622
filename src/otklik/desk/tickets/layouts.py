"""How the page of a request is laid out: its blocks, the kinds of requests, and what is first for each (UI-06).

A layout is data: which blocks stand in which order, which are folded, which are left out.  Blocks are grouped by areas
of the page and never leave theirs.  What keeps an agent from harm or from a late answer is no block at all (`FIXED`),
or a block that cannot be left out (`Block.hides`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.desk.tickets.errors import Invalid


class Kind(models.TextChoices):
    """The first that is true of a request is its kind; an ordinary one is none of the others."""

    COMPLAINT = "complaint", pgettext_lazy("kind of request", "complaint")
    INCIDENT = "incident", pgettext_lazy("kind of request", "part of an incident")
    PROBLEM = "problem", pgettext_lazy("kind of request", "made by a known problem")
    REFUSAL = "refusal", pgettext_lazy("kind of request", "refusal")
    CALL = "call", pgettext_lazy("kind of request", "call")
    CHAT = "chat", pgettext_lazy("kind of request", "chat")
    ORDINARY = "ordinary", pgettext_lazy("kind of request", "ordinary")


class Area(models.TextChoices):
    """Where blocks stand."""

    ABOVE = "above", _("Above the conversation")
    TABS = "tabs", _("Tabs of the panel")
    CLIENT = "client", _("Tab: client")
    FACTS = "facts", _("Tab: the request")
    RELATED = "related", _("Tab: related requests")


@dataclass(frozen=True)
class Block:
    """`code` is its area and its name; what must be seen always has no `hides`, what is read at a glance no `folds`."""

    code: str
    label: str | Promise
    folds: bool = False
    hides: bool = False

    @property
    def area(self) -> str:
        return self.code.partition(".")[0]

    @property
    def name(self) -> str:
        return self.code.partition(".")[2]


BLOCKS = {
    block.code: block
    for block in (
        Block("above.passed", _("Words of the other line")),
        Block("above.bond", _("Another request of the same matter")),
        Block("above.broken", _("A date that was missed")),
        Block("above.appeal", _("A refusal in appeal")),
        Block("above.refusal", _("A refusal that waits for a lead")),
        Block("above.held", _("An answer that waits for its curator")),
        Block("above.incident", _("The incident it is part of")),
        Block("above.problem", _("The known problem and the way round it")),
        Block("above.complaint", _("Complaints and their dates")),
        Block("above.company", _("Who takes part")),
        Block("above.files", _("All files of the request"), hides=True),
        Block("tabs.client", _("Client")),
        Block("tabs.facts", _("The request")),
        Block("tabs.tasks", _("Tasks"), hides=True),
        Block("tabs.visits", _("Visits"), hides=True),
        Block("tabs.changes", _("Change requests"), hides=True),
        Block("tabs.step", _("Promise and next step")),
        Block("tabs.related", _("Related requests"), hides=True),
        Block("tabs.history", _("What was done"), hides=True),
        Block("client.hello", _("Their time, and how the answer may begin")),
        Block("client.similar", _("Perhaps the same matter"), folds=True, hides=True),
        Block("client.talk", _("How to talk"), folds=True, hides=True),
        Block("client.sure", _("Whether the card is still true"), hides=True),
        Block("client.details", _("Details of the card"), folds=True, hides=True),
        Block("client.quiet", _("Do not disturb")),
        Block("client.note", _("What matters")),
        Block("client.addresses", _("Addresses"), folds=True, hides=True),
        Block("client.products", _("Products"), folds=True, hides=True),
        Block("client.open", _("Open requests"), folds=True, hides=True),
        Block("client.history", _("History"), folds=True, hides=True),
        Block("client.duplicates", _("Perhaps the same person"), hides=True),
        Block("client.data", _("Data panels"), hides=True),
        Block("client.conduct", _("Conduct")),
        Block("facts.about", _("The request"), folds=True),
        Block("facts.details", _("Details"), folds=True),
        Block("facts.served", _("How it is served")),
        Block("facts.course", _("Its course"), folds=True, hides=True),
        Block("related.ties", _("Linked requests"), folds=True),
        Block("related.bound", _("Joined and following requests"), folds=True, hides=True),
        Block("related.similar", _("Perhaps the same matter"), folds=True, hides=True),
        Block("related.open", _("Open requests"), folds=True, hides=True),
        Block("related.colleagues", _("Open requests of their colleagues"), folds=True, hides=True),
        Block("related.ended", _("Ended before"), folds=True, hides=True),
    )
}
"""In the order of the page as it is delivered."""
FIXED = (
    (_("Subject, status and number"), _("which request this is")),
    (_("Who answers, what happens next, and by when"), _("a date that nobody sees is a date that is missed")),
    (_("The identity of the sender is in doubt"), _("who does not read it tells a stranger about the client")),
    (_("The card is restricted"), _("each look at it is written down, and its reader has to know")),
    (_("The conversation and the answer"), _("they are what the page is for")),
)
"""What is no block: it stands where it stands on every page, and why."""
FIRST: dict[str, tuple[str, ...]] = {
    Kind.COMPLAINT: (
        *("above.complaint", "above.broken", "tabs.client", "tabs.history", "tabs.step"),
        *("client.hello", "client.note", "client.history", "client.open"),
    ),
    Kind.INCIDENT: ("above.incident", "above.problem", "tabs.client", "tabs.related"),
    Kind.PROBLEM: ("above.problem", "above.incident", "tabs.client", "tabs.related"),
    Kind.REFUSAL: (
        *("above.appeal", "above.refusal", "above.complaint", "tabs.client", "tabs.history"),
        *("client.hello", "client.note"),
    ),
    Kind.CALL: ("tabs.client", "client.hello", "client.note", "client.talk", "client.quiet", "client.addresses"),
}
"""What comes first in its area for a kind; the rest follows as in `BLOCKS`, and other kinds are delivered like that."""


@dataclass(frozen=True)
class Arrangement:
    """A layout as a page reads it: per area the names that are shown, in order; codes that are folded."""

    kind: str
    shown: dict[str, tuple[str, ...]]
    folded: frozenset[str]


@dataclass(frozen=True)
class Plan:
    """A whole layout: every code once in `order`, area by area; `folded` and `hidden` are codes out of it."""

    order: tuple[str, ...]
    folded: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def of(self, area: str) -> list[str]:
        return [code for code in self.order if code.startswith(f"{area}.")]

    def arranged(self, kind: str) -> Arrangement:
        shown = {
            str(area): tuple(BLOCKS[code].name for code in self.of(area) if code not in self.hidden) for area in Area
        }
        return Arrangement(kind, shown, frozenset(self.folded) - {*self.hidden})


@lru_cache(16)
def delivered(kind: str) -> Plan:
    """What fits a kind before anybody has changed it."""
    first = FIRST.get(kind, ())
    rank = {code: place for place, code in enumerate(first)}
    areas = list(Area)
    place = {code: at for at, code in enumerate(BLOCKS)}
    order = sorted(
        BLOCKS, key=lambda code: (areas.index(Area(BLOCKS[code].area)), rank.get(code, len(rank)), place[code])
    )
    return Plan(tuple(order))


def completed(kind: str, order: Sequence[str], folded: Iterable[str], hidden: Iterable[str]) -> Plan:
    """A stored layout with blocks that came with a newer version, and without those that went.

    A new block stands behind the one that it follows as delivered.  Without an order it is the delivered layout.
    """
    usual = delivered(kind)
    if not order:
        return usual
    known = [code for code in dict.fromkeys(order) if code in BLOCKS]
    for at, code in enumerate(usual.order):
        if code not in known:
            before = usual.order[at - 1] if at else ""
            known.insert(known.index(before) + 1 if before in known else 0, code)
    ordered = [code for area in Area for code in known if BLOCKS[code].area == area]
    can = {code: block for code, block in BLOCKS.items() if code in known}
    return Plan(
        tuple(ordered),
        tuple(code for code in ordered if code in {*folded} and can[code].folds),
        tuple(code for code in ordered if code in {*hidden} and can[code].hides),
    )


def stepped(plan: Plan, code: str, by: int) -> list[str]:
    """The order with a block one place further among its neighbours; at the end it stays."""
    order, neighbours = [*plan.order], plan.of(BLOCKS[code].area)
    at = neighbours.index(code) + by
    if 0 <= at < len(neighbours):
        here, there = order.index(code), order.index(neighbours[at])
        order[here], order[there] = order[there], order[here]
    return order


def checked(kind: str, order: Sequence[str], folded: Sequence[str], hidden: Sequence[str]) -> Plan:
    """What somebody wants to have.  Raises Invalid for a block that there is not, or that has to stay in sight."""
    for field, codes in (("order", order), ("folded", folded), ("hidden", hidden)):
        if len({*codes}) < len(codes):
            raise Invalid(_now("A block is named twice."), field)
        for code in codes:
            if code not in BLOCKS:
                raise Invalid(_now("There is no block “%(code)s”.") % {"code": code[:40]}, field)
    for code in hidden:
        if not BLOCKS[code].hides:
            raise Invalid(_now("“%(block)s” has to stay in sight.") % {"block": BLOCKS[code].label}, "hidden")
    for code in folded:
        if not BLOCKS[code].folds:
            raise Invalid(_now("“%(block)s” has to stay open.") % {"block": BLOCKS[code].label}, "folded")
    return completed(kind, order or delivered(kind).order, folded, hidden)
