"""The list of articles, narrowed and by portions; what a search found; what people looked for in vain."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Article, ArticleDay, ArticleUse, LinkCheck, Section, Sought
from otklik.care.knowledge.models.use import COUNTS
from otklik.care.knowledge.search import LONGEST, Scope, cut
from otklik.care.knowledge.states import Side, State
from otklik.care.knowledge.terms import SOON, today
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.found import marked
from otklik.core.ui.show import show
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge import finding
from otklik.front.workspace.knowledge.door import keeper
from otklik.front.workspace.knowledge.served import FIGURES_OF, served

PAGE = 50
MOST_SECTIONS = 100
MOST_GAPS = 100
DAYS = 90
SHOWS: dict[str, str | Promise] = {
    "all": pgettext_lazy("articles", "All"),
    "mine": pgettext_lazy("articles", "Mine"),
    "review": _("To review"),
    "drafts": _("Drafts"),
    "used": _("Most used"),
    "unused": _("Never used"),
    "withdrawn": pgettext_lazy("articles", "Withdrawn"),
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?show=` one of SHOWS, `?section=`, `?q=` words, `?after=` the next portion."""
    user, query = person(request), cut(request.GET.get("q", ""))
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else "all"
    after = _number(request.GET.get("after", ""))
    section = _number(request.GET.get("section", ""))
    hits = finding.found(query, Scope.DESK, get_language() or "ru", PAGE) if query else []
    if query and "HX-Request" not in request.headers:  # a search that was asked for, not a half-typed word
        Sought.objects.looked_for(query, Side.DESK, len(hits), today())
    rows = [] if query else _portion(user, shown, section, after)
    links = LinkCheck.objects.of(user).aggregate(n=Count("pk"), due=Min("due_at"))
    context = {
        "query": query,
        "longest": LONGEST,
        "hits": [(hit, marked(hit.shown), marked(hit.snippet)) for hit in hits],
        "rows": rows[:PAGE],
        "after": rows[PAGE - 1].pk if len(rows) > PAGE and shown not in ("used", "review") else "",
        "cut": len(rows) > PAGE,
        "most": PAGE,
        "shows": SHOWS.items(),
        "shown": shown,
        "sections": Section.objects.in_order()[:MOST_SECTIONS],
        "section": section,
        "may_write": access.may_write(user),
        "may_keep": access.may_keep(user),
        "figures": served(user) if access.may_keep(user) and not after and not query else (),
        "days": FIGURES_OF,
        "links": links,
        "links_late": links["due"] is not None and links["due"] <= clock.now(),
        "now": words.here(),
    }
    return show(request, "workspace/knowledge/list.html", context, part="rows" if after else "found")


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """What clients and colleagues looked for in vain: each is an article to write."""
    keeper(request)
    context = {"gaps": Sought.objects.gaps(today(), MOST_GAPS), "most": MOST_GAPS}
    return show(request, "workspace/knowledge/gaps.html", context)


def owed(user: User) -> QuerySet[Article]:
    """This person's articles whose review is near or over, the soonest first."""
    return Article.objects.briefly().of(user).to_review(today() + SOON).order_by("review_on", "pk")


def _portion(user: User, shown: str, section: int, after: int) -> list[Article]:
    """One row more than a page where there are more."""
    found = _narrowed(user, shown)
    if section:
        found = found.filter(section=section)
    match shown:
        case "used":
            found = _counted(found.filter(pk__in=_most_used(found))).order_by(F("used").desc(), "-pk")
        case "review":
            found = _counted(found).order_by("review_on", "pk")
        case _:
            found = _counted(found.filter(pk__lt=after) if after else found).order_by("-pk")
    return list(found.select_related("owner", "section")[: PAGE + 1])


def _narrowed(user: User, shown: str) -> QuerySet[Article]:
    living = Article.objects.briefly().living()
    match shown:
        case "mine":
            return living.of(user)
        case "review":
            return living.to_review(today() + SOON) if access.may_keep(user) else owed(user)
        case "drafts":
            return living.filter(state=State.DRAFT)
        case "used":
            return living.published()
        case "unused":
            return living.published().filter(~Exists(ArticleUse.objects.filter(article=OuterRef("pk"), how__in=COUNTS)))
        case "withdrawn":
            return Article.objects.briefly().filter(state=State.WITHDRAWN)
    return living


def _most_used(rows: QuerySet[Article]) -> list[int]:
    """Numbers of those of them that stood in answers most often: the uses are grouped once, not counted for each."""
    used = _uses().filter(article__in=rows.values("pk")).values("article").annotate(n=Count("pk"))
    return [row["article"] for row in used.order_by("-n", "-article")[: PAGE + 1]]


def _uses() -> QuerySet[ArticleUse]:
    """In answers and notes, lately."""
    return ArticleUse.objects.filter(how__in=COUNTS, at__gt=clock.now() - timedelta(days=DAYS)).order_by()


def _counted(rows: QuerySet[Article]) -> QuerySet[Article]:
    """With uses and views of each row that is shown, and of no other."""
    since: date = today() - timedelta(days=DAYS)
    views = ArticleDay.objects.filter(article=OuterRef("pk"), day__gt=since)
    told: dict[str, Any] = {
        "used": _one(_uses().filter(article=OuterRef("pk")).values("article").annotate(n=Count("pk"))),
        "viewed": _one(views.order_by().values("article").annotate(n=Sum("views"))),
    }
    return rows.annotate(**told)


def _one(counted: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(counted.values("n")), 0)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
