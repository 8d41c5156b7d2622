"""Tasks on the card, on the page of a person, and before a request ends."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Task, Ticket
from otklik.front.workspace import menu
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PART = {"HX-Request": "true"}


def local(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


@pytest.fixture(autouse=True)
def figures_anew() -> None:
    menu.forget()


@pytest.fixture
def task(ticket: Ticket, anna: User, ilya: User) -> Task:
    ticket.take(by=anna)
    due = clock.now() + timedelta(hours=1)
    return ticket.plan(["Проверить <роутер>"], executor=ilya, due_at=due, by=anna)[0]


def test_tasks_are_planned_in_a_dialog_and_stand_on_the_card(
    ticket: Ticket, anna: User, ilya: User, vera: User, post: Post, client_of: SignIn
) -> None:
    asked = client_of(anna).get(f"/tickets/{ticket.number}/tasks/", headers=PART).content.decode()
    assert asked.startswith("<dialog") and "Илья Соколов" in asked and "Вера" not in asked

    due = local(clock.now() + timedelta(days=1))
    assert post(anna, ticket, "tasks", text="Позвонить\nНаписать", executor=ilya.pk, due=due).status_code == 204
    assert post(anna, ticket, "tasks", text="Питание").status_code == 204

    card = client_of(anna).get(f"/tickets/{ticket.number}/card/tasks/", headers=PART).content.decode()
    assert "сделано 0 из 3" in card and "Илья Соколов" in card
    assert card.index("Позвонить") < card.index("Чек-лист") < card.index("Питание")
    story = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "задача: Позвонить (Илья Соколов, завтра до" in story and "задача: Питание" in story


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", {"text": " "}),
        ("executor", {"text": "Дело", "executor": "999999"}),
        ("due", {"text": "Дело", "due": "позавчера"}),
        ("due", {"text": "Дело", "due": "2020-01-01T10:00"}),
    ],
)
def test_what_is_wrong_stands_at_its_field_with_what_was_typed(
    ticket: Ticket, anna: User, post: Post, field: str, wrong: dict[str, str]
) -> None:
    refused = post(anna, ticket, "tasks", **wrong)
    page = refused.content.decode()
    assert refused.status_code == 422 and f'id="e-{field}"' in page and wrong["text"].strip() in page
    assert not Task.objects.exists()


def test_a_task_is_changed_ticked_and_taken_away(
    ticket: Ticket, anna: User, task: Task, post: Post, client_of: SignIn
) -> None:
    address = f"/tickets/{ticket.number}/tasks/{task.pk}/"
    assert "Проверить &lt;роутер&gt;" in client_of(anna).get(address, headers=PART).content.decode()
    due = local(task.due_at)
    post(anna, ticket, f"tasks/{task.pk}", text="Проверить кабель", executor=task.executor_id, due=due)
    changed = Task.objects.get()
    assert (changed.text, changed.due_at) == ("Проверить кабель", task.due_at), "the date was not touched"

    post(anna, ticket, f"tasks/{task.pk}/done", done="on")
    assert Task.objects.get().done_by == anna
    post(anna, ticket, f"tasks/{task.pk}/done", done="")
    assert Task.objects.get().done_at is None
    post(anna, ticket, f"tasks/{task.pk}/remove")
    assert not Task.objects.exists() and post(anna, ticket, f"tasks/{task.pk}/done").status_code == 404


def test_a_late_task_is_seen_by_its_executor_and_by_the_owner(
    ticket: Ticket, anna: User, ilya: User, boris: User, task: Task, client_of: SignIn
) -> None:
    assert task.due_at
    with clock.at(task.due_at + timedelta(minutes=5)):
        for user, words in ((ilya, "Сделать мне"), (anna, "Делают другие в моих обращениях")):
            page = client_of(user).get("/tasks/").content.decode()
            assert words in page and "Проверить &lt;роутер&gt;" in page and 'data-s="breach"' in page, user
        assert "Дел не осталось" in client_of(boris).get("/tasks/").content.decode()
        browser = client_of(anna)
        assert "задача просрочена" in browser.get("/").content.decode()
        assert 'title="Задача просрочена"' in browser.get(f"/tickets/{ticket.number}/").content.decode()


def test_the_executor_ticks_it_on_their_own_page_also_when_the_request_has_gone(
    ticket: Ticket, anna: User, ilya: User, vera: User, task: Task, line_two: Team, client_of: SignIn
) -> None:
    ticket.hand_over(line_two, Brief("Звонок", "", "Дальше у вас"), by=anna)
    browser = client_of(ilya)
    page = browser.get("/tasks/").content.decode()
    assert "обращение теперь у другой линии" in page and f"№ {ticket.number}" not in page
    assert client_of(anna).post(f"/tasks/{task.pk}/done/", {"done": "on"}).status_code == 404

    done = browser.post(f"/tasks/{task.pk}/done/", {"done": "on"}, headers=PART).content.decode()
    assert "Дел не осталось" in done and "Сделано недавно" in done
    back = browser.post(f"/tasks/{task.pk}/done/", {"done": ""})
    assert back["Location"] == "/tasks/" and Task.objects.get().done_at is None


def test_solving_with_a_task_left_is_asked_once(
    ticket: Ticket, anna: User, task: Task, post: Post, promise: dict[str, Any]
) -> None:
    asked = post(anna, ticket, "reply", **{**promise, "next": "resolve"})
    page = asked.content.decode()
    assert asked.status_code == 422 and "Не сделана 1 задача: “Проверить &lt;роутер&gt;”." in page

    assert post(anna, ticket, "reply", **{**promise, "next": "resolve", "sure": "on"}).status_code == 200
    ticket.refresh_from_db()
    assert ticket.status == "resolved" and Task.objects.open().get() == task


def test_an_answer_that_ends_nothing_is_not_asked(
    ticket: Ticket, anna: User, task: Task, post: Post, promise: dict[str, Any]
) -> None:
    assert post(anna, ticket, "reply", **promise).status_code == 200


def test_strangers_and_readers_touch_nothing(
    ticket: Ticket, vera: User, quality: User, task: Task, post: Post, client_of: SignIn
) -> None:
    assert post(vera, ticket, f"tasks/{task.pk}/done", done="on").status_code == 404
    assert post(quality, ticket, f"tasks/{task.pk}/remove").status_code == 403
    assert client_of(vera).post(f"/tasks/{task.pk}/done/", {"done": "on"}).status_code == 404
    card = client_of(quality).get(f"/tickets/{ticket.number}/card/tasks/", headers=PART).content.decode()
    assert "Проверить" in card and "<form" not in card
