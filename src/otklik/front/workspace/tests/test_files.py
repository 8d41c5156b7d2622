"""Files are saved, not run; pictures open; pictures of letters by an address that soon means nothing."""

import io
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client as Browser
from PIL import Image

from otklik.core.journal import clock
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def _photograph() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x10F] = "Camera of Pavel"
    Image.new("RGB", (4, 4), "teal").save(out, "PNG", exif=exif)
    return out.getvalue()


PNG = _photograph()


@pytest.fixture(autouse=True)
def files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def letter(ticket: Ticket) -> Message:
    return ticket.conversation.messages.get(direction="in")


def keep(letter: Message, name: str, media_type: str, content: bytes, content_id: str = "") -> Attachment:
    file = Attachment(
        conversation=letter.conversation,
        message=letter,
        name=name,
        media_type=media_type,
        content_id=content_id,
        size=len(content),
    )
    file.file.save(name, ContentFile(content), save=False)
    file.save()
    return file


def test_a_file_is_saved_under_its_own_name_and_never_run(annas: Browser, letter: Message) -> None:
    file = keep(letter, "журнал звонков.html", "text/html", b"<script>alert(1)</script>")
    answer = annas.get(f"/files/{file.key}/")

    assert answer["Content-Type"] == "application/octet-stream"
    assert (
        answer["Content-Disposition"].startswith("attachment;") and "filename*=utf-8''" in answer["Content-Disposition"]
    )
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert answer.getvalue() == b"<script>alert(1)</script>"


def test_a_real_picture_opens_in_place(annas: Browser, letter: Message) -> None:
    file = keep(letter, "экран.png", "image/png", PNG)
    answer = annas.get(f"/files/{file.key}/")

    assert answer["Content-Type"] == "image/png" and answer["Content-Disposition"].startswith("inline")
    content = answer.getvalue()
    assert b"Camera" not in content and Image.open(io.BytesIO(content)).size == (4, 4)


def test_FILE_3_the_original_of_a_picture_is_only_saved(annas: Browser, letter: Message) -> None:
    file = keep(letter, "экран.png", "image/png", PNG)
    answer = annas.get(f"/files/{file.key}/original/")

    assert answer["Content-Disposition"].startswith("attachment;") and answer.getvalue() == PNG
    assert (answer["Content-Type"], Browser().get(f"/files/{file.key}/original/").status_code) == (
        "application/octet-stream",
        302,
    )
    Attachment.objects.update(verdict="infected")
    assert annas.get(f"/files/{file.key}/original/").status_code == 404


def test_FILE_3_a_picture_that_cannot_be_drawn_is_a_file_to_save(annas: Browser, letter: Message) -> None:
    broken = keep(letter, "a.png", "image/png", PNG[:20], content_id="a@x")

    answer = annas.get(f"/files/{broken.key}/")

    assert answer["Content-Type"] == "application/octet-stream" and answer.getvalue() == PNG[:20]
    Message.objects.filter(pk=letter.pk).update(html='<img src="cid:a@x">')
    assert Browser().get(pictures_of(annas, letter)).status_code == 404


@pytest.mark.parametrize(
    ("media_type", "content"), [("image/png", b"<html>"), ("image/svg+xml", b"<svg/>"), ("image/webp", b"RIFF0000AVI ")]
)
def test_what_only_says_to_be_a_picture_is_saved(
    annas: Browser, letter: Message, media_type: str, content: bytes
) -> None:
    answer = annas.get(f"/files/{keep(letter, 'a.png', media_type, content).key}/")

    assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_that_is_gone_from_the_disk_is_missing(annas: Browser, letter: Message) -> None:
    file = keep(letter, "a.txt", "text/plain", b"x")
    Path(file.file.path).unlink()

    assert annas.get(f"/files/{file.key}/").status_code == 404


def pictures_of(annas: Browser, letter: Message) -> str:
    """The address that a letter's frame is given for its picture."""
    page = annas.get(f"/messages/{letter.pk}/body/").content.decode()
    return page.partition('<img src="http://testserver')[2].partition('"')[0]


def test_a_letters_own_picture_is_seen_in_its_frame_without_a_session(annas: Browser, letter: Message) -> None:
    keep(letter, "logo.png", "image/png", PNG, content_id="logo@x")
    Message.objects.filter(pk=letter.pk).update(html='<p>Привет <img src="cid:logo@x"></p>')
    address = pictures_of(annas, letter)
    page = annas.get(f"/messages/{letter.pk}/body/")
    picture = Browser().get(address)

    assert (
        address.startswith("/files/letter/")
        and "img-src data: http://testserver/files/letter/;" in page["Content-Security-Policy"]
    )
    assert picture["Content-Type"] == "image/png" and picture["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_the_address_of_a_picture_is_good_for_minutes_and_for_it_alone(annas: Browser, letter: Message) -> None:
    keep(letter, "logo.png", "image/png", PNG, content_id="logo@x")
    other = keep(letter, "b.png", "image/png", PNG)
    paper = keep(letter, "c.txt", "text/plain", b"secret")
    Message.objects.filter(pk=letter.pk).update(html='<img src="cid:logo@x">')
    address = pictures_of(annas, letter)
    key, until, seal = address.removeprefix("/files/letter/").split(".")

    altered = [f"{other.key}.{until}.{seal}", f"{paper.key}.{until}.{seal}", f"{key}.{int(until) + 999}.{seal}",
               f"{key}.{until}.{'0' * 40}", key, f"{key}..", "x"]  # fmt: skip
    assert {Browser().get(f"/files/letter/{name}").status_code for name in altered} == {404}
    with time_machine.travel(int(until) + 1):
        assert Browser().get(address).status_code == 404


def test_a_letter_without_pictures_may_load_none(annas: Browser, letter: Message) -> None:
    Message.objects.filter(pk=letter.pk).update(html='<b>x</b><img src="https://tracker.test/p.gif">')
    page = annas.get(f"/messages/{letter.pk}/body/")

    assert "img-src data:;" in page["Content-Security-Policy"] and b"tracker" not in page.content
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_the_original_can_be_saved(annas: Browser, letter: Message) -> None:
    answer = annas.get(f"/messages/{letter.pk}/source/")

    assert answer["Content-Disposition"] == f'attachment; filename="message-{letter.pk}.eml"'
    assert "Не работает звонок" in answer.content.decode("unicode_escape", "replace") or answer.content
    assert answer["Content-Type"] == "application/octet-stream" and clock.now()
