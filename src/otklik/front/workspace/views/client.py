"""The client: the card and every request on all channels, and facts changed in place."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.core.ui.show import show, wants_part
from otklik.desk.clients.models import FACTS, Contact
from otklik.front.workspace import card
from otklik.front.workspace.door import person
from otklik.front.workspace.forms import FactForm
from otklik.front.workspace.panel import LABELS, facts_of, panel_of
from otklik.front.workspace.queries.contact import history, how_many
from otklik.front.workspace.queries.people import colleague

PAGE = 50
EDITED = (*FACTS, "client")
CHANGED = {
    **LABELS,
    "keys": gettext_lazy("Keys of letters"),
    "address": gettext_lazy("Letters go again to"),
    "address_added": gettext_lazy("Address added"),
    "address_removed": gettext_lazy("Address removed"),
    "address_sure": gettext_lazy("Made sure that this is them"),
    "address_unsure": gettext_lazy("Not sure any more that this is them"),
}


def contact_of(request: HttpRequest, pk: int) -> Contact:
    """The contact, if the reader may see at least one of their requests.  Raises Http404 otherwise."""
    contacts = Contact.objects.select_related("client").prefetch_related("identities")
    contact = contacts.filter(pk=min(pk, 2**63 - 1)).first()
    if contact is None or not may_open(person(request), contact):
        raise Http404
    return contact


def may_open(user: User, contact: Contact) -> bool:
    """Who sees one of their requests knows the person."""
    return user.sees_everything or contact.tickets.visible_to(user).exists()


@require_safe
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    found, user, now = contact_of(request, pk), person(request), clock.now()
    before = request.GET.get("before", "")
    rows = history(found, user, int(before) if before.isdecimal() and len(before) < 18 else None, PAGE)
    context = {
        "contact": found,
        "panel": panel_of(request, found, user, now),
        "rows": [(row, colleague(row.owner_id)) for row in rows[:PAGE]],
        "more": rows[PAGE - 1].id if len(rows) > PAGE else None,
        "count": how_many(found, user),
        "keys": list(found.keys.select_related("added_by").order_by("id")),
        "changes": _changes(found),
        "can_answer": user.answers,
        "now": now,
    }
    return show(request, "workspace/contact.html", context, part="rows" if before else "content")


@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """GET: a small form in the place of the value; POST: the value.  `?as=value` gives the value back unchanged."""
    found = contact_of(request, pk)
    if name not in EDITED:
        raise Http404
    if not person(request).answers:
        raise PermissionDenied
    form = FactForm(name, found, request.POST if request.method == "POST" else None)
    context = {"contact": found, "name": name, "form": form, "can_answer": True}
    if request.method != "POST":
        return _value(found, name) if "as" in request.GET else _form(request, context)
    if not form.is_valid() or not _changed(found, name, form, request):
        return _form(request, context, status=422)
    return _value(found, name) if wants_part(request) else redirect("workspace:contact", pk)


def _changed(found: Contact, name: str, form: FactForm, request: HttpRequest) -> bool:
    try:
        if name == "client":
            found.belong_to(form.fact, by=person(request))
        else:
            found.change(name, form.fact, by=person(request))
    except ValidationError as error:
        form.add_error("value", error.messages)
        return False
    return True


def _form(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    template = "workspace/fact.html#form" if wants_part(request) else "workspace/fact.html"
    return render(request, template, context, status=status)


def _value(found: Contact, name: str) -> HttpResponse:
    return HttpResponse(card.fact(found, name, facts_of(found)[name], can_change=True))


def _changes(found: Contact) -> list[tuple[Entry, str, str]]:
    """The last changes of facts: who, which field, when."""
    entries = list(Entry.objects.about("contact", found.pk).order_by("-id")[:10])
    named = [(entry, colleague(entry.actor_id)) for entry in entries]
    return [(entry, who.name if who else "", str(CHANGED.get(entry.data.get("field", ""), ""))) for entry, who in named]
