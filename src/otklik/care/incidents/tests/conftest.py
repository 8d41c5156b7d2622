"""A failure of the tests, and requests of people who feel it."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.care.incidents import figures
from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Incident, Update
from otklik.care.incidents.severity import Severity
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Identity
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

type Declare = Callable[..., Incident]
type Say = Callable[..., Update]
type Known = Callable[..., Contact]


def heard_alike(incident: Incident) -> figures.Heard:
    """What the page of an incident counts, which is what a period of them counts."""
    told = figures.heard(incident)
    assert figures.heard_of([incident]) == {incident.pk: told}
    return told


@pytest.fixture
def declare(anna: User) -> Declare:
    """`declare(severity=1, leader=…, tickets=…)`."""

    def make(**told: Any) -> Incident:
        usual = {"title": "Не проходят звонки", "affects": "Звонки обрываются", "severity": Severity.S2, "by": anna}
        return Incident.objects.declare(**{**usual, **told})

    return make


@pytest.fixture
def say() -> Say:
    """`say(incident, by=…, state=…)`: an update as its form would begin it."""

    def make(incident: Incident, *, by: User | None = None, state: str | None = None, **told: Any) -> Update:
        last = state == "resolved"
        words: dict[str, Any] = {"what": "Авария у оператора", "next_at": None if last else incident.usual_next()}
        words |= {name: told.pop(name) for name in tuple(told) if name in Words.__dataclass_fields__}
        key = told.pop("key", f"{incident.pk}-{clock.now().timestamp()}")
        return incident.write(Words(**words), by=by or incident.leader, state=state or incident.state, key=key, **told)

    return make


@pytest.fixture
def three(writes: Write) -> list[Ticket]:
    """Three people, each with a request of their own."""
    return [
        writes("Звонки обрываются", sender=f"{name}@volga.test", sender_name=name.title(), subject="Нет связи")
        for name in ("alla", "boris", "vova")
    ]


@pytest.fixture
def known(db: None) -> Known:
    """`known("zoya", client=volga)`: somebody with an address who has no request."""

    def make(name: str, **facts: object) -> Contact:
        contact = Contact.objects.create(name=name.title(), **facts)
        Identity.objects.create(contact=contact, kind="email", value=f"{name}@somewhere.test")
        return contact

    return make


@pytest.fixture
def volga(db: None) -> Client:
    return Client.objects.create(name="Волга-Связь", tags=["юг"])
