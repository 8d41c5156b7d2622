"""What a client sees and does on the page of their request."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.care.surveys.models import Score
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.front.portal.tests.test_reviews import rate
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def page_of(ticket: Ticket, tail: str = "") -> str:
    return f"/request/{sign(ticket)}/{tail}"


def test_the_three_answers_and_the_talk_are_there_but_no_note(
    client: Client, ticket: Ticket, anna: User, tomorrow
) -> None:
    ticket.note("клиент сердится", by=anna)
    ticket.reply("Проверим маршрут", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))

    page = client.get(page_of(ticket)).content.decode()

    assert "Анна Белова" in page and "проверим маршрут" in page and "Не работает звонок" in page
    assert "сердится" not in page


def test_the_client_is_spoken_to_and_not_about(client: Client, ticket: Ticket, anna: User, tomorrow) -> None:
    before = client.get(page_of(ticket)).content.decode()
    ticket.reply("Какой номер?", by=anna, then=Wait(tomorrow))
    page = client.get(page_of(ticket)).content.decode()

    assert "Отвечаем<small>сейчас</small>" in before and "Ответили<small>" in page
    assert "Без вашего ответа напомним" in page and "промолчит" not in page


def test_an_altered_address_opens_nothing(client: Client, ticket: Ticket) -> None:
    signed = sign(ticket)
    dead = client.get(f"/request/{signed[:-2]}xx/")

    assert dead.status_code == 404 and dead["Cache-Control"] == "private, no-store"
    assert "ответьте на любое наше письмо" in dead.content.decode() and 'href="/"' not in dead.content.decode()
    assert client.get(f"/request/{ticket.number}/").status_code == 404
    assert client.post(f"/request/{signed}x/answer/", {"text": "x"}).status_code == 404


def test_the_clients_word_reaches_the_desk_once(client: Client, ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    file = SimpleUploadedFile("лог.txt", b"log")

    for upload in ([file], []):
        client.post(page_of(ticket, "answer/"), {"text": "Опять пропал звук", "key": "k", "files": upload})

    ticket.refresh_from_db()
    (said,) = ticket.conversation.messages.filter(text="Опять пропал звук")
    assert ticket.status == "open" and said.attachments.get().name == "лог.txt"


def test_an_empty_word_is_refused_with_words(client: Client, ticket: Ticket) -> None:
    answer = client.post(page_of(ticket, "answer/"), {"text": "  "})

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()


def test_files_of_notes_and_of_others_are_not_there(
    client: Client, ticket: Ticket, anna: User, door: Channel, writes: Write
) -> None:
    other = writes("чужое", sender="olga@else.test", files=[("тайна.txt", "секрет")])
    theirs = other.conversation.attachments.get()
    own = writes("моё", token=ticket.conversation.token, files=[("моё.txt", "текст")])
    mine = own.conversation.attachments.get()
    note = ticket.note("внутреннее", by=anna)

    assert client.get(page_of(ticket, f"files/{theirs.key}/")).status_code == 404
    answer = client.get(page_of(ticket, f"files/{mine.key}/"))
    assert answer.getvalue().decode() == "текст"
    assert answer["Content-Type"] == "application/octet-stream" and "sandbox" in answer["Content-Security-Policy"]
    mine.belong_to(note)
    assert client.get(page_of(ticket, f"files/{mine.key}/")).status_code == 404


def test_the_answer_is_rated_on_the_page(client: Client, ticket: Ticket, anna: User) -> None:
    assert client.post(page_of(ticket, "score/"), {"score": "5"}).status_code == 422
    ticket.reply("Готово", by=anna, then=Resolve())

    rate(client, page_of(ticket), score="4", comment="быстро")

    score = Score.objects.get()
    assert (score.value, score.comment, score.agent) == (4, "быстро", anna)
    assert "4 из 5" in client.get(page_of(ticket)).content.decode()


def test_the_page_costs_a_known_number_of_queries(
    client: Client, ticket: Ticket, anna: User, tomorrow, django_assert_max_num_queries
) -> None:
    for number in range(10):
        ticket.reply(f"Ответ {number}", by=anna, then=PromiseDate(tomorrow))

    client.get(page_of(ticket))  # what is kept of the house is read once
    with django_assert_max_num_queries(16):
        client.get(page_of(ticket))


def whose(address: str) -> tuple[str, str]:
    """The page without its signature, which is another one in each second."""
    before, _stamp, signed = address.split(":")
    return before, signed.partition("/")[2]


def test_a_scanner_that_opens_the_link_of_a_letter_changes_nothing(client: Client, ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузите роутер"))
    for open_link in (client.get, client.head):
        assert open_link(page_of(ticket, "not-solved/")).status_code == 200
    ticket.refresh_from_db()
    assert ticket.status == "resolved"

    answer = client.post(page_of(ticket, "not-solved/"), {"text": "", "key": "k"})
    assert whose(answer["Location"]) == whose(page_of(ticket))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.returned) == ("open", "reopened")
    again = client.get(page_of(ticket, "not-solved/"))["Location"]
    assert whose(again) == whose(page_of(ticket)), "there is nothing to say any more"
    assert client.post(f"/request/{sign(ticket)}x/not-solved/").status_code == 404


def test_what_helped_is_read_by_the_client_unless_it_was_written_for_colleagues(
    client: Client, ticket: Ticket, anna: User
) -> None:
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузите роутер"))
    assert "Перезагрузите роутер" in client.get(page_of(ticket)).content.decode()

    ticket.resolutions.update(shown=False)
    page = client.get(page_of(ticket)).content.decode()
    assert "Перезагрузите роутер" not in page and "Не решено" in page


def test_where_it_is_described_stands_on_the_page_and_in_the_letter(
    client: Client, ticket: Ticket, anna: User, paper: Paper
) -> None:
    for wrong in ("http://help.test/a", "javascript:alert(1)", "help", "https://", "https://me:pass@help.test/"):
        with pytest.raises(Invalid) as refused:
            ticket.reply("Готово", by=anna, then=Resolve(link=wrong))
        assert refused.value.field == "link", wrong
    link = "https://help.desk.test/articles/7?a=1&b=2"
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузите роутер", f" {link} "))

    assert f"Подробнее: {link}" in paper.letters[-1].text
    anchor = f'href="{link.replace("&", "&amp;")}" target="_blank" rel="noopener noreferrer"'
    for place in (page_of(ticket), page_of(ticket, "not-solved/")):
        assert anchor in client.get(place).content.decode(), place
    ticket.resolutions.update(shown=False)
    assert anchor not in client.get(page_of(ticket)).content.decode()


def test_the_new_request_after_the_window_is_where_the_client_lands(client: Client, ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    Ticket.objects.filter(pk=ticket.pk).update(ended_at=clock.now() - timedelta(days=8))
    assert "новое обращение" in client.get(page_of(ticket, "not-solved/")).content.decode()
    answer = client.post(page_of(ticket, "not-solved/"), {"key": "k"})
    assert answer["Location"] == page_of(Ticket.objects.get(follows=ticket))


def test_the_client_says_whether_a_moved_date_suits(client: Client, ticket: Ticket, anna: User, tomorrow) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    assert "Вам подходит?" not in client.get(page_of(ticket)).content.decode()
    ticket.reply("Дольше", by=anna, then=PromiseDate(tomorrow + timedelta(days=1), why="ждём"))
    promise = ticket.date_to_agree
    assert promise and 'id="date"' in client.get(page_of(ticket)).content.decode()

    for odd in ({}, {"promise": "x", "agreed": "no"}, {"promise": promise.pk - 1, "agreed": "no"}):
        assert client.post(page_of(ticket, "date/"), odd).status_code == 302
    assert ticket.date_to_agree
    client.post(page_of(ticket, "date/"), {"promise": promise.pk, "agreed": "no"})
    ticket.refresh_from_db()
    assert ticket.returned == "rejected" and 'id="date"' not in client.get(page_of(ticket)).content.decode()


@pytest.mark.parametrize("tail", ["answer/", "not-solved/"])
def test_what_no_database_can_keep_is_left_out(client: Client, ticket: Ticket, anna: User, tail: str) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    answer = client.post(page_of(ticket, tail), {"text": "Не\0 работает", "key": "k\0"})
    assert answer.status_code == 302
    assert ticket.conversation.messages.get(new_text="Не работает").external_id == "portal:k"


@pytest.mark.parametrize("whom", ["", "Ростелеком"])
def test_what_it_was_put_aside_for_is_read_only_by_a_client_who_was_told(
    client: Client, ticket: Ticket, anna: User, tomorrow, whom: str
) -> None:
    """Put aside without a word it is a note for us, also when the date has come."""
    aside = PutAside(tomorrow, "пусть сначала остынет", whom=whom)
    ticket.put_aside(aside, by=anna)
    silent = client.get(page_of(ticket)).content.decode()
    assert "остынет" not in silent and "Ростелеком" not in silent
    with clock.at(tomorrow + timedelta(minutes=1)):
        Ticket.objects.wake_due()
        assert "остынет" not in client.get(page_of(ticket)).content.decode()

    ticket.refresh_from_db()
    ticket.reply("Ждём деталь", by=anna, then=PutAside(tomorrow + timedelta(days=1), "придёт деталь", whom=whom))
    told = client.get(page_of(ticket)).content.decode()
    assert "придёт деталь" in told and whom in told


def test_what_the_client_agreed_to_stands_on_their_page(client: Client, ticket: Ticket, anna: User, tomorrow) -> None:
    ticket.put_aside(PutAside(tomorrow, "приедет мастер", agreed=True), by=anna)
    assert "приедет мастер" in client.get(page_of(ticket)).content.decode()
