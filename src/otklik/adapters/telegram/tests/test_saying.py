"""What we say leaves for Telegram once, in its order and in its own form; what became of it is known."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.adapters.telegram.limits import MOST_UP
from otklik.adapters.telegram.models import Bot, Part
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import OLGA, says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

type Say = Callable[..., Outbound]


@pytest.fixture
def ticket(hear: Hear, bot: Bot) -> Ticket:
    bot.channel.acknowledges = False
    bot.channel.save()
    hear(says("Не приходят письма"))
    return only_ticket()


@pytest.fixture
def say(ticket: Ticket, anna: User) -> Say:
    def said(text: str = "Уже смотрим", files: tuple[Attachment, ...] = ()) -> Outbound:
        ticket.refresh_from_db()
        message = ticket.reply(text, by=anna, then=Wait(clock.now() + timedelta(days=2)), files=files)
        assert message.outbound
        return message.outbound

    return said


def later(**delta: int) -> None:
    with clock.at(clock.now() + timedelta(**delta)):
        outbox.send_due()


def test_an_answer_is_markup_of_telegram_without_signature_and_subject(ticket: Ticket, anna: User, api: BotApi) -> None:
    ticket.team.signature = "С уважением, Анна"
    ticket.team.save()
    ticket.reply("Сделайте **так** <b>и</b>:\n\n1. раз\n2. два & три", by=anna, then=Resolve())
    outbox.send_due()

    [call] = api.sent()
    assert (call.method, call.told["chat_id"], call.told["parse_mode"]) == ("sendMessage", 4242, "HTML")
    text = call.told["text"]
    assert text.startswith("Сделайте <b>так</b> &lt;b&gt;и&lt;/b&gt;:\n\n1. раз\n2. два &amp; три")
    assert "С уважением" not in text and "Re:" not in text and f"№ {ticket.number}" in text
    assert Message.objects.get(direction="out").outbound.state == "sent"  # type: ignore[union-attr]


def test_a_long_answer_is_parted_between_paragraphs(say: Say, api: BotApi) -> None:
    paragraphs = ["слово " * 300 + str(number) for number in range(6)]
    say("\n\n".join(paragraphs))
    outbox.send_due()

    assert len(api.texts) == 3
    joined = "\n\n".join(api.texts)
    assert [joined.count(f"слово {number}") for number in range(6)] == [1] * 6


def test_files_go_along(say: Say, ticket: Ticket, anna: User, api: BotApi) -> None:
    pdf = Attachment.objects.make(ticket.conversation, "Акт сверки.pdf", "application/pdf", b"%PDF", anna)
    png = Attachment.objects.make(ticket.conversation, "экран.png", "image/png", b"\x89PNG", anna)
    api.plan("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    say("Вот они", files=(pdf, png))
    outbox.send_due()

    assert [one.method for one in api.sent()] == ["sendMessage", "sendDocument", "sendPhoto", "sendDocument"]
    assert [one.file[1] for one in api.sent("sendDocument") if one.file] == ["Акт сверки.pdf", "экран.png"]
    assert api.sent("sendDocument")[0].file[3] == b"%PDF"  # type: ignore[index]


def test_a_file_that_no_bot_may_send_is_refused_before_anything_leaves(
    say: Say, ticket: Ticket, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.adapters.telegram.writing.MOST_UP", 10)
    large = Attachment.objects.make(ticket.conversation, "фильм.mp4", "video/mp4", b"12345678901", anna)

    with pytest.raises(ValueError, match="фильм"):
        say("Вот", files=(large,))
    assert MOST_UP == 50 * 1024 * 1024 and not Outbound.objects.exists()


def test_while_it_can_be_taken_back_nothing_leaves(ticket: Ticket, anna: User, api: BotApi) -> None:
    ticket.reply("Ой", by=anna, then=Resolve(), undo=15)
    outbox.send_due()
    assert not api.sent()
    later(seconds=16)
    assert len(api.sent()) == 1


def test_a_line_that_comes_in_between_stops_no_answer_in_a_chat(
    hear: Hear, ticket: Ticket, anna: User, api: BotApi
) -> None:
    """Both write at once there: else who writes fast would never be answered."""
    ticket.reply("Смотрю", by=anna, then=Resolve(), undo=15)
    hear(says("Ау?"))
    later(seconds=16)
    assert len(api.sent()) == 1


def test_telegram_asks_to_wait_and_is_obeyed(say: Say, api: BotApi) -> None:
    api.plan("sendMessage", 429, "Too Many Requests: retry after 40", retry_after=40)
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    assert (outbound.state, outbound.attempt) == ("ready", 0)

    later(seconds=30)
    assert len(api.sent()) == 1
    later(seconds=41)
    outbound.refresh_from_db()
    assert outbound.state == "sent" and len(api.sent()) == 2


def test_a_second_try_goes_on_behind_what_has_arrived(say: Say, api: BotApi) -> None:
    outbound = say("\n\n".join(["слово " * 600, "два " * 600]))
    api.planned["sendMessage"] = [(200, {"ok": True, "result": {"message_id": 1}})]
    api.plan("sendMessage", 429, "Too Many Requests", retry_after=5)
    outbox.send_due()
    assert Part.objects.filter(outbound=outbound).count() == 1

    later(seconds=6)

    first = api.texts[0]
    assert api.texts.count(first) == 1 and len(api.texts) > 2


def test_the_order_of_a_chat_is_kept(say: Say, api: BotApi) -> None:
    api.plan("sendMessage", 500, "Internal Server Error")
    first = say("Первое")
    outbox.send_due()
    second = say("Второе")
    outbox.send_due()
    second.refresh_from_db()
    assert second.state == "ready" and len(api.sent()) == 1

    with clock.at(clock.now() + timedelta(seconds=70)):
        outbox.send_due()
    with clock.at(clock.now() + timedelta(seconds=80)):
        outbox.send_due()

    assert [text.split()[0] for text in api.texts] == ["Первое", "Первое", "Второе"]
    first.refresh_from_db()
    assert first.state == "sent"


def test_the_order_is_kept_while_several_wait_for_their_turn(say: Say, api: BotApi) -> None:
    """The second one looks again in a moment; the third may look before that."""
    now = clock.now()
    first, second = say("Первое"), say("Второе")
    Outbound.objects.filter(pk=first.pk).update(state="sending", sending_since=now, attempt=1)
    outbox.send_due()
    third = say("Третье")
    Outbound.objects.filter(pk=first.pk).update(state="sent", sent_at=now)
    outbox.send_due()
    third.refresh_from_db()
    assert not api.texts and third.state == "ready"

    later(seconds=10)
    second.refresh_from_db()
    assert [text.split()[0] for text in api.texts] == ["Второе", "Третье"]


def test_who_has_closed_the_chat_is_known_and_the_agent_reads_what_to_do(say: Say, ticket: Ticket, api: BotApi) -> None:
    api.blocked.add(OLGA["id"])
    outbound = say()
    outbox.send_due()

    outbound.refresh_from_db()
    ticket.refresh_from_db()
    assert outbound.state == "failed" and "закрыл" in outbound.detail
    assert ticket.delivery_trouble and Identity.objects.get().failed_at


def test_LOOP_no_machine_writes_where_nothing_arrives(hear: Hear, bot: Bot, api: BotApi) -> None:
    hear(says("Первое"))
    Identity.objects.came_back(["telegram:4242"])
    ticket = only_ticket()
    before = Outbound.objects.count()

    from otklik.desk.tickets.reactions import acknowledge

    acknowledge(ticket, automatic="")
    assert Outbound.objects.count() == before == 1


@pytest.mark.parametrize("body", [b"<html>502 Bad Gateway</html>", None])
def test_SEND_2_where_nobody_knows_a_person_decides(say: Say, api: BotApi, body: bytes | None) -> None:
    api.planned["sendMessage"] = [(502, body) if body else None]
    outbound = say()
    outbox.send_due()
    later(minutes=30)

    outbound.refresh_from_db()
    assert outbound.state == "uncertain" and len(api.sent()) == 1
    assert outbox.send_again(outbound)
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "sent"


def test_behind_an_uncertain_part_the_rest_leaves_when_that_has_arrived(say: Say, ticket: Ticket, api: BotApi) -> None:
    api.planned["sendMessage"] = [None]
    outbound = say("\n\n".join(["раз " * 900, "два " * 900]))
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "uncertain" and "частей: 2, точно дошло: 0" in outbound.detail

    assert outbox.arrived_after_all(outbound) and not outbox.cancel(outbound)
    outbox.send_due()

    outbound.refresh_from_db()
    ticket.refresh_from_db()
    assert [text.split()[0] for text in api.texts] == ["раз", "два"]
    assert outbound.state == "sent" and not ticket.delivery_trouble


def test_after_the_last_part_nothing_is_left_to_send(say: Say, api: BotApi) -> None:
    api.planned["sendMessage"] = [(200, {"ok": True, "result": {"message_id": 1}}), None]
    outbound = say("\n\n".join(["раз " * 900, "два " * 900]))
    outbox.send_due()
    assert outbox.arrived_after_all(outbound)
    outbox.send_due()

    outbound.refresh_from_db()
    assert outbound.state == "sent" and len(api.texts) == 2


def test_each_call_says_anew_that_the_attempt_lives(
    say: Say, ticket: Ticket, anna: User, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that is sent a second time as a document may take longer than a lost attempt has."""
    png = Attachment.objects.make(ticket.conversation, "экран.png", "image/png", b"\x89PNG", anna)
    outbound = say("Вот", files=(png,))
    other = Outbound.objects.filter(pk=outbound.pk)
    api.plan("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    lively = Outbound.leaves

    def leaves(one: Outbound) -> bool:
        if api.sent("sendPhoto"):
            other.update(attempt=9)
        return lively(one)

    monkeypatch.setattr(Outbound, "leaves", leaves)
    outbox.send_due()

    assert not api.sent("sendDocument")


def test_a_bot_that_reaches_nobody_rests(say: Say, bot: Bot, api: BotApi) -> None:
    """A blocked network is found out once, and not by each waiting chat."""
    bot.api = "http://127.0.0.1:9"
    bot.save()
    first = say("Раз")
    outbox.send_due()
    Outbound.objects.filter(pk=first.pk).update(first_recipient="telegram:7")
    second = say("Два")
    outbox.send_due()
    second.refresh_from_db()
    assert (second.state, second.attempt) == ("ready", 0)

    bot.api = api.url
    bot.save()
    outbox.hurry(bot.channel)
    outbox.send_due()
    assert len(api.texts) == 2


def test_where_nothing_left_it_is_tried_again(say: Say, bot: Bot, api: BotApi) -> None:
    bot.api = "http://127.0.0.1:9"
    bot.save()
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    bot.channel.refresh_from_db()
    assert outbound.state == "ready" and "127.0.0.1:9" in bot.channel.trouble

    bot.api = api.url
    bot.save()
    later(minutes=2)
    bot.channel.refresh_from_db()
    assert len(api.sent()) == 1 and not bot.channel.trouble


def test_SEND_1_a_process_that_died_is_a_question_only_after_the_call_began(say: Say, api: BotApi) -> None:
    before, after = say("Раз"), say("Два")
    for one, leaving in ((before, None), (after, clock.now())):
        Outbound.objects.filter(pk=one.pk).update(
            state="sending", attempt=1, sending_since=clock.now() - timedelta(minutes=5), leaving_at=leaving
        )
    outbox.find_lost()
    outbox.send_due()

    states = list(Outbound.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["sent", "uncertain"] and len(api.sent()) == 1


def test_a_wrong_token_is_no_fault_of_the_message(say: Say, bot: Bot, api: BotApi) -> None:
    api.plan("sendMessage", 401, "Unauthorized")
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    bot.channel.refresh_from_db()
    assert outbound.state == "ready" and "BotFather" in bot.channel.trouble


def test_another_refusal_is_told(say: Say, api: BotApi) -> None:
    api.plan("sendMessage", 400, "Bad Request: can't parse entities")
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    assert outbound.state == "failed" and "parse entities" in outbound.detail


def test_without_a_token_nothing_leaves(say: Say, bot: Bot, api: BotApi) -> None:
    bot.token = ""
    bot.save()
    outbound = say()
    outbox.send_due()
    outbound.refresh_from_db()
    assert (outbound.state, outbound.server) == ("sent", "viewer") and not api.calls


def test_the_receipt_is_told_in_the_chat_without_links_of_letters(hear: Hear, api: BotApi) -> None:
    hear(says("Не приходят письма"))
    outbox.send_due()

    [text] = api.texts
    assert f"номер {only_ticket().number}" in text and "просто напишите сюда" in text and "письм" not in text
    kept = json.loads(bytes(Outbound.objects.get().raw))
    assert kept[0]["told"]["link_preview_options"] == {"is_disabled": True}


def test_whom_the_chat_does_not_know_gets_a_letter(ticket: Ticket, anna: User, door: Channel, paper: Paper) -> None:
    """A letter to the client's mailbox, and one to somebody else."""
    Identity.objects.create(contact=ticket.contact, kind="email", value="olga@volga.test")
    wait = Wait(clock.now() + timedelta(days=2))
    ticket.reply("Отвечаем письмом", by=anna, then=wait, to=["olga@volga.test"], via=door)
    ticket.conversation.say("Посмотрите", by=anna, kind="forward", to=["expert@elsewhere.test"])

    first, second = paper.letters
    assert (list(first.to), first.subject) == (["olga@volga.test"], f"Re: {ticket.subject}")
    assert list(second.to) == ["expert@elsewhere.test"] and "Анна" in first.from_name
