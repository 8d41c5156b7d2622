"""Measures of complaints as a board: what is done, by whom and until when, in columns by state or by line (UI-18)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When, Window
from django.db.models.functions import Cast, RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from otklik.care.complaints import access
from otklik.care.complaints.models import Complaint, Measure
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.front.workspace.door import person

MOST = 30
"""Of one column; beside them stands how many there are, and the table to take away has all."""
DONE_FOR = timedelta(days=30)
"""What was done before is no news."""
WAYS: dict[str, str | Promise] = {"state": pgettext_lazy("columns", "By date"), "line": _("By line")}
SHOWS: dict[str, str | Promise] = {"all": pgettext_lazy("measures", "All"), "mine": _("Mine")}
STATES: dict[str, str | Promise] = {
    "late": pgettext_lazy("measures", "Late"),
    "open": pgettext_lazy("measures", "In time"),
    "done": _("Done in 30 days"),
}
HEADER = (
    *("complaint", "stated", "line", "measure", "kind", "owner"),
    *("planned_at", "due_at", "done_at", "result"),
)
PORTION = 500


@dataclass(frozen=True)
class Column:
    """`rows` are its first ones with whether each is late; `count` is how many there are."""

    label: str | Promise
    state: str
    count: int
    rows: list[tuple[Measure, bool]]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def seen_by(user: User, whose: str) -> QuerySet[Measure]:
    """Of the complaints that the list shows to this reader, so never of one about themselves."""
    found = Measure.objects.filter(complaint__in=Complaint.objects.visible_to(user).order_by().values("pk"))
    return found.filter(owner=user) if whose == "mine" else found


def columns(user: User, by: str, whose: str) -> list[Column]:
    """In one statement, however many there are: late ones first, of done ones the newest."""
    now = clock.now()
    found = seen_by(user, whose)
    if by == "line":
        rows = _first_of_each(found.filter(done_at=None), Cast("complaint__line", CharField()))
        lines = sorted({one.complaint.line for one in rows}, key=lambda line: (line.level, line.name))
        return list(_columns([(str(line.pk), line.name) for line in lines], rows, now))
    done, late = When(done_at__isnull=False, then=Value("done")), When(due_at__lt=now, then=Value("late"))
    rows = _first_of_each(found.exclude(done_at__lt=now - DONE_FOR), Case(done, late, default=Value("open")))
    return list(_columns(STATES.items(), rows, now))


def _first_of_each(found: QuerySet[Measure], column: Case | Cast) -> list[Measure]:
    """The first `MOST` of each column, with how many it has."""
    ranked = found.annotate(column=column).annotate(
        place=Window(RowNumber(), partition_by=F("column"), order_by=[F("done_at").desc(), F("due_at"), F("pk")]),
        whole=Window(Count("*"), partition_by=F("column")),
    )
    return list(ranked.filter(place__lte=MOST).select_related("complaint__line", "owner").order_by("place"))


def _columns(labels: Iterable[tuple[str, str | Promise]], rows: list[Measure], now: datetime) -> Iterator[Column]:
    for key, label in labels:
        of = [one for one in rows if one.column == key]  # type: ignore[attr-defined]
        yield Column(label, key, of[0].whole if of else 0, [(one, one.is_late(now)) for one in of])  # type: ignore[attr-defined]


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """`?by=` state (the usual one) or line; `?show=` all (the usual one of who leads) or mine."""
    user = person(request)
    by, whose = request.GET.get("by", "state"), request.GET.get("show", "")
    if by not in WAYS or whose not in ("", *SHOWS):
        raise Http404
    whose = whose or ("all" if access.may_read_figures(user) else "mine")
    found = columns(user, by, whose)
    context = {
        "columns": found,
        "is_empty": not any(column.count for column in found),
        "late": sum(column.count for column in found if column.state == "late"),
        "ways": [(label, urlencode({"by": name, "show": whose}), name == by) for name, label in WAYS.items()],
        "shows": [(label, urlencode({"by": by, "show": name}), name == whose) for name, label in SHOWS.items()],
        "whose": whose,
        "by": by,
        "now": clock.now(),
    }
    return show(request, "workspace/complaints/measures.html", context)


def rows_of(user: User, whose: str) -> Iterator[list[object]]:
    """Every measure as a row of a table, done ones of all times too, in the order in which they were planned."""
    found, last = seen_by(user, whose).order_by("pk").select_related("complaint__line", "owner"), 0
    while portion := list(found.filter(pk__gt=last)[:PORTION]):
        yield from (_row(one) for one in portion)
        last = portion[-1].pk


def _row(one: Measure) -> list[object]:
    of = one.complaint
    return [
        *(of.number, of.stated, of.line.name, one.text, one.get_kind_display(), one.owner.name),
        *(one.planned_at, one.due_at, one.done_at, one.result),
    ]
