"""Boundaries at the desk: a refusal goes by the lead to the client, and a specialist stops an abusive talk."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets.models import Appeal, Habits, Refusal, RefusalRequest, Ticket
from tests.browser.composer.moves import open_ticket, send
from tests.browser.conftest import hears
from tests.fixtures.cast import Paper
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_refusal_is_returned_mended_and_approved(
    at_desk: Desk, anna: User, boris: User, ticket: Ticket, line_one: Team
) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])
    annas, boriss = at_desk(anna), at_desk(boris)
    boriss.goto("/board/refusals/")
    open_ticket(annas, ticket)
    hears(anna, boris)

    annas.locator("#reply-text").fill("Здравствуйте, Павел!")
    annas.locator("label:has(#n-no)").click()
    annas.locator("#reason").select_option("rules")
    annas.locator("#explanation").fill("Скидку даёт только договор")
    annas.locator("[name=alternatives]").first.fill("Пересчитаем тариф")
    send(annas)
    expect(annas.locator("#refusal")).to_contain_text("Отказ написан")
    expect(annas.locator("#reply-text")).to_have_value("")

    expect(boriss.locator(".toast[data-tone]")).to_contain_text("просит согласовать отказ")
    boriss.goto("/board/refusals/")
    boriss.locator("article textarea").fill("Предложите рассрочку")
    boriss.locator("article button", has_text="Вернуть").click()
    expect(boriss.locator("main")).to_contain_text("Отказов, которые ждут вас, нет")
    assert RefusalRequest.objects.get().state == "returned"

    open_ticket(annas, ticket)
    expect(annas.locator("#timeline")).to_contain_text("Предложите рассрочку")
    expect(annas.locator("#explanation")).to_have_value("Скидку даёт только договор")
    annas.locator("[name=alternatives]").first.fill("Рассрочка на полгода")
    send(annas)
    expect(annas.locator("#refusal")).to_contain_text("Отказ написан")

    boriss.goto("/board/refusals/")
    boriss.locator("article button", has_text="Согласовать").click()
    expect(boriss.locator("main")).to_contain_text("Отказов, которые ждут вас, нет")

    refusal = Refusal.objects.get()
    assert (refusal.by, refusal.alternatives) == (anna, ["Рассрочка на полгода"])
    expect(annas.locator("#head-words")).to_contain_text("отказ", timeout=15_000)


def test_a_client_appeals_by_the_link_of_the_letter_and_the_lead_grants_it(
    at_desk: Desk, new_page: Any, anna: User, boris: User, ticket: Ticket, paper: Paper
) -> None:
    annas, boriss = at_desk(anna), at_desk(boris)
    open_ticket(annas, ticket)
    hears(anna)
    annas.locator("#reply-text").fill("Здравствуйте, Павел!")
    annas.locator("label:has(#n-no)").click()
    annas.locator("#reason").select_option("rules")
    annas.locator("#explanation").fill("Скидку даёт только договор")
    annas.locator("[name=alternatives]").first.fill("Пересчитаем тариф")
    send(annas)
    wait_until(lambda: Ticket.objects.get(pk=ticket.pk).status == "refused")
    # Its author might take the letter back for some seconds; after them the client has it.
    Outbound.objects.filter(message=Refusal.objects.get().message_id).update(
        not_before=clock.now() - timedelta(seconds=1)
    )
    outbox.send_due()
    found = re.search(r"https://desk\.test(/request/\S+#appeal)", paper.letters[-1].text)
    assert found, paper.letters[-1].text

    client = new_page(java_script_enabled=False)
    client.goto(found[1])
    client.locator("#appeal-text").fill("В договоре есть пункт 4.2")
    client.get_by_role("button", name="Попросить пересмотреть").click()
    expect(client.locator("#appeal")).to_contain_text("Борис Руднев")
    expect(annas.locator("#appeal")).to_contain_text("Отказ оспаривается", timeout=15_000)

    boriss.goto("/board/refusals/")
    card = boriss.locator("article", has_text="пункт 4.2")
    card.locator("[name=words]").fill("Пункт 4.2 действует, пересчитаем")
    card.locator("[type=submit].primary").click()
    expect(boriss.locator("article [role=alert]")).to_contain_text("Выберите дату")
    local = timezone.localtime(clock.now() + timedelta(days=3))
    boriss.locator("article [name=until]").fill(f"{local:%Y-%m-%dT%H:%M}")
    boriss.locator("article [type=submit].primary").click()
    expect(boriss.locator("main")).to_contain_text("Отказов, которые ждут вас, нет")

    assert Appeal.objects.get().state == "granted"
    client.reload()
    expect(client.locator("#appeal")).to_contain_text("Отказ снят")
    expect(client.locator("#appeal")).to_contain_text("Пункт 4.2 действует")


def test_a_talk_is_stopped_and_the_lead_names_who_reads_the_next(
    at_desk: Desk, anna: User, boris: User, ticket: Ticket, line_two: Team
) -> None:
    ticket.take(by=anna)
    annas, boriss = at_desk(anna), at_desk(boris)
    boriss.goto("/tasks/")
    open_ticket(annas, ticket)
    hears(anna, boris)

    annas.locator("[popovertarget=acts-menu]").click()
    annas.locator("#acts-menu a", has_text="Грубость").click()
    annas.locator("dialog #what").fill("Угрожает приехать")
    annas.locator("dialog #quoted").select_option(index=1)
    annas.locator("dialog [name=step][value=stop]").check()
    annas.locator("dialog [name=pause]").check()
    annas.locator("dialog [type=submit].primary").click()
    annas.wait_for_url(lambda address: f"/tickets/{ticket.pk}/" not in address)

    toast = boriss.locator(".toast[data-tone]")
    expect(toast).to_contain_text("Угрожает приехать")
    report = AbuseReport.objects.get()
    assert Ticket.objects.get(pk=ticket.pk).closed_to == [anna.pk] and report.quote
    anna.refresh_from_db()
    assert anna.availability == "break"

    boriss.goto("/board/conduct/")
    boriss.locator("label", has_text="Ограничить клиента").click()
    boriss.locator("[name=mode]").select_option("line")
    boriss.locator("[name=line]").select_option(str(line_two.pk))
    boriss.locator("article [type=submit]").click()
    expect(boriss.locator("[role=alert]")).to_contain_text("Выберите дату")
    boriss.evaluate("document.querySelector('[name=until]').valueAsDate = new Date(Date.now() + 30 * 86400000)")
    boriss.locator("article [type=submit]").click()
    expect(boriss.locator("main")).to_contain_text("Что действует сейчас")
    assert Restriction.objects.get().team == line_two
