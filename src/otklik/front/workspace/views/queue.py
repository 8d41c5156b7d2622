"""The queue: a page, its next portion, rows that changed, figures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.staff.models.user import ROW_PARTS
from otklik.core.ui.show import show, wants_part
from otklik.desk.tickets.access import can_change_list
from otklik.desk.tickets.models import SavedList
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.orders import Order
from otklik.front.workspace import rows
from otklik.front.workspace.door import person, ticket_of
from otklik.front.workspace.queries import counts, marks, queue
from otklik.front.workspace.queries.standing import SEGMENTS, VIEWS, Reader, View

MOST_ROWS = 100
PARTS = {
    "face": gettext_lazy("Face of the client"),
    "letter": gettext_lazy("Beginning of the last letter"),
    "line": gettext_lazy("Line"),
    "owner": gettext_lazy("Who answers"),
}


@dataclass
class Listing:
    """A view of the queue as somebody looks at it now."""

    view: View
    segment: str
    reader: Reader
    now: datetime
    current: int | None = None
    can_undo: bool = True
    order: Order = Order.DUE

    @classmethod
    def of(cls, request: HttpRequest, name: str, current: int | None = None) -> "Listing":
        """What the address asks for; unknown values of the query fall back to the plain view."""
        segment, line = request.GET.get("seg", ""), request.GET.get("line", "")
        narrowing = Narrowing.read(request.GET.get("q", ""), person(request))
        reader = Reader.of(person(request), int(line) if is_number(line) else None, narrowing)
        found = cls(VIEWS[name], segment if segment in SEGMENTS else "ours", reader, clock.now(), current)
        found.order = found.order_of(request.GET.get("order", ""))
        return found

    @classmethod
    def asked(cls, request: HttpRequest, name: str, current: int | None = None) -> "Listing":
        """Of the address of a list: a view or a filter that we do not know is refused, not left out (ACCESS-7).

        Without it the list would show what nobody asked for; a place in the list that makes no sense is its beginning.
        """
        if name not in VIEWS:
            raise Http404
        segment, line = request.GET.get("seg", ""), request.GET.get("line", "")
        order, known = request.GET.get("order", ""), Narrowing.knows(request.GET.get("q", ""))
        known = known and (not order or (VIEWS[name].has_orders and order in Order.values))
        if (segment and segment not in SEGMENTS) or (line and not is_number(line)) or not known:
            raise BadRequest("unknown filter")
        return cls.of(request, name, current)

    def order_of(self, asked: str) -> Order:
        """What the address asks for, else what the reader chose for this list, else the usual one."""
        if not self.view.has_orders:
            return Order.DUE
        return next((Order(one) for one in (asked, self.own_order) if one in Order.values), Order.DUE)

    @property
    def own_order(self) -> str:
        """What the reader chose for this list; "" is the usual one."""
        return str(self.reader.user.list_orders.get(self.view.name, ""))

    @property
    def orders(self) -> list[tuple[str, str | Promise, bool]]:
        """(value, words, whether the list stands in it) of those that a reader may choose."""
        return [(one.value, one.label, one == self.order) for one in Order] if self.view.has_orders else []

    @property
    def back(self) -> str:
        """The query by which a request remembers the list it was opened from."""
        return "?" + urlencode({"view": self.view.name} | self.narrowed)

    @property
    def narrowed(self) -> dict[str, str]:
        segment = {"seg": self.segment} if self.view.segments and self.segment != "ours" else {}
        query = {"q": self.reader.narrowing.query} if self.reader.narrowing.parts else {}
        order = {} if self.order == Order.DUE and not self.own_order else {"order": str(self.order)}
        return segment | ({"line": str(self.reader.line)} if self.reader.line else {}) | query | order

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(words, address of the list without it) of each thing the list is narrowed to."""
        whole = self.narrowed
        found = []
        for part in self.reader.narrowing.parts:
            rest = {**whole, "q": self.reader.narrowing.without(part)}
            query = urlencode({name: value for name, value in rest.items() if value})
            found.append((part.said, f"/queue/{self.view.name}/" + (f"?{query}" if query else "")))
        return found

    @property
    def query(self) -> str:
        return f"?{urlencode(self.narrowed)}" if self.narrowed else ""

    @property
    def tables(self) -> list[tuple[str, str]]:
        """(form, address) of the whole list as a table."""
        way = f"/queue/{self.view.name}/export/?"
        return [(form.upper(), way + urlencode(self.narrowed | {"form": form})) for form in ("csv", "xlsx")]

    @property
    def address(self) -> str:
        return f"/queue/{self.view.name}/{self.query}"

    @cached_property
    def figures(self) -> dict[str, int]:
        return counts.of_segments(self.view, self.reader, self.now) if self.view.segments else {}

    def setting(self, found: marks.Marks) -> rows.Setting:
        several = self.reader.everything or len(self.reader.lines) > 1
        shows_line = several and self.view.name != "mine" and self.reader.line is None
        me = self.reader.user
        return rows.Setting(
            me.pk, self.now, found, self.back, self.current, shows_line, ticks=me.answers, order=self.order
        )

    def page(self, cursor: queue.Cursor | None = None) -> queue.Page:
        return queue.page(self.view, self.segment, self.reader, self.now, cursor, self.order)

    def among(self, ids: list[int]) -> list[tuple[int, Any]]:
        return queue.among(self.view, self.segment, self.reader, self.now, ids, self.order)

    def items(self, banded: list[tuple[int, Any]]) -> list[tuple[int, str]]:
        found = marks.of_rows([row for _band, row in banded], self.reader.user)
        self.can_undo, setting = found.can_undo, self.setting(found)
        return [(band, rows.item(row, band, setting)) for band, row in banded]


def list_context(listing: Listing, cursor: queue.Cursor | None = None) -> dict[str, Any]:
    """Everything that `workspace/queue.html` shows."""
    page = listing.page(cursor)
    groups = _groups(listing, page)
    return {
        "listing": listing,
        "view": listing.view,
        "segments": [] if cursor else _segments(listing),
        "groups": groups,
        "more": _more(listing, page),
        "can_undo": listing.can_undo,
        "shown": len(page.rows),
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's own queue; who has no line of their own begins with everything."""
    user = person(request)
    return of_view(request, "all" if user.sees_everything and not user.team_ids else "mine")


@require_safe
def of_view(request: HttpRequest, name: str) -> HttpResponse:
    listing = Listing.asked(request, name, _number(request))
    cursor = queue.Cursor.read(request.GET.get("after", ""))
    context = list_context(listing, cursor)
    if wants_part(request):
        part = "portion" if cursor else "pane"
        return render(request, f"workspace/queue.html#{part}", context)
    return show(request, "workspace/page.html", context)


@require_safe
def changes(request: HttpRequest, name: str) -> HttpResponse:
    """Rows among `ids` that belong to the view now; the page sees by their absence which have left.

    With `first` those of its first page, too: after a break nobody knows which have come.
    """
    listing = Listing.asked(request, name, _number(request))
    ids = _ids(request)
    banded = listing.among(ids)
    if "first" in request.GET:
        banded += [(band, row) for band, row in listing.page().rows if row.id not in ids]
    return HttpResponse("".join(html for _band, html in listing.items(banded)))


@require_safe
def row(request: HttpRequest, number: int) -> HttpResponse:
    """One row as it stands in the view the query names; 204 where the request is not in that view any more."""
    ticket_of(request, number)
    name = request.GET.get("view", "mine")
    listing = Listing.of(request, name if name in VIEWS else "mine", number)
    banded = listing.among([number])
    items = listing.items(banded)
    return HttpResponse(items[0][1]) if items else HttpResponse(status=204)


@require_safe
def figures(request: HttpRequest, name: str) -> HttpResponse:
    """Figures of this view's segments and of all standing views, for the head of the list and its menu."""
    listing = Listing.asked(request, name)
    found = counts.of_views(listing.reader, listing.now)
    views = [(view, counts.said(found[view.name]) if view.name in found else "") for view in VIEWS.values()]
    context = {"listing": listing, "view": listing.view, "segments": _segments(listing), "figures": views}
    context |= {"saved": _saved(listing), "parts": _parts(listing.reader.user)}
    return render(request, "workspace/queue.html#figures", context)


def _saved(listing: Listing) -> list[tuple[SavedList, str, bool]]:
    """(list, its figure, whether the reader may change it) of each saved one."""
    user = listing.reader.user
    saved = list(SavedList.objects.seen_by(user))
    found = counts.of_saved(saved, user, listing.now)
    return [(one, counts.said(found[one.pk]) if one.pk in found else "", can_change_list(user, one)) for one in saved]


def _parts(user: User) -> list[tuple[str, str | Promise, bool]]:
    """(name, words, whether it is shown) of what a row can do without."""
    left_out = user.row_without.split()
    return [(name, PARTS[name], name not in left_out) for name in ROW_PARTS]


def _segments(listing: Listing) -> list[dict[str, Any]]:
    if not listing.view.segments:
        return []
    line = {name: value for name, value in listing.narrowed.items() if name != "seg"}
    return [
        {
            "label": label,
            "address": f"/queue/{listing.view.name}/?" + urlencode({"seg": name} | line),
            "count": counts.said(listing.figures[name]),
            "current": name == listing.segment,
        }
        for name, (label, _condition) in SEGMENTS.items()
    ]


def _groups(listing: Listing, page: queue.Page) -> list[dict[str, Any]]:
    """Rows by band; a band that began on the page before gets no second heading."""
    groups: list[dict[str, Any]] = []
    continued = page.begins.band if page.begins else None
    for band, html in listing.items(page.rows):
        if not groups or groups[-1]["band"] != band:
            groups.append({"band": band, "heading": band != continued, **_heading(listing, band), "items": []})
        groups[-1]["items"].append(html)
    return groups


def _heading(listing: Listing, band: int) -> dict[str, Any]:
    """Words, tone and figure of a band."""
    figures = listing.figures
    if listing.order != Order.DUE:
        return {"label": listing.order.label, "state": "", "count": _said(figures, listing.segment)}
    if band == queue.LATE:
        return {"label": _("Late"), "state": "breach", "count": _said(figures, "late")}
    if band == queue.TODAYS:
        return {"label": _("Promised today"), "state": "plum", "count": _said(figures, "today")}
    waiting = figures["ours"] - figures["late"] - figures["today"] if figures else None
    if listing.segment == "client" and listing.view.segments:
        return {"label": _("Reminders, the nearest first"), "state": "", "count": _said(figures, "client")}
    if listing.view.name == "waiting" or (listing.segment == "aside" and listing.view.segments):
        return {
            "label": _("Come back by themselves, the nearest first"),
            "state": "",
            "count": _said(figures, "aside"),
        }
    if listing.view.order == "ended":
        return {"label": _("Ended, the newest first"), "state": "", "count": ""}
    if listing.view.order == "kept":
        return {"label": _("The last one first"), "state": "", "count": ""}
    count = counts.said(waiting) if waiting is not None and waiting >= 0 else ""
    return {"label": _("Wait for an answer, the oldest first"), "state": "", "count": count}


def _said(figures: dict[str, int], name: str) -> str:
    return counts.said(figures[name]) if name in figures else ""


def _more(listing: Listing, page: queue.Page) -> str:
    if page.after is None:
        return ""
    return f"/queue/{listing.view.name}/?" + urlencode(listing.narrowed | {"after": str(page.after)})


def _number(request: HttpRequest) -> int | None:
    given = request.GET.get("open", "")
    return int(given) if is_number(given) else None


def is_number(given: str) -> bool:
    """Of a row, as the database keeps them."""
    return given.isdecimal() and len(given) < 18


def _ids(request: HttpRequest) -> list[int]:
    given = request.GET.get("ids", "").split(",")[:MOST_ROWS]
    return [int(number) for number in given if is_number(number)]
