"""What other systems call people and organisations: found by it, kept with it."""

from django.db.models import Q

from otklik.desk.clients.models import Client, Contact
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.errors import Conflict

KINDS: dict[type[Contact] | type[Client], str] = {Contact: "contacts", Client: "organisations"}
"""As imports name them, so that a file and a program know the same row."""


def named_by(of: type[Contact] | type[Client], source: str, external_id: str) -> Q:
    """Rows by the identifier of another system; of one that was merged, what it was merged into."""
    known = ExternalId.objects.known(source, KINDS[of], [external_id]).values()
    return Q(pk__in=of.objects.ends_of(known).values())


def keep_name(one: Contact | Client, source: str, external_id: str) -> None:
    """In the caller's transaction; nothing for no identifier.  Raises Conflict for one of something else of ours."""
    if not external_id:
        return
    of = type(one)
    if of.objects.filter(named_by(of, source, external_id)).exclude(pk=one.pk).exists():
        raise Conflict("another one is known by this identifier", "external_id")
    ExternalId.objects.keep(source, KINDS[of], {external_id: one.pk})
