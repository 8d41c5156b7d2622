"""By what a person is reached, where they speak, and what they agreed to."""

from datetime import timedelta
from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError
from pydantic import AwareDatetime

from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import (
    AddressTaken,
    Channelled,
    Consent,
    Contact,
    Identity,
    Membership,
    PersonalFact,
)
from otklik.desk.clients.models.membership import named
from otklik.desk.clients.policy import may_contact
from otklik.desk.clients.purposes import Agreed, Asks, Purpose
from otklik.desk.clients.sight import Sight, addresses_open_to
from otklik.desk.tickets.access import (
    clients_known_to,
    contacts_known_to,
    members_known_to,
    organisation_for,
    person_for,
)
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api.auth import carding, person, reading
from otklik.front.api.doors import answers
from otklik.front.api.holders import (
    LARGEST,
    contact_of,
    keeper,
    kept_contact,
    kept_organisation,
    organisation_of,
    put,
    tried,
)
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import (
    AddressOut,
    ConsentFull,
    ConsentOut,
    ContactOut,
    MayContactOut,
    MemberOut,
    MembershipOut,
)
from otklik.front.api.schemas.keeping import AddressIn, ConsentIn, MemberIn, MembershipChange, MembershipIn, SureIn
from otklik.front.api.showing import address, consent, consent_full, contact_full, member, membership

of_contacts, of_organisations = Router(tags=["contacts"]), Router(tags=["organisations"])
FULL = answers(ContactOut)
FARTHEST = timedelta(days=366)


@of_contacts.post("/{int:pk}/addresses", auth=carding, response=answers(AddressOut, 201), operation_id="add_address")
def add_address(request: HttpRequest, pk: int, body: AddressIn, key: Key = "") -> Any:
    """A mail address, a telephone number, a name in Telegram; 409 where somebody else is known by it."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        field, typed = _typed(body)
        kind = Channelled(body.kind)
        if kind is Channelled.PHONE and not Sight.of(user).opens(PersonalFact.PHONES):
            raise HttpError(403, "phones are hidden from this person, who may not write over them")
        if kind is Channelled.EMAIL and Channel.objects.is_own(typed.strip()):
            raise Invalid("this is an address of ours, not of a client", field)

        def keep() -> Identity:
            made = one.known_by(typed, by=user, kind=kind)
            if body.sure:
                made.made_sure(True, by=user)
            return made

        try:
            return address(tried(keep, {"": field}))
        except AddressTaken as taken:
            known = contacts_known_to(user).filter(pk=taken.owner.pk).exists()
            whose = f"contact {taken.owner.pk} has this address" if known else "somebody else has this address"
            raise Conflict(whose, field) from taken

    return Status(201, once(request, key, {"address of": pk, **body.dict()}, act))


@of_contacts.post("/{int:pk}/addresses/{int:number}/remove", auth=carding, response=FULL, operation_id="remove_address")
def remove_address(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Letters from there are of somebody new from now on; 422 for the last mail address.  Answers with the card."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        gone = _address(one, number, request)
        tried(lambda: gone.forget(by=user))
        return contact_full(kept_contact(request, pk), user)

    return once(request, key, {"no address": number, "of": pk}, act)


@of_contacts.post(
    "/{int:pk}/addresses/{int:number}/sure",
    auth=carding,
    response=answers(AddressOut),
    operation_id="vouch_for_address",
)
def vouch_for_address(request: HttpRequest, pk: int, number: int, body: SureIn, key: Key = "") -> Any:
    """Somebody made sure that the person is behind it, or takes that back."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        found = _address(one, number, request)
        found.made_sure(body.sure, by=user)
        return address(found)

    return once(request, key, {"sure of": number, "of": pk, **body.dict()}, act)


@of_contacts.post(
    "/{int:pk}/addresses/{int:number}/again",
    auth=carding,
    response=answers(AddressOut),
    operation_id="use_address_again",
)
def use_address_again(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """It works again, whatever came back before."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        found = _address(one, number, request)
        found.use_again(by=user)
        return address(found)

    return once(request, key, {"again": number, "of": pk}, act)


@of_contacts.post(
    "/{int:pk}/memberships", auth=carding, response=answers(MembershipOut, 201), operation_id="add_membership"
)
def add_membership(request: HttpRequest, pk: int, body: MembershipIn, key: Key = "") -> Any:
    """An organisation for which the person speaks; 422 for one that the person of the token does not know."""

    def act() -> Any:
        one = kept_contact(request, pk)
        row = Membership(contact=one)
        tried(lambda: _place(row, body, request))
        _stand(row, body, request)
        return membership(row)

    return Status(201, once(request, key, {"membership of": pk, **body.dict()}, act))


@of_contacts.patch(
    "/{int:pk}/memberships/{int:number}",
    auth=carding,
    response=answers(MembershipOut),
    operation_id="change_membership",
)
def change_membership(request: HttpRequest, pk: int, number: int, body: MembershipChange, key: Key = "") -> Any:
    """What the person is there; a role of one who decides is `decision`."""

    def act() -> Any:
        one = kept_contact(request, pk)
        row = _membership(one, number)
        _stand(row, body, request)
        return membership(row)

    return once(request, key, {"membership": number, "of": pk, **body.dict(exclude_unset=True)}, act)


@of_contacts.post("/{int:pk}/memberships/{int:number}/end", auth=carding, response=FULL, operation_id="end_membership")
def end_membership(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """The person speaks for it no more; another one of theirs becomes the main one.  Answers with the card."""
    told = {"end of membership": number, "of": pk}

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        row = _membership(one, number)
        row.end(by=user)
        one.refresh_from_db(fields=["client", "position"])
        return contact_full(one, user)

    return once(request, key, told, act)


@of_organisations.get("/{int:pk}/members", auth=reading, response=answers(list[MemberOut]), operation_id="list_members")
def list_members(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Who speaks for the organisation, as far as the person of the token knows them, the longest there first."""
    one = organisation_of(request, pk)
    known = members_known_to(person(request), one).select_related("contact")
    return [member(row) for row in page(request, known, ("id",), cursor, limit)[0]]


@of_organisations.post("/{int:pk}/members", auth=carding, response=answers(MemberOut, 201), operation_id="add_member")
def add_member(request: HttpRequest, pk: int, body: MemberIn, key: Key = "") -> Any:
    """A person by their mail address, who may be new to us.  Changed and ended as a membership of the person."""

    def act() -> Any:
        one, user = kept_organisation(request, pk), keeper(request)
        row = Membership(client=one)

        def found() -> None:
            row.contact = person_for(user, body.email, body.name)

        tried(found, {"": "email"})
        _stand(row, body, request)
        return member(row)

    return Status(201, once(request, key, {"member of": pk, **body.dict()}, act))


@of_contacts.get("/{int:pk}/consents", auth=reading, response=answers(list[ConsentFull]), operation_id="list_consents")
def list_consents(
    request: HttpRequest,
    pk: int,
    purpose: Annotated[Agreed | None, Query(description="of one purpose alone")] = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Every word of the person, the last one first, with the text that they agreed to."""
    said = Consent.objects.filter(contact=contact_of(request, pk)).select_related("by")
    if purpose is not None:
        said = said.filter(purpose=purpose)
    later = Consent.objects.filter(contact=OuterRef("contact"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk"))
    rows = page(request, said.annotate(holds=~Exists(later)), ("-id",), cursor, limit)[0]
    return [consent_full(one) for one in rows]


@of_contacts.post("/{int:pk}/consents", auth=carding, response=answers(ConsentOut, 201), operation_id="say_consent")
def say_consent(request: HttpRequest, pk: int, body: ConsentIn, key: Key = "") -> Any:
    """What the person said now, given or taken back, in the name of the person of the token."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        said = Consent(contact=one)
        put(said, body, user)
        return consent(said)

    return Status(201, once(request, key, {"consent of": pk, **body.dict()}, act))


@of_contacts.get("/{int:pk}/may-contact", auth=reading, response=answers(MayContactOut), operation_id="may_contact")
def may_be_contacted(
    request: HttpRequest,
    pk: int,
    purpose: Annotated[Purpose, Query(description="about what; what is owed is never held back")],
    channel: Annotated[Channelled, Query(description="how")] = Channelled.EMAIL,
    at: Annotated[AwareDatetime | None, Query(description="now, unless it is said; within a year of now")] = None,
    asks: Annotated[Asks | None, Query(description="of a survey: after an act, or of the relation")] = None,
) -> Any:
    """What everything that no person writes asks before it leaves, and the reason: may we, how, and about what."""
    one, now = contact_of(request, pk), clock.now()
    moment = at or now
    if abs(moment - now) > FARTHEST:
        raise Invalid("at is within a year of now", "at")
    found = may_contact(one, purpose, channel, moment, asks=asks)
    why = found.why.code if found.why else ""
    told = {"allowed": found.allowed, "not_before": found.not_before, "by": found.by or one.reach_by}
    return told | {"why": why, "reason": found.reason}


def _typed(body: AddressIn) -> tuple[str, str]:
    """How the address is called in the body, and what was typed.  Raises Invalid for neither, or for both."""
    if bool(body.email) == bool(body.value) or (body.email and body.kind != "email"):
        raise Invalid("name exactly one of email and value; value has a kind", "value")
    return ("email", body.email) if body.email else ("value", body.value)


def _address(one: Contact, number: int, request: HttpRequest) -> Identity:
    """One that the person of the token sees."""
    theirs = addresses_open_to(person(request)).filter(contact=one)
    found = theirs.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _membership(one: Contact, number: int) -> Membership:
    theirs = one.memberships.current().select_related("client", "contact")
    found = theirs.filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _place(row: Membership, body: MembershipIn, request: HttpRequest) -> None:
    """The organisation by its number or by its name.  Raises ValidationError and Invalid."""
    user, name = person(request), " ".join(body.organisation.split())
    if (body.organisation_id is None) == (not name):
        raise Invalid("name exactly one of organisation_id and organisation", "organisation_id")
    if body.organisation_id is not None:
        found = clients_known_to(user).filter(pk=body.organisation_id).first()
        if found is None:
            raise Invalid("this person knows no such organisation", "organisation_id")
        row.client = found
    else:
        place = organisation_for(user, name) or named(name)
        assert place is not None
        row.client = place


def _stand(row: Membership, body: MembershipChange, request: HttpRequest) -> None:
    said = body.dict(exclude_unset=True, include={"main", "position", "roles", "area", "may_ask"})
    for name, value in said.items():
        setattr(row, {"main": "is_main"}.get(name, name), value)
    tried(lambda: row.put(by=keeper(request), with_roles="roles" in said), {"is_main": "main"})
