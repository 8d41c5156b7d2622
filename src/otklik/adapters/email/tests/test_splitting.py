"""What was written now, apart from what it quotes and from the signature."""

# ruff: noqa: E501 - samples stand in one line, as they come

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.email.parse.splitting import split
from otklik.adapters.email.tests.parse_samples import read

QUOTES = {
    "Gmail, en": "On Mon, Oct 5, 2026 at 10:00 AM Anna Volgina <anna@volga.example> wrote:\n\n> Hello\n> there",
    "Gmail, ru": "пн, 5 окт. 2026 г. в 10:00, Анна Волгина <anna@volga.example>:\n\n> Здравствуйте",
    "Gmail, de": "Am Mo., 5. Okt. 2026 um 10:00 Uhr schrieb Anna <anna@volga.example>:\n> Hallo",
    "Gmail, fr": "Le lun. 5 oct. 2026 à 10:00, Anna <anna@volga.example> a écrit :\n> Bonjour",
    "Gmail, es": "El lun, 5 oct 2026 a las 10:00, Anna (<anna@volga.example>) escribió:\n> Hola",
    "Gmail, it": "Il giorno lun 5 ott 2026 alle ore 10:00 Anna <anna@volga.example> ha scritto:\n> Ciao",
    "Gmail, folded": "On Mon, Oct 5, 2026 at 10:00 AM Anna Volgina\n<anna@volga.example> wrote:\n> Hello",
    "Yandex": "05.10.2026, 10:00, \"Анна Волгина\" <anna@volga.example>:\n> Здравствуйте",
    "Yandex, wrote": "5 октября 2026, 10:00, Анна Волгина пишет:\n\n> Здравствуйте",
    "Mail.ru": "Понедельник, 5 октября 2026, 10:00 +03:00 от Анна Волгина <anna@volga.example>:\n\n> Здравствуйте",
    "Mail.ru, web": "-------- Пересылаемое сообщение --------\nОт: Анна <anna@volga.example>\nКому: help@otklik.example\nТема: звук",
    "Thunderbird, ru": "05.10.2026 10:00, Анна Волгина пишет:\n> Здравствуйте\n>\n> Нет звука",
    "Apple, en": "On 5 Oct 2026, at 10:00, Anna Volgina <anna@volga.example> wrote:\n\n> Hello",
    "Apple, ru": "> 5 окт. 2026 г., в 10:00, Анна <anna@volga.example> написал(а):\n> \n> Здравствуйте",
    "Outlook, en": "From: Anna Volgina <anna@volga.example>\nSent: Monday, October 5, 2026 10:00 AM\nTo: Help\nSubject: No sound\n\nHello",
    "Outlook, ru": "От: Анна Волгина <anna@volga.example>\nОтправлено: 5 октября 2026 г. 10:00\nКому: Поддержка\nТема: звук\n\nЗдравствуйте",
    "Outlook, bold": "*From:* Anna <anna@volga.example>\n*Sent:* Monday\n*To:* Help\n*Subject:* x\n\nHello",
    "Outlook mobile": "________________________________\nFrom: Anna <anna@volga.example>\nSent: Monday\nTo: x\nSubject: y\n\nHello",
    "Outlook, old": "-----Original Message-----\nFrom: Anna\n\nHello",
    "old, ru": "-----Исходное сообщение-----\nОт: Анна\n\nЗдравствуйте",
    "no attribution": "> Hello\n> there",
}  # fmt: skip


@pytest.mark.parametrize("quote", QUOTES.values(), ids=QUOTES.keys())
def test_the_quote_of_a_mail_program_is_told(quote: str) -> None:
    result = split(f"Спасибо, помогло!\n\nАнна\n\n{quote}\n")

    assert result.new == "Спасибо, помогло!\n\nАнна"
    assert result.quoted.strip() == quote.strip()


def test_answers_between_and_below_quotes_are_new() -> None:
    text = "On 5 Oct 2026, at 10:00, Anna <a@x.example> wrote:\n> first?\nyes\n> second?\nno\n\nThat is all."

    assert split(text).new == "yes\nno\n\nThat is all."


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote to you: nothing happened.",
        "В понедельник мне написал ваш сотрудник: обещал перезвонить.",
        "From: where does this come?\nI do not know.",
        "Напишите мне: anna@volga.example",
        "Заказ от 05.10.2026, 10:00:\n- телефон\n- чехол",
        "Time: 10:00\nPlace: here\nTo: you",
        "--- \nthree dashes and a text",
        "Итого:\n1 > 0",
    ],
)
def test_an_ordinary_sentence_is_no_quote(text: str) -> None:
    result = split(text)

    assert (result.new, result.quoted) == (text.strip("\n"), "")


SIGNATURES = {
    "dashes": "-- \nAnna Volgina\nVolga Ltd",
    "dashes without space": "--\nАнна",
    "closing, ru": "С уважением,\nАнна Волгина\nООО «Волга»\n+7 999 123-45-67",
    "closing, en": "Best regards,\nAnna",
    "closing with a name": "Mit freundlichen Grüßen, Anna Volgina",
    "phone": "Отправлено с iPhone",
    "phone, en": "Sent from my iPhone",
    "phone, mail.ru": "Отправлено из мобильной Почты Mail.ru",
    "outlook": "Get Outlook for Android",
}


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_the_signature_is_told(signature: str) -> None:
    result = split(f"Не работает звук.\n\n{signature}")

    assert (result.new, result.signature) == ("Не работает звук.", signature)


@pytest.mark.parametrize(
    "text",
    ["Sent from my phone he never answered, which is why I write to you now.\nPlease help.", "С уважением отношусь к вашей работе, но звука нет.",
     "-- \nonly dashes above", "Звоните: +7 999 123-45-67"],
)  # fmt: skip
def test_a_letter_is_no_signature(text: str) -> None:
    assert split(text).signature == ""


HTML_QUOTES = {
    "Gmail": '<div>Thanks</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon Anna wrote:</div><blockquote class="gmail_quote">Hello</blockquote></div>',
    "Outlook desktop": '<p>Thanks</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt"><p><b>From:</b> Anna</p></div><p>Hello</p>',
    "Outlook web": '<div>Thanks</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Anna</div><div>Hello</div>',
    "Thunderbird": '<p>Thanks</p><div class="moz-cite-prefix">Anna wrote:</div><blockquote type="cite">Hello</blockquote>',
    "Apple": '<div>Thanks</div><div><blockquote type="cite"><div>On 5 Oct Anna wrote:</div><div>Hello</div></blockquote></div>',
    "Yahoo": '<div>Thanks</div><div class="yahoo_quoted"><div>On Monday Anna wrote:</div><div>Hello</div></div>',
    "Yandex": "<div>Thanks</div><div>05.10.2026, 10:00, \"Anna\" &lt;a@x.example&gt;:</div><blockquote><div>Hello</div></blockquote>",
    "Mail.ru": '<p>Thanks</p><blockquote style="border-left:1px solid #0857A6">Понедельник, 5 октября 2026 от Anna:<div>Hello</div></blockquote>',
}  # fmt: skip


@pytest.mark.parametrize("html", HTML_QUOTES.values(), ids=HTML_QUOTES.keys())
def test_the_quote_of_html_is_told(html: str) -> None:
    mail = read(html, "Content-Type: text/html; charset=utf-8")

    assert mail.new_text == "Thanks"
    assert "Hello" in mail.quoted_text


def test_html_tells_what_the_plain_text_does_not() -> None:
    html = '<div>Thanks</div><div class="yahoo_quoted">Hello, earlier text</div>'
    body = f"--a\n\nThanks\n\nHello, earlier text\n--a\nContent-Type: text/html\n\n{html}\n--a--"
    mail = read(body, "Content-Type: multipart/alternative; boundary=a")

    assert (mail.new_text, mail.text) == ("Thanks", "Thanks\n\nHello, earlier text")


_LINES = st.sampled_from(["", "> quoted", "text", "On 5 Oct 2026, at 10:00, A <a@x.example> wrote:", "-- ", "С уважением,", "From: a@b.example",
                          "Sent: x", "To: y", "Subject: z", "-----Original Message-----", ">> deep", "Sent from my iPhone", "5 окт. в 10:00 Анна пишет:"])  # fmt: skip


@given(st.lists(_LINES, max_size=25))
def test_nothing_is_lost_or_made_up(lines: list[str]) -> None:
    result = split("\n".join(lines))
    together = "\n".join((result.new, result.signature, result.quoted)).split("\n")

    assert sorted(filter(None, together)) == sorted(filter(None, lines))


def test_a_link_that_was_broken_in_a_quote_is_quoted() -> None:
    text = "Yes.\n\nOn 5 Oct 2026, at 10:00, A <a@x.example> wrote:\n> see (http://example.com/action\n_nonce=3dd518)\n> Anna"

    assert split(text).new == "Yes."


def test_what_stands_before_an_attribution_in_its_line_is_new() -> None:
    result = split("Yes, at ten--- On Mon, Oct 5, 2026 at 10:00 AM, anna@volga.example wrote:\n> When?")

    assert (result.new, result.quoted) == (
        "Yes, at ten",
        "--- On Mon, Oct 5, 2026 at 10:00 AM, anna@volga.example wrote:\n> When?",
    )
