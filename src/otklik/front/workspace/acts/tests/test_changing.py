"""Change requests on the card: drafted in a dialog, decided by a lead, carried out."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Change, Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PART = {"HX-Request": "true"}
FORM = {"what": "Перенести <маршрут>", "why": "Оператор уходит", "risk": "medium", "steps": "Снять\nДать"}


def card(client: Client, ticket: Ticket) -> str:
    return client.get(f"/tickets/{ticket.number}/card/changes/", headers=PART).content.decode()


def test_asked_by_one_and_decided_by_another(
    ticket: Ticket, anna: User, boris: User, post: Post, client_of: SignIn
) -> None:
    asked = client_of(anna).get(f"/tickets/{ticket.number}/changes/", headers=PART).content.decode()
    assert asked.startswith("<dialog") and "средний" in asked
    assert post(anna, ticket, "changes", ask="on", **FORM).status_code == 204
    change = Change.objects.get()

    own, lead = card(client_of(anna), ticket), card(client_of(boris), ticket)
    assert "Перенести &lt;маршрут&gt;" in own and "ждёт согласования" in own and "сделано 0 из 2" in own
    assert "/approved/" in lead and "/approved/" not in own, "nobody decides on their own"
    assert post(anna, ticket, f"changes/{change.pk}/approved").status_code == 422
    assert post(boris, ticket, f"changes/{change.pk}/rejected").status_code == 422
    assert post(boris, ticket, f"changes/{change.pk}/approved", words="Ночью").status_code == 204

    refused = post(anna, ticket, f"changes/{change.pk}/done", words="Готово")
    assert refused.status_code == 422 and "Снять" in refused.content.decode()
    assert post(anna, ticket, f"changes/{change.pk}/rolled_back", words="Пропал звук").status_code == 204
    assert "Пропал звук" in card(client_of(anna), ticket)
    story = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "изменение «Перенести &lt;маршрут&gt;»: откачено: Пропал звук" in story
    assert post(anna, ticket, f"changes/{change.pk}/back").status_code == 204
    assert Change.objects.get().state == "approved"


def test_what_is_wrong_is_said_beside_the_field(ticket: Ticket, anna: User, post: Post) -> None:
    for field, wrong in (
        ("what", {"what": ""}),
        ("why", {"why": " "}),
        ("way_back", {"risk": "high"}),
        ("ends", {"ends": "завтра"}),
    ):
        refused = post(anna, ticket, "changes", **{**FORM, **wrong})
        assert refused.status_code == 422 and f'id="e-{field}"' in refused.content.decode(), field
    assert not Change.objects.exists()


def test_a_draft_is_changed_asked_for_and_taken_back(ticket: Ticket, anna: User, post: Post) -> None:
    post(anna, ticket, "changes", **FORM)
    change = Change.objects.get()
    assert post(anna, ticket, f"changes/{change.pk}", **{**FORM, "what": "Иначе", "steps": ""}).status_code == 204
    assert post(anna, ticket, f"changes/{change.pk}/ask").status_code == 204
    assert post(anna, ticket, f"changes/{change.pk}/ask").status_code == 409
    assert post(anna, ticket, f"changes/{change.pk}/back").status_code == 204
    change.refresh_from_db()
    assert (change.what, change.state, change.steps.count()) == ("Иначе", "draft", 2)


def test_who_may_not_see_the_request_learns_nothing(
    ticket: Ticket, anna: User, vera: User, quality: User, post: Post
) -> None:
    post(anna, ticket, "changes", ask="on", **FORM)
    change = Change.objects.get()
    for path in ("changes", f"changes/{change.pk}", f"changes/{change.pk}/ask", f"changes/{change.pk}/approved"):
        assert post(vera, ticket, path, **FORM).status_code == 404
        assert post(quality, ticket, path, **FORM).status_code == 403
    assert post(anna, ticket, f"changes/{change.pk}/eaten").status_code == 404
    assert post(anna, ticket, "changes/999999/ask").status_code == 404


@pytest.mark.parametrize(
    ("field", "moment"),
    [
        ("starts", "0001-01-01T00:00"),
        ("starts", "9999-12-31T23:59-12:00"),
        ("ends", "9999-12-31T23:59-12:00"),
        ("starts", "2026-02-30T10:00"),
    ],
)
def test_no_date_breaks_the_page_for_good(ticket: Ticket, anna: User, post: Post, field: str, moment: str) -> None:
    refused = post(anna, ticket, "changes", what="Маршрут", why="Старый уходит", risk="low", **{field: moment})
    assert refused.status_code == 422 and f'id="e-{field}"' in refused.content.decode()
    assert not ticket.changes.exists()


def test_nobody_approves_words_that_they_have_not_seen(
    ticket: Ticket, anna: User, boris: User, post: Post, client_of: SignIn
) -> None:
    told = {"what": "Маршрут", "why": "Старый уходит", "risk": "high", "way_back": "Вернуть прежний"}
    post(anna, ticket, "changes", ask="on", **told)
    act = f"changes/{Change.objects.get().pk}"
    words = client_of(boris).get(f"/tickets/{ticket.number}/{act}/approved/", headers=PART).content.decode()
    seen = words.split('name="seen" value="')[1].split('"')[0]
    assert all(word in words for word in ("Старый уходит", "высокий", "Вернуть прежний"))
    post(anna, ticket, act, **{**told, "what": "Всё"})
    post(anna, ticket, f"{act}/ask")

    assert post(boris, ticket, f"{act}/approved", seen=seen).status_code == 422
    assert post(anna, ticket, act, seen=seen, **told).status_code == 422
    change = Change.objects.get()
    assert (change.state, change.what) == ("asked", "Всё")
    assert post(boris, ticket, f"{act}/approved", seen=change.stamp).status_code == 204
