"""People and organisations made and changed, in one transaction of the caller: all that a body says, or nothing."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from ninja.errors import HttpError

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.events import ClientChanged, ContactChanged
from otklik.desk.clients.models import CLIENT_FACTS, FACTS, Client, Contact, Identity, Membership
from otklik.desk.clients.models.client import cleaned_tags
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import can_add_contact, can_add_organisation, clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api.naming import keep_name
from otklik.front.api.schemas.keeping import (
    ContactIn,
    ContactPatch,
    OrganisationIn,
    OrganisationPatch,
)


def file_contact(body: ContactIn, by: User) -> Contact:
    """Somebody new.  Raises ValidationError, Invalid, and Conflict where somebody is known by the address."""
    organisation = None
    if body.organisation_id is not None:
        organisation = clients_known_to(by).filter(pk=body.organisation_id).first()
        if organisation is None:
            raise Invalid("this person knows no such organisation", "organisation_id")
    if not can_add_contact(by, organisation):
        raise Invalid("name an organisation that this person knows", "organisation_id")
    address = _new_address(body.email, by)
    made = Contact.objects.recognise("email", address, name=" ".join(body.name.split()), language=body.language)
    made.identities.update(added_by=by)
    publish(ContactChanged(contact_id=made.pk, field="address_added", value=address), by=by)
    if organisation is not None:
        Membership(contact=made, client=organisation, position=body.position).put(by=by, with_roles=False)
        made.refresh_from_db()
    change_contact(made, body, by)
    return made


def _new_address(email: str, by: User) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("not an e-mail address", "email") from error
    if Channel.objects.is_own(address):
        raise Invalid(_("This is an address of ours, not of a client."), "email")
    owner = Contact.objects.filter(identities__in=Identity.objects.claiming(address)).first()
    if owner is None:
        return address
    known = contacts_known_to(by).filter(pk=owner.pk).exists()
    whose = f"contact {owner.pk} has this address" if known else "This address belongs to another client."
    raise Conflict(whose, "email")


def change_contact(one: Contact, body: ContactIn | ContactPatch, by: User) -> None:
    """Raises ValidationError, Conflict, and HttpError for what is hidden from who changes it."""
    said = {name: value for name, value in body.dict(exclude_unset=True).items() if name in FACTS}
    if isinstance(body, ContactIn) and not body.name.strip():
        said.pop("name", None)
    _change(one, said, by)
    keep_name(one, body.source, body.external_id)


def file_organisation(body: OrganisationIn, by: User) -> Client:
    """A new one.  Raises ValidationError, Invalid, and Conflict where there is one of this name."""
    if not can_add_organisation(by):
        raise HttpError(403, "who sees everything makes organisations; others name one on the card of a person")
    name = " ".join(body.name.split())
    if not name:
        raise Invalid(_("Fill this in."), "name")
    known = Client.objects.named(name)
    if known is not None:
        raise Conflict(f"organisation {known.pk} has this name", "name")
    made = Client.objects.create(name=name)
    publish(ClientChanged(client_id=made.pk, field="name", value=name), by=by)
    change_organisation(made, body, by)
    return made


def change_organisation(one: Client, body: OrganisationIn | OrganisationPatch, by: User) -> None:
    """Raises ValidationError, Invalid, Conflict, and HttpError for what is hidden from who changes it."""
    said = {name: value for name, value in body.dict(exclude_unset=True).items() if name in CLIENT_FACTS}
    if said.get("manager"):
        manager = User.objects.filter(login=said["manager"].lower(), is_active=True).first()
        if manager is None:
            raise Invalid("nobody of this name works here", "manager")
        said["manager"] = manager
    elif "manager" in said:
        said["manager"] = None
    _change(one, said, by)
    keep_name(one, body.source, body.external_id)


def _change(one: Contact | Client, said: dict[str, Any], by: User) -> None:
    """What says the same is no change: nobody has confirmed it by sending it again.

    What is hidden is refused whatever is sent, for a right guess would be told from a wrong one.
    """
    sight = Sight.of(by)
    for name, given in said.items():
        value = cleaned_tags(given) if name == "tags" else given.strip() if isinstance(given, str) else given
        was = getattr(one, name)
        if was and not sight.opens(name):
            raise HttpError(403, f"{name} is hidden from this person, who may not write over it")
        if was == value:
            continue
        try:
            one.change(name, value, by=by)
        except ValidationError as error:
            raise Invalid(error.messages[0], name) from error
