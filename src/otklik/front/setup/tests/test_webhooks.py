"""Webhooks and macros in the settings."""

import re
from typing import Any

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation import calling
from otklik.desk.automation.models import Delivery, Endpoint, Macro
from otklik.desk.automation.tests.receiver import is_genuine, receiver
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db


def test_a_secret_is_shown_once_and_renewed(office: Client, settings: Any):
    with receiver() as program:
        settings.EGRESS_ALLOW = [f"127.0.0.1:{program.server_address[1]}"]
        told = {"name": "Биллинг", "url": program.url, "events": ["opened"], "is_active": "on"}
        page = office.post("/settings/webhooks/new/", told).content.decode()
        (secret,) = re.findall(r"data-secret>(otw_[\w-]+)<", page)
        endpoint = Endpoint.objects.get()
        where = f"/settings/webhooks/{endpoint.pk}/"
        assert secret not in office.get(where).content.decode()

        tested = office.post(f"{where}test/", follow=True).content.decode()
        assert "Ответ: 200." in tested and is_genuine(secret, *program.got[0])
        renewed = office.post(f"{where}secret/").content.decode()
        (new,) = re.findall(r"data-secret>(otw_[\w-]+)<", renewed)
        program.answers = [404]
        failed = office.post(f"{where}test/", follow=True).content.decode()
        assert "Ответ 404 вместо 200." in failed
        assert is_genuine(secret, *program.got[1]) and is_genuine(new, *program.got[1])

        dead = Delivery.objects.get(state="dead")
        office.post(f"{where}calls/{dead.pk}/again/")
        assert Delivery.objects.get(pk=dead.pk).state == "waiting"


@pytest.mark.parametrize("url", ["http://billing.example/", "https://x:y@billing.example/", "billing", ""])
def test_addresses_that_are_none(office: Client, url: str):
    answer = office.post("/settings/webhooks/new/", {"name": "Биллинг", "url": url, "is_active": "on"})
    assert answer.status_code == 422 and not Endpoint.objects.exists()


def test_macros_are_made_and_bad_ones_are_not(office: Client):
    told = {"name": "Документы", "team": "", "text": "{{client}}, пришлём", "is_active": "on"}
    lines = {"then": ["0", "1"], "then-0-act": "tag", "then-0-tags": "документы"}
    lines |= {"then-1-act": "priority", "then-1-priority": "1"}
    assert office.post("/settings/macros/new/", {**told, **lines}).status_code == 302
    macro = Macro.objects.get()
    assert macro.acts == [{"act": "tag", "tags": "документы"}, {"act": "priority", "priority": "1"}]
    assert "добавить метки: документы" in office.get("/settings/macros/").content.decode()

    assert office.post("/settings/macros/new/", {**told, "name": "Пустой", "text": ""}).status_code == 422
    letter = {**told, "name": "Письмо", "then": ["0"], "then-0-act": "letter", "then-0-reply": "1"}
    assert office.post("/settings/macros/new/", letter).status_code == 422, "rules write letters, people send answers"
    again = office.post("/settings/macros/new/", {**told, **lines})
    assert again.status_code == 422 and Macro.objects.count() == 1


def test_leads_read_and_change_nothing(office: Client, boris: User):
    endpoint = Endpoint(name="Биллинг", url="https://billing.example/")
    endpoint.renew_secret()
    reader = Client()
    reader.force_login(boris)
    for path in ("webhooks/", f"webhooks/{endpoint.pk}/", "macros/"):
        assert reader.get(f"/settings/{path}").status_code == 200
    for path in ("secret/", "test/", "remove/", "switch/"):
        assert reader.post(f"/settings/webhooks/{endpoint.pk}/{path}").status_code == 404


def test_a_lead_reads_neither_the_key_in_an_address_nor_tickets_of_other_lines(
    office: Client, boris: User, line_two: Team, ticket: Ticket
):
    endpoint = Endpoint(name="Чат", url="https://chat.example/services/T0/ключ-в-пути")
    endpoint.renew_secret()
    calling.prepare(endpoint, "opened", "entry:1", ticket.pk, {}, clock.now())
    reader, stranger = Client(), Client()
    reader.force_login(boris)
    stranger.force_login(person("gleb", "Глеб Орлов", Role.LEAD, line_two))
    where, number = f"/settings/webhooks/{endpoint.pk}/", f"№ {ticket.number}"

    pages = {who: who.get(where).content.decode() for who in (office, reader, stranger)}
    assert "ключ-в-пути" in pages[office] and "ключ-в-пути" in office.get("/settings/webhooks/").content.decode()
    for who in (reader, stranger):
        listed = who.get("/settings/webhooks/").content.decode()
        assert "ключ-в-пути" not in pages[who] + listed and "https://chat.example/" in pages[who]
    assert number in pages[office] and number in pages[reader] and number not in pages[stranger]


def test_who_sends_again_reads_whether_it_goes_now_or_waits(office: Client, ticket: Ticket):
    endpoint = Endpoint(name="Чат", url="https://chat.example/")
    endpoint.renew_secret()
    made = calling.prepare(endpoint, "opened", "entry:1", ticket.pk, {}, clock.now())
    assert made
    where = f"/settings/webhooks/{endpoint.pk}/calls/{made.pk}/again/"
    assert "Отправляем снова." in office.post(where, follow=True).content.decode()
    endpoint.switch(False)
    assert "Отправим снова, когда вебхук включат." in office.post(where, follow=True).content.decode()
