"""Alarms of service clocks on open pages: to whom they concern, once for each cause, only while they hold."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.sla import due
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.alarms import ALARMS, concerned
from otklik.front.workspace.live.ear import _entry
from otklik.front.workspace.live.hub import Rights
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def tell(ticket: Ticket, minutes: int) -> list[int]:
    """What falls due so long after the request came; the entries of it."""
    before = Entry.objects.latest("id").pk
    with clock.at(ticket.opened_at + timedelta(minutes=minutes)):
        due.tell_all()
    return list(Entry.objects.filter(pk__gt=before, kind__in=ALARMS).values_list("pk", flat=True))


def page_of(browser: Browser, user: User, entries: list[int] | str) -> str:
    browser.force_login(user)
    told = entries if isinstance(entries, str) else ",".join(map(str, entries))
    answer = browser.get(f"/live/alarms/?entries={told}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_warning_is_for_the_owner_a_breach_for_owner_and_lead(
    client: Browser, ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    ticket.take(by=anna)
    warning = tell(ticket, 46)
    assert "Мало времени: первый ответ" in page_of(client, anna, warning)
    assert f'href="/tickets/{ticket.pk}/"' in page_of(client, anna, warning)
    assert page_of(client, boris, warning).strip() == page_of(client, ilya, warning).strip() == ""

    breach = tell(ticket, 61)
    for user in (anna, boris):
        assert "Не в срок: первый ответ" in page_of(client, user, breach) and 'role="status"' in page_of(
            client, user, breach
        )
    assert page_of(client, ilya, breach).strip() == ""


def test_what_was_done_meanwhile_is_no_alarm(client: Browser, ticket: Ticket, anna: User) -> None:
    ticket.take(by=anna)
    warning = tell(ticket, 46)
    ticket.reply("Готово", by=anna, then=Resolve())
    assert page_of(client, anna, warning).strip() == ""


def test_many_at_once_are_one_line(client: Browser, writes: Write, anna: User) -> None:
    tickets = [writes(f"Дело {number}", sender=f"c{number}@else.test") for number in range(5)]
    for ticket in tickets:
        ticket.take(by=anna)
    page = page_of(client, anna, tell(tickets[-1], 50))
    assert page.count("data-toast") == 1 and "5 обращений требуют внимания" in page


def test_nothing_is_told_of_what_one_may_not_see(client: Browser, ticket: Ticket, anna: User, line_two: Team) -> None:
    ticket.take(by=anna)
    breach = tell(ticket, 61)
    Ticket.objects.filter(pk=ticket.pk).update(owner=None, team=line_two)
    assert page_of(client, anna, breach).strip() == ""
    for odd in ("", "x", "٣", "9" * 30, ",".join("1" * 400)):
        assert page_of(client, anna, odd).strip() == ""


def test_the_stream_tells_an_alarm_to_the_concerned_alone() -> None:
    news: list[Any] = _entry(9, "sla.TargetBreached", None, 4817, 1, 5, None, None, [7], [])
    ticket, alarm = news
    assert [told.kind for told in news] == ["ticket", "alarm"] and b'"entry":9' in alarm.as_event()
    line = Rights(lines=frozenset([1]))
    assert [line.cover(alarm, person) for person in (5, 7, 8)] == [True, True, False]
    assert line.cover(ticket, 8) and not Rights(lines=frozenset([2])).cover(alarm, 7)
    assert concerned("sla.TargetBreached", "x", None) == frozenset()
    assert len(_entry(9, "tickets.Noted", None, 4817, 1, 5, None, None, None, [])) == 1
