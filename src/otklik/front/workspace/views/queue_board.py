"""A list as a board: the same query, its rows in columns by move, line or channel; nothing is dragged, keys work."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from otklik.core.staff.models import Team
from otklik.core.ui.show import show
from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.narrowing import Narrowing
from otklik.front.workspace import rows
from otklik.front.workspace.queries import counts, marks
from otklik.front.workspace.queries.standing import SEGMENTS
from otklik.front.workspace.views.queue import Listing

MOST_LINES = 8
"""Columns: more would be read by nobody, and each costs two statements."""
WAYS = ("status", "line", "channel")


@dataclass(frozen=True)
class Column:
    """`items` are its first rows, `address` is the list of all of them."""

    label: str | Promise
    count: str
    items: list[SafeString]
    more: bool
    address: str


@require_safe
def board(request: HttpRequest, name: str) -> HttpResponse:
    """`?by=` status (the usual one), line or channel; narrowed as the list is; lists without moves have none."""
    listing = Listing.asked(request, name)
    by = request.GET.get("by", "status")
    if not listing.view.segments or by not in WAYS:
        raise Http404
    parts = {"status": _by_status, "line": _by_line, "channel": _by_channel}[by](listing)
    kept = {key: value for key, value in listing.narrowed.items() if key in ("q", "line")}
    context = {
        "listing": listing,
        "view": listing.view,
        "by": by,
        "columns": [_column(part, label, count) for label, part, count in parts],
        "ways": {way: "?" + urlencode(kept | {"by": way}) for way in WAYS},
    }
    return show(request, "workspace/queue_board.html", context)


def _by_status(listing: Listing) -> Iterator[tuple[str | Promise, Listing, str]]:
    for segment, (label, _condition) in SEGMENTS.items():
        yield label, replace(listing, segment=segment), counts.said(listing.figures[segment])


def _by_line(listing: Listing) -> Iterator[tuple[str | Promise, Listing, str]]:
    """Of each line of the reader our move, in the order of the lines."""
    lines = Team.objects.active()
    if not listing.reader.everything:
        lines = lines.filter(pk__in=listing.reader.lines)
    if listing.reader.line:
        lines = lines.filter(pk=listing.reader.line)
    for line in lines[:MOST_LINES]:
        part = replace(listing, segment="ours", reader=replace(listing.reader, line=line.pk))
        yield line.name, part, counts.said(part.figures["ours"])


def _by_channel(listing: Listing) -> Iterator[tuple[str | Promise, Listing, str]]:
    """Our move on each kind of channel that there is."""
    reader = listing.reader
    for kind in Channel.objects.kinds()[:MOST_LINES]:
        narrowing = Narrowing.read(f"{reader.narrowing.query} channel:{kind}", reader.user)
        part = replace(listing, segment="ours", reader=replace(reader, narrowing=narrowing))
        yield capfirst(name_of(kind)), part, counts.said(part.figures["ours"])


def _column(part: Listing, label: str | Promise, count: str) -> Column:
    page = part.page()
    found = marks.of_rows([row for _band, row in page.rows], part.reader.user)
    setting = replace(part.setting(found), ticks=False)  # nothing is done to many here
    items = [rows.item(row, band, setting) for band, row in page.rows]
    return Column(label, count, items, page.after is not None, part.address)
