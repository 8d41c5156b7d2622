"""A forgotten password: the letter goes through a real SMTP server, its link works once."""

import re
import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from otklik.core.staff.models import Organisation, User

pytestmark = pytest.mark.usefixtures("live_app")


class Postman:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    keeper = Postman()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    options = {"host": "127.0.0.1", "port": port, "use_tls": False, "use_ssl": False}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    yield keeper
    server.stop()


def test_a_forgotten_password_is_set_anew_by_mail(
    page: Any, live_app: Any, postman: Postman, anna: User, run_jobs: Callable[[], None]
) -> None:
    organisation = Organisation.objects.own_copy()
    organisation.site_url = live_app.url
    organisation.save()
    page.goto("/sign-in/")
    page.locator("a", has_text=re.compile("forgot|Не помню|Забыл", re.IGNORECASE)).click()
    page.locator("[name=email]").fill("anna@desk.test")
    page.keyboard.press("Enter")
    page.get_by_text("anna@desk.test").wait_for()
    run_jobs()

    [(recipients, letter)] = postman.letters
    assert recipients == ["anna@desk.test"]
    link = re.search(re.escape(live_app.url) + r"/sign-in/link/\S+", letter.get_content())
    assert link
    page.goto(link[0])
    page.locator("[name=password]").fill("корабль-на-рейде-9")
    page.locator("[type=submit].primary").click()
    page.wait_for_url("**/sign-in/")
    page.locator("[name=login]").fill("anna@desk.test")
    page.locator("[name=password]").fill("корабль-на-рейде-9")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)

    answer = page.context.request.get(link[0])
    assert answer.status == 410
