"""What was done before a client had to ask, through the product to the figure."""

from datetime import timedelta

import pytest

from otklik.care.knowledge.models import FormVisit
from otklik.care.outreach import finding, writing
from otklik.care.outreach.models import Upcoming
from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Contact, Product, Subscription
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def asked(name: str, viewer: User) -> Question:
    return Question(METRICS[name], Scope(midnight(today() - 30 * DAY), midnight(today() + DAY), viewer=viewer))


def test_helped_at_the_form_of_the_known_and_at_most_of_all(pavel: Contact, anna: User) -> None:
    """Ten known clients and ten strangers: of each three read and left, one read and sent, one only looked, five sent;
    one of the known who left asked again."""
    now = clock.now()
    for number in range(20):
        key, contact = f"{number:032x}", pavel if number < 10 else None
        with clock.at(now - timedelta(days=9) if number == 0 else now - timedelta(days=3)):
            FormVisit.objects.offer(key, [7], contact=contact)
            if number % 10 < 4:
                FormVisit.objects.opened(key, 7)
            if number % 10 == 3 or number % 10 > 4:
                FormVisit.objects.sent(key)
    FormVisit.objects.settle()
    first = FormVisit.objects.order_by("pk").first()
    assert first is not None
    FormVisit.objects.filter(pk=first.pk).update(came_back=True)

    strict, most = layer.figure(asked("kb.deflection", anna)), layer.figure(asked("kb.deflection.most", anna))
    sure = wilson(2, 10)
    assert (strict.good, strict.n, strict.lo, strict.hi) == (2, 10, sure["lo"], sure["hi"])
    assert (most.good, most.n) == (5, 20)
    assert len(recorded.behind(asked("kb.deflection", anna))) == 10
    assert layer.by_side(asked("kb.deflection.most", anna), "line") == {}


def test_what_is_younger_than_a_day_is_not_counted(anna: User) -> None:
    FormVisit.objects.offer("1" * 32, [], contact=None)
    FormVisit.objects.settle()
    assert layer.figure(asked("kb.deflection.most", anna)).n == 0


def test_told_ahead_by_day(pavel: Contact, door: Channel, anna: User) -> None:
    product, now = Product.objects.create(name="Телефония"), clock.now()
    with clock.at(now - timedelta(days=20)):
        for days in (10, 12):
            on = clock.house_today() + timedelta(days=days)
            Subscription.objects.create(contact=pavel, product=product, state="trial", ends_on=on)
        finding.find()
    told, missed = Upcoming.objects.order_by("on")
    with clock.at(now - timedelta(days=15)):
        assert writing.write(told.pk, by=anna) == ""
        Outbound.objects.update(state=Outbound.State.SENT, sent_at=clock.now())
    found = layer.figure(asked("proactive.coverage", anna))
    assert (found.good, found.n, found.value) == (1, 2, 0.5)
    by_day = layer.by_day(asked("proactive.coverage", anna))
    assert {day: one.value for day, one in by_day.items()} == {told.on: 1.0, missed.on: 0.0}
