"""Two tickets that were joined are one matter."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.models import TicketFact
from tests.fixtures.cast import Write


def counted(*tickets: Ticket) -> list[int]:
    TicketFact.objects.count({ticket.pk for ticket in tickets})
    return sorted(TicketFact.objects.counted().values_list("ticket_id", flat=True))


@pytest.mark.usefixtures("pavel")
def test_the_figures_count_one_matter_once(anna: User, writes: Write) -> None:
    first, second = writes("Нет звука"), writes("Звука всё ещё нет")
    joining = second.merge_into(first, by=anna)
    assert counted(first, second) == [first.pk]

    Ticket.objects.get(pk=second.pk).bring_back(joining, by=anna)
    assert counted(first, second) == [first.pk, second.pk]
