"""Windows and an answer at the same moment on one request: whoever writes in it locks the request first."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*acts: Callable[[], Any]) -> list[int]:
    """The status of each; all begin together."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> int:
        try:
            gate.wait(20)
            return int(act().status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


@pytest.fixture
def window(anna: User, ticket: Ticket) -> Callable[..., Callable[[], Any]]:
    """`window("draft", …)`: an act of Anna's in a window of its own, to be done later."""

    def prepare(act: str, **told: Any) -> Callable[[], Any]:
        browser = Browser()
        browser.force_login(anna)
        return lambda: browser.post(f"/tickets/{ticket.number}/{act}/", told, headers={"HX-Request": "true"})

    return prepare


def test_two_windows_that_save_at_once_are_first_and_second(window: Any) -> None:
    """With the same `base`, one is kept and the other one is told of it."""
    for number in range(ROUNDS):
        draft = Draft.objects.first()
        base = draft.saved_at.isoformat() if draft else ""
        saves = [window("draft", mode="reply", text=f"окно {name}, {number}", base=base) for name in "ab"]

        assert sorted(at_once(*saves)) == [200, 409]
    assert Draft.objects.count() == 1


def test_a_save_beside_the_answer_that_ends_the_draft(window: Any, ticket: Ticket) -> None:
    """Whoever is second: the answer leaves once and no draft of it stays."""
    for number in range(ROUNDS):
        key, text = f"key{number}", f"Готово {number}"
        reply = window("reply", text=text, next="resolve", to="pavel@volga.test", key=key)
        saves = [window("draft", mode="reply", text=text, key=key) for _ in range(2)]

        assert set(at_once(reply, *saves)) == {200}
        assert Message.objects.filter(text__startswith=text, direction="out").count() == 1
        assert not Draft.objects.exists()


def test_reply_note_and_both_drafts_at_once(window: Any) -> None:
    for number in range(ROUNDS):
        acts = [
            window("reply", text="Готово", next="resolve", to="pavel@volga.test", key=f"r{number}"),
            window("note", note="заметка", key=f"n{number}"),
            window("draft", mode="note", note="заметка", key=f"n{number}"),
            window("draft", mode="reply", text="Готово", key=f"r{number}"),
            window("take"),
        ]

        assert set(at_once(*acts)) <= {200, 204, 409}
    assert not Draft.objects.exists()
