"""L9: who was let down and who was not, from one moment on; too few are not compared."""

from datetime import UTC, date, datetime

import pytest

from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Product, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import BROKEN, KEPT
from otklik.team.value.counting import count_all
from otklik.team.value.effect import Effect, Side, effect

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def reading(ticket: Ticket, client: Client, measure: Measure, at: datetime, kind: int = 0) -> None:
    Reading.objects.create(
        ticket=ticket,
        measure=measure,
        at=at,
        kind=kind,
        team_id=ticket.team_id,
        channel="email",
        contact_id=ticket.contact_id,
        client_id=client.pk,
    )


def test_the_half_year_before_counts_and_the_one_after_is_watched(ticket: Ticket) -> None:
    """Landmark: 1 May 2026."""
    product = Product.objects.create(name="АТС")
    before, after = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    told = {
        "сорвали, ушёл": ((Measure.PROMISE, before, BROKEN), date(2026, 8, 1)),
        "оценил на 2, остался": ((Measure.SCORE, before, 2), None),
        "сдержали": ((Measure.PROMISE, before, KEPT), None),
        "оценил на 5, ушёл": ((Measure.SCORE, before, 5), date(2026, 10, 1)),
        "сорвали позже": ((Measure.PROMISE, after, BROKEN), None),
        "ушёл до отсчёта": ((Measure.PROMISE, before, BROKEN), date(2026, 4, 1)),
    }
    for name, ((measure, at, kind), until) in told.items():
        client = Client.objects.create(name=name)
        reading(ticket, client, measure, at, kind)
        Subscription.objects.create(
            client=client,
            product=product,
            starts_on=date(2025, 1, 1),
            ends_on=until,
            state="ended" if until else "active",
        )
    with clock.at(NOW):
        count_all()

    found = effect()

    assert (found.broken.clients, found.broken.stayed) == (2, 1)
    assert (found.none.clients, found.none.stayed) == (2, 1)
    assert found.since == date(2025, 11, 1)
    assert found.difference is None and found.ratio is None, "four clients prove nothing"


def test_enough_clients_are_compared_with_an_interval() -> None:
    found = Effect(date(2026, 1, 1), Side("broken", 100, 70), Side("none", 200, 180))
    told = found.difference
    assert told is not None
    assert told[0] == pytest.approx(-0.2) and told[1] < told[0] < told[2] < 0
    assert found.is_proven and found.ratio == pytest.approx(3.0)
    alike = Effect(date(2026, 1, 1), Side("broken", 30, 27), Side("none", 200, 182))
    assert alike.is_enough and not alike.is_proven
    assert not Effect(None, Side("broken", 29, 1), Side("none", 200, 182)).is_enough
