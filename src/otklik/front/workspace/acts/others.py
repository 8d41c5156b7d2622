"""The other request of an act on two: which are offered, and which one was meant."""

import re

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person

MOST = 8
NUMBER = re.compile(r"\s*[№#]?\s*(\d{1,18})\s*")


def offered(ticket: Ticket, user: User) -> list[Ticket]:
    """Open requests of the same client, the last spoken in first; before them the one it may belong to."""
    same = Q(contact=ticket.contact_id, due_at__isnull=False)
    suggested = ticket.may_belong_to.standing.pk if ticket.may_belong_to else 0
    near = Ticket.objects.visible_to(user).filter(same | Q(pk=suggested), merged_into=None).exclude(pk=ticket.pk)
    return sorted(near.order_by("-last_at")[:MOST], key=lambda one: one.pk != suggested)


def meant(request: HttpRequest, ticket: Ticket) -> Ticket:
    """The request that was written by its number, else the chosen one.

    Raises Invalid, in the same words for one that does not exist and one that the person may not see.
    """
    written = request.POST.get("number", "").strip() or request.POST.get("other", "")
    if not written:
        raise Invalid(_("Choose a request or write its number."), "other")
    number = NUMBER.fullmatch(written)
    visible = Ticket.objects.visible_to(person(request)).select_related("conversation", "contact", "team", "owner")
    found = visible.filter(pk=int(number[1])).first() if number else None
    if found is None:
        raise Invalid(_("There is no request with this number that you may answer."), "other")
    if found.pk == ticket.pk:
        raise Invalid(_("This is the same request."), "other")
    return found
