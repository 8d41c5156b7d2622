"""What an independent provider found: by its scales, areas of work and words, with our own figures of the same time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.care.surveys import beside
from otklik.care.surveys.models import OutsideAnswer
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.imports import sheets
from otklik.desk.tickets.models import Ticket
from otklik.front.board.period import PERIODS, View, chosen
from otklik.front.board.surveyed import telling
from otklik.front.board.surveyed.access import teams_of, watcher
from otklik.front.board.surveyed.views import as_read_by_them
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling as of_layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question

OURS = {Kind.CSAT5: "csat.t2b", Kind.NPS: "nps", Kind.CES7: "ces"}
"""The metric of ours on the same scale."""
PAGE = 20


@login_required
@never_cache
@require_safe
def provider(request: HttpRequest) -> HttpResponse:
    """One provider, named by `source`; its figures are never a part of ours."""
    user, source = watcher(request), request.GET.get("source", "")
    seen = OutsideAnswer.objects.seen_by(teams_of(user)).filter(source=source)
    if not seen.exists():
        raise Http404
    view = chosen(request, user)
    own = _own(view, user)
    said = own.answers().filter(source=source).exclude(words="").order_by("-at", "-pk")
    some = list(_before(said, request.GET.get("before", ""))[: PAGE + 1])
    rows = [telling.beside(one) | {"ours": _ours(view, one.kind)} for one in beside.found(own, source)]
    areas = [(area, telling.beside(one)) for area, one in beside.areas(own, source)]
    context = {
        "source": source,
        "view": view,
        "periods": PERIODS,
        "rows": rows,
        "areas": areas,
        "lately": None if rows or areas else _lately(seen, view),
        "said": _said(user, some[:PAGE]),
        "next": f"{some[PAGE - 1].at.isoformat()}_{some[PAGE - 1].pk}" if len(some) > PAGE else "",
        "now": words.here(),
    }
    return render(request, "board/surveyed/outside.html", context)


@login_required
@never_cache
@require_safe
def table(request: HttpRequest) -> StreamingHttpResponse:
    """Its answers of the time as CSV or XLSX; no cell of a client is a formula there."""
    user, source, form = watcher(request), request.GET.get("source", ""), request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    own = _own(chosen(request, user), user)
    header = (_("When"), _("Scale"), _("Mark"), _("In their words"), _("Area"), _("Line"), _("Request"), _("Source"))
    write, kind = sheets.FORMS[form]
    response = StreamingHttpResponse(as_read_by_them(write(header, _rows(own, source))), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="independent-survey.{form}"'
    return response


def _before(said: QuerySet[OutsideAnswer], place: str) -> QuerySet[OutsideAnswer]:
    """Said earlier than the last one that was shown (its moment and number); all of them for no such place."""
    moment, _sign, number = place.partition("_")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return said
    if at is None or is_naive(at) or not (number.isdecimal() and len(number) < 19):
        return said
    return said.filter(Q(at__lt=at) | Q(at=at, pk__lt=int(number)))


def _lately(seen: QuerySet[OutsideAnswer], view: View) -> dict[str, str] | None:
    """A quarter up to the last answer (of the line that is looked at), as an address names it: a file may be old."""
    theirs = seen.filter(team=view.team) if view.team else seen
    if (last := theirs.aggregate(last=Max("at"))["last"]) is None:
        return None
    day = day_of(last)
    return {"first": (day - timedelta(days=PERIODS[-1] - 1)).isoformat(), "last": day.isoformat()}


def _own(view: View, user: User) -> beside.View:
    """Of the line that is looked at, or of all that the reader may see."""
    teams = [view.team.pk] if view.team else teams_of(user)
    return beside.View(view.scope.start, view.scope.end, teams)


def _ours(view: View, kind: str) -> str:
    """Our own figure on the same scale in the same time, where we have one."""
    if kind not in OURS:
        return ""
    figure = layer.figure(Question(METRICS[OURS[Kind(kind)]], view.scope))
    if figure.status in ("undefined", "hidden"):
        return _("ours: not enough data")
    return _("ours: %(it)s, %(of)s") % {"it": of_layer.shown(figure), "of": of_layer.of_how_many(figure)}


def _said(user: User, some: list[OutsideAnswer]) -> list[dict[str, Any]]:
    """Their words with the mark; the request where the reader may see it."""
    numbers = {one.ticket_id for one in some if one.ticket_id}
    may = set(Ticket.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
    return [
        {
            "words": one.words,
            "mark": one.value,
            "asked": one.area or one.get_kind_display(),
            "ticket": one.ticket_id if one.ticket_id in may else None,
            "at": one.at,
        }
        for one in some
    ]


def _rows(own: beside.View, source: str) -> Iterator[tuple[Any, ...]]:
    found = own.answers().filter(source=source).order_by("at", "pk")
    told = found.values_list("at", "kind", "value", "words", "area", "team__name", "ticket", "source")
    for at, kind, *rest in told.iterator(chunk_size=2000):
        yield at.isoformat(), str(Kind(kind).label), *rest
