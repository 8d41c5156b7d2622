"""Pages of problems: who sees what, how a request comes to one, what the night found, what a request shows."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.care.knowledge.models import ArticleUse
from otklik.care.problems import finding, hints
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.care.problems.states import State
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.workspace.problems import economy, knowing, telling
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
HTMX = {"HX-Request": "true"}
WORKAROUND = "Наберите *8 перед номером"


@pytest.fixture
def problem(anna: User, ticket: Ticket) -> Problem:
    return Problem.objects.begin(
        title="Обрывы на узле", notices="Звонок рвётся", workaround=WORKAROUND, by=anna, tickets=[ticket]
    )


@pytest.fixture
def found(writes: Write) -> Candidate:
    topic, product = Topic.objects.create(name="Связь"), Product.objects.create(name="АТС")
    for number in range(5):
        one = writes("x", sender=f"c{number % 3}@x.test", subject=f"Обрыв {number}")
        Ticket.objects.filter(pk=one.pk).update(topic=topic, product=product)
    finding.look()
    return Candidate.objects.get()


def told(**more: str) -> dict[str, Any]:
    return {
        "title": "Обрывы",
        "notices": "Звонок рвётся",
        "wake_on": (clock.today() + timedelta(days=5)).isoformat(),
        "key": "k1",
        **more,
    }


def test_everybody_who_answers_sees_them_and_a_stranger_signs_in(
    problem: Problem, sits_at: SitsAt, vera: User, quality: User, client: Browser
) -> None:
    for user in (vera, quality):
        page = sits_at(user).get(f"/problems/{problem.number}/")
        assert page.status_code == 200 and WORKAROUND in page.content.decode()
    assert client.get("/problems/").status_code == 302
    assert sits_at(quality).get("/problems/new/").status_code == 403


def test_requests_of_another_line_are_a_number(problem: Problem, ticket: Ticket, sits_at: SitsAt, vera: User) -> None:
    page = sits_at(vera).get(f"/problems/{problem.number}/")
    assert page.context["hidden"] == 1 and not page.context["requests"]
    assert f"/tickets/{ticket.number}/" not in page.content.decode()


def test_it_begins_with_the_requests_of_the_address(sits_at: SitsAt, anna: User, vera: User, ticket: Ticket) -> None:
    annas = sits_at(anna)
    page = annas.get(f"/problems/new/?ids={ticket.pk}")
    assert page.status_code == 200 and f'name="ids" value="{ticket.pk}"' in page.content.decode()
    asked = told(owner=str(anna.pk), ids=str(ticket.pk))
    assert annas.post("/problems/new/", asked).status_code == 302
    assert annas.post("/problems/new/", asked).status_code == 302, "pressed twice"
    made = Problem.objects.get()
    assert list(made.linked.values_list("ticket", flat=True)) == [ticket.pk]

    sits_at(vera).post("/problems/new/", told(owner=str(vera.pk), ids=str(ticket.pk), key="k2"))
    assert Problem.objects.get(key="k2").linked.count() == 0, "a request of another line is not hers to give"


@pytest.mark.parametrize(
    ("wrong", "field"), [({"title": ""}, "title"), ({"wake_on": "2001-01-01"}, "wake_on"), ({"topic": "999"}, "topic")]
)
def test_what_is_wrong_stands_beside_its_field(sits_at: SitsAt, anna: User, wrong: dict[str, str], field: str) -> None:
    page = sits_at(anna).post("/problems/new/", told(owner=str(anna.pk), **wrong))
    assert page.status_code == 422 and field in page.context["form"].errors and not Problem.objects.exists()


def test_a_request_shows_its_problem_and_puts_what_helps_into_the_letter(
    problem: Problem, ticket: Ticket, sits_at: SitsAt, anna: User
) -> None:
    annas = sits_at(anna)
    assert WORKAROUND in annas.get(f"/tickets/{ticket.number}/").content.decode()
    news = json.loads(annas.post(f"/tickets/{ticket.number}/problem/text/", headers=HTMX)["HX-Trigger"])
    assert news["macro:text"]["text"].startswith(WORKAROUND)

    assert annas.post(f"/tickets/{ticket.number}/problem/leave/", headers=HTMX).status_code == 204
    assert WORKAROUND not in annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert annas.post(f"/tickets/{ticket.number}/problem/text/", headers=HTMX).status_code == 409
    assert annas.post(f"/tickets/{ticket.number}/problem/leave/", headers=HTMX).status_code == 409


def test_what_helps_at_length_is_no_header_as_proxies_have_no_room_for_it(
    problem: Problem, ticket: Ticket, sits_at: SitsAt, anna: User
) -> None:
    long = "Наберите *8 " * 330
    problem.correct({"workaround": long}, by=anna)
    answer = sits_at(anna).post(f"/tickets/{ticket.number}/problem/text/", headers=HTMX)
    assert sum(len(name) + len(value) for name, value in answer.headers.items()) < 4_000
    assert (answer.status_code, answer["HX-News"], answer["HX-Reswap"]) == (200, "body", "none")
    assert json.loads(answer.content)["macro:text"]["text"].startswith(long.strip())


def test_the_dialog_offers_the_likest_first_and_links(
    problem: Problem, writes: Write, sits_at: SitsAt, anna: User
) -> None:
    topic = Topic.objects.create(name="Счета")
    other = Problem.objects.begin(title="Счёт без НДС", notices="Нет НДС", by=anna, topic=topic)
    gone = Problem.objects.begin(title="Убрана", notices="Была", by=anna)
    gone.remove("Готово", by=anna)
    over = Problem.objects.begin(title="Забыта", notices="Была", by=anna)
    over.remove("Готово", by=anna)
    over.finish("Тихо", by=anna)
    late = writes("Счёт", sender="z@x.test")
    Ticket.objects.filter(pk=late.pk).update(topic=topic)
    annas, address = sits_at(anna), f"/tickets/{late.number}/problem/"

    page = annas.get(address, headers=HTMX)
    assert [one.pk for one in page.context["problems"]] == [other.pk, problem.pk, gone.pk]
    assert "если пришла снова" in page.content.decode()
    assert annas.post(address, {"problem": str(over.pk)}, headers=HTMX).status_code == 422
    assert annas.post(address, {"problem": "zz"}, headers=HTMX).status_code == 422
    assert annas.post(address, {"problem": str(other.pk)}, headers=HTMX).status_code == 204
    assert Linked.objects.get(ticket=late).problem == other
    assert annas.post(address, {"problem": str(problem.pk)}, headers=HTMX).status_code == 422
    led = annas.post(address, {"problem": "new"}, headers=HTMX)
    assert led["HX-Redirect"] == f"/problems/new/?ids={late.pk}"


def test_another_line_neither_links_nor_reads_through_it(
    problem: Problem, ticket: Ticket, sits_at: SitsAt, vera: User, quality: User
) -> None:
    assert sits_at(vera).get(f"/tickets/{ticket.number}/problem/").status_code == 404
    assert sits_at(quality).post(f"/tickets/{ticket.number}/problem/leave/").status_code == 403


def test_many_of_a_list_are_linked_at_once(
    problem: Problem, writes: Write, sits_at: SitsAt, anna: User, ticket: Ticket
) -> None:
    others = [writes("x", sender=f"m{number}@x.test") for number in range(3)]
    ids = [one.pk for one in others]
    annas = sits_at(anna)
    led = annas.post("/queue/bulk/", {"act": "problem", "ids": ids}, headers=HTMX)
    assert led["HX-Redirect"].startswith("/problems/link/?ids=")
    assert annas.get(led["HX-Redirect"]).status_code == 200
    assert annas.post("/problems/link/", {"ids": ids}).status_code == 422
    done = annas.post("/problems/link/", {"ids": [*ids, ticket.pk, 10**15], "problem": problem.pk}, follow=True)
    assert problem.linked.count() == 4 and "3 обращения" in done.content.decode()
    assert annas.post("/problems/link/", {"problem": problem.pk}, follow=True).status_code == 200, "none was chosen"


def test_who_owns_it_goes_the_whole_way(
    problem: Problem, ticket: Ticket, sits_at: SitsAt, anna: User, boris: User, ilya: User
) -> None:
    annas, at = sits_at(anna), f"/problems/{problem.number}"
    ticket.take(by=boris)
    assert sits_at(ilya).get(f"{at}/change/").status_code == 403
    assert annas.post(f"{at}/known/", {"cause": ""}).status_code == 422
    assert annas.post(f"{at}/known/", {"cause": "Старая настройка"}).status_code == 302
    assert annas.get(f"{at}/live/").status_code == 403
    assert annas.post(f"{at}/state/", {"state": "removing"}).status_code == 302
    assert annas.post(f"{at}/state/", {"state": "removed"}).status_code == 404

    page = annas.get(f"{at}/remove/").content.decode()
    assert f"№ {ticket.number}" in page and boris.name in page, "whom it tells is seen before"
    assert annas.post(f"{at}/remove/", {"result": "Сменили", "tell": "on"}).status_code == 302
    assert Notice.objects.filter(person=boris, about="ticket", text__contains="устранена").count() == 1

    with clock.at(clock.now() + timedelta(days=31)):
        assert "Прошёл месяц" in annas.get(f"{at}/").content.decode()
        assert annas.post(f"{at}/check/", {"checked": "Стало тихо"}).status_code == 302
    problem.refresh_from_db()
    assert problem.is_over and "Стало тихо" in annas.get("/problems/").content.decode()


def test_leads_live_with_it_and_the_reason_stands_on_its_page(problem: Problem, sits_at: SitsAt, boris: User) -> None:
    bobs, at = sits_at(boris), f"/problems/{problem.number}"
    day = (clock.today() + timedelta(days=90)).isoformat()
    assert bobs.post(f"{at}/live/", {"reason": "Дорого", "wake_on": day}).status_code == 302
    page = bobs.get(f"{at}/").content.decode()
    assert "Дорого" in page and boris.name in page


def test_words_price_owner_and_day_change_together_or_not_at_all(
    problem: Problem, sits_at: SitsAt, anna: User, ilya: User
) -> None:
    annas, at = sits_at(anna), f"/problems/{problem.number}/change/"
    asked = told(owner=str(ilya.pk), fix_cost="90000", effect="80", title="Обрывы на «Неве»", seen="1")
    assert annas.post(at, {**asked, "wake_on": "2001-01-01"}).status_code == 422
    problem.refresh_from_db()
    assert problem.title == "Обрывы на узле"
    assert annas.post(at, asked).status_code == 302
    problem.refresh_from_db()
    assert (problem.fix_cost, problem.effect, problem.owner) == (Decimal(90_000), 80, ilya)
    assert annas.get(at).status_code == 403, "it is not hers any more"


def test_of_two_who_edit_at_once_neither_loses_a_word(
    problem: Problem, sits_at: SitsAt, anna: User, boris: User
) -> None:
    annas, bobs, at = sits_at(anna), sits_at(boris), f"/problems/{problem.number}/change/"
    assert 'name="seen" value="1"' in bobs.get(at).content.decode()
    hers, his = (told(owner=str(anna.pk), workaround=said, seen="1") for said in ("Наберите *9", "Перезагрузите"))
    assert annas.post(at, hers).status_code == 302
    page = bobs.post(at, his)
    said = page.content.decode()
    problem.refresh_from_db()
    assert page.status_code == 409 and problem.workaround == "Наберите *9"
    assert "Сейчас там: Наберите *9" in said and ">\nПерезагрузите" in said, "both stand there"
    assert f'name="seen" value="{problem.edition}"' in said
    assert bobs.post(at, {**his, "seen": str(problem.edition)}).status_code == 302
    problem.refresh_from_db()
    assert problem.workaround == "Перезагрузите"


def test_joined_requests_are_one_of_its_requests(
    problem: Problem, ticket: Ticket, writes: Write, sits_at: SitsAt, anna: User
) -> None:
    other = writes("x", sender="z@x.test")
    problem.link(other, by=anna)
    Ticket.objects.filter(pk=other.pk).update(
        merged_into=ticket, status="closed", next_step="", ended_at=clock.now(), due_at=None, take_by=None
    )
    annas = sits_at(anna)
    page = annas.get(f"/problems/{problem.number}/")
    assert [one.pk for one in page.context["requests"]] == [ticket.pk]
    assert page.context["weight"].requests == 1 and page.context["hidden"] == 0
    ((row, _money),) = annas.get("/problems/").context["standing"]
    assert (row.requests, row.month) == (1, 1)


def test_that_the_rest_fell_more_is_no_praise() -> None:
    assert "чаще" in telling._chance(0.01, False) and "реже" in telling._chance(0.01, True)


def test_money_is_for_the_head_and_the_administrator(
    problem: Problem, sits_at: SitsAt, anna: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem.correct({"fix_cost": Decimal(1_500), "effect": 50}, by=anna)
    known = economy.Economy(150.0, "RUB")
    monkeypatch.setattr(
        "otklik.front.workspace.problems.page.economy", lambda user: known if user.role == "head" else None
    )
    page = sits_at(head).get(f"/problems/{problem.number}/")
    assert page.context["payback"]["payback_months"] == pytest.approx(20)
    assert "20 мес." in page.content.decode() or "20,0 мес." in page.content.decode()
    assert 'id="money"' not in sits_at(anna).get(f"/problems/{problem.number}/").content.decode()


def test_while_no_hour_is_known_the_page_says_so(problem: Problem, sits_at: SitsAt, head: User) -> None:
    page = sits_at(head).get(f"/problems/{problem.number}/").content.decode()
    assert "Цена одного обращения пока неизвестна" in page


def test_a_candidate_says_why_and_becomes_a_problem(found: Candidate, sits_at: SitsAt, anna: User) -> None:
    annas = sits_at(anna)
    page = annas.get("/problems/candidates/").content.decode()
    assert "5 обращений от 3 клиентов за 30 дней" in page and "Связь · АТС" in page
    make = f"/problems/candidates/{found.pk}/make/"
    assert 'value="Связь · АТС"' in annas.get(make).content.decode()
    asked = told(owner=str(anna.pk), topic=str(found.topic_id), product=str(found.product_id))
    assert annas.post(make, asked).status_code == 302
    assert Problem.objects.get().linked.count() == 5
    assert annas.post(make, asked).status_code == 404, "somebody was quicker"
    assert "Ничего не повторяется" in annas.get("/problems/candidates/").content.decode()


def test_no_because_is_for_leads_and_is_remembered(found: Candidate, sits_at: SitsAt, anna: User, boris: User) -> None:
    refuse = f"/problems/candidates/{found.pk}/refuse/"
    assert sits_at(anna).get(refuse).status_code == 403
    bobs = sits_at(boris)
    assert bobs.post(refuse, {"why": " "}).status_code == 422
    page = bobs.post(refuse, {"why": "Разные причины"}, follow=True).content.decode()
    assert "Разные причины" in page and Candidate.objects.waiting().count() == 0


def test_a_spike_says_its_numbers(sits_at: SitsAt, anna: User) -> None:
    topic = Topic.objects.create(name="Связь")
    Candidate.objects.create(
        found="spike", key="t1:h1", topic=topic, count=11, clients=9, hour=clock.now(), usual=3.2, chance=0.0005
    )
    page = sits_at(anna).get("/problems/candidates/").content.decode()
    assert "11 обращений" in page and "3,2" in page and "0,050" in page


def test_articles_and_incidents_are_told_from_above(writes: Write, anna: User, ticket: Ticket) -> None:
    assert knowing.articles in hints._articles and knowing.absorbed in hints._absorbed
    Incident.objects.declare(title="Обрыв", affects="Обрывы", severity=Severity.S3, by=anna, tickets=[ticket])
    assert [row["ticket"] for row in knowing.absorbed()] == [ticket.pk]
    assert knowing.articles(clock.now() - timedelta(days=1)) == {} and not ArticleUse.objects.exists()


def test_pages_cost_the_same_for_many(
    problem: Problem, writes: Write, sits_at: SitsAt, anna: User, kept_for_long: None
) -> None:
    annas = sits_at(anna)

    def statements(address: str) -> int:
        annas.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert annas.get(address).status_code == 200
        return len(asked)

    addresses = ("/problems/", f"/problems/{problem.number}/", "/problems/candidates/")
    before = [statements(address) for address in addresses]
    more = [writes("x", sender=f"s{number}@x.test") for number in range(4)]
    topic = Topic.objects.create(name="Связь")
    for number, one in enumerate(more):
        problem.link(one, by=anna)
        Problem.objects.begin(title=f"Ещё {number}", notices="Так", by=anna)
        Candidate.objects.create(found="group", key=f"t{number}", topic=topic).keep([one.pk], 1)
    after = [statements(address) for address in addresses]
    assert after[:2] == before[:2] and after[2] <= before[2] + 2, (before, after)


def test_what_has_to_be_looked_at_stands_in_ones_day(problem: Problem, sits_at: SitsAt, anna: User) -> None:
    annas = sits_at(anna)
    assert problem.title not in annas.get("/my/").content.decode()
    Problem.objects.update(wake_on=clock.house_today())
    assert problem.title in annas.get("/my/").content.decode()


def test_a_state_that_is_no_step_changes_nothing(problem: Problem, sits_at: SitsAt, anna: User) -> None:
    assert sits_at(anna).post(f"/problems/{problem.number}/state/", {"state": "x"}).status_code == 404
    assert Problem.objects.get().state == State.LOOKED
