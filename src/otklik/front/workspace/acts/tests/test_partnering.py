"""The act of working together: dialog, undo, lists, live news."""

import json
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.live.ear import _entry
from otklik.front.workspace.live.hub import Rights

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def owned(ticket: Ticket, anna: User) -> Ticket:
    ticket.take(by=anna)
    return ticket


def send(browser: Browser, ticket: Ticket, act: str = "", **told: Any) -> Any:
    return browser.post(f"/tickets/{ticket.pk}/partners/{act}", told, headers=HTMX)


def say(answer: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer["HX-Trigger"])["say"]
    return told


def test_asked_from_the_dialog_and_taken_back(annas: Browser, owned: Ticket, vera: User, ilya: User) -> None:
    page = annas.get(f"/tickets/{owned.pk}/partners/", headers=HTMX).content.decode()
    assert page.startswith("<dialog") and page.index("Илья Соколов") < page.index("Вера Лис")
    assert "Анна Белова</small>" not in page

    answer = send(annas, owned, user=vera.pk, shown="on")
    assert "Вера Лис тоже работает" in say(answer)["text"]
    assert "Вера Лис</span>" in annas.get(f"/tickets/{owned.pk}/").content.decode()
    dialog = annas.get(f"/tickets/{owned.pk}/partners/", headers=HTMX).content.decode()
    assert "клиент это видит" in dialog and "Отпустить" in dialog

    gone = annas.post(say(answer)["undo"], headers=HTMX)
    assert not Ticket.objects.exclude(works_with=[]).exists()
    annas.post(say(gone)["undo"], headers=HTMX)
    owned.refresh_from_db()
    assert owned.works_with == [vera.pk] and owned.partners_shown == ["Вера Лис"]
    kinds = list(Entry.objects.filter(kind__startswith="tickets.Partner").values_list("kind", flat=True))
    assert kinds == ["tickets.PartnerInvited", "tickets.PartnerLeft", "tickets.PartnerInvited"]


@pytest.mark.parametrize("user", ["", "x", "99999", "owner"])
def test_nobody_and_the_owner_are_refused_in_the_dialog(annas: Browser, owned: Ticket, anna: User, user: str) -> None:
    answer = send(annas, owned, user=anna.pk if user == "owner" else user)
    assert answer.status_code == 422 and "Выберите коллегу" in answer.content.decode()


def test_it_stands_in_a_list_of_its_own_with_its_story(
    annas: Browser, client: Browser, owned: Ticket, vera: User, ilya: User
) -> None:
    send(annas, owned, user=vera.pk)
    assert "совместная работа: Вера Лис" in annas.get(f"/tickets/{owned.pk}/").content.decode()
    assert "Вместе с ответственным: Вера Лис" in annas.get("/queue/mine/").content.decode()

    veras = Browser()
    veras.force_login(vera)
    assert f'id="t{owned.pk}"' in veras.get("/queue/joint/").content.decode()
    assert f'id="t{owned.pk}"' not in veras.get("/queue/mine/").content.decode()
    assert veras.get(f"/tickets/{owned.pk}/").status_code == 200
    left = veras.post(f"/tickets/{owned.pk}/partners/{vera.pk}/leave/", headers=HTMX)
    assert left["HX-Redirect"] and veras.get(f"/tickets/{owned.pk}/").status_code == 404


def test_ACCESS_only_who_may_answer_asks_and_nobody_learns_of_others(
    client: Browser, owned: Ticket, vera: User, quality: User, ilya: User
) -> None:
    client.force_login(vera)
    assert send(client, owned, user=ilya.pk).status_code == 404
    client.force_login(quality)
    assert send(client, owned, user=ilya.pk).status_code == 403
    client.force_login(ilya)
    assert send(client, owned, f"{vera.pk}/leave/").status_code == 404


def test_news_reach_a_partner_of_another_line() -> None:
    (told,) = _entry(9, "tickets.ClientWrote", None, 4817, 1, 5, None, None, None, [7])
    assert Rights(lines=frozenset([2])).cover(told, 7) and not Rights(lines=frozenset([2])).cover(told, 8)
    _ticket, alarm = _entry(9, "tickets.PartnerInvited", 5, 4817, 1, 5, None, None, [7], [7])
    assert Rights(lines=frozenset([2])).cover(alarm, 7) and not Rights(lines=frozenset([1])).cover(alarm, 5)


def test_the_invited_reads_it_at_once(client: Browser, owned: Ticket, anna: User, vera: User) -> None:
    owned.invite(vera, by=anna)
    entry = Entry.objects.get(kind="tickets.PartnerInvited")
    client.force_login(vera)
    assert "Анна Белова зовёт вас" in client.get(f"/live/alarms/?entries={entry.pk}").content.decode()
    owned.part(vera, by=anna)
    assert not client.get(f"/live/alarms/?entries={entry.pk}").content.decode().strip()
