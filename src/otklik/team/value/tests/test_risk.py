"""Whether a client is likely to leave: by what is known of all of them, never by a number that nobody measured."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact, Payment, Product, Subscription
from otklik.desk.tickets.models import Promise, Ticket
from otklik.team.value.models import Contrast, Tally
from otklik.team.value.risk import Verdict, risk_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def paying(volga: Client) -> Subscription:
    product = Product.objects.create(name="Уроки")
    told = {"state": "active", "amount": Decimal(100), "starts_on": date(2024, 1, 1)}
    return Subscription.objects.create(client=volga, product=product, **told)


def many(clients: int, left: int) -> None:
    told = {"currency": "RUB", "side": "", "came_in": date(2024, 1, 1), "age": 20, "monthly": 1}
    Tally.objects.create(**told, clients=clients - left)
    Tally.objects.create(**told, clients=left, left_in=date(2026, 5, 1))


def contrast(broken: tuple[int, int], none: tuple[int, int]) -> None:
    for kind, (clients, stayed) in (("broken", broken), ("none", none)):
        Contrast.objects.create(kind=kind, since=date(2025, 12, 1), clients=clients, stayed=stayed)


def let_down(ticket: Ticket, volga: Client) -> None:
    Contact.objects.filter(pk=ticket.contact_id).update(client=volga)
    Promise.objects.create(ticket=ticket, until=NOW - timedelta(days=9), done_at=NOW - timedelta(days=8))


def test_of_who_pays_for_nothing_nothing_is_said(volga: Client, head: User) -> None:
    assert risk_of(volga, head) is None


def test_of_few_clients_nothing_is_said(volga: Client, paying: Subscription, head: User) -> None:
    many(12, 3)
    risk = risk_of(volga, head)
    assert risk is not None and risk.verdict is Verdict.FEW and risk.year.started == 12


def test_who_was_not_let_down_is_as_the_others(volga: Client, paying: Subscription, head: User) -> None:
    many(200, 40)
    risk = risk_of(volga, head)
    assert risk is not None and risk.verdict is Verdict.USUAL and risk.year.share == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("broken", "none", "verdict"),
    [
        ((100, 50), (400, 380), Verdict.RAISED),
        ((100, 94), (400, 380), Verdict.UNPROVEN),
        ((100, 99), (400, 300), Verdict.UNPROVEN),
        ((12, 3), (400, 380), Verdict.FEW),
    ],
)
def test_a_broken_date_counts_as_far_as_it_is_proven(
    ticket: Ticket,
    volga: Client,
    paying: Subscription,
    head: User,
    broken: tuple[int, int],
    none: tuple[int, int],
    verdict: Verdict,
) -> None:
    many(200, 40)
    contrast(broken, none)
    let_down(ticket, volga)

    risk = risk_of(volga, head)

    assert risk is not None and (risk.verdict, risk.broken, risk.bad) == (verdict, 1, 0)


def test_who_pays_no_more_or_has_left_is_told(volga: Client, paying: Subscription, head: User) -> None:
    many(200, 40)
    Payment.objects.create(
        client=volga,
        amount=100,
        paid_on=date(2026, 10, 1),
        covers_from=date(2026, 10, 1),
        covers_until=date(2026, 11, 1),
    )
    risk = risk_of(volga, head)
    assert risk is not None and risk.verdict is Verdict.RAISED and risk.paid_until == date(2026, 11, 1)

    Subscription.objects.filter(pk=paying.pk).update(state="ended", ends_on=date(2026, 11, 1))
    risk = risk_of(volga, head)
    assert risk is not None and risk.verdict is Verdict.LEFT


def test_what_befell_them_in_another_line_is_not_told(
    ticket: Ticket, volga: Client, paying: Subscription, anna: User, head: User, line_two: Team
) -> None:
    """A reader of the first line neither counts nor weighs a broken date of the second, and is told so."""
    many(200, 40)
    contrast((100, 50), (400, 380))
    let_down(ticket, volga)
    hers = risk_of(volga, anna)
    assert hers is not None and (hers.verdict, hers.broken) == (Verdict.RAISED, 1)

    Ticket.objects.filter(pk=ticket.pk).update(team=line_two, owner=None, works_with=[])

    person = Contact.objects.get(pk=ticket.contact_id)
    for holder, told in ((volga, {"client": volga}), (person, {"client": None, "contact": person})):
        Subscription.objects.filter(pk=paying.pk).update(**told)
        hers, whole = risk_of(holder, anna), risk_of(holder, head)
        assert hers is not None and (hers.verdict, hers.broken, hers.is_whole) == (Verdict.USUAL, 0, False)
        assert whole is not None and (whole.verdict, whole.broken, whole.is_whole) == (Verdict.RAISED, 1, True)
