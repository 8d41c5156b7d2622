"""Lists in the order that their reader chose: kept for list and person, carried by addresses and saved lists."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.tickets.models import SavedList, Ticket
from otklik.desk.tickets.orders import Order
from otklik.front.workspace.queries import queue
from otklik.front.workspace.queries.standing import VIEWS, Reader
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


def aged(tickets: list[Ticket], *, a_minute_hold: int = 1) -> list[Ticket]:
    """Opened one after the other, so many in the same moment; the last one of the list is the newest."""
    for place, ticket in enumerate(tickets):
        ticket.opened_at = NOON - timedelta(days=9) + timedelta(minutes=place // a_minute_hold)
    Ticket.objects.bulk_update(tickets, ["opened_at"])
    return tickets


def numbers(user: User, order: Order, view: str = "mine") -> list[list[int]]:
    reader, pages, cursor = Reader.of(user), [], None
    while True:
        page = queue.page(VIEWS[view], "ours", reader, NOON, cursor, order)
        pages.append([row.id for _band, row in page.rows])
        if page.after is None:
            return pages
        cursor = queue.Cursor.read(str(page.after))


def shown(browser: Browser, address: str) -> list[int]:
    rows = browser.get(address, headers=HTMX).content.decode().split('<li id="t')[1:]
    return [int(row.split('"')[0]) for row in rows]


@pytest.mark.parametrize("view", ["mine", "line", "all"])
def test_pages_of_both_orders_have_no_gaps_and_no_doubles(anna: User, crowd: Crowd, view: str) -> None:
    tickets = [*crowd([-5] * 40, owner=anna, now=NOON), *crowd(range(1, 81), now=NOON)]
    keys = [ticket.pk for ticket in aged(tickets, a_minute_hold=3)]

    oldest, newest = numbers(anna, Order.OLDEST, view), numbers(anna, Order.NEWEST, view)

    assert [len(page) for page in newest] == [50, 50, 20]
    assert list(chain(*oldest)) == keys and list(chain(*newest)) == keys[::-1]


def test_what_is_late_stands_in_no_band_of_its_own(anna: User, crowd: Crowd) -> None:
    aged(crowd([-5, 5], owner=anna, now=NOON))
    asked = list(Ticket.objects.values_list("pk", flat=True))

    page = queue.page(VIEWS["mine"], "ours", Reader.of(anna), NOON, order=Order.NEWEST)
    again = queue.among(VIEWS["mine"], "ours", Reader.of(anna), NOON, asked, Order.NEWEST)

    assert {band for band, _row in [*page.rows, *again]} == {queue.WAITING}


def test_the_choice_is_of_this_list_and_of_this_person(
    annas: Browser, anna: User, ilya: User, crowd: Crowd, sits_at: Any
) -> None:
    first, second = (one.pk for one in aged(crowd([5, 9])))
    assert shown(annas, "/queue/line/") == [first, second]

    led = annas.post("/queue/line/order/", {"order": "newest", "seg": "ours", "q": "owner:none"}, headers=HTMX)

    assert led["HX-Redirect"] == "/queue/line/?seg=ours&q=owner%3Anone&order=newest"
    assert shown(annas, "/queue/line/") == [second, first]
    assert shown(annas, "/queue/all/") == shown(sits_at(ilya), "/queue/line/") == [first, second]
    page = annas.get("/queue/line/").content.decode()
    assert "Сначала новые" in page and f"/tickets/{first}/?view=line&amp;order=newest" in page
    assert annas.post("/queue/line/order/", {"order": "due"}, headers=HTMX)["HX-Redirect"] == "/queue/line/"
    anna.refresh_from_db()
    assert anna.list_orders == {} and shown(annas, "/queue/line/") == [first, second]


def test_an_address_shows_everybody_the_same(annas: Browser, anna: User, crowd: Crowd) -> None:
    first, second = (one.pk for one in aged(crowd([5, 9])))
    anna.list_orders = {"line": "newest"}
    anna.save(update_fields=["list_orders"])

    assert shown(annas, "/queue/line/?order=due") == [first, second]
    assert "order=due" in annas.get("/queue/line/?order=due").content.decode(), "its rows lead back to the same list"
    assert annas.get(f"/queue/line/next/?after={second}&order=newest")["Location"].startswith(f"/tickets/{first}/")


@pytest.mark.parametrize("address", ["/queue/line/?order=id", "/queue/ended/?order=newest", "/queue/pinned/?order=due"])
def test_an_order_that_a_list_does_not_have_is_refused(annas: Browser, address: str) -> None:
    assert annas.get(address).status_code == 400


@pytest.mark.parametrize(
    ("view", "order", "status"), [("line", "id", 400), ("ended", "newest", 400), ("no", "due", 404)]
)
def test_nothing_else_can_be_chosen(annas: Browser, anna: User, view: str, order: str, status: int) -> None:
    assert annas.post(f"/queue/{view}/order/", {"order": order}).status_code == status
    anna.refresh_from_db()
    assert anna.list_orders == {}


def test_a_list_of_ended_ones_offers_no_order(annas: Browser) -> None:
    assert "/order/" in annas.get("/queue/all/").content.decode()
    assert "/order/" not in annas.get("/queue/ended/").content.decode()


def test_a_saved_list_keeps_its_order_or_leaves_it_to_its_reader(annas: Browser, anna: User, crowd: Crowd) -> None:
    aged(crowd([5, 9]))
    told = {"name": "Старые", "q": "owner:none", "order": "oldest"}
    annas.post("/queue/line/keep/", told, headers=HTMX)
    saved = SavedList.objects.get()
    assert saved.order == "oldest"
    assert "q=owner%3Anone&amp;order=oldest" in annas.get("/queue/line/counts/").content.decode()
    assert "Сначала старые" in annas.get(f"/queue/lists/{saved.pk}/").content.decode()

    annas.post(f"/queue/lists/{saved.pk}/", {"name": "Старые", "query": "owner:none", "order": ""}, headers=HTMX)

    saved.refresh_from_db()
    assert saved.order == "" and "order=oldest" not in annas.get("/queue/line/counts/").content.decode()
    wrong = annas.post(f"/queue/lists/{saved.pk}/", {"name": "С", "query": "owner:none", "order": "x"}, headers=HTMX)
    assert wrong.status_code == 422


def test_what_the_menu_needs_does_not_reach_the_empty_pane(client: Browser, anna: User, ticket: Ticket) -> None:
    """A button without words led nowhere there."""
    client.force_login(anna)

    for view in ("all", "line", "mine"):
        page = client.get(f"/queue/{view}/").content.decode()
        assert "Выберите обращение" in page and '<a class="btn s" href' not in page.split('id="open"')[1]
