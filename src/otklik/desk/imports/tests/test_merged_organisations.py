"""Two rows of one organisation become one and two again: nothing is lost on the way."""

import threading
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    CardNote,
    Client,
    ClientEvent,
    ClientMerging,
    Contact,
    Membership,
    Product,
    QuietPeriod,
    Subscription,
)
from otklik.desk.imports.models import ExternalId
from otklik.desk.sla.models import Agreement, ServiceClass, Version
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db

OF_MERGING = {
    *("clients.ClientMerging.winner", "clients.ClientMerging.loser", "clients.Client.merged_into"),
}
HANDLED = {
    *("clients.CardAnswer.client", "clients.Confirmation.client"),
    *("clients.Contact.client", "clients.Membership.client", "clients.Subscription.client"),
    *("clients.ClientEvent.client", "clients.QuietPeriod.client", "clients.Contacted.client"),
    *("clients.Payment.client", "sla.Agreement.client", "incidents.Concerned.client"),
    *("outreach.Upcoming.client", "clients.CardNote.client"),
}


@pytest.fixture
def vip() -> ServiceClass:
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    return version.service_class


@pytest.fixture
def don(ticket: Ticket, boris: User) -> Client:
    """The organisation of the ticket's client."""
    don = Client.objects.create(name="Дон")
    Membership(contact=ticket.contact, client=don, is_main=True, position="директор").put(by=boris)
    return don


@pytest.fixture
def twin(writes: Write, boris: User) -> Client:
    """The same once more, with somebody who has written, too."""
    twin = Client.objects.create(name="ООО «Дон»")
    other = writes("Счёт", sender="anna@don.example", sender_name="Анна")
    Membership(contact=other.contact, client=twin, is_main=True).put(by=boris)
    return twin


def pointing() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Client
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row that points to an organisation, the organisations, and what repeats their names."""
    labels = {name.rpartition(".")[0] for name in HANDLED}
    labels |= {"clients.Client", "imports.ExternalId"}
    found = {label: list(_table(label).order_by("pk").values()) for label in sorted(labels)}
    return found | {"requests": list(Ticket.objects.order_by("pk").values("pk", "contact", "client_name"))}


def _table(label: str) -> "models.QuerySet[Any]":
    return apps.get_model(label)._default_manager.all()


def test_every_table_that_points_to_an_organisation_goes_along() -> None:
    """A new one belongs into `HANDLED`, and into a reaction to `OrganisationMerged`."""
    assert pointing() - OF_MERGING == HANDLED


def test_people_products_contracts_and_quiet_periods_are_the_winners(
    ticket: Ticket, don: Client, twin: Client, boris: User, vip: ServiceClass
) -> None:
    product = Product.objects.create(name="АТС")
    Subscription(client=twin, product=product).put(by=boris)
    QuietPeriod(client=twin, weekdays=[1]).put(by=boris)
    Agreement(client=twin, service_class=vip, starts_on=date(2020, 1, 1)).make(by=boris)
    ClientEvent.objects.record("trial_started", client=twin, by=boris)
    ExternalId.objects.keep("crm", "organisations", {"55": twin.pk})

    ClientMerging.objects.merge(don, twin, by=boris)

    for name in ("contacts", "memberships", "subscriptions", "quiet_periods", "events", "agreements"):
        assert not getattr(twin, name).exists() and getattr(don, name).exists()
    assert set(Ticket.objects.values_list("client_name", flat=True)) == {"Дон"}
    assert ExternalId.objects.get().object_id == don.pk
    ticket.refresh_from_db()
    assert ticket.class_name == vip.name
    assert Entry.objects.filter(kind="clients.OrganisationMerged", about_id=don.pk).count() == 1
    twin.refresh_from_db()
    assert twin.merged_into == don


def test_whoever_speaks_for_both_speaks_for_one(ticket: Ticket, don: Client, twin: Client, boris: User) -> None:
    Membership(contact=ticket.contact, client=twin, roles=["finance"], area="счета", is_main=True).put(by=boris)

    ClientMerging.objects.merge(don, twin, by=boris)

    one = ticket.contact.memberships.current().get()
    assert (one.client, one.is_main, one.roles, one.area, one.position) == (don, True, ["finance"], "счета", "директор")
    ticket.contact.refresh_from_db()
    assert (ticket.contact.client, ticket.contact.position) == (don, "директор")


def test_the_name_of_the_loser_means_the_winner(don: Client, twin: Client, boris: User) -> None:
    ClientMerging.objects.merge(don, twin, by=boris)
    colleague = Contact.objects.create(name="Новый")
    colleague.belong_to("ооо «дон»", by=boris)

    assert colleague.client == don
    late = Contact.objects.create(name="Опоздавший")
    Membership(contact=late, client=twin).put(by=boris)
    assert late.memberships.get().client == don


FACTS = st.fixed_dictionaries(
    {
        "website": st.sampled_from(["", "don.example", "don.test"]),
        "tax_number": st.sampled_from(["", "6100000001"]),
        "note": st.sampled_from(["", "Важный", "Звонить утром"]),
        "tags": st.lists(st.sampled_from(["vip", "юг"]), unique=True),
    }
)
MEMBERS = st.lists(
    st.tuples(st.sampled_from(["а", "б", "в"]), st.booleans(), st.sampled_from(["", "бухгалтер"])),
    max_size=3,
    unique_by=lambda member: member[0],
)
TAKE = st.sets(st.sampled_from(["name", "website", "tax_number"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=FACTS, theirs=FACTS, our_people=MEMBERS, their_people=MEMBERS, take=TAKE)
def test_merging_and_parting_gives_the_same_rows(
    ours: dict[str, Any],
    theirs: dict[str, Any],
    our_people: list[tuple[str, bool, str]],
    their_people: list[tuple[str, bool, str]],
    take: set[str],
    don: Client,
    twin: Client,
    boris: User,
    vip: ServiceClass,
) -> None:
    with transaction.atomic():
        product = Product.objects.create(name="АТС")
        for client, facts_, people in ((don, ours, our_people), (twin, theirs, their_people)):
            Client.objects.filter(pk=client.pk).update(**facts_)
            CardNote.objects.keep_up([Client.objects.get(pk=client.pk)])
            for name, is_main, position in people:
                contact = Contact.objects.get_or_create(name=name)[0]
                Membership(contact=contact, client=client, is_main=is_main, position=position, area=name).put(by=boris)
            Subscription(client=client, product=product).put(by=boris)
            Agreement.objects.create(client=client, service_class=vip, starts_on=date(2020, 1, 1))
            ExternalId.objects.keep("crm", "organisations", {client.name: client.pk})
        before = rows()

        merging = ClientMerging.objects.merge(don, twin, take=take, by=boris)
        assert {label: len(found) for label, found in rows().items()} == {
            label: len(found) for label, found in before.items()
        }
        assert not Contact.objects.filter(client=twin).exists()
        for one in Contact.objects.filter(client=don):
            assert one.memberships.current().get(is_main=True).client == don
        merging.undo(by=boris)

        assert rows() == before
        transaction.set_rollback(True)


def test_nothing_is_merged_with_itself_or_twice(don: Client, twin: Client, boris: User) -> None:
    with pytest.raises(ValidationError):
        ClientMerging.objects.merge(twin, twin, by=boris)
    ClientMerging.objects.merge(don, twin, by=boris)
    with pytest.raises(ValidationError):
        ClientMerging.objects.merge(don, twin, by=boris)


def test_what_came_since_stays(don: Client, twin: Client, boris: User) -> None:
    merging = ClientMerging.objects.merge(don, twin, by=boris)
    late = Contact.objects.create(name="Новый")
    late.belong_to("Дон", by=boris)
    don.change("website", "don.example", by=boris)

    merging.undo(by=boris)

    late.refresh_from_db()
    don.refresh_from_db()
    assert (late.client, don.website) == (don, "don.example")
    assert twin.contacts.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_works_with_a_request_goes_before_the_merge(ticket: Ticket, don: Client, twin: Client, boris: User) -> None:
    """They hold the request and want its person, the merge holds the person and wants the request."""

    def merge() -> None:
        ClientMerging.objects.merge(don, twin, by=boris)

    theirs = Ticket.objects.get(contact__client=twin)
    with transaction.atomic():
        theirs.lock()
        thread = threading.Thread(target=lambda: at_an_end(merge))
        thread.start()
        wait_until_somebody_is_blocked()
        theirs.contact.change("note", "Перезвонить", by=boris)
    thread.join()

    assert Contact.objects.get(pk=theirs.contact_id).client == don


@pytest.mark.django_db(transaction=True)
def test_who_joins_during_the_merge_belongs_to_the_winner(don: Client, twin: Client, boris: User) -> None:
    late = Contact.objects.create(name="Новый")

    def join() -> None:
        Membership(contact=late, client=twin).put(by=boris)

    with transaction.atomic():
        ClientMerging.objects.merge(don, twin, by=boris)
        thread = threading.Thread(target=lambda: at_an_end(join))
        thread.start()
        wait_until_somebody_is_blocked()
    thread.join()

    assert late.memberships.get().client == don
