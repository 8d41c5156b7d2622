"""The roster on screens: who plans, who reads, what a day says, need beside plan; without a script."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core import recent
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import Absence, Membership, Role, Stint, Team, User
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.seen import Seen
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Excepted, Feed, Rules, Shift, ShiftTemplate, Swap, Week
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 3, 9, tzinfo=UTC)
"""A Wednesday at noon in Moscow."""
MONDAY = date(2026, 6, 8)
ROSTER = "/board/roster/"
DAY = Hours(time(9), time(18), ((time(13), time(14)),))


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


@pytest.fixture
def day(line: Team) -> ShiftTemplate:
    told = {"starts": time(9), "ends": time(18), "breaks": [["13:00", "14:00"]]}
    return ShiftTemplate.objects.create(line=line, name="День", short="Д", **told)


def week(line: Team, **more: Any) -> dict[str, Any]:
    return {"line": line.pk, "week": MONDAY.isoformat(), **more}


def get(user: User, address: str, status: int = 200, **asked: Any) -> str:
    browser = Browser()
    with clock.at(NOW):
        browser.force_login(user)
        answer = browser.get(address, asked)
    assert answer.status_code == status, address
    return re.sub("[\xa0\u202f]", " ", answer.content.decode())


def post(user: User, address: str, status: int = 302, **told: Any) -> str:
    browser = Browser()
    with clock.at(NOW):
        browser.force_login(user)
        answer = browser.post(address, told)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub("[\xa0\u202f]", " ", answer.content.decode())


def plan(who: User, line: Team, on: date = MONDAY, hours: Hours = DAY) -> Shift:
    with clock.at(NOW):
        return Shift.objects.plan(who, line, on, hours, by=who)


def published(line: Team, by: User) -> None:
    with clock.at(NOW):
        Week.objects.publish(line, MONDAY, by=by)


def test_a_lead_plans_publishes_and_people_read(line: Team, day: ShiftTemplate, anna: User, boris: User) -> None:
    assert "Эта неделя ещё не опубликована" in get(anna, ROSTER, **week(line))
    cell = week(line, person=anna.pk, day="2026-06-08")
    assert "День" in get(boris, f"{ROSTER}cell/", **cell)
    post(boris, f"{ROSTER}cell/", template=day.pk, **cell)
    post(boris, f"{ROSTER}cell/", template="own", starts="20:00", ends="08:00", breaks="0–1", **week(
        line, person=anna.pk, day="2026-06-09"))  # fmt: skip
    assert Shift.objects.get(day=MONDAY).template == day
    assert Shift.objects.get(day=date(2026, 6, 9)).night == 8 * 3600
    told = get(boris, ROSTER, **week(line))
    assert "20–8" in told and "черновик" in told and "9–18" in told
    assert "9–18" not in get(anna, ROSTER, **week(line))

    post(boris, f"{ROSTER}publish/", **week(line))
    assert Notice.objects.filter(person=anna, kind="shift").count() == 1
    told = get(anna, ROSTER, **week(line))
    assert "9–18" in told and "data-cell" not in told and "Опубликовать" not in told
    assert "08.06 09:00–18:00" in get(anna, "/my/shifts/")
    assert "больше не" not in told
    post(boris, f"{ROSTER}cell/", template="none", **cell)
    assert "снята" in Notice.objects.filter(person=anna).latest("id").text


def test_what_makes_no_sense_is_told_beside_the_field(line: Team, day: ShiftTemplate, anna: User, boris: User) -> None:
    cell = week(line, person=anna.pk, day="2026-06-08")
    told = post(boris, f"{ROSTER}cell/", 422, template="own", starts="09:00", ends="18:00", breaks="обед", **cell)
    assert "обед" in told and "err" in told and not Shift.objects.exists()
    told = post(boris, f"{ROSTER}cell/", 422, template="own", starts="09:00", ends="18:00", breaks="8–10", **cell)
    assert "Перерыв лежит внутри смены" in told
    past = week(line, person=anna.pk, day="2026-06-01")
    past["week"] = "2026-06-01"
    assert "Это время прошло" in post(boris, f"{ROSTER}cell/", 422, template=day.pk, **past)
    for bad in ({"person": "x"}, {"day": "вчера"}, {"template": "77"}):
        post(boris, f"{ROSTER}cell/", 404, **{"template": day.pk, **cell, **bad})
    assert "week=когда" in get(boris, ROSTER, line=line.pk, week="когда")


def test_only_who_leads_the_line_plans(
    line: Team, day: ShiftTemplate, anna: User, vera: User, quality: User, head: User
) -> None:
    cell = week(line, person=anna.pk, day="2026-06-08")
    for stranger in (anna, quality):
        for address in ("cell/", "publish/", "copy/"):
            post(stranger, ROSTER + address, 403, template=day.pk, **cell)
        get(stranger, f"{ROSTER}templates/", 403, **week(line))
        get(stranger, f"{ROSTER}templates/{day.pk}/", 403)
        get(stranger, f"{ROSTER}rules/", 403)
    post(vera, f"{ROSTER}cell/", 404, template=day.pk, **cell)
    get(vera, ROSTER, 404, **week(line))
    post(head, f"{ROSTER}cell/", template=day.pk, **cell)
    assert Shift.objects.count() == 1


def test_what_breaks_rules_is_shown_before_it_is_published(line: Team, anna: User, boris: User) -> None:
    plan(anna, line, MONDAY, Hours(time(9), time(22)))
    plan(anna, line, MONDAY + timedelta(days=1), DAY)
    told = get(boris, ROSTER, **week(line))
    assert "нет перерыва в смене" in told and "перед сменой только 11 ч отдыха" in told
    assert "2 замечания" in told and "за 30 дн." in told
    assert "Сначала посмотрите" in post(boris, f"{ROSTER}publish/", 422, **week(line))
    assert not Week.objects.exists()
    post(boris, f"{ROSTER}publish/", sure="on", **week(line))
    assert Week.objects.exists()


def test_absences_stand_in_the_grid_and_conflict(line: Team, anna: User, ilya: User, boris: User) -> None:
    with clock.at(NOW):
        for who in (anna, ilya):
            Absence.objects.declare(
                who, by=boris, since=datetime(2026, 6, 8, tzinfo=UTC), until=datetime(2026, 6, 9, tzinfo=UTC)
            )
    plan(anna, line)
    told = get(boris, ROSTER, **week(line))
    assert told.count('data-s="breach"') == 1 and "отсутствует до" in told
    assert "1 замечание" in told


def test_last_week_is_copied(line: Team, anna: User, boris: User) -> None:
    plan(anna, line, date(2026, 6, 4))
    post(boris, f"{ROSTER}copy/", **week(line))
    assert Shift.objects.filter(day=date(2026, 6, 11), person=anna).exists()
    assert Shift.objects.count() == 2


def test_templates_and_rules_are_settings(line: Team, day: ShiftTemplate, boris: User, head: User, admin: User) -> None:
    told: dict[str, Any] = {"name": "Ночь", "short": "Н", "starts": "20:00", "ends": "08:00", "breaks": "0–1"}
    post(boris, f"{ROSTER}templates/?line={line.pk}", line=line.pk, **told)
    night = ShiftTemplate.objects.get(short="Н")
    assert night.breaks == [["00:00", "01:00"]]
    assert "уже такие буквы" in post(boris, f"{ROSTER}templates/", 422, line=line.pk, **told)
    assert "внутри смены" in post(boris, f"{ROSTER}templates/{night.pk}/", 422, **told | {"breaks": "9–10"})
    post(boris, f"{ROSTER}templates/{day.pk}/retire/")
    assert "<b>Д</b>" not in get(boris, ROSTER, **week(line))
    rules: dict[str, Any] = {"week_hours": "36", "accounting": "3", "rest_hours": "11", "ahead_days": "14"}
    post(boris, f"{ROSTER}rules/", 403, **rules)
    post(head, f"{ROSTER}rules/", **rules)
    assert (Rules.objects.current().rest_hours, Rules.objects.current().accounting) == (11, 3)
    post(admin, f"{ROSTER}rules/", 422, **rules | {"week_hours": "0"})


def test_swaps_and_exceptions_go_their_way(line: Team, anna: User, ilya: User, boris: User, vera: User) -> None:
    shift = plan(anna, line)
    published(line, boris)
    assert "Илья Соколов" in get(anna, f"/my/shifts/{shift.pk}/swap/")
    get(ilya, f"/my/shifts/{shift.pk}/swap/", 404)
    post(anna, f"/my/shifts/{shift.pk}/swap/", taker=ilya.pk, words="врач")
    swap = Swap.objects.get()
    assert "просит вас взять" in get(ilya, "/my/shifts/")
    post(vera, f"/my/shifts/swaps/{swap.pk}/", 404, how="accept")
    post(ilya, f"/my/shifts/swaps/{swap.pk}/", 404, how="break")
    post(ilya, f"/my/shifts/swaps/{swap.pk}/", how="accept")
    get(anna, f"{ROSTER}requests/", 403)
    assert "Правил не нарушает" in get(boris, f"{ROSTER}requests/")
    post(boris, f"{ROSTER}swaps/{swap.pk}/", how="approve")
    assert Shift.objects.get().person == ilya and "Обменов на решение нет" in get(boris, f"{ROSTER}requests/")

    told: dict[str, Any] = {"shift": shift.pk, "starts": "09:00", "ends": "11:00", "reason": "учёба"}
    post(anna, "/my/shifts/exceptions/", 422, **told)
    post(ilya, "/my/shifts/exceptions/", **told)
    asked = Excepted.objects.get()
    assert asked.ends_at - asked.starts_at == timedelta(hours=2) and "учёба" in get(boris, f"{ROSTER}requests/")
    post(vera, f"{ROSTER}exceptions/{asked.pk}/", 404, how="approve")
    post(boris, f"{ROSTER}exceptions/{asked.pk}/", how="approve")
    assert Excepted.objects.approved().exists() and "утверждено" in get(ilya, "/my/shifts/")


def test_an_exception_ends_with_its_shift(line: Team, anna: User, boris: User) -> None:
    """14 to 13 is no exception of 23 hours."""
    shift = plan(anna, line)
    published(line, boris)
    told: dict[str, Any] = {"shift": shift.pk, "reason": "врач"}
    for starts, ends in (("14:00", "13:00"), ("14:00", "18:01")):
        page = post(anna, "/my/shifts/exceptions/", 422, starts=starts, ends=ends, **told)
        assert "Смена кончается в 18:00" in page
    assert not Excepted.objects.exists()
    post(anna, "/my/shifts/exceptions/", starts="14:00", ends="18:00", **told)
    assert Excepted.objects.get().ends_at == shift.ends_at


def test_an_exception_of_a_night_may_pass_midnight(line: Team, anna: User, boris: User) -> None:
    shift = plan(anna, line, hours=Hours(time(20), time(8)))
    published(line, boris)
    post(anna, "/my/shifts/exceptions/", shift=shift.pk, starts="23:00", ends="02:00", reason="врач")
    kept = Excepted.objects.get()
    assert kept.ends_at - kept.starts_at == timedelta(hours=3)


def test_who_has_left_the_line_can_be_taken_out_and_not_put(
    line: Team, day: ShiftTemplate, anna: User, boris: User
) -> None:
    plan(anna, line)
    Membership.objects.filter(user=anna).delete()  # as nobody who acts by the house can
    cell = week(line, person=anna.pk, day="2026-06-08")
    form = get(boris, f"{ROSTER}cell/", **cell)
    assert "только снять" in form and "Сохранить" in form and "Другие часы" not in form
    assert get(boris, ROSTER, **week(line)).count(f'data-person="{anna.pk}"') == 1
    post(boris, f"{ROSTER}cell/", 422, template=day.pk, **cell)
    post(boris, f"{ROSTER}cell/", template="none", **cell)
    assert not Shift.objects.exists()


def test_a_lead_reads_why_a_swap_cannot_be(line: Team, anna: User, ilya: User, boris: User) -> None:
    given = plan(anna, line)
    plan(ilya, line, hours=Hours(time(12), time(20), ((time(15), time(16)),)))
    later = plan(anna, line, date(2026, 6, 10))
    published(line, boris)
    with clock.at(NOW):
        Absence.objects.declare(ilya, by=boris, since=later.starts_at, until=later.ends_at)
        for one in (given, later):
            Swap.objects.ask(one, ilya, by=anna).accept(by=ilya)
    told = get(boris, f"{ROSTER}requests/")
    assert "в это время уже работает" in told and "08.06 12:00–20:00" in told and "отсутствует с" in told
    assert "Правил не нарушает" not in told and told.count("disabled data-why") == 1


def test_a_week_that_is_over_is_not_published(line: Team, anna: User, boris: User) -> None:
    with clock.at(NOW - timedelta(days=10)):
        Shift.objects.plan(anna, line, date(2026, 5, 26), DAY, by=boris)
    assert "Эта неделя прошла" in post(boris, f"{ROSTER}publish/", 422, line=line.pk, week="2026-05-25")


def test_a_calendar_program_reads_until_the_address_is_renewed(line: Team, anna: User, boris: User) -> None:
    plan(anna, line)
    published(line, boris)
    post(anna, "/my/shifts/address/")
    address = Feed.objects.get().address
    path = address.partition("desk.test")[2]
    assert address.startswith("https://desk.test/shifts/") and address in get(anna, "/my/shifts/")
    with clock.at(NOW):
        answer = Browser().get(path)
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
        assert b"DTSTART:20260608T060000Z" in answer.content and b"Set-Cookie" not in answer.serialize_headers()
    post(anna, "/my/shifts/address/")
    with clock.at(NOW):
        assert Browser().get(path).status_code == 404 and Browser().get("/shifts/x.ics").status_code == 404


def test_need_stands_beside_the_plan_in_words(line: Team, anna: User, boris: User, writes: Write) -> None:
    """Calls at ten each day: three people are needed there (W5), and one is planned."""
    ticket = writes()
    rest = (line.pk, None, "phone", None, None, None, ticket.contact_id, None)
    seen: dict[Seen, int] = {}
    for back in range(1, 29):
        at = datetime(2026, 6, 3, 7, tzinfo=UTC) - timedelta(days=back)
        seen[Seen(Measure.WAIT.value, at, 5_000_000, 0, *rest)] = 12
    Reading.objects.replace({ticket.pk: Counter(seen)})
    recent.forget()
    assert "мало истории" not in get(boris, ROSTER, **week(line))
    plan(anna, line)
    assert re.search(r"10–11: не хватает \d", get(boris, ROSTER, **week(line)))


def test_without_history_the_need_is_not_made_up(line: Team, anna: User, boris: User) -> None:
    plan(anna, line)
    told = get(boris, ROSTER, **week(line))
    assert told.count("мало истории, чтобы сказать") == 7 and "хватает</span>" not in told


def test_nobody_and_many(line: Team, boris: User, head: User, line_two: Team) -> None:
    assert "На этой линии пока никто не отвечает" in get(head, ROSTER, line=line_two.pk)
    for number in range(3):
        plan(person(f"p{number}", f"Сотрудник {number}", Role.AGENT, line), line)
    asked(boris, line)
    few = asked(boris, line)
    for number in range(3, 40):
        who = person(f"p{number}", f"Константинопольская-Преображенская {number}", Role.AGENT, line)
        plan(who, line)
    assert asked(boris, line) <= few, "forty people cost as many statements as three"
    told = get(boris, ROSTER, **week(line))
    assert told.count("data-cell ") == 41 * 7


def asked(user: User, line: Team) -> int:
    browser = Browser()
    with clock.at(NOW):
        browser.force_login(user)
        browser.get(ROSTER, week(line))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(ROSTER, week(line)).status_code == 200
    return len(queries)


def test_my_day_says_my_shift(line: Team, anna: User, ilya: User, boris: User) -> None:
    with clock.at(NOW - timedelta(days=2)):
        Shift.objects.plan(anna, line, date(2026, 6, 3), DAY, by=boris)
        Week.objects.publish(line, date(2026, 6, 1), by=boris)
    told = get(anna, "/my/")
    assert "Моя смена сегодня" in told and "9:00–18:00" in told and "перерыв 13:00–14:00" in told
    assert "Моя смена сегодня" not in get(ilya, "/my/")


def test_figures_of_the_roster_open_the_shifts_they_are_made_of(
    line: Team, anna: User, ilya: User, boris: User, quality: User
) -> None:
    plan(anna, line, hours=Hours(time(9), time(18)))
    plan(ilya, line)
    published(line, boris)
    Stint.objects.create(
        user=anna, state="ready", lines=[line.pk], since=NOW - timedelta(days=1), until=NOW - timedelta(hours=20)
    )
    asked = {"first": "2026-06-08", "last": "2026-06-09"}
    later = NOW + timedelta(days=10)

    def told(user: User, address: str) -> str:
        browser = Browser()
        with clock.at(later):
            browser.force_login(user)
            answer = browser.get(f"/board/metrics/{address}", asked)
        assert answer.status_code == 200, address
        return re.sub("[\xa0\u202f]", " ", answer.content.decode())

    for name in ("adherence", "conformance", "utilisation", "roster.violations", "hours.over", "hours.night"):
        assert "Как" in told(boris, f"{name}/")
        page = told(boris, f"{name}/requests/")
        assert name == "utilisation" or page.count("08.06 09:00–18:00") == 2, name
        own = told(anna, f"{name}/requests/")
        assert "Илья Соколов</b>" not in own and "Анна Белова</b>" not in told(quality, f"{name}/requests/")
    assert "1 в 2 сменах" in told(boris, "roster.violations/")
    assert "0 с из 8 ч" in told(boris, "adherence/requests/")
    form = told(boris, "register/")
    assert "Соблюдение графика" in form and "нужен раздел смен" not in form
