"""Time at work on screens: who reads whose log, and where it is not shown at all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Stint, Team, User
from otklik.desk.calls.models import Extension
from otklik.desk.channels.models import Channel
from otklik.team.alerts.models import Alert
from otklik.team.boards.models import Board, Shared

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 6, 1, 6, tzinfo=UTC)
"""Monday, 9:00 in Moscow."""
PERIOD = "?first=2026-06-01&last=2026-06-02"
LOG, COVER = (f"/board/metrics/{name}/" for name in ("occupancy", "availability.cover"))


def page(user: User, address: str) -> str:
    browser = Browser()
    with clock.at(MORNING + timedelta(days=2)):
        browser.force_login(user)
        answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture(autouse=True)
def day(anna: User, ilya: User, line_one: Team) -> None:
    """Anna from 9 to 17 with a break, Ilya from 9:30 until he was last heard of."""
    Team.objects.update(created_at=MORNING - timedelta(days=30))
    Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    Extension.objects.create(user=anna, number="101")
    for hour, word in ((0, "ready"), (3, "break"), (4, "ready"), (8, "off")):
        with clock.at(MORNING + timedelta(hours=hour)):
            anna.say(Availability(word), by=anna)
    since, until = MORNING + timedelta(hours=0.5), MORNING + timedelta(hours=2.25)
    Stint.objects.create(user=ilya, state="busy", lines=[line_one.pk], since=since, until=until, lapsed=True)


def test_everybody_reads_their_own_log_and_who_leads_that_of_the_line(
    anna: User, ilya: User, boris: User, quality: User, vera: User
) -> None:
    address = f"{LOG}requests/{PERIOD}"
    own, line = page(anna, address), page(boris, address)

    assert own.count("Анна Белова") > line.count("Илья Соколов") and "Илья Соколов</b>" not in own
    assert "Анна Белова</b>" in line and "Илья Соколов</b>" in line and "без отметки о конце" in line
    for stranger in (quality, vera):
        told = page(stranger, address)
        assert "Анна Белова</b>" not in told and "время на работе не записано" in told
    assert "Илья Соколов</b>" not in page(boris, f"{address}&agent={anna.pk}")


def test_who_changed_lines_still_reads_their_own(anna: User, line_two: Team) -> None:
    anna.appoint("agent", [line_two], by=None)

    address = f"{LOG}requests/{PERIOD}"
    assert "Анна Белова</b>" in page(anna, address)
    assert "0 из 420 минут" in page(anna, LOG + PERIOD).replace("\xa0", " ")
    assert "Анна Белова</b>" not in page(anna, f"{address}&team={line_two.pk}")


def test_the_number_opens_what_it_is_made_of(anna: User, boris: User) -> None:
    """Anna was ready seven hours, Ilya busy: 420 minutes of waiting and no call."""
    told = page(boris, LOG + PERIOD)
    assert "0 из 420 минут" in told.replace("\xa0", " ") and f"{LOG}requests/" in told
    assert "Анна Белова" in page(boris, f"{LOG}{PERIOD}&by=agent")


def test_hours_with_nobody_there_are_for_who_leads(anna: User, boris: User) -> None:
    """On Monday nobody from 12 to 13; what is before the log is not known."""
    told = page(boris, f"{COVER}requests/{PERIOD}")
    assert "Первая линия</b>" in told and "1 июня, 12:00" in told.replace("\xa0", " ")

    own = page(anna, f"{COVER}requests/{PERIOD}")
    assert "12:00" not in own and "Здесь руководитель видит" in own
    assert "телефон" in page(anna, f"{COVER}{PERIOD}&by=channel")


def test_no_alert_no_plan_and_no_wall_tells_of_it(head: User, anna: User) -> None:
    assert 'value="occupancy"' not in page(head, "/board/alerts/new/?metric=occupancy")
    assert 'value="availability.cover"' in page(head, "/board/alerts/new/")
    form = page(head, "/board/indicators/new/")
    assert 'value="availability.cover"' not in form and 'value="occupancy"' not in form
    board = Board.objects.make(by=head, name="Стена", shared=Shared.EVERYBODY)
    board.add(metric="occupancy")
    assert "Люди и организации на стене не показываются" in page(head, f"/board/boards/{board.pk}/wall/")
    assert not Alert.objects.exists()


def test_a_long_log_says_what_is_not_listed(anna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from otklik.front.board.measured import attended

    monkeypatch.setattr(attended, "MOST", 2)
    assert "Ещё 1 более старая запись не показана" in page(anna, f"{LOG}requests/{PERIOD}").replace("\xa0", " ")
