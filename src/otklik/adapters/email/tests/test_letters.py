"""What a letter of ours looks like on the wire."""

import email
import email.policy
import re
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.adapters.email.writing.headers import BadHeader, checked, header, identifiers, person, words
from otklik.adapters.email.writing.letter import render
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Letter, LetterFile, Rendered

TOKEN = "f" * 32
DOOR = Channel(kind="email", address="support@desk.test", name="Поддержка")


def written(**given: object) -> Rendered:
    told = {"to": ["pavel@volga.test"], "subject": "Re: Звонок", "text": "Добрый день", **given}
    return render(Letter(**told), DOOR)  # type: ignore[arg-type]


def parsed(rendered: Rendered) -> EmailMessage:
    message = email.message_from_bytes(rendered.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_the_identifier_is_random_and_of_our_domain() -> None:
    first, second = written(), written()

    assert re.fullmatch(r"[a-z2-7]{26}@desk\.test", first.external_id) and first.external_id != second.external_id
    assert parsed(first)["Message-ID"] == f"<{first.external_id}>"


def test_an_answer_finds_its_way_by_the_reply_address_and_by_the_thread() -> None:
    message = parsed(written(token=TOKEN, in_reply_to="c@x", references=["a@x", "b@x", "c@x"], from_name="Анна, Связь"))

    assert str(message["From"]) == '"Анна, Связь" <support@desk.test>'
    assert message["Reply-To"].addresses[0].addr_spec == f"support+{TOKEN}@desk.test"
    assert (message["In-Reply-To"], message["References"]) == ("<c@x>", "<a@x> <b@x> <c@x>")


def test_long_identifiers_are_never_broken_or_encoded() -> None:
    ids = [f"{'x' * 120}{number}@mail.example.com" for number in range(25)]

    raw = written(in_reply_to=ids[-1], references=ids).raw.decode("ascii")
    assert all(f"<{one}>" in raw for one in ids)


def test_text_and_markup_are_alternatives_with_pictures_inside_and_files_beside() -> None:
    picture = LetterFile("схема.png", "image/png", b"\x89PNG", "pic-1@desk.test")
    beside = LetterFile("Отчёт за ноябрь.pdf", "application/pdf", b"%PDF")
    message = parsed(written(html='<p>Да<img src="cid:pic-1@desk.test"></p>', files=[picture, beside]))

    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    files = {part.get_filename(): part.get_content() for part in message.walk() if part.get_filename()}
    assert files == {"схема.png": b"\x89PNG", "Отчёт за ноябрь.pdf": b"%PDF"}
    assert message.get_body(("plain",)).get_content().strip() == "Добрый день"  # type: ignore[union-attr]


def test_what_the_product_writes_itself_asks_machines_not_to_answer() -> None:
    rendered = written(automatic=True)
    message = parsed(rendered)

    assert rendered.sender == "" and written().sender == "support@desk.test"
    assert (message["Auto-Submitted"], message["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert "Auto-Submitted" not in parsed(written())


def test_a_letter_nobody_asked_for_shows_the_way_out() -> None:
    """RFC 2369 and RFC 8058; RFC 3834 tells it from an answer."""
    message = parsed(written(automatic=True, unsubscribe="https://desk.test/survey/x/stop/"))

    assert message["List-Unsubscribe"] == "<https://desk.test/survey/x/stop/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in parsed(written(automatic=True))


def test_one_click_is_promised_over_https_only() -> None:
    message = parsed(written(automatic=True, unsubscribe="http://desk.test/survey/x/stop/"))

    assert message["List-Unsubscribe"] and "List-Unsubscribe-Post" not in message


@pytest.mark.parametrize("text", ["a" * 5000, "я" * 5000, "From here\n.\n..\n", "", "\x00\x01 \ud800 ok", "\r\n" * 3])
def test_no_line_is_longer_than_a_mail_server_takes(text: str) -> None:
    raw = written(text=text, html=f"<p>{text}</p>", subject=text[:900]).raw

    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"") and raw.isascii()


def test_nobody_to_write_to_is_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        written(to=[])


@pytest.mark.parametrize(
    "address",
    [
        "a@b.test\r\nBcc: x@y.test",
        "a b@c.test",
        "a@b@c",
        "<a@b>",
        "a@",
        "@b",
        "a@b.test\x00",
        "a@b\u2028.test",
        'a"@b.test',
        "",
    ],
)
def test_what_is_not_an_address_is_refused(address: str) -> None:
    with pytest.raises(BadHeader):
        checked(address)


def test_a_domain_of_other_letters_goes_out_in_ascii() -> None:
    assert checked("anna@почта.рф") == "anna@xn--80a1acny.xn--p1ai"


@given(st.text(alphabet="абвяё 🙂é№z=?_", min_size=1, max_size=200))
def test_encoded_words_are_whole_letters_on_short_lines(text: str) -> None:
    line = words(f"я{text}", "Subject")

    assert str(make_header(decode_header(line))) == " ".join(f"я{text}".split())
    assert all(len(f"Subject: {part}") <= 78 for part in line.split("\r\n "))
    assert all(len(word) <= 75 for word in line.split())


@given(st.text(max_size=300), st.text(max_size=80))
def test_no_text_breaks_out_of_its_header(subject: str, name: str) -> None:
    rendered = written(subject=subject, from_name=name)
    head = rendered.raw.split(b"\r\n\r\n")[0].decode("ascii")
    names = [line.split(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]

    assert set(names) <= {
        *("Date", "From", "To", "Subject", "Message-ID", "MIME-Version"),
        *("Content-Type", "Content-Transfer-Encoding"),
    }
    assert len(names) == len(set(names))


def test_a_calendar_beside_a_letter_says_that_it_is_utf_8() -> None:
    """A place in Russian is read as such by whoever takes text without a charset for ASCII."""
    message = parsed(written(files=[LetterFile("visit.ics", "text/calendar", "LOCATION:Самара".encode())]))
    calendar = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_content_charset() == "utf-8" and "Самара" in calendar.get_content()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=200))
def test_what_is_written_in_a_subject_is_what_is_read(subject: str) -> None:
    assert str(parsed(written(subject=subject))["Subject"]) == subject


@pytest.mark.parametrize("value", ["a\r\nBcc: x", "a\nb", "a\x0bb", "a\x85b", "a\u2028b", "я", "x" * 1200])
def test_the_one_function_for_headers_refuses_what_would_change_the_message(value: str) -> None:
    with pytest.raises(BadHeader):
        header("X-Test", value)


def test_our_own_folding_passes() -> None:
    assert header("Subject", words("слово " * 60, "Subject")).count("\r\n ") > 3
    assert header("References", identifiers([f"{n}@{'d' * 50}" for n in range(5)], "References")).count("\r\n ") == 4
    assert header("From", person('Пётр "Тень" ' * 10, "a@b.test"))
