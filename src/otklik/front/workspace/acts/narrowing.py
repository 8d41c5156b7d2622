"""A list narrowed by what requests are about, and kept under a name."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.staff.models import Team
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Field, Priority, Product, SavedList, Tag, Topic
from otklik.desk.tickets.narrowing import LONGEST, Narrowing, written
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.standing import VIEWS

TESTS = (
    ("=", gettext_lazy("is")),
    (">=", gettext_lazy("at least")),
    ("<=", gettext_lazy("at most")),
    ("~", gettext_lazy("has the words")),
    ("", gettext_lazy("is filled in")),
)
WORDS = ("topic", "product", "priority", "tag", "upset")
ASKED = (*WORDS, "field", "test", "value")


@login_required
@require_http_methods(["GET", "POST"])
def narrow(request: HttpRequest, name: str) -> HttpResponse:
    """Asks what to narrow the list to; a condition comes to those that it has."""
    _known(name)
    told = request.POST or request.GET
    context: dict[str, Any] = {
        "name": name,
        "kept": _kept(request),
        "topics": Topic.objects.tree().offered(),
        "products": Product.objects.offered(),
        "priorities": Priority.choices[::-1],
        "tags": Tag.objects.offered(),
        "fields": Field.objects.filter(is_active=True),
        "tests": TESTS,
        "told": {key: told.get(key, "") for key in ASKED},
    }
    if request.method == "GET":
        context["told"]["test"] = TESTS[0][0]
        return show(request, "workspace/dialogs/narrow.html", context, part="dialog")
    try:
        words = _words(request)
    except Invalid as error:
        return show(request, "workspace/dialogs/narrow.html", {**context, "error": error}, part="form", status=422)
    return lead_to(request, _address(name, _kept(request), words))


@login_required
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, name: str) -> HttpResponse:
    """The list as it is narrowed now gets a name, for oneself or, by a lead, for a line."""
    _known(name)
    user, kept = person(request), _kept(request)
    lines = [
        team for team in Team.objects.active() if user.leads and (user.sees_everything or team.pk in user.team_ids)
    ]
    context: dict[str, Any] = {
        "name": name,
        "kept": kept,
        "parts": Narrowing.read(kept.get("q", "")).parts,
        "lines": lines,
        "told": {"name": request.POST.get("name", ""), "line": request.POST.get("for", "")},
    }
    if request.method == "GET":
        return show(request, "workspace/dialogs/keep_list.html", context, part="dialog")
    team = next((line for line in lines if str(line.pk) == request.POST.get("for")), None)
    try:
        SavedList.objects.keep(user, request.POST.get("name", ""), name, kept.get("q", ""), team)
    except Refused as error:
        return show(request, "workspace/dialogs/keep_list.html", {**context, "error": error}, part="form", status=422)
    messages.success(request, _("The list is saved; it stands in the menu of lists"))
    return lead_to(request, _address(name, kept))


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, and as a lead those of one's lines."""
    user = person(request)
    found = get_object_or_404(SavedList.objects.seen_by(user), pk=pk)
    if found.owner_id != user.pk and not user.leads:
        raise Http404
    found.delete()
    messages.success(request, _("The list is removed"))
    return lead_to(request, _address(found.view, {}))


def _known(name: str) -> None:
    if name not in VIEWS:
        raise Http404


def _kept(request: HttpRequest) -> dict[str, str]:
    """How the list is narrowed already."""
    told = request.POST or request.GET
    return {key: told[key][:LONGEST] for key in ("seg", "line", "q") if told.get(key)}


def _address(name: str, kept: dict[str, str], words: str = "") -> str:
    query = " ".join(filter(None, [kept.get("q", ""), words]))
    told = {**kept, **({"q": query} if query else {})}
    return f"/queue/{name}/" + (f"?{urlencode(told)}" if told else "")


def _words(request: HttpRequest) -> str:
    """The conditions of the form in the query language.  Raises Invalid for none, and for what makes no sense."""
    told = {key: request.POST.get(key, "").strip() for key in ASKED}
    words = [f"{key}:{'_'.join(told[key].split())}" for key in WORDS if told[key]]
    if told["field"]:
        words.append(_of_field(told["field"], told["test"], told["value"]))
    if not words:
        raise Invalid(_("Choose what to narrow the list to."))
    query = " ".join(filter(None, [_kept(request).get("q", ""), *words]))
    if len(query) > LONGEST:
        raise Invalid(_("That is too much at once; take a condition away first."))
    return " ".join(words)


def _of_field(number: str, test: str, value: str) -> str:
    field = Field.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if field is None:
        raise Invalid(_("Choose a field of the list."), "field")
    if test not in dict(TESTS):
        raise Invalid(_("Choose how to compare."), "field")
    if field.kind == Field.Kind.FLAG:
        value = {_("yes"): "yes", _("no"): "no"}.get(value.lower(), value)
    word = written(field, test, value if test else "")
    (part,) = Narrowing.read(word).parts
    if part.sql == "FALSE":
        raise Invalid(part.said, "value")
    return word
