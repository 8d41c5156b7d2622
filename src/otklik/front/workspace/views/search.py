"""Search as a page, and as lines of the palette."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.channels.glyphs import glyph_of
from otklik.desk.tickets.query import LONGEST
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.kept import at_hand
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.said import START, STOP, Hit
from otklik.front.workspace.queries.search import search

LINES = 8


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?q=` words, a number, an address or a name."""
    found = search(request.GET.get("q", ""), person(request))
    context = {
        "found": found,
        "rows": [_row(hit) for hit in found.tickets],
        "longest": LONGEST,
        "now": clock.now(),
    }
    return show(request, "workspace/search.html", context, part="results")


@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """Options for the palette and their captions alone, because its script reads the children.

    Without a word: what the person keeps at hand.
    """
    query = request.GET.get("q", "")
    if not query.strip():
        kept = [(row, glyph_of(row.channel_kind)) for row in at_hand(person(request))]
        return render(request, "workspace/palette.html", {"kept": kept})
    found = search(query, person(request), LINES)
    return render(request, "workspace/palette.html", {"found": found, "rows": [_row(hit) for hit in found.tickets]})


def _row(hit: Hit) -> tuple[Hit, SafeString, str, User | None]:
    """(hit, snippet with marks, glyph of its channel or of a joining, owner)."""
    glyph = "merge" if hit.merged_into else glyph_of(hit.channel_kind)
    return hit, marked(hit.snippet), glyph, colleague(hit.owner_id)


def marked(snippet: str) -> SafeString:
    """Found words in <mark>; whatever else stood in the message stays text."""
    first, *rest = snippet.split(START)
    pieces = [piece.partition(STOP) for piece in rest]
    found = format_html_join("", "<mark>{}</mark>{}", ((word, after) for word, _stop, after in pieces))
    return format_html("{}{}", first, found)
