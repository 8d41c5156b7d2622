"""The audit trail on its page: who reads it, narrowed, in pages, taken out as CSV."""

import pytest

from otklik.core.audit.models import Line
from otklik.core.audit.writing import note
from otklik.core.staff.models import Role, User
from otklik.front.setup.views import audit as page
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/audit/"


def test_administrators_and_the_head_read_it_and_nobody_else(admin: User, head: User, boris: User, anna: User):
    for user, status in ((admin, 200), (head, 200), (boris, 404), (anna, 404)):
        for path in (ADDRESS, f"{ADDRESS}table.csv"):
            assert signed_in(user).get(path).status_code == status, (user, path)


def test_the_menu_does_not_lead_a_lead_there(admin: User, boris: User):
    assert ADDRESS in signed_in(admin).get("/settings/").text
    assert ADDRESS not in signed_in(boris).get("/settings/").text


def test_before_and_after_are_told_without_words(admin: User, anna: User):
    anna.role, anna.name = "lead", "Secret Name"
    anna.save()
    text = signed_in(admin).get(f"{ADDRESS}?sort=people").text
    assert f"{Role.AGENT.label} → {Role.LEAD.label}" in text and "••• → •••" in text
    stored = Line.objects.filter(about="staff.User", about_id=str(anna.pk)).latest("id")
    assert (stored.before, stored.after) == ({"role": "agent", "name": "*"}, {"role": "lead", "name": "*"})


def test_it_is_narrowed_by_person_and_day(admin: User, anna: User):
    browser = signed_in(admin)
    browser.post("/settings/organisation/", {"name": "x"})
    assert "<table" in browser.get(f"{ADDRESS}?person={admin.pk}").text
    assert "<table" not in browser.get(f"{ADDRESS}?person={anna.pk}").text
    assert "<table" not in browser.get(f"{ADDRESS}?since=2199-01-01").text
    assert browser.get(f"{ADDRESS}?since=yesterday").status_code == 422


def test_it_goes_in_pages(admin: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "SHOWN", 2)
    browser = signed_in(admin)
    for number in range(3):
        note("test", about=f"thing-{number}")
    first = browser.get(ADDRESS).text
    assert "thing-2" in first and "thing-0" not in first
    behind = Line.objects.get(about="thing-1").pk
    assert f"before={behind}" in first and "thing-0" in browser.get(f"{ADDRESS}?before={behind}").text


def test_taking_it_out_is_a_line_too(admin: User):
    note("test", about="=1+1")
    content = b"".join(signed_in(admin).get(f"{ADDRESS}table.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1" in content
    line = Line.objects.get(kind="audit.exported")
    assert line.actor == admin and "head" in line.after
