"""A chat of the first line, and windows in which visitors write to it."""

import itertools
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.adapters.sitechat import opening
from otklik.adapters.sitechat.models import Chat, Visitor
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox, outbox
from otklik.desk.channels.models import Channel

SHOP = "https://shop.example"


class Window:
    """One browser on a site: it has a secret of its own, and no cookie."""

    keys = itertools.count()

    def __init__(self, chat: Chat, secret: str = "a" * 64) -> None:
        self.chat, self.secret = chat, secret
        self.client = Client(enforce_csrf_checks=True)
        self.root = f"/chat/{chat.key}/"

    def post(self, path: str, **told: Any) -> Any:
        origin = told.pop("origin", "http://testserver")
        told.setdefault("key", f"key{next(self.keys):08d}")
        headers = {"X-Chat-Secret": self.secret, "Origin": origin}
        return self.client.post(f"{self.root}{path}/?lang=ru", told, headers=headers)

    def says(self, text: str = "Не приходят письма", **told: Any) -> Any:
        """Posts a message, and it is read to the end."""
        answer = self.post("say", text=text, **told)
        inbox.work_all()
        return answer

    def told(self, after: int = 0) -> dict[str, Any]:
        answer = self.client.get(f"{self.root}said/?lang=ru&after={after}", headers={"X-Chat-Secret": self.secret})
        return dict(answer.json())

    @property
    def lines(self) -> list[dict[str, Any]]:
        return list(self.told()["lines"])

    def sees(self) -> None:
        assert self.post("seen", last=str(self.lines[-1]["id"])).status_code == 204

    @property
    def visitor(self) -> Visitor:
        found = Visitor.objects.of_secret(self.chat, self.secret)
        assert found
        return found

    def leaves(self, minutes: int = 10) -> None:
        """Nothing is heard of it any more for so long."""
        Visitor.objects.filter(pk=self.visitor.pk).update(heard_at=clock.now() - timedelta(minutes=minutes))


def a_file(name: str = "акт.txt", content: bytes = b"akt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def sent() -> None:
    """Whatever waits for its moment to be undone has left."""
    with clock.at(clock.now() + timedelta(minutes=2)):
        outbox.send_due()


@pytest.fixture(autouse=True)
def _nothing_measured() -> Iterator[None]:
    opening.forget()
    yield
    opening.forget()


@pytest.fixture
def chat(line_one: Team) -> Chat:
    channel = Channel.objects.create(kind="chat", name="Чат", address="shop.example", team=line_one, acknowledges=False)
    return Chat.objects.create(channel=channel, sites=[SHOP])


@pytest.fixture
def window(chat: Chat) -> Window:
    return Window(chat)


@pytest.fixture
def another(chat: Chat) -> Callable[[str], Window]:
    """`another("b")`: the window of somebody else."""
    return lambda sign: Window(chat, sign * 64)
