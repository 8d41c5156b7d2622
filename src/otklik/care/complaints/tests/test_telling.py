"""Nothing hangs: who is told of what is soon and late, and what becomes of it when somebody leaves."""

from datetime import timedelta

import pytest
from django.db import transaction

from otklik.care.complaints import telling
from otklik.care.complaints.models import Complaint
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.journal.news import publish
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact, Merging
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    return list(Notice.objects.of(person.pk).filter(about="complaint").values_list("kind", flat=True))


def test_soon_once_to_who_manages_it_and_late_once_to_who_leads(
    file, ticket: Ticket, anna: User, boris: User, head: User
) -> None:
    one: Complaint = file(ticket, by=anna, against=anna, owner=head)
    assert one.soon_at and one.next_at
    Notice.objects.all().delete()
    with clock.at(one.soon_at - timedelta(minutes=1)):
        assert (telling.tell_soon(), telling.tell_late()) == (0, 0)
    with clock.at(one.soon_at + timedelta(minutes=1)):
        assert (telling.tell_soon(), telling.tell_soon()) == (1, 0)
    assert told(head) == ["due"] and told(boris) == []
    with clock.at(one.next_at + timedelta(minutes=1)):
        assert (telling.tell_late(), telling.tell_late()) == (1, 0)
    assert told(head) == ["due", "due"] and told(boris) == ["due"] and told(anna) == []
    assert Notice.objects.filter(person=boris, urgent=True, about_id=one.pk).exists()
    assert Entry.objects.filter(kind="complaints.ComplaintLate", about_id=one.pk).count() == 1


def test_another_date_is_told_of_anew(file, boris: User) -> None:
    one = file(upto="acknowledged")
    for _each in range(2):
        with clock.at(one.next_at + timedelta(minutes=1)):
            assert telling.tell_late() == 1
            one.inform("Позвонили", by=boris)


def test_a_late_measure_is_told_to_whose_it_is(file, anna: User, boris: User) -> None:
    one = file(upto="agrees")
    one.plan("Починить", kind="corrective", owner=anna, due_at=clock.now() + timedelta(days=1), by=boris)
    assert told(anna) == ["task"]
    with clock.at(one.next_at + timedelta(minutes=1)):
        telling.tell_late()
    assert told(anna) == ["due", "task"]


def test_what_is_told_reads_only_what_falls_due(file, django_assert_max_num_queries) -> None:
    for _each in range(5):
        file()
    with django_assert_max_num_queries(8):
        telling.tell_soon()
        telling.tell_late()


def test_nothing_hangs_on_who_leaves(file, boris: User, head: User, anna: User, ilya: User, ticket: Ticket) -> None:
    one = file(ticket, upto="investigating")
    Complaint.objects.filter(pk=one.pk).update(owner=ilya, investigator=ilya)
    one.refresh_from_db()
    one.plan("Починить", kind="corrective", owner=ilya, due_at=clock.now() + timedelta(days=1), by=boris)
    User.objects.filter(pk=ilya.pk).update(is_active=False)
    with transaction.atomic():
        publish(PersonLeft(person_id=ilya.pk), by=head)
    one.refresh_from_db()
    assert (one.owner, one.investigator, one.measures.get().owner) == (boris, boris, boris)
    given = Entry.objects.about("complaint", one.pk).filter(kind="complaints.ComplaintGiven", data__was=ilya.pk)
    assert {(entry.data["role"], entry.data["person_id"]) for entry in given} == {
        ("owner", boris.pk), ("investigator", boris.pk)
    }  # fmt: skip
    assert Notice.objects.of(boris.pk).filter(about="complaint", about_id=one.pk).exists()


def test_a_merged_client_takes_their_complaints_along_and_back(file, ticket: Ticket, writes, boris: User) -> None:
    writes("С другого адреса", sender="pavel@other.example", sender_name="П. Петров")
    twin = Contact.objects.get(identities__value="pavel@other.example")
    one = file(contact=twin)
    merging = Merging.objects.merge(ticket.contact, twin, by=boris)
    one.refresh_from_db()
    assert one.contact == ticket.contact
    merging.undo(by=boris)
    one.refresh_from_db()
    assert one.contact == twin
