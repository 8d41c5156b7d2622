"""HTML-1, HTML-3, HTML-4: whatever comes in, nothing active comes out."""

# ruff: noqa: E501 - samples stand in one line, as they come

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from otklik.desk.conversations.html import body_document, clean, cleaned, frame_headers, safe
from otklik.desk.conversations.markup import GLOBAL, TAGS
from otklik.desk.conversations.tests.payloads import CANARY, PAYLOADS

LINKS = ("http://", "https://", "mailto:", "tel:")
ALLOWED = {name for names in GLOBAL.values() for name in names} | {"target", "rel"}


def troubles(markup: str) -> list[str]:
    """What an independent parser finds in cleaned markup that has no business there."""
    found = [] if "\0" not in markup else ["nul"]
    for element in lxml_html.fromstring(f"<div>{markup}</div>").iter():
        if not isinstance(element.tag, str):
            found.append(f"node {element!r}")
            continue
        if element.tag not in TAGS:
            found.append(f"<{element.tag}>")
        found += [f"{element.tag}[{name}]" for name in element.keys() if name not in ALLOWED]  # noqa: SIM118
        found += [f"< in {name}" for name, value in element.items() if "<" in value]
        if element.get("href") and not element.get("href", "").startswith(LINKS):
            found.append(f"href {element.get('href')}")
        if "url" in element.get("style", "") or "position" in element.get("style", ""):
            found.append(f"style {element.get('style')}")
        if element.tag == "img" and element.get("src", "data:image/png").partition(";")[0] not in (
            "data:image/png",
            "data:image/gif",
            "data:image/jpeg",
            "data:image/webp",
        ):
            found.append(f"src {element.get('src')}")
    return found


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_HTML_1_nothing_active_is_left(payload: str) -> None:
    safe = clean(f"<p>before</p>{payload}<p>after</p>")

    assert troubles(safe) == []
    assert "<hx" not in safe.lower()
    assert clean(safe) == safe or troubles(clean(safe)) == []


def test_HTML_1_there_are_more_than_forty_classes() -> None:
    assert len(PAYLOADS) >= 40


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_HTML_3_nothing_is_loaded_from_outside(payload: str) -> None:
    for attribute in re.findall(r'(?:src|style|background|srcset|poster)="([^"]*)"', clean(payload)):
        assert CANARY not in attribute


_PIECES = st.sampled_from([
    "<", ">", "</", "/>", '"', "'", "=", " ", "&lt;", "&#60;", "<!--", "-->", "]]>", "<![CDATA[", "\0", "<p>", "<svg>", "<math>",
    "<style>", "</style>", "<title>", "</title>", "<noscript>", "<table>", "<td>", "<mglyph>", "<mtext>", "<img src=x onerror=1>",
    "<a href='javascript:1'>", "<template>", "<textarea>", "<select>", "title=", "style='background:url(//x)'", "<hx-get>", "`",
    "<form>", "<annotation-xml encoding='text/html'>", "<foreignObject>", "<desc>", "javascript:", "onload=1", "<script>", "x",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=200))
@example("<svg><desc><svg><style><img title='</style><img src=x onerror=1>'>")
def test_whatever_is_put_together_comes_out_inert(markup: str) -> None:
    safe = clean(markup)

    assert troubles(safe) == []
    assert troubles(clean(safe)) == []


def test_ordinary_formatting_stays() -> None:
    markup = (
        '<h1>Hello</h1><p style="color:red;text-align:center">A <b>bold</b> <a href="https://x.example/?a=1&amp;b=2">link</a></p>'
        '<ul><li>one</li></ul><table border="1"><tbody><tr><td colspan="2">cell</td></tr></tbody></table><blockquote>quote</blockquote>'
    )

    safe = clean(markup)

    assert '<p style="color:red;text-align:center">' in safe
    assert (
        '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">link</a>' in safe
    )
    assert '<td colspan="2">cell</td>' in safe
    assert "<blockquote>quote</blockquote>" in safe


def test_HTML_4_nothing_can_cover_or_leave_its_place() -> None:
    safe = clean(
        '<div style="position:absolute;z-index:9;margin-top:-900px;width:99999px;padding:4px" class="x" id="app">x</div>'
    )

    assert safe == '<div style="padding:4px">x</div>'


def test_pictures_appear_only_where_we_say() -> None:
    markup = '<img src="cid:logo@x" alt="logo"><img src="https://t.invalid/p.png"><img src="cid:other">'

    result = cleaned(markup, {"cid:logo@x": "/files/7?sig=a&b=c"})

    assert result.html == '<img src="/files/7?sig=a&amp;b=c" alt="logo"><img><img>'
    assert result.remote == ("https://t.invalid/p.png",)


def test_remote_pictures_come_through_our_address_when_asked_for() -> None:
    result = cleaned(
        '<img src="https://t.invalid/p.png">',
        lambda url: f"/proxy/{len(url)}" if url.startswith("http") else None,
    )

    assert result.html == '<img src="/proxy/23">'


def test_a_small_picture_inside_the_text_stays() -> None:
    assert "data:image/png;base64,AAAA" in clean('<img src="data:image/png;base64,AAAA">')


def test_HTML_5_the_document_is_inert_by_itself() -> None:
    document = body_document('<script>alert(1)</script><p>Здравствуйте</p></body><img src="cid:1">', language='ru"><x')

    assert "<script" not in document
    assert "<p>Здравствуйте</p>" in document
    assert document.count("</body>") == 1
    assert 'lang="ru&quot;&gt;&lt;x"' in document
    policy = frame_headers("https://otklik.example/pictures/")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script" not in policy


def test_on_a_page_of_ours_no_tag_brings_a_style() -> None:
    """Its content policy forbids them, and a browser says so for each."""
    letter = '<p style="color:red">Оцените: <a href="https://desk.test/5" style="padding:4px">5</a></p>'

    assert 'style="' in clean(letter)
    assert "style" not in safe(letter) and ">5</a>" in safe(letter)
