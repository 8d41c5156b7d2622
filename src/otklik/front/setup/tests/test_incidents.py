"""The rhythm of incidents is a setting."""

import pytest
from django.test import Client

from otklik.care.incidents.models import IncidentPolicy
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db
RHYTHM = {"s1_first": 10, "s1_every": 20, "s2_first": 30, "s2_every": 60, "s3_first": 120, "s3_every": 1440}
RHYTHM |= {"post_mortem_from": 3, "s1_closed_within": 5, "closed_within": 8}


def test_the_rhythm_is_set_and_told(gleb: Client) -> None:
    assert 'value="15"' in gleb.get("/settings/incidents/").content.decode()

    assert gleb.post("/settings/incidents/", RHYTHM).status_code == 302
    assert IncidentPolicy.objects.current().s1_every == 20
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="incident_policy").exists()


@pytest.fixture
def gleb(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


@pytest.mark.parametrize("wrong", [{"s1_first": 0}, {"s1_every": ""}, {"s2_every": 20_000}, {"s3_first": "час"}])
def test_what_makes_no_sense_is_refused(gleb: Client, wrong: dict) -> None:
    assert gleb.post("/settings/incidents/", RHYTHM | wrong).status_code == 422
    assert IncidentPolicy.objects.current().s1_first == 15
