"""Dates in the words of an agent, Russian and English; it is Thursday 14 May 2026, 13:00 in Moscow."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.tickets.dates import offered, said

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 5, 14, 13, 0, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("text", "words", "until"),
    [
        ("Вернусь к вам к пятнице.", "к пятнице", "2026-05-15 18:00"),
        ("Ответим до 15:00", "до 15:00", "2026-05-14 15:00"),
        ("Ответим до 11:30", "до 11:30", "2026-05-15 11:30"),
        ("Сегодня до 20:00 вернусь с ответом", "Сегодня до 20:00", "2026-05-14 20:00"),
        ("Напишу завтра", "завтра", "2026-05-15 18:00"),
        ("Напишу завтра до 12:00, хорошо?", "завтра до 12:00", "2026-05-15 12:00"),
        ("Напишу до 12:00 завтра", "до 12:00 завтра", "2026-05-15 12:00"),
        ("завтра утром позвоню", "завтра утром", "2026-05-15 12:00"),
        ("послезавтра в 10:00", "послезавтра в 10:00", "2026-05-16 10:00"),
        ("во вторник пришлём", "во вторник", "2026-05-19 18:00"),
        ("на следующей неделе", "на следующей неделе", "2026-05-22 18:00"),
        ("до конца дня", "до конца дня", "2026-05-14 18:00"),
        ("через полчаса отвечу", "через полчаса", "2026-05-14 13:30"),
        ("в течение двух часов", "в течение двух часов", "2026-05-14 15:00"),
        ("через 3 рабочих дня", "через 3 рабочих дня", "2026-05-19 18:00"),
        ("через неделю", "через неделю", "2026-05-21 18:00"),
        ("до 22 мая", "до 22 мая", "2026-05-22 18:00"),
        ("к 22.05", "к 22.05", "2026-05-22 18:00"),
        ("к 1 марта", "к 1 марта", "2027-03-01 18:00"),
        ("до 15 часов", "до 15 часов", "2026-05-14 15:00"),
        ("до 15.00", "до 15.00", "2026-05-14 15:00"),
        ("We will answer by Friday.", "by Friday", "2026-05-15 18:00"),
        ("tomorrow 15:00 at the latest", "tomorrow 15:00", "2026-05-15 15:00"),
        ("I will write tomorrow at 3 pm", "tomorrow at 3 pm", "2026-05-15 15:00"),
        ("by 5pm", "by 5pm", "2026-05-14 17:00"),
        ("within an hour", "within an hour", "2026-05-14 14:00"),
        ("in two days", "in two days", "2026-05-16 18:00"),
        ("by May 22", "by May 22", "2026-05-22 18:00"),
        ("on Monday", "on Monday", "2026-05-18 18:00"),
        ("by the end of the day", "by the end of the day", "2026-05-14 18:00"),
    ],
)
def test_a_date_in_words_is_found(text: str, words: str, until: str) -> None:
    found = offered(text, NOW, MOSCOW)

    assert found is not None
    assert (found.words, f"{found.until:%Y-%m-%d %H:%M}") == (words, until)
    assert text[found.start : found.end].strip() == words


@pytest.mark.parametrize(
    "text",
    [
        "Вчера в 15:00 вы писали",
        "Версия 12.5.3 установлена",
        "Цена 15.50 за штуку",
        "Номер 8 800 555-35-35",
        "Спасибо, что дождались",
        "You may write to us",
        "по среднему тарифу",
        "",
    ],
)
def test_what_is_not_a_date_ahead_is_left_alone(text: str) -> None:
    assert said(text, NOW, MOSCOW) == []


def test_a_limit_wins_over_a_day_that_is_only_named() -> None:
    found = offered("В пятницу у вас выдача, поэтому ответим до 17:00.", NOW, MOSCOW)

    assert found is not None and found.words == "до 17:00"


def test_the_hour_is_that_of_the_writer() -> None:
    there = ZoneInfo("Asia/Novosibirsk")

    found = offered("до 20:00", NOW, there)

    assert found is not None and found.until == datetime(2026, 5, 14, 20, tzinfo=there)


@given(st.text(alphabet="допквчерз завтрaпятницу0123456789:. мая by in hoursdays", max_size=80))
def test_whatever_is_written_only_dates_ahead_come_out(text: str) -> None:
    for each in said(text, NOW, MOSCOW):
        assert NOW < each.until <= NOW + timedelta(days=366)
        assert text[each.start : each.end].strip() == each.words.strip()
