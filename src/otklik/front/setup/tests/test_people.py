"""People: invited, appointed, let go, helped."""

import re
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_person_is_invited_by_a_link_shown_once(office: Client, line_one: Team):
    told = {
        "name": "Нина Ким",
        "email": "nina@desk.test",
        "role": "agent",
        "teams": [line_one.pk],
        "show": "1",
    }
    page = office.post("/settings/people/new/", told, follow=True)
    link = re.search(r'id="invitation">[^<]*(/sign-in/link/[^<]+/)<', page.content.decode())
    assert link
    nina = User.objects.get(login="nina")
    assert list(nina.teams.all()) == [line_one]
    assert link[1] not in office.get(f"/settings/people/{nina.pk}/").content.decode()
    assert Client().post(link[1], {"password": "корабль-на-рейде-9"}).headers["Location"] == "/me/"


def test_an_invitation_by_mail_is_a_job_without_secrets(office: Client, line_one: Team):
    told = {"name": "Нина Ким", "email": "nina@desk.test", "role": "agent"}
    office.post("/settings/people/new/", told)
    job = ProcrastinateJob.objects.get(task_name="staff.send_invitation")
    assert set(job.args) == {"person_id", "by_id", "desk"}


@pytest.mark.parametrize(
    "told",
    [
        {"name": "", "email": "x@desk.test", "role": "agent"},
        {"name": "X", "email": "", "login": "", "role": "agent"},
        {"name": "X", "email": "anna@desk.test", "role": "agent"},
        {"name": "X", "email": "anna@other.test", "role": "agent"},
        {"name": "X", "login": "anna", "role": "agent"},
        {"name": "X", "login": "with space", "role": "agent"},
        {"name": "X", "login": "x", "role": "emperor"},
    ],
)
def test_bad_input_is_explained_and_adds_nobody(office: Client, anna: User, told: dict[str, str]):
    before = User.objects.count()
    assert office.post("/settings/people/new/", told).status_code == 422
    assert User.objects.count() == before


def edit(person: User, **changes: Any) -> dict[str, Any]:
    kept = {"name": person.name, "login": person.login, "email": person.email, "role": person.role}
    return {**kept, "teams": [team.pk for team in person.teams.all()], **changes}


def test_role_and_lines_change_and_the_journal_knows(office: Client, anna: User, line_two: Team):
    office.post(f"/settings/people/{anna.pk}/", edit(anna, role="lead", teams=[line_two.pk]))
    anna.refresh_from_db()
    assert (anna.role, list(anna.teams.all())) == (Role.LEAD, [line_two])
    entry = Entry.objects.get(kind="staff.PersonAppointed")
    assert (entry.data["was"], entry.data["became"]) == ("agent, Первая линия", "lead, Вторая линия")


def test_a_new_role_ends_the_sessions_of_the_old_one(office: Client, anna: User):
    hers = Client()
    hers.force_login(anna)
    office.post(f"/settings/people/{anna.pk}/", edit(anna, role="admin"))
    assert hers.get("/me/").status_code == 302


def test_the_last_administrator_stays(office: Client, admin: User, anna: User):
    assert office.post(f"/settings/people/{admin.pk}/", edit(admin, role="agent")).status_code == 422
    admin.refresh_from_db()
    assert admin.role == Role.ADMIN
    office.post(f"/settings/people/{admin.pk}/deactivate/")
    admin.refresh_from_db()
    assert admin.is_active


def test_who_leaves_is_out_and_nothing_hangs_on_them(office: Client, anna: User, ticket: Ticket):
    ticket.take(by=anna)
    hers = Client()
    hers.force_login(anna)
    assert b"1 " in office.get(f"/settings/people/{anna.pk}/").content
    office.post(f"/settings/people/{anna.pk}/deactivate/")
    assert hers.get("/me/").status_code == 302
    ticket.refresh_from_db()
    assert ticket.owner is None
    assert ticket.due_at
    office.post(f"/settings/people/{anna.pk}/reactivate/")
    assert hers.post("/sign-in/", {"login": "anna", "password": PASSWORD}).status_code == 302


def test_a_changed_address_voids_links_sent_to_the_old_one(office: Client, anna: User):
    secret = anna.invite(by=None)
    office.post(f"/settings/people/{anna.pk}/", edit(anna, email="anna.new@desk.test"))
    assert Client().get(f"/sign-in/link/{secret}/").status_code == 410


def test_the_list_costs_the_same_for_many(office: Client, line_one: Team, django_assert_max_num_queries: Any):
    for number in range(30):
        User.objects.create_user(f"p{number}", f"p{number}@desk.test", name=f"P {number}").teams.add(line_one)
    office.get("/settings/people/")  # counts of the menu are kept for some seconds
    with django_assert_max_num_queries(8):
        assert office.get("/settings/people/").status_code == 200


def test_those_who_left_have_their_own_list(office: Client, anna: User):
    anna.deactivate()
    assert anna.name in office.get("/settings/people/?who=gone").content.decode()
    assert anna.name not in office.get("/settings/people/").content.decode()
