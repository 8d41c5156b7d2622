"""The contact policy and the opening lines of a department."""

import pytest
from django.test import Client

from otklik.care.complaints.models import ComplaintPolicy
from otklik.core.staff.models import User
from otklik.desk.clients.models import ContactPolicy, Opener

pytestmark = pytest.mark.django_db
POLICY = {
    **{"surveys_of_person": 2, "surveys_of_client": 5, "survey_days": 60, "survey_share": 10, "surveys_of_role": ""},
    **{"act_days": 60, "relation_days": 120, "notices_a_day": 3, "hours": "9-21"},
}


@pytest.fixture
def gleb(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_the_policy_has_defaults_and_is_changed(gleb: Client) -> None:
    assert 'value="30"' in gleb.get("/settings/contact/").content.decode()

    assert gleb.post("/settings/contact/", POLICY).status_code == 302
    kept = ContactPolicy.objects.get()
    assert (kept.survey_days, kept.hours, kept.notices_a_day) == (60, "09:00-21:00", 3)
    assert (kept.act_days, kept.relation_days, kept.survey_share, kept.surveys_of_role) == (60, 120, 10, None)
    for wrong in (
        {"survey_days": 0},
        {"hours": "днём"},
        {"notices_a_day": -1},
        {"surveys_of_person": 99},
        {"act_days": 0},
    ):
        assert gleb.post("/settings/contact/", POLICY | wrong).status_code == 422


def test_a_line_is_written_looked_at_and_taken_out_of_use(gleb: Client) -> None:
    line = {"language": "ru", "situation": "evening", "text": "{name}, добрый вечер из {city}!", "is_active": "on"}

    look = gleb.post("/settings/openers/new/", line | {"look": "1"})
    assert "Анна Сергеевна, добрый вечер из Новосибирск!" in look.content.decode()
    assert not Opener.objects.filter(text=line["text"]).exists()

    assert gleb.post("/settings/openers/new/", line).status_code == 302
    one = Opener.objects.get(text=line["text"])
    assert gleb.post(f"/settings/openers/{one.pk}/", {**line, "is_active": ""}).status_code == 302
    one.refresh_from_db()
    assert not one.is_active and line["text"] in gleb.get("/settings/openers/").content.decode()


def test_INJECT_2_names_that_nobody_fills_in_are_refused(gleb: Client) -> None:
    for text in ("{name.password}", "Здравствуйте, {имя}", "{request}"):
        answer = gleb.post("/settings/openers/new/", {"language": "ru", "situation": "day", "text": text})
        assert answer.status_code == 422 and "подстановок нет" in answer.content.decode()


def test_leads_read_and_do_not_change(client: Client, boris: User) -> None:
    client.force_login(boris)

    assert client.get("/settings/contact/").status_code == 200 == client.get("/settings/openers/").status_code
    assert client.post("/settings/contact/", POLICY).status_code == 404


def test_agents_do_not_see_it(client: Client, anna: User) -> None:
    client.force_login(anna)

    assert {client.get(f"/settings/{name}/").status_code for name in ("contact", "openers")} == {404}


def test_terms_of_complaints_have_defaults_and_are_changed(gleb: Client, boris: User, anna: User) -> None:
    page = gleb.get("/settings/complaints/").content.decode()
    assert 'value="10"' in page and boris.name in page and anna.name not in page

    told = {
        "acknowledge_days": 2,
        "progress_days": 3,
        "legal_days": 30,
        "manager": boris.pk,
        "bodies": "Роспотребнадзор",
    }
    assert gleb.post("/settings/complaints/", told).status_code == 302
    kept = ComplaintPolicy.objects.current()
    assert (kept.acknowledge_days, kept.legal_days, kept.manager) == (2, 30, boris)
    for wrong in ({"legal_days": 0}, {"progress_days": 31}, {"manager": anna.pk}, {"acknowledge_days": ""}):
        assert gleb.post("/settings/complaints/", told | wrong).status_code == 422
