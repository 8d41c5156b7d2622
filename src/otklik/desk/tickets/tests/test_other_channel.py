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
