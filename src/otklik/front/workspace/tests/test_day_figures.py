"""My day shows the dates that were named, not other moments of the request, and figures of what I did this month."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.workspace.queries import day
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

# Entries of a running transaction are not settled, so the facts need real commits.
pytestmark = pytest.mark.django_db(transaction=True)

# A Monday noon in the working hours of the line.
START = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def hours(count: float) -> datetime:
    return START + timedelta(hours=count)


def of(moment: datetime) -> day.Moment:
    return day.Moment.of(moment.astimezone(ZoneInfo("Europe/Moscow")))


@pytest.mark.parametrize(("name", "until"), [("today", hours(5)), ("later", hours(48))])
def test_a_date_i_gave_stands_as_it_was_given(writes: Write, anna: User, name: str, until: datetime) -> None:
    with clock.at(START):
        ticket = writes()
        ticket.reply("Смотрим", by=anna, then=PromiseDate(until))
        ticket.due_at = hours(1)
        ticket.save(update_fields=["due_at"])

        (row,) = day.rows(name, anna, of(START))

    assert (row.number, row.due) == (ticket.pk, until)


def test_figures_count_what_i_did_and_promised_and_how_it_was_rated(writes: Write, anna: User, ilya: User) -> None:
    with clock.at(START):
        kept, broken, others = (writes(f"Дело {number}", subject=f"Дело {number}") for number in range(3))
    with clock.at(hours(0.5)):
        kept.reply("Сделаю", by=anna, then=PromiseDate(hours(4)))
        broken.reply("Сделаю", by=anna, then=PromiseDate(hours(1)))
        others.reply("Готово", by=ilya, then=Resolve())
    with clock.at(hours(2)):
        for ticket in (kept, broken):
            ticket.refresh_from_db()
            ticket.reply("Готово", by=anna, then=Resolve())
        kept.refresh_from_db()
        invited = Invitation.objects.plan(kept)
        assert invited and invited.send()
        Invitation.objects.get(pk=invited.pk).answer(5)
    count_facts()
    moment = of(hours(3))

    figures = day.figures(anna, moment)

    assert figures.counts == {"answered": 2, "resolved": 2, "reopened": 0}
    assert figures.promises == {"kept": 1, "moved": 0, "broken": 1}
    assert figures.median == 0.5 * 3600
    assert (figures.csat["n"], figures.rated) == (1, False)
    for name, count in {**figures.counts, **figures.promises}.items():
        assert len(day.rows(name, anna, moment)) == count, name
    assert {row.number for row in day.rows("broken", anna, moment)} == {broken.pk}
    assert [row.number for row in day.rows("rated", anna, moment)] == [kept.pk]
    assert day.figures(ilya, moment).counts["resolved"] == 1
