"""What stands beside a figure on the page of its metric, and what the field calls it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Role, Team, User
from otklik.desk.routing.models import Pick
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.giving_up import EARLY, LATE
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import ABANDONED, ANSWERED, IN_TIME, SHORT
from tests.fixtures.cast import Write, person
from tests.fixtures.facts import count_facts

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
    _eats(anna)


def _eats(one: User) -> None:
    for hour, word in ((0, "ready"), (3, "break"), (4.5, "ready"), (8, "off")):
        with clock.at(MORNING + timedelta(hours=hour)):
            one.say(Availability(word), by=one)
            if word == "break":
                one.say_why("Обед <b>дома</b>")


def test_breaks_are_told_by_reason_to_who_reads_the_log(
    lunch: None, anna: User, boris: User, vera: User, line_one: Team
) -> None:
    address = reverse("board:metric", args=["presence.break"]) + PERIOD
    assert "Обед" not in page(boris, address), "of fewer than five people no reason is told"
    for number in range(4):
        _eats(person(f"more{number}", f"Ещё {number}", Role.AGENT, line_one))
    for reader, span in ((anna, "1 ч 30 мин"), (boris, "7 ч 30 мин")):
        told = page(reader, address)
        assert 'id="beside"' in told and "Обед &lt;b&gt;дома&lt;/b&gt;" in told and span in told
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
    passed = reverse("board:metric", args=["fairness.fifo"])
    assert f"{passed}?first=2026-06-02" in told and "Кого сегодня обошли, по причинам" in told


@pytest.mark.django_db(transaction=True)
def test_why_others_were_passed_over_is_told_by_reason_with_the_list_of_these_alone(
    writes: Write, anna: User, boris: User
) -> None:
    """Two came; the younger one was picked first, because the client called."""
    tickets: dict[int, Ticket] = {}
    for number in (1, 2):
        with clock.at(MORNING + timedelta(minutes=10 * number)):
            tickets[number] = writes(f"Слово {number}", sender=f"c{number}@volga.test", subject=f"Дело {number}")
    Ticket.objects.update(due_from=MORNING, due_at=MORNING + timedelta(days=1))
    for number in (2, 1):
        with clock.at(MORNING + timedelta(minutes=50 - 10 * number)):
            tickets[number].refresh_from_db()
            tickets[number].take(by=anna)
    count_facts()
    address = reverse("board:metric", args=["fairness.fifo"]) + PERIOD
    assert "Выбрали сами и не сказали почему" in page(boris, address)
    Pick.objects.get(ticket=tickets[2]).explain("asked")
    told = page(boris, address)
    assert "Почему обошли других" in told and "Клиент позвонил или написал ещё раз" in told
    behind = reverse("board:behind_metric", args=["fairness.fifo"]) + PERIOD
    assert f"{behind}&part=passed".replace("&", "&amp;") in told
    assert "Дело 1" in page(boris, behind) and "Дело 2" in page(boris, behind)
    some = page(boris, f"{behind}&part=passed")
    assert "Дело 2" in some and "Дело 1" not in some and "обошли других" in some


@pytest.mark.parametrize("n", [4, 5])
def test_of_fewer_than_five_calls_no_percentage_is_told_and_no_single_hold(writes: Write, head: User, n: int) -> None:
    with clock.at(MORNING):
        ticket = writes()

    def seen(measure: Measure, value: int, kind: int, number: int) -> Seen:
        at, nobody = MORNING + timedelta(minutes=number), (None,) * 3
        return Seen(measure, at, value, kind, ticket.team_id, None, "phone", *nobody, ticket.contact_id, None)

    waits, holds = ((Measure.WAIT, 0, IN_TIME), (Measure.HOLD, 90 * SECOND, 1))
    calls = Counter(seen(*one, number) for one in (waits, holds) for number in range(n))
    talked = Counter(seen(Measure.HOLD, 0, 0, 10 + number) for number in range(5))
    Reading.objects.replace({ticket.pk: calls + talked}, (Measure.WAIT, Measure.HOLD))

    levels = page(head, reverse("board:metric", args=["queue.service_level"]) + PERIOD)
    table = levels.partition("По другим формулам")[2].partition("</table>")[0]
    assert f"{n} из {n}" in table
    assert ("%" in table, "мало данных" in table) == (n == 5, n == 4)
    for name in ("hold", "hold.time"):
        held = page(head, reverse("board:metric", args=[name]) + PERIOD)
        assert ("Дольше всего за один звонок" in held) == (n == 5), name


def test_V6_and_V7_examples_by_every_formula(writes: Write, head: User) -> None:
    """1000 answered, 860 within 20 s, 60 abandoned, 20 of these within 20 s and 10 within 5 s."""
    with clock.at(MORNING):
        ticket = writes()

    def seen(measure: Measure, kind: int) -> Seen:
        return Seen(measure, MORNING, 0, kind, ticket.team_id, None, "phone", *(None,) * 3, ticket.contact_id, None)

    waits = {seen(Measure.WAIT, IN_TIME): 860, seen(Measure.WAIT, ANSWERED): 140}
    waits |= {seen(Measure.WAIT, ABANDONED): 50, seen(Measure.WAIT, SHORT): 10}
    gave_up = {seen(Measure.GAVE_UP, EARLY): 20, seen(Measure.GAVE_UP, LATE): 40}
    Reading.objects.replace({ticket.pk: Counter(waits | gave_up)}, (Measure.WAIT, Measure.GAVE_UP))

    told = page(head, reverse("board:metric", args=["queue.service_level"]) + PERIOD)
    table = told.partition("По другим формулам")[2].partition("</table>")[0]
    for letter, share, of in (
        ("A", "81,9 %", "860 из 1 050"),
        ("B", "81,1 %", "860 из 1 060"),
        ("C", "86,0 %", "860 из 1 000"),
        ("D", "82,7 %", "860 из 1 040"),
        ("E", "83,0 %", "880 из 1 060"),
    ):
        row = table.partition(f"{letter}: ")[2].partition("</tr>")[0]
        assert share in row and of in row, letter
    assert "4,8 %" in page(head, reverse("board:metric", args=["queue.abandonment"]) + PERIOD)


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
