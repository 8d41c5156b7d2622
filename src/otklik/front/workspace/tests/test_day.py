"""My day: every number opens its rows; for one's own eyes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import day, own
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db


def test_the_page_and_all_its_rows_open(client: Client, anna: User, ticket: Ticket) -> None:
    client.force_login(anna)
    assert client.get("/my/").status_code == 200
    for name in day.LISTS:
        assert client.get(f"/my/line/{name}/").status_code == 200, name
    for name in own.OWN:
        assert client.get(f"/my/figures/{name}/").status_code == 200, name
    assert client.get("/my/line/nothing/").status_code == 404


def test_reading_the_request_looks_at_its_notices(client: Client, anna: User, ticket: Ticket) -> None:
    client.force_login(anna)
    Notice.objects.tell([anna.pk], "Скоро", kind=NoticeKind.DUE, about="ticket", about_id=ticket.pk)
    client.get(f"/tickets/{ticket.pk}/")

    assert not Notice.objects.unseen().filter(about_id=ticket.pk).exists()


def test_each_number_is_that_of_its_rows(anna: User, ilya: User, crowd: Crowd, ticket: Ticket) -> None:
    crowd([-5, 30, 59], owner=anna)
    crowd([61, 300], owner=anna)
    crowd([5], owner=ilya)
    crowd([90, 95], owner=anna, status="pending_client")
    Notice.objects.tell([anna.pk], "Вы", kind=NoticeKind.MENTION, about="ticket", about_id=ticket.pk)
    moment = day.Moment.of(timezone.localtime(clock.now()))

    counts = day.counts(anna, moment)
    assert (counts["due"], counts["waiting"], counts["mentions"], counts["visits"]) == (3, 2, 1, 0)
    for name in day.LISTS:
        assert len(day.rows(name, anna, moment)) == counts[name], name


def test_the_page_asks_no_more_for_many_rows(
    annas: Client, anna: User, crowd: Crowd, django_assert_num_queries
) -> None:
    crowd([5], owner=anna)
    annas.get("/my/")
    with CaptureQueriesContext(connection) as asked:
        annas.get("/my/")
    crowd(range(30), owner=anna)

    with django_assert_num_queries(len(asked)):
        page = annas.get("/my/").content.decode()

    assert ">31<" in page
