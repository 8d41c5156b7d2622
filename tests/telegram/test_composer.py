"""At the desk a chat has no subject and no copies; whom it does not reach gets a letter from the same place."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.adapters.telegram.limits import MOST_UP
from otklik.adapters.telegram.tests.conftest import Hear, only_ticket
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import edits, says
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(hear: Hear) -> Ticket:
    hear(says("Не приходят <b>письма</b>"))
    return only_ticket()


def sends(client: Client, ticket: Ticket, **more: Any) -> Any:
    told = {"text": "Починили", "next": "resolve", "summary": "Починили", "key": "k1"}
    return client.post(f"/tickets/{ticket.number}/reply/", told | {"seen": ticket.last_message_id} | more)


def test_the_page_of_a_chat(annas: Client, ticket: Ticket) -> None:
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()

    assert "4096" in page and 'name="cc_more"' not in page and 'name="via"' not in page
    assert "Ответ в Телеграм" in page and "telegram:4242" not in page
    assert "&lt;b&gt;письма&lt;/b&gt;" in page and "<b>письма</b>" not in page
    card = annas.get(f"/clients/contact/{ticket.contact_id}/")
    assert "@olga_n" in card.content.decode() and "telegram:4242" not in card.content.decode()


def test_a_correction_is_seen_beside_what_it_was(annas: Client, hear: Hear) -> None:
    hear(says("Счёт 12", number=31))
    hear(edits("Счёт 21", 31))
    page = annas.get(f"/tickets/{only_ticket().number}/").content.decode()
    assert "Счёт 12" in page and "Счёт 21" in page and page.count("Клиент исправил своё сообщение") == 1


def test_an_answer_goes_to_the_chat(annas: Client, ticket: Ticket, api: BotApi) -> None:
    assert sends(annas, ticket, to=["somebody@else.test"], cc=["boss@else.test"]).status_code in (200, 302)
    with clock.at(clock.now() + timedelta(minutes=5)):
        outbox.send_due()

    assert api.texts[-1].startswith("Починили")


def test_a_file_that_the_chat_does_not_take_is_said_before_and_no_word_is_lost(
    annas: Client, ticket: Ticket, settings: Any
) -> None:
    """However much the installation allows: the Bot API takes 50 MB."""
    settings.UPLOAD_BYTES, settings.MESSAGE_BYTES = 2 * MOST_UP, 4 * MOST_UP
    heavy = SimpleUploadedFile("съёмка.mp4", bytes(MOST_UP + 1), "video/mp4")
    refused = sends(annas, ticket, upload=heavy)
    page = refused.content.decode()
    assert refused.status_code == 422 and "Починили" in page and "больше" in page
    light = SimpleUploadedFile("съёмка.mp4", b"1", "video/mp4")
    kept = [annas.post(f"/tickets/{ticket.number}/files/", {"file": light}).json()["id"] for _one in range(2)]
    Attachment.objects.filter(key__in=kept).update(size=MOST_UP - 1)
    refused = sends(annas, ticket, files=kept)
    assert refused.status_code == 422 and "Починили" in refused.content.decode()
    assert sends(annas, ticket, files=kept[:1]).status_code in (200, 302)


def test_what_left_is_read_back(client: Client, head: User, anna: User, ticket: Ticket) -> None:
    ticket.reply("Починили **всё** & вся", by=anna, then=Resolve())
    client.force_login(head)
    page = client.get("/mail/sent/").content.decode()
    assert "Ольга Нечаева" in page
    told = client.get(f"/mail/sent/{Outbound.objects.latest('pk').pk}/").content.decode()
    assert "Починили всё &amp; вся" in told and "sendMessage" not in told


def test_a_closed_chat_is_said_first_and_a_letter_is_offered(
    annas: Client, ticket: Ticket, door: Channel, paper: Paper
) -> None:
    Identity.objects.came_back(["telegram:4242"])
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert "@olga_n: чат закрыт" in page and "Почты клиента мы не знаем" in page

    Identity.objects.create(contact=ticket.contact, kind="email", value="olga@volga.test")
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Ответьте письмом" in page and f'name="via" value="{door.pk}"' in page

    refused = sends(annas, ticket)
    assert refused.status_code == 422 and "чат закрыт" in refused.content.decode()
    assert sends(annas, ticket, via=str(door.pk)).status_code in (200, 302)
    assert list(paper.letters[-1].to) == ["olga@volga.test"]


def test_the_list_finds_chats_by_their_channel(annas: Client, ticket: Ticket) -> None:
    for word in ("telegram", "телеграм"):
        page = annas.get(f"/?q=channel:{word}").content.decode()
        assert f"/tickets/{ticket.number}/" in page
