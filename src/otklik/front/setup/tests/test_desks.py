"""The screens of a move from another desk: choose, hand over, look, check, bring in; for administrators."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.preparing import prepared
from otklik.desk.imports.tasks import take_over
from otklik.desk.tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

TICKETS = {
    "tickets": [
        {"id": 1, "subject": "Нет звука", "status": "open", "requester_id": 5, "description": "Не слышно",
         "created_at": "2024-03-01T10:00:00Z"},
        {"id": 2, "subject": "Когда?", "status": "new", "requester_id": 5, "created_at": "вчера"},
    ]
}  # fmt: skip
USERS = {"users": [{"id": 5, "name": "Павел", "email": "pavel@don.example", "role": "end-user"}]}


@pytest.fixture
def gleb(client: Browser, admin: User, door: Channel) -> Browser:
    client.force_login(admin)
    return client


def sent(browser: Browser, door: Channel, system: str = "zendesk", **more: Any) -> Any:
    files = [
        SimpleUploadedFile(name, json.dumps(content).encode())
        for name, content in (("tickets.json", TICKETS), ("users.json", USERS))
    ]
    return browser.post(f"/settings/imports/from/{system}/", {"export": files, "channel": door.pk, **more})


def test_an_export_is_handed_over_looked_at_checked_and_brought_in(gleb: Browser, door: Channel, admin: User) -> None:
    assert "zendesk" in gleb.get("/settings/imports/").content.decode()
    assert "Admin Center" in gleb.get("/settings/imports/from/zendesk/").content.decode()
    answer = sent(gleb, door)
    of = Takeover.objects.get()
    address = f"/settings/imports/desks/{of.pk}/"
    assert (answer["Location"], of.by, of.state) == (address, admin, "reading")
    assert "hx-trigger" in gleb.get(f"{address}progress/").content.decode()

    take_over(of.pk)

    assert gleb.get(f"{address}progress/").headers["HX-Refresh"] == "true"
    page = gleb.get(address).content.decode()
    assert "pavel@don.example" in page and "Не слышно" in page and 'value="run"' in page
    gleb.post(address, {"do": "check"})
    take_over(of.pk)
    of.refresh_from_db()
    assert of.state == "checked" and not Ticket.objects.exists()
    gleb.post(address, {"do": "run"})
    take_over(of.pk)
    of.refresh_from_db()
    assert of.state == "done" and Ticket.objects.get().contact.name == "Павел"
    page = gleb.get(address).content.decode()
    assert "не дата" in page or "вчера" in page
    part = of.parts.get(kind="tickets")
    table = b"".join(gleb.get(f"/settings/imports/{part.pk}/problems/").streaming_content)  # type: ignore[attr-defined]
    assert "вчера" in table.decode() and "__trouble" not in table.decode()
    assert gleb.get(f"/settings/imports/{part.pk}/")["Location"] == address
    assert "tickets.ndjson" not in gleb.get("/settings/imports/").content.decode()


def test_a_zammad_is_named_by_its_address(gleb: Browser, door: Channel) -> None:
    said = {"address": "https://help.example.com", "token": "secret", "channel": door.pk}
    assert gleb.post("/settings/imports/from/zammad/", said).status_code == 302
    of = Takeover.objects.get()
    assert of.address == "https://help.example.com" and "secret" not in of.token
    for wrong in ({"address": "http://help.example.com"}, {"token": ""}, {"address": "", "token": ""}):
        assert gleb.post("/settings/imports/from/zammad/", said | wrong).status_code == 422, wrong
    assert "secret" not in gleb.get(f"/settings/imports/desks/{of.pk}/").content.decode()


def test_it_is_stopped(gleb: Browser, door: Channel) -> None:
    sent(gleb, door)
    of = Takeover.objects.get()
    gleb.post(f"/settings/imports/desks/{of.pk}/", {"do": "stop"})
    take_over(of.pk)
    of.refresh_from_db()
    assert of.state == "stopped" and not of.is_read
    assert "Прочитать ещё раз" in gleb.get(f"/settings/imports/desks/{of.pk}/").content.decode()


def test_what_is_no_export_is_told(gleb: Browser, door: Channel) -> None:
    assert gleb.post("/settings/imports/from/zendesk/", {"channel": door.pk}).status_code == 422
    gleb.post(
        "/settings/imports/from/zendesk/",
        {"export": [SimpleUploadedFile("x.json", b"nonsense\n1\n")], "channel": door.pk},
    )
    of = Takeover.objects.get()
    take_over(of.pk)
    assert "Zendesk" in gleb.get(f"/settings/imports/desks/{of.pk}/").content.decode()
    of.refresh_from_db()
    assert of.state == "failed" and gleb.get("/settings/imports/from/jira/").status_code == 404


def test_only_administrators_move_a_desk(gleb: Browser, door: Channel, client: Browser, boris: User) -> None:
    sent(gleb, door)
    of = Takeover.objects.get()
    client.force_login(boris)
    for address in (f"desks/{of.pk}/", f"desks/{of.pk}/progress/", "from/zendesk/"):
        assert client.get(f"/settings/imports/{address}").status_code == 404
        assert client.post(f"/settings/imports/{address}").status_code == 404


def test_a_file_is_read_once_however_often_its_page_is_looked_at(
    gleb: Browser, door: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SimpleUploadedFile("x.csv", "Клиент;Почта\nАнна;anna@don.example\n".encode())
    of = prepared("contacts", file, "x.csv", "crm")

    def never(path: Path) -> None:
        raise AssertionError(path)

    monkeypatch.setattr("otklik.desk.imports.preparing.opened", never)
    for _look in range(2):
        assert "anna@don.example" in gleb.get(f"/settings/imports/{of.pk}/").content.decode()


def test_problems_of_a_file_that_broke_are_still_told(gleb: Browser) -> None:
    file = SimpleUploadedFile("x.csv", "Клиент;Почта\nАнна;anna@\n".encode())
    of = prepared("contacts", file, "x.csv", "crm")
    of.problems.create(line=2, column="Почта", words="не адрес", cells={"Клиент": "Анна", "Почта": "anna@"})
    Import.objects.filter(pk=of.pk).update(looked={})
    of.path.write_bytes(b"")

    answer = gleb.get(f"/settings/imports/{of.pk}/problems/")

    assert "2,Почта,не адрес,anna@,Анна" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
