"""How an answer may begin, and how sure we are of a card: what the first lines of the client's panel say."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients import certain
from otklik.desk.clients.models import Confirmation, Contact, Opener
from otklik.desk.tickets.beginning import Line, beginning_of, remember
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.front.api.auth import carding, person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, contact_of, invalid, keeper, kept_contact
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import OpenerLine, StillTrueOut
from otklik.front.api.schemas.keeping import StillTrueIn, TakenIn

of_contacts = Router(tags=["contacts"])


@of_contacts.get("/{int:pk}/openers", auth=reading, response=answers(list[OpenerLine]), operation_id="list_openers")
def list_openers(
    request: HttpRequest,
    pk: int,
    ticket: Annotated[int | None, Query(ge=1, lt=LARGEST, description="of this person, for which it is asked")] = None,
) -> Any:
    """Lines that fit this moment in the language of the person, the most telling first; they change with the hour."""
    one = contact_of(request, pk)
    return [_line(each) for each in _lines(request, one, ticket)]


@of_contacts.post(
    "/{int:pk}/openers/{int:number}/take", auth=writing, response=answers(OpenerLine), operation_id="take_opener"
)
def take_opener(request: HttpRequest, pk: int, number: int, body: TakenIn, key: Key = "") -> Any:
    """This line begins the answer: the next time another one is offered.  409 where it does not fit any more."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        opener = Opener.objects.filter(pk=min(number, LARGEST)).first()
        if opener is None:
            raise HttpError(404, "not found")
        found = next((each for each in _lines(request, one, body.ticket) if each.opener == opener), None)
        if found is None:
            raise Conflict("this line does not fit any more: read which do")
        remember(one, opener, user)
        return _line(found)

    return once(request, key, {"opener": number, "of": pk, **body.dict()}, act)


@of_contacts.get("/{int:pk}/still-true", auth=reading, response=answers(StillTrueOut), operation_id="read_still_true")
def read_still_true(request: HttpRequest, pk: int) -> Any:
    """What has to be known of everybody, and who made sure of it when."""
    return _still_true(contact_of(request, pk))


@of_contacts.post("/{int:pk}/still-true", auth=carding, response=answers(StillTrueOut), operation_id="say_still_true")
def say_still_true(request: HttpRequest, pk: int, body: StillTrueIn, key: Key = "") -> Any:
    """The person of the token made sure of these; 409 where the card says something else than what was `seen`."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        try:
            certain.confirm_seen(one, body.facts, body.seen, by=user)
        except ValidationError as error:
            if error.code == "changed":
                raise Conflict("the card has changed: read what it says now", "seen") from error
            raise invalid(error, {"": "facts"}) from error
        return _still_true(contact_of(request, pk))

    return once(request, key, {"still true": pk, **body.dict()}, act)


def _lines(request: HttpRequest, contact: Contact, number: int | None) -> list[Line]:
    """Of a ticket of this person that the person of the token sees, or of no ticket.  Raises 404 for another one."""
    user, ticket = person(request), None
    if number is not None:
        ticket = Ticket.objects.visible_to(user).filter(pk=number, contact=contact).first()
        if ticket is None:
            raise HttpError(404, "not found")
    return beginning_of(contact, ticket, user, clock.now()).lines


def _line(one: Line) -> dict[str, Any]:
    return {"id": one.opener.pk, "situation": one.opener.situation, "text": one.text}


def _still_true(contact: Contact) -> dict[str, Any]:
    """Roles and products of an organisation count where the person speaks for one."""
    now, roles, owned = clock.now(), certain.roles_of(contact), certain.owned_of(contact)
    made = Confirmation.objects.of(contact, certain.owners(owned))
    people = User.objects.in_bulk([one.by for one in made.values()])
    values = certain.values_of(contact, roles, owned)
    facts = []
    for fact in certain.asked_of(contact):
        sure = made.get(fact.value)
        holds = sure if sure and sure.holds(now) and values[fact] else None
        by = people.get(holds.by) if holds else None
        facts.append(
            {
                "fact": fact.value,
                "value": values[fact],
                "confirmed_at": holds.at if holds else None,
                "confirmed_by": {"login": by.login, "name": by.name} if by else None,
            }
        )
    return {"seen": certain.digest_of(contact, roles, owned), "facts": facts}
