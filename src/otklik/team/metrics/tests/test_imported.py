"""Requests that came from another desk are not our measured work, whatever happens to them here."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.models import TicketFact

pytestmark = pytest.mark.django_db


def test_what_came_from_another_desk_is_not_counted(ticket: Ticket, anna: User) -> None:
    ticket.assign(anna, by=anna)
    TicketFact.objects.count({ticket.pk})
    assert TicketFact.objects.counted().get().ticket == ticket
    ExternalId.objects.keep("zendesk", "tickets", {"17": ticket.pk})
    TicketFact.objects.count({ticket.pk})
    assert TicketFact.objects.get().excluded == "imported"
