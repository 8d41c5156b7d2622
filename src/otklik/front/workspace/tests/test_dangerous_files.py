"""FILE-1 to FILE-4: whatever is attached, our address never runs it and nobody gets what is not theirs."""

import io
import re
import threading
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.conversations import pages
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.conversations.tests.papers import paper
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.test_files import PNG, keep

pytestmark = pytest.mark.django_db

HTML = b"<script>window.owned=1</script>"
TYPES = {
    "page.html": "text/html",
    "page.xhtml": "application/xhtml+xml",
    "drawing.svg": "image/svg+xml",
    "data.xml": "text/xml",
    "page.mht": "multipart/related",
    "letter.eml": "message/rfc822",
    "script.js": "text/javascript",
    "paper.pdf": "application/pdf",
    "flash.swf": "application/x-shockwave-flash",
    "picture.png": "image/png",  # what only says to be one
    "picture.bmp": "image/bmp",
    "no type": "",
    "two\r\nX-Injected: 1": "text/html\r\nX-Injected: 1",
}


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letter(ticket: Ticket) -> Message:
    return ticket.conversation.messages.get(direction="in")


@pytest.mark.parametrize("name", TYPES)
def test_FILE_1_everything_but_real_pictures_is_only_saved(
    annas: Browser, client: Browser, ticket: Ticket, letter: Message, name: str
) -> None:
    file = keep(letter, name, TYPES[name], HTML)
    for answer in (annas.get(f"/files/{file.key}/"), Browser().get(f"/request/{sign(ticket)}/files/{file.key}/")):
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert "X-Injected" not in answer.headers
        assert not set("\r\n") & set("".join(answer.headers.values()))


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("invoice\u202efdp.exe", "invoice_fdp.exe"),
        ("two\r\nX-Injected: 1.txt", "two__X-Injected_ 1.txt"),
        ("C:\\temp\\a.txt", "C__temp_a.txt"),
        ("я" * 300 + ".pdf", "я" * 251 + ".pdf"),
        ("Счёт № 118.pdf", "Счёт № 118.pdf"),
        (" ... ", "file"),
        ("", "file"),
    ],
)
def test_FILE_1_names_are_safe_to_show_and_to_save(writes: Any, told: str, kept: str) -> None:
    ticket = writes("файл", files=[(told, "x")])

    assert ticket.conversation.attachments.get().name == kept


def bare(answer: Any) -> str:
    """An answer without what is new in each: the clock and the number used once."""
    assert answer.status_code == 404
    return re.sub(r'(data-now=|nonce=|"X-CSRFToken": )"[^"]*"', "", answer.content.decode())


def test_FILE_2_missing_foreign_and_altered_look_the_same(
    annas: Browser, sits_at: Any, vera: User, ticket: Ticket, letter: Message, writes: Any
) -> None:
    file = keep(letter, "a.txt", "text/plain", b"x")
    other = writes("чужое", sender="olga@else.test", files=[("тайна.txt", "секрет")])
    theirs = other.conversation.attachments.get()
    page = f"/request/{sign(ticket)}/files/"
    tries = [
        (sits_at(vera), f"/files/{file.key}/"),
        (sits_at(vera), f"/files/{file.key}/preview/"),
        (annas, f"/files/{uuid.uuid4()}/"),
        (annas, f"/files/{uuid.uuid4()}/preview/1/"),
    ]
    missing = annas.get(f"/files/{uuid.uuid4()}/")
    for browser, address in tries:
        answer = browser.get(address)
        assert answer.status_code == 404 and len(answer.content) == pytest.approx(len(missing.content), abs=400)
    outside = Browser()
    altered = (f"/request/{sign(ticket)}x/files/", "/request/x/files/")
    for folder, key in ((page, theirs.key), *((folder, file.key) for folder in altered)):
        assert bare(outside.get(f"{folder}{key}/")) == bare(outside.get(f"{folder}{uuid.uuid4()}/"))
    assert outside.get(f"/files/{file.key}/").status_code == 302  # to the door, whether the file exists or not
    assert outside.get(f"/files/{uuid.uuid4()}/").status_code == 302


def bomb() -> bytes:
    """A few kilobytes that would become a gigabyte, beside a path out of the folder."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../../tmp/otklik-escaped", "x")
        archive.writestr("zeros", bytes(20_000_000))
    return stream.getvalue()


def test_FILE_2_a_file_that_is_gone_is_missing_for_the_client_as_well(ticket: Ticket, letter: Message) -> None:
    file = keep(letter, "a.txt", "text/plain", b"x")
    Path(file.file.path).unlink()

    assert Browser().get(f"/request/{sign(ticket)}/files/{file.key}/").status_code == 404


def test_FILE_3_an_archive_stays_as_it_came(annas: Browser, ticket: Ticket, letter: Message, tmp_path: Path) -> None:
    content = bomb()
    file = keep(letter, "архив.zip", "application/zip", content)

    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert "архив.zip" in page and f"{file.key}/preview" not in page
    assert annas.get(f"/files/{file.key}/").getvalue() == content
    assert annas.get(f"/files/{file.key}/preview/1/").status_code == 404
    assert [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()] == [len(content)]
    assert not Path("/tmp/otklik-escaped").exists()


def test_FILE_3_the_pages_of_a_pdf_are_pictures(annas: Browser, ticket: Ticket, letter: Message) -> None:
    file = keep(letter, "счёт.pdf", "application/pdf", paper(pages=3))

    assert f"/files/{file.key}/preview/" in annas.get(f"/tickets/{ticket.number}/").content.decode()
    page = annas.get(f"/files/{file.key}/preview/").content.decode()
    assert page.count("<img src=") >= 3 and f"/files/{file.key}/preview/3/" in page
    picture = annas.get(f"/files/{file.key}/preview/3/")
    assert picture["Content-Type"] == "image/png" and picture.content.startswith(b"\x89PNG")
    assert picture["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert annas.get(f"/files/{file.key}/preview/4/").status_code == 404


def test_FILE_3_a_broken_pdf_is_said_to_be_one(annas: Browser, letter: Message) -> None:
    file = keep(letter, "счёт.pdf", "application/pdf", b"%PDF-1.7 nothing")
    answer = annas.get(f"/files/{file.key}/preview/")

    assert answer.status_code == 200 and b"/preview/1/" not in answer.content


def test_while_others_draw_everything_that_is_drawn_is_to_come_soon(
    annas: Browser, letter: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_inside", threading.BoundedSemaphore(1))
    pdf = keep(letter, "счёт.pdf", "application/pdf", paper(pages=2))
    picture = keep(letter, "план.png", "image/png", PNG)
    with pages.a_place():
        answers = [
            annas.get(f"/files/{pdf.key}/preview/"),
            annas.get(f"/files/{pdf.key}/preview/1/"),
            annas.get(f"/files/{picture.key}/"),
        ]
    assert [(one.status_code, one.get("Retry-After")) for one in answers] == [(503, "1")] * 3


def test_FILE_4_keys_of_others_neither_attach_nor_delete(
    annas: Browser, anna: User, ilya: User, ticket: Ticket, letter: Message, writes: Any, paper: Any
) -> None:
    other = writes("чужое", sender="olga@else.test", files=[("тайна.txt", "секрет")])
    upload = Attachment.objects.upload
    theirs = other.conversation.attachments.get()
    elsewhere = upload(other.conversation, SimpleUploadedFile("моё в другом.txt", b"x"), anna)
    colleagues = upload(ticket.conversation, SimpleUploadedFile("коллеги.txt", b"x"), ilya)
    clients = keep(letter, "клиента.txt", "text/plain", b"x")
    foreign = [theirs, elsewhere, colleagues, clients]
    for file in foreign:
        assert annas.post(f"/tickets/{ticket.number}/files/{file.key}/remove/").status_code == 204
    answer = annas.post(
        f"/tickets/{ticket.number}/reply/",
        {"text": "Ответ", "then": "resolve", "summary": "Готово", "files": [str(file.key) for file in foreign]},
    )

    assert answer.status_code < 500
    assert Attachment.objects.filter(pk__in=[file.pk for file in foreign]).count() == 4
    before = {theirs.pk: theirs.message_id, elsewhere.pk: None, colleagues.pk: None, clients.pk: letter.pk}
    assert dict(Attachment.objects.filter(pk__in=before).values_list("pk", "message_id")) == before
    assert all(Path(file.file.path).exists() for file in foreign)


@pytest.fixture
def infected(letter: Message) -> Attachment:
    file = keep(letter, "вирус.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(40), content_id="v@x")
    Attachment.objects.filter(pk=file.pk).update(verdict="infected", threat="Eicar-Signature")
    return file


def test_an_infected_file_is_given_to_an_agent_only_after_a_warning(
    annas: Browser, ticket: Ticket, letter: Message, infected: Attachment
) -> None:
    warning = annas.get(f"/files/{infected.key}/")
    given = annas.post(f"/files/{infected.key}/")

    assert b"Eicar-Signature" in warning.content and b"PNG" not in warning.content
    assert given["Content-Disposition"].startswith("attachment;") and given.getvalue().startswith(b"\x89PNG")
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert f'<img src="/files/{infected.key}/"' not in page and "вирус.png" in page


def test_an_infected_picture_is_not_shown_in_its_letter(annas: Browser, letter: Message, infected: Attachment) -> None:
    Message.objects.filter(pk=letter.pk).update(html='<img src="cid:v@x">')
    shown = annas.get(f"/messages/{letter.pk}/body/").content.decode()
    address = shown.partition('<img src="http://testserver')[2].partition('"')[0]

    assert Browser().get(address).status_code == 404


def test_a_client_gets_neither_what_is_infected_nor_what_is_not_yet_found_clean(
    client: Browser, ticket: Ticket, letter: Message, infected: Attachment, settings: Any
) -> None:
    page = f"/request/{sign(ticket)}/"
    file = keep(letter, "лог.txt", "text/plain", b"log")
    assert client.get(f"{page}files/{infected.key}/").status_code == 404
    assert client.get(f"{page}files/{file.key}/").status_code == 200

    settings.CLAMAV = "127.0.0.1:1"
    for verdict, status in (("", 404), ("unknown", 404), ("clean", 200)):
        Attachment.objects.filter(pk=file.pk).update(verdict=verdict)
        assert client.get(f"{page}files/{file.key}/").status_code == status
        assert (f"/files/{file.key}/" in client.get(page).content.decode()) == (status == 200)
