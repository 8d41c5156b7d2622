"""V18: late and open past due are missed; each number has exactly its commitments behind it."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.team.metrics.attainment import LINES_OWN, attainment, commitments
from otklik.team.metrics.figures import Scope
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def vip(volga: Client, pavel: Contact) -> ServiceClass:
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on="2020-01-01")
    return version.service_class


def test_each_class_with_what_it_kept(vip: ServiceClass, writes: Write, anna: User) -> None:
    start = clock.now()
    for minutes in (10, 90):  # the first answer is due in an hour
        ticket = writes(external_id=f"<{minutes}@volga.test>")
        with clock.at(start + timedelta(minutes=minutes)):
            ticket.reply("Готово", by=anna, then=Resolve())
    writes("Это не Волга", sender="stranger@kama.test")
    later = start + 3 * HOUR
    scope = Scope(start - HOUR, start + 24 * HOUR)

    with clock.at(later):
        first, other = attainment(scope, later)
        assert (first.service_class, other.service_class, other.number) == (vip, None, LINES_OWN)
        told = first.kinds["first_answer"].told
        assert (told["met"], told["breached"], told["undecided"]) == (1, 1, 0)
        told = other.whole.told
        assert (told["met"], told["breached"], told["undecided"]) == (0, 1, 1)
        for row in (first, other):
            for fate in ("met", "breached", "undecided"):
                assert commitments(scope, row.number, fate=fate).count() == row.whole.told[fate]


def test_what_was_paused_stands_beside_what_was_kept(vip: ServiceClass, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + HOUR):
        ticket.reply("Какая модель?", by=anna, then=Wait(start + 20 * HOUR))
    with clock.at(start + 3 * HOUR):
        ticket.write_in("SIP-30")
    with clock.at(start + 4 * HOUR):
        ticket.reply("Готово", by=anna, then=Resolve())

    (row,) = attainment(Scope(start - HOUR, start + 24 * HOUR), start + 5 * HOUR)
    assert row.paused == pytest.approx(0.5, abs=0.01)
