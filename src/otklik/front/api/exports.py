"""Tables taken out by programs: what a person takes from a list, with the same rights and the same trail."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router

from otklik.core.staff.models import User
from otklik.core.ui.middleware import zone
from otklik.desk.clients.models import Product
from otklik.desk.imports import exporting, sheets
from otklik.desk.tickets.finding import organisations_named, people_named
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.search import found_by
from otklik.front.api.auth import person, taking
from otklik.front.api.doors import REFUSALS

router = Router(tags=["exports"])

BINARY = {"schema": {"type": "string", "format": "binary"}}
TABLE = {
    "responses": {
        200: {
            "description": "OK",
            "content": {kind.partition(";")[0]: BINARY for _write, kind in sheets.FORMS.values()},
        }
    }
}
"""For the schema."""

Form = Annotated[Literal["csv", "xlsx"], Query()]
Words = Annotated[str, Query(max_length=100, description="as in the list of the same name")]


@router.get("/contacts", auth=taking, response=REFUSALS, operation_id="export_contacts", openapi_extra=TABLE)
def export_contacts(request: HttpRequest, query: Words = "", form: Form = "csv") -> Any:
    """People whom the person knows; without what their role does not see; restricted cards remember it."""
    user = person(request)
    return _table(user, "clients", form, query, exporting.people(people_named(user, query.strip()), user))


@router.get("/organisations", auth=taking, response=REFUSALS, operation_id="export_organisations", openapi_extra=TABLE)
def export_organisations(request: HttpRequest, query: Words = "", form: Form = "csv") -> Any:
    """Organisations whom the person knows; the same holds."""
    user = person(request)
    table = exporting.organisations(organisations_named(user, query.strip()), user)
    return _table(user, "organisations", form, query, table)


@router.get("/products", auth=taking, response=REFUSALS, operation_id="export_products", openapi_extra=TABLE)
def export_products(request: HttpRequest, form: Form = "csv") -> Any:
    """The catalogue."""
    return _table(person(request), "products", form, "", exporting.products(Product.objects.all()))


@router.get("/tickets", auth=taking, response=REFUSALS, operation_id="export_tickets", openapi_extra=TABLE)
def export_tickets(
    request: HttpRequest,
    query: Annotated[str, Query(max_length=200, description="as in `GET /tickets`")] = "",
    form: Form = "csv",
) -> Any:
    """Requests that the person sees and the query finds."""
    user = person(request)
    rows = exporting.requests(found_by(Ticket.objects.visible_to(user), query, user))
    return _table(user, "requests", form, query, exporting.Table(exporting.REQUESTS, rows))


def _table(user: User, what: str, form: str, query: str, table: exporting.Table) -> StreamingHttpResponse:
    """Row by row while it is read, moments in the time zone of the person."""
    write, kind = sheets.FORMS[form]
    told = exporting.told(table.rows, what=what, form=form, query=query, by=user)
    content = sheets.as_read_in("en", zone(user.time_zone), write(table.header, told))
    response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{what}.{form}"'
    return response
