"""The list of complaints, the page of one, its acts, and one that comes without a request."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from otklik.care.complaints import access, figures
from otklik.care.complaints.models import Complaint
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.complaints import lists
from otklik.front.workspace.complaints.doing import DOINGS
from otklik.front.workspace.complaints.forms import FinishForm
from otklik.front.workspace.complaints.page import context_of
from otklik.front.workspace.door import person


def complaint_of(request: HttpRequest, pk: int) -> Complaint:
    """The complaint of an address; 404 where the reader may not know of it."""
    found = Complaint.objects.visible_to(person(request)).filter(pk=min(pk, 2**63 - 1))
    row = found.select_related("contact__client", "owner", "investigator", "against", "line", "ticket__team").first()
    if row is None:
        raise Http404
    return row


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?show=` mine, open, late, all; `?after=` the next page.  Figures stand above it for who leads."""
    user, after = person(request), request.GET.get("after", "")
    show_ = request.GET.get("show", "")
    if show_ not in lists.SHOWS:
        show_ = "open" if access.may_read_figures(user) else "mine"
    found = lists.page(user, show_, after)
    context = {
        "rows": found.rows,
        "after": found.after,
        "shows": lists.SHOWS.items(),
        "shown": show_,
        **(_figures(user) if access.may_read_figures(user) and not after else {}),
        "days": figures.DAYS,
        "now": clock.now(),
    }
    return show(request, "workspace/complaints/list.html", context, part="rows" if after else "found")


def _figures(user: User) -> dict[str, object]:
    told = figures.of(user)
    return {"figures": told.shares, "rate": told.rate, "cycle": told.cycle}


@require_safe
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, "workspace/complaints/page.html", context_of(complaint_of(request, pk), person(request)))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One act by its form; what was typed stands there again where it was refused."""
    found, user = complaint_of(request, pk), person(request)
    if name not in DOINGS:
        raise Http404
    doing = DOINGS[name]
    if not doing.may(user, found):
        raise PermissionDenied
    form = doing.form(request.POST, found, user, name)
    if form.is_valid():
        try:
            form.apply()
        except Refused as error:
            form.refuse(error.text, error.field)
    if not form.errors:
        messages.success(request, str(doing.done))
        return redirect("workspace:complaint", pk)
    found = complaint_of(request, pk)  # a refused act may have locked and changed the one at hand
    if not doing.is_offered(user, found):
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("workspace:complaint", pk)
    return show(request, "workspace/complaints/page.html", context_of(found, user, form, name), status=422)


@require_POST
def finish(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """A measure is done, with a note of what came of it."""
    found, user = complaint_of(request, pk), person(request)
    row = found.measures.filter(pk=min(measure, 2**63 - 1)).first()
    if row is None:
        raise Http404
    if not access.can_finish(user, found, row):
        raise PermissionDenied
    form = FinishForm(request.POST, found, user, f"finish{row.pk}")
    if form.is_valid():
        try:
            found.finish(row, form.cleaned_data["result"], by=user)
        except Refused as error:
            form.refuse(error.text, error.field)
    if not form.errors:
        return redirect("workspace:complaint", pk)
    context = context_of(complaint_of(request, pk), user) | {"failed_measure": row.pk, "finish": form}
    return show(request, "workspace/complaints/page.html", context, status=422)
