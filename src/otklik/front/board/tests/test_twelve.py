"""UI-142: the numbers of a head on one screen: what waits now, what was wanted, and where it stands."""

import re
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse
from otklik.front.board.roster.need import came_to, needs
from otklik.front.board.roster.told import coming_monday
from otklik.front.board.tests.test_of_rooms import ask
from otklik.team.boards.models import Board
from otklik.team.boards.ready import RECIPES, begin
from otklik.team.indicators.models import Indicator, Of
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.seen import Seen
from otklik.team.shifts.models import Shift
from otklik.team.shifts.models.shift import zone_of
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db
REFUSAL = Refuse("rules", "скидки даёт только договор", ["пересчитаем тариф"])


def now(name: str, user: User | None) -> Figure:
    return layer.figure(ask(name, user))


@pytest.fixture
def appealed(ticket: Ticket, anna: User, boris: User) -> Ticket:
    ticket.reply("Здравствуйте.", by=anna, then=REFUSAL)
    found = Ticket.objects.get(pk=ticket.pk)
    found.appeal("В договоре есть пункт о скидке")
    return found


def test_twelve_numbers_at_most_and_each_one_can_be_drawn(client: Client, head: User) -> None:
    board = begin("twelve", by=head, called="Отдел")
    assert board.tiles.count() == 12
    client.force_login(head)
    answer = client.get(f"/board/boards/{board.pk}/")
    assert answer.status_code == 200
    assert not any(one["shown"].why_not for one in answer.context["tiles"])


def test_the_boards_of_the_department_are_for_who_looks_at_all_of_it(client: Client, boris: User, head: User) -> None:
    whole = {name for name, one in RECIPES.items() if one.is_whole}
    assert whole == {"twelve", "department"}
    for user, status, made in ((boris, 403, 0), (head, 302, 1)):
        client.force_login(user)
        offered = {name for name, _recipe in client.get("/board/boards/").context["ready"]}
        assert (whole <= offered) is bool(made)
        assert client.post("/board/boards/ready/twelve/").status_code == status
        assert Board.objects.filter(owner=user).count() == made


def test_appeals_that_wait_are_counted_until_they_are_decided(
    appealed: Ticket, head: User, boris: User, vera: User, line_one: Team, line_two: Team
) -> None:
    assert now("refusal.appeals", head).value == 1 and now("refusal.appeals", boris).value == 1
    assert now("refusal.appeals", vera).value == 0, "of another line"
    by_line = layer.by_side(ask("refusal.appeals", head), "line")
    assert {key: one.value for key, one in by_line.items()} == {str(line_one.pk): 1}
    assert layer.figure(ask("refusal.appeals", head).of("line", str(line_two.pk))).value == 0

    then = PromiseDate(clock.now() + timedelta(days=2), "пересчитаем счёт")
    appealed.grant_appeal(appealed.appealed or 0, by=boris, words="Вы правы", then=then)
    assert now("refusal.appeals", head).value == 0


def test_open_complaints_are_those_that_the_reader_may_see(
    ticket: Ticket, head: User, boris: User, anna: User, vera: User, line_one: Team
) -> None:
    about_boris = Filing("Грубил", "Грубый разговор", ticket=ticket, against=boris)
    Complaint.objects.file(about_boris, by=head)
    Complaint.objects.file(Filing("Ждали", "Не ответили в срок", ticket=ticket), by=anna)
    counted = {who.login: now("complaint.open", who).value for who in (head, boris, anna, vera)}
    assert counted == {"head": 2, "boris": 1, "anna": 1, "vera": 0}
    assert now("complaint.open", None).value == 1, "to nobody's eyes only what everybody may know"
    assert layer.by_side(ask("complaint.open", head), "line")[str(line_one.pk)].value == 2


def test_an_incident_that_goes_on_is_counted(head: User, anna: User, ticket: Ticket) -> None:
    assert now("inc.open", head).value == 0
    Incident.objects.declare(
        title="Не проходят звонки", affects="Обрывы", severity=Severity.S2, by=anna, leader=head, tickets=[ticket]
    )
    assert now("inc.open", head).value == 1


def test_bonuses_to_be_approved_are_nobody_elses_business(head: User, anna: User) -> None:
    assert now("bonus.waiting", head).value == 0
    assert now("bonus.waiting", anna).value is None and now("bonus.waiting", None).value is None


def mondays(writes: Write) -> None:
    for week in range(1, 4):
        monday = today() - timedelta(days=today().weekday() + 7 * week)
        for hour in (10, 11, 12):
            with clock.at(midnight(monday) + timedelta(hours=hour)):
                writes(f"Слово {week} {hour}", sender=f"c{week}{hour}@volga.test")
    count_facts()
    recent.forget()


@pytest.mark.django_db(transaction=True)
def test_the_coming_week_lacks_what_its_roster_says_day_by_day(
    client: Client, writes: Write, head: User, anna: User, boris: User, line_one: Team
) -> None:
    """A letter an hour came on three Mondays: somebody is needed then, and nobody is planned."""
    assert now("staffing.gap", head).value is None, "of nothing that came nothing is known"
    assert now("staffing.gap", anna).value is None, "of the roster as leads plan it"
    mondays(writes)
    coming = today() + timedelta(days=7 - today().weekday())
    client.force_login(head)
    days = client.get(f"/board/roster/?line={line_one.pk}&week={coming}").context["needs"]
    short = sum(hour.short for day in days for hour in day.hours)
    found = now("staffing.gap", boris)
    assert short and found.value == short * 3600
    assert layer.by_side(ask("staffing.gap", head), "line")[str(line_one.pk)].value == short * 3600


@pytest.mark.django_db(transaction=True)
def test_what_the_week_lacks_is_known_at_once_and_a_new_shift_is_seen_at_once(
    writes: Write, head: User, anna: User, line_one: Team, kept_for_long: None
) -> None:
    """What came, and how long talks are, is kept for some minutes; who is planned is read at each look."""
    mondays(writes)

    def look() -> tuple[float, int]:
        with CaptureQueriesContext(connection) as asked:
            found = now("staffing.gap", head).value
        assert found is not None
        return found, len(asked)

    look()
    recent.forget()
    (short, first), (again, then) = look(), look()
    assert again == short > 0 and then == 2 < first, "lines and shifts"
    for number in range(3):
        Team.objects.create(name=f"Линия {number}", calendar=line_one.calendar)
    recent.forget()
    assert [look()[1] for _turn in range(2)] == [first, then], "three more lines cost no statement more"

    coming = today() + timedelta(days=7 - today().weekday())
    starts, ends = (midnight(coming) + timedelta(hours=hour) for hour in (0, 24))
    Shift.objects.create(person=anna, line=line_one, day=coming, starts_at=starts, ends_at=ends)
    assert look()[0] < short


def test_hours_of_calls_need_people_as_well(line_one: Team) -> None:
    """As many telephone lines as there are is a question of the page of staffing alone: the roster does not know."""
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    mondays_past = [monday - timedelta(days=7 * week) for week in range(1, 4)]
    calls = {line_one.pk: {day: [0] * 10 + [30] + [0] * 13 for day in mondays_past}}
    (day,) = needs(line_one, [monday], [], 4.0, [calls, {}, {}])
    assert day.is_known and (day.hours[10].need or 0) > 2 and day.hours[9].need == 0


@pytest.fixture
def called(ticket: Ticket, line_one: Team) -> None:
    """Twelve calls each day at ten by the clock of the line."""
    rest = (line_one.pk, None, "phone", None, None, None, ticket.contact_id, None)
    seen: dict[Seen, int] = {}
    for back in range(1, 29):
        day = today() - timedelta(days=back)
        at = datetime(day.year, day.month, day.day, 10, 15, tzinfo=zone_of(line_one))
        seen[Seen(Measure.WAIT.value, at, 5_000_000, 0, *rest)] = 12
    Reading.objects.replace({ticket.pk: Counter(seen)})
    recent.forget()


def test_a_line_with_a_telephone_lacks_people_in_the_hours_of_its_clock(
    client: Client, called: None, head: User, boris: User, line_one: Team
) -> None:
    """The same to a reader on the other side of the earth, whose day and hours are others."""
    whole = now("staffing.gap", head).value
    assert whole and now("staffing.gap", boris).value == whole
    monday = coming_monday()
    assert monday.weekday() == 0 and 0 < (monday - today()).days <= 7
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with timezone.override(zone):
            (day,) = needs(line_one, [monday], [], None, came_to([line_one]))
            assert [hour.hour for hour in day.hours if hour.need] == [10]
            assert now("staffing.gap", head).value == whole and coming_monday() == monday
    client.force_login(head)
    answer = client.get(f"/board/roster/?line={line_one.pk}&week={monday}")
    assert sum(hour.short for day in answer.context["needs"] for hour in day.hours) * 3600 == whole


def test_the_roster_opens_at_the_week_and_the_line_of_which_the_tile_tells(
    client: Client, called: None, head: User, line_one: Team
) -> None:
    board = Board.objects.make(by=head, name="Смены")
    board.add(metric="staffing.gap")
    board.add(metric="staffing.gap", team=line_one)
    client.force_login(head)
    said = client.get(f"/board/boards/{board.pk}/").content.decode()
    assert f'href="/board/roster/?week={coming_monday()}"' in said
    (address,) = re.findall(r'href="(/board/roster/\?week=[^"]+line=[^"]+)"', said)
    asked = client.get(address.replace("&amp;", "&")).context["asked"]
    assert (asked.monday, asked.line) == (coming_monday(), line_one)


@pytest.fixture
def wanted(head: User, line_one: Team) -> None:
    """The department wants 95 %, the first line 90 %."""
    first = Period.now(Span.MONTH).first
    for of, team, target in ((Of.DEPARTMENT, None, 0.95), (Of.LINE, line_one, 0.9)):
        one = Indicator(metric="sla.attainment", of=of, team=team, span=Span.MONTH, made_by=head)
        one.save()
        one.plans.create(number=1, starts_on=first, floor=0.5, target=target, weight=Decimal(100), fewest=5, by=head)


def test_a_tile_says_what_the_plan_wants_to_whom_the_plan_is_open(
    client: Client, wanted: None, head: User, boris: User, anna: User, line_one: Team
) -> None:
    board = Board.objects.make(by=head, name="Отдел", shared="everybody")
    board.add(metric="sla.attainment")
    board.add(metric="sla.attainment", team=line_one)
    board.add(metric="sla.attainment", side="channel", key="email")
    said = {}
    for user in (head, boris, anna):
        client.force_login(user)
        tiles = client.get(f"/board/boards/{board.pk}/").context["tiles"]
        said[user.login] = [one["target"].replace("\xa0", " ") for one in tiles]
    assert said["head"] == ["цель: 95,0 %", "цель: 90,0 %", ""], "a part of the figure has no plan"
    assert said["boris"] == ["", "цель: 90,0 %", ""], "the first tile is of his lines here, and no plan is of these"
    assert said["anna"] == ["", "", ""]


def test_what_adds_up_has_a_target_where_the_tile_shows_the_days_of_the_plan(client: Client, head: User) -> None:
    one = Indicator(metric="hanging_hours", of=Of.DEPARTMENT, team=None, span=Span.MONTH, made_by=head)
    one.save()
    first = Period.now(Span.MONTH).first
    one.plans.create(number=1, starts_on=first, floor=1, target=400, weight=Decimal(100), fewest=5, by=head)
    client.force_login(head)
    said = {}
    for span in ("28", "month", "last_month"):
        board = Board.objects.make(by=head, name=span, span=span)
        board.add(metric="hanging_hours")
        said[span] = [one["target"] for one in client.get(f"/board/boards/{board.pk}/").context["tiles"]]
    assert {span: bool(target) for span, (target,) in said.items()} == {"28": False, "month": True, "last_month": False}


def test_what_waits_leads_to_its_page_where_one_may_open_it(
    client: Client, appealed: Ticket, head: User, anna: User
) -> None:
    board = Board.objects.make(by=head, name="Ждёт", shared="everybody")
    board.add(metric="refusal.appeals")
    client.force_login(head)
    assert '<a href="/board/refusals/">1</a>' in client.get(f"/board/boards/{board.pk}/").content.decode()
    assert client.get("/board/refusals/").status_code == 200
    client.force_login(anna)
    assert 'href="/board/refusals/"' not in client.get(f"/board/boards/{board.pk}/").content.decode()


def test_targets_cost_the_same_however_many_tiles_there_are(
    client: Client, wanted: None, head: User, line_one: Team, kept_for_long: None
) -> None:
    board = Board.objects.make(by=head, name="Отдел")
    board.add(metric="sla.attainment")
    client.force_login(head)
    address, counts = f"/board/boards/{board.pk}/", []
    client.get(address)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(sum("indicators_plan" in one["sql"] for one in asked))
        board.add(metric="sla.attainment", team=line_one)
    assert counts == [2, 2]
