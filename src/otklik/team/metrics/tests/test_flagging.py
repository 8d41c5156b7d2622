"""The third instrument of METRICS V14: what colleagues say of their first answers."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.models.fact import Watermark
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
SCOPE = Scope(START - timedelta(days=1), START + timedelta(days=40))


def told(**only: str) -> tuple[int | None, int]:
    with clock.at(hours(24 * 60)):
        found = layer.figure(Question(METRICS["fcr.agent"], SCOPE, only))
    return found.good, found.n


def test_the_step_that_leaves_with_the_first_answer_is_the_word(writes: Write, anna: User, ilya: User) -> None:
    """Of three one was called solved at once; a later answer, and the client's return, change nothing of it."""
    with clock.at(START):
        one, two, three = (writes(sender=f"c{number}@volga.test") for number in range(3))
        sent = one.reply("Готово", by=anna, then=Resolve())
        two.reply("Смотрим", by=ilya, then=PromiseDate(hours(24)))
    with clock.at(hours(1)):
        Ticket.objects.get(pk=two.pk).reply("Готово", by=anna, then=Resolve())
    count_facts()
    assert told() == (1, 2), "nobody answered the third"
    assert told(agent=str(anna.pk)) == (1, 1) and told(agent=str(ilya.pk)) == (0, 1), "by who answered first"

    with clock.at(hours(5)):
        writes("Не помогло", sender="c0@volga.test", references=[sent.external_id])
        three.reply("Готово", by=ilya, then=Resolve())
    count_facts()
    assert told() == (2, 3)
    before = sorted(Reading.objects.filter(measure=Measure.FLAGGED).values_list("ticket", "at", "kind", "agent_id"))
    TicketFact.objects.rebuild()
    rows = Reading.objects.filter(measure=Measure.FLAGGED)
    assert sorted(rows.values_list("ticket", "at", "kind", "agent_id")) == before


def test_of_answers_before_the_upgrade_nothing_is_counted(writes: Write, anna: User) -> None:
    for number in range(2):
        with clock.at(hours(number * 10)):
            writes(sender=f"c{number}@volga.test").reply("Готово", by=anna, then=Resolve())
    Watermark.objects.update_or_create(pk=1, defaults={"flags_since": hours(5)})
    count_facts()
    assert told() == (1, 1)

    TicketFact.objects.rebuild()
    assert told() == (2, 2), "a house that is counted from its first entry knows of all"


def test_it_is_no_target_and_no_bonus_knows_it() -> None:
    metric = METRICS["fcr.agent"]
    assert metric.better == "" and not metric.can_be_planned


def test_three_instruments_stand_side_by_side(writes: Write, anna: User, head: User) -> None:
    """Six matters of six clients: all called solved at once, and two of these clients came back."""
    for number in range(6):
        with clock.at(START):
            ticket = writes(sender=f"c{number}@volga.test")
            sent = ticket.reply("Готово", by=anna, then=Resolve())
        if number < 2:
            with clock.at(hours(20)):
                writes("Не помогло", sender=f"c{number}@volga.test", references=[sent.external_id])
                Ticket.objects.get(pk=ticket.pk).reply("Теперь готово", by=anna, then=Resolve())
    count_facts()
    browser = Browser()
    period = f"?first={START.date()}&last={(START + timedelta(days=5)).date()}"
    with clock.at(hours(24 * 20)):
        browser.force_login(head)
        for name in ("fcr.gross", "fcr.agent"):
            page = browser.get(reverse("board:metric", args=[name]) + period).content.decode().replace("\xa0", " ")
            table = page.partition("Три способа узнать")[2].partition("</table>")[0]
            rows = [(one.partition("</th>")[0], one) for one in table.split("<tr")]
            gross = next(row for named, row in rows if "с первого раза" in named)
            own = next(row for named, row in rows if "по словам сотрудников" in named)
            assert "66,7 %" in gross and "100,0 %" in own, name
            assert "по словам клиентов" not in table, "no client was asked"
