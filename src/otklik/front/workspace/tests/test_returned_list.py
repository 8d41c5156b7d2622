"""What another line gave back stands in a list of its own until the client is answered."""

from datetime import datetime

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.workspace.queries import counts, queue
from otklik.front.workspace.queries.standing import VIEWS, Reader

pytestmark = pytest.mark.django_db


def returned(user: User) -> list[int]:
    reader, now = Reader.of(user), clock.now()
    rows = [row.id for _band, row in queue.page(VIEWS["returned"], "ours", reader, now).rows]
    assert counts.of_views(reader, now)["returned"] == len(rows)
    return rows


def test_it_stands_there_until_the_client_is_answered(
    ticket: Ticket, anna: User, vera: User, line_two: Team, tomorrow: datetime
) -> None:
    ticket.hand_over(line_two, Brief("Нет звука", "Проверен роутер", "Доступ к маршрутам"), by=anna)
    assert returned(anna) == returned(vera) == []

    handed = Handover.objects.latest_of(ticket.pk)
    assert handed is not None
    handed.send_back("Это к первой линии", by=vera)
    assert returned(anna) == [ticket.pk] and returned(vera) == []

    Ticket.objects.get(pk=ticket.pk).reply("Проверили.", by=anna, then=PromiseDate(tomorrow))
    assert returned(anna) == []
