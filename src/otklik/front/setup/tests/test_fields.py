"""Fields of the form in the settings."""

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Field, Topic

pytestmark = pytest.mark.django_db
NEW = "/settings/fields/new/"


def test_a_field_is_made_and_changed_but_never_its_kind(office: Client):
    phones = Topic(name="Телефония")
    phones.put()
    told = {"name": "Плод", "kind": "choice", "options": " Яблоко\n\nГруша\nЯблоко", "topic": phones.pk}
    office.post(NEW, {**told, "is_required": "on"})
    field = Field.objects.get()
    assert (field.options, field.topic, field.is_required, field.is_active) == (["Яблоко", "Груша"], phones, True, True)

    office.post(f"/settings/fields/{field.pk}/", {**told, "name": "Плоды", "kind": "text", "topic": ""})
    field.refresh_from_db()
    assert (field.name, field.kind, field.topic, field.is_required, field.is_active) == (
        "Плоды",
        "choice",
        None,
        False,
        False,
    )
    assert "Плоды" in office.get("/settings/fields/").content.decode()


def test_a_choice_needs_choices_and_others_have_none(office: Client):
    assert office.post(NEW, {"name": "Плод", "kind": "choice"}).status_code == 422
    assert office.post(NEW, {"name": "Плод", "kind": "choice", "options": "о" * 121}).status_code == 422
    assert office.post(NEW, {"name": "", "kind": "text"}).status_code == 422
    assert office.post(NEW, {"name": "Плод", "kind": "melon"}).status_code == 422
    office.post(NEW, {"name": "Число", "kind": "number", "options": "Яблоко"})
    assert Field.objects.get().options == []


def test_fields_change_places(office: Client):
    for name in ("Первое", "Второе", "Третье"):
        office.post(NEW, {"name": name, "kind": "text"})

    office.post(f"/settings/fields/{Field.objects.get(name='Третье').pk}/step/", {"to": "up"})

    assert list(Field.objects.values_list("name", flat=True)) == ["Первое", "Третье", "Второе"]


def test_leads_read_agents_learn_nothing(office: Client, boris: User, anna: User):
    office.post(NEW, {"name": "Поле", "kind": "text"})
    number = Field.objects.get().pk
    reader, agent = Client(), Client()
    reader.force_login(boris)
    agent.force_login(anna)

    assert reader.get(f"/settings/fields/{number}/").status_code == 200
    assert reader.post(f"/settings/fields/{number}/", {"name": "Иначе"}).status_code == 404
    assert agent.get("/settings/fields/").status_code == 404
