"""Our own letters are read back as their recipients read them."""

from otklik.front.workspace.letter import read

LONG_NAME = (
    "From: =?utf-8?b?0JjQu9GM0Y8g0KHQvtC60L7Qu9C+0LIsINCh0LXQstC10YDQvdGL0Lkg0LzQvtGB?=\r\n"
    " =?utf-8?b?0YI=?= <support@volga.test>\r\n"
    "Subject: Re: plain words\r\n"
    "References: <one@volga.test>\r\n <two@volga.test>\r\n\r\ntext\r\n"
)


def test_a_name_folded_into_two_words_is_one_name() -> None:
    letter = read(LONG_NAME.encode())

    assert letter.sender == "Илья Соколов, Северный мост <support@volga.test>"
    assert letter.subject == "Re: plain words"
    assert ("References", "<one@volga.test> <two@volga.test>") in letter.headers


def test_a_header_line_that_cannot_be_read_is_left_out() -> None:
    letter = read(b"From: =?nowhere-8?b?0YI=?= <a@b.test>\r\nSubject: \r\n\r\ntext\r\n")

    assert letter.sender == "" and letter.text.strip() == "text"


def test_bare_bytes_in_a_header_line_can_be_shown() -> None:
    letter = read("Subject: счёт ".encode() + b"\xff\r\n\r\ntext\r\n")

    assert letter.subject.startswith("счёт") and letter.subject.encode()
