"""News by mail: only after a yes, one letter for each thing, a way out in each, within the bounds of the house."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from otklik.care.status import letters, mailing
from otklik.care.status.models import Component, Group, Mailed, Note, StatusPolicy, Subscriber, Works
from otklik.care.status.models.report import Said
from otklik.care.status.states import Stage
from otklik.care.status.tests.conftest import Tell
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Letter
from otklik.desk.clients.models import Consent, Contact, Contacted
from otklik.desk.clients.purposes import Purpose
from otklik.desk.tickets.letters import moment
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


def test_all_that_is_owed_goes_in_one_letter_with_its_moments(
    calls: Component, records: Component, tell: Tell, paper: Paper
) -> None:
    subscribed(language="en")
    tell(calls)
    tell(records)
    assert go() == 1
    (letter,) = paper.letters
    assert letter.subject == "Calls fail: we look into it, and 1 more"
    assert letter.text.count("Calls fail: we look into it") == 2
    with translation.override("en"):
        assert moment(Note.objects.earliest("at").at, zone()) in letter.text


def zone() -> ZoneInfo:
    return ZoneInfo(Organisation.objects.current().time_zone)


def test_what_comes_next_is_gathered_and_what_is_overtaken_is_not_told(
    calls: Component, tell: Tell, boris: User, paper: Paper
) -> None:
    """It fails, and works again before the next letter may leave: nobody reads "does not work" after that."""
    subscribed()
    told = tell(calls)
    assert go() == 1
    for word in ("раз", "два"):
        told.say(Stage.FOUND, Said(word), by=boris)
    assert go() == 0, "a letter has just gone"
    with clock.at(clock.now() + timedelta(minutes=2)):
        told.say(Stage.OVER, Said("Всё работает"), by=boris)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert go() == 1
    assert "Всё работает" in paper.letters[-1].text and "два" not in paper.letters[-1].text
    assert list(Mailed.objects.order_by("pk").values_list("why", flat=True)) == ["", "overtaken", "overtaken", ""]


def test_what_was_added_afterwards_does_not_hide_the_end(
    calls: Component, tell: Tell, boris: User, paper: Paper
) -> None:
    subscribed()
    told = tell(calls)
    told.say(Stage.OVER, Said("Всё работает"), by=boris)
    told.say(Stage.ADDED, Said("Причина была в плате"), by=boris)
    go()
    (letter,) = paper.letters
    assert "Всё работает" in letter.text and "в плате" in letter.text and "Ищем" not in letter.text


def test_seven_failures_keep_nobody_from_a_receipt(servers: Group, tell: Tell, paper: Paper) -> None:
    """Whoever hears that it fails and writes to us hears that we got it; nothing of the failures is lost."""
    subscribed()
    start = clock.now()
    for number in range(7):
        one = Component.objects.create(group=servers, name_ru=f"Часть {number}")
        with clock.at(start + timedelta(minutes=6 * number)):
            tell(one)
            assert go() == 1
            assert outbox.may_write_automatically(ADDRESS)


def test_receipts_keep_nobody_from_news(calls: Component, tell: Tell, door: Channel, paper: Paper) -> None:
    one = subscribed()
    for _turn in range(3):
        assert mailing.ask_to_confirm(one)
    tell(calls)
    assert go() == 1


def test_what_a_client_had_today_keeps_no_news_from_them(
    calls: Component, tell: Tell, pavel: Contact, paper: Paper
) -> None:
    subscribed(address=pavel.email)
    with clock.at(clock.now().replace(hour=12)):
        for _turn in range(9):
            Contacted.objects.note(pavel, Purpose.NOTICE)
        tell(calls)
        assert go() == 1


def test_a_bad_letter_stops_no_other(
    calls: Component, tell: Tell, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(address="bad@volga.test")
    subscribed()
    tell(calls)
    write = letters.letter

    def breaks(to: Subscriber, rows: Sequence[Mailed]) -> Letter:
        if to.address == "bad@volga.test":
            raise ValueError("no such form")
        return write(to, rows)

    monkeypatch.setattr(letters, "letter", breaks)
    assert go() == 1
    assert [letter.to[0] for letter in paper.letters] == [ADDRESS]
    assert Mailed.objects.get(state="waiting").at is not None, "those who can be written to go before it"


def test_of_what_stands_on_the_page_no_more_nobody_hears(
    calls: Component, records: Component, tell: Tell, boris: User, paper: Paper
) -> None:
    subscribed()
    told = tell(records)
    mailing.address_all()
    Component.objects.filter(pk=records.pk).update(is_shown=False)
    assert mailing.send_due() == 0 and Mailed.objects.get().why == "hidden"
    told.say(Stage.FOUND, Said("Нашли"), by=boris)
    assert go() == 0 and Mailed.objects.count() == 1
    begins = clock.now() + timedelta(days=4)
    Works.objects.announce(Said("Плата"), Said(), [calls, records], begins, begins + timedelta(hours=1), by=boris)
    go()
    assert "Звонки" in paper.letters[-1].text and "Записи" not in paper.letters[-1].text


def test_while_the_page_is_closed_nothing_leaves(calls: Component, tell: Tell, paper: Paper) -> None:
    subscribed()
    tell(calls)
    mailing.address_all()
    StatusPolicy.objects.update(is_open=False)
    assert go() == 0 and not paper.letters
    StatusPolicy.objects.update(is_open=True)
    assert go() == 1


def test_who_asked_for_what_was_removed_does_not_get_everything(
    calls: Component, records: Component, tell: Tell, paper: Paper
) -> None:
    one = subscribed(records)
    records.delete()
    tell(calls)
    assert go() == 0 and not Mailed.objects.exists()
    one.confirm()
    assert not one.everything


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
