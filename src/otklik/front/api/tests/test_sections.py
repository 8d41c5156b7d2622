"""Shelves of the knowledge base by programs."""

from typing import Any

import pytest

from otklik.care.knowledge.models import Article, Section
from otklik.core.staff.models import User
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


def test_a_shelf_is_added_moved_and_removed(ask: Ask, anna: User, boris: User) -> None:
    body = {"name": " Номера ", "name_en": "Numbers", "place": 20}
    made, again = (ask("post", "articles/sections", boris, body, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content, made.json()
    told = {"name": "Номера", "name_en": "Numbers", "place": 20, "articles": 0}
    assert made.json() == {"id": made.json()["id"], **told}
    home = f"articles/sections/{made.json()['id']}"
    ask("post", "articles/sections", boris, {"name": "Счета", "place": 10})
    assert [one["name"] for one in ask("get", "articles/sections", anna).json()] == ["Счета", "Номера"]

    read = ask("get", home, anna)
    moved = ask("put", home, boris, {"name": "Номера", "place": 5}, tag=read["ETag"]).json()
    assert (moved["place"], moved["name_en"]) == (5, "")
    assert ask("put", home, boris, body, tag=read["ETag"]).status_code == 412
    assert [one["name"] for one in ask("get", "articles/sections", anna).json()] == ["Номера", "Счета"]

    Article.objects.begin(title="Перенос", text="x", by=anna, section=Section.objects.get(name="Номера"))
    assert ask("get", home, anna).json()["articles"] == 1
    assert ask("post", f"{home}/remove", boris).status_code == 409, "articles never lose their place"
    Article.objects.all().delete()
    gone = [ask("post", f"{home}/remove", boris, key="r") for _ in range(2)]
    assert gone[0].json()["name"] == "Номера" and gone[0].content == gone[1].content
    assert ask("get", home, anna).status_code == 404 and Section.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"), [({"name": " "}, "name"), ({"name": "Счета"}, "name"), ({"place": -1}, "place")]
)
def test_what_is_wrong_is_named(ask: Ask, boris: User, wrong: dict[str, Any], field: str) -> None:
    Section.objects.create(name="Счета")
    refused = ask("post", "articles/sections", boris, {"name": "Номера", **wrong})
    assert (refused.status_code, refused.json()["field"]) == (422, field)
    assert Section.objects.count() == 1


def test_ACCESS_only_who_keeps_the_base_changes_its_shelves(ask: Ask, anna: User, boris: User, quality: User) -> None:
    shelf = Section.objects.create(name="Счета")
    home = f"articles/sections/{shelf.pk}"
    for user in (anna, quality):
        assert ask("post", "articles/sections", user, {"name": "x"}).status_code == 403
        assert ask("put", home, user, {"name": "x"}).status_code == 403
        assert ask("post", f"{home}/remove", user).status_code == 403
        assert ask("get", home, user).json()["name"] == "Счета"
    for scopes in (("knowledge:read",), ("tickets:write",)):
        assert ask("put", home, boris, {"name": "x"}, scopes=scopes).status_code == 403
    assert ask("put", "articles/sections/987654", boris, {"name": "x"}).status_code == 404
