"""The nouns of the card: organisations of a person, products, advice, what happened."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Advice,
    Client,
    ClientEvent,
    Contact,
    ContractRole,
    Membership,
    Product,
    Subscription,
    value_of,
)
from otklik.desk.clients.models.client import cleaned_tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def don(db: None) -> Client:
    return Client.objects.create(name="Дон")


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="Виртуальная АТС")


def member(contact: Contact, client: Client, by: User, **more: Any) -> Membership:
    made = Membership(contact=contact, client=client, **more)
    made.put(by=by)
    return made


def told(field: str) -> list[str]:
    entries = Entry.objects.filter(data__field=field).order_by("id")
    return [entry.data["value"] for entry in entries]


class TestOrganisations:
    def test_the_first_one_is_the_main_one_and_lists_follow(self, pavel: Contact, don: Client, anna: User) -> None:
        made = member(pavel, don, anna, position="технический директор", roles=["technical", "decision"])

        pavel.refresh_from_db()
        assert (made.is_main, pavel.client, pavel.position) == (True, don, "технический директор")
        assert (made.decides, told("membership")) == (True, ["Дон"])
        assert made.role_names() == [str(ContractRole.DECISION.label), str(ContractRole.TECHNICAL.label)]

    def test_a_position_known_before_the_organisation_is_not_lost(
        self, pavel: Contact, don: Client, anna: User
    ) -> None:
        Contact.objects.filter(pk=pavel.pk).update(client=None, position="директор")

        made = member(pavel, don, anna)

        pavel.refresh_from_db()
        assert (made.position, pavel.position) == ("директор", "директор")

    def test_there_is_one_main_one(self, pavel: Contact, volga: Client, don: Client, anna: User) -> None:
        first, second = member(pavel, volga, anna), member(pavel, don, anna)
        assert (first.is_main, second.is_main) == (True, False)

        second.is_main = True
        second.put(by=anna)

        pavel.refresh_from_db()
        first.refresh_from_db()
        assert (pavel.client, first.is_main) == (don, False)

    def test_nobody_belongs_twice_to_one(self, pavel: Contact, don: Client, anna: User) -> None:
        member(pavel, don, anna)

        with pytest.raises(ValidationError):
            member(pavel, don, anna)

    def test_who_leaves_one_speaks_for_the_next(self, pavel: Contact, volga: Client, don: Client, anna: User) -> None:
        first = member(pavel, volga, anna)
        member(pavel, don, anna, position="советник")

        first.end(by=anna)

        pavel.refresh_from_db()
        assert (pavel.client, pavel.position) == (don, "советник")
        assert pavel.memberships.count() == 2, "that they were there is history"
        member(pavel, volga, anna)

    def test_an_unknown_role_is_refused(self, pavel: Contact, don: Client, anna: User) -> None:
        with pytest.raises(ValidationError):
            member(pavel, don, anna, roles=["king"])

        assert not Membership.objects.exists()

    def test_the_row_of_a_request_follows(self, ticket: Any, pavel: Contact, don: Client, anna: User) -> None:
        member(pavel, don, anna, is_main=True).end(by=anna)

        ticket.refresh_from_db()
        assert ticket.client_name == ""

    def test_a_renamed_organisation_is_renamed_on_its_requests(
        self, run_jobs: Any, ticket: Any, volga: Client, anna: User
    ) -> None:
        volga.change("name", "Большая Волга", by=anna)
        run_jobs()

        ticket.refresh_from_db()
        assert ticket.client_name == "Большая Волга"


class TestProducts:
    def test_a_client_has_those_of_the_person_and_of_the_organisation(
        self, pavel: Contact, volga: Client, phones: Product, anna: User
    ) -> None:
        own, common = Subscription(contact=pavel, product=phones), Subscription(client=volga, product=phones)
        own.put(by=anna)
        common.put(by=anna)

        assert list(Subscription.objects.of(pavel).shown()) == [own, common]

    def test_it_is_of_one_of_them(self, pavel: Contact, volga: Client, phones: Product, anna: User) -> None:
        for holders in ({}, {"contact": pavel, "client": volga}):
            with pytest.raises(ValidationError):
                Subscription(product=phones, **holders).put(by=anna)

    def test_it_does_not_end_before_it_begins(self, volga: Client, phones: Product, anna: User) -> None:
        dates = {"starts_on": date(2026, 5, 1), "ends_on": date(2026, 4, 30)}

        with pytest.raises(ValidationError):
            Subscription(client=volga, product=phones, **dates).put(by=anna)

    def test_what_ended_stays_as_history_and_ends_once(self, volga: Client, phones: Product, anna: User) -> None:
        one = Subscription(client=volga, product=phones, starts_on=date(2026, 1, 1))
        one.put(by=anna)

        one.end(by=anna)

        assert (one.state, one.is_in_use(clock.today())) == (Subscription.State.ENDED, False)
        assert told("subscription_ended") == ["Виртуальная АТС"]
        with pytest.raises(ValidationError):
            one.end(by=anna)

    def test_it_ends_on_the_day_of_the_department(self, volga: Client, phones: Product, anna: User) -> None:
        """Whoever sits in Vladivostok has the next day already."""
        one = Subscription(client=volga, product=phones)
        one.put(by=anna)
        with clock.at(datetime(2026, 6, 9, 16, tzinfo=UTC)), timezone.override(ZoneInfo("Asia/Vladivostok")):
            one.end(by=anna)

        assert one.ends_on == date(2026, 6, 9)

    def test_one_that_would_begin_later_ends_on_its_first_day(self, volga: Client, phones: Product, anna: User) -> None:
        begins = clock.today() + timedelta(days=30)
        one = Subscription(client=volga, product=phones, starts_on=begins)
        one.put(by=anna)

        one.end(by=anna)

        assert one.ends_on == begins

    @given(
        st.lists(
            st.tuples(
                st.decimals(0, 1_000_000, places=2),
                st.sampled_from(["month", "quarter", "year", "once"]),
                st.sampled_from(Subscription.State.values),
            ),
            max_size=8,
        )
    )
    def test_the_value_is_what_is_in_use_brings_in_a_month(self, had: list[tuple[Decimal, str, str]]) -> None:
        rows = [Subscription(amount=amount, period=period, state=state) for amount, period, state in had]

        found = value_of(rows, date(2026, 11, 28)).get("RUB", Decimal(0))

        counted = [row.monthly() for row in rows if row.state in ("trial", "active")]
        assert found == sum(counted, Decimal(0))
        assert found <= sum((row.amount or Decimal(0) for row in rows), Decimal(0))


class TestEvents:
    def test_it_is_kept_and_told_once(self, pavel: Contact, anna: User) -> None:
        first = ClientEvent.objects.record("balance_low", by=anna, contact=pavel, data={"left": 120}, external_id="b-7")
        again = ClientEvent.objects.record("balance_low", by=anna, contact=pavel, data={"left": 120}, external_id="b-7")

        assert (first[1], again) == (True, (first[0], False))
        assert Entry.objects.filter(kind="clients.ClientEventRecorded").count() == 1

    def test_those_without_an_identifier_are_each_new(self, volga: Client, anna: User) -> None:
        for _ in range(2):
            ClientEvent.objects.record("renewal", by=anna, client=volga)

        assert volga.events.count() == 2

    @pytest.mark.parametrize(
        ("kind", "data"),
        [("Trial", {}), ("", {}), ("x" * 41, {}), ("ok", {"a": {"b": 1}}), ("ok", {str(n): n for n in range(51)})],
    )
    def test_what_does_not_fit_is_refused(self, pavel: Contact, anna: User, kind: str, data: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            ClientEvent.objects.record(kind, by=anna, contact=pavel, data=data)

        assert not ClientEvent.objects.exists()


def test_advice_is_kept_in_the_name_of_who_gave_it(pavel: Contact, anna: User, ilya: User) -> None:
    advice = Advice(contact=pavel, text="Включить вход по коду")
    advice.put(by=anna)
    advice.taken = True
    advice.put(by=ilya)

    assert Advice.objects.get().by == anna
    assert told("advice") == ["Включить вход по коду"] * 2


@given(st.lists(st.text(max_size=50)))
def test_tags_are_kept_in_one_spelling(said: list[str]) -> None:
    kept = cleaned_tags(said)

    assert cleaned_tags(kept) == kept
    assert len(set(kept)) == len(kept) and "" not in kept


def test_tags_of_a_client_are_a_fact(pavel: Contact, volga: Client, anna: User) -> None:
    pavel.change("tags", "VIP,  Пилот , vip", by=anna)
    volga.change("tags", "сеть", by=anna)

    assert (Contact.objects.get().tags, Client.objects.get().tags) == (["vip", "пилот"], ["сеть"])
    assert told("tags") == ["vip, пилот", "сеть"]
