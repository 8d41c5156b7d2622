"""An article is written: as its readers will see it, beside the text; nobody writes over what they have not seen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.knowledge import making
from otklik.care.knowledge.models import Article
from otklik.care.knowledge.states import Language
from otklik.care.knowledge.terms import LONGEST_TEXT, LONGEST_TITLE
from otklik.core.ui.show import show
from otklik.desk.conversations.html import safe
from otklik.desk.conversations.markdown import to_html
from otklik.desk.tickets.errors import Changed, Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge.door import article_of, kept_by, ticket_named, writer
from otklik.front.workspace.knowledge.forms import ArticleForm

TEMPLATE = "workspace/knowledge/edit.html"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?ticket=` makes it of a request, `?of=` with `?language=` translates an article, `?title=` fills a gap."""
    user, ticket = writer(request), ticket_named(request)
    original = _original(request)
    posted = request.method == "POST"
    form = ArticleForm(request.POST) if posted else ArticleForm(initial=_begun(request, original))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "text", "section", "audience", "language")}
        try:
            made = Article.objects.begin(**told, by=user, original=original, ticket=ticket)
            return _kept(request, made, _("The draft is kept."))
        except Refused as error:
            form.refuse(error.text, error.field)
    context = {"form": form, "article": None, "ticket": ticket, "original": original, **_look(form)}
    return show(request, TEMPLATE, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Where somebody else was quicker, their text stands beside the one that was typed, and nothing is lost."""
    found, user = kept_by(request, pk), person(request)
    names = ("title", "text", "section", "audience")
    theirs: dict[str, Any] = {}
    if request.method != "POST":
        given = {name: getattr(found, name) for name in names}
        form = ArticleForm(initial={**given, "seen": found.edition}, changed=found)
    else:
        form = ArticleForm(request.POST, changed=found)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in names}
        try:
            mends = [flag.pk for flag in form.cleaned_data.get("mends", ())]
            found.write(**told, by=user, seen=form.cleaned_data["seen"] or 0, mends=mends)
            return _kept(request, found, _("Saved."))
        except Changed as error:
            form.refuse(error.text, error.field)
            given = request.POST.copy()
            given["seen"] = str(found.edition)  # what was refused holds their text; the next press is made knowing it
            form.data = given
            theirs = {"theirs": found, "their_look": safe(to_html(found.text))}
        except Refused as error:
            form.refuse(error.text, error.field)
    context = {"form": form, "article": found, **_look(form), **theirs}
    return show(request, TEMPLATE, context, status=(409 if theirs else 422) if form.is_bound else 200)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What is being written, as it will be read."""
    writer(request)
    return render(request, f"{TEMPLATE}#look", _look(ArticleForm(request.POST)))


def _kept(request: HttpRequest, article: Article, said: str) -> HttpResponse:
    """Kept, and let out with the same press where the writer wanted that."""
    if "publish" in request.POST and not article.is_published:
        try:
            article.publish(by=person(request))
            said = _("It is published.")
        except Refused as error:
            messages.error(request, error.text)
            return redirect("workspace:article_change", article.pk)
    messages.success(request, said)
    return redirect("workspace:article", article.pk)


def _original(request: HttpRequest) -> Article | None:
    number = request.POST.get("of", "") or request.GET.get("of", "")
    if not (number.isdecimal() and len(number) < 19):
        return None
    found = article_of(request, int(number))
    if found.is_draft:
        raise PermissionDenied
    return found


def _begun(request: HttpRequest, original: Article | None) -> dict[str, Any]:
    language = request.GET.get("language", "")
    language = language if language in Language.values else (get_language() or "ru")
    if original is not None:
        names = ("title", "text", "section", "audience")
        return {**{name: getattr(original, name) for name in names}, "language": language}
    ticket = ticket_named(request)
    if ticket is not None:
        begun = making.of_ticket(ticket, request.GET.get("words", "")[:LONGEST_TEXT])
        return {"title": begun.title, "text": begun.text, "language": begun.language}
    return {"title": request.GET.get("title", "")[:LONGEST_TITLE], "language": language}


def _look(form: ArticleForm) -> dict[str, Any]:
    text = str(form["text"].value() or "")[:LONGEST_TEXT]
    return {"look_title": form["title"].value() or "", "look": safe(to_html(text))}
