"""Inviting a colleague by keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_enter_sends_the_invitation_instead_of_only_showing_it(
    at_desk: Callable[..., Any], admin: User, wait_until: Any
) -> None:
    page = at_desk(admin)
    page.goto("/settings/people/new/")
    page.fill("[name=name]", "Нина Ким")
    page.fill("[name=email]", "nina@desk.test")

    page.locator("[name=email]").press("Enter")

    page.wait_for_url(lambda url: "/new/" not in url)
    assert ProcrastinateJob.objects.filter(task_name="staff.send_invitation").count() == 1
