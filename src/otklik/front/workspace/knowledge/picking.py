"""An article in an answer: chosen in the composer, put at the caret as a link or as text; it counts when it is sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from otklik.care.knowledge.models import Article, ArticleUse, Sought
from otklik.care.knowledge.search import Hit, Scope, fitting
from otklik.care.knowledge.states import How, Side
from otklik.care.knowledge.terms import today
from otklik.core.ui.found import marked
from otklik.core.ui.show import wants_part
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.letters import language_of
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.draft import below_draft
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge import finding
from otklik.front.workspace.knowledge.page import inner_address, public_address
from otklik.front.workspace.known import LARGEST

TEMPLATE = "workspace/knowledge/pick.html"
FOUND = 12
SUGGESTED = 3
MOST_USED = 10


@act("GET")
def choose(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """`?words=` what is looked for; without them what fits the subject of the request.  `?mode=` is reply or note."""
    query, mode = request.GET.get("words", ""), _mode(request.GET.get("mode", ""))
    hits = found(ticket, query)
    context = {"hits": rows(hits), "query": query, "mode": mode, **_first(ticket, hits, mode)}
    if wants_part(request) and "words" in request.GET:
        return render(request, f"{TEMPLATE}#results", {"ticket": ticket, **context})
    return dialog(request, ticket, TEMPLATE, {"used": used_in(ticket), **context})


@act("GET")
def look(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """One article as it is read."""
    shown = _shown(ticket, usable(pk), _mode(request.GET.get("mode", "")))
    return render(request, f"{TEMPLATE}#look", {"ticket": ticket, **shown})


@act("POST")
def insert(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """The words, for the script to put at the caret; without scripts they go below what the draft holds.

    `how` is linked or pasted; clients are never sent a link that they cannot open.
    """
    article, mode = usable(pk), _mode(request.POST.get("mode", ""))
    linked = request.POST.get("how", "") != How.PASTED and (mode == "note" or article.is_public)
    text = link_to(article) if linked else article.text
    if not linked:
        ArticleUse.objects.chosen(ticket, article, by=person(request))
    Sought.objects.looked_for(request.POST.get("q", ""), Side.DESK, 1, today())
    Sought.objects.opened(request.POST.get("q", ""), Side.DESK, today())
    if request.headers.get("X-Requested-With") == "fetch" or wants_part(request):
        return JsonResponse({"text": text})
    below_draft(request, ticket, text, mode)
    return redirect(ticket_page(ticket, request.POST.get("view", ""), compose=mode))


@act("POST")
def sought(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The window was closed without an article: what was typed last is what is missing."""
    query = request.POST.get("q", "")
    Sought.objects.looked_for(query, Side.DESK, len(found(ticket, query)) if query else 0, today())
    return HttpResponse(status=204)


def found(ticket: Ticket, query: str) -> list[Hit]:
    """Published articles for these words, else a few that fit the subject."""
    language = language_of(ticket)
    if not query.strip():
        return fitting(ticket.subject, language, SUGGESTED)
    return finding.found(query, Scope.PUBLISHED, language, FOUND)


def rows(hits: list[Hit]) -> list[tuple[Hit, str]]:
    return [(hit, marked(hit.shown)) for hit in hits]


def used_in(ticket: Ticket) -> list[ArticleUse]:
    """What articles have done in this request already."""
    uses = ArticleUse.objects.with_article().filter(ticket=ticket).exclude(how=How.CHOSEN).order_by("-pk")
    return list(uses[:MOST_USED])


def usable(pk: int) -> Article:
    """Raises Http404 for one that nobody reads now."""
    article = Article.objects.published().filter(pk=min(pk, LARGEST)).first()
    if article is None:
        raise Http404
    return article


def link_to(article: Article) -> str:
    """Public ones at the clients' address, others where colleagues read them."""
    address = public_address(article) if article.is_public else inner_address(article)
    title = article.title.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{title}]({address})"


def _first(ticket: Ticket, hits: list[Hit], mode: str) -> dict[str, Any]:
    first = Article.objects.published().filter(pk=hits[0].id).first() if hits else None
    return _shown(ticket, first, mode) if first else {"article": None, "mode": mode}


def _shown(ticket: Ticket, article: Article, mode: str) -> dict[str, Any]:
    may_link = mode == "note" or article.is_public
    return {"article": article, "body": safe(to_html(article.text)), "mode": mode, "may_link": may_link}


def _mode(asked: str) -> str:
    return "note" if asked == "note" else "reply"
