"""Who sees the settings: administrators change, leads read, nobody else learns that they exist."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def paths(anna: User, door: Channel) -> list[str]:
    """Every address of the settings screens, with real objects behind them."""
    pks = {anna.pk, Team.objects.get().pk, BusinessCalendar.objects.get().pk, door.pk}
    found = []
    for name in get_resolver("otklik.front.setup.urls").reverse_dict:
        if not isinstance(name, str):
            continue
        shapes: list[list[Any]] = [[], ["email"], *([pk] for pk in pks)]
        for arguments in shapes:
            try:
                path = reverse(f"setup:{name}", args=arguments)
            except Exception:
                continue
            if path.startswith("/settings/"):
                found.append(path)
    assert len(found) > 25
    return found


def test_strangers_are_led_to_the_door(paths: list[str]):
    for path in paths:
        assert Client().get(path).headers.get("Location", "").startswith("/sign-in/"), path


def test_agents_and_quality_controllers_find_nothing(paths: list[str], anna: User, quality: User):
    for user in (anna, quality):
        browser = signed_in(user)
        for path in paths:
            assert browser.get(path).status_code == 404, path
            assert browser.post(path).status_code == 404, path


def test_leads_read_and_change_nothing(paths: list[str], boris: User):
    browser = signed_in(boris)
    for page in ("", "organisation/", "people/", "lines/", "hours/", "channels/", "about/"):
        assert browser.get(f"/settings/{page}").status_code == 200
    for path in paths:
        assert browser.post(path).status_code == 404, path
    line = Team.objects.get()
    text = browser.get(f"/settings/lines/{line.pk}/").content.decode()
    assert "fieldset disabled" in text.replace('class="fs" disabled', "fieldset disabled")
    assert 'class="savebar' not in text


def test_administrators_open_every_page(paths: list[str], admin: User):
    browser = signed_in(admin)
    for path in paths:
        assert browser.get(path).status_code in (200, 204, 302, 404, 405), path


def test_the_menu_shows_settings_to_those_who_may_see_them(boris: User, anna: User):
    assert "/settings/" in signed_in(boris).get("/me/").content.decode()
    assert "/settings/" not in signed_in(anna).get("/me/").content.decode()


OWN_DOORS = {"of_person", "data_request", "file"}
"""They decide by what they show: tests of their own (test_personal)."""
KEEPERS = [f"{name}.<locals>.guarded" for name in ("_guarded", "administrators", "auditors", "_deciding")]


def test_ACCESS_1_every_address_of_the_settings_has_a_keeper():
    """With or without objects: a page that nobody guards would answer 404 for a missing number as well."""
    found: set[str] = set()
    for route in walk(get_resolver("otklik.front.setup.urls").url_patterns):
        if str(route.pattern).startswith("setup/") or route.callback.__module__.endswith(".wizard"):
            continue
        layers: list[str] = []
        view: Any = route.callback
        while view is not None:
            layers.append(view.__code__.co_qualname)
            view = getattr(view, "__wrapped__", None)
        if not any(layer in KEEPERS for layer in layers):
            found.add(route.callback.__name__)
    assert found == OWN_DOORS


def walk(patterns: Iterable[Any]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from walk(one.url_patterns)
        else:
            yield one
