"""Moving from another desk: choose it, hand over its export, look, check, bring in."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from otklik.desk.imports import preparing, taking_over
from otklik.desk.imports.desks import DESKS
from otklik.desk.imports.kinds import Field, fields_of
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.reading import Unreadable
from otklik.desk.imports.tasks import start
from otklik.front.setup import access
from otklik.front.setup.forms import DeskForm
from otklik.front.setup.views.page import settings_page

HOW = {
    "zendesk": gettext_lazy(
        "In Zendesk: Admin Center, Account, Reports, Export; choose JSON for tickets, users and organizations."
    ),
    "freshdesk": gettext_lazy(
        "In Freshdesk: Admin, Account, Export data; or answers of its API: tickets with conversations, contacts, "
        "companies."
    ),
    "osticket": gettext_lazy(
        "From the database of osTicket: the tables ost_ticket, ost_ticket__cdata, ost_thread, ost_thread_entry, "
        "ost_user, ost_user_email, ost_organization, ost_staff, ost_department and ost_ticket_status as CSV or JSON."
    ),
    "zammad": gettext_lazy(
        "In Zammad: Profile, Token Access; a token with the permission ticket.agent of somebody in all groups. "
        "Or answers of its API as files."
    ),
}
SHOWN = 20
COLUMNS = {
    "organisations": ("external_id", "name", "website", "tags"),
    "contacts": ("external_id", "name", "email", "phone", "organisation"),
    "tickets": ("external_id", "subject", "status", "opened_at", "contact_name", "text"),
}
"""What the first rows of a part show."""


@access.administrators
def new(request: HttpRequest, system: str) -> HttpResponse:
    """Its files, or its address."""
    if system not in DESKS:
        raise Http404
    form = DeskForm(system, request.POST or None, request.FILES or None)
    if form.is_valid():
        return redirect("setup:desk", _begun(system, form, request).pk)
    context = {"form": form, "desk": DESKS[system], "how": HOW[system]}
    return settings_page(request, "setup/desk_new.html", "imports", context, 422 if form.is_bound else 200)


@transaction.atomic
def _begun(system: str, form: DeskForm, request: HttpRequest) -> Takeover:
    said, by = form.cleaned_data, access.acting(request)
    which = {"source": said["source"], "by": by}
    if said.get("address"):
        of = taking_over.from_server(system, said["address"], said["token"], said["channel"], **which)
    else:
        files = [(file.name or "", file) for file in said["export"]]
        of = taking_over.from_files(system, files, said["channel"], **which)
    start(of)
    return of


@access.administrators
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, the first rows of each part, and how it goes."""
    of = get_object_or_404(Takeover, pk=pk)
    if request.method == "POST":
        return _act(of, request.POST.get("do", ""))
    parts = []
    for part in of.parts.order_by("pk"):
        try:
            parts.append((part, *_first_rows(part)))
        except (Unreadable, OSError) as trouble:
            messages.error(request, str(trouble))
    return settings_page(request, "setup/desk.html", "imports", _standing(of) | {"shown": parts})


def _act(of: Takeover, do: str) -> HttpResponse:
    if do == "stop":
        of.stop()
    elif do in ("check", "run") and not of.is_going:
        with transaction.atomic():
            of.begin(dry=do == "check")
            start(of)
    return redirect("setup:desk", of.pk)


def _first_rows(part: Import) -> tuple[list[Field], list[tuple[preparing.Shown, list[str]]]]:
    fields = fields_of(part.kind)
    places = {field.name: number for number, field in enumerate(fields)}
    chosen = [places[name] for name in COLUMNS[part.kind]]
    rows = preparing.preview(part)[:8]
    return [fields[number] for number in chosen], [
        (row, [row.values[number] for number in chosen] if row.values else []) for row in rows
    ]


@access.administrators
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The present counts, asked for while it goes; at the end the whole page is new."""
    of = get_object_or_404(Takeover, pk=pk)
    answer = render(request, "setup/desk.html#standing", _standing(of))
    if not of.is_going:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _standing(of: Takeover) -> dict[str, Any]:
    labels = {
        "new": pgettext("rows of a file", "new"),
        "changed": pgettext("rows of a file", "changed"),
        "same": pgettext("rows of a file", "the same"),
        "wrong": pgettext("rows of a file", "wrong"),
    }
    parts = list(of.parts.order_by("pk"))
    rows = [(part, part.told, list(part.problems.order_by("line", "pk")[:SHOWN])) for part in parts]
    goes_on = of.state in (Takeover.State.STOPPED, Takeover.State.FAILED)
    can_go_on = goes_on and (not parts or any(part.can_go_on or part.state == "done" for part in parts))
    title = _("Move from %(desk)s") % {"desk": DESKS[of.system].title if of.system in DESKS else of.system}
    return {"of": of, "title": title, "labels": labels.values(), "parts": rows, "can_go_on": can_go_on}
