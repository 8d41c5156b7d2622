"""The head builds a survey, a client answers it by the link, the head sees the result: in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from otklik.care.surveys.models import Invitation, Survey
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper

type Desk = Callable[..., Any]
NARROW = {"width": 390, "height": 844}


def test_a_survey_from_the_form_to_the_figure(
    at_desk: Desk, new_page: Any, live_app: Any, head: User, answered: Ticket, pavel: Contact, paper: Paper
) -> None:
    office = at_desk(head)
    office.goto("/settings/surveys/new/")
    office.fill("[name=name]", "Отношение к компании")
    office.select_option("[name=occasion]", "event")
    office.get_by_role("button", name="Сохранить").click()
    office.get_by_role("link", name="Вопрос", exact=True).click()
    office.select_option("[name=kind]", "nps")
    office.get_by_role("button", name="Сохранить").click()
    office.get_by_role("link", name="Вопрос", exact=True).click()
    expect(office.locator("[name=choices_ru]")).to_be_hidden()
    office.select_option("[name=kind]", "choice")
    office.fill("[name=words_ru]", "Что мешает?")
    office.fill("[name=choices_ru]", "Долго\nДорого")
    office.select_option("[name=follows]", index=1)
    office.fill("[name=bound]", "6")
    office.get_by_role("button", name="Сохранить").click()
    expect(office.get_by_text("если ответ на")).to_be_visible()
    office.get_by_role("button", name="Начать").click()
    expect(office.locator("#toasts")).to_contain_text("Теперь спрашиваем по версии 1.")

    survey = Survey.objects.get(occasion="event")
    Invitation.objects.ask(survey, pavel)
    Invitation.objects.send_due()
    outbox.send_due()
    secret = bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]

    client = new_page(viewport=NARROW)
    client.goto(f"/survey/{secret}/?score=4")
    client.get_by_role("button", name="Отправить эту оценку").click()
    expect(client.get_by_text("Оценка сохранена, спасибо.")).to_be_visible()
    client.get_by_label("Дорого").check()
    client.get_by_role("button", name="Отправить").click()
    expect(client.get_by_text("Спасибо!")).to_be_visible()
    assert sorted(Invitation.objects.get().marks().values()) == [1, 4]

    office.goto(f"/board/surveys/{survey.pk}/")
    expect(office.get_by_role("heading", name="Отношение к компании")).to_be_visible()
    office.get_by_role("link", name="Записать разговор").click()
    office.get_by_role("button", name="Записать").click()
    expect(office.get_by_text("Обязательное поле.").first).to_be_visible()
    office.get_by_label("Договорились, что будет дальше").check()
    office.get_by_label("Чем были недовольны").select_option("price")
    office.get_by_role("button", name="Записать").click()
    expect(office.locator("#toasts")).to_contain_text("Разговор записан.")
    expect(office.get_by_text("Разговора никто не ждёт")).to_be_visible()
    expect(office.get_by_role("region", name="Что стало с низкими оценками")).to_contain_text("Цена")
