"""Two rows of one person become one and two again: nothing is lost on the way."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import OperationalError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.errors import LockNotAvailable

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    AbuseReport,
    CardNote,
    Client,
    Consent,
    Contact,
    Contacted,
    Membership,
    Merging,
    Restriction,
)
from otklik.desk.clients.purposes import Agreed, Purpose
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets import links
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db

OF_MERGING = {
    "clients.Opened.contact",
    "clients.Merging.winner",
    "clients.Merging.loser",
    "clients.Contact.merged_into",
}
HANDLED = {
    *("clients.AbuseReport.contact", "clients.Restriction.contact", "clients.Identity.contact"),
    *("clients.ContactKey.contact", "clients.Membership.contact", "clients.Advice.contact"),
    *("clients.ClientEvent.contact", "clients.Subscription.contact", "clients.CardAnswer.contact"),
    *("clients.Confirmation.contact", "clients.CardNote.contact"),
    *("privacy.DataRequest.contact", "privacy.Hold.contact"),
    *("knowledge.FormVisit.contact", "outreach.Upcoming.contact"),
    *("conversations.Conversation.contact", "conversations.Message.contact", "tickets.Ticket.contact"),
    *("sla.Agreement.contact", "surveys.Invitation.contact", "surveys.OutsideAnswer.contact"),
    "complaints.Complaint.contact",
    "calls.Call.contact",
    *("incidents.Concerned.contact", "incidents.Told.contact"),
    *("clients.Payment.contact", "clients.QuietPeriod.contact", "clients.Consent.contact", "clients.Contacted.contact"),
}


@pytest.fixture
def twin(writes: Write) -> Contact:
    """Pavel once more, from another address."""
    writes("С другого адреса", sender="pavel@other.example", sender_name="П. Петров")
    return Contact.objects.get(identities__value="pavel@other.example")


def pointing() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Contact
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row that points to a person, and the people."""
    labels = {name.rpartition(".")[0] for name in HANDLED} | {"clients.Contact"}
    return {label: list(_table(label).order_by("pk").values()) for label in sorted(labels)}


def _table(label: str) -> "models.QuerySet[Any]":
    return apps.get_model(label)._default_manager.all()


def test_every_table_that_points_to_a_person_goes_along() -> None:
    """A new one belongs into `HANDLED`, and into a reaction to `ContactMerged`."""
    assert pointing() - OF_MERGING == HANDLED


def test_all_requests_addresses_and_letters_are_the_winners(ticket: Ticket, twin: Contact, boris: User) -> None:
    pavel = ticket.contact

    Merging.objects.merge(pavel, twin, by=boris)

    assert not Ticket.objects.filter(contact=twin).exists()
    assert not Message.objects.filter(contact=twin).exists()
    assert not Conversation.objects.filter(contact=twin).exists()
    assert pavel.identities.filter(value="pavel@other.example").exists()
    assert Ticket.objects.filter(contact=pavel).count() == 2
    assert set(Ticket.objects.values_list("contact_name", flat=True)) == {pavel.name}
    assert Entry.objects.filter(kind="tickets.ClientMerged").count() == 2


def test_a_letter_to_come_from_the_old_address_is_the_winners(
    ticket: Ticket, twin: Contact, boris: User, writes: Write
) -> None:
    Merging.objects.merge(ticket.contact, twin, by=boris)

    later = writes("Ещё вопрос", sender="pavel@other.example")

    assert Ticket.objects.order_by("-pk")[0].contact_id == ticket.contact_id, later


def test_what_moved_goes_back_and_what_came_since_stays(
    ticket: Ticket, twin: Contact, boris: User, writes: Write
) -> None:
    before = rows()
    merging = Merging.objects.merge(ticket.contact, twin, by=boris)
    writes("После слияния", sender="pavel@other.example")

    merging.undo(by=boris)

    new = Ticket.objects.order_by("-pk")[0]
    assert new.contact_id == ticket.contact_id
    assert Ticket.objects.filter(contact=twin).count() == 1
    assert [row["contact_id"] for row in before["tickets.Ticket"]] == list(
        Ticket.objects.exclude(pk=new.pk).order_by("pk").values_list("contact_id", flat=True)
    )
    assert list(Contact.objects.order_by("pk").values()) == before["clients.Contact"]


FACTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Павел", "П. Петров"]),
        "language": st.sampled_from(["", "ru", "en"]),
        "literacy": st.sampled_from([None, 1, 5]),
        "note": st.sampled_from(["", "Важный", "Звонить утром"]),
        "tags": st.lists(st.sampled_from(["vip", "юг"]), unique=True),
    }
)
PLACES = st.lists(
    st.tuples(st.sampled_from(["Дон", "Волга", "Ока"]), st.booleans()), max_size=3, unique_by=lambda x: x[0]
)
TAKE = st.sets(st.sampled_from(["name", "language", "literacy", "client", "position"]))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=FACTS, theirs=FACTS, our_places=PLACES, their_places=PLACES, take=TAKE)
def test_merging_and_parting_gives_the_same_rows(
    ours: dict[str, Any],
    theirs: dict[str, Any],
    our_places: list[tuple[str, bool]],
    their_places: list[tuple[str, bool]],
    take: set[str],
    ticket: Ticket,
    twin: Contact,
    boris: User,
) -> None:
    with transaction.atomic():
        for contact, facts, places in ((ticket.contact, ours, our_places), (twin, theirs, their_places)):
            Contact.objects.filter(pk=contact.pk).update(**facts)
            CardNote.objects.keep_up([Contact.objects.get(pk=contact.pk)])
            for name, is_main in places:
                client = Client.objects.get_or_create(name=name)[0]
                if not contact.memberships.current().filter(client=client).exists():
                    Membership(contact=contact, client=client, is_main=is_main, area=name).put(by=boris)
        before = rows()
        winner, loser = Contact.objects.get(pk=ticket.contact_id), Contact.objects.get(pk=twin.pk)

        merging = Merging.objects.merge(winner, loser, take=take, by=boris)
        assert {label: len(found) for label, found in rows().items()} == {
            label: len(found) for label, found in before.items()
        }
        merging.undo(by=boris)

        after = rows()
        names = ("contact_name", "client_name")  # repeated names are brought up to date on the way
        for found in (before, after):
            for row in found["tickets.Ticket"]:
                [row.pop(name) for name in names]
        assert after == before
        transaction.set_rollback(True)


def test_nobody_is_merged_with_themselves_or_twice(ticket: Ticket, twin: Contact, boris: User) -> None:
    with pytest.raises(ValidationError):
        Merging.objects.merge(twin, twin, by=boris)
    Merging.objects.merge(ticket.contact, twin, by=boris)
    with pytest.raises(ValidationError):
        Merging.objects.merge(ticket.contact, twin, by=boris)


def test_links_of_old_letters_still_open_the_request(ticket: Ticket, twin: Contact, boris: User) -> None:
    theirs = Ticket.objects.get(contact=twin)
    signed = links.sign(theirs)

    Merging.objects.merge(ticket.contact, twin, by=boris)

    assert links.ticket_of(signed) == theirs


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_comes_during_the_merge_is_the_winners(ticket: Ticket, twin: Contact, boris: User) -> None:
    """It was recognised as the loser before the merge; the merge waits until it is stored, and moves it."""

    winner = ticket.contact

    def merge() -> None:
        Merging.objects.merge(winner, twin, by=boris)

    with transaction.atomic():
        known = Contact.objects.recognise("email", "pavel@other.example")
        thread = threading.Thread(target=lambda: at_an_end(merge))
        thread.start()
        wait_until_somebody_is_blocked()
        made = Conversation.objects.create(contact=known, channel=ticket.conversation.channel, subject="В пути")
    thread.join()

    made.refresh_from_db()
    assert made.contact_id == winner.pk


@pytest.mark.django_db(transaction=True)
def test_who_works_with_a_request_goes_before_the_merge(ticket: Ticket, twin: Contact, boris: User) -> None:
    """They hold the request and want its person, the merge holds the person and wants the request."""
    winner = ticket.contact
    theirs = Ticket.objects.get(contact=twin)

    def merge() -> None:
        Merging.objects.merge(winner, twin, by=boris)

    with transaction.atomic():
        theirs.lock()
        thread = threading.Thread(target=lambda: at_an_end(merge))
        thread.start()
        wait_until_somebody_is_blocked()
        Contacted.objects.note(twin, Purpose.REMINDER)
    thread.join()

    assert list(Contacted.objects.values_list("contact", flat=True)) == [winner.pk]
    assert not Ticket.objects.filter(contact=twin).exists()


def test_a_merge_that_waits_too_long_says_so_and_changes_nothing(
    ticket: Ticket, twin: Contact, boris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_arguments: object) -> None:
        raise OperationalError("canceling statement due to lock timeout") from LockNotAvailable()

    monkeypatch.setattr(Merging, "gather", busy)

    with pytest.raises(ValidationError, match="Кто-то"):
        Merging.objects.merge(ticket.contact, twin, by=boris)

    twin.refresh_from_db()
    assert twin.merged_into is None and not Merging.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_meets_the_merge_waits_and_finds_the_winner(ticket: Ticket, twin: Contact, boris: User) -> None:

    found: list[int] = []

    def arrive() -> None:
        with transaction.atomic():
            found.append(Contact.objects.recognise("email", "pavel@other.example").pk)

    with transaction.atomic():
        Merging.objects.merge(ticket.contact, twin, by=boris)
        thread = threading.Thread(target=lambda: at_an_end(arrive))
        thread.start()
        wait_until_somebody_is_blocked()
    thread.join()

    assert found == [ticket.contact_id]


def test_of_what_both_have_one_holds_and_all_comes_back(ticket: Ticket, twin: Contact, boris: User, anna: User) -> None:
    """Two restrictions: the longer one; two wishes not to be asked: one."""
    now = clock.now()
    for contact, days in ((ticket.contact, 3), (twin, 9)):
        report = AbuseReport.objects.create(contact=contact, ticket_number=1, by=anna, step="stop", what="Грубо")
        until = now + timedelta(days=days)
        Restriction.objects.create(contact=contact, report=report, mode="daily", until=until, by=boris)
        Consent.objects.say(contact, Agreed.SURVEYS, given=False, source="письмо", by=anna)
    before = rows()

    merging = Merging.objects.merge(ticket.contact, twin, by=boris)

    held = Restriction.objects.standing().get(contact=ticket.contact)
    assert held.until == now + timedelta(days=9)
    assert {label: len(found) for label, found in rows().items()} == {k: len(found) for k, found in before.items()}

    merging.undo(by=boris)

    after = rows()
    for label in ("clients.Restriction", "clients.AbuseReport", "clients.Consent", "clients.Contact"):
        assert after[label] == before[label]
