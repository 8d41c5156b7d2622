"""What clients write in Telegram becomes a talk, whatever it is and however it comes."""

import itertools
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.adapters.telegram import fetching
from otklik.adapters.telegram.limits import MOST_DOWN
from otklik.adapters.telegram.models import Bot, Fetched
from otklik.adapters.telegram.taking import FETCH, WAITS_FOR_FILE, take
from otklik.adapters.telegram.tasks import sweep
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, edits, lets_in, message, says, update
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import inbox, outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Incoming
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Attachment, Conversation, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db


def texts(ticket: Ticket) -> list[str]:
    return list(ticket.conversation.messages.filter(direction="in").values_list("text", flat=True))


def test_the_first_words_open_a_request_of_a_known_person(hear: Hear) -> None:
    hear(says("Не приходят письма\nс утра"))

    ticket = only_ticket()
    identity = Identity.objects.get()
    assert (ticket.channel_kind, ticket.contact.name, ticket.subject) == (
        "telegram",
        "Ольга Нечаева",
        "Не приходят письма с утра",
    )
    assert (identity.kind, identity.value, identity.shown) == ("telegram", "telegram:4242", "@olga_n")
    assert ticket.contact.language == "ru"


def test_a_chat_is_one_talk(hear: Hear) -> None:
    for words in ("Первое", "Второе", "Третье"):
        hear(says(words))

    assert texts(only_ticket()) == ["Первое", "Второе", "Третье"]


def test_after_the_end_it_reopens_as_letters_do_and_later_follows(hear: Hear, anna: User) -> None:
    hear(says("Первое"))
    ticket = only_ticket()
    ticket.reply("Сделано", by=anna, then=Resolve())
    hear(says("Нет, не работает"))
    ticket.refresh_from_db()
    assert ticket.is_open and Ticket.objects.count() == 1

    ticket.reply("Теперь готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(days=60)):
        hear(says("Другое дело"))
        hear(says("И ещё к нему"))

    later = Ticket.objects.latest("pk")
    assert later.follows == ticket and texts(later) == ["Другое дело", "И ещё к нему"]


def test_they_answer_in_the_talk_that_was_spoken_in_last(hear: Hear, anna: User) -> None:
    """A part that was split off is younger than the matter that goes on."""
    hear(says("Первое"))
    hear(says("Второе, о другом"))
    ticket = only_ticket()
    apart = ticket.split_off([ticket.conversation.messages.filter(direction="in").latest("pk").pk], by=anna)
    apart.reply("Сделано", by=anna, then=Resolve())
    ticket.refresh_from_db()
    ticket.reply("А по первому: что на экране?", by=anna, then=Wait(clock.now() + timedelta(days=2)))

    hear(says("Вот"))

    apart.refresh_from_db()
    assert texts(ticket) == ["Первое", "Вот"] and not apart.is_open


def test_two_people_are_two_talks(hear: Hear) -> None:
    hear(says("Первое"))
    hear(says("Второе", who={**OLGA, "id": 77, "username": "", "first_name": "Иван", "last_name": ""}))

    assert Ticket.objects.count() == 2
    assert set(Identity.objects.values_list("shown", flat=True)) == {"@olga_n", "Telegram 77"}


def test_DEDUP_the_same_update_by_any_way_is_stored_once(bot: Bot, hear: Hear) -> None:
    told = says("Один раз")
    hear(told)
    assert take(bot, told, json.dumps(told, indent=2).encode()).again
    inbox.work_all()

    assert texts(only_ticket()) == ["Один раз"]


STORY = ["Первое", "Второе", "Третье", "Четвёртое"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(STORY))), again=st.lists(st.integers(0, len(STORY) - 1), max_size=4))
def test_any_order_and_any_repetition_gives_the_same_talk(bot: Bot, order: list[int], again: list[int]) -> None:
    who = {**OLGA, "id": next(PEOPLE)}
    told = [says(words, who=who) for words in STORY]
    for place in [*order, *again]:
        take(bot, told[place], json.dumps(told[place]).encode())
    inbox.work_all()

    talk = Conversation.objects.get(contact__identities__value=f"telegram:{who['id']}")
    heard = talk.messages.filter(direction="in")
    assert sorted(heard.values_list("text", flat=True)) == sorted(STORY)
    assert heard.values("external_id").distinct().count() == len(STORY)
    assert Ticket.objects.filter(conversation=talk).count() == 1


PEOPLE = itertools.count(900_000)
WORDS = ("message", "from", "chat", "id", "type", "text", "photo", "edited_message", "callback_query")
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=12,
)


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


def test_an_answer_to_an_old_message_of_ours_joins_its_talk(hear: Hear, anna: User, api: BotApi) -> None:
    hear(says("Первое"))
    first = only_ticket()
    first.reply("Отвечаем", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(seconds=1)):
        outbox.send_due()
    other = Conversation.objects.create(contact=first.contact, channel=first.conversation.channel)
    Ticket.open_for(other.hear(_heard("Второе"), first.contact, inbound_id=None, at=clock.now()))
    ours = {"message_id": api.messages, "from": {"id": 70001, "is_bot": True}, "date": 1, "chat": {"id": 4242}}

    hear(says("Это про первое", reply_to_message=ours))

    assert texts(first)[-1] == "Это про первое"


def _heard(text: str) -> Incoming:
    return Incoming(sender="telegram:4242", sender_name="Ольга", text=text)


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


def test_a_fault_of_ours_is_tried_again(hear: Hear, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_told: Any) -> Any:
        raise TypeError

    monkeypatch.setattr("otklik.adapters.telegram.reading.greeting", broken)
    inbound = hear(says("/start"))
    assert (inbound.state, inbound.tries) == ("accepted", 1)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"sticker": {"emoji": "👍", "file_id": "s"}}, "👍"),
        ({"location": {"latitude": 59.93863, "longitude": 30.31413}}, "59.93863"),
        ({"venue": {"title": "Кафе", "address": "Невский, 1"}}, "Кафе, Невский, 1"),
        ({"contact": {"first_name": "Пётр", "phone_number": "+79001112233"}}, "+79001112233"),
        ({"poll": {"question": "?"}}, "poll"),
    ],
)
def test_what_is_no_text_is_said_in_words(hear: Hear, told: dict[str, Any], words: str) -> None:
    hear(says(**told))
    assert words in texts(only_ticket())[0]


def test_a_greeting_is_no_request(hear: Hear, api: BotApi, bot: Bot) -> None:
    assert hear(says("/start promo")).outcome == "greeted"
    outbox.send_due()

    assert not Ticket.objects.exists() and not Identity.objects.exists()
    [said] = api.texts
    assert "Здравствуйте" in said and "Связь" in said and "соглашаетесь" in said

    bot.greeting_en = "Welcome aboard"
    bot.save()
    hear(says("/start", who={**OLGA, "id": 5, "language_code": "en-GB"}))
    outbox.send_due()
    assert api.texts[-1].startswith("Welcome aboard")


@pytest.mark.parametrize("words", ["/help касса не работает", "/start у нас очередь", "/start касса", "/stop"])
def test_words_behind_a_command_are_read_by_a_person(hear: Hear, words: str) -> None:
    hear(says(words))
    assert texts(only_ticket()) == [words]


def test_a_picture_below_a_command_is_read_by_a_person(hear: Hear, api: BotApi) -> None:
    api.files["f1"] = b"picture"
    hear(says(caption="/start", photo=[{"file_id": "f1", "width": 9, "height": 9}]))
    assert Attachment.objects.filter(message__in=only_ticket().conversation.messages.all()).exists()


def test_LOOP_greetings_are_bounded(hear: Hear) -> None:
    for _time in range(8):
        hear(says("/start"))

    assert Outbound.objects.count() == 3


def test_groups_bots_and_service_messages_get_nothing(hear: Hear, api: BotApi) -> None:
    group = {**message("Привет, бот"), "chat": {"id": -100, "type": "supergroup", "title": "Соседи"}}
    assert hear(update(message=group)).outcome == "group"
    assert hear(update(message={**group, "text": "/start"})).outcome == "group"
    assert hear(says("Бот", who={**OLGA, "is_bot": True})).outcome == "bot"
    assert hear(says(pinned_message={"message_id": 1})).outcome == "service"
    assert hear(update(channel_post={"text": "x"})).outcome == "unknown"
    outbox.send_due()

    assert not Ticket.objects.exists() and not api.sent()


def test_of_what_strangers_say_in_a_group_nothing_is_kept(hear: Hear) -> None:
    group = {**message("Пароль 1234"), "chat": {"id": -100, "type": "supergroup", "title": "Соседи"}}
    put_in = {**lets_in("member")["my_chat_member"], "chat": group["chat"]}
    told = update(message=group)
    kept = [hear(told), hear(update(edited_message=group)), hear(update(my_chat_member=put_in))]

    assert [one.outcome for one in kept] == ["group"] * 3 and hear(told).pk == kept[0].pk
    for one in kept:
        raw = bytes(one.raw).decode()
        assert "Пароль" not in raw and "Ольга" not in raw and "-100" not in raw
        assert (one.external_id, one.envelope_from) == ("", "")


def test_INJECT_whatever_a_stranger_is_called_is_text(hear: Hear) -> None:
    rude = {**OLGA, "first_name": "<img src=x onerror=alert(1)>", "last_name": "\u202e\x00{{ 7*7 }}", "username": "a<b"}
    hear(says("<script>alert(1)</script> & \ud83d", who=rude))

    ticket = only_ticket()
    assert "\x00" not in ticket.contact.name and "\u202e" not in ticket.contact.name
    assert texts(ticket)[0].startswith("<script>alert(1)</script> &")


@given(ODD)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_posted_stops_the_reader(bot: Bot, told: Any) -> None:
    taken = {"update_id": next(PEOPLE), **(told if isinstance(told, dict) else {"message": told})}
    accepted = take(bot, taken, json.dumps(taken).encode())
    inbox.work_all()

    assert accepted.inbound.state in ("read", "quarantined")


def test_who_closes_the_chat_and_opens_it_again(hear: Hear) -> None:
    hear(says("Первое"))
    hear(lets_in("kicked"))
    assert Identity.objects.get().failed_at is not None

    hear(lets_in("member"))
    assert Identity.objects.get().failed_at is None

    Identity.objects.came_back(["telegram:4242"])
    hear(says("Снова я"))
    assert Identity.objects.get().failed_at is None


def test_what_is_read_late_does_not_close_a_chat_that_is_open_again(hear: Hear) -> None:
    hear(says("Первое"))
    closes, opens = lets_in("kicked"), lets_in("member")
    hear(opens)

    assert hear(closes).outcome == "overtaken" and Identity.objects.get().failed_at is None


def test_a_late_answer_waits_for_the_client(hear: Hear, anna: User) -> None:
    hear(says("Первое"))
    ticket = only_ticket()
    ticket.reply("Что на экране?", by=anna, then=Wait(clock.now() + timedelta(days=2)))
    hear(says("Вот"))
    ticket.refresh_from_db()
    assert ticket.waiting_since is not None
