"""A client who does not agree with a refusal, on the page of their request."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Appeal, Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve

pytestmark = pytest.mark.django_db

REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"])


def page_of(ticket: Ticket, tail: str = "") -> str:
    return f"/request/{sign(ticket)}/{tail}"


def test_they_say_so_with_a_text_and_a_file_once(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    assert 'id="appeal"' in client.get(page_of(ticket)).content.decode()
    empty = client.post(page_of(ticket, "appeal/"), {"text": " "})
    assert empty.status_code == 422 and "Напишите, почему вы не согласны" in empty.content.decode()

    for upload in ([SimpleUploadedFile("договор.txt", b"4.2")], []):
        form = {"text": "Пункт 4.2", "key": "k", "files": upload}
        answer = client.post(page_of(ticket, "appeal/"), form)
        assert answer.status_code == 302 and answer["Location"].endswith("#appeal")

    appeal = Appeal.objects.get()
    assert appeal.message and appeal.message.attachments.get().name == "договор.txt"
    page = client.get(page_of(ticket)).content.decode()
    assert "Борис Руднев" in page and "Пункт 4.2" in page and "appeal-text" not in page


def test_they_read_what_was_decided_and_why(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    appeal = Ticket.objects.get(pk=ticket.pk).appeal("Пункт 4.2")
    then = PromiseDate(clock.now() + timedelta(days=5), "пересчитаем")
    Ticket.objects.get(pk=ticket.pk).grant_appeal(appeal.pk, by=boris, words="Пункт действует", then=then)

    page = client.get(page_of(ticket)).content.decode()
    assert "Отказ снят" in page and "Пункт действует" in page
    late = client.post(page_of(ticket, "appeal/"), {"text": "Ещё", "key": "z"})
    assert late.status_code == 409 and "уже решено" in late.content.decode()


def test_later_they_are_told_how_to_write_anew(client: Client, ticket: Ticket, anna: User, boris: User) -> None:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    with clock.at(clock.now() + timedelta(days=31)):
        page = client.get(page_of(ticket)).content.decode()
        answer = client.post(page_of(ticket, "appeal/"), {"text": "Не согласен"})
    assert "Срок для возражений истёк" in page and "appeal-text" not in page
    assert answer.status_code == 409 and not Appeal.objects.exists()


def test_where_nothing_is_refused_nothing_is_asked(client: Client, ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    assert 'id="appeal"' not in client.get(page_of(ticket)).content.decode()
    answer = client.post(page_of(ticket, "appeal/"), {"text": "Не согласен"})
    assert answer.status_code == 409 and "нет отказа" in answer.content.decode()
