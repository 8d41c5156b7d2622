"""A list narrowed by what requests are about."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.clients.models import Product
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Field, Priority, Tag, Topic
from otklik.desk.tickets.narrowing import Narrowing, written
from otklik.desk.tickets.query import LONGEST
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.standing import CARRIED, VIEWS

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
    must_be_known(name)
    told = request.POST or request.GET
    context: dict[str, Any] = {
        "name": name,
        "kept": kept_of(request),
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
    return lead_to(request, address_of(name, kept_of(request), words))


def must_be_known(name: str) -> None:
    if name not in VIEWS:
        raise Http404


def kept_of(request: HttpRequest) -> dict[str, str]:
    """How the list is narrowed already."""
    told = request.POST or request.GET
    return {key: told[key][:LONGEST] for key in CARRIED if told.get(key)}


def address_of(name: str, kept: dict[str, str], words: str = "") -> str:
    query = " ".join(filter(None, [kept.get("q", ""), words]))
    told = {**kept, **({"q": query} if query else {})}
    return f"/queue/{name}/" + (f"?{urlencode(told)}" if told else "")


def _words(request: HttpRequest) -> str:
    """The conditions of the form in the query language.  Raises Invalid for none, and for what makes no sense."""
    told = {key: request.POST.get(key, "").strip() for key in ASKED}
    words = [f"{key}:{'_'.join(told[key].split())}" for key in WORDS if told[key]]
    if told["field"]:
        words.append(_of_field(told["field"], told["test"], told["value"]))
    asked = kept_of(request).get("q", "")
    if not words and not asked:
        raise Invalid(_("Choose what to narrow the list to."))
    must_narrow(asked, person(request))
    query = " ".join(filter(None, [asked, *words]))
    if len(query) > LONGEST:
        raise Invalid(_("That is too much at once; take a condition away first."))
    return " ".join(words)


def must_narrow(query: str, user: User) -> None:
    """What was written as text.  Raises Invalid for words that narrow no list, and for what makes no sense."""
    errors = Narrowing.read(query, user).errors
    if errors:
        raise Invalid(errors[0], "q")
    if not Narrowing.knows(query):
        raise Invalid(_("Here only filters work, as status:open or -tag:vpn; words are looked for by the search."), "q")


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
    if part.error:
        raise Invalid(part.said, "value")
    return word
