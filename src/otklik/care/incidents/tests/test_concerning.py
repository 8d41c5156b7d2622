"""Whom an incident concerns beside those who wrote: found, counted once, told by letters of their own."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents import sending
from otklik.care.incidents.models import Concerned, Finding, Incident, Told, Update, concerning
from otklik.care.incidents.models.finding import How
from otklik.care.incidents.tests.conftest import Declare, Known, Say, heard_alike
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Client,
    ClientMerging,
    Contact,
    Contacted,
    Identity,
    Merging,
    Product,
    QuietPeriod,
    Subscription,
)
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="Телефония")


def send(update: Update) -> int:
    with clock.at(update.begins_at):
        return sending.send_due()


def told(paper: Paper) -> set[str]:
    return {address for letter in paper.letters if "Авария" in letter.text for address in letter.to}


def named(incident: Incident, *people: Contact, by: User) -> Finding:
    return incident.concern(How.HAND, by=by, why="Их узел", people=[one.pk for one in people])[0]


def test_by_what_they_have_of_us(declare: Declare, anna: User, known: Known, volga: Client, phones: Product) -> None:
    zoya, former = known("zoya"), known("former")
    other = Product.objects.create(name="Почта")
    Subscription.objects.create(contact=zoya, product=phones)
    Subscription.objects.create(client=volga, product=phones, state="paused")
    Subscription.objects.create(contact=former, product=phones, state="ended")
    Subscription.objects.create(contact=former, product=other)

    finding, count = declare().concern_by_product(phones, by=anna, why="Авария на АТС")

    rows = finding.concerned.values_list("contact", "client")
    assert count == 2 and set(rows) == {(zoya.pk, None), (None, volga.pk)}
    assert (finding.source, finding.why, finding.by, finding.how) == ("Телефония", "Авария на АТС", anna, "product")


def test_by_a_tag_of_people_and_of_organisations(declare: Declare, anna: User, known: Known, volga: Client) -> None:
    zoya = known("zoya", tags=["юг", "vip"])
    known("north", tags=["север"])

    finding, _count = declare().concern_by_tag(" #юг", by=anna, why="Кабель на юге")

    assert set(finding.concerned.values_list("contact", "client")) == {(zoya.pk, None), (None, volga.pk)}


def test_each_needs_a_reason_somebody_and_a_bound(
    declare: Declare, anna: User, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident, people = declare(), [known(name) for name in ("a", "b", "c")]
    with pytest.raises(Invalid) as error:
        incident.concern(How.HAND, by=anna, why=" ", people=[people[0].pk])
    assert error.value.field == "why"
    with pytest.raises(Invalid) as error:
        incident.concern_by_tag("нет такого", by=anna, why="Кабель")
    assert error.value.field == "tag"
    monkeypatch.setattr(concerning, "MOST", 2)
    with pytest.raises(Invalid):
        named(incident, *people, by=anna)
    assert not Finding.objects.exists()
    named(incident, *people[:2], by=anna)


def test_its_leader_and_leads_say_whom_until_it_is_closed(
    declare: Declare, anna: User, ilya: User, boris: User, known: Known
) -> None:
    incident, zoya = declare(severity=4), known("zoya")
    with pytest.raises(Conflict):
        named(incident, zoya, by=ilya)
    finding = named(incident, zoya, by=boris)
    with pytest.raises(Conflict):
        incident.leave_out(finding, by=ilya)
    Incident.objects.update(state="closed", next_at=None, closed_at=clock.now(), ended_at=clock.now())
    for act in (lambda: named(incident, zoya, by=anna), lambda: incident.leave_out(finding, by=anna)):
        with pytest.raises(Conflict):
            act()


def test_clients_count_once_however_they_were_found(
    declare: Declare, anna: User, known: Known, volga: Client, three: list[Ticket]
) -> None:
    """Alla is of Volga, Boris and Vova of nobody, and so is Zoya."""
    Contact.objects.filter(pk=three[0].contact_id).update(client=volga)
    incident, zoya = declare(tickets=three[:2]), known("zoya")
    assert heard_alike(incident).clients == 2
    named(incident, zoya, three[1].contact, by=anna)
    incident.concern(How.HAND, by=anna, why="Все", people=[zoya.pk], organisations=[volga.pk])

    heard = heard_alike(incident)
    assert (heard.clients, heard.requests, heard.affected) == (3, 2, 3)
    assert list(incident.unheard()) == [zoya], "of Volga somebody has a request in it"


def test_an_organisation_is_told_through_who_wrote_last(
    declare: Declare, anna: User, known: Known, volga: Client, three: list[Ticket]
) -> None:
    first, last = three[0].contact, three[1].contact
    Contact.objects.filter(pk__in=[first.pk, last.pk]).update(client=volga)
    silent = Client.objects.create(name="Молчуны")
    only, second = known("only", client=silent), known("second", client=silent)
    empty = Client.objects.create(name="Пусто")
    incident = declare()
    incident.concern(How.HAND, by=anna, why="Узел", organisations=[volga.pk, silent.pk, empty.pk])

    assert set(incident.unheard()) == {last, only} and second
    assert heard_alike(incident).clients == 3


def test_the_update_reaches_them_by_letters_of_their_own(
    declare: Declare, say: Say, anna: User, known: Known, three: list[Ticket], paper: Paper
) -> None:
    incident, zoya, tickets = declare(tickets=three[:1]), known("zoya"), Ticket.objects.count()
    named(incident, zoya, three[0].contact, by=anna)
    update = say(incident)
    assert send(update) == 2 and send(update) == 0

    assert told(paper) == {"alla@volga.test", "zoya@somewhere.test"}
    letter = next(one for one in paper.letters if one.to == ["zoya@somewhere.test"])
    assert "Zoya, здравствуйте!" in letter.text and "Авария" in letter.text and letter.automatic
    assert letter.subject and Ticket.objects.count() == tickets, "nothing hangs on it"
    entry = Entry.objects.get(kind="incidents.UpdateBegun")
    assert (entry.data["count"], entry.data["people"]) == (2, 1)
    assert Contacted.objects.get(contact=zoya).purpose == "notice"
    heard = heard_alike(incident)
    assert (heard.told, heard.affected) == (2, 2)

    with clock.at(update.begins_at + (incident.usual_next() - clock.now()) / 2):
        assert send(say(incident, what="Чиним")) == 2
    assert Conversation.objects.filter(contact=zoya).count() == 1, "the second letter continues the first"


def test_what_they_answer_is_a_request(
    declare: Declare, say: Say, anna: User, known: Known, paper: Paper, writes: Write, three: list[Ticket]
) -> None:
    incident, zoya = declare(), known("zoya")
    named(incident, zoya, by=anna)
    update = say(incident)
    send(update)
    talk = Conversation.objects.get(contact=zoya)
    answer = writes("И у нас", sender="zoya@somewhere.test", token=talk.token)

    assert answer.contact == zoya and answer.conversation == talk and answer.is_open
    incident.attach(answer, by=anna)
    assert not incident.unheard().exists(), "from now on they are told there"


def test_the_contact_policy_is_asked(
    declare: Declare, say: Say, anna: User, known: Known, paper: Paper, three: list[Ticket]
) -> None:
    quiet, back, nowhere = known("quiet"), known("back"), Contact.objects.create(name="Без адреса")
    QuietPeriod.objects.create(contact=quiet, holds="all", reason="отчёт")
    Identity.objects.filter(contact=back).update(failed_at=clock.now())
    incident = declare()
    named(incident, quiet, back, nowhere, by=anna)
    update = say(incident)

    rows = dict(update.told.values_list("contact", "why"))
    assert rows == {quiet.pk: "quiet", back.pk: "returns", nowhere.pk: "address"}
    send(update)
    assert not told(paper) & {"quiet@somewhere.test", "back@somewhere.test"}


def test_without_a_mailbox_nobody_is_written_to(declare: Declare, anna: User, known: Known) -> None:
    incident = declare()
    named(incident, known("zoya"), by=anna)

    (voice,) = incident.voices()
    assert voice.left_out and voice.left_out.code == "unsendable"


def test_who_was_taken_out_meanwhile_is_not_told(
    declare: Declare, say: Say, anna: User, known: Known, paper: Paper, three: list[Ticket]
) -> None:
    incident, zoya, ivan = declare(), known("zoya"), known("ivan")
    mistaken = named(incident, zoya, by=anna)
    named(incident, ivan, by=anna)
    update = say(incident)
    assert incident.leave_out(mistaken, by=anna) == 1
    send(update)

    assert told(paper) >= {"ivan@somewhere.test"} and "zoya@somewhere.test" not in told(paper)
    assert dict(update.told.values_list("contact", "state")) == {zoya.pk: "left_out", ivan.pk: "sent"}
    assert Entry.objects.get(kind="incidents.ClientsLeftOut").data["why"] == "Их узел"


def test_as_many_statements_for_many_as_for_few(
    declare: Declare,
    anna: User,
    known: Known,
    django_assert_num_queries: Any,
    three: list[Ticket],
    kept_for_long: None,
) -> None:
    incident = declare()
    named(incident, known("zoya"), by=anna)
    list(incident.voices())
    with CaptureQueriesContext(connection) as asked:
        list(incident.voices())
    named(incident, *(known(f"n{place}") for place in range(9)), by=anna)
    with django_assert_num_queries(len(asked)):
        assert len(list(incident.voices())) == 10


def test_people_who_are_merged_are_one(declare: Declare, say: Say, anna: User, boris: User, known: Known) -> None:
    stays, goes, ivan = known("zoya"), known("twin"), known("ivan")
    incident = declare()
    both, one = named(incident, stays, goes, by=anna), named(incident, goes, ivan, by=anna)
    merging = Merging.objects.merge(stays, goes, by=boris)

    assert set(one.concerned.values_list("contact", flat=True)) == {stays.pk, ivan.pk}
    assert heard_alike(incident).clients == 2 and set(incident.unheard()) == {stays, ivan}
    merging.undo(by=boris)
    assert set(one.concerned.values_list("contact", flat=True)) == {goes.pk, ivan.pk}
    assert set(both.concerned.values_list("contact", flat=True)) == {stays.pk, goes.pk}


def test_organisations_that_are_merged_are_one(declare: Declare, anna: User, boris: User, volga: Client) -> None:
    twin = Client.objects.create(name="ООО Волга-Связь")
    incident = declare()
    both = incident.concern(How.HAND, by=anna, why="Узел", organisations=[volga.pk, twin.pk])[0]
    one = incident.concern(How.HAND, by=anna, why="Узел", organisations=[twin.pk])[0]
    merging = ClientMerging.objects.merge(volga, twin, by=boris)

    assert list(one.concerned.values_list("client", flat=True)) == [volga.pk]
    assert heard_alike(incident).clients == 1
    merging.undo(by=boris)
    assert list(one.concerned.values_list("client", flat=True)) == [twin.pk] and both.concerned.count() == 2


def test_a_row_is_one_of_both(declare: Declare, anna: User, known: Known, volga: Client) -> None:
    zoya = known("zoya")
    finding = named(declare(), zoya, by=anna)
    for whom in ({}, {"contact": zoya, "client": volga}, {"contact": zoya}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Concerned.objects.create(finding=finding, **whom)
    assert not Told.objects.exists()
