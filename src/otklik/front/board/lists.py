"""The rows behind a figure: the same querysets, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.front.board.period import View
from otklik.team.metrics import figures

PAGE = 50
type Rows = Callable[[View, Mapping[str, str]], QuerySet[Any]]
type Say = Callable[[Any], str]


@dataclass(frozen=True)
class Behind:
    """One kind of list: its heading, its rows, and what each row says beside its ticket."""

    slug: str
    title: str | LazyText
    column: str | LazyText
    rows: Rows
    say: Say
    ticket: Callable[[Any], Ticket] = lambda row: row.ticket
    order: str = "-pk"


def _span(seconds: float | None) -> str:
    return "—" if seconds is None else words.span(seconds)


def _age(view: View, asked: Mapping[str, str]) -> QuerySet[Ticket]:
    bucket = asked.get("age", "")
    if bucket in map(str, range(len(figures.AGES))):
        return figures.aged(view.scope, int(bucket), view.now)
    return figures.open_tickets(view.scope)


_ALL = (
    Behind(
        "answered",
        _("Answered for the first time"),
        _("first answer"),
        lambda view, asked: figures.answered(view.scope),
        lambda fact: _span(fact.frt_business_s),
    ),
    Behind(
        "ended",
        _("Resolved and refused"),
        _("solution"),
        lambda view, asked: figures.ended(view.scope),
        lambda fact: _span(fact.resolution_business_s),
    ),
    Behind(
        "scores",
        _("Scores of clients"),
        _("score"),
        lambda view, asked: figures.scores(view.scope),
        lambda score: f"{score.value} {score.comment[:120]}".strip(),
    ),
    Behind(
        "promises",
        _("Promises that fell due"),
        _("promised"),
        lambda view, asked: figures.promised(view.scope),
        lambda promise: words.stamp(promise.until),
    ),
    Behind("open", _("Open now"), _("open since"), _age, lambda ticket: words.stamp(ticket.opened_at), lambda row: row),
)
LISTS = {behind.slug: behind for behind in _ALL}


def page_of(slug: str, view: View, asked: Mapping[str, str]) -> dict[str, Any]:
    """Rows of one page, newest first, how many there are in all, and the key of the next page."""
    behind = LISTS[slug]
    rows = behind.rows(view, asked)
    total, before = rows.count(), asked.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    tickets = "" if slug == "open" else "ticket__"
    rows = rows.select_related(f"{tickets}owner", f"{tickets}team").order_by("-pk")
    found = list(rows[: PAGE + 1])
    return {
        "total": total,
        "rows": [{"ticket": behind.ticket(row), "says": behind.say(row)} for row in found[:PAGE]],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
