"""No page runs a number of statements that grows with its rows."""

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import Brand, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db
LIST, TICKET = 6, 10


def warmed(browser: Browser, *addresses: str) -> None:
    """Names, figures of the menu and the like are read once in a while, not by every page."""
    for address in addresses:
        browser.get(address)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_asks_six_times_at_most(
    annas: Browser, anna: User, crowd: Crowd, count: int, django_assert_max_num_queries
) -> None:
    crowd(range(-10, count - 10), owner=anna)
    warmed(annas, "/")

    with django_assert_max_num_queries(LIST) as asked:
        page = annas.get("/", headers={"HX-Request": "true"})

    assert page.content.count(b"data-row ") == count and len(asked) <= LIST


def test_the_whole_page_of_the_list_too(annas: Browser, crowd: Crowd, django_assert_max_num_queries) -> None:
    crowd(range(50))
    warmed(annas, "/")

    with django_assert_max_num_queries(LIST):
        assert annas.get("/").status_code == 200


@pytest.mark.parametrize("count", [1, 20])
def test_a_request_asks_ten_times_at_most(
    annas: Browser, anna: User, ticket: Ticket, writes, tomorrow, count: int, django_assert_max_num_queries
) -> None:
    ours = ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow))
    for number in range(count):
        writes(f"Слово {number}", references=[ours.external_id], files=[("a.txt", "текст"), ("b.txt", "текст")])
    address = f"/tickets/{ticket.number}/"
    warmed(annas, "/", address)

    with django_assert_max_num_queries(TICKET):
        page = annas.get(address).content.decode()

    assert page.count('<article class="msg') == count + 2


@pytest.mark.usefixtures("kept_for_long")
def test_the_company_that_was_written_to_is_named_where_there_are_several_and_costs_nothing(
    annas: Browser, ticket: Ticket, django_assert_max_num_queries
) -> None:
    address = f"/tickets/{ticket.number}/"
    assert 'class="of-brand"' not in annas.get(address).content.decode()

    door = ticket.conversation.channel
    door.brand = Brand.objects.create(name="Связь <Дом>")
    door.save()
    warmed(annas, "/", address)
    with django_assert_max_num_queries(TICKET):
        page = annas.get(address).content.decode()
    assert 'class="of-brand">Связь &lt;Дом&gt;<' in page
    assert "Связь &lt;Дом&gt;" in annas.get(f"{address}?after=1", headers={"HX-Request": "true"}).content.decode()


def test_an_ended_request_asks_no_more(
    annas: Browser, anna: User, ticket: Ticket, writes, django_assert_max_num_queries
) -> None:
    for _ in range(4):
        answered = Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve("перезагрузили"))
        writes("Нет", references=[answered.external_id])
    address = f"/tickets/{ticket.number}/"
    warmed(annas, address)

    with django_assert_max_num_queries(TICKET):
        page = annas.get(address).content.decode()

    assert page.count("перезагрузили") == 4


def test_what_is_new_costs_little(annas: Browser, ticket: Ticket, django_assert_max_num_queries) -> None:
    address = f"/tickets/{ticket.number}/timeline/?after=0&event=0"
    warmed(annas, address)

    with django_assert_max_num_queries(TICKET):
        assert annas.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "most"), [("/mail/sent/", 12), ("/search/?q=Павел", 14), ("/palette/?q=Павел", 14)]
)
def test_other_lists_do_not_grow_either(
    annas: Browser, writes, address: str, most: int, django_assert_max_num_queries
) -> None:
    """What is searched for is looked up among articles as well, and on the other layout where nothing fits."""
    for _ in range(3):
        writes("Павел пишет")
    warmed(annas, address)
    with django_assert_max_num_queries(most) as asked:
        annas.get(address)
        few = len(asked)
    for number in range(12):
        writes(f"Павел пишет {number}", sender=f"pavel{number}@volga.test")
    warmed(annas, address)

    with django_assert_max_num_queries(few):
        annas.get(address)
