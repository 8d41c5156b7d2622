"""ACCESS-6: what colleagues write to each other reaches no client, by no letter and no page."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.care.surveys.models import Invitation
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db
MARK = "ТАЙНА-7731"


@pytest.fixture
def talked(ticket: Ticket, writes: Write, anna: User, boris: User, tomorrow: datetime) -> Ticket:
    """Notes before, between and after everything that goes to the client."""
    ticket.note(f"@boris {MARK} до ответа", by=anna)
    ticket.reply("Смотрим", by=anna, then=PromiseDate(tomorrow, "посмотрим"))
    ticket.note(f"{MARK} между", by=boris)
    writes("Ещё раз", references=["<in-0@volga.test>"])
    ticket.refresh_from_db()
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(f"{MARK}.txt", MARK.encode()), anna)
    file.belong_to(ticket.note(f"{MARK} с файлом", by=anna))
    ticket.plan([f"{MARK} задача"], executor=anna, by=anna)
    ticket.draft_change(ChangePlan(f"{MARK} план", MARK), by=anna)
    ticket.reply("Что скажете?", by=anna, then=Wait(tomorrow))
    return ticket


def test_ACCESS_6_no_letter_quotes_a_note(talked: Ticket, anna: User, paper: Paper, settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    talked.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    told = [str(letter) for letter in paper.letters] + [bytes(one.raw).decode() for one in paper.sent]
    assert len(paper.letters) > 3 and any("Готово" in words for words in told)
    assert [words for words in told if MARK in words] == []


def test_ACCESS_6_no_page_of_the_client_shows_a_note(client: Browser, talked: Ticket, anna: User) -> None:
    address = f"/request/{sign(talked)}/"
    shown = client.get(address).content.decode()
    assert "Что скажете?" in shown and MARK not in shown
    hidden = talked.conversation.attachments.get(name__contains=MARK)
    assert client.get(f"{address}files/{hidden.key}/").status_code == 404
    talked.reply("Готово", by=anna, then=Resolve())
    talked.note(f"{MARK} после", by=anna)
    for path in ("", "not-solved/", "date/", "visit/", "score/"):
        for method in (client.get, client.post):
            assert MARK not in method(f"{address}{path}", {"text": "", "score": "5"}).content.decode(), path


def test_ACCESS_6_no_search_of_clients_finds_a_note(client: Browser, talked: Ticket) -> None:
    for address in ("/kb/", "/write/", "/write/offered/"):
        answer = client.get(address, {"q": MARK, "text": MARK, "subject": MARK}, headers={"HX-Request": "true"})
        shown = answer.content.decode().replace(f'value="{MARK}"', "")
        for words in ("до ответа", "между", "с файлом", "задача", "план"):
            assert f"{MARK} {words}" not in shown, address


def test_ACCESS_6_no_notice_of_ours_to_the_client_carries_a_note(talked: Ticket, anna: User, paper: Paper) -> None:
    """What the desk tells by itself or an incident tells many."""
    news = "Чиним, следующая новость в 18:00"
    talked.inform(news, by=anna, address="pavel@volga.test", key="update-1", what="следующая новость")
    outbox.send_due()
    told = [str(letter) for letter in paper.letters] + [bytes(one.raw).decode() for one in paper.sent]
    assert any("следующая новость" in words for words in told)
    assert [words for words in told if MARK in words] == []
