"""The page of value: from payments to figures in words, who sees it, tables to take away."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Payment, Product, Subscription
from otklik.front.board.value.example import school
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.models import Buyers, Policy

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
TODAY = date(2026, 11, 29)
PAGE = "/board/value/"


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def browser(head: User) -> Browser:
    browser = Browser()
    browser.force_login(head)
    return browser


def pupils(count: int, gone: int = 0, plan: str = "Группа", currency: str = "RUB") -> None:
    """They pay 1 000 a month each since three years; the first of them left last month."""
    product, _new = Product.objects.get_or_create(name="Уроки")
    for place in range(count):
        one = Client.objects.create(name=f"Ученик {place}")
        until = date(2026, 10, 20) if place < gone else None
        state = "ended" if until else "active"
        told = {"plan": plan, "amount": 1000, "currency": currency, "state": state}
        Subscription.objects.create(client=one, product=product, starts_on=date(2023, 10, 2), ends_on=until, **told)
        Payment.objects.bulk_create(
            Payment(client=one, amount=1000, currency=currency, paid_on=months_before(TODAY, back))
            for back in range(1, 13)
        )
    count_all()


def said(browser: Browser, address: str = PAGE) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_payments_become_figures_with_their_definitions(browser: Browser) -> None:
    pupils(40, gone=10)
    page = said(browser)

    assert "25,0 %" in page and "ушли 10 из 40 за двенадцать месяцев" in page
    assert "по оттоку: 48,0 мес.; помесячно 42,2 мес." in page
    assert "по выручке: маржа неизвестна" in page and "Маржа неизвестна" in page
    assert "36 000 ₽" in page, "1 000 a month for 36 months: nobody of forty left earlier"
    assert "1,1 млн ₽" in page, "of thirty who are here"
    assert "(на начало − из них остались) ÷ на начало" in page
    assert page.count('<details class="twin">') >= 3, "charts have tables"


def test_the_margin_is_said_by_the_head_and_changes_money(browser: Browser, quality: User) -> None:
    pupils(40, gone=10)
    assert browser.post(f"{PAGE}margin/", {"margin": "40", "discount": "12"}).status_code == 302
    page = said(browser)
    assert "14 400 ₽" in page and "по марже 40 %" in page and "Маржа неизвестна" not in page

    wrong = browser.post(f"{PAGE}margin/", {"margin": "140", "discount": "12"})
    assert wrong.status_code == 422 and 'value="140"' in wrong.content.decode()
    assert Policy.objects.get().margin == 40
    other = Browser()
    other.force_login(quality)
    assert other.get(PAGE).status_code == 200
    assert other.post(f"{PAGE}margin/", {"margin": "1", "discount": "1"}).status_code == 403


def test_ACCESS_1_who_does_not_look_at_the_whole_department_sees_nothing(boris: User, anna: User) -> None:
    pupils(6)
    for user in (boris, anna):
        other = Browser()
        other.force_login(user)
        for address in (PAGE, f"{PAGE}margin/", f"{PAGE}table/segments/"):
            assert other.get(address).status_code == 403
        assert "/board/value/" not in other.get("/board/").content.decode()
    assert Browser().get(PAGE).status_code == 302


def test_of_nothing_the_page_says_what_to_bring(browser: Browser) -> None:
    page = said(browser)
    assert "Пока неизвестно, с каких пор клиенты с вами" in page and "Разобранный пример" in page
    assert "0 ₽" not in page and "0 %</span>" not in page


def test_few_are_counted_and_not_measured(browser: Browser) -> None:
    pupils(4, gone=1)
    page = said(browser)
    assert "25,0 %" not in page.split("Кто ушёл, по месяцам")[0]
    assert page.count("мало данных") >= 3


def test_segments_and_currencies_stand_apart(browser: Browser) -> None:
    pupils(6, plan="Группа")
    pupils(5, plan="<b>Личный</b>", currency="USD")
    page = said(browser, f"{PAGE}?currency=RUB&by=plan")
    assert "Группа" in page and "Личный" not in page
    dollars = said(browser, f"{PAGE}?currency=USD")
    assert "&lt;b&gt;Личный" in dollars and "<b>Личный" not in dollars and "$" in dollars
    assert "Уроки" in said(browser, f"{PAGE}?by=product")
    assert "by=nothing" in said(browser, f"{PAGE}?by=nothing"), "what makes no sense is said"


def test_INJECT_1_tables_to_take_away_hold_no_formulas(browser: Browser) -> None:
    pupils(6, plan="=1+1")
    taken = {}
    for what in ("months", "curve", "cohorts", "segments"):
        answer = browser.get(f"{PAGE}table/{what}/?form=csv")
        content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        taken[what] = list(csv.reader(content.splitlines()))
    assert taken["segments"][1][:2] == ["'=1+1", "6"]
    assert len(taken["months"]) == 25 and taken["months"][-1][1:4] == ["6", "0", "0"]
    assert browser.get(f"{PAGE}table/segments/?form=xlsx").status_code == 200
    assert browser.get(f"{PAGE}table/nothing/").status_code == 404
    assert browser.get(f"{PAGE}table/segments/?form=pdf").status_code == 400


def test_a_page_asks_as_much_for_many_clients_as_for_few(browser: Browser) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        return len(queries)

    pupils(6)
    asked()
    few = asked()
    pupils(20, plan="Ещё")
    assert asked() == few


def test_the_school_of_the_guide_is_counted_rightly() -> None:
    """METRICS L1-L4, with what the source printed wrongly."""
    found = school()
    assert found.churn == pytest.approx(0.4) and found.wrong_churn == pytest.approx(-0.08)
    assert found.discrete == pytest.approx(30) and round(found.compound, 1) == 24
    assert (found.revenue, found.arpu) == (54_250, 217)
    assert found.client == pytest.approx(6510) and found.by_margin == pytest.approx(3906)
    assert found.of_payers == pytest.approx(46_500)
    assert found.base == pytest.approx(1_627_500)


def test_who_came_before_and_after_a_change_is_chosen_and_told(browser: Browser) -> None:
    pupils(4)
    page = browser.get(PAGE)
    assert page.context["lasting"]["verdict"] == "мало данных" and page.context["changed"] == date(2025, 11, 1)
    asked = browser.get(f"{PAGE}?changed=2025-06")
    assert asked.context["changed"] == date(2025, 6, 1) and not asked.context["unknown"]
    assert browser.get(f"{PAGE}?changed=nonsense").context["unknown"], "what was asked in vain is said"


def shop(**more: object) -> Buyers:
    told = {"clients": 400, "held": 320, "half": date(2025, 11, 30), "at": NOW} | more
    return Buyers.objects.create(currency="RUB", **told)


def test_L8_the_forecast_stands_beside_what_bears_it_out(browser: Browser) -> None:
    """Nobody has a contract here, and the page tells of those who buy without one."""
    groups = [[200, 50.0, 48], [80, 60.0, 66], [30, 40.0, 41], [6, 30.0, 29], [4, 20.0, 18]]
    shop(predicted=200.0, actual=202, alive=250.0, expected=480.0, groups=groups)
    page = said(browser)
    section = page.partition('id="buyers-RUB"')[2].partition("</section>")[0]
    assert "62 %" in section or "63 %" in section
    assert "480" in section and "1,20 на клиента" in section
    assert "предсказано покупок: 200; было: 202" in section and "0,25" in section and "0,24" in section
    assert section.count("мало данных") == 1, "of four clients no mean is told"
    assert "BG/NBD" in page


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"held": 299}, "Если их меньше 300, прогноза нет"),
        ({}, "не видно, как часто клиенты возвращаются"),
        ({"predicted": 200.0, "actual": 100, "alive": 250.0, "expected": 480.0}, "о годе вперёд ничего не говорим"),
    ],
)
def test_a_forecast_that_nothing_bears_out_is_not_told(browser: Browser, told: dict[str, object], says: str) -> None:
    shop(**told)
    section = said(browser).partition('id="buyers-RUB"')[2].partition("</section>")[0]
    assert says in section and "480" not in section and "Ожидается покупок" not in section


def test_where_everybody_has_a_contract_nothing_is_said_of_buyers(browser: Browser) -> None:
    pupils(5)
    assert 'id="buyers-' not in said(browser)
