"""The list narrowed by a form, and kept under a name."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Field, SavedList, Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def annas(client: Browser, anna: User) -> Browser:
    client.force_login(anna)
    return client


@pytest.fixture
def sum_(db: None) -> Field:
    return Field.objects.create(name="Сумма", kind="number")


@pytest.fixture
def two(writes: Write, anna: User, sum_: Field) -> list[Ticket]:
    tickets = [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(2)]
    for place, ticket in enumerate(tickets):
        ticket.fill({sum_.pk: 100 + place}, by=anna)
    tickets[0].tag(["vpn"], by=anna)
    return tickets


def narrow(browser: Browser, **told: Any) -> Any:
    return browser.post("/queue/line/narrow/", told, headers=HTMX)


def test_by_a_field_then_by_a_tag_too_and_back(annas: Browser, two: list[Ticket], sum_: Field) -> None:
    dialog = annas.get("/queue/line/narrow/", headers=HTMX).content.decode()
    assert dialog.startswith("<dialog") and "Сумма" in dialog

    led = unquote(narrow(annas, field=sum_.pk, test=">=", value="100")["HX-Redirect"])
    assert led == f"/queue/line/?q=field:{sum_.pk}>=100"
    led = narrow(annas, tag="vpn", q=f"field:{sum_.pk}>=100")["HX-Redirect"]
    page = annas.get(led).content.decode()
    assert f'id="t{two[0].pk}"' in page and f'id="t{two[1].pk}"' not in page
    assert "Сумма &gt;= 100" in page and "#vpn" in page and 'Наш ход <span class="n">1</span>' in page
    assert f'id="t{two[1].pk}"' in annas.get(f"/queue/line/?q=field:{sum_.pk}>100").content.decode()
    assert annas.get("/queue/line/?q=tag:vpn слово").status_code == 400  # what nobody asked for is not shown
    rows = annas.get(f"/queue/line/rows/?ids={two[0].pk},{two[1].pk}&q=tag:vpn").content.decode()
    assert f"t{two[0].pk}" in rows and f"t{two[1].pk}" not in rows


@pytest.mark.parametrize(
    "told", [{}, {"field": "x"}, {"field": "1", "test": "?"}, {"field": "own", "test": "=", "value": "много"}]
)
def test_what_makes_no_sense_says_why(annas: Browser, sum_: Field, told: dict[str, str]) -> None:
    told = {**told, "field": str(sum_.pk)} if told.get("field") in ("own", "1") else told
    answer = narrow(annas, **told)
    assert answer.status_code == 422 and ("err" in answer.content.decode() or "callout" in answer.content.decode())


def test_kept_under_a_name_it_stands_in_the_menu(
    annas: Browser, two: list[Ticket], boris: User, ilya: User, line_one: Team
) -> None:
    dialog = annas.get("/queue/line/keep/?q=tag:vpn", headers=HTMX).content.decode()
    assert "#vpn" in dialog and "Для кого" not in dialog  # an agent saves for oneself
    assert annas.post("/queue/line/keep/", {"name": " ", "q": "tag:vpn"}, headers=HTMX).status_code == 422
    annas.post("/queue/line/keep/", {"name": "Наши VPN", "q": "tag:vpn", "for": line_one.pk}, headers=HTMX)
    saved = SavedList.objects.get()
    assert saved.team is None
    menu = annas.get("/queue/line/counts/").content.decode()
    assert "Наши VPN" in menu and "/queue/line/?q=tag%3Avpn" in menu

    leads, other = Browser(), Browser()
    leads.force_login(boris)
    other.force_login(ilya)
    assert other.post(f"/queue/lists/{saved.pk}/remove/").status_code == 404
    leads.post("/queue/line/keep/", {"name": "Срочные", "q": "priority:4", "for": line_one.pk}, headers=HTMX)
    assert "Срочные" in other.get("/queue/line/counts/").content.decode()
    assert other.post(f"/queue/lists/{SavedList.objects.get(team=line_one).pk}/remove/").status_code == 404
    annas.post(f"/queue/lists/{saved.pk}/remove/")
    assert SavedList.objects.count() == 1 and annas.get("/queue/nowhere/keep/").status_code == 404
