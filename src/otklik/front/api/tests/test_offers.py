"""Saved replies that their authors would share, by programs."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import SavedReply
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(anna: User) -> SavedReply:
    reply = SavedReply(name="Счёт", shortcut="счет", text="Счёт во вложении", owner=anna)
    reply.keep(by=anna)
    return reply


def test_it_is_offered_to_the_line_and_accepted(
    ask: Ask, mine: SavedReply, anna: User, ilya: User, boris: User
) -> None:
    home = f"saved-replies/{mine.pk}"
    told, again = (ask("post", f"{home}/offer", anna, {"line": "Первая линия"}, key="k") for _ in range(2))
    assert told.status_code == 200 and told.content == again.content, told.json()
    assert told.json()["offered"]["line"] == "Первая линия" and told.json()["author"]["login"] == "anna"
    assert Notice.objects.filter(person=boris).count() == 1, "whoever decides is told, once"

    assert ask("get", "saved-replies/offered", anna).json() == ask("get", "saved-replies/offered", ilya).json() == []
    (waits,) = ask("get", "saved-replies/offered", boris).json()
    read = ask("get", home, boris)
    assert read.json() == waits and ask("get", home, ilya).status_code == 404, "it is still its author's own"
    assert ask("post", f"{home}/accept", ilya).status_code == 404
    assert ask("post", f"{home}/accept", anna).status_code == 403, "nobody shares their own"
    assert ask("post", f"{home}/accept", boris, tag='"another"').status_code == 412
    shared = ask("post", f"{home}/accept", boris, tag=read["ETag"]).json()
    assert (shared["line"], shared["author"], shared["offered"]) == ("Первая линия", None, None)
    assert shared["keeper"]["login"] == "anna", "its author answers for it"
    assert [one["name"] for one in ask("get", "saved-replies", ilya).json()] == ["Счёт"]
    assert ask("post", f"{home}/decline", boris).status_code == 403, "it was decided"


def test_it_stays_its_authors_own(ask: Ask, mine: SavedReply, anna: User, boris: User, head: User) -> None:
    home = f"saved-replies/{mine.pk}"
    assert ask("post", f"{home}/offer", anna, {"everybody": True}).json()["offered"]["line"] is None
    assert ask("post", f"{home}/decline", head).json()["offered"] is None
    assert ask("get", home, boris).status_code == 404 and ask("get", home, anna).json()["author"]["login"] == "anna"
    assert Notice.objects.filter(person=anna).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{}, {"line": "Первая линия", "everybody": True}, {"line": "Вторая линия"}, {"line": "?"}],
    ids=["nobody", "both", "of another", "unknown"],
)
def test_with_whom_it_is_shared_is_said(
    ask: Ask, mine: SavedReply, anna: User, line_two: Team, wrong: dict[str, Any]
) -> None:
    refused = ask("post", f"saved-replies/{mine.pk}/offer", anna, wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, "line")
    mine.refresh_from_db()
    assert mine.offered_at is None


def test_ACCESS_1_nobody_offers_or_decides_on_what_is_not_theirs(
    ask: Ask, mine: SavedReply, anna: User, ilya: User, vera: User, quality: User
) -> None:
    home = f"saved-replies/{mine.pk}"
    ask("post", f"{home}/offer", anna, {"line": "Первая линия"})
    for act in ("offer", "accept", "decline", "still-good"):
        told = {"everybody": True} if act == "offer" else None
        assert ask("post", f"{home}/{act}", vera, told).status_code == 404, act
        assert ask("post", f"{home}/{act}", quality, told).status_code == 403, act
        assert ask("post", f"{home}/{act}", anna, told, scopes=("tickets:read",)).status_code == 403, act
    mine.refresh_from_db()
    assert mine.offered_at and mine.owner == anna


def test_a_keeper_says_that_it_is_still_good(ask: Ask, anna: User, boris: User, ilya: User, line_one: Team) -> None:
    shared = SavedReply(name="Общее", text="x", team=line_one, keeper=anna, review_on=clock.today())
    shared.keep(by=boris)
    home = f"saved-replies/{shared.pk}"
    before = ask("get", home, anna).json()["review_on"]
    assert ask("post", f"{home}/still-good", ilya).status_code == 403
    after = ask("post", f"{home}/still-good", anna).json()
    assert after["review_on"] and after["review_on"] != before


@pytest.mark.usefixtures("kept_for_long")
def test_what_waits_costs_the_same_however_much_it_is(ask: Ask, anna: User, boris: User, line_one: Team) -> None:
    def more(name: str) -> None:
        reply = SavedReply(name=name, text="x", owner=anna)
        reply.keep(by=anna)
        reply.offer(line_one, by=anna)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", "saved-replies/offered", boris).status_code == 200
        return len(seen)

    more("А")
    cost()
    one = cost()
    for name in "БВГД":
        more(name)
    assert len(ask("get", "saved-replies/offered", boris).json()) == 5 and cost() == one
