"""HTML-2 and HTML-6: links are built and marked without breaking out."""

# ruff: noqa: E501 - samples stand in one line, as they come

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.desk.conversations.html import clean, linkify

REL = 'target="_blank" rel="noopener noreferrer nofollow"'


def test_HTML_2_links_of_plain_text() -> None:
    assert linkify("see https://x.example/a?b=1&c=2.") == (
        f'see <a href="https://x.example/a?b=1&amp;c=2" {REL}>https://x.example/a?b=1&amp;c=2</a>.'
    )
    assert linkify("www.x.example, or anna@x.example") == (
        f'<a href="http://www.x.example" {REL}>www.x.example</a>, or <a href="mailto:anna@x.example" {REL}>anna@x.example</a>'
    )
    assert (
        linkify("(https://x.example/a_(b))") == f'(<a href="https://x.example/a_(b)" {REL}>https://x.example/a_(b)</a>)'
    )


def test_HTML_2_text_stays_text() -> None:
    for text in (
        '<b>"x"</b>',
        "javascript:alert(1)",
        "data:text/html,x",
        "[a](javascript:x)",
        "ftp://x",
        "&lt;script&gt;",
    ):
        assert "<a" not in linkify(text)
        assert "<b" not in linkify(text)


@settings(deadline=None)
@given(st.text(alphabet="abc<>\"'&/:.@?=();hmtpsw \n\t", max_size=80))
def test_HTML_2_nothing_breaks_out_of_a_link(text: str) -> None:
    html = linkify(text)
    without_links = re.sub(rf'<a href="(?:https?|mailto|tel):[^"<>]*" {re.escape(REL)}>|</a>', "", html)

    assert "<" not in without_links
    assert ">" not in without_links


def test_HTML_6_a_link_that_shows_another_host_is_marked() -> None:
    assert "<strong>[evil.example]</strong>" in clean('<a href="https://evil.example/login">https://bank.example</a>')
    assert "<strong>[evil.example]</strong>" in clean('<a href="https://bank.example@evil.example/">bank.example</a>')


def test_HTML_6_an_honest_link_is_not() -> None:
    for markup in (
        '<a href="https://www.bank.example/login">bank.example</a>',
        '<a href="https://online.bank.example/">www.bank.example</a>',
        '<a href="https://bank.example/">Open the bank</a>',
    ):
        assert "<strong>" not in clean(markup)
