"""Two requests and an incident that both belong to."""

import pytest

from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write


@pytest.fixture
def two(writes: Write) -> list[Ticket]:
    return [
        writes("Обрыв", sender=f"{name}@volga.test", sender_name=name, subject="Обрыв") for name in ("Алла", "Вова")
    ]


@pytest.fixture
def incident(anna: User, boris: User, two: list[Ticket]) -> Incident:
    return Incident.objects.declare(
        title="Не проходят звонки",
        affects="Звонки обрываются",
        severity=Severity.S2,
        by=anna,
        leader=boris,
        tickets=two,
    )
