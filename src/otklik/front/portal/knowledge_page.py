"""What we know, for clients: found and read without signing in, and whether it helped.

An internal article, a draft and a number that never was are the same 404.
"""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.care.knowledge.models import Article, ArticleDay, Opinion, Sought
from otklik.care.knowledge.reactions import mark_of
from otklik.care.knowledge.search import LONGEST, Scope, cut, find
from otklik.care.knowledge.states import Language, Side
from otklik.care.knowledge.terms import today
from otklik.core.staff.errors import TooMany
from otklik.core.staff.models import Brand, Throttle
from otklik.core.staff.policies import Limit, network_of
from otklik.core.ui.found import marked
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.front.portal.robots import is_robot
from otklik.front.portal.visit import private

MOST = 400
"""Articles on the page of all; with more of them one searches."""
LARGEST = 2**63 - 1
MOST_DOORS = 100
OPINIONS = Limit(free=10, first=60, longest=600, forget=600)
"""So many opinions from one network before the next ones have to wait."""
COUNTED = Limit(free=60, first=60, longest=600, forget=600)
"""Searches and views of one network beyond that are answered and not counted: a machine asks so, no person."""
SEARCHES = Limit(free=300, first=10, longest=300, forget=600)
"""Searches of one network beyond that have to wait."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`?q=` words; `?lang=` in which language, else that of the reader."""
    language, query = language_of(request), cut(request.GET.get("q", ""))
    with translation.override(language):
        rest = rest_of(request, "searches", SEARCHES) if query else 0
        hits = find(query, Scope.CLIENTS, language) if query and not rest else []
        if query and not rest and _counts(request, "searches counted"):
            Sought.objects.looked_for(query, Side.CLIENTS, len(hits), today())
        context = {
            **frame(language),
            "query": query,
            "longest": LONGEST,
            "hits": [(hit, marked(hit.shown), marked(hit.snippet)) for hit in hits],
            "refused": rest,
            "shelves": [] if query else _shelves(language),
            "write_to": _write_to(_("A question"), query),
        }
        response = private(render(request, "portal/knowledge.html", context, status=429 if rest else 200))
        if rest:
            response.headers["Retry-After"] = str(rest)
        return response


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """`?q=` what was searched for when it was opened; `?said=` comes back from an opinion."""
    found = public(pk)
    if found is None:
        return nothing(request)
    query = cut(request.GET.get("q", ""))
    if query and _counts(request, "results opened"):
        Sought.objects.opened(query, Side.CLIENTS, today())
    return _page(request, found)


@require_POST
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The page itself says that it is read, by its script: programs that only take the page run none."""
    found = public(pk)
    if found is not None and _counts(request, "views"):
        ArticleDay.objects.viewed(found, today())
    return HttpResponse(status=204)


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Did it help, and what was missing; nobody is asked who they are."""
    found = public(pk)
    if found is None:
        return nothing(request)
    helped, missing = request.POST.get("helped", ""), request.POST.get("missing", "")
    if helped not in ("yes", "no"):
        return _page(request, found, status=422)
    if rest := rest_of(request, "opinions", OPINIONS):
        response = _page(request, found, status=429, missing=missing, refused=True)
        response.headers["Retry-After"] = str(rest)
        return response
    Opinion.objects.give(found, helped == "yes", missing)
    return redirect(f"{reverse('portal:kb_article', args=[found.pk])}?said={helped}")


def _page(request: HttpRequest, found: Article, *, status: int = 200, **told: Any) -> HttpResponse:
    with translation.override(found.language):
        context = {
            **frame(found.language),
            "article": found,
            "section": found.section.called(found.language) if found.section else "",
            "body": safe(to_html(found.text)),
            "others": [one for one in found.others() if one.is_public],
            "said": request.GET.get("said", ""),
            "write_to": _write_to(found.title, mark_of(found)),
            **told,
        }
        return private(render(request, "portal/article.html", context, status=status))


def nothing(request: HttpRequest) -> HttpResponse:
    language = language_of(request)
    with translation.override(language):
        context = {**frame(language), "write_to": _write_to(_("A question"), "")}
        return private(render(request, "portal/article_over.html", context, status=404))


def public(pk: int) -> Article | None:
    rows = Article.objects.public().filter(pk=min(pk, LARGEST))
    return rows.select_related("section").defer("search").first()


def _shelves(language: str) -> list[tuple[str, list[Article]]]:
    """Sections with their articles in this language; where there are none in it, in the others."""
    rows = Article.objects.public().select_related("section").defer("search", "text")
    rows = rows.order_by("section__place", "section__name", "title", "pk")
    found = list(rows.filter(language=language)[:MOST]) or list(rows[:MOST])
    shelves: dict[str, list[Article]] = {}
    for one in found:
        shelves.setdefault(one.section.called(language) if one.section else "", []).append(one)
    return list(shelves.items())


def frame(language: str) -> dict[str, Any]:
    return {"brand": Brand.objects.house().usual, "language": language, "languages": Language.values}


def _write_to(subject: str, more: str) -> str:
    """The request form, else a letter, that is begun: whoever answers sees what was read before.  "" without either."""
    forms = Channel.objects.open().filter(kind=FORM).order_by("team__level", "pk")
    if any(one.shown_as.is_usual for one in forms[:MOST_DOORS]):
        words = more if subject == _("A question") else f"{subject} {more}"
        return f"{reverse('portal:write')}?subject={quote(words.strip())}" if words else reverse("portal:write")
    doors = Channel.objects.open().filter(kind="email").order_by("team__level", "pk")
    door = next((one for one in doors[:MOST_DOORS] if one.shown_as.is_usual), None)
    return f"mailto:{door.address}?subject={quote(' '.join((subject, more)).strip())}" if door else ""


def language_of(request: HttpRequest) -> str:
    wanted = (request.GET.get("lang", ""), (translation.get_language() or "")[:2])
    usual = Brand.objects.house().usual.shown_language
    return next((one for one in wanted if one in Language.values), usual)


def _counts(request: HttpRequest, what: str) -> bool:
    """A person does it, as far as can be told without asking who they are."""
    return request.method != "HEAD" and not is_robot(request) and not rest_of(request, what, COUNTED)


def rest_of(request: HttpRequest, what: str, limit: Limit) -> int:
    """Counts one more from this network; the seconds that it has to wait first."""
    try:
        Throttle.objects.attempt({f"{what} {network(request)}": limit})
    except TooMany as error:
        return error.verdict.wait
    return 0


def network(request: HttpRequest) -> str:
    return network_of(request.META.get("REMOTE_ADDR", ""))
