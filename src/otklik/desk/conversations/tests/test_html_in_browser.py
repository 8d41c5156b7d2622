"""HTML-1 in a real browser: the cleaned document, without the protection of frame or policy, stays quiet."""

from typing import Any

import pytest

from otklik.desk.conversations.html import body_document, clean
from otklik.desk.conversations.tests.payloads import PAYLOADS


@pytest.fixture
def bare_page(browser: Any) -> Any:
    """A page with neither policy nor sandbox, so that the cleaning alone is on trial."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_HTML_1_no_script_runs_and_nothing_is_asked_for(bare_page: Any) -> None:
    asked: list[str] = []
    bare_page.on("request", lambda request: asked.append(request.url))
    bare_page.on("dialog", lambda dialog: asked.append(dialog.message))
    for name, payload in PAYLOADS.items():
        bare_page.set_content(body_document(payload))
        bare_page.evaluate(
            "() => document.querySelectorAll('body *').forEach(e => { e.focus(); e.dispatchEvent(new Event('click')) })"
        )
        assert bare_page.evaluate("() => window.owned === undefined"), name
    assert [url for url in asked if not url.startswith(("about:", "data:"))] == []


def test_HTML_1_cleaned_markup_inserted_as_text_of_a_page_stays_quiet(bare_page: Any) -> None:
    bare_page.set_content("<div id=here></div>")
    for name, payload in PAYLOADS.items():
        bare_page.evaluate("html => { document.getElementById('here').innerHTML = html }", clean(payload))
        assert bare_page.evaluate("() => window.owned === undefined"), name
