"""The stream of a window over the real server: news at once, nothing missed after a break, nothing for strangers."""

from datetime import timedelta
from http.client import HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from otklik.adapters.sitechat.live import hub
from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.live import PATIENCE, LiveApp, wait_until


def stream(live_app: LiveApp, window: Window, secret: str = "") -> HTTPResponse:
    headers = {"X-Chat-Secret": secret or window.secret}
    answer: HTTPResponse = urlopen(
        Request(f"{live_app.url}/live/chat/{window.chat.key}/", headers=headers), timeout=PATIENCE
    )
    return answer


def news(answer: HTTPResponse) -> bool:
    """Waits for the next piece; what keeps the connection alive is none."""
    return any(line == b"event: news\n" for line in answer)


def test_an_answer_is_told_at_once_and_a_break_misses_nothing(live_app: LiveApp, window: Window, anna: User) -> None:
    window.says()
    number, ticket = window.visitor.pk, Ticket.objects.get()

    def answers(text: str) -> None:
        ticket.refresh_from_db()
        ticket.reply(text, by=anna, then=Wait(clock.now() + timedelta(days=2)))
        sent()

    first, second = stream(live_app, window), stream(live_app, window)
    assert news(first) and news(second), "it begins with a look at what is there"
    wait_until(lambda: len(hub.windows.get(number, ())) == 2)
    answers("Смотрим")
    assert news(first) and news(second), "each tab hears of it"
    for tab in (first, second):
        tab.close()

    last = window.lines[-1]["id"]
    answers("Починили")
    with stream(live_app, window) as again:
        assert news(again)
    assert [line["text"] for line in window.told(after=last)["lines"]] == ["Починили"]


@pytest.mark.parametrize("secret", ["b" * 64, "x", ""])
def test_strangers_hear_nothing(live_app: LiveApp, window: Window, secret: str, anna: Any) -> None:
    window.says()
    with pytest.raises(HTTPError) as refused:
        stream(live_app, window, secret or "0")
    assert refused.value.code == 404
    refused.value.close()


def test_whoever_has_the_window_open_is_here(live_app: LiveApp, window: Window) -> None:
    window.says()
    window.leaves()
    assert not window.visitor.is_here
    with stream(live_app, window) as answer:
        assert news(answer) and window.visitor.is_here
