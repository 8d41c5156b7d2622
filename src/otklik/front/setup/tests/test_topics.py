"""The tree of topics in the settings."""

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Topic

pytestmark = pytest.mark.django_db
NEW = "/settings/topics/new/"


def test_topics_are_made_moved_and_taken_out_of_use(office: Client):
    office.post(NEW, {"name": " Телефония ", "parent": ""})
    phones = Topic.objects.get(name="Телефония")
    office.post(NEW, {"name": "Качество связи", "parent": phones.pk})
    sound = Topic.objects.get(parent=phones)

    page = office.get("/settings/topics/").content.decode()
    assert page.index("Телефония</a>") < page.index("Качество связи</a>") and 'data-level="1"' in page

    office.post(f"/settings/topics/{sound.pk}/", {"name": "Звук", "parent": ""})
    sound.refresh_from_db()
    assert (sound.name, sound.parent, sound.is_active) == ("Звук", None, False)


def test_what_cannot_stand_there_is_said_at_its_field(office: Client):
    office.post(NEW, {"name": "Телефония"})
    again = office.post(NEW, {"name": "телефония"})
    assert again.status_code == 422 and "Тематика с таким названием здесь уже есть." in again.content.decode()
    assert office.post(NEW, {"name": ""}).status_code == 422
    assert office.post(NEW, {"name": "Эхо", "parent": "999"}).status_code == 422
    assert Topic.objects.count() == 1


def test_neighbours_change_places_by_buttons(office: Client):
    for name in ("Первая", "Вторая"):
        office.post(NEW, {"name": name})

    office.post(f"/settings/topics/{Topic.objects.get(name='Вторая').pk}/step/", {"to": "up"})

    assert [topic.name for topic in Topic.objects.tree().below(None)] == ["Вторая", "Первая"]


def test_leads_read_agents_learn_nothing(office: Client, boris: User, anna: User):
    office.post(NEW, {"name": "Телефония"})
    number = Topic.objects.get().pk
    reader, agent = Client(), Client()
    reader.force_login(boris)
    agent.force_login(anna)

    assert reader.get("/settings/topics/").status_code == 200
    assert reader.post(f"/settings/topics/{number}/", {"name": "Иначе"}).status_code == 404
    assert reader.post(f"/settings/topics/{number}/step/", {"to": "up"}).status_code == 404
    assert agent.get("/settings/topics/").status_code == 404
