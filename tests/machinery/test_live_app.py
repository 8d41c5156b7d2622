"""The fixtures themselves: the real server answers, the browser reaches it."""

import urllib.request
from typing import Any


def test_the_real_application_answers_on_its_own_port(live_app: Any) -> None:
    with urllib.request.urlopen(f"{live_app.url}/livez") as answer:
        assert (answer.status, answer.read()) == (200, b"ok\n")


def test_the_browser_reaches_the_application(live_app: Any, page: Any) -> None:
    answer = page.goto("/livez")
    assert answer.status == 200
