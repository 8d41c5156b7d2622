"""Trials of the demo company's clients: two months of them are over, some come in the next weeks."""

import random
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from otklik.care.outreach import finding, writing
from otklik.care.outreach.models import OutreachPolicy, Upcoming
from otklik.core.journal import clock
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact, Identity, Product, Subscription
from otklik.desk.clients.models.address import Channelled

PAST, NEXT = 26, 9
STATE = Subscription.State


def load() -> None:
    """Nine of ten were told in time; of the next ones the desk writes by itself as they come near."""
    dice, today = random.Random(25), clock.house_today()  # noqa: S311 - a demo, not a secret
    OutreachPolicy(pk=1, writes=True).save()
    arrives = Identity.objects.filter(contact=OuterRef("pk"), kind=Channelled.EMAIL, failed_at=None)
    people = list(Contact.objects.filter(Exists(arrives), merged_into=None).order_by("pk")[: PAST + NEXT])
    product, _new = Product.objects.get_or_create(name="Запись разговоров")
    for number, person in enumerate(people):
        is_past = number < len(people) - NEXT
        on = today + timedelta(days=-dice.randrange(1, 56) if is_past else 2 + 3 * (number % NEXT))
        _one(dice, person, product, on, is_past=is_past)
    Subscription.objects.filter(product=product, ends_on__lt=today).update(state=STATE.ENDED)


def _one(dice: random.Random, person: Contact, product: Product, on: date, *, is_past: bool) -> None:
    trial = Subscription.objects.create(
        contact=person,
        product=product,
        plan="Проба",
        state=STATE.TRIAL,
        period="once",
        starts_on=on - timedelta(days=30),
        ends_on=on,
    )
    with clock.at(_at(on - timedelta(days=20)) if is_past else clock.now()):
        finding.find()
    row = Upcoming.objects.get(subscription=trial)
    before = dice.choices((7, 5, 2, 0), weights=(14, 7, 2, 2))[0]
    if is_past and before:
        with clock.at(_at(on - timedelta(days=before))):
            writing.write(row.pk, by=None)
            row.refresh_from_db()
            if row.message and row.message.outbound_id:
                sent = {"state": Outbound.State.SENT, "sent_at": clock.now()}
                Outbound.objects.filter(pk=row.message.outbound_id).update(**sent)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(11, 20)), timezone.get_default_timezone())
