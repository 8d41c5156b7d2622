"""Availability and absences by programs."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Organisation, User
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


def tomorrow() -> str:
    return (clock.now() + timedelta(days=1)).isoformat()


def test_who_is_ready_and_who_is_away(ask: Ask, anna: User, ilya: User) -> None:
    assert ask("post", "people/me/availability", anna, {"availability": "busy"}).json()["availability"] == "busy"
    assert ask("post", "people/me/availability", anna, {"availability": "asleep"}).status_code == 422
    ask("post", "people/absences", ilya, {"until": tomorrow(), "deputy": "anna", "reason": "врач"})

    found = {one["login"]: one for one in ask("get", "people", anna).json()}
    assert (found["anna"]["availability"], found["anna"]["absence"]) == ("busy", None)
    assert (found["ilya"]["availability"], found["ilya"]["absence"]["deputy"]["login"]) == ("away", "anna")


def test_declared_once_for_each_key_listed_moved_and_ended(ask: Ask, anna: User, ilya: User, vera: User) -> None:
    body = {"until": tomorrow(), "deputy": "ilya"}
    first, again = (ask("post", "people/absences", anna, body, key="k") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Absence.objects.count() == 1
    assert [one["person"]["login"] for one in ask("get", "people/absences", ilya).json()] == ["anna"]

    pk = first.json()["id"]
    later = (clock.now() + timedelta(days=3)).isoformat()
    assert ask("post", f"people/absences/{pk}", anna, {"until": later}).json()["until"][:10] == later[:10]
    assert ask("post", f"people/absences/{pk}", vera, {"until": later}).status_code == 404
    assert ask("post", f"people/absences/{pk}/end", ilya).status_code == 404
    assert ask("post", f"people/absences/{pk}/end", anna).json()["given_back_at"]
    assert ask("post", f"people/absences/{pk}/end", anna).status_code == 200
    assert ask("get", "people/absences", ilya).json() == []


def test_what_cannot_be_says_which_value_to_mend(ask: Ask, anna: User, vera: User, boris: User) -> None:
    past = (clock.now() - timedelta(hours=1)).isoformat()
    for change, field in ({"until": past}, "until"), ({"deputy": "anna"}, "deputy"):
        refused = ask("post", "people/absences", anna, {"until": tomorrow(), **change})
        assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert ask("post", "people/absences", anna, {"until": tomorrow(), "deputy": "nobody"}).status_code == 422
    assert ask("post", "people/absences", boris, {"until": tomorrow(), "person": "vera"}).status_code == 403
    assert ask("post", "people/absences", boris, {"until": tomorrow(), "person": "anna"}).status_code == 201


def test_somebody_else_stands_in(ask: Ask, anna: User, ilya: User, boris: User, vera: User) -> None:
    pk = ask("post", "people/absences", anna, {"until": tomorrow(), "deputy": "ilya"}).json()["id"]
    other = ask("post", f"people/absences/{pk}/deputy", anna, {"deputy": "boris"}, key="d")
    assert other.json()["deputy"]["login"] == "boris" and other.json()["id"] != pk
    assert ask("post", f"people/absences/{pk}/deputy", anna, {"deputy": "boris"}, key="d").content == other.content
    goes_on = f"people/absences/{other.json()['id']}/deputy"
    assert ask("post", goes_on, vera, {"deputy": "ilya"}).status_code == 404
    refused = ask("post", goes_on, anna, {"deputy": "anna"})
    assert (refused.status_code, refused.json()["field"]) == (422, "deputy")
    assert ask("post", goes_on, anna, {}).json()["deputy"] is None


def test_another_scope_does_not_open_it(ask: Ask, anna: User) -> None:
    assert ask("get", "people", anna, scopes=("tickets:read",)).status_code == 403
    body = {"availability": "ready"}
    assert ask("post", "people/me/availability", anna, body, scopes=("people:read",)).status_code == 403


def test_why_somebody_is_away_knows_who_may_declare_it(
    ask: Ask, anna: User, ilya: User, boris: User, vera: User, head: User
) -> None:
    pk = ask("post", "people/absences", anna, {"until": tomorrow(), "reason": "врач"}).json()["id"]

    def told(user: User) -> set[str]:
        colleagues = {one["login"]: one for one in ask("get", "people", user).json()}
        return {
            colleagues["anna"]["absence"]["reason"],
            ask("get", "people/of/anna", user).json()["absence"]["reason"],
            ask("get", "people/absences", user).json()[0]["reason"],
            ask("get", f"people/absences/{pk}", user).json()["reason"],
        }

    assert told(anna) == told(boris) == told(head) == {"врач"}, "their own, the lead of the line, the head"
    assert told(ilya) == told(vera) == {""}


@pytest.fixture
def reasons(organisation: Organisation) -> list[str]:
    organisation.pause_reasons = ["Обед", "Обучение"]
    organisation.save()
    return organisation.pause_reasons


def test_which_work_they_take_and_why_they_pause(
    ask: Ask, anna: User, ilya: User, boris: User, vera: User, reasons: list[str]
) -> None:
    own = "people/me/availability"
    told = ask("post", own, anna, {"availability": "ready", "takes": "chats"}, key="k").json()
    assert (told["takes"], told["pause_reason"], told["pause_reasons"]) == ("chats", "", reasons)
    read = ask("get", own, anna)
    assert read.json() == told and read.json()["since"]

    changed = {"availability": "break", "pause_reason": "Обед"}
    assert ask("post", own, anna, changed, tag='"another"').status_code == 412
    rests = ask("post", own, anna, changed, tag=read["ETag"]).json()
    assert (rests["availability"], rests["takes"], rests["pause_reason"]) == ("break", "any", "Обед")
    again = ask("post", own, anna, {"availability": "break", "pause_reason": "Обучение"}).json()
    assert (again["pause_reason"], again["since"]) == ("Обучение", rests["since"]), "the same break goes on"

    def seen(user: User) -> set[str]:
        rows = {one["login"]: one["pause_reason"] for one in ask("get", "people", user).json()}
        return {rows["anna"], ask("get", "people/of/anna", user).json()["pause_reason"]}

    assert seen(anna) == seen(boris) == {"Обучение"}, "their own, and the lead of the line"
    assert seen(ilya) == seen(vera) == {""}
    assert ask("post", own, anna, {"availability": "ready"}).json()["takes"] == "chats", "as before the break"
    assert ask("post", own, anna, {"availability": "ready", "takes": "any"}).json()["takes"] == "any"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"availability": "busy", "takes": "calls"}, "takes"),
        ({"availability": "ready", "takes": "faxes"}, "takes"),
        ({"availability": "ready", "pause_reason": "Обед"}, "pause_reason"),
        ({"availability": "break", "pause_reason": "Рыбалка"}, "pause_reason"),
    ],
)
def test_work_and_reasons_that_no_such_word_has(
    ask: Ask, anna: User, quality: User, reasons: list[str], wrong: dict[str, str], field: str
) -> None:
    refused = ask("post", "people/me/availability", anna, wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    anna.refresh_from_db()
    assert anna.availability == "away", "nothing of it was said"
    works = {"availability": "ready", "takes": "calls"}
    assert ask("post", "people/me/availability", quality, works).json()["field"] == "takes"
