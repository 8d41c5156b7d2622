"""Files that were chosen for a letter and never sent: swept when they are old, and only then."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.conversations.tasks import forget_uploads
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.UPLOAD_DAYS = 10


def upload(ticket: Ticket, by: User, days: int) -> Attachment:
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), by)
    Attachment.objects.filter(pk=file.pk).update(created_at=clock.now() - timedelta(days=days))
    return file


def left() -> list[int]:
    return list(Attachment.objects.values_list("pk", flat=True))


def test_what_is_old_and_nowhere_is_gone_with_its_file(
    ticket: Ticket, anna: User, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = upload(ticket, anna, 11), upload(ticket, anna, 9)

    with django_capture_on_commit_callbacks(execute=True):
        forget_uploads(0)

    assert left() == [young.pk]
    assert not Path(old.file.path).exists() and Path(young.file.path).exists()


def test_what_was_sent_stays(ticket: Ticket, anna: User) -> None:
    sent = upload(ticket, anna, 11)
    ticket.reply("Готово", by=anna, then=Resolve(), files=[sent])

    assert Attachment.objects.forget_abandoned() == 0 and left() == [sent.pk]


def test_what_stands_in_a_draft_stays_beside_it_and_in_it(ticket: Ticket, anna: User) -> None:
    beside, inside, nowhere = (upload(ticket, anna, 11) for _ in range(3))
    text = f"Смотрите ![a](cid:{inside.key})"
    Draft.objects.keep(ticket.conversation, anna, "reply", text, {"files": [str(beside.key)]})

    assert Attachment.objects.forget_abandoned() == 1
    assert left() == [beside.pk, inside.pk] and nowhere.pk not in left()


def test_a_file_that_cannot_be_removed_does_not_take_its_row_along(
    ticket: Ticket, anna: User, django_capture_on_commit_callbacks: Any
) -> None:
    """The row goes first and the file after the commit: a page never names a file that is not there."""
    upload(ticket, anna, 11)

    with django_capture_on_commit_callbacks() as after:
        Attachment.objects.forget_abandoned()

    assert left() == [] and len(after) == 1
