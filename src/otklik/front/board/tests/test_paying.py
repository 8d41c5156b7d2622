"""Indicators, closed months and bonuses on pages: from the plan to the table for the payroll."""

import csv
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Role, Team, User
from otklik.team.indicators.models import Close, Frozen, Indicator, Scheme, Statement
from otklik.team.indicators.tests.conftest import IN_JUNE, IN_MAY, Read, four, may, planned, read, scheme
from otklik.team.metrics.measure import Measure
from tests.fixtures.cast import person

__all__ = ["four", "may", "read", "scheme"]
pytestmark = pytest.mark.django_db(transaction=True)
MAY_IN_ADDRESS = "month=2026-05"


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def statement(four: list[Indicator], may: None, scheme: Scheme, head: User) -> Statement:
    with clock.at(IN_JUNE):
        client_of(head).post("/board/indicators/closes/close/", {"month": "2026-05"})
    return Statement.objects.get()


def told(**instead: object) -> dict[str, object]:
    asked = {"metric": "promise.kept", "of": "own", "span": "month", "floor": "70", "target": "90", "weight": "30"}
    return {**asked, "starts_on": "2026-05-01", "fewest": "30", "stretch": "", **instead}


def test_plan_and_fact_of_a_month(four: list[Indicator], may: None, head: User, anna: User) -> None:
    with clock.at(IN_MAY):
        shown = page(head, f"/board/indicators/?{MAY_IN_ADDRESS}")

    assert "93,0" in shown and "93 из 100" in shown and "184 из 200" in shown and "веса дают 100" in shown
    for plan, count in zip(four, (93, 86, 94, 184), strict=True):
        address = f"/board/indicators/plans/{plan.plans.get().pk}/requests/?{MAY_IN_ADDRESS}"
        assert address.replace("&", "&amp;") in shown
        with clock.at(IN_MAY):
            behind = page(head, address)
        assert f"Из чего: {200 if count == 184 else 100}" in behind
    assert "/board/metrics/csat.t2b/?first=2026-05-01&amp;last=2026-05-31&amp;by=agent" in shown


def test_too_few_cases_are_no_figure(four: list[Indicator], read: Read, head: User) -> None:
    read(Measure.SCORE, good=3, of=4)
    with clock.at(IN_MAY):
        shown = page(head, "/board/indicators/")

    assert "мало данных" in shown and "3 из 4" in shown and "75,0" not in re.sub(r"75,0\s%\s→", "", shown)


def test_a_head_plans_and_bad_input_keeps_what_was_typed(head: User, anna: User, line_one: Team) -> None:
    browser, owner = client_of(head), f"person:{anna.pk}"
    with clock.at(IN_MAY):
        bad = browser.post("/board/indicators/new/", told(owner=owner, target="60"))
        nowhere = browser.post("/board/indicators/new/", told(owner=owner, of="line"))
        few = browser.post("/board/indicators/new/", told(owner=owner, metric="csat.t2b", fewest="5"))
        assert [bad.status_code, nowhere.status_code, few.status_code] == [422, 422, 422]
        assert "цель выше порога" in bad.content.decode() and 'value="60"' in bad.content.decode()
        assert not Indicator.objects.exists()

        made = browser.post("/board/indicators/new/", told(owner=owner))
        again = browser.post("/board/indicators/new/", told(owner=owner))
        assert again.status_code == 422
        address = made["Location"]
        assert browser.post(address, told(target="95", weight="40")).status_code == 302
        shown = browser.get(address).content.decode()
    plans = Indicator.objects.get().plans.order_by("number").values_list("target", "weight", "starts_on__month")
    assert list(plans) == [(0.9, Decimal(30), 5), (0.95, Decimal(40), 6)]
    assert "1 июня 2026" in shown


def test_the_journey_of_a_statement(statement: Statement, anna: User, ilya: User, head: User) -> None:
    agent, chief = client_of(anna), client_of(head)
    mine, theirs = f"/my/bonus/{statement.pk}/", f"/board/bonus/statements/{statement.pk}/"
    with clock.at(IN_JUNE):
        assert agent.get(mine).status_code == 404, "a draft is not hers to read"
        assert "11 340,00" in chief.get(theirs).content.decode().replace("\xa0", " ").replace(" ", " ")
        chief.post(f"{theirs}approve/")
        shown = agent.get(mine).content.decode()
        assert "с поправкой к обычным для таких обращений" in shown
        behind = re.findall(r'href="(/board/indicators/frozen/\d+/)"', shown)
        assert len(set(behind)) == 4 and len(behind) >= 12, "every number of each line leads to its requests"
        cells = re.findall(r'<td class="r num"[^>]*>(.*?)</td>', shown, re.DOTALL)
        assert [one for one in cells if 'href="/board/indicators/frozen/' not in one] == [], "nor plan or weight"
        for address in set(behind):
            assert '<dt id="plan">' in agent.get(address).content.decode()
        assert agent.post(f"{mine}dispute/", {"words": ""}).status_code == 422
        agent.post(f"{mine}dispute/", {"words": "<b>не моё</b>"})
        assert "&lt;b&gt;не моё" in chief.get(theirs).content.decode()
        wrong = chief.post(f"{theirs}answer/", {"answer": "Верно", "amount": "99999"})
        assert wrong.status_code == 422 and "Верно" in wrong.content.decode()
        chief.post(f"{theirs}answer/", {"answer": "Верно", "amount": "11700"})
        assert "11 700,00" in agent.get(mine).content.decode().replace("\xa0", " ").replace(" ", " ")
    told = Entry.objects.filter(kind__startswith="indicators.Statement").values_list("kind", "actor")
    assert list(told.order_by("pk")) == [
        ("indicators.StatementApproved", head.pk),
        ("indicators.StatementSeen", anna.pk),
        ("indicators.StatementDisputed", anna.pk),
    ]


def test_INJECT_1_the_payroll_takes_approved_ones_and_no_formula(statement: Statement, anna: User, head: User) -> None:
    User.objects.filter(pk=anna.pk).update(name="=HYPERLINK(1)")
    address = f"/board/bonus/table/?{MAY_IN_ADDRESS}&form="

    def rows() -> list[list[str]]:
        taken = client_of(head).get(f"{address}csv")
        content = b"".join(taken.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        return list(csv.reader(content.splitlines()))[1:]

    assert rows() == [], "a draft is not paid"
    statement.approve(by=head)
    assert rows() == [["'=HYPERLINK(1)", "anna", "Агенты", "2026-05-01", "11340.00", "0.00", "11340.00", "RUB"]]
    assert Entry.objects.filter(kind="imports.Exported", data__what="bonus", data__rows=1).exists()
    assert client_of(head).get(f"{address}exe").status_code == 400


def test_late_corrections_stand_beside(statement: Statement, read: Read, head: User) -> None:
    read(Measure.SCORE, good=5, of=5)
    close = Close.objects.get()
    with clock.at(IN_JUNE):
        shown = page(head, f"/board/indicators/closes/{close.pk}/")
        frozen = Frozen.objects.get(plan__indicator__metric="csat.t2b")
        one = page(head, f"/board/indicators/frozen/{frozen.pk}/")

    for text in (shown, one):
        assert "93,0" in text and "93,3" in text and "98 из 105" in text
    assert "Считаются сегодня, но не считались" in one


def test_months_are_offered_since_something_was_planned(statement: Statement, head: User) -> None:
    with clock.at(IN_JUNE):
        shown = page(head, "/board/indicators/closes/")
    assert "Май 2026" in shown and "Апрель 2026" not in shown


def test_a_month_is_reopened_with_a_reason_only(statement: Statement, head: User) -> None:
    address = f"/board/indicators/closes/{statement.close_id}/reopen/"
    assert client_of(head).post(address, {"why": ""}).status_code == 422
    client_of(head).post(address, {"why": "ошибка в учёте"})

    assert not Statement.objects.exists()
    assert "ошибка в учёте" in page(head, "/board/indicators/closes/") or Close.objects.get().why == "ошибка в учёте"


def test_what_a_scheme_would_have_paid(four: list[Indicator], may: None, scheme: Scheme, head: User) -> None:
    with clock.at(IN_JUNE):
        shown = page(head, f"/board/bonus/schemes/{scheme.pk}/").replace("\xa0", " ").replace(" ", " ")

    assert "11 340,00" in shown and "−720,00" in shown
    assert "обычно для таких обращений" in shown or "обращениями не объясняется" in shown


@pytest.mark.parametrize(
    "address",
    [
        "/board/indicators/",
        "/board/indicators/{indicator}/",
        "/board/indicators/closes/",
        "/board/indicators/closes/{close}/",
        "/board/bonus/",
        "/board/bonus/statements/{statement}/",
        "/board/bonus/schemes/{scheme}/",
        "/board/bonus/schemes/new/",
        "/board/indicators/new/",
        "/board/bonus/table/?month=2026-05",
    ],
)
def test_who_may_open_what(
    statement: Statement,
    address: str,
    anna: User,
    boris: User,
    head: User,
    admin: User,
    quality: User,
    line_two: Team,
) -> None:
    stranger = person("lev", "Лев Чужой", Role.LEAD, line_two)
    numbers = {"indicator": Indicator.objects.earliest("pk").pk, "close": statement.close_id}
    path = address.format(**numbers, statement=statement.pk, scheme=statement.scheme_id)
    seen = {one.login: client_of(one).get(path).status_code for one in (anna, stranger, boris, quality, head, admin)}
    decides, money, own = "schemes" in path or "new" in path, "bonus" in path, str(statement.pk) in path
    hidden = "statements" in path or re.search(r"indicators/\d", path)
    assert seen["head"] == seen["admin"] == 200 and seen["anna"] == 403
    assert seen["boris"] == (403 if decides else 200)
    assert seen["lev"] == (403 if decides else 404 if hidden else 200), own
    assert seen["quality"] == (403 if decides or money else 200)


def test_others_open_nothing_of_mine(statement: Statement, ilya: User, head: User, vera: User) -> None:
    statement.approve(by=head)
    for other in (ilya, vera):
        assert client_of(other).get(f"/my/bonus/{statement.pk}/").status_code == 404
        assert client_of(other).post(f"/my/bonus/{statement.pk}/dispute/", {"words": "…"}).status_code == 404
        assert client_of(other).get(f"/board/indicators/frozen/{Frozen.objects.earliest('pk').pk}/").status_code == 404
        assert client_of(other).post("/board/indicators/closes/close/", {"month": "2026-05"}).status_code == 403
        assert client_of(other).post(f"/board/bonus/statements/{statement.pk}/approve/").status_code == 403


def test_as_many_statements_for_many_people(
    statement: Statement, head: User, line_one: Team, four: list[Indicator]
) -> None:
    browser = client_of(head)
    pages = [f"/board/indicators/?{MAY_IN_ADDRESS}", f"/board/indicators/closes/{statement.close_id}/"]
    pages += [f"/board/bonus/?{MAY_IN_ADDRESS}", f"/board/bonus/schemes/{statement.scheme_id}/"]

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    def asked() -> list[int]:
        """The least of some: what a process knows for seconds may just have to be asked anew."""
        with clock.at(IN_JUNE):
            return [min(cost(address) for _time in range(4)) for address in pages]

    few = asked()
    for number in range(5):
        someone = person(f"agent{number}", f"Агент {number}", Role.AGENT, line_one)
        for one in four:
            weight = one.plans.get().weight
            planned(head, one.metric, floor=0.7, target=0.9, weight=weight, person=someone, of=one.of, team=one.team)
    with clock.at(IN_JUNE):
        Close.objects.get().reopen("люди", by=head)
        Statement.objects.draft(Close.objects.close(IN_MAY.date(), by=head))
    assert Statement.objects.count() == 6
    assert asked() == few


def test_empty_pages_say_what_to_do(head: User, anna: User) -> None:
    assert "ничего не запланировано" in page(head, "/board/indicators/")
    assert "Схем пока нет" in page(head, "/board/bonus/")
    assert "не договаривались" in page(anna, "/my/bonus/")
    assert "Закрывать пока нечего" in page(head, "/board/indicators/closes/"), "nothing was planned"
    assert "month=2026-13" in page(head, "/board/indicators/?month=2026-13")
    assert client_of(head).get("/board/metrics/frt/?first=x&last=2026-01-01").status_code == 200
