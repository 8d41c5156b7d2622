"""Data panels in the settings: set up, tried with a request, read by leads."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from otklik.core.audit.models import Line
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import asking
from otklik.desk.automation.panels.access import Beside
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.receiver import is_genuine
from otklik.desk.automation.tests.source import Source, source
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
TOLD = {"name": " Биллинг  и счета ", "kind": "json", "clients": "all", "height": "320", "is_active": "on"}


@pytest.fixture
def program(settings: Any) -> Iterator[Source]:
    answers.forget()
    with source() as server:
        settings.EGRESS_ALLOW = [server.place]
        yield server


def test_from_its_making_to_a_trial(office: Client, program: Source, ticket: Ticket, line_two: Team) -> None:
    told = {**TOLD, "url": program.at(), "tells": ["name"], "roles": ["agent"], "lines": [str(line_two.pk)]}
    page = office.post("/settings/panels/new/", told).content.decode()
    (secret,) = re.findall(r"data-secret>(otd_[\w-]+)<", page)
    made = Panel.objects.get()
    assert (made.name, made.tells, made.roles, made.lines) == ("Биллинг и счета", ["name"], ["agent"], [line_two.pk])
    where = f"/settings/panels/{made.pk}/"
    assert secret not in office.get(where).content.decode() and secret not in Panel.objects.get().secret

    tried = office.post(f"{where}test/", {"ticket": ticket.number}).content.decode()
    assert "Ответ как договорились" in tried and "Счёт не оплачен" in tried and "Otklik-Signature: v1=" in tried
    assert "&lt;script&gt;" in tried and "<script>alert" not in tried and secret not in tried
    assert is_genuine(secret, *program.got[0]) and ticket.contact.name in program.got[0][1].decode()
    assert "отвечала" in office.get("/settings/panels/").content.decode()

    program.answer = {"rows": [{"label": "x", "value": "y", "kind": "money"}]}
    wrong = office.post(f"{where}test/", {"ticket": ticket.number}).content.decode()
    assert "rows[0].currency: нужны три заглавные латинские буквы" in wrong and "Что пришло: 200" in wrong
    missing = office.post(f"{where}test/", {"ticket": "999999"})
    assert missing.status_code == 422 and "Такого обращения нет." in missing.content.decode()

    renewed = office.post(f"{where}secret/").content.decode()
    assert re.findall(r"data-secret>(otd_[\w-]+)<", renewed) != [secret]
    assert Line.objects.filter(about="automation.Panel", kind="row.update").exists()
    office.post(f"{where}remove/")
    assert not Panel.objects.exists() and Line.objects.filter(about="automation.Panel", kind="row.delete").exists()


def test_what_the_product_notes_of_a_program_is_no_change_of_settings(
    office: Client, program: Source, ticket: Ticket
) -> None:
    office.post("/settings/panels/new/", {**TOLD, "url": program.at("failing")})
    before = Line.objects.filter(about="automation.Panel").count()
    office.post(f"/settings/panels/{Panel.objects.get().pk}/test/", {"ticket": ticket.number})
    assert Line.objects.filter(about="automation.Panel").count() == before


@pytest.mark.parametrize(
    "wrong",
    [
        *({"url": url} for url in ("http://billing.example/", "https://x:y@billing.example/", "billing", "")),
        *({"height": height} for height in ("", "10", "5000")),
        {"name": " "},
        {"kind": "html"},
        {"roles": ["king"]},
        {"lines": ["10000"]},
        {"tells": ["phone"]},
    ],
)
def test_what_is_wrong_is_not_kept(office: Client, wrong: dict[str, Any]) -> None:
    told = {**TOLD, "url": "https://billing.example/", **wrong}
    assert office.post("/settings/panels/new/", told).status_code == 422 and not Panel.objects.exists()


def test_a_page_is_tried_by_its_address(office: Client, ticket: Ticket) -> None:
    office.post("/settings/panels/new/", {**TOLD, "kind": "frame", "url": "https://crm.example/card"})
    page = office.post(f"/settings/panels/{Panel.objects.get().pk}/test/", {"ticket": ticket.number}).content.decode()
    assert "Этот адрес действует пять минут." in page and "otklik_signature: v1=" in page


def test_saving_ends_a_rest(office: Client) -> None:
    made = Panel(name="П", url="https://a.example/", failures=7, failing_since=clock.now(), rest_until=clock.now())
    made.renew_secret()
    office.post(f"/settings/panels/{made.pk}/", {**TOLD, "url": "https://b.example/"})
    made.refresh_from_db()
    assert (made.url, made.failures, made.failing_since, made.rest_until) == ("https://b.example/", 0, None, None)


def test_leads_read_without_the_path_and_change_nothing(boris: User, anna: User) -> None:
    made = Panel(name="Биллинг", url="https://billing.example/ключ-в-пути")
    made.renew_secret()
    reader, agent = Client(), Client()
    reader.force_login(boris)
    agent.force_login(anna)
    for path in ("panels/", f"panels/{made.pk}/"):
        page = reader.get(f"/settings/{path}")
        assert page.status_code == 200 and "ключ-в-пути" not in page.content.decode()
        assert agent.get(f"/settings/{path}").status_code == 404
    for path in ("", "secret/", "test/", "remove/"):
        assert reader.post(f"/settings/panels/{made.pk}/{path}", {**TOLD, "ticket": "1"}).status_code == 404


def test_why_it_fails_is_told_in_the_language_of_the_administrator(
    office: Client, program: Source, ticket: Ticket, admin: User
) -> None:
    office.post("/settings/panels/new/", {**TOLD, "url": program.at(), "on_organisations": "on"})
    made = Panel.objects.get()
    assert made.on_organisations
    program.answer = {"rows": [{"label": "x", "value": "y", "kind": "money"}]}
    with translation.override("en"), pytest.raises(asking.Failed):
        asking.ask(made, Beside.at(ticket.contact, ticket))
    assert "rows[0].currency: нужны три заглавные латинские буквы" in office.get("/settings/panels/").content.decode()
    User.objects.filter(pk=admin.pk).update(language="en")
    assert "rows[0].currency: three capital letters" in office.get("/settings/panels/").content.decode()
