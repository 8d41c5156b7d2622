"""A client at the request form, and a lead who looks ahead: in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.knowledge.models import Article, FormVisit, Section
from otklik.care.outreach import finding
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.channels.models.channel import FORM
from otklik.desk.clients.models import Contact, Product, Subscription
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper
from tests.fixtures.live import wait_until

type Desk = Callable[..., Any]
NARROW = {"width": 390, "height": 844}
PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def form(live_app: Any, line_one: Team) -> Channel:
    return Channel.objects.create(kind=FORM, name="Форма", address="/write/1", team=line_one)


@pytest.fixture
def article(live_app: Any, anna: User) -> Article:
    section = Section.objects.create(name="Номера", name_en="Numbers")
    made = Article.objects.begin(
        title="Как вернуть номер",
        text="Номер вернётся **за восемь дней**.",
        by=anna,
        section=section,
        audience="public",
    )
    made.publish(by=anna)
    return made


def test_an_answer_beside_the_form_ends_it_or_goes_along(
    new_page: Any, form: Channel, article: Article, door: Channel, at_desk: Desk, anna: User
) -> None:
    client = new_page(viewport=NARROW, user_agent=PERSON)
    client.goto("/write/")
    client.get_by_label("О чём вопрос?").fill("Пропал номер")
    client.get_by_label("Ваш вопрос").press_sequentially("Верните мне номер")
    offer = client.get_by_role("link", name="Как вернуть номер")
    expect(offer).to_be_visible()
    offer.focus()
    client.keyboard.press("Enter")
    expect(client.get_by_text("за восемь дней")).to_be_visible()
    client.get_by_role("button", name="Это ответило на мой вопрос").click()
    expect(client.get_by_role("heading", name="Рады слышать. Ничего не отправлено.")).to_be_visible()
    visit = FormVisit.objects.get()
    assert visit.opened == [article.pk] and visit.helped_at and not Inbound.objects.exists()

    client.get_by_role("button", name="Вернуться к вопросу").click()
    expect(client.get_by_label("Ваш вопрос")).to_have_value("Верните мне номер")
    client.get_by_role("button", name="Отправить").click()
    expect(client.get_by_text("Укажите адрес почты: туда мы ответим.")).to_be_visible()
    expect(client.get_by_label("Ваш вопрос")).to_have_value("Верните мне номер")
    client.get_by_label("Ваш адрес электронной почты").or_(client.locator("#ask-email")).first.fill(
        "new@client.example"
    )
    client.get_by_role("button", name="Отправить").click()
    expect(client.get_by_role("heading", name="Обращение принято")).to_be_visible()
    wait_until(lambda: FormVisit.objects.get().sent_at)
    inbox.work_all()

    desk = at_desk(anna)
    desk.goto(f"/tickets/{Ticket.objects.get().number}/")
    expect(desk.get_by_text("До отправки прочитано у формы").first).to_be_attached()


def test_without_scripts_it_is_a_step(new_page: Any, form: Channel, article: Article) -> None:
    client = new_page(java_script_enabled=False, user_agent=PERSON, viewport=NARROW)
    client.goto("/write/")
    client.locator("#ask-subject").fill("Пропал номер")
    client.locator("#ask-text").fill("Верните номер")
    client.locator("#ask-email").fill("new@client.example")
    client.locator("#ask button.primary").click()
    expect(client.get_by_text("Прежде чем отправить: возможно, здесь есть ответ.")).to_be_visible()
    expect(client.get_by_role("link", name="Как вернуть номер")).to_be_visible()
    assert client.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
    assert not Inbound.objects.exists()
    client.get_by_role("button", name="Всё равно отправить").click()
    expect(client.get_by_role("heading", name="Обращение принято")).to_be_visible()
    assert Inbound.objects.count() == 1


def test_a_lead_looks_ahead_and_writes(
    at_desk: Desk, live_app: Any, boris: User, door: Channel, pavel: Contact, paper: Paper
) -> None:
    product = Product.objects.create(name="Телефония")
    on = clock.house_today() + timedelta(days=6)
    Subscription.objects.create(contact=pavel, product=product, state="trial", ends_on=on)
    finding.find()
    office = at_desk(boris, viewport=NARROW)
    office.goto("/ahead/")
    expect(office.get_by_text("Заканчивается пробный период: Телефония")).to_be_visible()
    office.get_by_role("button", name="Написать сейчас").click()
    expect(office.locator("#toasts")).to_contain_text("Письмо уже в пути")
    expect(office.get_by_text("предупреждён за 6 дней")).to_be_visible()
    assert paper.letters[-1].to == ["pavel@volga.test"]
    office.get_by_text("Настройка предупреждений").click()
    office.locator("[name=begin_days]").fill("1")
    office.get_by_role("button", name="Сохранить").click()
    expect(office.get_by_text("Писать нужно не позже")).to_be_visible()
