"""Refusals: those that wait for a word of the reader, and what became of the others."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now

from otklik.core.journal import clock
from otklik.core.recent import RecentBy
from otklik.core.staff.models import User
from otklik.core.ui.nav import Count as Waiting
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Appeal, Refusal, RefusalReason, RefusalRequest, Resolution, Ticket
from otklik.front.board.measured import telling
from otklik.front.board.period import View
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Counts, Figure, counted

PAGE = 50
CAP = 100
BACK = timedelta(days=14)
"""Within which a word of the client after a refusal counts as a complaint about it (METRICS V21)."""
MANY = 10
"""So many a month with one reason are a matter of the product (SERVICE_PRACTICE 6)."""
QUALITY = "refusal.quality"
NOTHING = Figure(METRICS[QUALITY], 0, None)
type Group = dict[str, Any]
"""Of one reason, line and person: how many (`n`), `complete`, and to how many the client came `back`."""
_counted: RecentBy[int, Waiting | None] = RecentBy(10.0)


@dataclass(frozen=True)
class Row:
    """Refusals with one reason, of one line, by one person; `figure` says how many are complete, and how sure it is."""

    name: str
    key: str
    count: int
    figure: Figure
    back: int
    a_month: float

    @property
    def status(self) -> str:
        return self.figure.status

    @property
    def complete(self) -> int:
        return self.figure.good or 0

    @property
    def counted(self) -> int:
        return self.figure.n

    @property
    def quality(self) -> float | None:
        return self.figure.value

    @property
    def is_frequent(self) -> bool:
        return self.a_month >= MANY


def waiting(user: User) -> QuerySet[RefusalRequest]:
    """The soonest due first."""
    found = RefusalRequest.objects.for_decision_of(user).select_related("ticket__team", "ticket__owner", "asked_by")
    return found.order_by("until", "pk")


def files_of(rows: Iterable[RefusalRequest]) -> list[Attachment]:
    """What would go along with these letters, the pictures in their texts among it."""
    keys = [key for asked in rows for key in asked.files]
    return list(Attachment.objects.filter(key__in=keys, message=None)) if keys else []


def with_files(rows: Sequence[RefusalRequest]) -> None:
    """Each knows by `beside` the files that go along with it, in the order of their upload; one statement at most."""
    files = sorted(files_of(rows), key=lambda file: file.pk)
    for asked in rows:
        asked.beside = [file for file in files if file.key in asked.files]  # type: ignore[attr-defined]


def appeals(user: User) -> QuerySet[Appeal]:
    """Appeals that the reader may decide on, the soonest due first."""
    people = ("holder", "refused_by", "approved_by")
    found = Appeal.objects.for_decision_of(user).select_related("ticket__team", "refusal", *people)
    return found.order_by("until", "pk")


def count_of(request: HttpRequest) -> Waiting | None:
    """For the menu: how many wait; red when a decision is late.  Remembered for some seconds."""
    user = request.user
    if not isinstance(user, User) or not user.leads:
        return None
    return _counted.get(user.pk, lambda: _count(user))


def _count(user: User) -> Waiting | None:
    asked = RefusalRequest.objects.for_decision_of(user).order_by().values_list("until")
    in_appeal = Appeal.objects.for_decision_of(user).order_by().values_list("until")
    moments = [until for (until,) in asked.union(in_appeal, all=True).order_by("until")[:CAP]]
    late = bool(moments) and moments[0] < clock.now()
    return Waiting(len(moments), "breach" if late else "soon") if moments else None


def forget() -> None:
    _counted.forget()


def refused(view: View) -> QuerySet[Any]:
    """Those that left in the period; `came_back` says that the client did not leave it at that."""
    followed = Ticket.objects.filter(follows=OuterRef("ticket"), opened_at__lt=OuterRef("at") + BACK)
    back = Q(reopened_at__isnull=False, reopened_at__lt=F("at") + BACK) | Q(Exists(followed))
    return _inside(Refusal.objects.all(), view).annotate(came_back=back)


def page_of(view: View, reason: str, after: str) -> dict[str, Any]:
    """Figures of the period and the refusals behind them, of one reason or of all."""
    rows = refused(view)
    groups = _groups(rows)
    quality, share = view.ask(METRICS[QUALITY]), layer.figure(view.ask(METRICS["refusal.share"]))
    whole = _row(_now("All"), "", groups, view.days, layer.figure(quality))
    lines, people = layer.by_side(quality, "line"), layer.by_side(quality, "agent")
    listed = rows.filter(reason=reason) if reason else rows
    if after.isdecimal() and len(after) < 19:
        listed = listed.filter(pk__lt=int(after))
    found = list(listed.select_related("ticket__team", "by").order_by("-pk")[: PAGE + 1])
    return {
        "whole": whole,
        "solved": _inside(Resolution.objects.all(), view).count() + whole.count,
        "share": share,
        "was": {one.metric.id.replace(".", "_"): _before(view, one) for one in (share, whole.figure)},
        "reasons": _rows(groups, lambda one: (one["reason"], RefusalReason(one["reason"]).label), view.days),
        "lines": _rows(groups, lambda one: (one["line"], one["ticket__team__name"]), view.days, lines),
        "people": _rows(groups, lambda one: (one["by"] or "", one["by__name"] or _now("by itself")), view.days, people),
        "decided": _decided(view),
        "appeals": _appeals(view),
        "reason": dict(RefusalReason.choices).get(reason, ""),
        "rows": found[:PAGE],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }


def _before(view: View, now: Figure) -> dict[str, str]:
    """What it was in the days compared with; nothing without a comparison."""
    asked = view.before(view.ask(now.metric))
    return {"says": telling.was(layer.figure(asked), now)} if asked else {}


def _inside(rows: QuerySet[Any], view: View) -> QuerySet[Any]:
    found = rows.filter(taken_back_at=None, at__gte=view.scope.start, at__lt=view.scope.end)
    return found if view.scope.teams is None else found.filter(ticket__team__in=view.scope.teams)


def _groups(rows: QuerySet[Any]) -> list[Group]:
    """Refusals by reason, line and person: some rows, however many there are."""
    some = rows.order_by().values("reason", "by", "by__name", "ticket__team__name", line=F("ticket__team"))
    counted = {"complete": Count("pk", filter=Q(consulted=True)), "back": Count("pk", filter=Q(came_back=True))}
    return list(some.annotate(n=Count("pk"), **counted))


def _rows(
    groups: Iterable[Group],
    key: Callable[[Group], tuple[object, object]],
    days: int,
    figures: Mapping[str, Figure] | None = None,
) -> list[Row]:
    """The most frequent first; see `refused`.  Reasons are no side of the layer: its rule counts their own."""
    of = defaultdict[tuple[object, object], list[Group]](list)
    for one in groups:
        of[key(one)].append(one)
    rows = [
        _row(str(name), str(number), told, days, _own(told) if figures is None else figures.get(str(number), NOTHING))
        for (number, name), told in of.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def _row(name: str, key: str, groups: list[Group], days: int, figure: Figure) -> Row:
    n = _sum(groups, "n")
    return Row(name, key, n, figure, _sum(groups, "back"), n * 30 / days)


def _own(groups: list[Group]) -> Figure:
    complete = _sum(groups, "complete")
    of = {0: _sum(groups, "n") - complete, 1: complete}
    return counted(METRICS[QUALITY], Counts({kind: n for kind, n in of.items() if n}))


def _sum(groups: list[Group], name: str) -> int:
    return sum(one[name] for one in groups)


def _decided(view: View) -> Mapping[str, int]:
    """What became of those that a lead was asked about in the period."""
    asked = RefusalRequest.objects.filter(at__gte=view.scope.start, at__lt=view.scope.end)
    if view.scope.teams is not None:
        asked = asked.filter(ticket__team__in=view.scope.teams)
    counts = asked.order_by().values_list("state").annotate(count=Count("pk"))
    return defaultdict(int, dict(counts))


def _appeals(view: View) -> dict[str, Any]:
    """Of the refusals of the period: how many were appealed against, and what was decided."""
    of = Appeal.objects.filter(refusal__in=_inside(Refusal.objects.all(), view).order_by().values("pk"))
    counts = defaultdict(int, dict(of.order_by().values_list("state").annotate(count=Count("pk"))))
    return {"all": sum(counts.values()), **{str(state): counts[state] for state in Appeal.State}}
