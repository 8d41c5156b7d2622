"""The promised dates of a lead: due today, at risk, broken; and who keeps theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import DateTimeField as Moment
from django.db.models import ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.formulas import promise_shares
from otklik.core.ui.words import here
from otklik.desk.tickets import policies
from otklik.desk.tickets.models import Promise
from otklik.front.board.period import View
from otklik.front.board.places import Place, place_of
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Counts
from otklik.team.metrics.layer.naming import names
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.observing import BROKEN, KEPT, MOVED

PAGE = 50
CAP = 1000
"""Counts stop here: nobody reads the difference, and the walk of a large table ends."""
WEEK = timedelta(days=7)
SOON = timedelta(hours=2)
NAMES: dict[str, str | LazyText] = {
    "today": _("due today"),
    "risk": _("at risk"),
    "broken": _("broken this week"),
}
NO_CLASS = _("without a class")

COLUMNS = (
    *("pk", "until", "what", "why", "agreed", "by__name"),
    *("ticket_id", "ticket__subject", "ticket__contact_name", "ticket__team__name", "ticket__owner__name"),
)


class Told(NamedTuple):
    """A row of the boards: a date, and the request of which it was told.  Fields as in `COLUMNS`."""

    pk: int
    until: datetime
    what: str
    why: str
    agreed: bool | None
    by: str | None
    number: int
    subject: str
    client: str
    line: str
    owner: str | None


@dataclass(frozen=True)
class Kept:
    """How one person, one line or those of one class keep the dates told in the period."""

    name: str
    told: dict[str, Any]


def page_of(view: View, which: str, after: str) -> dict[str, Any]:
    """One of the three boards with the counts of all, and the shares of the period (METRICS V19)."""
    boards = {name: rows(view, name) for name in NAMES}
    found = [Told(*row) for row in _behind(boards[which], after).values_list(*COLUMNS)[: PAGE + 1]]
    people, lines, classes = _shares(view)
    return {
        "now": here(view.now),
        "boards": [(name, label, boards[name][:CAP].count()) for name, label in NAMES.items()],
        "cap": CAP - 1,
        "rows": found[:PAGE],
        "next": str(Place(found[PAGE - 1].until, found[PAGE - 1].pk)) if len(found) > PAGE else "",
        "people": people,
        "lines": lines,
        "classes": classes,
    }


HEADER = ("number", "subject", "client", "line", "owner", "promised_by", "what", "moved_because", "by")


def table_of(view: View, which: str) -> Iterator[list[Any]]:
    """Every row of one of the boards, the soonest first, to take away."""
    found = rows(view, which).order_by("until", "pk").values_list(*COLUMNS)
    for one in map(Told._make, found.iterator(1000)):
        yield [
            *(one.number, one.subject, one.client, one.line, one.owner or "", one.by or ""),
            *(one.what, one.why, one.until),
        ]


def _behind(promises: QuerySet[Promise], words: str) -> QuerySet[Promise]:
    """The soonest first, from a place of the list on."""
    if place := place_of(words):
        promises = promises.filter(Q(until__gt=place.at) | Q(until=place.at, pk__gt=place.pk))
    return promises.order_by("until", "pk")


def rows(view: View, which: str) -> QuerySet[Promise]:
    """Due today are those of this day that can still be kept; at risk, whose time is three quarters gone."""
    promises = Promise.objects.filter(taken_back_at=None)
    if view.scope.teams is not None:
        promises = promises.filter(ticket__team__in=view.scope.teams)
    if which == "broken":
        late = Q(done_at=None) | Q(done_at__gt=F("until"))
        return promises.filter(late, moved_at=None, until__lt=view.now, until__gte=view.now - WEEK)
    standing = promises.filter(done_at=None, moved_at=None, until__gte=view.now)
    if which == "today":
        midnight = timezone.localtime(view.now).replace(hour=0, minute=0, second=0, microsecond=0)
        return standing.filter(until__lt=midnight + timedelta(days=1))
    near = ExpressionWrapper(F("at") + (F("until") - F("at")) * policies.NEAR, output_field=Moment())
    return standing.annotate(near=near).filter(Q(near__lte=view.now) | Q(until__lte=view.now + SOON))


def _shares(view: View) -> tuple[list[Kept], list[Kept], list[Kept]]:
    """Of each person, of each line and of each class (two of the same name are two), as the layer counts them."""
    people, lines, classes = (_kept(view, side) for side in ("agent", "line", "class"))
    return people, lines, classes


def _kept(view: View, side: str) -> list[Kept]:
    """The worst first, then by name; nobody whose dates have not fallen due yet."""
    found = layer.counts(Question(METRICS["promise.kept"], view.scope), side)
    called = {**names(side, [key for key in found if key]), "": str(NO_CLASS) if side == "class" else "—"}
    told = [Kept(called[key], _told(some)) for key, some in found.items()]
    return sorted((one for one in told if one.told["due"]), key=lambda one: (one.told["strict"], one.name))


def _told(some: Counts) -> dict[str, Any]:
    kept, moved, broken = (some.of.get(kind, 0) for kind in (KEPT, MOVED, BROKEN))
    return dict(promise_shares(kept, moved, broken))
