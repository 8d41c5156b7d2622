"""The value of a named client: found by name and from the card, for whom money is open; cohorts, changes, papers."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Payment, Product, Secrecy, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.front.board.tests.test_papers import taken
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Annotation, Reading
from otklik.team.value.counting import count_all, months_before
from otklik.team.value.models import Policy
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
TODAY = date(2026, 11, 29)
PAGE = "/board/value/"
LONG = "Акционерное общество с очень длинным наименованием «Заволжская объединённая телефонная компания имени Попова»"


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def browser(head: User) -> Browser:
    return signed_in(head)


def paying(name: str, since: date, until: date | None = None, monthly: int = 1000) -> Client:
    product, _new = Product.objects.get_or_create(name="АТС")
    one = Client.objects.create(name=name)
    state = "ended" if until else "active"
    Subscription.objects.create(
        client=one, product=product, starts_on=since, ends_on=until, state=state, amount=monthly, plan="Сеть"
    )
    Payment.objects.bulk_create(
        Payment(client=one, amount=monthly, paid_on=day)
        for back in range(1, 25)
        if since <= (day := months_before(TODAY, back)) and (until is None or day <= until)
    )
    return one


@pytest.fixture
def base() -> Client:
    """Forty clients of three years, ten of whom left last month; and one with a long name."""
    for place in range(40):
        paying(f"Клиент {place}", date(2023, 10, 2), date(2026, 10, 20) if place < 10 else None)
    one = paying(LONG, date(2025, 3, 2), monthly=2000)
    count_all()
    return one


def said(browser: Browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return " ".join(page.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_client_is_found_by_name_and_their_value_told(base: Client, browser: Browser) -> None:
    found = said(browser, f"{PAGE}one/?q=заволжская")
    address = f"{PAGE}one/organisation/{base.pk}/"
    assert address in found and address not in said(browser, f"{PAGE}one/?q=Клиент")
    assert f"{PAGE}one/" in said(browser, PAGE)

    page = said(browser, address)
    assert LONG in page and "38 000 ₽" in page, "nineteen months at 2 000"
    assert "за последние 12 месяцев: 22 000 ₽" in page and "2 000 ₽" in page and "с 2 мар 2025" in page
    assert "по выручке: маржа неизвестна" in page
    assert f'href="/clients/organisation/{base.pk}/"' in page

    Policy(pk=1, margin=50).save()
    assert "19 000 ₽" in said(browser, address) and "по марже 50 %" in said(browser, address)


def test_nothing_is_made_up_for_whom_nothing_is_known(volga: Client, browser: Browser) -> None:
    page = said(browser, f"{PAGE}one/organisation/{volga.pk}/")
    assert "Неизвестно, за что и сколько они платят" in page and "0 ₽" not in page
    assert "Никого с таким именем" in said(browser, f"{PAGE}one/?q=нет%20такого")


def test_ACCESS_1_money_of_a_name_is_for_whom_it_is_open(
    base: Client, head: User, quality: User, boris: User, anna: User
) -> None:
    pages = (f"{PAGE}one/", f"{PAGE}one/organisation/{base.pk}/", f"{PAGE}one/organisation/{base.pk}/paper/")
    for user in (boris, anna):
        assert {signed_in(user).get(address).status_code for address in pages} == {403}, user.login
    assert signed_in(quality).get(pages[1]).status_code == 200
    Secrecy(pk=1, facts=["money"]).save()
    assert {signed_in(quality).get(address).status_code for address in pages} == {403}, "amounts are closed to them"
    assert f"{PAGE}one/" not in said(signed_in(quality), PAGE)
    assert signed_in(head).get(pages[1]).status_code == 200
    assert Browser().get(pages[1]).status_code == 302
    assert signed_in(head).get(f"{PAGE}one/organisation/{base.pk + 1000}/").status_code == 404
    assert signed_in(head).get(f"{PAGE}one/nobody/{base.pk}/paper/").status_code == 404


def test_what_service_costs_is_for_the_head(base: Client, head: User, quality: User, ticket: Ticket) -> None:
    Policy(pk=1, hour_cost=600).save()
    address = f"{PAGE}one/organisation/{base.pk}/"
    assert "Сколько стоят эти разговоры" in said(signed_in(head), address)
    assert "Сколько стоят эти разговоры" not in said(signed_in(quality), address)


def test_an_hour_costs_in_the_currency_of_the_house_whoever_is_served(
    base: Client, volga: Client, head: User, ticket: Ticket
) -> None:
    """An hour of 600 ₽ is no hour of 600 $ for a client who pays in dollars."""
    Policy(pk=1, hour_cost=600, occupancy=100, shrinkage=0).save()
    Payment.objects.create(client=volga, amount=30, currency="USD", paid_on=date(2026, 10, 1))
    Reading.objects.create(
        ticket=ticket,
        measure=Measure.HANDLED,
        at=datetime(2026, 6, 1, tzinfo=UTC),
        value=3600 * SECOND,
        team_id=ticket.team_id,
        channel="phone",
        contact_id=ticket.contact_id,
        client_id=volga.pk,
    )
    page = said(signed_in(head), f"{PAGE}one/organisation/{volga.pk}/")
    cost = page.split("Сколько стоят эти разговоры")[1].split("</dd>")[0]
    assert "₽" in cost and "600" in cost and "$" not in cost


def test_a_look_at_a_restricted_card_is_written_down(base: Client, head: User, browser: Browser) -> None:
    Client.objects.filter(pk=base.pk).update(restricted_as="VIP")
    before = Entry.objects.about("client", base.pk).count()
    browser.get(f"{PAGE}one/organisation/{base.pk}/")
    assert Entry.objects.about("client", base.pk).count() == before + 1


def test_the_card_leads_there(
    base: Client, pavel: Contact, volga: Client, ticket: Ticket, browser: Browser, anna: User
) -> None:
    Payment.objects.create(contact=pavel, amount=500, paid_on=TODAY)
    address = f"/clients/contact/{pavel.pk}/"
    assert f"{PAGE}one/contact/{pavel.pk}/" in said(browser, address)
    assert f"{PAGE}one/contact/" not in said(signed_in(anna), address)
    assert "500,00 ₽" in said(browser, f"{PAGE}one/contact/{pavel.pk}/")


def test_a_page_of_one_costs_the_same_however_much_they_paid(base: Client, browser: Browser) -> None:
    address = f"{PAGE}one/organisation/{base.pk}/"
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    Payment.objects.bulk_create(
        Payment(client=base, amount=1, paid_on=TODAY - timedelta(days=place)) for place in range(300)
    )
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few) <= 40


def test_cohorts_are_told_by_heads_and_by_revenue(browser: Browser) -> None:
    for place in range(6):
        paying(f"Августовский {place}", date(2026, 8, 5), date(2026, 9, 20) if place < 2 else None)
    count_all()
    heads = said(browser, PAGE)
    gross = said(browser, f"{PAGE}?of=gross")
    assert " 2026 · 6" in heads
    assert "Все · 6" in gross and "67 %" in gross and "Не бывает выше 100 %" in gross
    assert "of=nothing" in said(browser, f"{PAGE}?of=nothing"), "what makes no sense is said"
    table: Any = browser.get(f"{PAGE}table/revenue/?form=csv")
    rows = list(csv.reader(b"".join(table.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[2] for row in rows[1:3]] == ["Выручка удержана, валовая", "Выручка удержана, чистая"]
    assert rows[1][1] == "6" and rows[1][3] == "1.0" and float(rows[1][4]) == pytest.approx(2 / 3)
    assert browser.get(f"{PAGE}table/revenue/?form=xlsx").status_code == 200


def test_a_change_is_judged_with_caution(browser: Browser) -> None:
    for place in range(40):
        paying(f"До {place}", date(2025, 3, 1), date(2025, 5, 20) if place < 25 else None)
        paying(f"После {place}", date(2025, 12, 1))
    count_all()
    page = said(browser, f"{PAGE}?changed=2025-11")
    assert "Остаются дольше" in page and "это не причина" in page
    assert "Разница не доказана" not in page.split('id="lasting"')[1].split("</section>")[0]
    few = said(browser, f"{PAGE}?changed=2024-01")
    assert "мало данных" in few.split('id="lasting"')[1].split("</section>")[0]
    assert "changed=2024-13" in said(browser, f"{PAGE}?changed=2024-13")


def test_what_happened_is_marked_on_charts_of_months(base: Client, head: User, browser: Browser) -> None:
    Annotation.objects.create(on=date(2026, 6, 17), words="Новое меню <b>телефона</b>", by=head)
    for address in (PAGE, f"{PAGE}one/organisation/{base.pk}/"):
        page = said(browser, address)
        assert "Новое меню &lt;b&gt;телефона" in page and 'class="mark"' in page, address
        without = said(browser, f"{address}?events=off")
        assert "Новое меню" not in without and 'class="mark"' not in without, address
        assert f'href="{address}paper/?events=off"' in without, "the paper as the page beside it"


def test_value_stands_on_paper(base: Client, head: User, quality: User, anna: User) -> None:
    whole = taken(head, f"{PAGE}paper/")
    for expected in ("Ценность клиентов", "24,4 %", "До и после перемены", "Сеть", "Графики в таблицах"):
        assert expected in whole, expected
    one = taken(head, f"{PAGE}one/organisation/{base.pk}/paper/")
    assert "38 000 ₽" in one.replace("\N{NO-BREAK SPACE}", " ") and LONG.split(" «")[0] in one
    User.objects.filter(pk=head.pk).update(language="en")
    english = taken(User.objects.get(pk=head.pk), f"{PAGE}one/organisation/{base.pk}/paper/")
    assert "Brought so far" in english and "Принёс" not in english
    assert signed_in(anna).get(f"{PAGE}paper/").status_code == 403
