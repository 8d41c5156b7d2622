"""Settings of the status page: leads read, the administrator writes, what makes no sense is refused in words."""

import pytest
from django.test import Client as Browser

from otklik.care.status import speaking
from otklik.care.status.models import Check, Component, Group, Outage, Report, StatusPolicy, Target
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.sla.models import ServiceClass
from otklik.front.setup.forms.status import CheckForm

pytestmark = pytest.mark.django_db
POLICY = {
    "is_open": "on",
    "slow": "0",
    "partial": "50",
    "notice_hours": "72",
    "works_hours": "24",
    "tiers": "99,9 = 0\n99 = 5\n0 = 25",
    "cap": "25",
}


@pytest.fixture
def desk(admin: User) -> Browser:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(admin)
    return browser


@pytest.fixture
def calls(db: None) -> Component:
    return Component.objects.create(group=Group.objects.create(name_ru="Серверы"), name_ru="Звонки")


def test_from_nothing_to_a_component_with_a_check(desk: Browser) -> None:
    vip = ServiceClass.objects.create(name="VIP", rank=1)
    assert "Пока ни за чем не следим" in desk.get("/settings/status/").content.decode()
    assert desk.get("/settings/status/components/new/").status_code == 302, "a group comes first"
    assert desk.post("/settings/status/groups/new/", {"name_ru": "Серверы", "place": 1}).status_code == 302
    told = {"group": Group.objects.get().pk, "name_ru": "Звонки", "place": 1, "target": "99.95"}
    told |= {"since": "2026-06-01T00:00", "is_shown": "on", f"class_{vip.pk}": "99.99"}
    assert desk.post("/settings/status/components/new/", told).status_code == 302
    one = Component.objects.get()
    assert str(Target.objects.get(component=one).target) == "99.990"
    check = {"kind": "tcp", "address": "sip.example:443", "tells": "down", "every": 1, "misses_needed": 3}
    check |= {"hits_needed": 2, "is_on": "on"}
    assert desk.post(f"/settings/status/components/{one.pk}/checks/new/", check).status_code == 302
    assert Check.objects.get().component == one
    assert "sip.example:443" in desk.get(f"/settings/status/components/{one.pk}/").content.decode()


def test_an_address_without_a_port_is_refused_beside_its_field(desk: Browser, calls: Component) -> None:
    check = {"kind": "tcp", "address": "sip.example", "tells": "down", "every": 1, "misses_needed": 3, "hits_needed": 2}
    answer = desk.post(f"/settings/status/components/{calls.pk}/checks/new/", check)
    assert answer.status_code == 422 and "Укажите узел и порт" in answer.content.decode()


def test_asking_now_keeps_nothing_and_says_what_is_wrong(desk: Browser, calls: Component) -> None:
    check = {"kind": "tcp", "address": "127.0.0.1:9", "tells": "down", "every": 1, "misses_needed": 3, "hits_needed": 2}
    answer = desk.post(f"/settings/status/components/{calls.pk}/checks/new/", {**check, "try": "1"})
    assert "OTKLIK_EGRESS_ALLOW" in answer.content.decode() and not Check.objects.exists()


def test_the_page_is_opened_with_its_tiers(desk: Browser) -> None:
    assert desk.post("/settings/status/", POLICY).status_code == 302
    policy = StatusPolicy.objects.get()
    assert policy.is_open and policy.tiers == [[99.9, 0], [99, 5], [0, 25]]


@pytest.mark.parametrize("tiers", ["", "99.9", "5 = x", "99 = 5\n99.9 = 0", "101 = 5", "nan = 1", "99 = 5 = 6"])
def test_tiers_that_make_no_sense_are_refused(desk: Browser, tiers: str) -> None:
    assert desk.post("/settings/status/", {**POLICY, "tiers": tiers}).status_code == 422
    assert not StatusPolicy.objects.exists()


def test_leads_read_and_do_not_send(boris: User, calls: Component, anna: User) -> None:
    browser = Browser()
    browser.force_login(boris)
    pages = ["", f"components/{calls.pk}/", f"groups/{calls.group_id}/"]
    assert {browser.get(f"/settings/status/{page}").status_code for page in pages} == {200}
    assert {browser.post(f"/settings/status/{page}").status_code for page in pages} == {404}
    browser.force_login(anna)
    assert {browser.get(f"/settings/status/{page}").status_code for page in pages} == {404}


def test_what_has_a_past_stays(desk: Browser, calls: Component) -> None:
    Outage.objects.begin(calls, "down", source="hand", by=None, began_at=clock.now())
    desk.post(f"/settings/status/components/{calls.pk}/remove/")
    desk.post(f"/settings/status/groups/{calls.group_id}/remove/")
    assert Component.objects.exists() and Group.objects.exists()
    Outage.objects.all().delete()
    desk.post(f"/settings/status/components/{calls.pk}/remove/")
    assert not Component.objects.exists()


def test_a_check_that_is_switched_off_ends_what_it_said(desk: Browser, calls: Component) -> None:
    check = Check.objects.create(component=calls, address="https://calls.example/", failing=True)
    Outage.objects.begin(calls, "down", source="check", by=None, check=check.pk)
    told = {"kind": "http", "address": check.address, "tells": "down", "every": 1, "misses_needed": 3, "hits_needed": 2}
    assert desk.post(f"/settings/status/components/{calls.pk}/checks/{check.pk}/", told).status_code == 302
    assert Outage.objects.get().ended_at is not None
    check.refresh_from_db()
    assert not check.failing and not check.is_on


def test_what_the_check_finds_while_it_is_edited_stays(desk: Browser, calls: Component) -> None:
    """The form was drawn before; only what stands on it is kept from it."""
    check = Check.objects.create(component=calls, address="https://calls.example/")
    form = CheckForm(
        {"kind": "http", "address": check.address, "tells": "slow", "every": 1, "misses_needed": 3, "hits_needed": 2}
        | {"is_on": "on"},
        instance=Check.objects.get(),
    )
    assert form.is_valid()
    Check.objects.update(failing=True, misses=3)
    saved = form.save()
    assert (saved.failing, saved.misses, saved.tells) == (True, 3, "slow")


def test_a_check_that_is_removed_takes_along_what_it_said(desk: Browser, calls: Component) -> None:
    check = Check.objects.create(component=calls, address="https://calls.example/", failing=True)
    speaking.of_check(Outage.objects.begin(calls, "down", source="check", by=None, check=check.pk))
    assert Report.objects.get().goes_on
    assert desk.post(f"/settings/status/checks/{check.pk}/remove/").status_code == 302
    assert not Report.objects.get().goes_on and not Outage.objects.going_on().exists() and not Check.objects.exists()
