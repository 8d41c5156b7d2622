"""The head sets surveys up: logic, occasions, versions, a long one with its reason, the preview and the end."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.surveys.models import Question, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask, survey
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from tests.fixtures.browser import NARROW

__all__ = ["survey"]
pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
ABOUT = {  # what stands on the form of each occasion beside what all have
    "resolved": {"share", "delay_minutes", "remind_days"},
    "relationship": {"share", "every_months", "remind_days"},
    "event": {"share", "delay_minutes", "remind_days"},
    "link": {"sites"},
    "exit": {"share", "delay_minutes", "remind_days"},
}


def page_of(survey: Survey) -> str:
    return f"/settings/surveys/{survey.pk}/"


def save(office: Any) -> None:
    office.locator(".savebar button[type=submit]").press("Enter")


def test_logic_by_keys_a_question_of_one_answer_and_what_it_hangs_on(at_desk: Desk, head: User, survey: Ask) -> None:
    made = survey("event", {"kind": Kind.NPS}, begin=False)
    office = at_desk(head, viewport=NARROW)
    office.goto(page_of(made))
    office.get_by_role("link", name="Вопрос", exact=True).press("Enter")
    office.select_option("[name=kind]", "choice")
    office.fill("[name=words_ru]", "Что мешает?")
    office.fill("[name=choices_ru]", "Долго\nДорого\nДругое")
    save(office)
    office.get_by_role("link", name="Вопрос", exact=True).press("Enter")
    office.select_option("[name=kind]", "text")
    office.fill("[name=words_ru]", "Сколько было бы честно?")
    office.select_option("[name=follows]", label="Что мешает? (1: Долго, 2: Дорого, 3: Другое)")
    office.select_option("[name=how]", "is")
    office.fill("[name=bound]", "4")
    save(office)
    expect(office.locator(".err")).to_contain_text("такого ответа нет")
    office.fill("[name=bound]", "2")
    save(office)
    rows = office.locator(".asks-list > li")
    expect(rows.nth(2)).to_contain_text("если ответ на «Что мешает?» — «Дорого»")
    assert office.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"

    office.get_by_role("button", name="Выше: Сколько было бы честно?").press("Enter")
    expect(office.locator("#toasts")).to_contain_text("Остаётся на месте")
    expect(rows.nth(2)).to_contain_text("Сколько было бы честно?")
    office.get_by_role("button", name="Выше: Что мешает?").press("Enter")
    expect(rows.first).to_contain_text("Что мешает?")
    office.get_by_role("button", name="Убрать: Что мешает?").press("Enter")
    expect(rows).to_have_count(1)
    expect(office.locator("#toasts")).to_contain_text("и 1 вопрос, который задавали из-за него")
    assert [one.kind for one in Question.objects.all()] == [Kind.NPS]


def test_a_running_survey_is_changed_by_another_version_alone(at_desk: Desk, head: User, survey: Ask) -> None:
    made = survey("event", {"kind": Kind.NPS})
    office = at_desk(head)
    office.goto(page_of(made))
    expect(office.locator(".asks-list a")).to_have_count(0)
    for words in ("Не понадобится", "Порекомендуете нас?"):
        office.get_by_role("button", name="Написать другую версию").click()
        office.locator(".asks-list a").click()
        office.fill("[name=words_ru]", words)
        save(office)
        changes = office.locator(".callout", has_text="Клиентов пока спрашивают по версии 1")
        expect(changes).to_contain_text(words)
        if words == "Не понадобится":
            office.get_by_role("button", name="Отбросить эту версию").click()
            expect(changes).to_have_count(0)
    assert made.current().first.words_ru == ""  # type: ignore[union-attr]

    office.get_by_role("button", name="Спрашивать по версии 2").click()
    expect(office.locator("#toasts")).to_contain_text("Теперь спрашиваем по версии 2.")
    assert made.current().first.words_ru == "Порекомендуете нас?"  # type: ignore[union-attr]


def test_six_questions_wait_for_a_reason(at_desk: Desk, head: User, survey: Ask) -> None:
    made = survey("event", *({"kind": Kind.AREA5, "words_ru": f"Область {number}"} for number in range(6)), begin=False)
    office = at_desk(head)
    office.goto(page_of(made))
    office.get_by_role("button", name="Начать").click()
    expect(office.get_by_role("alert")).to_contain_text("Больше 5 вопросов — только с причиной")
    office.fill("[name=reason_for_more]", "Индекс раз в год, по договору")
    save(office)
    expect(office.locator("#toasts")).to_contain_text("Сохранено")
    office.get_by_role("button", name="Начать").click()
    expect(office.locator("#toasts")).to_contain_text("Теперь спрашиваем по версии 1.")
    made.refresh_from_db()
    assert made.is_running and made.reason_for_more == "Индекс раз в год, по договору"


def test_each_occasion_asks_for_what_it_knows_of_and_a_link_has_its_picture(at_desk: Desk, head: User) -> None:
    office = at_desk(head, viewport=NARROW)
    office.goto("/settings/surveys/new/")
    for occasion, names in ABOUT.items():
        office.select_option("[name=occasion]", occasion)
        for name in set().union(*ABOUT.values()):
            expect(office.locator(f"[name={name}]")).to_be_visible(visible=name in names)
    office.select_option("[name=occasion]", "link")
    save(office)
    expect(office.locator(".err").first).to_contain_text("Обязательное поле")
    office.fill("[name=name]", "У стойки")
    office.fill("[name=sites]", "shop.example")
    save(office)
    expect(office.locator(".err").first).to_contain_text("не адрес сайта")
    office.fill("[name=sites]", "https://shop.example")
    save(office)
    office.get_by_role("link", name="Вопрос", exact=True).click()
    save(office)
    office.get_by_role("button", name="Начать").click()
    expect(office.get_by_role("img", name="QR-код ссылки")).to_be_visible()
    expect(office.locator("code").last).to_contain_text("/embed.js")
    expect(office.locator("[name=occasion]")).to_be_disabled()
    assert office.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"


def test_the_code_of_an_open_link_is_printed_on_a_sheet_of_its_own(at_desk: Desk, head: User) -> None:
    made = Survey.objects.create(name="У стойки", occasion=Survey.Occasion.LINK)
    made.draft().questions.create(kind=Kind.CSAT5, words_ru="Как вас встретили?", words_en="How were you met?")
    made.begin()
    office = at_desk(head, viewport=NARROW)
    office.add_init_script("window.printed = 0; window.print = () => (window.printed += 1);")
    office.goto(page_of(made))
    office.get_by_role("link", name="Лист для печати").click()
    expect(office.locator("h1")).to_have_text("Как вас встретили?")
    assert office.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is looked at on a phone"
    office.get_by_role("button", name="Напечатать").press("Enter")
    office.wait_for_function("() => printed === 1")
    office.get_by_role("link", name="English").click()
    expect(office.locator("h1")).to_have_text("How were you met?")
    expect(office.locator(".sheet")).to_contain_text(f"/ask/{made.link}/")

    office.emulate_media(media="print")
    expect(office.locator(".sheetbar")).to_be_hidden()
    expect(office.get_by_role("img", name="QR-код ссылки")).to_be_visible()
    office.emulate_media(media="screen")
    office.get_by_role("link", name="У стойки").click()
    expect(office.locator("h1")).to_have_text("У стойки")


def test_the_preview_is_the_letter_and_the_page_and_leads_back(
    at_desk: Desk, head: User, survey: Ask, door: Channel
) -> None:
    asked = {"kind": Kind.TEXT, "words_ru": "Что не так?", "words_en": "What is wrong?", "after": 0, "bound": 3}
    made = survey("resolved", {"kind": Kind.CSAT5}, asked, begin=False)
    office = at_desk(head, viewport=NARROW)
    office.goto(page_of(made))
    office.get_by_role("link", name="Посмотреть").click()
    letter, page = office.frame_locator(".asked-letter"), office.frame_locator(".asked-page")
    expect(letter.get_by_role("link", name="5: отлично")).to_be_visible()
    expect(page.get_by_text("Что не так?")).to_be_visible()
    expect(page.get_by_role("button", name="Отправить")).to_be_disabled()
    office.get_by_role("link", name="English").click()
    expect(letter.get_by_role("link", name="5: excellent")).to_be_visible()
    expect(page.get_by_text("What is wrong?")).to_be_visible()
    office.get_by_role("link", name="На чёрном").click()
    expect(letter.locator("html")).to_have_css("background-color", "rgb(27, 28, 30)")
    expect(letter.get_by_role("link", name="5: excellent")).to_be_visible()
    assert office.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
    office.locator(".crumb a").click()
    expect(office.locator("h1")).to_have_text("Проверка")


def test_the_end_of_a_survey_is_asked_for_twice(at_desk: Desk, head: User, survey: Ask) -> None:
    made = survey("event", {"kind": Kind.NPS})
    office = at_desk(head)
    office.goto(page_of(made))
    office.get_by_role("button", name="Завершить опрос").press("Enter")
    dialog = office.get_by_role("dialog", name="Завершить «Проверка»?")
    expect(dialog.get_by_role("button", name="Пусть идёт")).to_be_focused()
    dialog.get_by_role("button", name="Пусть идёт").press("Enter")
    expect(dialog).to_be_hidden()
    made.refresh_from_db()
    assert made.is_running
    office.get_by_role("button", name="Завершить опрос").press("Enter")
    dialog.get_by_role("button", name="Завершить опрос").press("Enter")
    expect(office.locator("#toasts")).to_contain_text("По этому опросу больше никого не спросят.")
    made.refresh_from_db()
    assert made.state == Survey.State.ENDED
    expect(office.get_by_role("button", name="Начать")).to_have_count(0)
