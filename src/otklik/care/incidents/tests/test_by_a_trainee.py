"""An update of an incident is no answer of one person: once written it leaves, and ends requests, as it was meant."""

from datetime import timedelta

import pytest

from otklik.care.incidents import sending
from otklik.care.incidents.models.update import GRACE
from otklik.care.incidents.tests.conftest import Declare, Say
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import HeldAnswer, Status, Ticket, Traineeship
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


def test_the_last_update_ends_requests_though_its_author_is_in_training_meanwhile(
    declare: Declare, say: Say, three: list[Ticket], anna: User, ilya: User, boris: User, paper: Paper
) -> None:
    incident = declare(tickets=three)
    incident.move("mitigating", by=anna)
    update = say(incident, state="resolved", ends=True)
    Traineeship.objects.begin(anna, ilya, by=boris)
    with clock.at(update.begins_at + GRACE + timedelta(minutes=1)):
        assert sending.send_due() == 3
    assert [Ticket.objects.get(pk=one.pk).status for one in three] == [Status.RESOLVED] * 3
    assert not HeldAnswer.objects.exists()
