"""The hand goes on before the server has answered: what was asked for one request is never drawn into the next."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import answers, sent, without_network
from tests.browser.conftest import hears
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def drawn(page: Any) -> None:
    """Whatever has come is on the page."""
    page.evaluate("fetch('/livez').then(() => new Promise(requestAnimationFrame))")


class Late:
    """Answers of the server to one kind of address that come only when they are let through."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.held: list[Any] = []
        page.route(address, self.hold)

    def hold(self, route: Any) -> None:
        self.held.append((route, route.fetch(max_redirects=0)))

    def arrive(self) -> None:
        """The first that was held comes, and then what the page asked after it."""
        route, answer = self.held.pop(0)
        with self.page.expect_event("response", lambda response: response.request == route.request):
            route.fulfill(response=answer)
        drawn(self.page)

    def wait(self) -> None:
        """Until one is held."""
        while not self.held:
            self.page.evaluate("new Promise(done => requestAnimationFrame(done))")


@pytest.fixture
def three(writes: Write, pavel: Contact) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(3)]


@pytest.fixture
def page(at_desk: Desk, anna: User, three: list[Ticket]) -> Any:
    """Anna's list with the first request open."""
    page = at_desk(anna)
    page.goto(f"/tickets/{three[0].number}/?view=line")
    page.wait_for_selector("#queue[data-queue]")
    hears(anna)
    return page


def is_open(page: Any, ticket: Ticket) -> None:
    page.wait_for_url(f"**/tickets/{ticket.number}/**")
    expect(page.locator(f"#open[data-ticket='{ticket.number}']")).to_be_visible()
    expect(page.locator("#head-words h2")).to_have_text(ticket.subject)
    expect(page.locator(f"#composer[data-number='{ticket.number}']")).to_be_visible()


def click(page: Any, ticket: Ticket) -> None:
    page.locator(f"#t{ticket.pk} a").click()


@pytest.mark.parametrize("first_comes", ["first", "last"])
def test_of_two_rows_the_one_that_was_pressed_last_is_open(page: Any, three: list[Ticket], first_comes: str) -> None:
    second, third = (Late(page, f"**/tickets/{ticket.number}/?*") for ticket in three[1:])
    click(page, three[1])
    second.wait()
    click(page, three[2])
    third.wait()

    for answer in (second, third) if first_comes == "first" else (third, second):
        answer.arrive()

    is_open(page, three[2])


def test_news_of_a_request_that_was_left_stay_away(page: Any, three: list[Ticket], ilya: User) -> None:
    news = Late(page, f"**/tickets/{three[0].number}/timeline/*")
    three[0].note("Только для первого", by=ilya)
    news.wait()
    click(page, three[1])
    is_open(page, three[1])

    news.arrive()

    is_open(page, three[1])
    expect(page.locator("#timeline")).not_to_contain_text("Только для первого")


def test_an_answer_that_was_sent_before_leaves_the_next_text_alone(page: Any, three: list[Ticket]) -> None:
    reply = Late(page, "**/reply/")
    page.fill("#reply-text", "Первому")
    page.keyboard.press("Control+Enter")
    reply.wait()
    click(page, three[1])
    is_open(page, three[1])
    key = page.input_value("#composer [name=key]")
    page.locator("#reply-text").press_sequentially("Второму")

    reply.arrive()

    assert answers().get().conversation == three[0].conversation
    expect(page.locator("#reply-text")).to_have_value("Второму")
    expect(page.locator(".sentbar")).to_have_count(0)
    assert page.input_value("#composer [name=key]") == key


def test_what_could_not_be_sent_is_said_where_one_is_by_then(page: Any, three: list[Ticket]) -> None:
    reply = Late(page, "**/reply/")
    page.keyboard.press("Shift+R")
    expect(page.locator("#reply-text")).to_be_focused()
    page.keyboard.type("Отказываем")
    page.keyboard.press("Control+Enter")
    reply.wait()
    click(page, three[1])
    is_open(page, three[1])

    reply.arrive()

    said = page.locator(".toast[role=alert]")
    expect(said).to_contain_text(f"Не отправлено: ваш текст ждёт в обращении № {three[0].number}")
    expect(page.locator("#composer [aria-invalid=true]")).to_have_count(0)
    click(page, three[0])
    is_open(page, three[0])
    expect(page.locator("#reply-text")).to_have_value("Отказываем")


def test_a_lost_connection_is_said_where_one_is_by_then(page: Any, three: list[Ticket]) -> None:
    without_network(page)
    held: list[Any] = []
    page.route("**/reply/", lambda route: held.append(route))
    page.fill("#reply-text", "Первому")
    with page.expect_request("**/reply/"):
        page.keyboard.press("Control+Enter")
    click(page, three[1])
    is_open(page, three[1])

    held[0].abort()

    expect(page.locator(".toast[role=alert]")).to_contain_text(f"№ {three[0].number}")
    expect(page.locator("[data-notice=offline]")).to_be_hidden()


def test_a_date_in_the_words_is_promised_by_their_request_alone(page: Any, three: list[Ticket]) -> None:
    draft = Late(page, "**/draft/")
    page.locator("#reply-text").press_sequentially("Вернусь с ответом послезавтра до 17:00.")
    page.keyboard.press("Escape")
    draft.wait()
    click(page, three[1])
    is_open(page, three[1])

    draft.arrive()

    assert Draft.objects.get().conversation == three[0].conversation
    expect(page.locator("[data-offered]")).to_have_count(0)


def test_a_text_on_its_way_stays_closed_whatever_else_is_fetched(page: Any) -> None:
    reply = Late(page, "**/reply/")
    page.fill("#reply-text", "Первому")
    page.keyboard.press("Control+Enter")
    reply.wait()

    with page.expect_response("**/counts/*"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:connected', {bubbles: true, detail: {}}))")
    drawn(page)

    assert not page.locator("#reply-text").is_editable()
    reply.arrive()
    sent(page)
    assert page.locator("#reply-text").is_editable()


def test_a_step_along_the_list_waits_for_the_list(at_desk: Desk, anna: User, three: list[Ticket]) -> None:
    page = at_desk(anna)
    queue = Late(page, "**/queue/line/?*")
    page.goto(f"/tickets/{three[1].number}/?view=line")
    queue.wait()
    is_open(page, three[1])
    page.keyboard.press("]")

    queue.arrive()

    is_open(page, three[2])


def test_from_a_request_that_has_left_the_list_one_goes_on_to_its_neighbour(
    page: Any, three: list[Ticket], anna: User
) -> None:
    click(page, three[1])
    is_open(page, three[1])
    Ticket.objects.get(pk=three[1].pk).close("duplicate", by=anna)
    expect(page.locator(f"#t{three[1].pk}")).to_have_attribute("data-gone", "")

    page.keyboard.press("]")

    is_open(page, three[2])
