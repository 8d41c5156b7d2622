"""Which answers send a client to another channel, and which only speak of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.other_channel import sends_away
from otklik.desk.tickets.steps import Resolve


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Здравствуйте! Позвоните, пожалуйста, по телефону 8 800 555-35-35.", "email"),
        ("По этому вопросу обратитесь в отдел продаж.", "email"),
        ("Напишите нам на почту billing@severny-most.example.", "telegram"),
        ("Заполните форму на сайте, и мы всё сделаем.", "chat"),
        ("Вам нужно обратиться в бухгалтерию", "chat"),
        ("Please call our hotline.", "email"),
        ("You need to contact the sales department.", "form"),
        ("Позвоните, пожалуйста, нам.", "email"),
        ("Please call us.", "telegram"),
        ("Свяжитесь с нами по телефону", "email"),
        ("Напишите нам в чат на портале", "email"),
        ("Заполните форму: https://severny-most.example/form", "email"),
        ("Создайте заявку в личном кабинете.", "telegram"),
        ("Пришлите чек с вашей почты на адрес billing@severny-most.example", "telegram"),
    ],
)
def test_somebody_is_sent_away(text: str, channel: str) -> None:
    assert sends_away(f"Добрый день.\n{text}\nС уважением", channel) in text.replace("Здравствуйте! ", "")
    assert sends_away(text, channel)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("Напишите нам на почту billing@severny-most.example.", "email"),
        ("Если повторится, звоните по телефону 8 800 555-35-35.", "email"),
        ("Пришлите, пожалуйста, номер договора.", "email"),
        ("Напишите, по какому номеру телефона не проходит звонок.", "email"),
        ("Позвоните на номер *100# и введите PIN.", "email"),
        ("Я сам перезвоню вам по телефону.", "email"),
        ("Ваш договор я передал в отдел продаж.", "email"),
        ("> Позвоните по телефону 8 800 555-35-35", "email"),
        ("Please write your address.", "email"),
        ("По всем вопросам обращайтесь к нам, мы рады помочь", "email"),
        ("Пожалуйста, обращайтесь к нам в любое время", "email"),
        ("Обратитесь к нам снова", "email"),
        ("Please do not hesitate to contact us", "email"),
        ("Please send us the form back", "email"),
        ("Please send us your phone number", "email"),
        ("Сообщите нам, по какому времени вам удобно позвонить", "email"),
        ("Заполните форму во вложении и пришлите её нам", "email"),
        ("Пришлите, пожалуйста, скриншот ошибки на сайте", "email"),
        ("Отправьте фото в этот чат", "email"),
        ("Отправьте фото в чат", "telegram"),
        ("Пришлите чек с адреса ivan@mail.ru, с которого регистрировались", "telegram"),
        ("Please send the receipt from your address ivan@mail.ru", "telegram"),
        ("", "email"),
    ],
)
def test_nobody_is(text: str, channel: str) -> None:
    assert sends_away(text, channel) == ""


@given(st.text(max_size=300), st.sampled_from(["email", "phone", "telegram", "chat", "form", "other"]))
def test_what_is_found_stands_in_the_text(text: str, channel: str) -> None:
    assert sends_away(text, channel) in text


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "kept"), [(None, True), (False, False)])
def test_the_journal_keeps_it_unless_the_author_knows_better(
    ticket: Ticket, anna: User, said: bool | None, kept: bool
) -> None:
    ticket.reply("Обратитесь в отдел продаж.", by=anna, then=Resolve(), sent_away=said)

    assert Entry.objects.get(kind="tickets.Answered").data["sent_away"] is kept
