"""Somebody in training and their curator: written, read, returned, mended, edited in place, released, learnt from."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import HeldAnswer, Ticket, Traineeship
from tests.browser.composer.moves import answers, open_ticket, send
from tests.browser.conftest import hears

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_trainee_and_the_curator(at_desk: Desk, anna: User, ilya: User, boris: User, ticket: Ticket) -> None:
    boriss = at_desk(boris)
    boriss.goto("/board/people/releases/new/")
    boriss.locator("#id_person").select_option(str(anna.pk))
    boriss.locator("#id_curator").select_option(str(ilya.pk))
    boriss.locator("main form [type=submit]").click()
    expect(boriss.locator("main table")).to_contain_text("Анна Белова")
    assert Traineeship.objects.get().curator == ilya

    annas, ilyas = at_desk(anna), at_desk(ilya)
    ilyas.goto("/releases/")
    expect(ilyas.locator("main")).to_contain_text("Ответов, которые ждут вас, нет")
    open_ticket(annas, ticket)
    hears(anna, ilya)
    expect(annas.locator("#composer")).to_contain_text("До отправки ваш ответ читает куратор, это Илья Соколов")

    annas.locator("#reply-text").fill("Здравствуйте, Павел! Порт перезагрузили.")
    annas.locator("label:has(#n-done)").click()
    send(annas)
    expect(annas.locator("#held")).to_contain_text("ждёт выпуска: куратор Илья Соколов")
    expect(annas.locator("#reply-text")).to_have_value("")
    assert not answers().exists()

    ilyas.goto("/releases/")
    ilyas.locator("main a", has_text=f"№ {ticket.pk}").click()
    expect(ilyas.locator("#text")).to_have_value("Здравствуйте, Павел! Порт перезагрузили.")
    ilyas.locator("button", has_text="Вернуть").click()
    expect(ilyas.locator("#e-words")).to_be_visible()
    ilyas.locator("#words").fill("Напишите, какой порт")
    ilyas.locator("button", has_text="Вернуть").click()
    expect(ilyas.locator("main")).to_contain_text("Ответов, которые ждут вас, нет")

    open_ticket(annas, ticket)
    expect(annas.locator("#timeline")).to_contain_text("Напишите, какой порт")
    expect(annas.locator("#reply-text")).to_have_value("Здравствуйте, Павел! Порт перезагрузили.")
    annas.locator("#reply-text").fill("Здравствуйте, Павел! Порт 7 перезагрузили.")
    send(annas)
    expect(annas.locator("#held")).to_contain_text("ждёт выпуска")

    ilyas.goto("/releases/")
    ilyas.locator("main a", has_text=f"№ {ticket.pk}").click()
    ilyas.locator("#text").fill("Здравствуйте, Павел! Порт 7 перезагрузили, проверьте.")
    ilyas.locator("button", has_text="Выпустить").click()
    expect(ilyas.locator("main")).to_contain_text("Ответов, которые ждут вас, нет")

    message, held = answers().get(), HeldAnswer.objects.get(state="released")
    assert (message.author, held.message, held.decided_by) == (anna, message, ilya)
    annas.goto(f"/releases/{held.pk}/")
    expect(annas.locator(".words-apart ins")).to_have_text(" перезагрузили, проверьте.", use_inner_text=False)
    annas.goto(f"/releases/people/{held.traineeship_id}/")
    expect(annas.locator("main article")).to_have_count(2)
    expect(annas.locator("main")).to_contain_text("мало данных")
