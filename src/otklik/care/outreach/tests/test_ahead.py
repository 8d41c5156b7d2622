"""What is ahead is known from products and programs, its client is written to in time, and it is counted as it was."""

from datetime import date, timedelta
from typing import Any

import pytest

from otklik.care.outreach import finding, writing
from otklik.care.outreach.figures import told_in_time
from otklik.care.outreach.models import Dropped, Kind, OutreachPolicy, Upcoming
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Client, ClientEvent, Consent, Contact, Product, Subscription
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(db: None) -> Product:
    return Product.objects.create(name="Телефония")


def ends(product: Product, days: int, **told: Any) -> Subscription:
    on = clock.house_today() + timedelta(days=days)
    return Subscription.objects.create(product=product, plan="Старт", ends_on=on, **{"state": "trial", **told})


def days_on(days: int) -> date:
    return clock.house_today() + timedelta(days=days)


def test_last_days_are_found_once_and_followed(product: Product, pavel: Contact, volga: Client) -> None:
    trial, contract = ends(product, 10, contact=pavel), ends(product, 20, client=volga, state="active")
    ends(product, 90, contact=pavel)
    ends(product, 5, contact=pavel, state="ended")
    assert finding.find() == 2 and finding.find() == 0
    assert [one.kind for one in Upcoming.objects.order_by("on")] == [Kind.TRIAL, Kind.CONTRACT]

    Subscription.objects.filter(pk=trial.pk).update(ends_on=days_on(30))
    Subscription.objects.filter(pk=contract.pk).update(state="paused")
    assert finding.find() == 1
    assert [one.dropped for one in Upcoming.objects.order_by("on", "pk")] == [Dropped.MOVED, Dropped.ENDED, ""]
    Subscription.objects.filter(pk=trial.pk).update(ends_on=days_on(10))
    finding.find()
    assert [one.dropped for one in Upcoming.objects.order_by("on", "pk")] == ["", Dropped.ENDED, Dropped.MOVED]


def test_what_ends_on_its_own_day_has_come(product: Product, pavel: Contact, door: Channel, anna: User) -> None:
    """Ended, renewed or paused on the last day itself: an event all the same, and told to nobody any more."""
    ended, renewed, paused = [ends(product, 10, contact=pavel) for _number in range(3)]
    finding.find()
    now = clock.now()
    with clock.at(now + timedelta(days=10)):
        Subscription.objects.filter(pk=ended.pk).update(state="ended")
        Subscription.objects.filter(pk=renewed.pk).update(ends_on=days_on(365))
        Subscription.objects.filter(pk=paused.pk).update(state="paused")
        finding.find()
        came = Upcoming.objects.filter(on=clock.house_today())
        assert [one.dropped for one in came] == ["", "", ""]
        assert not came.ahead(clock.house_today()).exists()
        assert [writing.write(one.pk, by=anna) for one in came] == ["over"] * 3
    with clock.at(now + timedelta(days=12)):
        finding.find()
        assert len(told_in_time(days_on_from(now, 10), days_on_from(now, 11))) == 3


def test_a_program_tells_and_its_last_word_holds(pavel: Contact, anna: User) -> None:
    def tells(on: Any, kind: str = "balance_ends") -> None:
        ClientEvent.objects.record(kind, by=anna, contact=pavel, data={"on": on})

    tells(days_on(9).isoformat())
    tells(days_on(12).isoformat())
    assert [one.dropped for one in Upcoming.objects.order_by("on")] == [Dropped.MOVED, ""]
    for nonsense in ("2027-99-99", "soon", 7, None):
        tells(nonsense, "trial_ends")
    tells(days_on(-1).isoformat(), "trial_ends")
    assert Upcoming.objects.count() == 2
    tells(None)
    assert not Upcoming.objects.standing().exists(), "the money has come"


def test_the_desk_writes_by_itself_when_it_is_time(product: Product, pavel: Contact, door: Channel, paper: Any) -> None:
    ends(product, 6, contact=pavel)
    ends(product, 20, contact=pavel)
    finding.find()
    assert writing.tell_due() == 0, "nobody has switched it on"
    OutreachPolicy(pk=1, writes=True).save()
    assert writing.tell_due() == 1 and writing.tell_due() == 0
    (letter,) = paper.letters
    assert letter.to == ["pavel@volga.test"] and "Телефония · Старт" in letter.text
    row = Upcoming.objects.get(told_at__isnull=False)
    assert not row.arrived
    outbox.send_due()
    row.refresh_from_db()
    assert Upcoming.objects.with_fate().get(pk=row.pk).is_covered


def test_of_an_organisation_whoever_wrote_last_is_written_to(
    product: Product, volga: Client, pavel: Contact, door: Channel, writes: Write, paper: Any, anna: User
) -> None:
    other = Contact.objects.recognise("email", "olga@volga.test", name="Ольга Белова")
    Contact.objects.filter(pk=other.pk).update(client=volga)
    writes(sender="olga@volga.test")
    ends(product, 6, client=volga)
    finding.find()
    assert writing.write(Upcoming.objects.get().pk, by=anna) == ""
    assert paper.letters[-1].to == ["olga@volga.test"]


def test_an_answer_opens_a_request(
    product: Product, pavel: Contact, door: Channel, writes: Write, anna: User, paper: Any
) -> None:
    ends(product, 6, contact=pavel)
    finding.find()
    writing.write(Upcoming.objects.get().pk, by=anna)
    ticket = writes("Хотим дальше", token=paper.letters[-1].token)
    assert ticket.conversation == Upcoming.objects.get().message.conversation  # type: ignore[union-attr]
    assert Ticket.objects.count() == 1


def test_who_wants_no_notices_gets_none_and_it_is_said_why(
    product: Product, pavel: Contact, door: Channel, anna: User, paper: Any
) -> None:
    Consent.objects.create(contact=pavel, purpose="service", given=False, source="told", by=anna)
    ends(product, 6, contact=pavel)
    finding.find()
    OutreachPolicy(pk=1, writes=True).save()
    assert writing.tell_due() == 0 and not paper.letters
    row = Upcoming.objects.get()
    assert row.held_back == "withdrawn" and writing.said(row.held_back)
    assert writing.write(row.pk, by=anna) == "withdrawn", "a person presses in vain as well"


def test_whoever_likes_to_be_called_is_left_to_a_person(
    product: Product, pavel: Contact, door: Channel, anna: User, paper: Any
) -> None:
    pavel.identities.create(kind="phone", value="+78152450117")
    Contact.objects.filter(pk=pavel.pk).update(reach_by="phone")
    ends(product, 6, contact=pavel)
    finding.find()
    OutreachPolicy(pk=1, writes=True).save()
    assert writing.tell_due() == 0 and not paper.letters
    row = Upcoming.objects.get()
    assert row.held_back == "phone" and "позвоните" in writing.said(row.held_back)
    assert writing.write(row.pk, by=anna) == "", "a person may write all the same"


def test_what_counts_as_told_in_time(product: Product, pavel: Contact, door: Channel, anna: User) -> None:
    """Told in time; told late; never; come back; moved; known too late."""
    now = clock.now()
    cases = {8: "in time", 9: "late", 10: "never", 11: "back", 12: "moved"}
    subscriptions = {days: ends(product, days, contact=pavel) for days in cases}
    finding.find()
    rows = {one.on: one for one in Upcoming.objects.all()}
    for days, before in ((8, 5), (9, 1), (11, 5)):
        with clock.at(now + timedelta(days=days - before)):
            assert writing.write(rows[days_on_from(now, days)].pk, by=anna) == ""
            letter = Upcoming.objects.with_fate().get(on=days_on_from(now, days)).message
            assert letter is not None and letter.outbound_id is not None
            Outbound.objects.filter(pk=letter.outbound_id).update(
                state="failed" if cases[days] == "back" else "sent", sent_at=clock.now()
            )
    with clock.at(now + timedelta(days=11)):
        Subscription.objects.filter(pk=subscriptions[12].pk).update(ends_on=days_on_from(now, 40))
        ends(product, 2, contact=pavel)
        finding.find()
    with clock.at(now + timedelta(days=20)):
        told = {one.on: one.is_covered for one in told_in_time(days_on_from(now, 1), days_on_from(now, 20))}
    assert told == {days_on_from(now, days): days == 8 for days in (8, 9, 10, 11)}


def days_on_from(now: Any, days: int) -> date:
    return clock.house_day(now + timedelta(days=days))
