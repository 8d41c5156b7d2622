"""The boards: the figures of the service, the shift now, what hangs, dates, visits, changes."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.core.staff.models import User
from otklik.core.ui.show import show
from otklik.desk.imports import exporting, sheets
from otklik.front.board import changes, dates, figures, nothing_hangs, shift, visits
from otklik.front.board.access import may_watch
from otklik.front.board.choosing import chooser, tidied
from otklik.front.board.measured import narrowing
from otklik.front.board.period import PERIODS, chosen, compared
from otklik.front.board.places import place_of
from otklik.front.board.unknown import unknown


@login_required
@never_cache
@tidied
def board(request: HttpRequest) -> HttpResponse:
    """First answer, solution, commitments, satisfaction, backlog by age: the whole and per line."""
    assert isinstance(request.user, User)
    user = request.user
    view = narrowing.within(chosen(request, user), narrowing.narrowed(request.GET, user))
    context = {
        "view": view,
        "periods": PERIODS,
        "unknown": [*view.unknown, *unknown(request.GET, **narrowing.known(user))],
        "chooser": chooser(request, user, view.timing, narrowing.offered(user)),
        "grey": compared(view),
        "narrowed": narrowing.called(view.only, user),
        **figures.board(view, user),
    }
    return render(request, "board/board.html", context)


@login_required
@never_cache
def shift_now(request: HttpRequest) -> HttpResponse:
    """What the lines look like at this moment; the page fetches its live part again when something happens."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    asked = shift.asked(request, request.user)
    context = {"asked": asked, "page": shift.page_of(request.user, asked), "unknown": asked.unknown}
    return show(request, "board/shift.html", context, part="live")


@login_required
@never_cache
def shift_table(request: HttpRequest) -> StreamingHttpResponse:
    """The lines of this moment, and each of their channels, as CSV or XLSX."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    form = request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    header, rows = shift.table_of(request.user, shift.asked(request, request.user))
    write, kind = sheets.FORMS[form]
    response = StreamingHttpResponse(write(header, rows), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="shift.{form}"'
    return response


@login_required
@never_cache
def hanging(request: HttpRequest) -> HttpResponse:
    """What hangs, why and whose move it is; leads see their lines, the head everything."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    asked = nothing_hangs.asked(request, request.user)
    page = nothing_hangs.page_of(request.user, asked)
    return render(request, "board/hanging.html", {"asked": asked, "page": page, "unknown": asked.unknown})


@login_required
@never_cache
def promised_dates(request: HttpRequest) -> HttpResponse:
    """Which promised dates need a lead today, and who keeps theirs."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    view, which = chosen(request, request.user), request.GET.get("show", "")
    vain = [*view.unknown, *unknown(request.GET, show=dates.NAMES, after=place_of)]
    which = which if which in dates.NAMES else "today"
    page = dates.page_of(view, which, request.GET.get("after", ""))
    context = {"view": view, "periods": PERIODS, "which": which, "page": page, "unknown": vain}
    return render(request, "board/dates.html", context)


@login_required
@require_safe
@never_cache
def dates_table(request: HttpRequest) -> StreamingHttpResponse:
    """Every row of one of the boards of promised dates, as CSV or XLSX; the journal knows who took it.

    What the address asks and nobody knows here is refused: a file says of itself nothing of what it leaves out.
    """
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    form, which = request.GET.get("form", "csv"), request.GET.get("show", "")
    if form not in sheets.FORMS or which not in dates.NAMES:
        raise BadRequest("unknown form or board")
    view = chosen(request, request.user)
    if view.unknown:
        raise BadRequest("unknown period or line")
    write, kind = sheets.FORMS[form]
    rows = dates.table_of(view, which)
    told = exporting.told(rows, what="promises", form=form, query=request.GET.urlencode(), by=request.user)
    language, zone = get_language() or "en", timezone.get_current_timezone()
    response = StreamingHttpResponse(sheets.as_read_in(language, zone, write(dates.HEADER, told)), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="promises-{which}.{form}"'
    return response


@login_required
@never_cache
def visits_ahead(request: HttpRequest) -> HttpResponse:
    """Who goes where: leads see their lines, everybody else their own visits."""
    assert isinstance(request.user, User)
    asked = visits.asked(request, request.user)
    context = {"asked": asked, "people": visits.page_of(request.user, asked), "unknown": asked.unknown}
    return render(request, "board/visits.html", context)


@login_required
@never_cache
@tidied
def change_requests(request: HttpRequest) -> HttpResponse:
    """Which changes wait for a decision, and how long changes take."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    view = chosen(request, request.user)
    page = changes.page_of(view, request.user)
    choose = chooser(request, request.user, view.timing, ())
    context = {"view": view, "periods": PERIODS, "chooser": choose, "page": page, "unknown": view.unknown}
    return render(request, "board/changes.html", context)
