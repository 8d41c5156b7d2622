"""The screens of an import: choose, match, look, run, correct; for administrators."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.imports import running
from otklik.desk.imports.models import Import
from otklik.desk.imports.tasks import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

PEOPLE = "Клиент;Почта;Лишнее\nАнна;anna@don.example;1\nБорис;boris@;2\n"


@pytest.fixture
def gleb(client: Browser, admin: User) -> Browser:
    client.force_login(admin)
    return client


def sent(browser: Browser, content: str = PEOPLE, kind: str = "contacts", name: str = "люди.csv") -> int:
    said = {"kind": kind, "source": "crm", "file": SimpleUploadedFile(name, content.encode())}
    return browser.post("/settings/imports/", said).status_code


def test_a_file_is_matched_looked_at_checked_and_brought_in(gleb: Browser, admin: User) -> None:
    assert sent(gleb) == 302
    of = Import.objects.get()
    assert (of.by, of.mapping) == (admin, {"Клиент": "name", "Почта": "email"})
    address = f"/settings/imports/{of.pk}/"
    page = gleb.get(address).content.decode()
    assert "anna@don.example" in page and "не адрес почты" in page and 'value="check"' in page
    columns = {"c0": "name", "c1": "email", "c2": "external_id"}
    assert gleb.post(address, {**columns, "do": "check"}).status_code == 302
    of.refresh_from_db()
    assert of.is_going and of.mapping["Лишнее"] == "external_id"
    assert "hx-trigger" in gleb.get(f"{address}progress/").content.decode()
    work(of.pk)
    of.refresh_from_db()
    assert of.state == "checked" and of.told["new"] == 1 and not Contact.objects.exists()
    assert gleb.get(f"{address}progress/").headers["HX-Refresh"] == "true"
    gleb.post(address, {**columns, "do": "run"})
    work(of.pk)
    of.refresh_from_db()
    assert of.state == "done" and Contact.objects.get().name == "Анна"
    content = b"".join(gleb.get(f"{address}problems/").streaming_content)  # type: ignore[attr-defined]
    assert "Борис;boris@" not in content.decode() and "Борис,boris@,2" in content.decode()
    assert "люди.csv" in gleb.get("/settings/imports/").content.decode()


def test_INJECT_1_problems_repeat_the_file_and_run_nothing_of_it(gleb: Browser) -> None:
    """The cells and the very names of its columns are those of a file that somebody else made."""
    sent(gleb, "email;=cmd|' /C calc'!A0\nboris@;=1+1\nvera@;＝1+1\ngalya@;+7 900 123-45-67\n")
    of = Import.objects.get()
    gleb.post(f"/settings/imports/{of.pk}/", {"c0": "email", "do": "run"})
    work(of.pk)
    content = b"".join(gleb.get(f"/settings/imports/{of.pk}/problems/").streaming_content)  # type: ignore[attr-defined]
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header[-1] == "'=cmd|' /C calc'!A0"
    assert [row[-1] for row in rows] == ["'=1+1", "'＝1+1", "+7 900 123-45-67"]


def test_it_is_stopped_and_goes_on(gleb: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.desk.imports.running.BATCH", 1)
    sent(gleb, "email\na@x.example\nb@x.example\nc@x.example\n")
    of = Import.objects.get()
    address = f"/settings/imports/{of.pk}/"
    gleb.post(address, {"c0": "email", "do": "run"})
    of.refresh_from_db()
    running.run(of, lambda one: Import.objects.get(pk=one.pk).stop() if one.position == 2 else None)
    of.refresh_from_db()
    assert (of.state, of.position, Contact.objects.count()) == ("stopped", 2, 2)
    gleb.post(address, {"c0": "email", "do": "run"})
    work(of.pk)
    of.refresh_from_db()
    assert (of.state, of.told["new"], Contact.objects.count()) == ("done", 3, 3)


def test_what_is_no_table_is_said(gleb: Browser) -> None:
    assert sent(gleb, "") == 422 and sent(gleb, "[1]") == 422
    assert sent(gleb, "number\n1\n", kind="tickets") == 422  # no mailbox
    assert not Import.objects.exists()


def test_requests_need_a_mailbox(gleb: Browser, door: Channel) -> None:
    assert sent(gleb, "number\n1\n", kind="tickets") == 302 and Import.objects.get().channel == door


def test_leads_see_that_files_came_agents_nothing(
    gleb: Browser, client: Browser, boris: User, anna: User, admin: User
) -> None:
    sent(gleb)
    of = Import.objects.get()
    client.force_login(boris)
    page = client.get("/settings/imports/").content.decode()
    assert "люди.csv" in page and 'type="file"' not in page
    assert sent(client) == 404
    for address in ("", "progress/", "problems/"):
        assert client.get(f"/settings/imports/{of.pk}/{address}").status_code == 404
    client.force_login(anna)
    assert client.get("/settings/imports/").status_code == 404


def test_the_first_rows_show_moments_as_the_file_writes_them(gleb: Browser) -> None:
    assert sent(gleb, "Дата;Оценка;Шкала\n2026-05-14;5;1-5\n", kind="outside", name="опрос.csv") == 302

    page = gleb.get(f"/settings/imports/{Import.objects.get().pk}/").content.decode()
    assert "2026-05-14 00:00" in page, "not the evening before, by the clock of Greenwich"
