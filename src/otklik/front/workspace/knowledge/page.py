"""The page of one article: what it says, who keeps it right, what it did, and its acts."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Article, ArticleUse, Flag, Sought
from otklik.care.knowledge.models.use import COUNTS
from otklik.care.knowledge.search import cut
from otklik.care.knowledge.states import How, Language, Side
from otklik.care.knowledge.terms import today
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.forms import Refusable
from otklik.core.ui.show import show
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.links import site_url
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge.door import article_of, back, kept_by, ticket_named
from otklik.front.workspace.knowledge.forms import AnswerForm, FlagForm, GiveForm
from otklik.front.workspace.known import LARGEST

SHOWN = 5
MOST_FLAGS = 20
TEMPLATE = "workspace/knowledge/page.html"


def public_address(article: Article) -> str:
    """Where clients read it: an address that never changes."""
    return f"{site_url()}/kb/{article.number}/"


def inner_address(article: Article) -> str:
    return f"{site_url()}/knowledge/{article.number}/"


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """`?ticket=` the request in which the reader looks at it, which is remembered; `?q=` what it was found by."""
    found = article_of(request, pk)
    if request.method == "GET" and (query := cut(request.GET.get("q", ""))):
        Sought.objects.opened(query, Side.DESK, today())
    ticket = ticket_named(request)
    if ticket is not None and request.method == "GET":
        ArticleUse.objects.note(ticket, found, How.LOOKED, by=person(request))
    return show(request, TEMPLATE, _context(request, found, ticket=ticket))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One press: publish, withdraw, review; or a small form: give, flag."""
    if name == "flag":
        return _flag(request, article_of(request, pk))
    found, user = kept_by(request, pk), person(request)
    try:
        match name:
            case "publish":
                found.publish(by=user)
                return back(request, found, _("It is published."))
            case "withdraw":
                found.withdraw(by=user)
                return back(request, found, _("It is withdrawn: nobody finds it any more."))
            case "review":
                found.review(by=user)
                return back(
                    request, found, _("Read anew: the next time is %(day)s.") % {"day": words.date_of(found.review_on)}
                )
            case "give":
                return _give(request, found)
    except Refused as error:
        messages.error(request, error.text)
        return redirect("workspace:article_change" if error.field == "section" else "workspace:article", found.pk)
    raise Http404


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """It is right as it stands: whoever doubted reads why."""
    flag = Flag.objects.filter(pk=min(pk, LARGEST)).first()
    if flag is None:
        raise Http404
    found, user = kept_by(request, flag.article_id), person(request)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            flag.close(by=user, answer=form.cleaned_data["answer"], mended=False)
            return back(request, found, _("Answered."))
        except Refused as error:
            form.refuse(error.text, error.field)
    return show(request, TEMPLATE, _context(request, found, answered=flag.pk, answer=form), status=422)


def _give(request: HttpRequest, found: Article) -> HttpResponse:
    form = GiveForm(found, request.POST)
    if not form.is_valid():
        return show(request, TEMPLATE, _context(request, found, give=form), status=422)
    found.give(form.cleaned_data["owner"], by=person(request))
    return back(request, found, _("%(name)s keeps it from now on.") % {"name": found.owner.name})


def _flag(request: HttpRequest, found: Article) -> HttpResponse:
    user, ticket = person(request), ticket_named(request)
    form = FlagForm(request.POST)
    if form.is_valid():
        try:
            found.flag(form.cleaned_data["text"], by=user, ticket=ticket)
            return back(request, found, _("%(name)s hears of it.") % {"name": found.owner.name})
        except Refused as error:
            form.refuse(error.text, error.field)
    return show(request, TEMPLATE, _context(request, found, ticket=ticket, flag=form), status=422)


def _context(request: HttpRequest, found: Article, ticket: Ticket | None = None, **forms: Any) -> dict[str, Any]:
    user = person(request)
    may = access.may_change(user, found)
    others = found.others()
    opinions = found.opinions.order_by()
    told = opinions.aggregate(yes=Count("pk", filter=Q(helped=True)), no=Count("pk", filter=Q(helped=False)))
    blank: dict[str, Refusable] = {"give": GiveForm(found), "flag": FlagForm(), "answer": AnswerForm()}
    return {
        "article": found,
        "body": safe(to_html(found.text)),
        "may": may,
        "may_write": access.may_write(user),
        "others": others,
        "languages": _missing(found, others) if access.may_write(user) and not found.is_draft else (),
        "flags": list(found.flags.filter(done_at=None).select_related("by", "ticket").order_by("due_at")[:MOST_FLAGS]),
        "used": found.uses.filter(how__in=COUNTS).count(),
        "tickets": _seen(user, found),
        "views": found.days.aggregate(n=Sum("views"))["n"] or 0,
        "opinions": told,
        "missing": list(found.opinions.filter(helped=False).exclude(missing="").order_by("-id")[:SHOWN]),
        "versions": found.versions.count(),
        "address": public_address(found) if found.is_public else inner_address(found),
        "ticket": ticket,
        "answered": 0,
        "now": words.here(),
        **blank,
        **forms,
    }


def _missing(found: Article, others: list[Article]) -> list[tuple[str, str]]:
    taken = {found.language, *(one.language for one in others)}
    return [(code, str(label)) for code, label in Language.choices if code not in taken]


def _seen(user: User, found: Article) -> list[Ticket]:
    """The last requests in whose answers it stands, as far as the reader may see them."""
    used = found.uses.filter(how__in=COUNTS).order_by().values("ticket").annotate(last=Max("pk")).order_by("-last")
    numbers = [row["ticket"] for row in used[:100]]
    known = Ticket.objects.visible_to(user).filter(pk__in=numbers).only("pk", "subject").in_bulk()
    return [known[number] for number in numbers if number in known][:SHOWN]
