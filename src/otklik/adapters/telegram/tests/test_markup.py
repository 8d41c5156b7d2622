"""Our markup in Telegram's: nothing is lost, nothing is too long, whatever is not known is text."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.adapters.telegram.limits import LONGEST
from otklik.adapters.telegram.markup import messages, units
from otklik.desk.conversations.markdown import to_html

KNOWN = re.compile(r'</?(?:b|i|u|s|code|pre|blockquote)>|<a href="[^"<>]*">|</a>')


def shown(message: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", message))


def said(markdown: str) -> list[str]:
    return messages(to_html(markdown), markdown)


def test_the_usual_things() -> None:
    assert said("Раз **два** _три_ ~~четыре~~ `код`") == ["Раз <b>два</b> <i>три</i> <s>четыре</s> <code>код</code>"]
    assert said("# Вот\n\nи [ссылка](https://otklik.test/?a=1&b=2)") == [
        '<b>Вот</b>\n\nи <a href="https://otklik.test/?a=1&amp;b=2">ссылка</a>'
    ]
    assert said("- раз\n- два\n  - внутри\n\nдальше") == ["• раз\n• два\n   • внутри\n\nдальше"]
    assert said("> цитата **вся**") == ["<blockquote>цитата <b>вся</b></blockquote>"]
    assert said("строка\nи вторая") == ["строка\nи вторая"]
    assert said("```\nx = 1\n  y\n```") == ["<pre><code>x = 1\n  y</code></pre>"]


def test_INJECT_markup_that_somebody_types_is_text() -> None:
    assert said("<script>alert(1)</script> <a href='tg://x'>y</a>")[0].startswith("&lt;script&gt;")
    assert messages('<a href="javascript:alert(1)">x</a>', "") == ["x"]
    assert messages("", "a < b & c") == ["a &lt; b &amp; c"]


def test_nothing_is_no_message() -> None:
    assert messages("", "  \n ") == [] and messages("<p> </p>", "") == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("ab я😀 \n*_`<>&#->[]()"), max_size=60).map(lambda text: text * 40), max_size=8
    ).map("\n\n".join)
)
def test_every_message_fits_and_knows_only_tags_of_telegram(text: str) -> None:
    html = to_html(text)
    for one in messages(html, text):
        assert 0 < units(shown(one)) <= LONGEST
        assert "<" not in KNOWN.sub("", one)
        for tag in ("b", "i", "s", "code", "pre", "blockquote"):
            assert one.count(f"<{tag}>") == one.count(f"</{tag}>")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=10))
def test_no_word_is_lost(lengths: list[int]) -> None:
    blocks = ([f"w{number}x{place}" for place in range(size // 5 + 1)] for number, size in enumerate(lengths))
    text = "\n\n".join(map(" ".join, blocks))
    assert " ".join(shown(one) for one in said(text)).split() == text.split()
