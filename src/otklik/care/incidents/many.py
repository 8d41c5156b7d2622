"""Many requests at once come to an incident or leave it, with one undo."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.incidents.models import Affected, Incident
from otklik.core.staff.models import User
from otklik.desk.routing.many import DONE, must_answer
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Batch, Ticket
from otklik.desk.tickets.models.batch import Outcome, teach

ACT = "incident"


def attach(tickets: Sequence[Ticket], incident: Incident, *, by: User) -> Outcome:
    return Batch.objects.run(
        ACT, tickets, lambda ticket: incident.attach(ticket, by=by), by=by, judge=lambda ticket: must_answer(ticket, by)
    )


def detach(tickets: Sequence[Ticket], *, by: User) -> Outcome:
    """Each from the incident that it is part of."""
    return Batch.objects.run(
        ACT, tickets, lambda ticket: leave(ticket, by=by), by=by, judge=lambda ticket: must_answer(ticket, by)
    )


def leave(ticket: Ticket, *, by: User) -> None:
    """Raises Conflict for a request that is part of none."""
    incident = incident_of(ticket)
    if incident is None:
        raise Conflict(_("It is part of no incident."))
    incident.detach(ticket, by=by)


def incident_of(ticket: Ticket) -> Incident | None:
    """The one that it is part of now."""
    return Incident.objects.filter(affected__ticket=ticket, affected__stands=True).first()


def tell_batches() -> None:
    """How acts on many requests know this one, and say what was done."""
    teach(ACT, _value, _back)
    DONE["incident"] = lambda count: (
        ngettext("%(count)s attached to the incident", "%(count)s attached to the incident", count) % {"count": count}
    )
    DONE["detach"] = lambda count: (
        ngettext("%(count)s detached from the incident", "%(count)s detached from the incident", count)
        % {"count": count}
    )


def _value(ticket: Ticket) -> int | None:
    return Affected.objects.filter(ticket=ticket, stands=True).values_list("incident", flat=True).first()


def _back(ticket: Ticket, before: int | None, by: User) -> None:
    now = incident_of(ticket)
    if now and now.pk != before:
        now.detach(ticket, by=by)
    if before:
        Incident.objects.get(pk=before).attach(ticket, by=by)
