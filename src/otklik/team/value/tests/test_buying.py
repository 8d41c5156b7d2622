"""Clients without a contract: what is foretold, and that the past has to bear it out (METRICS L8)."""

from datetime import date, timedelta
from random import Random

import pytest

from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Payment, Product, Subscription
from otklik.team.metrics.days import day_of
from otklik.team.value.buying import FEWEST, MOST_TIMES, foretell, is_borne_out
from otklik.team.value.models import Buyers

pytestmark = pytest.mark.django_db
R, ALPHA, A, B = 0.9, 8.0, 0.8, 2.4
"""How they buy, in weeks: livelier than CDNOW's, so that few hundred of them say something."""
WEEKS = 104


def shop(people: int, seed: int = 5) -> list[list[date]]:
    """The days on which each of so many clients of two years buys; all came in the first third of them."""
    chance, found = Random(seed), []
    begins = day_of(clock.now()) - timedelta(weeks=WEEKS)
    for number in range(people):
        came = 0.0 if not number else chance.uniform(0, WEEKS / 3)
        rate, drop, at = chance.gammavariate(R, 1 / ALPHA), chance.betavariate(A, B), came
        days = [begins + timedelta(days=int(came * 7))]
        while (at := at + chance.expovariate(rate)) < WEEKS:
            days.append(begins + timedelta(days=int(at * 7)))
            if chance.random() < drop:
                break
        found.append(days)
    return found


def keep(bought: list[list[date]], currency: str = "RUB", **more: object) -> list[Client]:
    clients = Client.objects.bulk_create(Client(name=f"Покупатель {number}") for number in range(len(bought)))
    rows = [(client, day) for client, days in zip(clients, bought, strict=True) for day in days]
    Payment.objects.bulk_create(
        Payment(client=client, amount=900, currency=currency, paid_on=day, **more) for client, day in rows
    )
    return clients


def test_L8_what_the_first_half_foretold_came_in_the_second() -> None:
    bought = shop(900)
    keep(bought)
    foretell()

    told = Buyers.objects.get()
    assert (told.currency, told.clients, told.held) == ("RUB", 900, 900)
    later = sum(day > told.half for days in bought for day in set(days))
    assert told.actual == later and sum(group[0] for group in told.groups) == 900
    again = [len({day for day in days if day <= told.half}) - 1 for days in bought]
    assert [group[0] for group in told.groups] == [
        sum(min(times, MOST_TIMES) == place for times in again) for place in range(MOST_TIMES + 1)
    ]
    assert is_borne_out(told) and told.predicted == pytest.approx(later, rel=0.15)
    assert told.alive and told.expected and 0 < told.alive < 900
    assert told.expected < later * 1.2, "fewer are left of them every year"


def test_of_fewer_than_three_hundred_in_the_first_half_nothing_is_foretold() -> None:
    keep(shop(FEWEST - 1))
    foretell()
    told = Buyers.objects.get()
    assert (told.held, told.predicted, told.alive, told.groups) == (FEWEST - 1, None, None, [])
    assert not is_borne_out(told)


def test_nobody_who_came_again_is_no_base_for_a_forecast() -> None:
    keep([days[:1] for days in shop(FEWEST + 10)])
    foretell()
    assert Buyers.objects.get().predicted is None


def test_who_has_or_had_a_contract_is_no_buyer_and_a_trial_is_none() -> None:
    today = day_of(clock.now())
    days = [today - timedelta(days=100), today - timedelta(days=50)]
    bound, tried, once, pays_ahead, refunded = keep([days] * 5)
    product = Product.objects.create(name="Касса")
    facts = {"product": product, "starts_on": days[0], "state": "active"}
    Subscription.objects.create(client=bound, period="month", **facts)
    Subscription.objects.create(client=tried, period="month", **facts | {"state": "trial"})
    Subscription.objects.create(client=once, period="once", **facts)
    Payment.objects.filter(client=pays_ahead, paid_on=days[0]).update(covers_from=days[0], covers_until=days[1])
    Payment.objects.filter(client=refunded).update(kind="refund")
    foretell()
    assert Buyers.objects.get().clients == 2


def test_what_was_given_back_whole_was_not_bought() -> None:
    """Who gave all back is no buyer; who gave the last one back bought as often as before it."""
    bought = shop(FEWEST + 20)
    keep(bought)
    foretell()
    facts = ("clients", "held", "half", "predicted", "actual", "alive", "expected", "groups")
    before, today = Buyers.objects.values(*facts).get(), day_of(clock.now())
    first = Client.objects.earliest("pk")
    gone, less = keep([[today - timedelta(days=30)], bought[0]])
    more: dict[str, object] = {"client": first, "currency": "RUB", "paid_on": today - timedelta(days=9)}
    Payment.objects.bulk_create([Payment(**more, amount=900), Payment(**more, amount=900, kind="refund")])
    Payment.objects.create(client=gone, amount=900, kind="refund", paid_on=today - timedelta(days=29))
    Payment.objects.create(client=less, amount=900, kind="refund", paid_on=min(bought[0]) - timedelta(days=1))
    Payment.objects.create(client=less, amount=100, kind="refund", paid_on=today)
    foretell()
    assert Buyers.objects.get().clients == before["clients"] + 1, "a refund before it and a part leave the purchase"
    Client.objects.filter(pk=less.pk).delete()
    foretell()
    assert Buyers.objects.values(*facts).get() == before


def test_currencies_are_apart_and_what_is_gone_is_told_no_more() -> None:
    today = day_of(clock.now())
    clients = [*keep([[today]]), *keep([[today]] * 2, "EUR")]
    foretell()
    assert dict(Buyers.objects.values_list("currency", "clients")) == {"RUB": 1, "EUR": 2}
    Payment.objects.filter(client__in=clients[1:]).delete()
    foretell()
    assert dict(Buyers.objects.values_list("currency", "clients")) == {"RUB": 1}


@pytest.mark.parametrize(("predicted", "actual", "holds"), [(125, 100, True), (126, 100, False), (5, 0, False)])
def test_a_quarter_off_bears_nothing_out(predicted: float, actual: int, holds: bool) -> None:
    one = Buyers(currency="RUB", clients=400, half=date(2026, 1, 1), predicted=predicted, actual=actual)
    assert is_borne_out(one) == holds
