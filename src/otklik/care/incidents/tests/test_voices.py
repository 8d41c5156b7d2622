"""Who is written to for an organisation, and who without an open request: none of them is lost on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents import sending
from otklik.care.incidents.models import Incident
from otklik.care.incidents.models.finding import How
from otklik.care.incidents.tests.conftest import Declare, Known, Say, heard_alike
from otklik.care.incidents.tests.test_concerning import named, send, told
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Client, Contact, Identity
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(three: list[Ticket], volga: Client) -> list[Contact]:
    """Alla and Boris of Volga; he wrote last."""
    people = [ticket.contact for ticket in three[:2]]
    Contact.objects.filter(pk__in=[one.pk for one in people]).update(client=volga)
    return people


def as_a_whole(incident: Incident, *wholes: Client, by: User) -> Incident:
    incident.concern(How.HAND, by=by, why="Узел", organisations=[one.pk for one in wholes])
    return incident


def test_whoever_writes_meanwhile_keeps_no_letter_back(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], writes: Write, paper: Paper
) -> None:
    incident = as_a_whole(declare(), volga, by=anna)
    update = say(incident)
    writes("Счёт за май", sender="alla@volga.test")
    assert list(incident.unheard()) == [team[0]], "the next one would go to her"
    send(update)

    assert dict(update.told.values_list("contact", "state")) == {team[1].pk: "sent"}
    assert told(paper) == {"boris@volga.test"}


def test_a_request_that_came_too_late_for_the_update_keeps_no_letter_back(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], writes: Write, known: Known
) -> None:
    incident, zoya = as_a_whole(declare(), volga, by=anna), known("zoya")
    named(incident, zoya, by=anna)
    update = say(incident)
    for sender in ("alla@volga.test", "zoya@somewhere.test"):
        incident.attach(writes("И у нас", sender=sender), by=anna)
    send(update)

    assert set(update.told.values_list("contact", "state")) == {(team[1].pk, "sent"), (zoya.pk, "sent")}
    heard = heard_alike(incident)
    assert (heard.told, heard.affected) == (2, 2), "both have a request in it by now, and were told"


def test_whose_request_takes_the_update_has_no_letter_beside_it(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket], known: Known
) -> None:
    incident, zoya = as_a_whole(declare(tickets=three[2:]), volga, by=anna), known("zoya")
    named(incident, zoya, by=anna)
    update = say(incident)
    Contact.objects.filter(pk=three[2].contact_id).update(client=volga)
    Contact.objects.filter(pk=zoya.pk).update(merged_into=team[0])
    send(update)

    assert dict(update.told.values_list("contact", "state")) == {
        None: "sent",
        team[1].pk: "left_out",
        zoya.pk: "left_out",
    }


def test_an_organisation_that_was_told_stays_told(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], writes: Write, known: Known
) -> None:
    silent = Client.objects.create(name="Молчуны")
    known("only", client=silent)
    incident = as_a_whole(declare(), volga, silent, by=anna)
    named(incident, team[0], by=anna)  # one of Volga: it counts once
    send(say(incident))
    Outbound.objects.filter(first_recipient="only@somewhere.test").update(state=Outbound.State.FAILED)
    before = heard_alike(incident)
    assert (before.told, before.affected) == (1, 2)

    late = writes("Счёт за май", sender="alla@volga.test")
    assert heard_alike(incident) == before
    incident.attach(late, by=anna)
    heard = heard_alike(incident)
    assert (heard.told, heard.affected, heard.requests) == (1, 2, 1)


def test_a_letter_asks_of_its_own_client_alone(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact]
) -> None:
    update = say(as_a_whole(declare(), volga, by=anna))
    with clock.at(update.begins_at), CaptureQueriesContext(connection) as asked:
        assert sending._settle(sending._waiting(update)[0])

    assert team and not any("incidents_affected" in one["sql"] for one in asked.captured_queries)


def test_whose_request_has_ended_is_told_as_a_person(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket], paper: Paper
) -> None:
    incident = as_a_whole(declare(tickets=three), volga, by=anna)
    named(incident, three[2].contact, by=anna)
    assert not incident.unheard().exists(), "all of them are told in their requests"
    for ticket in three:
        ticket.close("spam", by=anna)
    assert set(incident.unheard()) == {team[1], three[2].contact}
    send(say(incident))

    assert told(paper) == {"boris@volga.test", "vova@volga.test"}
    heard = heard_alike(incident)
    assert (heard.told, heard.affected, heard.requests) == (3, 3, 3)


def test_whose_request_went_into_that_of_another_is_told_as_a_person(
    declare: Declare, say: Say, anna: User, three: list[Ticket], paper: Paper
) -> None:
    incident = declare(tickets=three[:2])
    named(incident, three[0].contact, by=anna)
    three[0].merge_into(three[1], by=anna, disclose=True)
    assert list(incident.unheard()) == [three[0].contact]
    send(say(incident))

    assert told(paper) == {"alla@volga.test", "boris@volga.test"}


def test_an_organisation_is_told_through_who_can_be_written_to(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], known: Known, paper: Paper
) -> None:
    incident = as_a_whole(declare(), volga, by=anna)
    Identity.objects.filter(contact=team[1]).update(failed_at=clock.now())
    assert list(incident.unheard()) == [team[0]], "his letters come back"
    Identity.objects.filter(contact=team[0]).delete()
    third = known("third", client=volga)
    send(say(incident))
    assert told(paper) == {"third@somewhere.test"}

    Identity.objects.filter(contact=third).delete()
    (voice,) = incident.voices()
    assert voice.left_out and voice.left_out.code == "returns", "where nobody can be, the reason is said"


def test_whose_request_ends_before_its_letter_leaves_is_told_as_a_person(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket], paper: Paper
) -> None:
    incident = as_a_whole(declare(tickets=three), volga, by=anna)
    named(incident, three[2].contact, by=anna)
    update = say(incident)
    for ticket in three:
        ticket.close("spam", by=anna)
    send(update)

    assert told(paper) == {"boris@volga.test", "vova@volga.test"}, "one of Volga, and who is named"
    update.refresh_from_db()
    assert update.finished_at and not update.told.filter(state="waiting").exists()
    assert send(update) == 0


def test_whose_request_ends_before_its_letter_and_whom_it_did_not_concern_is_told_by_none(
    declare: Declare, say: Say, anna: User, three: list[Ticket], known: Known, paper: Paper
) -> None:
    incident = declare(tickets=three)
    update = say(incident)
    named(incident, known("zoya"), three[0].contact, by=anna)  # of the next one
    three[0].close("spam", by=anna)
    send(update)

    assert told(paper) == {"boris@volga.test", "vova@volga.test"}


def test_a_request_that_does_not_reach_its_client_takes_its_organisation_out_of_no_update(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket], paper: Paper
) -> None:
    incident = as_a_whole(declare(tickets=three[1:2]), volga, by=anna)
    named(incident, three[2].contact, by=anna)
    Ticket.objects.filter(pk=three[1].pk).update(sender_doubtful=True)
    assert {voice.contact for voice in incident.voices([three[1].pk])} == {team[0], three[2].contact}
    send(say(incident))

    assert told(paper) == {"alla@volga.test", "vova@volga.test"}, "not him, of whom it is not sure that he wrote"


def test_an_organisation_whose_voice_goes_to_another_one_is_told_by_somebody_else(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], paper: Paper
) -> None:
    incident, other = as_a_whole(declare(), volga, by=anna), Client.objects.create(name="Другие")
    update = say(incident)
    assert list(update.told.values_list("contact", flat=True)) == [team[1].pk]
    Contact.objects.filter(pk=team[1].pk).update(client=other)
    send(update)

    assert told(paper) == {"alla@volga.test"}
    assert dict(update.told.values_list("contact", "state")) == {team[0].pk: "sent", team[1].pk: "left_out"}


def test_who_kept_back_for_a_request_that_ends_is_written_to_after_all(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket], paper: Paper
) -> None:
    incident = as_a_whole(declare(tickets=three[2:]), volga, by=anna)
    update = say(incident)
    Contact.objects.filter(pk=three[2].contact_id).update(client=volga)
    Identity.objects.filter(contact__in=[team[0], three[2].contact]).update(failed_at=clock.now())
    three[2].close("spam", by=anna)
    with clock.at(update.begins_at):
        assert sending._settle(update.told.get(contact=team[1]).pk)
        assert update.told.get(contact=team[1]).why == "elsewhere", "while the request waits, it takes the letter"
    send(update)

    assert told(paper) == {"boris@volga.test"}
    assert update.told.get(contact=team[1]).state == "sent"


def test_an_update_that_was_stopped_goes_to_nobody_instead(
    declare: Declare, say: Say, anna: User, volga: Client, team: list[Contact], three: list[Ticket]
) -> None:
    incident = as_a_whole(declare(tickets=three[1:]), volga, by=anna)
    update = say(incident)
    three[1].close("spam", by=anna)
    with clock.at(update.begins_at):
        assert sending._settle(sending._waiting(update)[0])
        assert update.stop(by=anna) == (0, 1)
    assert send(update) == 0 and not sending._goes_on_with_others(update)
