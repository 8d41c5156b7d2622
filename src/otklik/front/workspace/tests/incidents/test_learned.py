"""What comes after an incident: the post-mortem, changes with an owner, causes that were there before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Action, Cause, Incident
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.incidents.pages import end, seen_in, told

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]


def test_closed_with_what_was_learned(sits_at: SitsAt, incident: Incident, boris: User) -> None:
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/"
    form = told(state="resolved", quiet="on")
    boriss.post(f"{address}update/", {**form, "seen": seen_in(boriss.post(f"{address}update/", form).content.decode())})
    assert "Он не кончился" in boriss.get(address).content.decode()
    assert boriss.post(f"{address}close/", {"learned": "Узнали"}).status_code == 422
    boriss.post(f"{address}close/", {"learned": "Узнали", "post_mortem": "Разбор без виноватых", "causes": "узел"})

    page = boriss.get(address).content.decode()
    assert "Узнали" in page and "Разбор без виноватых" in page


def test_what_no_client_notices_is_written_for_us_alone(annas: Browser, anna: User, two: list[Ticket]) -> None:
    """The short form has no box for it: it goes along unseen and is shown before anything leaves."""
    small = Incident.objects.declare(title="Записи опаздывают", affects="Нет записей", severity=4, by=anna, tickets=two)
    assert '<input type="hidden" name="quiet" value="on">' in annas.get(f"/incidents/{small.pk}/").content.decode()
    small.change_severity(3, by=anna)
    assert 'name="quiet"' not in annas.get(f"/incidents/{small.pk}/").content.decode()


def test_what_changes_after_it_is_planned_and_ended(
    sits_at: SitsAt, incident: Incident, boris: User, vera: User, anna: User
) -> None:
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/"
    due = (clock.today() + timedelta(days=2)).isoformat()
    wrong = boriss.post(
        f"{address}actions/new/", {"text": "Сверять настройку", "owner": vera.pk, "due_on": "2001-01-01"}
    )
    assert wrong.status_code == 422 and "Сверять настройку" in wrong.content.decode()
    assert sits_at(vera).get(f"{address}actions/new/").status_code == 403
    boriss.post(f"{address}actions/new/", {"text": "Сверять настройку", "owner": vera.pk, "due_on": due})

    action = Action.objects.get()
    assert "Сверять настройку" in boriss.get("/incidents/").content.decode()
    veras = sits_at(vera)
    assert "Сверять настройку" in veras.get("/my/").content.decode()
    assert f"{address}actions/{action.pk}/" in veras.get(address).content.decode()
    assert veras.post(f"{address}actions/{action.pk}/", {"fate": "done", "result": ""}).status_code == 422
    veras.post(f"{address}actions/{action.pk}/", {"fate": "done", "result": "Две платы прошли"})
    page = veras.get(address).content.decode()
    assert "Две платы прошли" in page and "Запланировано, исполнитель" in page
    assert "Сверять настройку" not in veras.get("/my/").content.decode()


def test_a_cause_that_was_there_before_is_offered_and_told(annas: Browser, anna: User) -> None:
    first, second = (
        Incident.objects.declare(title=title, affects="Был", severity=2, by=anna) for title in ("Первый", "Второй")
    )
    end(first, anna)
    second.write(Words("Всё"), state="resolved", by=anna, key="second", quiet=True)
    form = annas.get(f"/incidents/{second.pk}/close/").content.decode()
    assert "Причины, которые уже встречались" in form
    told = {"learned": "Узнали", "post_mortem": "Разбор", "known": [Cause.objects.get().pk], "causes": " кабель\n"}
    annas.post(f"/incidents/{second.pk}/close/", told)

    assert {one.name for one in second.causes.all()} == {"узел", "кабель"}
    page = annas.get(f"/incidents/{second.pk}/").content.decode()
    assert "уже был инцидент" in page and f"№ {first.pk}" in page
