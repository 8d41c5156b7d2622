"""AUDIT-1: every door of the settings to which something is sent leaves a line, done or refused."""

from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from otklik.core.audit.models import Line, Outcome
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


@pytest.fixture
def doors(anna: User, door: Channel) -> list[str]:
    """Every address of the settings, with real objects where this cast has them."""
    pks = {anna.pk, Team.objects.get().pk, BusinessCalendar.objects.get().pk, door.pk}
    shapes: list[list[Any]] = [[], ["email"], *([pk] for pk in pks)]
    names = [name for name in get_resolver("otklik.front.setup.urls").reverse_dict if isinstance(name, str)]
    found = {path for name in names for shape in shapes if (path := _address(name, shape)).startswith("/settings/")}
    assert len(found) > 60
    return sorted(found)


def _address(name: str, shape: list[Any]) -> str:
    try:
        return reverse(f"setup:{name}", args=shape)
    except NoReverseMatch:
        return ""


def last() -> int:
    return Line.objects.order_by("-id").values_list("id", flat=True).first() or 0


def test_AUDIT_1_whatever_is_done_leaves_a_line(doors: list[str], admin: User):
    """An answer that sends one on is a deed; a form that comes back is none, nor is an object that is not there."""
    browser, silent, told = signed_in(admin), [], 0
    for path in doors:
        before = last()
        answer = browser.post(path, {"name": "New", "how": "show", "to": "up"})
        lines = list(Line.objects.filter(id__gt=before))
        if answer.status_code < 400:
            told += 1
            if not any(line.actor_id == admin.pk and line.address and line.session for line in lines):
                silent.append(path)
    assert silent == []
    assert told > 10


def test_AUDIT_1_whatever_is_refused_leaves_a_line(doors: list[str], anna: User, boris: User):
    for user in (anna, boris):
        browser = signed_in(user)
        for path in doors:
            before = last()
            assert browser.post(path).status_code == 404, path
            line = Line.objects.get(id__gt=before)
            assert (line.outcome, line.actor_id, bool(line.about)) == (Outcome.REFUSED, user.pk, True), path
