"""What clients change in Telegram after they wrote it: versions, and what a change sets going."""

from datetime import timedelta

import pytest

from otklik.adapters.telegram.tests.conftest import Hear, only_ticket, texts
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import edits, says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db


def test_a_changed_message_is_a_new_version_and_the_old_one_stays(hear: Hear) -> None:
    hear(says("Счёт 12", number=31))
    hear(edits("Счёт 21", 31))

    said = Message.objects.filter(direction="in")
    assert [one.text for one in said] == ["Счёт 12", "Счёт 21"]
    assert said[1].remarks and said[1].conversation == said[0].conversation and said[1].sent_at


def test_a_change_that_changes_no_word_is_put_aside(hear: Hear) -> None:
    hear(says("https://otklik.test", number=32))
    assert hear(edits("https://otklik.test", 32)).outcome == "unchanged"

    assert Message.objects.filter(direction="in").count() == 1


def test_a_mended_letter_reopens_nothing_and_another_sense_does(hear: Hear, anna: User) -> None:
    hear(says("Не прихдят письма", number=36))
    ticket = only_ticket()
    ticket.reply("Сделано", by=anna, then=Resolve())
    hear(edits("Не приходят письма", 36))
    ticket.refresh_from_db()
    assert not ticket.is_open and ticket.message_count == 3
    assert texts(ticket) == ["Не прихдят письма", "Не приходят письма"]

    with clock.at(clock.now() + timedelta(days=60)):
        hear(edits("Не приходят письма.", 36))
    assert Ticket.objects.count() == 1
    hear(edits("Всё ещё не приходят письма", 36))
    ticket.refresh_from_db()
    assert ticket.is_open


@pytest.mark.parametrize("caption", ["Вот экран", ""])
def test_another_picture_in_a_changed_message_is_kept_beside_the_first(hear: Hear, api: BotApi, caption: str) -> None:
    api.files |= {"a": b"first", "b": b"second"}
    words = {"caption": caption} if caption else {}
    hear(says(number=34, photo=[{"file_id": "a", "file_unique_id": "ua", "width": 9, "height": 9}], **words))
    hear(edits("", 34, photo=[{"file_id": "b", "file_unique_id": "ub", "width": 9, "height": 9}], **words))
    same = [{"file_id": "c", "file_unique_id": "ub", "width": 9, "height": 9}]
    assert hear(edits("", 34, photo=same, **words)).outcome == "unchanged"

    assert sorted(one.file.read() for one in Attachment.objects.all()) == [b"first", b"second"]
    assert "Файл теперь другой" in Message.objects.filter(direction="in").latest("pk").remarks[1]


def test_a_corrected_caption_does_not_fetch_the_picture_again(hear: Hear, api: BotApi) -> None:
    api.files["a"] = b"first"
    photo = [{"file_id": "a", "file_unique_id": "ua", "width": 9, "height": 9}]
    hear(says(number=35, photo=photo, caption="Экран"))
    hear(edits("", 35, photo=photo, caption="Мой экран"))

    assert len(api.sent("getFile")) == 1 and len(Message.objects.filter(direction="in").latest("pk").remarks) == 1


def test_a_change_that_comes_before_its_message_loses_nothing(hear: Hear) -> None:
    hear(edits("Второе слово", 33))
    hear(says("Первое слово", number=33))

    assert sorted(texts(only_ticket())) == ["Второе слово", "Первое слово"]
