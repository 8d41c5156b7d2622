"""News by mail: only after a yes, one letter for each thing, a way out in each, within the bounds of the house."""

from datetime import timedelta

import pytest

from otklik.care.status import mailing
from otklik.care.status.models import Component, Mailed, StatusPolicy, Subscriber, Works
from otklik.care.status.models.report import Said
from otklik.care.status.states import Stage
from otklik.care.status.tests.conftest import Tell
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Consent, Contact, Contacted
from tests.fixtures.cast import Paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door", "open_page")]
ADDRESS = "reader@volga.test"


def subscribed(*components: Component, address: str = ADDRESS, language: str = "ru") -> Subscriber:
    one = Subscriber.objects.ask(address, language, components)
    one.confirm()
    return one


def go() -> int:
    mailing.address_all()
    return mailing.send_due()


def test_nobody_is_written_to_who_has_not_said_yes(calls: Component, tell: Tell, paper: Paper) -> None:
    Subscriber.objects.ask(ADDRESS, "ru", [])
    tell(calls)
    assert go() == 0 and not paper.letters


def test_the_letter_that_asks_names_the_page_that_confirms(paper: Paper) -> None:
    one = Subscriber.objects.ask(ADDRESS.upper(), "ru", [])
    assert mailing.ask_to_confirm(one)
    assert list(paper.letters[0].to) == [ADDRESS]
    assert f"https://desk.test/status/subscription/{one.key}/" in paper.letters[0].text


def test_an_address_is_not_flooded_with_questions(paper: Paper) -> None:
    one = Subscriber.objects.ask(ADDRESS, "ru", [])
    assert [mailing.ask_to_confirm(one) for _turn in range(5)] == [True, True, True, False, False]


def test_each_note_goes_once_with_the_way_out_in_the_readers_language(
    calls: Component, tell: Tell, paper: Paper
) -> None:
    one = subscribed(language="en")
    tell(calls)
    assert (go(), go()) == (1, 0)
    letter = paper.letters[0]
    assert letter.subject.startswith("Calls fail") and "We look into it." in letter.text
    assert letter.unsubscribe == f"https://desk.test/status/subscription/{one.key}/leave/"
    assert letter.unsubscribe in letter.text and letter.automatic


def test_who_asked_for_one_component_hears_of_that_alone(
    calls: Component, records: Component, tell: Tell, paper: Paper
) -> None:
    subscribed(calls)
    subscribed(records, address="other@volga.test")
    subscribed(address="all@volga.test")
    tell(calls)
    go()
    assert sorted(letter.to[0] for letter in paper.letters) == ["all@volga.test", ADDRESS]


def test_who_left_gets_nothing_even_of_what_was_owed(calls: Component, tell: Tell, paper: Paper) -> None:
    one = subscribed()
    tell(calls)
    mailing.address_all()
    one.leave()
    mailing.send_due()
    assert not paper.letters and Mailed.objects.get().why == "left"


def test_more_than_the_house_allows_waits(calls: Component, tell: Tell, boris: User, paper: Paper) -> None:
    subscribed()
    told = tell(calls)
    for word in ("раз", "два", "три"):
        told.say(Stage.SEEN, Said(word), by=boris)
    assert go() == 3 and mailing.send_due() == 0
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert mailing.send_due() == 1


def test_what_could_not_leave_for_hours_tells_nothing_new(calls: Component, tell: Tell, paper: Paper) -> None:
    subscribed()
    tell(calls)
    mailing.address_all()
    with clock.at(clock.now() + timedelta(hours=7)):
        mailing.send_due()
    assert Mailed.objects.get().why == "stale" and not paper.letters


def test_a_client_who_declined_notices_gets_none(calls: Component, tell: Tell, pavel: Contact, paper: Paper) -> None:
    subscribed(address=pavel.email)
    Consent.objects.create(contact=pavel, purpose="service", given=False, version="1", text="Не надо")
    tell(calls)
    go()
    assert Mailed.objects.get().why == "declined" and not paper.letters


def test_what_a_client_of_ours_gets_counts_for_the_caps(
    calls: Component, tell: Tell, pavel: Contact, paper: Paper
) -> None:
    subscribed(address=pavel.email)
    with clock.at(clock.now().replace(hour=12)):
        tell(calls)
        assert go() == 1
    assert Contacted.objects.filter(contact=pavel, purpose="notice").count() == 1


def test_works_are_told_when_announced_begun_and_over(calls: Component, boris: User, paper: Paper) -> None:
    subscribed()
    begins = clock.now() + timedelta(days=4)
    made = Works.objects.announce(
        Said("Замена платы"), Said("Звонки прервутся."), [calls], begins, begins + timedelta(hours=2), by=boris
    )
    go()
    with clock.at(begins + timedelta(minutes=1)):
        go()
    with clock.at(begins + timedelta(minutes=50)):
        made.end(by=boris)
        go()
    assert list(Mailed.objects.order_by("pk").values_list("what", flat=True)) == ["announced", "begun", "ended"]
    assert len({letter.subject for letter in paper.letters}) == 3


def test_cancelled_works_are_told_to_who_knew_of_them(calls: Component, boris: User, paper: Paper) -> None:
    subscribed()
    begins = clock.now() + timedelta(days=4)
    made = Works.objects.announce(Said("Плата"), Said(), [calls], begins, begins + timedelta(hours=2), by=boris)
    go()
    made.cancel(by=boris)
    go()
    assert list(Mailed.objects.order_by("pk").values_list("what", flat=True)) == ["announced", "cancelled"]


def test_a_stranger_changes_nothing_of_who_is_subscribed(calls: Component, records: Component) -> None:
    one = subscribed(calls)
    Subscriber.objects.ask(ADDRESS, "en", [records])
    one.refresh_from_db()
    assert list(one.components.all()) == [calls] and one.language == "ru" and one.is_active


def test_addresses_that_nobody_confirmed_or_that_left_are_forgotten(calls: Component) -> None:
    stays, leaves = subscribed(address="stays@volga.test"), subscribed(address="leaves@volga.test")
    Subscriber.objects.ask("never@volga.test", "ru", [])
    leaves.leave()
    assert mailing.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert mailing.forget_old() == 1
    with clock.at(clock.now() + timedelta(days=31)):
        assert mailing.forget_old() == 1
    assert Subscriber.objects.get() == stays


def test_without_a_mailbox_nobody_is_asked(calls: Component) -> None:
    Channel.objects.update(is_active=False)
    assert mailing.door_of_letters() is None
    assert not mailing.ask_to_confirm(Subscriber.objects.ask(ADDRESS, "ru", []))


def test_the_policy_of_a_fresh_house_shows_nothing() -> None:
    StatusPolicy.objects.all().delete()
    assert not StatusPolicy.objects.current().is_open
