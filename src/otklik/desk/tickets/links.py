"""The client's own door to one ticket: a signed address that expires."""

from typing import TYPE_CHECKING

from django.core import signing

from otklik.core.staff.models import Organisation
from otklik.desk.clients.models import Contact

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

SALT = "otklik.request"
DAYS = 180


def site_url() -> str:
    """Where this desk is reached from outside, without a slash at the end."""
    return Organisation.objects.current().address


def client_link(ticket: "Ticket") -> str:
    return f"{site_url()}/request/{sign(ticket)}/"


def not_solved_link(ticket: "Ticket") -> str:
    """Where the client says that it is not solved; opening it changes nothing, so a scanner of mail may."""
    return f"{site_url()}/request/{sign(ticket)}/not-solved/"


def appeal_link(ticket: "Ticket") -> str:
    """Where the client says that they do not agree with a refusal: on the page of their request."""
    return f"{client_link(ticket)}#appeal"


def sign(ticket: "Ticket") -> str:
    return signing.dumps([ticket.key.hex, ticket.contact_id], salt=SALT, compress=True)


def ticket_of(signed: str) -> "Ticket | None":
    """The ticket behind an address; None when it is altered, expired or the contact is another one now."""
    from otklik.desk.tickets.models import Ticket

    try:
        key, contact_id = signing.loads(signed, salt=SALT, max_age=DAYS * 86400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Ticket.objects.filter(key=key).first()
    if found is None or found.contact_id == contact_id:
        return found
    return found if found.contact_id == _present(contact_id) else None


def _present(contact_id: int) -> int | None:
    """Who the person of an old letter is, whom somebody may have merged since then."""
    contact = Contact.objects.filter(pk=contact_id).first()
    return contact.present().pk if contact else None
