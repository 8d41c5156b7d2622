"""Doors to the acts: a signed-in browser of Django's own for each of the cast, and what an act is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

type Post = Callable[..., Any]


@pytest.fixture
def post() -> Post:
    """`post(anna, ticket, "reply", text="…")`: an act of a person, as htmx sends it (`plain=True`: as a form does)."""

    def send(user: User, ticket: Ticket, act: str, /, *, plain: bool = False, **told: Any) -> Any:
        client = Client()
        client.force_login(user)
        headers = {} if plain else {"HX-Request": "true", "HX-Target": "form#composer"}
        return client.post(f"/tickets/{ticket.number}/{act}/", told, headers=headers)

    return send


@pytest.fixture
def tonight() -> str:
    return (clock.now() + timedelta(hours=3)).isoformat()


@pytest.fixture
def promise(ticket: Ticket, tonight: str) -> dict[str, Any]:
    """What a filled-in composer sends."""
    return {
        "text": "Проверяем маршрут.",
        "next": "promise",
        "promise_until": tonight,
        "seen": ticket.last_message_id,
        "key": "k1",
    }


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A signed-in browser of a person."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def upload(post: Post, settings: Any, tmp_path: Any) -> Callable[..., Any]:
    """`upload(anna, ticket, "акт.txt", b"…")`: one file of the composer."""
    settings.MEDIA_ROOT = tmp_path

    def send(user: User, ticket: Ticket, name: str, content: bytes = b"content") -> Any:
        return post(user, ticket, "files", file=SimpleUploadedFile(name, content))

    return send
