"""METRICS I5, I6 on their page: what figures rest on, drill-down, money where fees are known, who may what."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.care.status import figures
from otklik.care.status.models import Component, Group, Outage, Report, StatusPolicy, Works
from otklik.care.status.models.report import Said
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Payment, Product, Subscription
from otklik.team.value import credits

pytestmark = pytest.mark.django_db
JUNE, JULY = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)
MONTH = "?month=2026-06"


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="АТС")


@pytest.fixture
def calls(phones: Product) -> Component:
    group = Group.objects.create(name_ru="Серверы")
    return Component.objects.create(
        group=group, name_ru="Звонки", product=phones, since=datetime(2026, 1, 1, tzinfo=UTC)
    )


@pytest.fixture
def example(calls: Component) -> Component:
    """Of METRICS I6: 99.721 % in June, as one outage of 120.528 minutes."""
    with clock.at(JULY):
        began = JUNE + timedelta(days=3)
        Outage.objects.begin(
            calls,
            "down",
            source="hand",
            by=None,
            began_at=began,
            ended_at=began + timedelta(minutes=120.528),
            reason="Плата",
        )
    return calls


def had(product: Product, name: str, amount: str | None = "12000", **more: object) -> Client:
    client = Client.objects.create(name=name)
    fee = Decimal(amount) if amount else None
    Subscription.objects.create(product=product, client=client, amount=fee, starts_on=date(2026, 1, 1), **more)
    return client


def look(user: User, path: str, status: int = 200) -> str:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(user)
    with clock.at(JULY):
        answer = browser.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def credited(*components: Component) -> list[credits.Credit]:
    with clock.at(JULY):
        known = figures.record(components, *figures.month_of(date(2026, 6, 1)))
        return credits.by_product(components, known, date(2026, 6, 1))


def test_the_credit_of_the_guide(example: Component, phones: Product) -> None:
    """99.721 % of a fee of 12 000: the tier of 99 % gives 5 % back."""
    had(phones, "Волга")
    (found,) = credited(example)
    assert figures.floored(found.availability) == 99.721
    assert (found.back, found.sums, found.unknown) == (0.05, {"RUB": Decimal("600.00")}, 0)


def test_where_no_fee_is_known_nothing_is_made_up(example: Component, phones: Product) -> None:
    had(phones, "Волга")
    had(phones, "Дон", None)
    (found,) = credited(example)
    assert (found.clients, found.unknown, found.sums) == (2, 1, {"RUB": Decimal("600.00")})
    with clock.at(JULY):
        told = list(credits.of_clients(found, date(2026, 6, 1)))
    assert [(one.name, one.money) for one in told] == [("Волга", Decimal("600.00")), ("Дон", None)]


def test_a_payment_that_covers_the_month_tells_the_fee(example: Component, phones: Product) -> None:
    don = had(phones, "Дон", None)
    Payment.objects.create(
        client=don,
        product=phones,
        amount=Decimal(36_000),
        paid_on=date(2026, 4, 1),
        covers_from=date(2026, 4, 1),
        covers_until=date(2026, 6, 30),
    )
    (found,) = credited(example)
    assert (found.unknown, found.sums) == (0, {"RUB": Decimal("600.00")})


def test_years_and_quarters_are_fees_of_a_month(example: Component, phones: Product) -> None:
    had(phones, "Год", "144000", period="year")
    had(phones, "Квартал", "36000", period="quarter")
    had(phones, "Разово", "99999", period="once")
    (found,) = credited(example)
    assert (found.sums["RUB"], found.unknown) == (Decimal("1200.00"), 1)


def test_no_more_than_the_cap_goes_back(example: Component, phones: Product) -> None:
    StatusPolicy.objects.create(pk=1, cap=Decimal(3))
    had(phones, "Волга")
    assert credited(example)[0].sums == {"RUB": Decimal("360.00")}


def test_who_left_before_the_month_gets_nothing(example: Component, phones: Product) -> None:
    had(phones, "Ушёл", state="ended", ends_on=date(2026, 5, 31))
    had(phones, "Проба", state="trial")
    assert credited(example)[0].clients == 0


def test_a_product_is_as_available_as_its_worst_component(example: Component, phones: Product) -> None:
    other = Component.objects.create(group=example.group, name_ru="Кабинет", product=phones, since=example.since)
    (found,) = credited(example, other)
    assert figures.floored(found.availability) == 99.721


def test_different_currencies_are_never_added(example: Component, phones: Product) -> None:
    had(phones, "Волга")
    had(phones, "Дон", "100", currency="USD")
    assert credited(example)[0].sums == {"RUB": Decimal("600.00"), "USD": Decimal("5.00")}


def test_the_figures_stand_with_what_they_rest_on(example: Component, phones: Product, boris: User) -> None:
    had(phones, "Волга")
    page = look(boris, f"/board/availability/{MONTH}")
    assert "99,721 %" in page, "availability, for clients too"
    assert "−77,3 мин" in page or "-77,3 мин" in page, "43.2 minutes were there to lose"
    assert "1 клиент по продуктам" in page and "плановые работы заняли не больше 0" in page
    assert "client_availability" in page and "error_budget" in page, "the definitions"


def test_behind_a_figure_stand_its_outages(example: Component, boris: User) -> None:
    page = look(boris, f"/board/availability/components/{example.pk}/{MONTH}")
    assert "Плата" in page and "потеряно 2 ч" in page
    assert "Перерывов в этом месяце не было" in look(boris, f"/board/availability/components/{example.pk}/")


def test_of_too_little_nothing_is_told(calls: Component, boris: User) -> None:
    Component.objects.update(since=JULY - timedelta(hours=3))
    page = look(boris, "/board/availability/")
    assert "мало данных" in page or "недостаточно данных" in page
    assert "100 %" not in page


def test_an_empty_house_says_what_to_do(boris: User, admin: User) -> None:
    assert "Компоненты ещё не названы" in look(boris, "/board/availability/")
    assert "/settings/status/" in look(admin, "/board/availability/")


def test_money_is_for_who_sees_the_whole_department(
    example: Component, phones: Product, boris: User, head: User
) -> None:
    had(phones, "Волга")
    look(boris, "/board/availability/credit/", 403)
    page = look(head, f"/board/availability/credit/{MONTH}&product={phones.pk}")
    assert "600,00 ₽" in page and "Волга" in page


@pytest.mark.parametrize("path", ["", "credit/", "components/1/", "reports/new/", "outages/new/", "works/new/"])
def test_an_agent_who_leads_nobody_sees_none_of_it(anna: User, path: str) -> None:
    look(anna, f"/board/availability/{path}", 403)


def test_the_quality_reads_and_does_not_write(example: Component, quality: User) -> None:
    assert "Сказать, как есть" not in look(quality, f"/board/availability/{MONTH}")
    look(quality, "/board/availability/reports/new/", 404)


def test_the_page_tells_what_the_layer_tells(client: Browser, example: Component, head: User, phones: Product) -> None:
    had(phones, "Волга")
    client.force_login(head)
    with clock.at(JULY):
        page = client.get(f"/board/availability/{MONTH}").content.decode()
        shown = client.get("/board/metrics/uptime/?first=2026-06-01&last=2026-06-30").content.decode()
        lost = client.get("/board/metrics/uptime/requests/?first=2026-06-01&last=2026-06-30").content.decode()
    assert page.count("99,721") >= 2 and "99,721" in shown, "of the component and of its clients"
    assert lost.count("Звонки") == 1, "the one day that lost something"
    assert reverse("board:availability_of", args=[example.pk]) in lost


def test_a_lead_says_how_it_is_until_it_is_over(calls: Component, boris: User) -> None:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(boris)
    form = {"components": [calls.pk], "state": "partial", "began_at": "2026-06-01T10:00", "text_ru": "Чиним"}
    assert browser.post("/board/availability/reports/new/", form).status_code == 422, "without a title"
    answer = browser.post("/board/availability/reports/new/", {**form, "title_ru": "Звонки рвутся"})
    one = Report.objects.get()
    page = f"/board/availability/reports/{one.pk}/"
    assert answer["Location"] == page
    assert browser.post(page, {"stage": "over", "text_ru": ""}).status_code == 422
    assert browser.post(page, {"stage": "over", "text_ru": "Всё работает"}).status_code == 302
    one.refresh_from_db()
    assert not one.goes_on and Outage.objects.get().ended_at == one.ended_at


@pytest.mark.parametrize("page", ["reports/new/", "outages/new/", "works/new/"])
def test_a_double_click_makes_one(calls: Component, boris: User, page: str) -> None:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(boris)
    drawn = look(boris, f"/board/availability/{page}")
    found = re.search(r'<input type="hidden" name="key" value="([0-9a-f]{32})"', drawn)
    assert found
    form = {"key": found[1], "state": "partial", "components": [calls.pk], "component": calls.pk, "reason": "Плата"}
    form |= {"title_ru": "Звонки рвутся", "text_ru": "Чиним"}
    form |= {"began_at": "2026-06-01T10:00", "ended_at": "2026-06-01T10:40"}
    form |= {"begins_at": "2026-07-09T01:00", "ends_at": "2026-07-09T03:00"}
    with clock.at(JULY):
        answers = [browser.post(f"/board/availability/{page}", form) for _press in range(2)]
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, answers[0]["Location"])}
    assert Report.objects.count() + Works.objects.count() + Outage.objects.filter(report=None).count() == 1


def test_a_double_click_says_it_once(calls: Component, boris: User) -> None:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(boris)
    one = Report.objects.publish(Said("Звонки"), Said("Ищем"), [calls], "down", by=boris)
    page = f"/board/availability/reports/{one.pk}/"
    found = re.search(r'name="key" value="([0-9a-f]{32})"', browser.get(page).content.decode())
    assert found
    form = {"key": found[1], "stage": "found", "text_ru": "Нашли"}
    assert [browser.post(page, form).status_code for _press in range(2)] == [302, 302]
    assert one.notes.count() == 2


def test_a_forgotten_outage_is_typed_in_and_withdrawn(calls: Component, boris: User) -> None:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(boris)
    form = {"component": calls.pk, "state": "down", "began_at": "2026-06-01T10:00", "ended_at": "2026-06-01T10:40"}
    with clock.at(JULY):
        assert browser.post("/board/availability/outages/new/", form).status_code == 422, "without a reason"
        assert browser.post("/board/availability/outages/new/", {**form, "reason": "Забыли"}).status_code == 302
        one = Outage.objects.get()
        assert not Report.objects.exists(), "nobody is written to of what is over"
        assert browser.post(f"/board/availability/outages/{one.pk}/withdraw/", {"why": "Ошибка"}).status_code == 302
    assert "Ошибка" in look(boris, f"/board/availability/components/{calls.pk}/{MONTH}")


def test_works_are_announced_and_cancelled(calls: Component, boris: User) -> None:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(boris)
    form = {"components": [calls.pk], "begins_at": "2026-07-09T01:00", "ends_at": "2026-07-09T03:00", "title_ru": "П"}
    with clock.at(JULY):
        assert browser.post("/board/availability/works/new/", {**form, "ends_at": form["begins_at"]}).status_code == 422
        assert browser.post("/board/availability/works/new/", form).status_code == 302
        one = Works.objects.get()
        assert browser.post(f"/board/availability/works/{one.pk}/cancel/").status_code == 302
    assert not Works.objects.standing().exists()


@pytest.mark.usefixtures("kept_for_long")
def test_many_components_cost_as_much_as_few(example: Component, phones: Product, head: User) -> None:
    def asked(path: str) -> int:
        look(head, path)
        with CaptureQueriesContext(connection) as queries:
            look(head, path)
        return len(queries)

    few = asked(f"/board/availability/{MONTH}")
    for number in range(5):
        Component.objects.create(group=example.group, name_ru=f"Часть {number}", product=phones, since=example.since)
    assert asked(f"/board/availability/{MONTH}") <= few
