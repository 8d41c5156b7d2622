"""HTML-7: markup that would cost seconds is shown as text."""

import time

import pytest

from otklik.desk.conversations.html import clean, cleaned, linkify

BOMBS = {
    "nested tags": "<div>" * 100_000 + "hello",
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">hello",
    "quoted attributes": "<div " + " ".join(f'a{n}="<>"' for n in range(60_000)) + ">hello",
    "open formatting": "".join(f"<b id={n}>" for n in range(900)) + "<p>x" * 40_000 + "hello",
    "size": "<p>hello</p>" * 200_000,
    "many tags": "<br>" * 90_000 + "hello",
    "blank space": "<div>" * 2_000 + " " * 900_000 + "hello",
}
SLOW = {
    "bare brackets": "<" * 900_000,
    "open quotes": '<a b="' * 150_000,
    "mixed quotes": "<a b=\"'" * 130_000,
    "equals": "<a " + "= " * 400_000,
    "ends": "<p>" + "</div>" * 45_000,
    "tables": "<table>" * 900 + "<td>x" * 40_000,
    "lists": "<ol><li>" * 450 + "</p>" * 40_000,
    "comments": "<!--" * 200_000,
}


@pytest.mark.parametrize("markup", BOMBS.values(), ids=BOMBS.keys())
def test_HTML_7_a_bomb_is_shown_as_text(markup: str) -> None:
    started = time.process_time()

    result = cleaned(markup)

    assert time.process_time() - started < 2
    assert result.as_text
    assert "hello" in result.html
    assert result.html.startswith("<pre>")


@pytest.mark.parametrize("markup", SLOW.values(), ids=SLOW.keys())
def test_HTML_7_nothing_takes_longer_than_two_seconds(markup: str) -> None:
    started = time.process_time()

    clean(markup)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 200_000,
        "http://" * 100_000,
        "www." * 200_000,
        "x" * 500_000,
        "(" * 300_000,
        "http://x" + ")" * 1900,
    ],
)
def test_links_are_found_in_time(text: str) -> None:
    started = time.process_time()

    linkify(text)

    assert time.process_time() - started < 2


def test_an_ordinary_long_thread_is_not_too_much() -> None:
    thread = "<blockquote><div><font color=red><b>hi</b></font>" * 60 + "</div></blockquote>" * 60

    assert not cleaned(thread * 5).as_text
