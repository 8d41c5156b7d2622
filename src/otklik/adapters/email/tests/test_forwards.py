"""A mail passed on inside another is offered as what it is: somebody else's."""

# ruff: noqa: E501 - samples stand in one line, as they come

import pytest

from otklik.adapters.email.parse import parse

BODY = "Нет звука.\nПомогите."
FORWARDS = {
    "Gmail": ("Fwd: звук", "Посмотри\n\n---------- Forwarded message ---------\nОт: Анна Волгина <anna@volga.example>\nDate: пн, 5 окт. 2026 г.\nSubject: звук\nTo: <help@x.example>\n\n\n{}"),
    "Yandex": ("Fwd: звук", "Посмотри\n\n-------- Пересылаемое сообщение --------\nОт: Анна Волгина <anna@volga.example>\nТема: звук\nКому: help@x.example\n\n{}"),
    "Outlook": ("FW: звук", "Посмотри\n\nОт: Анна Волгина <anna@volga.example>\nОтправлено: 5 октября 2026 г. 10:00\nКому: help@x.example\nТема: звук\n\n{}"),
    "Outlook, en": ("FW: звук", "Посмотри\n\n________________________________\nFrom: Анна Волгина <anna@volga.example>\nSent: Monday\nTo: help@x.example\nSubject: звук\n\n{}"),
    "Apple": ("Fwd: звук", "Посмотри\n\n> Begin forwarded message:\n> \n> From: Анна Волгина <anna@volga.example>\n> Subject: звук\n> Date: 5 October 2026\n> To: help@x.example\n> \n> Нет звука.\n> Помогите."),
    "Thunderbird": ("Fwd: звук", "Посмотри\n\n-------- Перенаправленное сообщение --------\nТема: \tзвук\nДата: \tMon, 5 Oct 2026\nОт: \tАнна Волгина <anna@volga.example>\nКому: \thelp@x.example\n\n{}"),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), FORWARDS.values(), ids=FORWARDS.keys())
def test_the_forwarded_mail_is_read(subject: str, text: str) -> None:
    found = parse(f"From: boris@otklik.example\nSubject: {subject}\n\n{text.format(BODY)}".encode()).forwarded

    assert found is not None
    assert (found.sender_name, found.sender_address) == ("Анна Волгина", "anna@volga.example")
    assert (found.subject, found.body, found.message_above) == ("звук", BODY, "Посмотри")
    assert [one.address for one in found.to] == ["help@x.example"]


def test_a_reply_is_not_a_forward() -> None:
    text = FORWARDS["Outlook"][1].format(BODY)

    assert parse(f"Subject: Re: звук\n\n{text}".encode()).forwarded is None


def test_what_was_passed_on_without_a_word_is_the_letter() -> None:
    mail = parse(f"Subject: Fwd: звук\n\n{FORWARDS['Gmail'][1].format(BODY)[10:]}".encode())

    assert "Нет звука." in mail.new_text
