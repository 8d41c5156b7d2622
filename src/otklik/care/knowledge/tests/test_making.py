"""What an article of a request begins with: our words and the subject, without anybody's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.knowledge.making import of_ticket
from otklik.care.knowledge.washing import GONE, LONGEST, normal, washed, without_greeting
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve


@pytest.mark.django_db
def test_the_clients_words_and_name_stay_behind(ticket: Ticket, anna: User) -> None:
    ticket.reply(
        "Здравствуйте, Павел!\n\nДля Павла Демидова с номера +7 916 123-45-67 включили линию,"
        " пишите на pavel@volga.test.",
        by=anna,
        then=Resolve(),
    )
    begun = of_ticket(Ticket.objects.get(pk=ticket.pk))
    assert begun.title == "Звонок" and begun.language == "ru"
    assert "включили линию" in begun.text and "Не работает звонок" not in begun.text
    assert not any(word in begun.text for word in ("Павел", "Павла", "Демидов", "916", "@", "Здравствуйте"))


@pytest.mark.django_db
def test_a_request_that_nobody_answered_leaves_a_place(ticket: Ticket) -> None:
    assert of_ticket(ticket).text.endswith("…")


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("  Счёт   с НДС! ", "счет с ндс"),
        ("pavel@volga.test +7 916 123-45-67", ""),
        ("8 800", ""),
        ("ошибка 403", "ошибка 403"),
        ("договор 123456789", "договор"),
        ("", ""),
    ],
)
def test_searches_that_mean_the_same_look_the_same(query: str, same: str) -> None:
    assert normal(query) == same


@given(st.text(max_size=400))
def test_what_is_kept_of_a_search_is_short_and_names_no_address(query: str) -> None:
    kept = normal(query)
    assert len(kept) <= LONGEST and "@" not in kept and normal(kept) == kept


@given(st.text(max_size=200), st.emails(), st.integers(10**9, 10**11))
def test_no_address_and_no_long_number_is_left(text: str, address: str, number: int) -> None:
    left = washed(f"{text} {address} {number} {text}")
    assert address not in left and str(number) not in left


def test_steps_ports_and_sums_stay() -> None:
    for text in ("порт 5060\n2. Нажмите", "10000–20000", "10000-20000", "12 500 руб.", "8 (800) и дальше"):
        assert washed(text) == text
    for text in ("+7 (916) 123-45-67", "8 916 123 45 67", "договор 123456", "916–123–45–67"):
        assert not any(char.isdigit() for char in washed(text)), text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Добрый день, Анна!\nНомер готов.", "Номер готов."),
        ("Добрый день! Перезагрузите телефон.", "Перезагрузите телефон."),
        ("Здравствуйте, Павел. Готово.", "Готово."),
        ("Здравствуйте, перезагрузите телефон.", "Перезагрузите телефон."),
        ("Уважаемый Павел Демидов, номер готов.", "Номер готов."),
        ("Dear Mr. Smith,\n\nplease reboot.", "Please reboot."),
        ("Приветственное сообщение включается так.", "Приветственное сообщение включается так."),
        ("Номер готов.\nДобрый день", "Номер готов.\nДобрый день"),
        ("Здравствуйте, Павел!", ""),
    ],
)
def test_only_the_greeting_goes_and_the_answer_on_its_line_stays(text: str, left: str) -> None:
    assert without_greeting(text) == left


@pytest.mark.parametrize(
    ("name", "gone", "stay"),
    [
        ("Мария", "Мария Марии Марию Марией", "Марка Маркетинг Марс"),
        ("Павел Демидов", "Павел Павла Павлу Демидова Демидовым", "Павильон Павлин"),
        ("Юрий Достоевский", "Юрия Юрию Достоевского", "Юрист Юридический"),
        ("Пётр Лев", "Петра Пётр Петром Льва", "Петля Лента"),
        ("Анна", "Анны Анне Анной", "Аннуитет"),
        ("ООО Волга", "Волги Волгу ООО", "Волгоград"),
    ],
)
def test_a_name_goes_in_all_its_cases_and_takes_no_other_word_along(name: str, gone: str, stay: str) -> None:
    assert set(washed(gone, [name]).split()) == {GONE}
    assert washed(stay, [name]) == stay


@pytest.mark.django_db
def test_an_answer_of_one_line_is_what_helps(ticket: Ticket, anna: User) -> None:
    ticket.reply("Добрый день! Перезагрузите телефон.", by=anna, then=Resolve())
    assert of_ticket(Ticket.objects.get(pk=ticket.pk)).text.endswith("Перезагрузите телефон.")
