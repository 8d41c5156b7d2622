"""What a reader may do about messages that belong elsewhere, or were moved."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from otklik.core.staff.models import User
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.workspace.addresses import to
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.talk import Happened
from otklik.front.workspace.timeline.markup import Moves


def moves_of(request: HttpRequest, ticket: Ticket, events: Iterable[Happened]) -> Moves:
    """No statement where nothing was moved, else two."""
    happened = list(events)
    told = [event.data for event in happened if "relocation_id" in event.data]
    user = person(request)
    can_act = can_answer(user, ticket)
    seen = seen_of(user, happened)
    undoable = _undoable(told, seen) if can_act else set()

    def undo(relocation: int) -> str:
        context: dict[str, Any] = {"ticket": ticket, "pk": relocation}
        if relocation not in undoable:
            return ""
        return render_to_string("workspace/composer/undo_relocation.html", context, request)

    page = to("ticket", ticket.pk) if can_act and not ticket.merged_into_id else ""
    return Moves(seen - {ticket.pk}, undo, page)


def seen_of(user: User, events: Iterable[Happened]) -> set[int]:
    """The requests that these events name and this person may see; no statement where none is named."""
    numbers = {
        event.data[name] for event in events for name in ("source_id", "target_id", "other_id") if name in event.data
    }
    return (
        set(Ticket.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    )


def _undoable(told: list[dict[str, Any]], seen: set[int]) -> set[int]:
    """Whose both requests the reader may answer, and whose month is not over."""
    within = {data["relocation_id"] for data in told if {data["source_id"], data["target_id"]} <= seen}
    return set(Relocation.objects.undoable().filter(pk__in=within).values_list("pk", flat=True)) if within else set()
