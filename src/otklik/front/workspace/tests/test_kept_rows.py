"""A row of the queue that is kept says what it would say if it were drawn now."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import translation

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui import kept
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.orders import Order
from otklik.front.workspace import rows
from otklik.front.workspace.queries.marks import Marks
from otklik.front.workspace.queries.rows import Row
from otklik.front.workspace.tests.conftest import Crowd

NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
PLAIN = Row._make(
    (
        *(7, "open", "answer", "", NOON + timedelta(hours=2), NOON, None, 3, "Где заказ?", "Павел Орлов", ""),
        *("email", "Здравствуйте", "", 5, 5, 1, False, False, "", 0, None, 1, 9, None, 2, None, None, "", None, NOON),
        (),
    )
)


def drawn_anew(band: int, setting: rows.Setting) -> str:
    kept.forget()
    return rows.item(PLAIN, band, setting)


CHANGES: dict[str, Any] = {
    "id": 8,
    "version": 4,
    "subject": "Другое <b>",
    "contact_name": "Ирина",
    "client_name": "ООО «Лён»",
    "channel_kind": "telegram",
    "preview": "Ещё вопрос",
    "last_speaker": "Анна Ким",
    "due_at": NOON + timedelta(hours=3),
    "delivery_trouble": True,
    "sender_doubtful": True,
    "returned": "date",
    "priority": 4,
    "upset_since": NOON,
    "appealed": 3,
    "last_in_id": None,
}


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept.forget()
    yield
    kept.forget()


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_in_a_row_changes_what_is_shown(name: str) -> None:
    setting = rows.Setting(me=1, now=NOON, marks=Marks())
    first = rows.item(PLAIN, 2, setting)
    other = PLAIN._replace(**{name: CHANGES[name]})

    changed = rows.item(other, 2, setting)

    assert changed != first and rows.item(PLAIN, 2, setting) == first
    kept.forget()
    assert rows.item(other, 2, setting) == changed


@pytest.mark.django_db
def test_readers_moments_and_lists_do_not_share_what_differs() -> None:
    settings = [
        rows.Setting(1, NOON, Marks()),
        rows.Setting(1, NOON + timedelta(minutes=5), Marks()),
        rows.Setting(1, NOON, Marks(seen={7: 5})),
        rows.Setting(1, NOON, Marks(drafts={9})),
        rows.Setting(1, NOON, Marks(late_tasks={7: 2})),
        rows.Setting(1, NOON, Marks(), back="?view=line"),
        rows.Setting(1, NOON, Marks(), current=7),
        rows.Setting(1, NOON, Marks(), ticks=True),
        rows.Setting(1, NOON, Marks(), order=Order.NEWEST),
    ]

    def all_of_them() -> list[str]:
        return [rows.item(PLAIN, band, setting) for band in (0, 2) for setting in settings]

    with translation.override("ru"):
        anew = [drawn_anew(band, one) for band in (0, 2) for one in settings]
        assert all_of_them() == all_of_them() == anew and len(set(anew)) == len(anew)
    with translation.override("en"):
        unread = rows.Setting(1, NOON, Marks())  # a setting is of one page, and so of one language
        assert rows.item(PLAIN, 2, unread) not in anew and "unread, " in rows.item(PLAIN, 2, unread)


@pytest.mark.django_db
def test_a_row_that_has_no_moment_stands_where_the_clock_is() -> None:
    hanging = PLAIN._replace(due_at=None)
    places = [rows.item(hanging, 2, rows.Setting(1, NOON + timedelta(hours=n), Marks())) for n in (0, 1)]

    assert [f'data-at="{int((NOON + timedelta(hours=n)).timestamp())}"' in places[n] for n in (0, 1)] == [True, True]


@pytest.mark.django_db
def test_an_erased_client_and_a_new_owner_stand_in_the_next_page(
    annas: Browser, anna: User, boris: User, crowd: Crowd, line_one: Team
) -> None:
    (ticket,) = crowd([30], owner=anna)

    def shown() -> str:
        return annas.get("/queue/line/").content.decode()

    Ticket.objects.filter(pk=ticket.pk).update(contact_name="Секретный Клиент", client_name="", subject="Тайное дело")
    assert "Секретный Клиент" in shown() and "Тайное дело" in shown()

    Ticket.objects.filter(pk=ticket.pk).update(contact_name="—", subject="", preview="", last_speaker="")
    assert "Секретный" not in shown() and "Тайное" not in shown()

    Ticket.objects.filter(pk=ticket.pk).update(owner=boris)
    assert boris.name in shown()
    User.objects.filter(pk=boris.pk).update(name="Борис Новый")
    recent.forget()
    assert "Борис Новый" in shown()

    Draft.objects.create(conversation=ticket.conversation, author=anna, mode="reply", text="…", saved_at=clock.now())
    assert 'class="i i-note s"' in shown()
