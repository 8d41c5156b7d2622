"""The Python client and every example of docs/api.md, against a living server."""

import re
from pathlib import Path
from typing import Any

import pytest
from otklik_client import Changed, Conflict, Desk, NotFound, Problem, RateLimited, Unanswered
from otklik_client.client import Answer
from otklik_client.problems import problem_of

from otklik.core.staff.models import ApiToken, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.front.api.allowance import allowance
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)
DOCS = Path(__file__).parents[2] / "docs" / "api.md"


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def desk(live_server: Any, door: Channel, anna: User, pauses: list[float]) -> Desk:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read", "tickets:write"))
    return Desk(live_server.url, secret, sleep=pauses.append)


def test_every_example_of_the_page_runs(live_server: Any, door: Channel, anna: User) -> None:
    _token, secret = ApiToken.objects.issue(anna, ("tickets:read", "tickets:write"))
    names = {"address": live_server.url, "token": secret}
    examples = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 4
    for example in examples:
        exec(example, names)
    assert Ticket.objects.get().tags == ["счёт"]


def test_all_pages_are_read(desk: Desk, writes: Write) -> None:
    numbers = [writes().number for _ in range(5)]
    assert [row["number"] for row in desk.tickets(page=2)] == sorted(numbers, reverse=True)


def test_what_changed_since_is_not_changed_over(desk: Desk, ticket: Ticket, anna: User) -> None:
    read = desk.ticket(ticket.number)
    ticket.note("Раньше", by=anna)
    with pytest.raises(Changed) as caught:
        desk.note(ticket.number, "Позже", tag=read.tag)
    assert desk.note(ticket.number, "Позже", tag=caught.value.tag)["timeline"][-1]["text"] == "Позже"


def test_a_call_too_many_waits_as_it_is_told(
    desk: Desk, ticket: Ticket, settings: Any, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_PER_MINUTE, now = 1, [1000.0]
    monkeypatch.setattr(allowance, "now", lambda: now[0])

    def wait(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    desk._sleep = wait
    desk.note(ticket.number, "Раз")
    desk.note(ticket.number, "Два")
    assert pauses == [60.0]

    desk._tries = 1
    with pytest.raises(RateLimited):
        desk.note(ticket.number, "Три")


def test_an_answer_that_was_lost_makes_nothing_twice(
    desk: Desk, ticket: Ticket, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    send, lost = desk._once, iter([True, False])

    def once(request: Any) -> Answer:
        answer = send(request)
        if next(lost):
            raise Unanswered("the line broke")
        return answer

    monkeypatch.setattr(desk, "_once", once)
    told = desk.note(ticket.number, "Однажды")
    assert len([row for row in told["timeline"] if row["text"] == "Однажды"]) == 1 and pauses == [2.0]


def test_problems_are_told_apart(desk: Desk, ticket: Ticket, writes: Write) -> None:
    with pytest.raises(NotFound):
        desk.ticket(999_999)
    with pytest.raises(Problem) as caught:
        desk.act(ticket.number, "priority", {"priority": 9})
    assert (caught.value.status, caught.value.kind, caught.value.field) == (422, "shape", "priority")
    seen = ticket.last_message_id
    writes("Горит!", token=ticket.conversation.token)
    with pytest.raises(Conflict) as late:
        desk.resolve(ticket.number, "Готово", seen=seen)
    assert len(late.value.newer) == 1 and late.value.kind == "newer-word"


def test_the_token_goes_to_the_desk_alone(desk: Desk) -> None:
    for path in ("//evil.test/x", "https://evil.test/x"):
        with pytest.raises((ValueError, NotFound)):
            desk.call("GET", path)
    assert isinstance(problem_of(302, b"<html>", {}), Problem)


def test_nobody_there_is_said_so(pauses: list[float]) -> None:
    with pytest.raises(Unanswered):
        Desk("http://127.0.0.1:9", "otk_x", tries=2, sleep=pauses.append).ticket(1)
    assert pauses == [2.0]
