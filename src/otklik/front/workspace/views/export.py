"""A list taken out as a table: the same filter, the same rights, every row."""

from datetime import datetime
from functools import partial

from django.core.exceptions import BadRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from otklik.core.journal import clock
from otklik.desk.clients.models import Product
from otklik.desk.imports import exporting, sheets
from otklik.desk.tickets.finding import organisations_named, people_named
from otklik.front.workspace.complaints import lists as complaints
from otklik.front.workspace.complaints import measures
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import clients, queue
from otklik.front.workspace.views.queue import Listing


@require_safe
def of_clients(request: HttpRequest) -> StreamingHttpResponse:
    """`?show=organisations` or `products`, `?q=` as in the list; `?form=` is csv or xlsx."""
    user, words = person(request), request.GET.get("q", "").strip()[: clients.LONGEST]
    match request.GET.get("show", ""):
        case "":
            return _table(request, "clients", exporting.people(people_named(user, words), user))
        case "organisations":
            found = organisations_named(user, words)
            return _table(request, "organisations", exporting.organisations(found, user))
        case "products":
            return _table(request, "products", exporting.products(Product.objects.all()))
    raise BadRequest("unknown list")


@require_safe
def of_queue(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The requests of a view, narrowed as its address says."""
    listing = Listing.asked(request, name)
    rows = exporting.requests_numbered(
        partial(queue.numbers, listing.view, listing.segment, listing.reader, listing.now)
    )
    return _table(request, "requests", exporting.Table(exporting.REQUESTS, rows))


@require_safe
def of_complaints(request: HttpRequest) -> StreamingHttpResponse:
    """`?show=` as in the list; the person complained about takes out nothing of it."""
    show = request.GET.get("show", "open")
    if show not in complaints.SHOWS:
        raise BadRequest("unknown list")
    return _table(request, "complaints", exporting.Table(complaints.HEADER, complaints.rows_of(person(request), show)))


@require_safe
def of_measures(request: HttpRequest) -> StreamingHttpResponse:
    """`?show=` as on the board; of no complaint that the reader may not see."""
    whose = request.GET.get("show", "all")
    if whose not in measures.SHOWS:
        raise BadRequest("unknown list")
    return _table(request, "measures", exporting.Table(measures.HEADER, measures.rows_of(person(request), whose)))


def _table(request: HttpRequest, what: str, table: exporting.Table) -> StreamingHttpResponse:
    form = request.GET.get("form", "csv")
    if form not in sheets.FORMS:
        raise BadRequest("unknown form")
    write, kind = sheets.FORMS[form]
    told = exporting.told(table.rows, what=what, form=form, query=request.GET.urlencode(), by=person(request))
    language, zone = translation.get_language() or "en", timezone.get_current_timezone()
    written = sheets.as_read_in(language, zone, write(table.header, told))
    content = iter([]) if request.method == "HEAD" else written
    response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{what}-{_day(clock.now())}.{form}"'
    return response


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}"
