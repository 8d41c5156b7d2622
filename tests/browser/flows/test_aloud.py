"""Flow 16: flows 1 to 7 without a mouse and without a screen: after each press where the focus is, and what is said."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from tests.browser.flows.hands import Hands
from tests.fixtures.cast import Write

KEEPS_WHAT_IS_SAID = """
window.said = [];
document.addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  said.push(document.getElementById("announce").textContent);
}).observe(document.getElementById("announce"), { childList: true, characterData: true, subtree: true }));
"""


HEARD = """text => {
  const at = said.findIndex(line => line.includes(text));
  said.splice(0, at + 1);
  return at >= 0;
}"""


class Ears:
    """What a screen reader would tell Anna: the field or the button she is at, and what the page says by itself."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def at(self, role: Any, name: str, description: str = "") -> None:
        """The focus is there, and it is told what this is, and what is wrong with it."""
        here = self.page.locator(":focus")
        expect(here).to_have_role(role)
        expect(here).to_have_accessible_name(re.compile(name))
        if description:
            expect(here).to_have_attribute("aria-invalid", "true")
            expect(here).to_have_accessible_description(description)

    def hear(self, text: str) -> None:
        """The page has said it, since it was loaded or since the last thing that was heard."""
        self.page.wait_for_function(HEARD, arg=text)

    def come_to(self, title: str) -> None:
        """Another page, which is read from its title on."""
        expect(self.page).to_have_title(re.compile(re.escape(title)))

    def enter(self, dialog: str) -> None:
        """The focus is in a dialog whose name is read."""
        expect(self.page.get_by_role("dialog", name=dialog).locator(":focus")).to_have_count(1)


type Sit = Callable[..., tuple[Hands, Ears]]


@pytest.fixture
def sit(at_desk: Callable[..., Any]) -> Sit:
    def down(user: User) -> tuple[Hands, Ears]:
        page = at_desk(user)
        page.context.add_init_script(KEEPS_WHAT_IS_SAID)
        page.goto("/queue/line/")
        hands = Hands(page, "latin")
        hands.press("J")
        return hands, Ears(page)

    return down


def test_FLOW_1_aloud(sit: Sit, anna: User, pavel: Contact, writes: Write) -> None:
    SavedReply.objects.create(name="Просим документы", shortcut="док", text="Пришлите, пожалуйста, договор.")
    first, second = writes("Первое", subject="Первое"), writes("Второе", subject="Второе")
    hands, ears = sit(anna)
    ears.at("link", "^непрочитано, Волга.*Первое.*пока никто не взял")

    hands.press("Enter")
    ears.hear(f"Обращение № {first.number}: Первое")
    hands.press("R")
    ears.at("textbox", "^Текст ответа$")
    hands.call("::")
    hands.write("док")
    ears.hear("Просим документы")
    option = hands.page.locator("[role=option][aria-selected=true]")
    expect(option).to_have_accessible_name(re.compile("Просим документы"))
    expect(hands.page.locator(":focus")).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    hands.press("Enter")
    ears.at("textbox", "^Текст ответа$")
    expect(hands.page.locator(":focus")).to_have_value("Пришлите, пожалуйста, договор.")
    hands.press("Control+Shift+Enter")

    hands.page.wait_for_url(f"**/tickets/{second.number}/**")
    ears.come_to("Второе")
    ears.hear("Павел Демидов: ответ уйдёт через")


def test_FLOW_2_aloud(sit: Sit, anna: User, writes: Write) -> None:
    oldest, _later = (writes(text, subject=text, sender=f"{text}@else.test") for text in ("one", "two"))
    hands, ears = sit(anna)

    hands.press("Shift+N")

    ears.come_to(f"№ {oldest.number} · one")


def test_FLOW_3_aloud(sit: Sit, anna: User, line_two: Team, ticket: Ticket) -> None:
    hands, ears = sit(anna)

    hands.press("L")
    ears.enter("Передать")
    ears.at("textbox", "^Что пробовали$")
    hands.write("Перезагрузили роутер")
    hands.press("Control+Enter")
    wrong = hands.page.locator("#e-expected")
    ears.at("textbox", "^Чего ждёте от линии$", description=wrong.inner_text())
    hands.write("Посмотреть маршрут")
    hands.press("Control+Enter")

    ears.come_to("Моя линия")
    ears.hear(line_two.name)


def test_FLOW_4_aloud(sit: Sit, anna: User, vera: User, line_two: Team, ticket: Ticket) -> None:
    ticket.take(by=anna)
    ticket.hand_over(line_two, Brief.of("Нет звука", "", "Посмотреть маршрут"), by=anna)
    hands, ears = sit(vera)

    hands.press("Enter")
    ears.hear(f"Обращение № {ticket.number}: {ticket.subject}")
    hands.press("Shift+L")
    ears.enter("Вернуть")
    ears.at("textbox", "^Почему и чего не хватает$")
    hands.write("Не указан филиал")
    hands.press("Control+Enter")

    ears.come_to("Моя линия")
    ears.hear("Первая линия")


def test_FLOW_5_aloud(sit: Sit, anna: User, ticket: Ticket) -> None:
    hands, ears = sit(anna)

    hands.press("R")
    ears.at("textbox", "^Текст ответа$")
    hands.write("Вернусь с ответом послезавтра до 17:00.")
    ears.hear("Отправить и обещать до")
    hands.press("Control+Enter")

    ears.hear("Ответ уйдёт через")
    ears.at("link", "^Следующее обращение")


def test_FLOW_6_aloud(sit: Sit, anna: User, ticket: Ticket) -> None:
    hands, ears = sit(anna)

    hands.press("Shift+R")
    ears.at("textbox", "^Текст ответа$")
    hands.write("Здравствуйте!")
    hands.press("Control+Enter")
    ears.at("combobox", "^Причина$", description=hands.page.locator("#e-reason").inner_text())
    hands.press("ArrowDown")
    hands.press("Tab")
    ears.at("textbox", "^Почему так, словами клиента$")
    hands.write("Роутер обслуживает ваш провайдер.")
    hands.press("Tab")
    ears.at("textbox", "^Другой путь")
    hands.write("Созвонимся втроём")
    hands.press("Control+Enter")

    ears.hear("Отказ записан с причиной и другими путями")
    ears.at("link", "^Следующее обращение")


def test_FLOW_7_aloud(sit: Sit, anna: User, pavel: Contact, writes: Write) -> None:
    older, newer = writes("Пропал звук.", subject="Нет звука"), writes("Звука всё нет.", subject="Опять нет звука")
    hands, ears = sit(anna)
    hands.press("J")
    ears.at("link", "Опять нет звука")

    hands.press("Enter")
    ears.hear(f"Обращение № {newer.number}: Опять нет звука")
    hands.press("M")
    ears.enter("Объединить")
    ears.at("button", "^Объединить$")
    hands.press("Enter")
    ears.come_to(f"№ {older.number} · Нет звука")
    ears.hear(f"№ {newer.number}")
    hands.press("Z")

    ears.come_to(f"№ {newer.number} · Опять нет звука")
    ears.hear("Отменено: всё снова на своих местах")
