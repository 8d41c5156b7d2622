"""A report as one of its readers would get it now: the letter, alone in a frame, and its PDF."""

from base64 import b64encode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from otklik.core.journal import clock
from otklik.core.paper import Busy, Unprintable
from otklik.core.paper.letters import letter_of
from otklik.core.staff.models import User
from otklik.desk.conversations.html import frame_headers
from otklik.front.board.papers.views import answered
from otklik.front.board.reporting.views import person, place, seen
from otklik.team.reports.access import may_look_as
from otklik.team.reports.errors import NothingToSend
from otklik.team.reports.models import Report
from otklik.team.reports.sending import eyes_of, foot, paper_for

SECONDS = 15.0
"""So long pictures of a letter are begun while somebody waits for them."""


@login_required
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    report, reader = _asked(request, pk)
    readers = [one for one in report.readers.order_by("name") if may_look_as(person(request), one)]
    context = {"report": report, "reader": reader, "readers": readers}
    return render(request, "board/reporting/preview.html", context)


@login_required
@never_cache
@xframe_options_sameorigin
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of the letter with its pictures inside, inert even when it is opened by its own address."""
    report, reader = _asked(request, pk)
    with eyes_of(reader):
        try:
            told = letter_of(paper_for(report, reader, clock.now()), foot(report), seconds=SECONDS)
        except NothingToSend as nothing:
            return HttpResponse(str(nothing), content_type="text/plain; charset=utf-8", headers=frame_headers())
        except (Busy, Unprintable):
            words = _("It cannot be shown now. Try again in half a minute.")
            return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8", headers=frame_headers())
    html = told.html
    for name, content in told.pictures.items():
        html = html.replace(f'cid:{name}"', f'data:image/png;base64,{b64encode(content).decode()}"')
    return HttpResponse(html, headers=frame_headers())


@login_required
@never_cache
def pages(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF that would be attached."""
    report, reader = _asked(request, pk)
    try:
        return answered(request, f"report-{pk}", lambda: paper_for(report, reader, clock.now()), eyes=eyes_of(reader))
    except NothingToSend as nothing:
        raise Http404(str(nothing)) from None


def _asked(request: HttpRequest, pk: int) -> tuple[Report, User]:
    """The report, and in whose eyes; without a name in one's own."""
    user, report, named = person(request), seen(request, pk), request.GET.get("reader", "")
    if not named or named == str(user.pk):
        return report, user
    reader = report.readers.filter(pk=int(named)).first() if place(named) else None
    if reader is None:
        raise Http404
    if not may_look_as(user, reader):
        raise PermissionDenied
    return report, reader
