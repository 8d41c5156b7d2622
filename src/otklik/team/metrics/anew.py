"""Which requests are counted anew after an upgrade that measures more, span by span of their numbers.

Each span asks every room by the index of the request: whatever a room holds in all, a batch reads none of it but what
lies in its span.
"""

from typing import Any

from django.db.models import BooleanField, Exists, F, Func, Max, OuterRef, Q, QuerySet

from otklik.care.surveys.models import Invitation
from otklik.desk.calls.models import Call
from otklik.desk.clients.models import Client, Contact, Membership
from otklik.desk.clients.models.client_merging import ClientMerging
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.models.reading import Reading

SPAN = 20_000


class _Differs(Func):
    """Also where one of them is nothing."""

    template, arg_joiner = "(%(expressions)s)", " IS DISTINCT FROM "
    output_field = BooleanField()


def next_after(number: int, most: int) -> list[int]:
    """The next requests with calls or surveys, that a line sent back, that were joined (their calls may have gone along
    since), or whose client changed organisations; at most so many, by number.  Empty: there are no more.
    """
    last = Ticket.objects.aggregate(last=Max("pk"))["last"] or 0
    found: list[int] = []
    while number < last and len(found) < most:
        found += sorted(_within(number, number + SPAN))
        number += SPAN
    return found[:most]


def elsewhere(tickets: "QuerySet[Ticket]") -> "QuerySet[Ticket]":
    """Of these what was counted for another organisation than the one for which its client speaks now."""
    other = _Differs(F("client_id"), OuterRef("contact__client_id"))
    return tickets.filter(Exists(Reading.objects.filter(other, ticket=OuterRef("pk"))))


def _within(after: int, until: int) -> set[int]:
    def of(rows: "QuerySet[Any]", name: str = "ticket") -> "QuerySet[Any, int]":
        return rows.filter(**{f"{name}__gt": after, f"{name}__lte": until}).order_by().values_list(name, flat=True)

    rooms = (
        of(Call.objects.all()),
        of(Invitation.objects.all()),
        of(Handover.objects.filter(returned_at__isnull=False)),
        of(Ticket.objects.filter(merged_into__isnull=False), "pk"),
        of(elsewhere(Ticket.objects.filter(contact__in=_who_moved())), "pk"),
    )
    return {number for room in rooms for number in room}


def _who_moved() -> "QuerySet[Contact]":
    """Who spoke for more than one organisation, and who speaks for one that was merged or parted."""
    merged = ClientMerging.objects.order_by()
    pairs = Client.objects.filter(Q(pk__in=merged.values("winner")) | Q(pk__in=merged.values("loser")))
    moved = Membership.objects.filter(Q(left_at__isnull=False) | Q(is_main=False))
    return Contact.objects.filter(Q(client__in=pairs) | Q(pk__in=moved.values("contact")))
