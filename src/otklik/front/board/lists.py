"""The rows behind a figure: the same querysets, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import words
from otklik.desk.sla.models import Kind, ServiceClass
from otklik.desk.tickets.models import Ticket
from otklik.front.board.period import View
from otklik.front.board.unknown import Known
from otklik.team.metrics import figures
from otklik.team.metrics.attainment import commitments

PAGE = 50
AGES = (
    _("under a day"),
    _("1 to 3 days"),
    _("3 to 7 days"),
    _("1 to 2 weeks"),
    _("2 weeks to a month"),
    _("over a month"),
)
FATES = {"kept": _("Promises kept"), "renegotiated": _("Promises moved"), "broken": _("Promises broken")}
COMMITMENTS = {"met": _("Commitments kept"), "breached": _("Targets missed"), "undecided": _("Not due yet")}
type Asked = Mapping[str, str]
type Rows = Callable[[View, Asked], QuerySet[Any]]
type Say = Callable[[Any], str]


@dataclass(frozen=True)
class Behind:
    """One kind of list: its heading, its rows, and what each row says beside its ticket.

    `now` says that the figure is of this moment, whatever the period; `narrowed` is the heading of a part of it.
    """

    slug: str
    title: str | LazyText
    column: str | LazyText
    rows: Rows
    say: Say
    ticket: Callable[[Any], Ticket] = lambda row: row.ticket
    now: bool = False
    narrowed: Callable[[Asked], str] = lambda asked: ""

    def heading(self, asked: Asked) -> str:
        return self.narrowed(asked) or str(self.title)


def _span(seconds: float | None) -> str:
    return "—" if seconds is None else words.span(seconds)


def _opened(row: Any) -> str:
    return words.stamp(row.opened_at)


def _itself(row: Any) -> Any:
    return row


def _one_of(asked: Asked, name: str, values: range) -> int | None:
    """A number of the address, if it is one of these."""
    value = asked.get(name, "")
    return int(value) if value in map(str, values) else None


def _bucket(asked: Asked) -> int | None:
    return _one_of(asked, "age", range(len(figures.AGES)))


def _mark(asked: Asked) -> int | None:
    return _one_of(asked, "score", range(1, 6))


def _class(asked: Asked) -> int | None:
    value = asked.get("class", "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _aged(view: View, asked: Asked) -> QuerySet[Ticket]:
    bucket = _bucket(asked)
    return figures.open_tickets(view.scope) if bucket is None else figures.aged(view.scope, bucket, view.now)


def _of_age(asked: Asked) -> str:
    bucket = _bucket(asked)
    return "" if bucket is None else _now("Open now, %(age)s") % {"age": AGES[bucket]}


def _of_mark(asked: Asked) -> str:
    mark = _mark(asked)
    return "" if mark is None else _now("Clients gave %(score)s") % {"score": mark}


_ALL = (
    Behind("came", _("Requests came"), _("opened"), lambda view, asked: figures.came(view.scope), _opened),
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
        lambda view, asked: figures.scores(view.scope, _mark(asked)),
        lambda score: f"{score.value} {score.comment[:120]}".strip(),
        narrowed=_of_mark,
    ),
    Behind(
        "promises",
        _("Promises that fell due"),
        _("promised"),
        lambda view, asked: figures.promised(view.scope, asked.get("fate", "")),
        lambda promise: words.stamp(promise.until),
        narrowed=lambda asked: str(FATES.get(asked.get("fate", ""), "")),
    ),
    Behind(
        "commitments",
        _("Commitments that fell due"),
        _("due"),
        lambda view, asked: commitments(view.scope, _class(asked), asked.get("kind", ""), asked.get("fate", "")),
        lambda clock: f"{Kind(clock.kind).label}, {words.stamp(clock.due_at)}",
        narrowed=lambda asked: str(COMMITMENTS.get(asked.get("fate", ""), "")),
    ),
    Behind("open", _("Open now"), _("open since"), _aged, _opened, _itself, now=True, narrowed=_of_age),
    Behind(
        "unanswered",
        _("Waiting for the first answer"),
        _("open since"),
        lambda view, asked: figures.unanswered(view.scope),
        _opened,
        _itself,
        now=True,
    ),
    Behind(
        "late",
        _("Past their moment"),
        _("should have been"),
        lambda view, asked: figures.late(view.scope, view.now),
        lambda ticket: words.stamp(ticket.due_at),
        _itself,
        now=True,
    ),
)
LISTS = {behind.slug: behind for behind in _ALL}


def narrowings(slug: str) -> dict[str, Known]:
    """What an address may narrow this list to."""
    fates = {"promises": FATES, "commitments": COMMITMENTS}
    own: dict[str, dict[str, Known]] = {
        "scores": {"score": [str(mark) for mark in range(1, 6)]},
        "open": {"age": [str(bucket) for bucket in range(len(figures.AGES))]},
        "commitments": {"kind": Kind.values, "class": _is_class},
    }
    return {"before": _is_key, **own.get(slug, {}), **({"fate": fates[slug]} if slug in fates else {})}


def _is_key(value: str) -> bool:
    return value.isdecimal() and len(value) < 19


def _is_class(value: str) -> bool:
    """0 is the line's own times."""
    return value == "0" or (_is_key(value) and ServiceClass.objects.filter(pk=int(value)).exists())


def page_of(slug: str, view: View, asked: Asked) -> dict[str, Any]:
    """Rows of one page, newest first, how many there are in all, and the key of the next page."""
    behind = LISTS[slug]
    rows = behind.rows(view, asked)
    total, before = rows.count(), asked.get("before", "")
    if _is_key(before):
        rows = rows.filter(pk__lt=int(before))
    tickets = "" if behind.now else "ticket__"
    rows = rows.select_related(f"{tickets}owner", f"{tickets}team").order_by("-pk")
    found = list(rows[: PAGE + 1])
    return {
        "total": total,
        "rows": [{"ticket": behind.ticket(row), "says": behind.say(row)} for row in found[:PAGE]],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
