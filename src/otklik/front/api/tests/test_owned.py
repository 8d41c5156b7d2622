"""Programs keep what clients have of us, and when they are left alone."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Client,
    Contact,
    Membership,
    Product,
    QuietPeriod,
    Secrecy,
    Subscription,
)
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(ticket: Ticket, pavel: Contact, volga: Client, boris: User) -> Contact:
    Membership(contact=pavel, client=volga).put(by=boris)
    Product.objects.create(name="АТС")
    return pavel


@pytest.fixture(params=["contact", "organisation"])
def home(request: pytest.FixtureRequest, card: Contact) -> str:
    return f"contacts/{card.pk}" if request.param == "contact" else f"organisations/{card.client_id}"


def test_a_product_is_given_altered_and_ended(ask: Ask, anna: User, home: str) -> None:
    body = {"product": "атс", "plan": "Базовый", "amount": "31777.50", "starts_on": "2026-01-01", "state": "trial"}

    made, again = (ask("post", f"{home}/subscriptions", anna, body, key="k") for _ in range(2))

    assert made.status_code == 201 and again.content == made.content, made.json()
    one = made.json()
    assert (one["product"], one["amount"], one["currency"], one["period"]) == ("АТС", "31777.50", "RUB", "month")
    address = f"{home}/subscriptions/{one['id']}"
    altered = ask("patch", address, anna, {"plan": "Большой", "state": "active"}).json()
    assert altered == one | {"plan": "Большой", "state": "active"}, "what is not named stays"
    assert [had["plan"] for had in ask("get", home, anna).json()["subscriptions"]] == ["Большой"]
    ended = ask("post", f"{address}/end", anna).json()
    assert (ended["state"], ended["ends_on"]) == ("ended", f"{clock.house_today()}")
    assert ask("post", f"{address}/end", anna).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"product": "нет такого"}, "product"),
        ({"product": ""}, "product"),
        ({"amount": "-1"}, "amount"),
        ({"currency": "rub"}, "currency"),
        ({"state": "dead"}, "state"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"starts_on": "2026-02-02", "ends_on": "2026-02-01"}, ""),
    ],
)
def test_what_is_wrong_is_named(ask: Ask, anna: User, home: str, wrong: dict[str, Any], field: str) -> None:
    answer = ask("post", f"{home}/subscriptions", anna, {"product": "АТС"} | wrong)
    assert answer.status_code == 422 and answer.json()["field"].removeprefix("body.") == field, answer.json()
    assert not Subscription.objects.exists()


def test_what_is_out_of_use_is_not_given_but_altered(ask: Ask, anna: User, home: str) -> None:
    one = ask("post", f"{home}/subscriptions", anna, {"product": "АТС"}).json()
    Product.objects.update(is_active=False)
    assert ask("post", f"{home}/subscriptions", anna, {"product": "АТС"}).status_code == 422
    address = f"{home}/subscriptions/{one['id']}"
    assert ask("patch", address, anna, {"product": "АТС", "details": "5 мест"}).status_code == 200


def test_PRIVACY_amounts_are_for_whom_sees_them(ask: Ask, anna: User, boris: User, home: str) -> None:
    one = ask("post", f"{home}/subscriptions", boris, {"product": "АТС", "amount": 31777}).json()
    Secrecy.objects.create(pk=1, facts=["money"])
    address = f"{home}/subscriptions/{one['id']}"
    for body in ({"amount": 1}, {"period": "once"}, {"currency": "USD"}):
        assert ask("patch", address, anna, body).status_code == 403
    plain = ask("patch", address, anna, {"plan": "Большой"})
    assert plain.status_code == 200 and plain.json()["amount"] is None
    assert Subscription.objects.get().amount == 31777


def test_of_a_person_stands_what_their_organisation_has_where_it_is_known(
    ask: Ask, anna: User, head: User, card: Contact, volga: Client
) -> None:
    theirs = ask("post", f"organisations/{volga.pk}/subscriptions", anna, {"product": "АТС"}).json()
    read = ask("get", f"contacts/{card.pk}", anna).json()["subscriptions"]
    assert [one["id"] for one in read] == [theirs["id"]] and read[0]["organisation_id"] == volga.pk
    assert ask("patch", f"contacts/{card.pk}/subscriptions/{theirs['id']}", anna, {"plan": "X"}).status_code == 200
    other = Contact.objects.recognise("email", "other@ural.test", name="Другой")
    Membership(contact=other, client=Client.objects.create(name="Урал")).put(by=head)
    strange = ask("post", f"contacts/{other.pk}/subscriptions", head, {"product": "АТС"}).json()
    address = f"contacts/{card.pk}/subscriptions/{strange['id']}"
    assert ask("patch", address, anna, {"plan": "X"}).status_code == 404


def test_all_of_them_in_pages_narrowed(ask: Ask, anna: User, vera: User, boris: User, card: Contact) -> None:
    today = clock.house_today()
    for number in range(3):
        body = {"product": "АТС", "ends_on": f"{today + timedelta(days=number)}", "plan": f"{number}"}
        ask("post", f"organisations/{card.client_id}/subscriptions", anna, body)
    first = ask("get", "subscriptions?limit=2", anna)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    assert [one["plan"] for one in (*first.json(), *ask("get", following, anna).json())] == ["2", "1", "0"]
    soon = ask("get", f"subscriptions?ends_until={today}&product=атс&state=active", anna).json()
    assert [one["plan"] for one in soon] == ["0"]
    assert ask("get", f"subscriptions?contact_id={card.pk}", anna).json() == []
    assert ask("get", "subscriptions", vera).json() == []
    assert card.client is not None
    card.client.restrict("secrecy", by=boris)
    ask("get", "subscriptions", anna)
    assert [look.actor for look in looks_at(card.client)] == [anna], "what they have is a look at their card"


def test_a_quiet_period_is_set_changed_and_removed(ask: Ask, anna: User, home: str) -> None:
    body = {"reason": "закрытие квартала", "holds": "notices", "weekdays": [5, 1, 1], "hours_from": "22:00"}
    answer = ask("post", f"{home}/quiet-periods", anna, body)
    assert answer.status_code == 422 and not QuietPeriod.objects.exists(), "both hours, or neither"
    made = ask("post", f"{home}/quiet-periods", anna, body | {"hours_until": "08:00"})
    assert made.status_code == 201 and made.json()["weekdays"] == [1, 5], made.json()
    address = f"{home}/quiet-periods/{made.json()['id']}"
    changed = ask("patch", address, anna, {"hours_from": None, "hours_until": None, "holds": "all"}).json()
    assert (changed["hours_from"], changed["holds"], changed["reason"]) == (None, "all", "закрытие квартала")
    assert ask("get", home, anna).json()["quiet_periods"] == [changed]
    zoned = {"hours_from": "22:00Z", "hours_until": "08:00Z"}
    wrongs: list[dict[str, Any]] = [{"weekdays": []}, {"weekdays": [8]}, zoned]
    for wrong in wrongs:
        assert ask("patch", address, anna, wrong).status_code == 422
    assert ask("post", f"{address}/remove", anna).json()["quiet_periods"] == []
    assert ask("post", f"{address}/remove", anna).status_code == 404


def test_ACCESS_1_who_may_not(ask: Ask, anna: User, vera: User, quality: User, home: str) -> None:
    acts = [("subscriptions", {"product": "АТС"}), ("quiet-periods", {"weekdays": [1]})]
    for act, body in acts:
        assert ask("post", f"{home}/{act}", vera, body).status_code == 404
        assert ask("post", f"{home}/{act}", quality, body).status_code == 403
        assert ask("post", f"{home}/{act}", anna, body, scopes=("tickets:write",)).status_code == 403
    assert not Subscription.objects.exists() and not QuietPeriod.objects.exists()


def test_a_card_is_changed_only_as_it_was_read(ask: Ask, anna: User, home: str) -> None:
    read = ask("get", home, anna)
    for act, body in (("subscriptions", {"product": "АТС"}), ("quiet-periods", {"weekdays": [1]})):
        assert ask("post", f"{home}/{act}", anna, body).status_code == 201
        late = ask("post", f"{home}/{act}", anna, body, tag=read["ETag"])
        assert late.status_code == 412
        read = ask("get", home, anna)
        assert read["ETag"] == late["ETag"]
