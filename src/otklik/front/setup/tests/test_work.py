"""The page that says how a line gives out its work."""

import pytest
from django.test import Client

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Membership, Skill, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.routing.models import Distribution, Need

pytestmark = pytest.mark.django_db


def test_mode_skills_and_capacity_are_kept(
    client: Client, admin: User, anna: User, line_one: Team, door: Channel
) -> None:
    english, sip = Skill.objects.named(["English", "SIP"])
    Need.objects.create(channel=door, skill=sip)
    member = Membership.objects.get(user=anna)
    client.force_login(admin)
    address = f"/settings/lines/{line_one.pk}/work/"
    assert client.get(address).content.decode().count("checked") == 2

    amount = f"capacity_{member.pk}_paper"
    refused = client.post(address, {"mode": "push", amount: "-1"})
    assert refused.status_code == 422 and Distribution.objects.of(line_one).mode == "pull"
    saved = client.post(address, {"mode": "push", amount: "0", f"needs_{door.pk}": [english.pk]})

    assert saved["Location"] == address
    member.refresh_from_db()
    assert (Distribution.objects.of(line_one).mode, member.capacity) == ("push", {"paper": 0})
    assert list(Need.objects.values_list("skill__name", flat=True)) == ["English"]
    assert Distribution.objects.giving() == {line_one.pk}
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="distribution").exists()

    client.post(address, {"mode": "manual", amount: ""})
    member.refresh_from_db()
    assert member.capacity == {} and not Need.objects.exists() and not Distribution.objects.giving()


def test_leads_read_it_in_words_and_change_nothing(client: Client, boris: User, anna: User, line_one: Team) -> None:
    client.force_login(boris)
    address = f"/settings/lines/{line_one.pk}/work/"
    page = client.get(address).content.decode()
    assert "дн" in page and "disabled" in page and 'type="submit">Сохранить' not in page
    assert client.post(address, {"mode": "push"}).status_code == 404
    client.force_login(anna)
    assert client.get(address).status_code == 404


def test_skills_of_a_person_are_written_in_a_row(client: Client, admin: User, anna: User, line_one: Team) -> None:
    Skill.objects.create(name="English")
    client.force_login(admin)
    told = {"name": anna.name, "login": "anna", "email": anna.email, "role": "agent", "teams": [line_one.pk]}
    client.post(f"/settings/people/{anna.pk}/", {**told, "skills": "english, SIP ,  sip,"})
    assert sorted(anna.skills.values_list("name", flat=True)) == ["English", "SIP"]
    assert 'value="English, SIP"' in client.get(f"/settings/people/{anna.pk}/").content.decode()
    assert client.post(f"/settings/people/{anna.pk}/", {**told, "skills": "x" * 61}).status_code == 422
