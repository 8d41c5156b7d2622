"""Search as a page, and as lines of the palette."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from otklik.care.knowledge.search import Hit as Article
from otklik.care.knowledge.search import Scope
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.found import marked
from otklik.core.ui.show import show
from otklik.desk.channels.glyphs import glyph_of
from otklik.desk.tickets.query import LONGEST
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge import finding
from otklik.front.workspace.queries.kept import at_hand
from otklik.front.workspace.queries.people import colleague
from otklik.front.workspace.queries.said import Hit
from otklik.front.workspace.queries.search import search
from otklik.front.workspace.views.command import is_command, read

LINES = 8
FEW = 4
"""Articles beside the requests."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?q=` words, a number, an address or a name."""
    found = search(request.GET.get("q", ""), person(request))
    context = {
        "found": found,
        "articles": _articles(found.query),
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
    if is_command(query, person(request)):
        return render(request, "workspace/palette.html", {"command": read(query, person(request))})
    found = search(query, person(request), LINES)
    told = {"found": found, "articles": _articles(found.query, FEW), "rows": [_row(hit) for hit in found.tickets]}
    return render(request, "workspace/palette.html", told)


def _row(hit: Hit) -> tuple[Hit, SafeString, str, User | None]:
    """(hit, snippet with marks, glyph of its channel or of a joining, owner)."""
    glyph = "merge" if hit.merged_into else glyph_of(hit.channel_kind)
    return hit, marked(hit.snippet), glyph, colleague(hit.owner_id)


def _articles(query: str, limit: int = LINES) -> list[tuple[Article, SafeString, SafeString]]:
    """(article, its title and a snippet with marks); a number or an address is looked for among requests alone."""
    if not any(letter.isalpha() for letter in query) or "@" in query or ":" in query:
        return []
    hits = finding.found(query, Scope.DESK, get_language() or "ru", limit)
    return [(hit, marked(hit.shown), marked(hit.snippet)) for hit in hits]
