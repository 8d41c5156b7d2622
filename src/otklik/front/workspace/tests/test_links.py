"""Links that chance drew: the request beside the article, one press, and the next one comes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.care.knowledge.models import Article, ArticleUse, LinkCheck, Section
from otklik.care.knowledge.sampling import draw, midnight
from otklik.care.knowledge.states import How
from otklik.care.knowledge.terms import today
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import tasks
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]


@pytest.fixture
def drawn(writes: Write, anna: User, boris: User) -> list[LinkCheck]:
    article = Article.objects.begin(
        title="Перенос номера", text="**Восемь** дней", by=anna, section=Section.objects.create(name="Номера")
    )
    article.publish(by=anna)
    monday = today() - timedelta(days=today().weekday() + 7)
    for number in range(2):
        ticket = writes(f"Когда перенесут {number}", sender=f"{number}@volga.test")
        ArticleUse.objects.note(ticket, article, How.LINKED, by=anna, at=midnight(monday) + timedelta(hours=9))
    draw(monday, [boris])
    return list(LinkCheck.objects.of(boris))


def test_one_after_another_until_none_is_left(sits_at: SitsAt, drawn: list[LinkCheck], boris: User) -> None:
    desk = sits_at(boris)
    for number, fit in enumerate(("right", "unsure")):
        page = desk.get("/knowledge/links/").content.decode()
        assert f"/tickets/{drawn[number].ticket_id}/" in page and "Когда перенесут" in page
        assert "<strong>Восемь</strong> дней" in page and 'data-key="mark-3"' in page
        assert f"/knowledge/links/{drawn[number].pk}/" in page
        assert tasks.count(boris, clock.now()).articles >= 2 - number
        answer = desk.post(f"/knowledge/links/{drawn[number].pk}/", {"fit": fit})
        assert answer["Location"] == "/knowledge/links/"
    page = desk.get("/knowledge/links/").content.decode()
    assert "Проверять нечего" in page and "Вы проверили" in page

    again = desk.get(f"/knowledge/links/?check={drawn[0].pk}").content.decode()
    assert 'aria-pressed="true"' in again
    desk.post(f"/knowledge/links/{drawn[0].pk}/", {"fit": "wrong"})
    drawn[0].refresh_from_db()
    assert drawn[0].fit == "wrong"


def test_who_does_not_see_the_request_can_say_only_that(
    sits_at: SitsAt, drawn: list[LinkCheck], boris: User, line_two: Team
) -> None:
    boris.teams.set([line_two])
    desk, address = sits_at(boris), f"/knowledge/links/{drawn[0].pk}/"
    page = desk.get("/knowledge/links/").content.decode()
    assert "не видите" in page and 'data-key="mark-3"' in page and 'data-key="mark-1"' not in page
    assert "не видите" in desk.post(address, {"fit": "right"}, follow=True).content.decode()
    desk.post(address, {"fit": "unsure"})
    drawn[0].refresh_from_db()
    assert drawn[0].fit == "unsure"


def test_of_a_request_that_was_joined_the_talk_stands_where_it_goes_on(
    sits_at: SitsAt, drawn: list[LinkCheck], boris: User, writes: Write
) -> None:
    joined, other = Ticket.objects.get(pk=drawn[0].ticket_id), writes("Разговор идёт тут", sender="0@volga.test")
    joined.merge_into(other, by=boris, disclose=True)
    page = sits_at(boris).get("/knowledge/links/").content.decode()
    assert f"/tickets/{other.number}/" in page and "Разговор идёт тут" in page


def test_where_editors_look_they_find_it(sits_at: SitsAt, drawn: list[LinkCheck], boris: User) -> None:
    desk = sits_at(boris)
    assert "Проверка ссылок" in desk.get("/knowledge/").content.decode()
    assert "Та ли это статья?" in desk.get("/my/").content.decode()
    with clock.at(clock.now() + timedelta(days=8)):
        assert tasks.count(boris, clock.now()).late_articles >= 2


def test_who_put_it_in_and_who_keeps_no_base_judge_nothing(
    sits_at: SitsAt, drawn: list[LinkCheck], anna: User, head: User, boris: User
) -> None:
    address = f"/knowledge/links/{drawn[0].pk}/"
    assert sits_at(anna).post(address, {"fit": "right"}).status_code == 403
    assert sits_at(anna).get("/knowledge/links/").status_code == 403
    assert sits_at(head).post(address, {"fit": "right"}).status_code == 404, "it was given to somebody else"
    assert "Скажите, та ли" in sits_at(boris).post(address, {"fit": "так"}, follow=True).content.decode()
    assert sits_at(boris).post("/knowledge/links/999999/", {"fit": "right"}).status_code == 404
    assert not LinkCheck.objects.exclude(fit="").exists()
