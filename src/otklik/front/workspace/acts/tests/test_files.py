"""Files of a letter."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def test_an_upload_goes_out_with_the_reply(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], upload: Any
) -> None:
    key = upload(anna, ticket, "акт.txt").json()["id"]

    post(anna, ticket, "reply", **promise, files=[key])

    message = Message.objects.get(direction="out", automatic="")
    assert [file.name for file in message.attachments.all()] == ["акт.txt"]


def test_without_scripts_the_file_comes_with_the_form(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    post(anna, ticket, "reply", plain=True, **promise, upload=SimpleUploadedFile("акт.txt", b"x"))

    assert Message.objects.get(direction="out", automatic="").attachments.get().name == "акт.txt"


def test_too_large_a_file_is_refused_in_words(ticket: Ticket, anna: User, upload: Any, settings: Any) -> None:
    settings.UPLOAD_BYTES = 10

    answer = upload(anna, ticket, "акт.txt", b"more than ten bytes")

    assert answer.status_code == 422 and answer.json()["error"]
    assert not Attachment.objects.exists()


def test_files_that_are_too_large_together_stop_the_letter(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], upload: Any, settings: Any
) -> None:
    keys = [upload(anna, ticket, f"{n}.txt", b"12345678").json()["id"] for n in range(3)]
    settings.UPLOAD_BYTES = 20

    answer = post(anna, ticket, "reply", **promise, files=keys)

    assert answer.status_code == 422 and 'id="e-files"' in answer.content.decode()
    assert answer.content.decode().count('type="hidden" name="files"') == 3


def test_somebody_elses_upload_cannot_be_sent_or_removed(
    ticket: Ticket, anna: User, ilya: User, post: Post, promise: dict[str, Any], upload: Any
) -> None:
    key = upload(ilya, ticket, "чужое.txt").json()["id"]

    post(anna, ticket, f"files/{key}/remove")
    post(anna, ticket, "reply", **promise, files=[key, "not-a-key"])

    assert Attachment.objects.get().message is None
