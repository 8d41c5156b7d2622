"""Late first, then promised today, then the others; page by page nothing is shown twice and nothing is left out."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.test import Client as Browser
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import queue
from otklik.front.workspace.queries.standing import VIEWS, Reader
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)


def numbers(view: str, user: User, segment: str = "ours", now: datetime = NOON) -> list[list[int]]:
    """Numbers page by page; a later page is asked for two minutes later, as people do."""
    reader, pages, cursor = Reader.of(user), [], None
    while True:
        page = queue.page(VIEWS[view], segment, reader, now, cursor)
        pages.append([row.id for _band, row in page.rows])
        if page.after is None:
            return pages
        cursor, now = queue.Cursor.read(str(page.after)), now + timedelta(minutes=2)


def test_the_three_bands_stand_in_their_order(anna: User, crowd: Crowd) -> None:
    rest = crowd([30, 10], now=NOON)
    vows = crowd([200, 100], step="keep_promise", owner=anna, now=NOON)
    late = crowd([-5, -50], now=NOON)
    far = crowd([5000], step="keep_promise", owner=anna, now=NOON)

    page = queue.page(VIEWS["mine"], "ours", Reader.of(anna), NOON)

    order = [*reversed(late), *reversed(vows), *reversed(rest), *far]
    assert [row.id for _band, row in page.rows] == [ticket.pk for ticket in order]
    assert [band for band, _row in page.rows] == [0, 0, 1, 1, 2, 2, 2]


def test_my_queue_holds_mine_and_what_nobody_has_in_my_lines(
    anna: User, ilya: User, line_two: Team, crowd: Crowd
) -> None:
    mine, nobodys = crowd([1], owner=anna, now=NOON), crowd([2], now=NOON)
    elsewhere = crowd([3], owner=anna, team=line_two, now=NOON)
    crowd([1], owner=ilya, now=NOON)
    crowd([1], team=line_two, now=NOON)

    assert numbers("mine", anna) == [[ticket.pk for ticket in [*mine, *nobodys, *elsewhere]]]


def test_segments_part_what_waits_for_whom(anna: User, crowd: Crowd) -> None:
    (asked,) = crowd([60], owner=anna, status="pending_client", step="remind", now=NOON)
    (aside,) = crowd([60], owner=anna, status="scheduled", step="continue", now=NOON)

    assert numbers("mine", anna, "client") == [[asked.pk]]
    assert numbers("mine", anna, "aside") == [[aside.pk]]
    assert numbers("mine", anna) == [[]]


def test_standing_views_hold_what_their_names_say(anna: User, ilya: User, crowd: Crowd) -> None:
    (broken,) = crowd([-5], owner=ilya, step="keep_promise", now=NOON)
    (todays,) = crowd([5], owner=ilya, step="keep_promise", now=NOON)
    (unowned,) = crowd([7], now=NOON)
    Ticket.objects.filter(pk=broken.pk).update(delivery_trouble=True)

    assert numbers("promises-broken", anna) == [[broken.pk]]
    assert numbers("promises-today", anna) == [[todays.pk]]
    assert numbers("unowned", anna) == [[unowned.pk]]
    assert numbers("trouble", anna) == [[broken.pk]]
    assert numbers("no-next-step", anna) == [[]]
    assert numbers("all", anna) == [[broken.pk, todays.pk, unowned.pk]]


def test_nothing_of_another_line_is_in_any_view(vera: User, crowd: Crowd, anna: User) -> None:
    crowd([-5, 5], owner=anna, step="keep_promise", now=NOON)
    crowd([1], now=NOON)
    Ticket.objects.update(delivery_trouble=True)

    assert {view: numbers(view, vera) for view in VIEWS} == {view: [[]] for view in VIEWS}


def test_the_head_sees_every_line(head: User, line_two: Team, crowd: Crowd) -> None:
    here, there = crowd([1], now=NOON), crowd([2], team=line_two, now=NOON)

    assert numbers("all", head) == [[here[0].pk, there[0].pk]]


def test_ended_ones_stand_newest_first(anna: User, crowd: Crowd) -> None:
    tickets = crowd([1] * 120, owner=anna, now=NOON)
    for index, ticket in enumerate(tickets):
        Ticket.objects.filter(pk=ticket.pk).update(
            status="resolved", due_at=None, next_step="", ended_at=NOON - timedelta(minutes=index // 3)
        )
    ended = sorted(Ticket.objects.all(), key=lambda one: (one.ended_at, one.pk), reverse=True)

    pages = numbers("ended", anna)

    assert [len(page) for page in pages] == [50, 50, 20]
    assert list(chain(*pages)) == [ticket.pk for ticket in ended]


WAITING = some.tuples(some.integers(-30, 600), some.booleans(), some.sampled_from(["mine", "nobodys", "others"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(WAITING, min_size=90, max_size=170))
def test_pages_have_no_gaps_and_no_doubles(
    anna: User, ilya: User, crowd: Crowd, waiting: list[tuple[int, bool, str]]
) -> None:
    Ticket.objects.all().delete()
    owners = {"mine": anna, "nobodys": None, "others": ilya}
    for whose, owner in owners.items():
        for step in ("answer", "keep_promise"):
            due = [minute for minute, vow, name in waiting if name == whose and vow == (step == "keep_promise")]
            crowd(due, owner=owner, step=step, now=NOON)
    with timezone.override("Europe/Moscow"):
        end = queue.midnight(NOON)
        expected = sorted(Ticket.objects.exclude(owner=ilya), key=lambda one: (_band(one, end), one.due_at, one.pk))
        pages = numbers("mine", anna)

    assert list(chain(*pages)) == [ticket.pk for ticket in expected]
    assert all(len(page) == queue.PAGE for page in pages[:-1])


def _band(ticket: Ticket, end: datetime) -> int:
    assert ticket.due_at
    if ticket.due_at < NOON:
        return 0
    return 1 if ticket.next_step == "keep_promise" and ticket.due_at < end else 2


@pytest.mark.parametrize(
    "text", ["", "x", "1.2.3", "9.1.1.1", "0.1.-1.1", "0.9e99.1.1", f"0.{10**30}.1.1", "1.1.1.1.1"]
)
def test_what_is_no_cursor_begins_at_the_start(text: str) -> None:
    assert queue.Cursor.read(text) is None


def test_a_day_ends_by_the_clock_of_the_reader() -> None:
    evening = datetime(2026, 5, 14, 22, 30, tzinfo=UTC)
    with timezone.override("Europe/Moscow"):
        assert queue.midnight(evening) == datetime(2026, 5, 15, 21, 0, tzinfo=UTC)
    with timezone.override("UTC"):
        assert queue.midnight(evening) == datetime(2026, 5, 15, 0, 0, tzinfo=UTC)


def test_rows_that_changed_are_told_only_when_they_belong_to_the_view(
    anna: User, ilya: User, line_two: Team, crowd: Crowd
) -> None:
    mine, others, foreign = crowd([1], owner=anna), crowd([1], owner=ilya), crowd([1], team=line_two)
    asked = [ticket.pk for ticket in [*mine, *others, *foreign]]

    found = queue.among(VIEWS["mine"], "ours", Reader.of(anna), clock.now(), asked)

    assert [row.id for _band, row in found] == [mine[0].pk]


def test_after_a_break_the_first_page_comes_with_the_rows_that_are_asked_for(
    anna: User, sits_at: SitsAt, crowd: Crowd
) -> None:
    """Each once: what stands in the list already, what has come, and nothing that is not the reader's to see."""
    stands, *came = crowd([10, 20, 30], now=clock.now())
    rows = "/queue/mine/rows/"

    def told(address: str) -> list[int]:
        said = sits_at(anna).get(address).content.decode()
        return [int(one) for one in re.findall(r'<li[^>]* data-ticket="(\d+)"', said)]

    assert told(f"{rows}?ids={stands.pk}") == [stands.pk]
    assert sorted(told(f"{rows}?ids={stands.pk}&first=1")) == sorted(one.pk for one in [stands, *came])
    assert sorted(told(f"{rows}?first=1")) == sorted(one.pk for one in [stands, *came])
