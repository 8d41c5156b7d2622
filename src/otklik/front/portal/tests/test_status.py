"""MISSION D1, PUBLIC-1: the state of the service for everybody, and nothing but what was written for everybody."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.care.status import mailing
from otklik.care.status.models import Check, Component, Group, Outage, Report, StatusPolicy, Subscriber, Works
from otklik.care.status.models.report import Said
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.staff.policies import Limit
from otklik.front.portal import status_mail
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db
RU, EN = {"Accept-Language": "ru"}, {"Accept-Language": "en"}
SECRET = "plata-7.internal.example"


@pytest.fixture
def calls(organisation: object) -> Component:
    group = Group.objects.create(name_ru="Серверы", name_en="Servers")
    since = clock.now() - timedelta(days=60)
    return Component.objects.create(group=group, name_ru="Звонки", name_en="Calls", since=since)


@pytest.fixture
def is_open(calls: Component) -> StatusPolicy:
    return StatusPolicy.objects.create(pk=1, is_open=True)


def get(path: str = "/status/", head: dict[str, str] | None = None, status: int = 200) -> str:
    answer = Client(headers=head or RU).get(path)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def broken(calls: Component, by: User, **more: Any) -> Report:
    title, text = Said("Звонки обрываются", "Calls break off"), Said("Ищем причину", "We look into it")
    return Report.objects.publish(title, text, [calls], "down", by=by, reason=SECRET, **more)


@pytest.mark.parametrize("page", ["", "history/", "status.json", "feed.atom", "feed.rss", "subscribe/"])
def test_a_page_that_is_not_open_is_not_there(calls: Component, boris: User, page: str) -> None:
    get(f"/status/{page}", status=404)
    lead = Client()
    lead.force_login(boris)
    assert lead.get(f"/status/{page}").status_code == 200


def test_everybody_reads_it_in_their_language(is_open: object) -> None:
    assert "Всё работает" in get() and "Серверы" in get()
    english = get(head=EN)
    assert "Everything works" in english and "Calls" in english and "Звонки" not in english
    assert "Everything works" in get("/status/?lang=en"), "whatever the browser says"


def test_where_nothing_is_watched_nothing_is_green(is_open: object) -> None:
    Component.objects.all().delete()
    page = get()
    assert "Пока ни за чем не следим" in page and 'data-s="ok"' not in page


def test_what_fails_stands_above_everything(is_open: object, calls: Component, boris: User) -> None:
    broken(calls, boris)
    page = get()
    assert "«Звонки» не работает" in page and "Ищем причину" in page
    assert "We look into it" in get(head=EN)


def test_nothing_of_ours_leaks(is_open: object, calls: Component, boris: User) -> None:
    """No reasons, no addresses of checks, no people, no numbers of incidents: on no form of the page."""
    Check.objects.create(component=calls, address=f"https://{SECRET}/live")
    broken(calls, boris, incident=4817)
    for page in ("", "history/", "status.json", "feed.atom", "feed.rss"):
        told = get(f"/status/{page}")
        assert "Звонки обрываются" in told, page
        for word in (SECRET, boris.name, boris.login, "4817"):
            assert word not in told, (page, word)


def test_a_component_that_is_hidden_is_nowhere(is_open: object, calls: Component, boris: User) -> None:
    broken(calls, boris)
    Component.objects.update(is_shown=False)
    recent.forget()
    for page in ("", "history/", "status.json", "feed.atom"):
        told = get(f"/status/{page}")
        assert "Звонки" not in told, page


def test_words_are_escaped(is_open: object, calls: Component, boris: User) -> None:
    hostile = "<script>alert(1)</script>\x07"
    Report.objects.publish(Said(hostile), Said(hostile), [calls], "slow", by=boris)
    assert "<script>alert" not in get()
    for kind in ("atom", "rss"):
        ElementTree.fromstring(get(f"/status/feed.{kind}"))


def test_a_note_that_can_still_be_taken_back_is_not_read(is_open: object, calls: Component, boris: User) -> None:
    told = broken(calls, boris)
    told.say("found", Said("Ещё не сказано"), by=boris, at=clock.now() + timedelta(seconds=15), update=3)
    assert "Ещё не сказано" not in get()
    with clock.at(clock.now() + timedelta(seconds=20)):
        recent.forget()
        assert "Ещё не сказано" in get()


def test_the_json_says_it_to_programs(is_open: object, calls: Component, boris: User) -> None:
    broken(calls, boris)
    told = json.loads(get("/status/status.json?lang=en"))
    (one,) = told["components"]
    assert (told["state"], one["name"], one["state"]) == ("down", "Calls", "down")
    assert told["reports"][0]["notes"][0]["text"] == "We look into it"
    assert one["uptime_90_days"] <= 100


def test_the_feed_has_each_note_and_each_announcement(is_open: object, calls: Component, boris: User) -> None:
    broken(calls, boris).say("found", Said("Нашли"), by=boris)
    begins = clock.now() + timedelta(days=4)
    Works.objects.announce(Said("Плата"), Said(), [calls], begins, begins + timedelta(hours=1), by=boris)
    root = ElementTree.fromstring(get("/status/feed.atom"))
    entries = root.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 3
    get("/status/feed.exe", status=404)


def test_days_have_words_and_months_their_share_of_works(is_open: object, calls: Component, boris: User) -> None:
    Outage.objects.begin(
        calls,
        "partial",
        source="hand",
        by=boris,
        began_at=clock.now() - timedelta(days=3, minutes=90),
        ended_at=clock.now() - timedelta(days=3),
    )
    page = get()
    assert "работает частично, 1 ч 30 мин" in page or "работает частично" in page
    assert "По месяцам" in page and "Плановые работы заняли" in page
    assert "3 часов" not in page


def test_history_takes_any_month_and_no_nonsense(is_open: object, calls: Component, boris: User) -> None:
    broken(calls, boris)
    get("/status/history/?month=2020-02")
    for nonsense in ("x", "2026-13", "0000-01", "9999-12", "2026-01-01", ""):
        assert "Звонки обрываются" in get(f"/status/history/?month={nonsense}"), nonsense


def test_strangers_may_keep_it_and_staff_may_not(is_open: object, boris: User) -> None:
    assert Client(headers=RU).get("/status/")["Cache-Control"] == "public, max-age=30"
    lead = Client()
    lead.force_login(boris)
    assert lead.get("/status/")["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("kept_for_long")
def test_it_costs_as_much_for_many_as_for_few_and_the_next_reader_nothing(
    is_open: object, calls: Component, boris: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            get()
        return len(queries)

    broken(calls, boris)
    get()
    recent.forget()
    few = asked()
    for number in range(5):
        group = Group.objects.create(name_ru=f"Группа {number}")
        one = Component.objects.create(group=group, name_ru=f"Часть {number}", since=calls.since)
        broken(one, boris).say("found", Said("Нашли"), by=boris)
    recent.forget()
    assert asked() <= few
    assert asked() <= 4, "what is kept is not read again"


@pytest.fixture
def by_mail(is_open: object, door: object, paper: Paper) -> Paper:
    return paper


def post(path: str, head: dict[str, str] | None = None, **told: object) -> int:
    return Client(headers=head or RU).post(path, told).status_code


def test_from_the_form_to_the_letter_and_out(by_mail: Paper, calls: Component, boris: User) -> None:
    assert post("/status/subscribe/", address="Reader@Volga.test", components=[calls.pk]) == 200
    one = Subscriber.objects.get()
    page = f"/status/subscription/{one.key}/"
    assert "Подтвердить" in get(page) and not Subscriber.objects.active().exists(), "a look confirms nothing"
    assert post(page) == 200
    assert list(Subscriber.objects.active().get().components.all()) == [calls]
    broken(calls, boris)
    mailing.address_all()
    assert mailing.send_due() == 1
    way_out = f"{page}leave/"
    assert f"https://desk.test{way_out}" == by_mail.letters[-1].unsubscribe
    get(way_out)
    assert Subscriber.objects.active().exists(), "a look ends nothing"
    browser = Client(headers=RU, enforce_csrf_checks=True)
    assert browser.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.active().exists()


def test_a_choice_that_was_removed_is_not_everything(by_mail: Paper, calls: Component) -> None:
    one = Subscriber.objects.ask("reader@volga.test", "ru", [calls])
    calls.delete()
    page = f"/status/subscription/{one.key}/"
    assert "Того, что вы выбрали, на странице больше нет" in get(page) and post(page) == 200
    assert not Subscriber.objects.get().everything


def test_nobody_learns_who_is_subscribed(by_mail: Paper) -> None:
    def answer() -> str:
        told = Client(headers=RU).post("/status/subscribe/", {"address": "reader@volga.test"}).content.decode()
        return told.split("<main")[1]

    first = answer()
    Subscriber.objects.get().confirm()
    assert answer() == first


def test_one_network_cannot_write_to_the_whole_world(by_mail: Paper) -> None:
    codes = [post("/status/subscribe/", address=f"reader{number}@volga.test") for number in range(12)]
    assert codes[:10] == [200] * 10 and codes[-1] == 429
    assert len(by_mail.letters) <= 11


def test_addresses_of_everybody_are_counted_anew_each_hour(by_mail: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a day of an outage somebody always subscribes; who is refused is not told that it was their network."""
    monkeypatch.setattr(status_mail, "FROM_ALL", Limit(free=2, first=60, longest=600, forget=3600))
    hour = datetime.fromtimestamp(clock.now().timestamp() // 3600 * 3600, UTC)

    def subscribes(number: int) -> tuple[int, str]:
        browser = Client(headers=RU, REMOTE_ADDR=f"10.{number}.0.1")
        answer = browser.post("/status/subscribe/", {"address": f"reader{number}@volga.test"})
        return answer.status_code, answer.content.decode()

    with clock.at(hour + timedelta(minutes=10)):
        assert [subscribes(number)[0] for number in range(2)] == [200, 200]
        code, page = subscribes(2)
        assert code == 429 and "сети" not in page
    for minutes in (65, 95, 125, 155, 185):  # never an hour of quiet
        with clock.at(hour + timedelta(minutes=minutes)):
            assert subscribes(minutes)[0] == 200


@pytest.mark.parametrize("address", ["", "nobody", "a@b\nBcc: c@d.test", "x" * 300 + "@volga.test"])
def test_an_address_that_is_none_is_refused_in_words(by_mail: Paper, address: str) -> None:
    assert post("/status/subscribe/", address=address) == 422
    assert not by_mail.letters and not Subscriber.objects.exists()


def test_a_key_that_is_none_opens_nothing(is_open: object) -> None:
    assert "Такой подписки нет" in get("/status/subscription/nothing/", status=404)
    assert post("/status/subscription/nothing/leave/") == 404


def test_without_a_mailbox_it_says_so(is_open: object) -> None:
    assert "Письма сейчас не уходят" in get("/status/subscribe/")
