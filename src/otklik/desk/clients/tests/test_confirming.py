"""What somebody made sure of on a card."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Client,
    ClientMerging,
    Confirmation,
    Contact,
    Membership,
    Merging,
    Product,
    Subscription,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody(pavel: Contact) -> Contact:
    return pavel


def sure(contact: Contact) -> set[str]:
    return {fact for fact, made in Confirmation.objects.of(contact).items() if made.holds(clock.now())}


def test_writing_a_fact_down_makes_sure_of_it_and_an_empty_one_is_nothing(somebody: Contact, anna: User) -> None:
    somebody.change("time_zone", "Europe/Samara", by=anna)
    somebody.change("literacy", 3, by=anna)
    somebody.change("note", "Любит короткие ответы", by=anna)
    assert sure(somebody) == {"time_zone", "literacy"}, "of what is not asked for nobody has to be sure"

    somebody.change("literacy", None, by=anna)
    assert sure(somebody) == {"time_zone"}


def test_one_word_confirms_all_that_is_shown_and_says_who(somebody: Contact, anna: User, boris: User) -> None:
    somebody.change("address_as", "Павел Ильич", by=anna)
    somebody.change("time_zone", "Europe/Samara", by=anna)
    later = clock.now() + timedelta(days=300)
    with clock.at(later):
        somebody.confirm(["address_as", "time_zone"], by=boris)

    made = Confirmation.objects.of(somebody)
    assert {(one.at, one.by) for one in made.values()} == {(later, boris.pk)} and len(made) == 2
    entry = Entry.objects.about("contact", somebody.pk).latest("id")
    assert (entry.data["field"], entry.actor) == ("confirmed", boris)


@pytest.mark.parametrize("facts", [[], ["literacy"], ["note"], ["address_as", "roles"]])
def test_what_the_card_does_not_say_cannot_be_confirmed(somebody: Contact, anna: User, facts: list[str]) -> None:
    Contact.objects.filter(pk=somebody.pk).update(address_as="Павел", client=None)
    somebody.refresh_from_db()
    with pytest.raises(ValidationError):
        somebody.confirm(facts, by=anna)
    assert sure(somebody) == set()


def test_it_holds_for_a_year(somebody: Contact, anna: User) -> None:
    somebody.change("time_zone", "Europe/Samara", by=anna)
    made = Confirmation.objects.of(somebody)["time_zone"]
    year = timedelta(days=365)
    assert made.holds(made.at + year - timedelta(seconds=1)) and not made.holds(made.at + year)


def test_products_of_an_organisation_are_confirmed_for_all_its_people(
    somebody: Contact, volga: Client, anna: User
) -> None:
    other = Contact.objects.create(name="Зоя")
    for one in (somebody, other):
        Membership(contact=one, client=volga, roles=["finance"]).put(by=anna)
        one.refresh_from_db()
    assert sure(other) == {"roles"}
    phones = Product.objects.create(name="АТС")
    Subscription.objects.create(client=volga, product=phones)

    somebody.confirm(["products", "roles"], by=anna)

    assert "products" in sure(other) and sure(Contact.objects.create(name="Чужой")) == set()


def test_a_product_that_is_added_or_ended_was_looked_at(somebody: Contact, anna: User) -> None:
    one = Subscription(contact=somebody, product=Product.objects.create(name="АТС"))
    one.put(by=anna)
    assert sure(somebody) == {"products"}
    Confirmation.objects.all().delete()
    one.end(by=anna)
    assert sure(somebody) == {"products"}


def test_merging_keeps_what_is_true_of_the_one_card_and_parting_gives_it_back(
    somebody: Contact, anna: User, boris: User
) -> None:
    twin = Contact.objects.create(name="П. Петров")
    Contact.objects.filter(pk=somebody.pk).update(address_as="", literacy=2)
    somebody.refresh_from_db()
    twin.change("address_as", "Павел Ильич", by=anna)
    twin.change("literacy", 5, by=anna)

    merging = Merging.objects.merge(somebody, twin, by=boris)
    assert sure(somebody) == {"address_as"}, "of the level that stays nobody made sure"

    merging.undo(by=boris)
    assert (sure(somebody), sure(twin)) == (set(), {"address_as", "literacy"})


def test_a_value_that_came_with_the_other_card_is_as_sure_as_it_was_there(
    somebody: Contact, anna: User, boris: User
) -> None:
    twin = Contact.objects.create(name="П. Петров", address_as="Паша", literacy=5)
    somebody.change("address_as", "Павел Ильич", by=anna)
    somebody.change("literacy", 2, by=anna)
    somebody.change("time_zone", "Europe/Samara", by=anna)
    twin.change("literacy", 5, by=boris)

    merging = Merging.objects.merge(somebody, twin, take=["address_as", "literacy"], by=anna)
    assert sure(somebody) == {"literacy", "time_zone"}, "how the other one is addressed nobody confirmed"
    assert Confirmation.objects.of(somebody)["literacy"].by == boris.pk

    merging.undo(by=anna)
    assert (sure(somebody), sure(twin)) == ({"address_as", "literacy", "time_zone"}, {"literacy"})
    assert Confirmation.objects.of(somebody)["literacy"].by == anna.pk


def test_of_roles_and_products_of_both_nobody_made_sure_after_merging(
    somebody: Contact, volga: Client, anna: User
) -> None:
    twin, phones = Contact.objects.create(name="П. Петров"), Product.objects.create(name="АТС")
    for one, roles in ((somebody, ["finance"]), (twin, ["decision"])):
        Membership(contact=one, client=volga, roles=roles).put(by=anna)
        Subscription(contact=one, product=phones).put(by=anna)

    merging = Merging.objects.merge(somebody, twin, by=anna)
    assert sure(somebody) == set()
    merging.undo(by=anna)
    assert sure(somebody) == sure(twin) == {"roles", "products"}


def test_what_one_of_them_had_alone_stays_sure(somebody: Contact, volga: Client, anna: User) -> None:
    twin = Contact.objects.create(name="П. Петров")
    Membership(contact=twin, client=volga, roles=["decision"]).put(by=anna)
    Subscription(contact=twin, product=Product.objects.create(name="АТС")).put(by=anna)
    somebody.memberships.all().delete()
    Contact.objects.filter(pk=somebody.pk).update(client=None)

    Merging.objects.merge(somebody, twin, by=anna)
    assert sure(Contact.objects.get(pk=somebody.pk)) == {"roles", "products"}


def test_organisations_that_become_one_have_products_of_both_and_people_roles_of_both(
    somebody: Contact, volga: Client, anna: User
) -> None:
    twin, phones = Client.objects.create(name="Волга, ООО"), Product.objects.create(name="АТС")
    for one, roles in ((volga, ["finance"]), (twin, ["decision"])):
        Membership(contact=somebody, client=one, roles=roles).put(by=anna)
        Subscription(client=one, product=phones).put(by=anna)
    somebody.refresh_from_db()
    assert sure(somebody) == {"roles", "products"}

    merging = ClientMerging.objects.merge(volga, twin, by=anna)
    assert sure(Contact.objects.get(pk=somebody.pk)) == set()
    merging.undo(by=anna)
    assert sure(Contact.objects.get(pk=somebody.pk)) == {"roles", "products"}


def test_products_of_the_one_that_had_any_stay_sure(somebody: Contact, volga: Client, anna: User) -> None:
    twin = Client.objects.create(name="Волга, ООО")
    Membership(contact=somebody, client=volga).put(by=anna)
    Subscription(client=twin, product=Product.objects.create(name="АТС")).put(by=anna)

    merging = ClientMerging.objects.merge(volga, twin, by=anna)
    assert sure(Contact.objects.get(pk=somebody.pk)) == {"products"}
    merging.undo(by=anna)
    assert sure(Contact.objects.get(pk=somebody.pk)) == set()


def test_roles_of_another_main_organisation_nobody_confirmed(somebody: Contact, volga: Client, anna: User) -> None:
    don = Client.objects.create(name="Дон")
    Membership(contact=somebody, client=don, roles=["decision"]).put(by=anna)
    Membership(contact=somebody, client=volga, roles=["finance"], is_main=True).put(by=anna)
    somebody.belong_to(volga.name, by=anna)
    assert sure(somebody) == {"roles"}, "it is the same one"

    somebody.memberships.get(client=don).end(by=anna)
    assert sure(somebody) == {"roles"}, "what was not the main one takes nothing along"
    Membership(contact=somebody, client=don, roles=["decision"]).put(by=anna)
    somebody.memberships.current().get(client=volga).end(by=anna)
    assert sure(somebody) == set()

    somebody.confirm(["roles"], by=anna)
    somebody.belong_to("Кама", by=anna)
    assert sure(somebody) == set()
    somebody.belong_to("Дон", by=anna)
    assert sure(somebody) == set(), "roles of long ago were not asked for"


def test_what_one_person_has_themselves_is_confirmed_for_them_alone(
    somebody: Contact, volga: Client, anna: User
) -> None:
    colleague, phones = Contact.objects.create(name="Зоя"), Product.objects.create(name="АТС")
    for one in (somebody, colleague):
        Membership(contact=one, client=volga).put(by=anna)
        one.refresh_from_db()
        Subscription.objects.create(contact=one, product=phones)
    somebody.confirm(["products"], by=anna)
    assert (sure(somebody), sure(colleague)) == ({"products"}, set())

    Subscription.objects.create(client=volga, product=phones)
    both = {"contact", "client"}
    assert Subscription.objects.holders_of(somebody) == both
    assert not Confirmation.objects.of(somebody, both), "of those of the organisation nobody made sure"
    later = clock.now() + timedelta(days=1)
    with clock.at(later):
        colleague.confirm(["products"], by=anna)
    assert Confirmation.objects.of(somebody, both)["products"].at < later
    assert Confirmation.objects.of(colleague, both)["products"].at == later
