"""What is put into a text by its name: a field of the client or of the request, a request by its number."""

from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, Contact
from otklik.desk.clients.sight import Sight
from otklik.desk.conversations import placeholders
from otklik.desk.tickets import known, letters
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.field import value_of
from otklik.front.workspace.acts.choice import Choice
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.going import link_to
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.kept import at_hand

MOST = 20
"""Other requests of the client that are offered."""

type Field = tuple[str, str, str, str]
"""(id, its name for the agent, what stands for it, the place where nothing is known)."""


@act("GET")
def fields(request: HttpRequest, ticket: Ticket) -> JsonResponse:
    """Every field with the value that would stand in the text; "" where nothing is known, then `hole` stands there.

    `?mode=` reply (the client's language) or note (the reader's); what the answer promises may be told (`Choice`).
    What is hidden from the reader's role is not among them.
    """
    user = person(request)
    own = translation.get_language()
    language = own if request.GET.get("mode") == "note" else letters.language_of(ticket)
    with translation.override(language):
        places = list(_places(ticket, user, Choice.posted(request.GET), language or "ru"))
        asked = list(_asked(ticket, user))
    labels = {place.english: str(place.label) for place in placeholders.PLACES}
    told = [
        {"id": name, "name": labels.get(name) or label or _("subject of the request"), "value": value, "hole": hole}
        for name, label, value, hole in [*places, *asked]
    ]
    return JsonResponse({"fields": told})


def _places(ticket: Ticket, user: User, choice: Choice, language: str) -> Iterator[Field]:
    """What saved replies know, the number first; and the subject."""
    until = choice.moment if choice.next == "promise" else None
    values = known.values_of(ticket, user, until) | {"number": f"№ {ticket.number}"}
    for place in sorted(placeholders.PLACES, key=lambda place: place.english != "number"):
        yield place.english, "", placeholders.plain(values[place.english]), place.written(language)
    yield "subject", "", placeholders.plain(ticket.subject), "{{subject}}" if language == "en" else "{{тема}}"


def _asked(ticket: Ticket, user: User) -> Iterator[Field]:
    """Fields of the company: of the request, of the person and of their organisation."""
    for field in ticket.form():
        yield _field(f"request-{field.pk}", field.name, field.said(value_of(ticket.details, field)))
    sight = Sight.of(user)
    holders: list[Contact | Client] = [ticket.contact]
    if ticket.contact.client:
        holders.append(ticket.contact.client)
    for holder in holders:
        for one in CardField.objects.answered(holder):
            if sight.opens_field(one.field):
                yield _field(f"card-{one.field.pk}", one.field.name, one.field.said(one.value))


def _field(key: str, name: str, said: str) -> Field:
    plain = placeholders.plain(name)
    return key, plain, placeholders.plain(said), f"{{{{{plain}}}}}"


@act("GET")
def requests(request: HttpRequest, ticket: Ticket) -> JsonResponse:
    """Requests that may be named: this one and others of the same client; in a note what the reader has at hand, too.

    A note gets a link that colleagues can follow, the client the bare number.  Only what the reader may see is offered.
    """
    user, noted = person(request), request.GET.get("mode") == "note"
    theirs = Ticket.objects.visible_to(user).filter(contact=ticket.contact_id).exclude(pk=ticket.pk)
    found = {ticket.pk: ticket.subject}
    found |= dict(theirs.order_by("-id").values_list("pk", "subject")[:MOST])
    if noted:
        found |= {row.id: row.subject for row in at_hand(user)}
    told = [{"id": pk, "name": f"№ {pk}", "title": subject, "text": _named(pk, noted)} for pk, subject in found.items()]
    return JsonResponse({"requests": told})


def _named(number: int, noted: bool) -> str:
    return f"[№ {number}]({link_to(number)})" if noted else f"№ {number}"
