"""What an article said before: every text that was read, each beside the one before it."""

from difflib import SequenceMatcher
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from otklik.care.knowledge import access
from otklik.care.knowledge.models import Article, Version
from otklik.care.knowledge.states import Audience
from otklik.core.ui import words
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.knowledge.door import article_of, keeper, kept_by
from otklik.front.workspace.knowledge.forms import EraseForm
from otklik.front.workspace.known import LARGEST

MOST = 200
MOST_LINES = 4000


class Line(NamedTuple):
    """`mark` is "new", "gone" or "" for a line that both texts have."""

    mark: str
    text: str


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """`?version=` which one is shown, the newest unless asked."""
    return _shown(request, article_of(request, pk))


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Words go from every version, with a reason, for who keeps the base in order."""
    user, found, form = keeper(request), article_of(request, pk), EraseForm(request.POST)
    if form.is_valid():
        try:
            count = found.erase(**form.cleaned_data, by=user)
            said = ngettext("Gone from %(count)s version.", "Gone from %(count)s versions.", count) % {"count": count}
            messages.success(request, said)
            return redirect("workspace:article_history", found.pk)
        except Refused as error:
            form.refuse(error.text, error.field)
    return _shown(request, found, form)


def _shown(request: HttpRequest, found: Article, form: EraseForm | None = None) -> HttpResponse:
    versions = list(found.versions.select_related("by").order_by("-number").defer("text")[:MOST])
    chosen = _version(found, request.GET.get("version", "")) if versions else None
    before = found.versions.filter(number=chosen.number - 1).first() if chosen else None
    context = {
        "article": found,
        "versions": versions,
        "most": MOST,
        "chosen": chosen,
        "lines": compared(before.text if before else "", chosen.text) if chosen else (),
        "title_was": before.title if before and chosen and before.title != chosen.title else "",
        "may": access.may_change(person(request), found),
        "is_now": bool(chosen and chosen.text == found.text and chosen.title == found.title),
        "hides": bool(chosen and chosen.audience == Audience.INTERNAL and found.audience == Audience.PUBLIC),
        "may_erase": access.may_keep(person(request)),
        "erase": form or EraseForm(),
        "now": words.here(),
    }
    return show(request, "workspace/knowledge/history.html", context, status=422 if form else 200)


@require_POST
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """It says again what it said then, as a new version."""
    found = kept_by(request, pk)
    version = found.versions.filter(number=min(number, LARGEST)).first()
    if version is None:
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        was_public = found.is_public
        found.restore(version, by=person(request), seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
        said = _("It says again what it said then.")
        if was_public and not found.is_public:
            said = _("It says again what it said then, to colleagues only.")
        messages.success(request, said)
    except Refused as error:
        messages.error(request, error.text)
    return redirect("workspace:article", found.pk)


def compared(before: str, after: str) -> list[Line]:
    """Line by line: what went and what came in its place."""
    was, now = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    lines: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
        if kind == "equal":
            lines += [Line("", text) for text in now[c:d]]
        else:
            lines += [Line("gone", text) for text in was[a:b]] + [Line("new", text) for text in now[c:d]]
    return lines


def _version(article: Article, asked: str) -> Version:
    if not asked:
        found = article.versions.select_related("by").order_by("-number").first()
    else:
        number = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
        found = article.versions.select_related("by").filter(number=number).first()
    if found is None:
        raise Http404
    return found
