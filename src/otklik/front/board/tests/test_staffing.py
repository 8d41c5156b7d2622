"""Whom the day needs: the worked examples of METRICS W3 to W8 through the page, from readings and from “what if”."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core import recent
from otklik.core.calendar.models import BusinessCalendar, CalendarException
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.days import midnight
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import ABANDONED, IN_TIME
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
PAGE = "/board/staffing/"
SECOND = 1_000_000
NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
"""A Wednesday at noon in Moscow."""
WEEKS = 5


class Past:
    """What came on each of the last days; `keep` writes it as the readings of one request."""

    def __init__(self, ticket: Ticket, team: Team) -> None:
        self.ticket, self.team, self.seen = ticket, team, Counter[Seen]()

    def each_day(self, hour: int, times: int, measure: Measure, channel: str, value: int = 0, kind: int = 0) -> None:
        rest = (self.team.pk, None, channel, None, None, None, self.ticket.contact_id, None)
        for back in range(1, WEEKS * 7 + 1):
            at = midnight(NOW.date() - timedelta(days=back)) + timedelta(hours=hour)
            self.seen[Seen(measure.value, at, value, kind, *rest)] += times

    def keep(self) -> None:
        Reading.objects.replace({self.ticket.pk: self.seen})
        recent.forget()


@pytest.fixture
def past(writes: Write, line_one: Team) -> Past:
    return Past(writes(), line_one)


def page(user: User, asked: str = "", status: int = 200) -> str:
    browser = Client()
    browser.force_login(user)
    with clock.at(NOW):
        answer = browser.get(f"{PAGE}{asked}")
    assert answer.status_code == status
    return re.sub(r"[\xa0 ]", " ", answer.content.decode())


def rows(text: str) -> dict[str, list[str]]:
    """Of each row of a table its cells, by its head."""
    found = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', text)
    return {
        head: [re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", rest)] for head, rest in found
    }


def test_what_if_is_the_worked_example(head: User) -> None:
    """W5 and W6: 120 calls in half an hour of 240 s, 80/20, busy 85 % at most: 20 people, 28 to plan with 28 % away."""
    shown = page(head, "?calls=240&aht=4&share=80&within=20&busy=85&away=28")
    assert "<h1>20 человек на такой час</h1>" in shown and "любой час" in shown
    assert "звонков: 240,0, нагрузка 16,0 эрланга" in shown and '<span class="v">28</span>' in shown
    near = rows(shown)
    assert near["20"] == ["81,7 %", "80,0 %"] and set(near) >= {"19", "20", "21"}
    assert "решает один человек" not in shown and "Формула Эрланга C" in shown
    assert "до 242,5 звонков в час: на 2,5 больше ожидаемого" in shown, "C2: 121.3 in half an hour"
    assert "требует 5,8 чел." in shown, "W9: 168 ÷ 40 ÷ 0.72"


def test_W2_lines_of_the_telephone(head: User) -> None:
    """8.108 erlangs on 15 lines: 1.00 % find all busy; so few people are busy that hardly anybody waits."""
    asked = "?calls=97.296&aht=5&share=80&within=20&busy=30"
    shown = page(head, asked)
    lines = rows(shown.partition('id="lines"')[2].partition("</section>")[0])
    assert lines["15"] == ["1,00 %", "достаточно"] and list(lines) == ["14", "15", "16"]
    assert "занимают в среднем 8,1 линии" in shown

    mine = rows(page(head, f"{asked}&lines=10").partition('id="lines"')[2].partition("</section>")[0])
    assert list(mine) == ["10", "14", "15", "16"] and mine["10"][1] == "у вас"
    assert float(mine["10"][0].removesuffix(" %").replace(",", ".")) > 10
    assert 'id="lines"' not in page(head), "nothing is known of calls"
    page(head, "?calls=10&blocked=0", 422)


def test_who_waits_and_who_hangs_up_holds_a_line(past: Past, head: User) -> None:
    """W3: 16 erlangs of talk and 15.4 s of waiting for each of 240 calls are 17 lines in the mean, not 16."""
    shown = page(head, "?calls=240&aht=4&share=80&within=20&busy=85")
    assert "занимают в среднем 17,0 линии" in shown
    past.each_day(11, 9, Measure.WAIT, "phone", 0, IN_TIME)
    past.each_day(11, 1, Measure.WAIT, "phone", 0, ABANDONED)
    past.each_day(11, 1, Measure.QUEUE, "phone", 120 * SECOND)
    past.keep()
    # W4: of 240 calls 6.4 % hang up and all wait 7.7 s in the mean: 16 · 0.936 + 0.51
    assert "занимают в среднем 15,5 линии" in page(head, "?calls=240&aht=4&share=80&within=20&busy=100")


def test_the_day_is_told_from_the_weeks_before(past: Past, head: User) -> None:
    """W5's small team: 12 calls of five minutes an hour are one erlang and three people, busy a third of the time."""
    past.each_day(11, 12, Measure.WAIT, "phone", 10 * SECOND, IN_TIME)
    past.each_day(15, 2, Measure.WAIT, "phone", 10 * SECOND, IN_TIME)
    past.each_day(9, 30, Measure.OPENED, "email")
    past.keep()

    for day in (0, 1):
        shown = page(head, f"?day={day}&aht=5&letter=8&due=4")
        told = rows(shown)
        assert told["11:00"][:5] == ["12,0", "1,00", "3", told["11:00"][3], "33,3 %"]
        assert set(told) >= {"11:00", "15:00"} and "9:00" not in told, "letters are no live channel"
        assert "<h1>3 человека в 11:00" in shown and "решает один человек" in shown
    # 30 letters of eight minutes within the four hours after ten: 4 hours of work ÷ (0.85 × 4) = 1.18
    assert "обращений: 30,0, точно 1,18" in shown and '<span class="v">2</span>' in shown
    assert "решают часы с 10:00 до 14:00" in shown


def test_calls_of_ones_own_are_those_of_the_busiest_hour(past: Past, head: User) -> None:
    """The others keep their share of it: twelve and three become 240 and 60."""
    past.each_day(11, 12, Measure.WAIT, "phone", 10 * SECOND, IN_TIME)
    past.each_day(15, 3, Measure.WAIT, "phone", 10 * SECOND, IN_TIME)
    past.keep()
    shown = page(head, "?calls=240&aht=4&share=80&within=20&busy=85")
    assert "<h1>20 человек в 11:00" in shown and rows(shown)["15:00"][0] == "60,0" and "3:00" not in rows(shown)


def test_letters_of_the_night_wait_at_the_opening(past: Past, head: User, calendar: BusinessCalendar) -> None:
    """Ten an hour round the clock, open from 9 to 18: 150 of the night are due by 13: 20 hours ÷ (0.85 × 4) = 5.88."""
    calendar.time_zone = "Europe/Moscow"
    calendar.weekly = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar.save()
    for hour in range(24):
        past.each_day(hour, 10, Measure.OPENED, "email")
    past.keep()
    shown = page(head, "?letter=8&due=4&away=0")
    assert "обращений: 240,0, точно 5,88" in shown and "решают часы с 9:00 до 13:00" in shown
    assert shown.count('<span class="v">6</span>') == 2, "and six to plan"


def test_a_special_day_is_told_as_one(past: Past, head: User, line_one: Team) -> None:
    past.each_day(11, 12, Measure.WAIT, "phone", 10 * SECOND, IN_TIME)
    past.keep()
    CalendarException.objects.create(calendar=line_one.calendar, date=NOW.date())
    recent.forget()
    shown = page(head)
    assert "похожего дня ещё не было" in shown and "мало истории" not in shown
    assert "похожего дня" not in page(head, "?day=1")


def test_chats_are_counted_apart(past: Past, head: User) -> None:
    """One chat at a time is Erlang's C: 12 of five minutes an hour need three people as well."""
    past.each_day(14, 12, Measure.OPENED, "chat")
    past.keep()
    told = rows(page(head, "?chat=5&at_once=1&chat_within=20&share=80"))
    assert told["14:00"][5:] == ["12,0", "3", "3"]
    assert int(rows(page(head, "?chat=5&at_once=3&chat_within=20&share=80"))["14:00"][6]) < 3


def test_a_line_with_losses_is_planned_by_patience(past: Past, head: User) -> None:
    """W4: a patience of 120 s, 120 calls in half an hour of 240 s: 18 people instead of 20."""
    past.each_day(11, 9, Measure.WAIT, "phone", 0, IN_TIME)
    past.each_day(11, 1, Measure.WAIT, "phone", 0, ABANDONED)
    past.each_day(11, 1, Measure.QUEUE, "phone", 120 * SECOND)
    past.keep()
    shown = page(head, "?calls=240&aht=4&share=80&within=20&busy=100")
    assert "<h1>18 человек" in shown and "Формула Эрланга A" in shown and "2 мин" in shown
    assert rows(shown)["18"][0] == "81,8 %" and rows(shown)["18"][2] == "6,4 %"


def test_nothing_is_known_yet(head: User) -> None:
    recent.forget()
    shown = page(head)
    assert "Мало истории для прогноза" in shown and "пять минут — предположение" in shown
    assert "мало истории звонков" in shown


@pytest.mark.parametrize(
    "asked", ["?aht=0", "?busy=5", "?calls=-1", "?calls=nan", "?share=100", "?at_once=9", "?day=7"]
)
def test_what_makes_no_sense_is_said_where_it_stands(head: User, asked: str) -> None:
    shown = page(head, f"{asked}&letter=17", 422)
    assert "Исправьте отмеченные предположения" in shown and 'value="17"' in shown and 'aria-invalid="true"' in shown


def test_leads_see_their_lines_and_agents_nothing(boris: User, anna: User, line_two: Team) -> None:
    assert line_two.name not in page(boris)
    page(boris, f"?team={line_two.pk}", 422)
    page(anna, status=403)


def test_it_costs_a_known_number_of_statements(past: Past, client: Client, head: User, line_two: Team) -> None:
    past.keep()
    client.force_login(head)

    def asked() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    few = asked()
    for number in range(5):
        Team.objects.create(name=f"Линия {number}", calendar=line_two.calendar)
    recent.forget()
    assert asked() == few <= 9
