"""Clients find and read what is theirs, say whether it helped, and learn nothing of the rest."""

from typing import Any

import pytest
from django.test import Client

from otklik.care.knowledge.models import Article, ArticleDay, Opinion, Section, Sought
from otklik.core import recent
from otklik.core.staff.models import Brand, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.front.portal import knowledge_page

pytestmark = pytest.mark.django_db
RU = {"Accept-Language": "ru"}


@pytest.fixture
def client() -> Client:
    """A browser of a person."""
    return Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="Номера", name_en="Numbers")


def make(
    title: str, by: User, section: Section, *, public: bool = True, published: bool = True, **told: Any
) -> Article:
    usual: dict[str, Any] = {"text": "Восемь дней", "audience": "public" if public else "internal"}
    made = Article.objects.begin(title=title, by=by, section=section, **usual | told)
    if published:
        made.publish(by=by)
    return made


def test_an_inner_one_a_draft_a_withdrawn_one_and_none_are_the_same(
    client: Client, anna: User, section: Section
) -> None:
    gone = make("Снятая тайна", anna, section)
    gone.withdraw(by=anna)
    hidden = [
        gone,
        make("Внутренняя тайна", anna, section, public=False),
        make("Черновая тайна", anna, section, published=False),
    ]
    missing = client.get("/kb/987654321/", headers=RU)
    assert missing.status_code == 404 and "/kb/" in missing.content.decode()
    for one in hidden:
        for answer in (
            client.get(f"/kb/{one.pk}/", headers=RU),
            client.post(f"/kb/{one.pk}/opinion/", {"helped": "yes"}),
        ):
            assert answer.status_code == 404 and "тайна" not in answer.content.decode()
    for address in ("/kb/", "/kb/?q=тайна", "/kb/?q=тайн"):
        assert "тайна</" not in client.get(address, headers=RU).content.decode()
    for one in hidden:
        assert client.post(f"/kb/{one.pk}/view/").content == client.post("/kb/987654321/view/").content
    assert not Opinion.objects.exists() and not ArticleDay.objects.exists()


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", 0),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0", 0),
        ("curl/8.5.0", 0),
        ("", 0),
        ("Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile", 1),
    ],
)
def test_robots_are_answered_and_not_counted(
    client: Client, anna: User, section: Section, name: str, counted: int
) -> None:
    made, who = make("Перенос", anna, section), {"User-Agent": name}
    assert client.get("/kb/?q=перенос", headers=who).status_code == 200
    assert client.get(f"/kb/{made.pk}/?q=перенос", headers=who).status_code == 200
    assert client.post(f"/kb/{made.pk}/view/", headers=who).status_code == 204
    assert (made.days.count(), Sought.objects.filter(opened=1).count()) == (counted, counted)


def test_clients_find_read_and_are_counted_without_a_name(
    client: Client, anna: User, section: Section, door: Channel
) -> None:
    Channel.objects.filter(pk=door.pk).update(kind="email")
    made = make("Перенос номера", anna, section, text="<img src=x onerror=alert(1)> **Восемь**")
    assert "Номера" in client.get("/kb/", headers=RU).content.decode()
    found = client.get("/kb/?q=переносе", headers=RU).content.decode()
    assert f"/kb/{made.pk}/?q=" in found
    page = client.get(f"/kb/{made.pk}/?q=переносе", headers=RU).content.decode()
    assert "<strong>Восемь</strong>" in page and "<img src" not in page
    assert f"mailto:{door.address}" in page and f"KB-{made.pk}" in page, "a person is one step away"
    assert f'hx-post="/kb/{made.pk}/view/" hx-trigger="load"' in page and not made.days.exists()
    assert client.post(f"/kb/{made.pk}/view/").status_code == 204
    assert made.days.get().views == 1
    sought = Sought.objects.get()
    assert (sought.words, sought.times, sought.empty, sought.opened) == ("переносе", 1, 0, 1)
    client.get("/kb/?q=факс", headers=RU)
    assert Sought.objects.get(words="факс").empty == 1
    client.get(f"/kb/{made.pk}/?q=никто+не+искал", headers=RU)
    assert not Sought.objects.filter(words="никто не искал").exists(), "an address is no search"
    assert client.get('/kb/?q=номер -"короткие гудки"', headers=RU).status_code == 200


def test_did_it_help(client: Client, anna: User, section: Section) -> None:
    made = make("Перенос", anna, section)
    place = f"/kb/{made.pk}/opinion/"
    assert client.post(place, {"helped": "yes"})["Location"] == f"/kb/{made.pk}/?said=yes"
    client.post(place, {"helped": "no", "missing": "Сколько стоит? Мой адрес a@b.test"})
    assert client.post(place, {"helped": "perhaps"}).status_code == 422
    assert "/view/" not in client.get(f"/kb/{made.pk}/?said=no").content.decode(), "what follows an opinion is no view"
    assert list(Opinion.objects.order_by("pk").values_list("helped", "missing")) == [
        (True, ""),
        (False, "Сколько стоит? Мой адрес …"),
    ]
    for _ in range(20):
        last = client.post(place, {"helped": "no", "missing": "слова"})
    assert last.status_code == 429 and "слова" in last.content.decode() and last["Retry-After"]
    assert Opinion.objects.count() < 15


def test_in_the_language_of_the_reader(client: Client, anna: User, section: Section) -> None:
    russian = make("Перенос", anna, section)
    english = make("Moving", anna, section, language="en", original=russian)
    page = client.get("/kb/?lang=en").content.decode()
    assert "Numbers" in page and "Moving" in page and "Перенос" not in page
    assert f"/kb/{russian.pk}/" in client.get(f"/kb/{english.pk}/").content.decode()
    english.withdraw(by=anna)
    assert f"/kb/{english.pk}/" not in client.get(f"/kb/{russian.pk}/").content.decode()
    assert "Перенос" in client.get("/kb/?lang=en").content.decode(), "better in another language than nothing"


def test_a_base_with_nothing_in_it_is_calm_and_requests_do_not_lead_there(
    client: Client, ticket: Ticket, anna: User, section: Section
) -> None:
    assert client.get("/kb/").status_code == client.get("/kb/?q=%00'").status_code == 200
    recent.forget()
    assert "/kb/" not in client.get(f"/request/{sign(ticket)}/").content.decode()
    make("Перенос", anna, section)
    recent.forget()
    assert "/kb/" in client.get(f"/request/{sign(ticket)}/").content.decode()


def test_a_machine_that_searches_is_answered_and_not_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch, organisation: object
) -> None:
    monkeypatch.setattr(knowledge_page, "COUNTED", knowledge_page.Limit(free=2, first=60, longest=60, forget=60))
    for _ in range(6):
        assert client.get("/kb/?q=номер").status_code == 200
    assert Sought.objects.get().times < 5


def test_reading_of_a_machine_is_not_counted_either_and_endless_searches_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch, anna: User, section: Section
) -> None:
    few = knowledge_page.Limit(free=2, first=60, longest=60, forget=60)
    monkeypatch.setattr(knowledge_page, "COUNTED", few)
    monkeypatch.setattr(knowledge_page, "SEARCHES", few)
    made = make("Перенос", anna, section)
    for _ in range(6):
        assert client.post(f"/kb/{made.pk}/view/").status_code == 204
        last = client.get("/kb/?q=перенос", headers=RU)
    assert made.days.get().views < 5
    assert last.status_code == 429 and last["Retry-After"] and "перенос" in last.content.decode()
    assert client.get("/kb/").status_code == 200, "all articles stay in sight"


def test_clients_of_another_brand_are_not_led_to_the_answers_of_the_usual_one(
    client: Client, ticket: Ticket, anna: User, section: Section, door: Channel
) -> None:
    make("Перенос", anna, section)
    recent.forget()
    door.kind, door.brand = "email", Brand.objects.create(name="Другая")
    door.save()
    assert "/kb/" not in client.get(f"/request/{sign(ticket)}/").content.decode()
    assert "mailto:" not in client.get("/kb/").content.decode()
