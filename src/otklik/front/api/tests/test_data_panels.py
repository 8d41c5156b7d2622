"""Data panels set up and tried by programs."""

from typing import Any

import pytest

from otklik.core.journal.once import Once
from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.receiver import is_genuine
from otklik.desk.automation.tests.source import source
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import ALL, Ask

pytestmark = pytest.mark.django_db
SCOPES = (*ALL, "automation:write")


def test_a_panel_is_made_tried_and_replaced(
    ask: Ask, admin: User, ticket: Ticket, line_two: Team, settings: Any
) -> None:
    answers.forget()
    with source() as program:
        settings.EGRESS_ALLOW = [program.place]
        told = {"name": "Биллинг", "url": program.at(), "tells": ["email"], "lines": [line_two.name]}
        made = ask("post", "panels", admin, told, scopes=SCOPES).json()
        where = f"panels/{made['id']}"
        tried = ask("post", f"{where}/test", admin, {"ticket": ticket.number}, scopes=SCOPES).json()
        assert tried["content"]["title"] == "Биллинг" and tried["fits"] and is_genuine(made["secret"], *program.got[0])
        program.answer = []
        wrong = ask("post", f"{where}/test", admin, {"ticket": ticket.number}, scopes=SCOPES).json()
        assert (wrong["trouble"], wrong["status"], wrong["content"]) == ("malformed", 200, None)
        assert ask("post", f"{where}/test", admin, {"ticket": 10**9}, scopes=SCOPES).status_code == 422
        renewed = ask("post", f"{where}/secret", admin, scopes=SCOPES).json()
        assert renewed["secret"] != made["secret"]
        listed = ask("get", "panels", admin, scopes=SCOPES).content.decode()
        assert "secret" not in listed and renewed["secret"] not in listed
        off = ask("put", where, admin, {"name": "Биллинг", "url": program.at(), "on": False}, scopes=SCOPES).json()
        assert (off["state"], off["lines"], off["tells"]) == ("off", [], [])
        left, again = (ask("post", f"{where}/remove", admin, scopes=SCOPES, key="gone") for _ in range(2))
        assert left.json() == [] and left.content == again.content and not Panel.objects.exists()
        assert ask("post", f"{where}/remove", admin, scopes=SCOPES).status_code == 404
    assert made["secret"] not in str(list(Once.objects.values_list("answer", flat=True)))


def test_the_address_of_a_page_is_told(ask: Ask, admin: User, ticket: Ticket) -> None:
    told = {"name": "CRM", "url": "https://crm.example/card", "kind": "frame"}
    made = ask("post", "panels", admin, told, scopes=SCOPES).json()
    tried = ask("post", f"panels/{made['id']}/test", admin, {"ticket": ticket.number}, scopes=SCOPES).json()
    assert tried["address"].startswith("https://crm.example/card?otklik_data=") and tried["content"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://billing.example/"},
        {"name": ""},
        {"lines": ["нет такой"]},
        {"topic": 10**9},
        {"roles": ["king"]},
        {"height": 5},
    ],
)
def test_what_is_wrong_is_refused(ask: Ask, admin: User, wrong: dict[str, Any]) -> None:
    told = {"name": "Биллинг", "url": "https://billing.example/", **wrong}
    assert ask("post", "panels", admin, told, scopes=SCOPES).status_code == 422 and not Panel.objects.exists()


def test_only_administrators_with_the_scope(ask: Ask, admin: User, boris: User) -> None:
    assert ask("post", "panels/1/remove", boris, scopes=SCOPES).status_code == 403
    for path in ("panels", "panels/1"):
        assert ask("get", path, admin).status_code == 403
        assert ask("get", path, boris, scopes=SCOPES).status_code == 403
    assert ask("post", "panels/1/test", boris, {"ticket": 1}, scopes=SCOPES).status_code == 403
