"""Sessions in which several people score the same conversations blind."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from otklik.care.quality import access
from otklik.care.quality.figures import compared, of_people
from otklik.care.quality.models import Calibration
from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.paging import newest_first
from otklik.front.workspace.quality.forms import CalibrationForm
from otklik.front.workspace.quality.views import reviewer

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Sessions, the newest first, and a new one."""
    user = reviewer(request)
    may = access.may_begin(user)
    form = CalibrationForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not may:
        raise PermissionDenied
    if form.is_bound and form.is_valid():
        try:
            made = form.begin()
            messages.success(request, _("The session has begun, everybody is told."))
            return redirect("workspace:calibration", made.pk)
        except Refused as error:
            form.refuse(error.text, error.field)
    after = request.GET.get("after", "")
    rows, following = newest_first(Calibration.objects.visible_to(user).select_related("by"), after, PAGE)
    context = {"rows": rows, "after": following, "form": form, "may": may, "now": clock.now()}
    status = 422 if form.errors else 200
    return show(request, "workspace/quality/calibrations.html", context, part="rows" if after else None, status=status)


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has scored; when it is over, how far they agree and where they do not."""
    found, user = _session(request, pk), person(request)
    people = of_people(found)
    context = {
        "session": found,
        "people": people,
        "mine": found.reviews.filter(reviewer=user).order_by("pk"),
        "lines": [] if found.is_open else compared(found, people),
        "may_close": found.is_open and access.can_close(user, found),
        "now": clock.now(),
    }
    return show(request, "workspace/quality/calibration.html", context)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = _session(request, pk), person(request)
    if not access.can_close(user, found):
        raise PermissionDenied
    found.close(by=user)
    return redirect("workspace:calibration", pk)


def _session(request: HttpRequest, pk: int) -> Calibration:
    found = Calibration.objects.visible_to(person(request)).select_related("by")
    row = found.filter(pk=min(pk, 2**63 - 1)).first()
    if row is None:
        raise Http404
    return row
