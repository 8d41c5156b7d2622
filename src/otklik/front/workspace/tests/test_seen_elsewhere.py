"""Notices that were looked at by another door are not counted in the menu any more."""

import pytest
from django.test import RequestFactory

from otklik.core.journal.models import Notice
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.front.workspace import menu

pytestmark = pytest.mark.django_db


def test_the_figure_of_the_menu_goes_down_at_once(rf: RequestFactory, anna: User, kept_for_long: None) -> None:
    Notice.objects.tell([anna.pk], "Новая задача", kind=NoticeKind.TASK)
    request = rf.get("/")
    request.user = anna
    count = menu.notices(request)
    assert count is not None and count.number == 1

    assert Notice.objects.all().see_as(anna.pk) == 1

    assert menu.notices(request) is None
