"""A file of clients from choosing it to the second time it comes; and a whole desk that moves in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.imports import running
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.tickets.models import Ticket
from tests.fixtures.live import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]

type Desk = Callable[..., Any]
FILE = """Кто;Куда писать;Ключ;Лишнее
Анна Донская;anna@don.example;c-1;1
Борис;boris@;c-2;2
Вера;vera@don.example;c-3;3
"""
TICKETS = {
    "tickets": [
        {"id": 1, "subject": "Нет звука", "status": "open", "requester_id": 5, "description": "Ничего не слышно",
         "created_at": "2024-03-01T10:00:00Z"},
        {"id": 2, "subject": "Когда?", "status": "new", "requester_id": 5, "created_at": "вчера"},
    ]
}  # fmt: skip
USERS = {"users": [{"id": 5, "name": "Степан Разин", "email": "stepan@don.example", "role": "end-user"}]}


def hand_over(page: Any, content: str) -> None:
    page.goto("/settings/imports/")
    page.get_by_label("Что в нём").select_option("contacts")
    page.get_by_label("Файл", exact=True).set_input_files(
        {"name": "люди.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_label("Из какой системы").fill("crm")
    page.get_by_role("button", name="Посмотреть").click()
    expect(page.get_by_role("heading", name="люди.csv")).to_be_visible()


def map_columns(page: Any) -> None:
    for column, field in (("Кто", "name"), ("Куда писать", "email"), ("Ключ", "external_id")):
        page.get_by_label(column, exact=True).select_option(field)


def test_a_file_is_mapped_previewed_checked_brought_in_and_comes_again(
    at_desk: Desk, admin: User, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 1)
    page = at_desk(admin)
    hand_over(page, FILE)
    map_columns(page)
    page.get_by_role("button", name="Показать строки").click()
    rows = page.locator("table").last
    expect(rows).to_contain_text("anna@don.example")
    expect(rows.locator(".c-breach")).to_have_count(1)
    expect(rows.locator(".c-breach")).to_contain_text("boris@")
    expect(page.get_by_label("Лишнее", exact=True)).to_have_value("")

    page.get_by_role("button", name="Проверить все строки").click()
    standing = page.locator("#standing")
    expect(standing).to_contain_text("проверяется")
    run_jobs()
    expect(standing).to_contain_text("просмотрен")
    expect(standing).to_contain_text("новых 2")
    assert not Contact.objects.exists(), "a look changes nothing"
    expect(page.get_by_label("Куда писать", exact=True)).to_have_value("email")

    page.get_by_role("button", name="Загрузить", exact=True).click()
    expect(standing).to_contain_text("идёт")
    expect(page.get_by_label("Кто", exact=True)).to_be_disabled()

    def looks(one: Import) -> None:
        if one.position == 2:  # in the midst of it the page tells how far it is, by itself
            expect(standing).to_contain_text("2 строки")

    running.run(Import.objects.get(), looks)
    expect(standing).to_contain_text("загружен")
    problems = page.locator("table").filter(has_text="Что не так")
    expect(problems.locator("tbody tr")).to_have_count(1)
    expect(problems.locator("tbody tr")).to_contain_text("3")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Все ошибки в CSV, вместе со строками").click()
    assert "Борис,boris@,c-2,2" in Path(taken.value.path()).read_text("utf-8-sig")
    assert set(Contact.objects.values_list("name", flat=True)) == {"Анна Донская", "Вера"}

    hand_over(page, FILE.replace("Анна Донская", "Анна Волжская").replace("boris@", "boris@don.example"))
    map_columns(page)
    page.get_by_role("button", name="Загрузить", exact=True).click()
    expect(standing).to_contain_text("идёт")
    run_jobs()
    expect(standing).to_contain_text("загружен")
    expect(standing).to_contain_text("новых 1, изменено 1, без изменений 1")
    assert set(Contact.objects.values_list("name", flat=True)) == {"Анна Волжская", "Борис", "Вера"}


def test_what_is_no_table_is_said_beside_the_file(at_desk: Desk, admin: User) -> None:
    page = at_desk(admin)
    page.goto("/settings/imports/")
    page.get_by_label("Файл", exact=True).set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b""})
    page.get_by_role("button", name="Посмотреть").click()
    expect(page.locator("[name=file][aria-invalid=true]")).to_be_visible()
    assert not Import.objects.exists()


def test_another_desk_moves_in(at_desk: Desk, admin: User, door: Channel, run_jobs: Callable[[], None]) -> None:
    page = at_desk(admin)
    page.goto("/settings/imports/")
    page.get_by_role("link", name="Zendesk").click()
    files = [("tickets.json", TICKETS), ("users.json", USERS)]
    page.get_by_label("Файлы выгрузки").set_input_files(
        [{"name": name, "mimeType": "application/json", "buffer": json.dumps(told).encode()} for name, told in files]
    )
    page.get_by_role("button", name="Прочитать").click()
    standing = page.locator("#standing")
    expect(standing).to_contain_text("читается")
    run_jobs()
    expect(standing).to_contain_text("прочитано, ещё не загружено")
    expect(page.get_by_text("stepan@don.example")).to_be_visible()
    expect(page.get_by_text("Ничего не слышно")).to_be_visible()

    page.get_by_role("button", name="Проверить все строки").click()
    expect(standing).to_contain_text("проверяется")
    run_jobs()
    expect(standing).to_contain_text("просмотрен")
    assert not Ticket.objects.exists()

    page.get_by_role("button", name="Загрузить", exact=True).click()
    expect(standing).to_contain_text("идёт")
    run_jobs()
    expect(standing).to_contain_text("загружен")
    expect(standing).to_contain_text("вчера")  # what is wrong is named with the identifier that it has there
    moved = Ticket.objects.get()
    assert (moved.subject, moved.contact_name) == ("Нет звука", "Степан Разин")
    assert not Outbound.objects.exists(), "nobody is written to"
    page.goto(f"/tickets/{moved.number}/")
    expect(page.locator("#timeline")).to_contain_text("Ничего не слышно")
    wait_until(lambda: Takeover.objects.get().state == "done")
