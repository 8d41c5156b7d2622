"""C3: everybody reads what is published, as it was measured and never rounded up; nobody what is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.sla.models import Kind, ServiceClass, Version
from otklik.desk.tickets.models import Priority
from otklik.front.portal import promise_page
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.published import closed_months, pasts
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
RU = {"Accept-Language": "ru"}
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def vip(line_one: Team, door: Channel) -> ServiceClass:
    """Promised since January, published."""
    made = ServiceClass.objects.create(
        name="VIP", promise="Отвечаем за час", rank=1, exclusions="Кроме <b>чужих</b> сетей"
    )
    with clock.at(NOW - timedelta(days=150)):
        in_force(made)
    made.publish(True)
    return made


def in_force(made: ServiceClass, at: datetime | None = None, **told: object) -> Version:
    version = Version.objects.begin(made, by=None)
    version.change(dict.fromkeys(Priority, (timedelta(hours=1), timedelta(hours=2), timedelta(hours=36))), **told)
    version.found, version.checked_at = {"colour": "green", "above_measured": False}, clock.now()
    version.save()
    version.put_in_force(by=None, at=at)
    return version


def fell_due(made: ServiceClass, line: Team, day: date, met: int, missed: int, kind: int = 0) -> None:
    for bucket, n in ((2 * kind + 1, met), (2 * kind, missed)):
        if n:
            Cell.objects.create(
                day=day, measure=Measure.COMMITMENT, team_id=line.pk, side="class", key=str(made.pk), bucket=bucket,
                n=n, total=0,
            )  # fmt: skip


def test_C3_the_share_is_never_rounded_up_and_equals_the_one_within(
    client: Client, vip: ServiceClass, line_one: Team
) -> None:
    """1 142 of 1 240 are 92.097 %: "92.0 %", with their number; 500 of another kind stand apart."""
    fell_due(vip, line_one, date(2026, 5, 31), 1142, 98)
    fell_due(vip, line_one, date(2025, 6, 1), 500, 0, kind=3)
    fell_due(vip, line_one, date(2026, 6, 1), 0, 77)
    fell_due(vip, line_one, date(2025, 5, 31), 0, 88)
    page = client.get("/sla/", headers=RU).content.decode()

    past = pasts([vip.pk])[vip.pk]
    assert past.of(3, Kind.FIRST) == (1142, 1240) == past.of(12, Kind.FIRST)
    assert past.of(3, Kind.RESOLUTION) == (0, 0) and past.of(12, Kind.RESOLUTION) == (500, 500)
    assert past.of(12, Kind.FIRST).share == 0.92 and "92,0\N{NO-BREAK SPACE}%" in page and "92,1" not in page
    scope = Scope(midnight(date(2025, 6, 1)), midnight(date(2026, 6, 1)))
    for name, kind in (("sla.attainment", None), ("sla.first", Kind.FIRST), ("sla.resolution", Kind.RESOLUTION)):
        within = layer.figure(Question(METRICS[name], scope, {"class": str(vip.pk)}))
        assert (within.good, within.n) == past.of(12, kind)


def test_months_without_data_are_shown_as_such(client: Client, vip: ServiceClass, line_one: Team) -> None:
    fell_due(vip, line_one, date(2026, 4, 10), 3, 1)
    page = client.get("/sla/", headers=RU).content.decode()

    assert closed_months()[0] == date(2026, 5, 1) and closed_months()[-1] == date(2025, 6, 1)
    assert [kept.n for _month, kept in pasts([vip.pk])[vip.pk].by_month()] == [0, 4, *[0] * 10]
    months = page.partition("<details")[2].partition("</details>")[0]
    assert months.count("нет данных") == 11 and "75,0\N{NO-BREAK SPACE}%" in months


def test_terms_are_told_in_plain_words_and_escaped(client: Client, vip: ServiceClass) -> None:
    answer = client.get("/sla/", headers=RU)
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "Отвечаем за час" in page and "Кроме &lt;b&gt;чужих" in page and "36 рабочих часов" in page
    assert "за 30 дней" in page and "80 рабочих часов" in page
    assert "X-Robots-Tag" not in answer.headers and "no-store" in answer["Cache-Control"]
    english = client.get("/sla/?lang=en", headers=RU).content.decode()
    assert "36 working hours" in english and 'lang="en"' in english


def test_nobody_learns_how_lines_are_called_nor_of_a_door_of_a_closed_one(
    client: Client, vip: ServiceClass, line_one: Team, line_two: Team
) -> None:
    """Lines with other hours: each week is said once."""
    other = BusinessCalendar.objects.create(name="Nights", time_zone="Asia/Omsk", is_default=False)
    Team.objects.filter(pk=line_two.pk).update(calendar=other, name="Должники")
    Channel.objects.create(kind="viber", name="Viber", address="x", team=line_two)
    page = client.get("/sla/", headers=RU).content.decode()
    assert "Asia/Omsk" in page and "Viber" in page and "Должники" not in page and line_one.name not in page

    Team.objects.filter(pk=line_two.pk).update(is_active=False)
    page = client.get("/sla/", headers=RU).content.decode()
    assert "Asia/Omsk" not in page and "Viber" not in page


def test_what_will_be_stands_there_before_it_holds(client: Client, vip: ServiceClass) -> None:
    in_force(vip, at=NOW + timedelta(days=31), share=80)
    page = client.get("/sla/", headers=RU).content.decode()

    assert "С 11 июля 2026" in page and "В 80 % случаев" in page and "В 90 % случаев" in page


def test_what_is_not_published_is_the_same_as_what_never_was(
    client: Client, vip: ServiceClass, boris: User, head: User
) -> None:
    vip.publish(False)
    missing = client.get("/sla/987654321/", headers=RU)
    for browser in (client, _of(boris)):
        answer = browser.get(f"/sla/{vip.pk}/", headers=RU)
        assert answer.status_code == missing.status_code == 404 and "VIP" not in answer.content.decode()
        assert answer["X-Robots-Tag"].startswith("noindex")
    assert "VIP" not in client.get("/sla/", headers=RU).content.decode()
    seen = _of(head).get(f"/sla/{vip.pk}/", headers=RU)
    assert seen.status_code == 200 and "VIP" in seen.content.decode() and seen["X-Robots-Tag"].startswith("noindex")
    assert "видите только вы" in seen.content.decode()
    vip.publish(True)
    vip.withdraw()
    with clock.at(NOW + timedelta(minutes=1)):
        assert client.get(f"/sla/{vip.pk}/", headers=RU).status_code == 404, "nobody is promised it any more"
        assert "Пока мы не публикуем" in client.get("/sla/", headers=RU).content.decode()


@pytest.mark.usefixtures("kept_for_long")
def test_many_classes_cost_as_much_as_one(client: Client, vip: ServiceClass) -> None:
    client.get("/sla/")
    with CaptureQueriesContext(connection) as few:
        client.get("/sla/")
    for rank in range(2, 6):
        made = ServiceClass.objects.create(name=f"Класс {rank}", rank=rank)
        in_force(made)
        made.publish(True)
    with CaptureQueriesContext(connection) as many:
        client.get("/sla/")
    assert len(many) == len(few)


def test_whoever_looks_too_often_waits(client: Client, vip: ServiceClass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promise_page, "LOOKS", replace(promise_page.LOOKS, free=1))
    assert [client.get("/sla/").status_code for _look in range(2)] == [200, 429]


def _of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser
