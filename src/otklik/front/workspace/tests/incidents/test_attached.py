"""What a request shows of its incident, and how requests are attached, alone or many at once."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.care.incidents.models import Incident
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.incidents.pages import at, key_in
from tests.fixtures.cast import Write, fresh

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
HTMX = {"HX-Request": "true"}


def test_a_request_shows_its_incident_and_takes_the_agreed_text(
    annas: Browser, incident: Incident, two: list[Ticket]
) -> None:
    address = f"/tickets/{two[0].pk}/"
    page = annas.get(address).content.decode()
    assert f"Входит в инцидент № {incident.pk}" in page and "Вставить ответ" in page

    answer = annas.post(f"{address}incident/text/", headers=HTMX)
    assert json.loads(answer["HX-Trigger"])["macro:text"]["text"] == "Звонки обрываются\n\n"
    annas.post(f"{address}incident/leave/", headers=HTMX)
    assert "Входит в инцидент" not in annas.get(address).content.decode()
    assert annas.post(f"{address}incident/text/", headers=HTMX).status_code == 409


def test_attached_from_the_request(annas: Browser, incident: Incident, writes: Write) -> None:
    ticket = writes("И у нас", sender="new@volga.test")
    page = annas.get(f"/tickets/{ticket.pk}/incident/", headers=HTMX).content.decode()
    assert incident.title in page and "Новый инцидент" in page

    answer = annas.post(f"/tickets/{ticket.pk}/incident/", {"incident": str(incident.pk)}, headers=HTMX)
    assert answer.status_code == 204 and incident.affected.filter(ticket=ticket).exists()
    assert json.loads(answer["HX-Trigger"])["say"]["undo"] == f"/tickets/{ticket.pk}/incident/leave/"


def test_a_new_one_begins_at_the_request(annas: Browser, writes: Write, anna: User) -> None:
    ticket, address = writes("И у нас", sender="new@volga.test"), "incident/"
    wrong = annas.post(f"/tickets/{ticket.pk}/{address}", {"incident": "new", "title": "Сбой"}, headers=HTMX)
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "что замечают клиенты" in page and 'value="Сбой"' in page
    assert not Incident.objects.exists()

    form = {"incident": "new", "title": "Сбой", "affects": "Нет связи", "severity": "3"}
    assert annas.post(f"/tickets/{ticket.pk}/{address}", form, headers=HTMX).status_code == 204
    assert Incident.objects.get().leader == anna and Incident.objects.get().affected.get().ticket_id == ticket.pk


def test_many_are_attached_and_whoever_leads_goes_on_to_write(
    sits_at: SitsAt, incident: Incident, boris: User, writes: Write
) -> None:
    more = [writes("Тоже", sender=f"more{number}@volga.test") for number in range(3)]
    boriss, form = sits_at(boris), {"act": "incident", "ids": [str(ticket.pk) for ticket in more]}
    dialog = boriss.post("/queue/bulk/", form, headers=HTMX).content.decode()
    assert incident.title in dialog and "Прикрепить и написать" in dialog

    answer = boriss.post(
        "/queue/bulk/", {**form, "sure": "on", "incident": str(incident.pk), "write": "on"}, headers=HTMX
    )
    assert answer["HX-Redirect"].startswith(f"/incidents/{incident.pk}/update/?batch=")
    page = boriss.get(answer["HX-Redirect"]).content.decode()
    assert "Только что прикреплено 3 обращения." in page
    undo = re.search(r'action="(/queue/bulk/\d+/undo/)"', page)
    assert undo
    boriss.post(undo[1])
    assert incident.affected.count() == 2


def test_many_are_attached_by_an_agent_and_taken_back(
    annas: Browser, incident: Incident, writes: Write, two: list[Ticket]
) -> None:
    ticket = writes("Тоже", sender="more@volga.test")
    form = {"act": "incident", "ids": [str(ticket.pk), str(two[0].pk)], "sure": "on", "incident": str(incident.pk)}
    said = json.loads(annas.post("/queue/bulk/", form, headers=HTMX)["HX-Trigger"])["say"]

    assert said["text"] == "1 в инциденте; 1 уже так"
    annas.post(said["undo"], headers=HTMX)
    assert set(incident.affected.values_list("ticket", flat=True)) == {one.pk for one in two}


def test_pressed_twice_one_new_incident_is_declared(annas: Browser, anna: User, two: list[Ticket]) -> None:
    form = {"act": "incident", "ids": [str(ticket.pk) for ticket in two]}
    dialog = annas.post("/queue/bulk/", form, headers=HTMX).content.decode()
    new = {"incident": "new", "title": "Сбой", "affects": "Нет связи", "severity": "3", "key": key_in(dialog)}
    said = [json.loads(annas.post("/queue/bulk/", {**form, **new, "sure": "on"}, headers=HTMX)["HX-Trigger"])["say"]
            for _press in range(2)]  # fmt: skip
    assert Incident.objects.get().affected.count() == 2 and "2 уже так" in said[1]["text"]

    page = annas.get("/incidents/new/").content.decode()
    told = {"title": "Ещё", "affects": "Занято", "severity": "2", "leader": str(anna.pk), "started_at": at(-30)}
    answers = [annas.post("/incidents/new/", {**told, "detected_at": at(-10), "key": key_in(page)}) for _press in "12"]
    assert answers[0]["Location"] == answers[1]["Location"] and Incident.objects.count() == 2


def test_many_are_detached(annas: Browser, incident: Incident, two: list[Ticket]) -> None:
    form = {"act": "incident", "ids": [str(ticket.pk) for ticket in two]}
    assert "Открепить" in annas.post("/queue/bulk/", form, headers=HTMX).content.decode()
    annas.post("/queue/bulk/", {**form, "sure": "on", "leave": "on"}, headers=HTMX)
    assert incident.affected.count() == 0


def test_the_story_of_a_request_says_it(annas: Browser, incident: Incident, two: list[Ticket]) -> None:
    assert f"в инциденте № {incident.pk}" in annas.get(f"/tickets/{two[0].pk}/card/history/").content.decode() or (
        f"в инциденте № {incident.pk}" in annas.get(f"/tickets/{two[0].pk}/").content.decode()
    )
    assert fresh(two[0]).is_open
