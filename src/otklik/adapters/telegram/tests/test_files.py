"""Files of Telegram: fetched before their message is read, whatever becomes of them."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.adapters.telegram import fetching
from otklik.adapters.telegram.limits import MOST_DOWN
from otklik.adapters.telegram.models import Bot, Fetched
from otklik.adapters.telegram.taking import FETCH, WAITS_FOR_FILE, take
from otklik.adapters.telegram.tasks import sweep
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket, texts
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import message, says, update
from otklik.core.journal import clock
from otklik.desk.channels import inbox
from otklik.desk.conversations.models import Attachment, Message

pytestmark = pytest.mark.django_db


def test_a_picture_with_its_caption(hear: Hear, api: BotApi) -> None:
    api.files["big"] = b"\xff\xd8picture"
    sizes = [{"file_id": "small", "width": 90, "height": 90}, {"file_id": "big", "width": 900, "height": 900}]

    hear(says(photo=sizes, caption="Вот экран"))

    kept = Attachment.objects.get()
    assert (kept.name, kept.media_type, kept.file.read()) == ("photo.jpg", "image/jpeg", b"\xff\xd8picture")
    assert texts(only_ticket()) == ["Вот экран"] and not Fetched.objects.exists()


@pytest.mark.parametrize(
    ("kind", "told", "name"),
    [
        ("document", {"file_name": "Акт.pdf", "mime_type": "application/pdf"}, "Акт.pdf"),
        ("voice", {"duration": 3}, "voice.ogg"),
        ("video", {}, "video.mp4"),
        ("video_note", {}, "video-note.mp4"),
        ("audio", {"file_name": "запись.mp3"}, "запись.mp3"),
    ],
)
def test_files_of_each_kind(hear: Hear, api: BotApi, kind: str, told: dict[str, Any], name: str) -> None:
    api.files["f1"] = b"content"
    hear(update(message=message() | {kind: {"file_id": "f1", "file_size": 7, **told}}))

    assert Attachment.objects.get().name == name
    assert only_ticket().subject


def test_a_file_name_cannot_lead_anywhere(hear: Hear, api: BotApi) -> None:
    api.files["f1"] = b"content"
    hear(says(document={"file_id": "f1", "file_name": "../../etc/\u202egnp.exe\x00"}))

    name = Attachment.objects.get().name
    assert "/" not in name and "\u202e" not in name and "\x00" not in name


def test_a_file_that_is_too_large_for_bots_is_named(hear: Hear, api: BotApi) -> None:
    hear(says("Смотрите", video={"file_id": "f1", "file_name": "день.mp4", "file_size": MOST_DOWN + 1}))

    said = Message.objects.get(direction="in")
    assert "день.mp4" in said.remarks[0] and not api.sent("getFile")


def test_a_file_that_telegram_does_not_give_keeps_no_words_back(hear: Hear, api: BotApi) -> None:
    hear(says("Смотрите", document={"file_id": "lost", "file_name": "акт.pdf"}))

    said = Message.objects.get(direction="in")
    assert said.text == "Смотрите" and "акт.pdf" in said.remarks[0]


def jobs_of(accepted: inbox.Accepted) -> list[tuple[dict[str, int], datetime | None]]:
    """What is to be fetched for a message, and when."""
    jobs = ProcrastinateJob.objects.filter(task_name=FETCH, args__inbound_id=accepted.inbound_id)
    return list(jobs.order_by("pk").values_list("args", "scheduled_at"))


def test_a_file_is_fetched_for_the_message_that_brings_it_and_for_no_other(bot: Bot, api: BotApi) -> None:
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    accepted = take(bot, told, json.dumps(told).encode())
    assert take(bot, told, json.dumps(told).encode()).again
    without = says("Без файла")
    take(bot, without, json.dumps(without).encode())

    assert jobs_of(accepted) == [({"inbound_id": accepted.inbound_id, "tried": 0}, None)]
    assert ProcrastinateJob.objects.filter(task_name=FETCH).count() == 1


def test_a_failed_fetch_is_tried_again_after_pauses_that_grow(bot: Bot, api: BotApi) -> None:
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    accepted, start = take(bot, told, json.dumps(told).encode()), clock.now()
    for tried, pause in enumerate(fetching.PAUSES):
        api.plan("getFile", 500, "Internal Server Error")
        fetching.fetch(accepted.inbound_id, tried)
        args, at = jobs_of(accepted)[-1]
        assert args == {"inbound_id": accepted.inbound_id, "tried": tried + 1}
        assert at is not None and at >= start + timedelta(seconds=pause)
    api.plan("getFile", 500, "Internal Server Error")
    fetching.fetch(accepted.inbound_id, len(fetching.PAUSES))

    assert len(jobs_of(accepted)) == len(fetching.PAUSES) + 1


def test_a_fetched_file_of_a_message_that_nobody_can_read_is_forgotten(bot: Bot, api: BotApi) -> None:
    api.files["f1"] = b"content"
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    fetching.fetch(take(bot, told, json.dumps(told).encode()).inbound_id, 0)

    with clock.at(clock.now() + fetching.KEPT - timedelta(minutes=1)):
        sweep(0)
    assert Fetched.objects.exists()
    with clock.at(clock.now() + fetching.KEPT + timedelta(minutes=1)):
        sweep(0)
    assert not Fetched.objects.exists()


def test_a_file_is_tried_again_and_then_the_message_is_read_without_it(bot: Bot, api: BotApi) -> None:
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    for _try in range(len(fetching.PAUSES) + 1):
        api.plan("getFile", 500, "Internal Server Error")
    accepted = take(bot, told, json.dumps(told).encode())
    inbox.work_all()
    assert not Message.objects.exists(), "it waits for its file"

    for tried in range(len(fetching.PAUSES) + 1):
        fetching.fetch(accepted.inbound_id, tried)
    inbox.work_all()

    assert "акт.pdf" in Message.objects.get(direction="in").remarks[0]


def test_a_message_whose_file_nobody_came_for_is_read_all_the_same(bot: Bot) -> None:
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    take(bot, told, json.dumps(told).encode())
    with clock.at(clock.now() + WAITS_FOR_FILE):
        inbox.work_all()

    assert texts(only_ticket()) == ["Смотрите"]


def test_after_an_outage_a_message_still_waits_for_its_file(bot: Bot, api: BotApi) -> None:
    api.files["f1"] = b"content"
    told = says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"})
    accepted = take(bot, told, json.dumps(told).encode())
    with clock.at(clock.now() + timedelta(hours=1)):
        inbox.work_all()
        assert not Message.objects.exists()
        fetching.fetch(accepted.inbound_id, 0)
        inbox.work_all()

    assert Attachment.objects.get().name == "акт.pdf" and not Message.objects.get(direction="in").remarks


def test_an_answer_that_is_none_ends_the_waiting_for_a_file(hear: Hear, api: BotApi) -> None:
    api.planned["getFile"] = [(200, {"ok": True, "result": "?"})]
    hear(says("Смотрите", document={"file_id": "f1", "file_name": "акт.pdf"}))
    assert "акт.pdf" in Message.objects.get(direction="in").remarks[0]
