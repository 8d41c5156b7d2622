"""Whom the demo company serves, as its accounts tell: clients of four years, some of whom left, and what they paid."""

import random
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Payment, Product, Subscription
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.models import Policy

WHO = ("Аптека", "Кофейня", "Студия", "Школа", "Клиника", "Склад", "Ателье", "Мастерская", "Пекарня", "Бюро")
NAMES = ("Аврора", "Берег", "Вектор", "Гавань", "Дельта", "Ермак", "Заря", "Исток", "Кедр", "Лада", "Маяк", "Нева")
PLANS = {"Старт": 4_200, "Бизнес": 11_900, "Сеть": 32_400}
GROWS_INTO, GROW = {"Старт": "Бизнес", "Бизнес": "Сеть"}, 0.3
MONTHS = 46
MARGIN = 62
HOUR_COST = 620


def load() -> None:
    """A hundred and twenty organisations; two of three came on the cheapest plan, and those leave most."""
    dice = random.Random(11)  # noqa: S311 - a demo, not a secret
    today = timezone.localtime(clock.now()).date()
    product, _new = Product.objects.get_or_create(name="Виртуальная АТС")
    clients = Client.objects.bulk_create(
        Client(name=f"{WHO[number % 10]} «{NAMES[number // 10]}»") for number in range(120)
    )
    subscriptions = [_one(dice, client, product, today) for client in clients]
    subscriptions += [more for one in subscriptions if (more := _larger(dice, one, today))]
    Subscription.objects.bulk_create(subscriptions)
    paying = [*subscriptions, *Subscription.objects.filter(contact=None).exclude(client__in=clients)]
    Payment.objects.bulk_create(payment for one in paying for payment in _payments(one, today))
    Policy(pk=1, margin=MARGIN, hour_cost=HOUR_COST).save()
    count_all()


def _one(dice: random.Random, client: Client, product: Product, today: date) -> Subscription:
    plan = dice.choices(list(PLANS), weights=(6, 3, 1))[0]
    starts_on = months_before(today, dice.randint(1, MONTHS)) + timedelta(days=dice.randint(0, 27))
    monthly = {"Старт": 0.035, "Бизнес": 0.018, "Сеть": 0.008}[plan]
    stays = int(dice.expovariate(monthly)) + 1
    ends_on = starts_on + timedelta(days=round(stays * 30.44))
    gone = ends_on < today
    return Subscription(
        client=client,
        product=product,
        plan=plan,
        starts_on=starts_on,
        ends_on=ends_on if gone else None,
        state=Subscription.State.ENDED if gone else Subscription.State.ACTIVE,
        amount=Decimal(PLANS[plan]),
        period="month",
    )


def _larger(dice: random.Random, one: Subscription, today: date) -> Subscription | None:
    """A few grow into the next plan: the one they had ends, and the next begins on the day after."""
    assert one.starts_on is not None
    after = one.starts_on + timedelta(days=30 * dice.randint(4, 30))
    if one.plan not in GROWS_INTO or one.ends_on is not None or after >= today or dice.random() > GROW:
        return None
    plan = GROWS_INTO[one.plan]
    one.ends_on, one.state = after - timedelta(days=1), Subscription.State.ENDED
    return Subscription(
        client=one.client,
        product=one.product,
        plan=plan,
        starts_on=after,
        state=Subscription.State.ACTIVE,
        amount=Decimal(PLANS[plan]),
        period="month",
    )


def _payments(one: Subscription, today: date) -> Iterator[Payment]:
    """One in each month, for those of its days on which it ran: of the month of an upgrade each plan has its own."""
    if one.starts_on is None or one.amount is None:
        return
    month = max(one.starts_on.replace(day=1), months_before(today, MONTHS))
    last = min(one.ends_on or today, today)
    while month <= last:
        end = month.replace(day=monthrange(month.year, month.month)[1])
        paid_on, until = max(month, one.starts_on), min(end, one.ends_on or end)
        share = Decimal((until - paid_on).days + 1) / end.day
        yield Payment(
            client_id=one.client_id,
            product=one.product,
            amount=(one.amount * share).quantize(Decimal("0.01")),
            paid_on=paid_on,
            covers_from=paid_on,
            covers_until=until,
            source="1c",
            external_id=f"{one.client_id}-{one.product_id}-{one.plan}-{month:%Y-%m}",
        )
        month = months_before(month, -1)
