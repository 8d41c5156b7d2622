"""Programs at the door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import ApiToken, User

ALL = (
    *("tickets:read", "tickets:write", "quarantine:read", "quarantine:write", "people:read", "people:write"),
    *("clients:write", "imports:read", "imports:write", "exports:read", "notices:read", "notices:write"),
    *("roster:read", "roster:write", "knowledge:read", "knowledge:write", "panels:read"),
    *("calls:read", "calls:write", "incidents:read", "incidents:write", "complaints:read", "complaints:write"),
    *("surveys:read", "surveys:write", "boards:read", "boards:write"),
)

type Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client) -> Ask:
    """`ask("get", path, user, body, key=…)`: one request with a token of that person."""

    def send(
        method: str, path: str, user: User, body: Any = None, *, scopes: Any = ALL, key: str = "", tag: str = ""
    ) -> Any:
        _token, secret = ApiToken.objects.issue(user, scopes)
        headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
        headers |= {"If-Match": tag} if tag else {}
        return getattr(client, method)(f"/api/v1/{path}", body, content_type="application/json", headers=headers)

    return send


type Tell = Callable[..., Any]


@pytest.fixture
def tell(client: Client) -> Tell:
    """`tell(anna, 12, "merge", {"into": 11}, key=…)`: a request with a token of that person."""

    def send(user: User, number: int, act: str, body: Any = None, *, key: str = "") -> Any:
        _token, secret = ApiToken.objects.issue(user, ("tickets:read", "tickets:write"))
        headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
        address = f"/api/v1/tickets/{number}/{act}"
        return client.post(address, body or {}, content_type="application/json", headers=headers)

    return send


class Program:
    """A program with one token."""

    def __init__(self, user: User, *scopes: str) -> None:
        self.token, self.secret = ApiToken.objects.issue(user, scopes or (*ALL, "automation:write"))
        self.client = Client(headers={"Authorization": f"Bearer {self.secret}"})

    def __call__(self, method: str, path: str, body: Any = None, **head: str) -> Any:
        headers = {name.replace("_", "-"): value for name, value in head.items()}
        send = getattr(self.client, method)
        if method == "get":
            return send(f"/api/v1/{path}", headers=headers)
        return send(f"/api/v1/{path}", body or {}, content_type="application/json", headers=headers)


@pytest.fixture
def annas(anna: User) -> Program:
    return Program(anna)


@pytest.fixture
def admins(admin: User) -> Program:
    return Program(admin)
