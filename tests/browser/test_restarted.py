"""A text outlives its browser and its server, in one window and in two."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer, ThreadingMixIn
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from otklik.core import recent
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import answers, open_ticket, send, sent
from tests.fixtures.browser import with_a_disk
from tests.fixtures.live import PATIENCE, LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


class Wires(ThreadingMixIn, TCPServer):
    """Passes on every byte to the server behind it; shut, it is as a server that has died."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, behind: int) -> None:
        self.behind = behind
        self.joined: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Wire)

    def shut(self) -> None:
        self.shutdown()
        self.server_close()
        for end in tuple(self.joined):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Wire(BaseRequestHandler):
    def handle(self) -> None:
        wires = cast(Wires, self.server)
        with socket.create_connection(("127.0.0.1", wires.behind)) as there:
            ends = {self.request, there}
            wires.joined |= ends
            back = threading.Thread(target=pass_on, args=(there, self.request), daemon=True)
            back.start()
            pass_on(self.request, there)
            back.join(PATIENCE)
            wires.joined -= ends


def pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while told := one.recv(65536):
            other.sendall(told)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)


class House:
    """The server as the browser finds it, always at one address."""

    def __init__(self, app: LiveApp) -> None:
        self.behind = int(urlsplit(app.url).port or 0)
        self.port = 0
        self.wires: Wires | None = None
        self.starts()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def starts(self) -> None:
        self.wires = Wires(self.port, self.behind)
        self.port = self.wires.server_address[1]
        threading.Thread(target=self.wires.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def dies(self) -> None:
        if self.wires:
            self.wires.shut()
        self.wires = None


@pytest.fixture
def house(live_app: LiveApp) -> Iterator[House]:
    recent.forget()
    house = House(live_app)
    yield house
    house.dies()


def sits_down(context: Any, house: House, user: User) -> None:
    door = Client()
    door.force_login(user)
    cookie = door.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": house.url}])


def test_a_text_outlives_its_browser_and_its_server_in_two_windows(
    driver: Any, house: House, tmp_path: Path, anna: User, ticket: Ticket, wait_until: Any
) -> None:
    with with_a_disk(driver, tmp_path, house.url) as before:
        sits_down(before, house, anna)
        page = before.new_page()
        open_ticket(page, ticket)
        page.locator("#reply-text").press_sequentially("Проверяем")
        wait_until(lambda: Draft.objects.filter(text="Проверяем").exists())
        state = page.locator("[data-draft-state]")
        expect(state).to_have_text(str(state.get_attribute("data-saved")))
        house.dies()
        page.locator("#reply-text").press_sequentially(" маршрут")
        expect(state).to_have_text(str(state.get_attribute("data-local")))
    assert Draft.objects.get().text == "Проверяем"

    house.starts()
    with with_a_disk(driver, tmp_path, house.url) as after:
        sits_down(after, house, anna)
        first, second = after.new_page(), after.new_page()
        open_ticket(first, ticket)
        expect(first.locator("#reply-text")).to_have_value("Проверяем маршрут")
        expect(first.locator("[data-notice=restored]")).to_be_visible()
        wait_until(lambda: Draft.objects.filter(text="Проверяем маршрут").exists())
        open_ticket(second, ticket)
        expect(second.locator("#reply-text")).to_have_value("Проверяем маршрут")
        second.bring_to_front()
        second.locator("#reply-text").press("End")
        second.keyboard.type(", ждите")
        wait_until(lambda: Draft.objects.filter(text="Проверяем маршрут, ждите").exists())
        expect(first.locator("#reply-text")).to_have_value("Проверяем маршрут, ждите")
        send(second)
        sent(second)
        first.reload()
        expect(first.locator("#composer")).to_be_visible()
        expect(first.locator("#reply-text")).to_have_value("")
    assert answers().get().new_text == "Проверяем маршрут, ждите"
