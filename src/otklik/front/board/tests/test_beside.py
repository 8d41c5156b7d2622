"""What stands beside a figure on the page of its metric, and what the field calls it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.models import TicketFact
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
"""Monday, 9:00 in Moscow."""
PERIOD = "?first=2026-06-01&last=2026-06-02"
NBSP = "\xa0"


def page(user: User, address: str, at: datetime = MORNING + timedelta(days=1)) -> str:
    browser = Browser()
    with clock.at(at):
        browser.force_login(user)
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace(NBSP, " ")


@pytest.fixture
def lunch(anna: User, line_one: Team) -> None:
    Team.objects.update(created_at=MORNING - timedelta(days=30))
    for hour, word in ((0, "ready"), (3, "break"), (4.5, "ready"), (8, "off")):
        with clock.at(MORNING + timedelta(hours=hour)):
            anna.say(Availability(word), by=anna)
            if word == "break":
                anna.say_why("Обед <b>дома</b>")


def test_breaks_are_told_by_reason_to_who_reads_the_log(lunch: None, anna: User, boris: User, vera: User) -> None:
    address = reverse("board:metric", args=["presence.break"]) + PERIOD
    for reader in (anna, boris):
        told = page(reader, address)
        assert 'id="beside"' in told and "Обед &lt;b&gt;дома&lt;/b&gt;" in told and "1 ч 30 мин" in told
    assert "Обед" not in page(vera, address), "of another line"
    assert "Обед" not in page(boris, f"{address}&agent={anna.pk}"), "nobody is looked at by their reasons"


def test_ones_own_page_tells_ones_own_breaks(lunch: None, anna: User, boris: User) -> None:
    told = page(anna, reverse("board:my_shifts"))
    assert "Мои перерывы по причинам" in told and "Обед &lt;b&gt;дома&lt;/b&gt;" in told and "1 ч 30 мин" in told
    assert "Обед" not in page(boris, reverse("board:my_shifts")), "a lead's own page is of the lead"


def test_the_board_of_the_shift_leads_to_the_reasons_of_today(lunch: None, boris: User) -> None:
    link = reverse("board:metric", args=["presence.break"])
    told = page(boris, reverse("board:shift"))
    assert f"{link}?first=2026-06-02" in told and "Перерывы сегодня, по причинам" in told


def test_the_balance_of_whole_weeks(writes: Write, head: User, anna: User) -> None:
    """In the week from 1 June three came and one ended."""
    made: list[Ticket] = []
    for number in range(3):
        with clock.at(MORNING + timedelta(hours=number)):
            made.append(writes(sender=f"c{number}@volga.test"))
    with clock.at(MORNING + timedelta(days=1)):
        made[0].take(by=anna)
        made[0].close("thanks", by=anna)
    TicketFact.objects.count({one.pk for one in made})

    told = page(head, reverse("board:metric", args=["backlog"]), MORNING + timedelta(days=8))
    table = told.partition("Баланс по неделям")[2].partition("</table>")[0]
    row = table.partition("Неделя с 1 июн")[2].partition("</tr>")[0]
    assert "Неделя с 25 мая" not in table, "before anything came there is no balance"
    assert "<b>−2</b>" in row and "закончено 1, пришло 3" in row


def test_the_name_of_the_field_stands_beside_ours(head: User, anna: User, line_one: Team) -> None:
    told = page(head, reverse("board:metric", args=["frt"]))
    assert 'title="First response time">FRT</abbr>' in told and "FRT, First response time" in told
    listed = page(head, reverse("board:metrics"))
    for short in ("FRT", "TTR", "AHT", "ASA", "MTBF"):
        assert f">{short}</abbr>" in listed, short
    assert "CSAT" in listed and ">CSAT</abbr>" not in listed, "what our name says already is not said twice"
    assert ">FRT</abbr>" in page(head, reverse("board:register_of_metrics"))
    assert "<abbr" not in page(head, reverse("board:metric", args=["arrivals"])), "what has none is not given one"
