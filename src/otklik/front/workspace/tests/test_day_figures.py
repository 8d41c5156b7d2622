"""My day shows the dates that were named, not other moments of the request, and one's own figures of the layer."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.workspace.queries import day, own
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
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


@pytest.fixture
def worked(writes: Write, anna: User, ilya: User) -> list[Ticket]:
    """Anna kept one date and broke another and has a mark; Ilya solved one at once, and answered one a month before."""
    with clock.at(START - timedelta(days=30)):
        writes("Давно", subject="Давно").reply("Готово", by=anna, then=Resolve())
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
    return [kept, broken, others]


def test_my_figures_are_mine_beside_those_of_my_lines_and_of_before(worked: list[Ticket], anna: User) -> None:
    with clock.at(hours(3)):
        told = {one.metric.id: one for one in own.figures(anna)}
        fates = own.fates(anna)

    first, solved = told["frt"], told["solved"]
    assert (first.now.n, first.now.value, first.before.n) == (2, 0.5 * 3600, 1)
    assert first.line and first.line.n == 3
    assert (solved.now.n, solved.line) == (2, None)
    assert (told["promise.kept"].now.good, told["promise.kept"].now.n) == (1, 2)
    assert (told["csat.t2b"].now.n, told["csat.t2b"].now.status) == (1, "hidden")
    assert fates == {"kept": 1, "moved": 0, "broken": 1}


def test_each_number_is_that_of_its_requests(worked: list[Ticket], anna: User, annas: Client) -> None:
    kept, broken, _others = worked
    with clock.at(hours(3)):
        for one in own.figures(anna):
            assert len(own.behind(own.asked(one.metric.id, anna), None)) == one.now.n, one.metric.id
        marks = annas.get("/my/figures/csat.t2b/").content.decode()
        missed = annas.get("/my/figures/promise.kept/?fate=broken").content.decode()

    assert f"/tickets/{kept.pk}/" in marks
    assert f"/tickets/{broken.pk}/" in missed and f"/tickets/{kept.pk}/" not in missed


def test_of_too_little_the_page_says_so_and_shows_no_zero(worked: list[Ticket], annas: Client) -> None:
    with clock.at(hours(3)):
        page = annas.get("/my/").content.decode()

    assert page.count("мало данных") == 4, "all but the count of solved ones rest on fewer than five"
    assert "0 %" not in page


@pytest.mark.parametrize("address", ["nps/", "promise.kept/?fate=lost", "frt/?fate=kept"])
def test_what_is_not_shown_there_is_no_page(annas: Client, address: str) -> None:
    assert annas.get(f"/my/figures/{address}").status_code == 404


def test_a_long_list_goes_on(worked: list[Ticket], anna: User, annas: Client) -> None:
    some = Reading.objects.filter(agent_id=anna.pk, measure=Measure.ENDED).latest("at")
    rows = [Reading(ticket_id=some.ticket_id, **some.seen()._asdict()) for _number in range(own.PAGE + 3)]
    Reading.objects.bulk_create(rows)
    with clock.at(hours(3)):
        first = annas.get("/my/figures/solved/")
        rest = annas.get(f"/my/figures/solved/?before={first.context['next']}")
        nonsense = annas.get("/my/figures/solved/?before=9.x")

    assert [len(page.context["rows"]) for page in (first, rest, nonsense)] == [own.PAGE, 5, own.PAGE]
