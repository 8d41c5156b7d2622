"""The knowledge base by programs: with the rights of the person, over nobody's words."""

from typing import Any

import pytest

from otklik.care.knowledge.models import Article, Flag, Opinion, Section, Version
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import ALL, Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db: None) -> Section:
    return Section.objects.create(name="Номера", name_en="Numbers")


@pytest.fixture
def said(section: Section) -> dict[str, Any]:
    text = "Номер переносится за восемь дней."
    return {"title": "Как перенести номер", "text": text, "section_id": section.pk, "audience": "public"}


@pytest.fixture
def article(said: dict[str, Any], section: Section, anna: User) -> Article:
    made = Article.objects.begin(title=said["title"], text=said["text"], section=section, audience="public", by=anna)
    made.publish(by=anna)
    return made


def test_it_is_begun_once_written_published_and_withdrawn(
    ask: Ask, anna: User, said: dict[str, Any], ticket: Ticket
) -> None:
    made, again = (ask("post", "articles", anna, said | {"ticket": ticket.number}, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content and Article.objects.count() == 1
    told = made.json()
    assert (told["state"], told["edition"], told["owner"]["login"], told["can_change"]) == ("draft", 1, "anna", True)
    assert Article.objects.get().uses.get().ticket == ticket

    home = f"articles/{told['id']}"
    wrote = ask("put", home, anna, said | {"text": "За шесть дней.", "edition": 1}).json()
    assert (wrote["text"], wrote["edition"]) == ("За шесть дней.", 2)
    public = ask("post", f"{home}/publish", anna).json()
    assert public["state"] == "published" and public["published_at"]
    assert ask("post", f"{home}/publish", anna).status_code == 409
    assert ask("post", f"{home}/review", anna).json()["reviewed_at"]
    ask("put", home, anna, said | {"text": "За пять дней.", "edition": public["edition"]})
    assert [one["number"] for one in ask("get", f"{home}/versions", anna).json()] == [2, 1]
    assert ask("get", f"{home}/versions/1", anna).json()["text"] == "За шесть дней."
    now = ask("get", home, anna).json()["edition"]
    back = ask("post", f"{home}/versions/1/restore", anna, {"edition": now}).json()
    assert back["text"] == "За шесть дней." and Version.objects.count() == 3
    assert ask("post", f"{home}/withdraw", anna).json()["state"] == "withdrawn"
    assert ask("get", "articles", anna).json() == []
    assert [one["id"] for one in ask("get", "articles?state=withdrawn", anna).json()] == [told["id"]]


def test_who_reads_it_and_where_it_stands_stays_unless_it_is_said(
    ask: Ask, anna: User, article: Article, section: Section
) -> None:
    """A text that clients read is not taken from them by a program that mends a word."""
    home, said = f"articles/{article.pk}", {"title": "Как перенести", "text": "За семь дней."}
    kept = ask("put", home, anna, said | {"edition": article.edition}).json()
    assert (kept["text"], kept["audience"], kept["section_id"]) == ("За семь дней.", "public", section.pk)
    inner = ask("put", home, anna, said | {"edition": kept["edition"], "audience": "internal"}).json()
    assert (inner["audience"], inner["section_id"]) == ("internal", section.pk)
    shelf = ask("put", home, anna, said | {"edition": inner["edition"], "section_id": None})
    assert shelf.status_code == 422, "what is published has one"


def test_it_is_answered_the_same_whoever_keeps_it_since(
    ask: Ask, anna: User, ilya: User, article: Article, said: dict[str, Any]
) -> None:
    """An owner who is no lead gives it away, and may not change it any more: what they did is still done once."""
    home = f"articles/{article.pk}"
    acts: list[tuple[str, str, Any]] = [
        ("put", "", said | {"edition": article.edition}),
        ("post", "/review", None),
        ("post", "/give", {"owner": "ilya"}),
    ]
    first = [ask(how, home + path, anna, body, key=f"k{path}") for how, path, body in acts]
    again = [ask(how, home + path, anna, body, key=f"k{path}") for how, path, body in acts]
    assert [one.status_code for one in first] == [200, 200, 200]
    assert [one.content for one in first] == [one.content for one in again]
    assert first[-1].json()["owner"]["login"] == "ilya" and first[-1].json()["can_change"] is False
    assert ask("post", f"{home}/give", anna, {"owner": "anna"}, key="other").status_code == 403


def test_nobody_writes_over_what_they_have_not_read(
    ask: Ask, anna: User, boris: User, article: Article, said: dict[str, Any]
) -> None:
    read = ask("get", f"articles/{article.pk}", anna)
    article.write(title="Иначе", text="Иначе", section=article.section, by=boris, seen=article.edition)
    late = ask("put", f"articles/{article.pk}", anna, said | {"edition": read.json()["edition"]})
    assert late.status_code == 409
    tagged = ask("put", f"articles/{article.pk}", anna, said | {"edition": 99}, tag=read["ETag"])
    assert tagged.status_code == 412 and Article.objects.get().text == "Иначе"
    assert ask("get", f"articles/{article.pk}", anna)["ETag"] == tagged["ETag"]


def test_articles_are_listed_and_found(ask: Ask, anna: User, boris: User, article: Article, section: Section) -> None:
    draft = Article.objects.begin(title="Черновик о номере", text="Перенести номер сложно", by=boris)
    other = Article.objects.begin(title="Счета", text="Оплата", by=anna, section=section, language="en")

    def listed(query: str) -> list[int]:
        return [one["id"] for one in ask("get", f"articles{query}", anna).json()]

    assert listed("") == [other.pk, draft.pk, article.pk]
    assert listed("?state=published") == listed("?audience=public") == [article.pk]
    assert listed("?owner=Boris") == [draft.pk] and listed("?language=en") == [other.pk]
    assert listed(f"?section_id={section.pk}") == [other.pk, article.pk]
    first = ask("get", "articles?limit=2", anna)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    assert [one["id"] for one in ask("get", following, anna).json()] == [article.pk]

    narrow = ask("get", "articles?state=published&fields=id,title", anna)
    assert narrow.json() == [{"id": article.pk, "title": article.title}]
    one = ask("get", f"articles/{article.pk}?fields=text", anna)
    assert one.json() == {"text": article.text} and one["ETag"].startswith("W/")
    assert ask("get", "articles?fields=secret", anna).status_code == 400

    found = ask("get", "articles/found?query=перенести номера", anna).json()
    assert {one["id"] for one in found} == {article.pk, draft.pk} and "восемь" in str(found)
    assert "\x02" not in str(found)
    assert [one["id"] for one in ask("get", "articles/found?query=номер&published=true", anna).json()] == [article.pk]
    assert ask("get", "articles/found?query=", anna).status_code == 422
    (shelf,) = ask("get", "articles/sections", anna).json()
    assert shelf == {"id": section.pk, "name": "Номера", "name_en": "Numbers", "place": 100, "articles": 2}


def test_who_may_what(
    ask: Ask, anna: User, ilya: User, boris: User, quality: User, article: Article, said: dict[str, Any]
) -> None:
    home, change = f"articles/{article.pk}", said | {"edition": article.edition}
    acts: list[tuple[str, str, Any]] = [
        ("put", "", change),
        ("post", "/withdraw", None),
        ("post", "/review", None),
        ("post", "/give", {"owner": "ilya"}),
        ("post", "/versions/1/restore", {"edition": article.edition}),
    ]
    for user in (ilya, quality):
        assert ask("get", home, user).json()["can_change"] is False
        for method, path, body in acts:
            assert ask(method, f"{home}{path}", user, body).status_code == 403, path
    assert ask("post", "articles", quality, said).status_code == 403
    narrow = tuple(scope for scope in ALL if not scope.startswith("knowledge"))
    assert ask("get", home, anna, scopes=narrow).status_code == 403
    for method, path, body in acts:
        assert ask(method, f"{home}{path}", anna, body, scopes=(*narrow, "knowledge:read")).status_code == 403, path
    assert ask("post", f"{home}/give", boris, {"owner": "Ilya"}).json()["owner"]["login"] == "ilya"
    assert ask("post", f"{home}/give", boris, {"owner": "quality"}).json()["field"] == "owner"
    assert ask("post", f"{home}/give", boris, {"owner": "nobody"}).status_code == 422
    for path in ("", "/versions", "/versions/1", "/flags", "/opinions", "/figures"):
        assert ask("get", f"articles/987654{path}", anna).status_code == 404, path


def test_what_is_wrong_is_named(
    ask: Ask, anna: User, vera: User, article: Article, said: dict[str, Any], ticket: Ticket
) -> None:
    draft = Article.objects.begin(title="Ч", text="x", by=anna)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"title": " "}, "title"),
        ({"text": "а" * 60_001}, "text"),
        ({"section_id": 987654}, "section_id"),
        ({"original_id": draft.pk}, "original_id"),
        ({"original_id": article.pk}, "language"),
        ({"ticket": 987654}, "ticket"),
        ({"audience": "all"}, "audience"),
    ]
    for change, field in wrong:
        refused = ask("post", "articles", anna, said | change)
        assert (refused.status_code, refused.json()["field"]) == (422, field), change
    foreign = ask("post", "articles", vera, said | {"ticket": ticket.number})
    assert (foreign.status_code, foreign.json()["field"]) == (422, "ticket"), "ACCESS-1"
    shelfless = ask("post", f"articles/{draft.pk}/publish", anna)
    assert (shelfless.status_code, shelfless.json()["field"]) == (422, "section")
    translated = ask("post", "articles", anna, said | {"original_id": article.pk, "language": "en"}).json()
    assert translated["original_id"] == article.pk


def test_what_colleagues_and_readers_say_of_it(
    ask: Ask, anna: User, ilya: User, vera: User, article: Article, said: dict[str, Any], ticket: Ticket
) -> None:
    home = f"articles/{article.pk}"
    raised = ask("post", f"{home}/flags", ilya, {"text": "Срок другой", "ticket": ticket.number})
    assert raised.status_code == 201 and raised.json()["ticket"] == ticket.number
    other = ask("post", f"{home}/flags", vera, {"text": "Не так"}).json()["id"]
    assert [one["ticket"] for one in ask("get", f"{home}/flags", vera).json()] == [None, None], "ACCESS-1: not hers"
    assert ask("post", f"{home}/flags", vera, {"text": "x", "ticket": ticket.number}).json()["field"] == "ticket"

    mended = {**said, "text": "За шесть дней.", "edition": article.edition, "mends": [raised.json()["id"]]}
    assert ask("put", home, anna, mended).status_code == 200
    answer = f"{home}/flags/{other}/answer"
    assert ask("post", answer, ilya, {"answer": "Так"}).status_code == 403
    assert ask("post", answer, anna, {"answer": " "}).json()["field"] == "answer"
    assert ask("post", answer, anna, {"answer": "Так и есть"}).json()["answer"] == "Так и есть"
    assert ask("post", answer, anna, {"answer": "Так и есть"}).status_code == 409
    assert [(one["mended"], one["done_at"] is None) for one in ask("get", f"{home}/flags", anna).json()] == [
        (False, False),
        (True, False),
    ]
    elsewhere = Article.objects.begin(title="Другая", text="x", by=anna)
    assert ask("post", f"articles/{elsewhere.pk}/flags/{other}/answer", anna, {"answer": "x"}).status_code == 404

    Opinion.objects.give(article, True)
    Opinion.objects.give(article, False, "Как быть с pavel@volga.test?")
    assert ask("get", f"{home}/figures", anna).json() == {"views": 0, "used": 0, "helped": 1, "helped_not": 1}
    (against, for_it) = ask("get", f"{home}/opinions", anna).json()
    assert for_it["helped"] and against["missing"].startswith("Как быть") and "volga" not in against["missing"]
    assert Flag.objects.count() == 2


def test_many_articles_cost_what_one_does(
    ask: Ask, anna: User, ilya: User, article: Article, ticket: Ticket, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 8):
        for number in range(count):
            Article.objects.begin(title=f"Номер {count}-{number}", text="номер", by=(anna, ilya)[number % 2])
            article.flag(f"{count}-{number}", by=ilya, ticket=ticket)
        for path in ("", "/found?query=номер", f"/{article.pk}", f"/{article.pk}/flags", f"/{article.pk}/versions"):
            with django_assert_max_num_queries(8):
                assert ask("get", f"articles{path}", anna).status_code == 200, path
