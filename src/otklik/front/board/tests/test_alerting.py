"""The pages of alerts: defined in plain words, tried on the past, seen by whose they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.team.alerts.looking import look_at_all
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.tests.conftest import WEDNESDAY, Day, alert, day, morning
from otklik.team.metrics.measure import Measure
from tests.fixtures.facts import count_facts

__all__ = ["day"]
pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def told(**instead: Any) -> dict[str, Any]:
    asked = {"name": "Медленно", "metric": "frt", "team": "", "only": "", "kind": "threshold", "way": "above"}
    return {**asked, "bound": "30", "days": "1", "weeks": "8", "fewest": "5", "whom": "owner", **instead}


def test_a_head_defines_one_and_sees_its_state(head: User, door: Channel) -> None:
    browser = client_of(head)
    assert "Пока ни за чем не следим" in browser.get("/board/alerts/").content.decode()
    made = browser.post("/board/alerts/new/", told())
    watched = Alert.objects.get()

    assert made["Location"] == f"/board/alerts/{watched.pk}/"
    assert (watched.bound, watched.owner, watched.team) == (1800.0, head, None)
    assert "выше 30 мин, за последний день" in browser.get(made["Location"]).content.decode().replace("\xa0", " ")
    assert "тихо" in browser.get("/board/alerts/").content.decode()

    browser.post(f"{made['Location']}change/", told(bound="45", only="channel:paper"))
    watched.refresh_from_db()
    assert (watched.bound, watched.side, watched.key) == (2700.0, "channel", "paper")


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ({"bound": ""}, "за какой цифрой"),
        ({"bound": "x"}, "aria-invalid"),
        ({"bound": "-1"}, "не бывает ниже нуля"),
        ({"metric": "sla.first", "bound": "101"}, "не бывает больше 100"),
        ({"metric": "past.arrivals"}, "aria-invalid"),
        ({"way": "either"}, "в одну сторону"),
        ({"days": "0"}, "Эта цифра за дни"),
        ({"fewest": "4"}, "aria-invalid"),
        ({"name": ""}, "aria-invalid"),
        ({"kind": "anomaly", "weeks": "3"}, "aria-invalid"),
        ({"kind": "anomaly", "weeks": ""}, "со сколькими неделями"),
        ({"kind": "anomaly", "metric": "backlog"}, "нет дней недели"),
        ({"whom": "chosen"}, "хотя бы одного"),
        ({"only": "channel:telepathy"}, "aria-invalid"),
    ],
)
def test_bad_input_says_what_to_do_and_keeps_the_rest(
    head: User, line_one: Team, instead: dict[str, str], said: str
) -> None:
    answer = client_of(head).post("/board/alerts/new/", told(**{"name": "Долго ждут", **instead}))
    page = answer.content.decode()

    assert answer.status_code == 422 and said in page and 'class="err"' in page
    assert "Долго ждут" in page or not instead.get("name", "x")
    assert not Alert.objects.exists()


def test_what_the_kind_does_not_ask_for_is_no_mistake(head: User) -> None:
    browser = client_of(head)
    odd = told(metric="arrivals", kind="anomaly", bound="x", days="", way="either")
    assert browser.post("/board/alerts/new/", odd).status_code == 302
    assert browser.post("/board/alerts/new/", told(metric="backlog", weeks="x")).status_code == 302
    assert set(Alert.objects.values_list("metric", "days", "bound")) == {("arrivals", 1, None), ("backlog", 0, 30.0)}


def test_chosen_people_are_those_who_may_look(
    head: User, boris: User, quality: User, line_one: Team, line_two: Team
) -> None:
    browser, chosen = client_of(head), {"whom": "chosen", "people": [boris.pk, quality.pk]}
    refused = browser.post("/board/alerts/new/", told(team=line_two.pk, **chosen))
    assert refused.status_code == 422 and f"На эти цифры не смотрят: {boris.name}." in refused.content.decode()
    browser.post("/board/alerts/new/", told(team=line_one.pk, **chosen))
    assert set(Alert.objects.get().people.all()) == {boris, quality}


def test_tried_on_the_past_before_it_is_saved(head: User, day: Day) -> None:
    day(WEDNESDAY - 9 * DAY, 6, Measure.FIRST, minutes=42)
    day(WEDNESDAY - 3 * DAY, 6, Measure.FIRST, minutes=12)
    day(WEDNESDAY, 6, Measure.FIRST, minutes=31)
    with clock.at(morning(WEDNESDAY + DAY)):
        page = client_of(head).post("/board/alerts/new/", told(**{"try": "1"})).content.decode()
        calm = client_of(head).post("/board/alerts/new/", told(bound="90", **{"try": "1"})).content.decode()
        none = client_of(head).post("/board/alerts/new/", told(metric="nrt", **{"try": "1"})).content.decode()
        now = client_of(head).post("/board/alerts/new/", told(metric="backlog.late", **{"try": "1"})).content.decode()

    assert "прозвучал бы 2 раза" in page and page.count('class="mark"') == 2 and '<details class="twin">' in page
    assert 'value="Медленно"' in page and not Alert.objects.exists()
    assert "не прозвучал бы ни разу" in calm
    assert "мало данных" in none and "прошлое не хранится" in now


def test_the_history_leads_to_the_figure_and_its_requests(head: User, line_one: Team, day: Day) -> None:
    watched = alert(head, "frt", bound=1800.0, team=line_one, side="channel", key="email")
    day(WEDNESDAY, 6, Measure.FIRST, minutes=42)
    with clock.at(morning(WEDNESDAY + DAY)):
        assert look_at_all() == 1
        browser = client_of(head)
        page = browser.get(f"/board/alerts/{watched.pk}/").content.decode()
    of_day = f"first={WEDNESDAY}&amp;last={WEDNESDAY}&amp;team={line_one.pk}"

    assert f"/board/metrics/frt/?{of_day}&amp;by=channel" in page
    behind = f"/board/metrics/frt/requests/?{of_day}&amp;channel=email"
    assert behind in page and "Из чего: 6" in browser.get(behind.replace("&amp;", "&")).content.decode()
    Ringing.objects.update(definition="another")
    assert "по прежнему определению" in browser.get(f"/board/alerts/{watched.pk}/").content.decode()


def test_the_history_goes_on_where_the_page_ended(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.front.board.alerting.views.PAGE", 2)
    watched, browser = alert(head, "frt", bound=1.0), client_of(head)
    for number in range(3):
        at = morning(WEDNESDAY + number * DAY)
        Ringing.objects.create(alert=watched, began=at, ended=at, value=60.0 * number, n=1, hi=1.0)
    first = browser.get(f"/board/alerts/{watched.pk}/").content.decode()
    assert "2 мин" in first.replace("\xa0", " ") and "before=" in first
    further = first.partition("?before=")[2].partition('"')[0]
    second = browser.get(f"/board/alerts/{watched.pk}/?before={further}").content.decode()
    assert "before=" not in second and second.count('data-l="Границы"') == 1


def test_paused_resumed_and_taken_away(head: User) -> None:
    watched, browser = alert(head, "frt", bound=1800.0), client_of(head)
    address = f"/board/alerts/{watched.pk}/"
    browser.post(f"{address}pause/")
    assert "на паузе" in browser.get("/board/alerts/").content.decode()
    browser.post(f"{address}resume/")
    browser.post(f"{address}retire/")
    assert browser.get(address).status_code == 404
    kinds = list(Entry.objects.filter(about="alert").order_by("id").values_list("kind", flat=True))
    assert kinds == [f"alerts.Alert{what}" for what in ("Made", "Paused", "Resumed", "Retired")]


def test_the_notice_leads_to_the_alert(head: User, day: Day) -> None:
    watched = alert(head, "arrivals", bound=1.0)
    day(WEDNESDAY, 6)
    with clock.at(morning(WEDNESDAY + DAY)):
        look_at_all()
    notice = Notice.objects.get(about="alert")
    assert client_of(head).get(f"/notices/{notice.pk}/go/")["Location"] == f"/board/alerts/{watched.pk}/"


def test_ACCESS_leads_have_those_of_their_lines_and_agents_none(
    head: User, boris: User, anna: User, quality: User, line_one: Team, line_two: Team
) -> None:
    own, other = (alert(head, "frt", name=team.name, bound=1.0, team=team) for team in (line_one, line_two))
    whole = alert(head, "frt", name="Весь отдел", bound=1.0)
    lead, looks = client_of(boris), client_of(quality)

    listed = lead.get("/board/alerts/").content.decode()
    assert own.name in listed and other.name not in listed and whole.name not in listed
    for foreign in (other, whole):
        assert lead.get(f"/board/alerts/{foreign.pk}/").status_code == 404
        assert lead.post(f"/board/alerts/{foreign.pk}/pause/").status_code == 404
    assert lead.post(f"/board/alerts/{own.pk}/pause/").status_code == 302
    assert lead.post("/board/alerts/new/", told()).status_code == 422, "a line of one's own"
    assert lead.post("/board/alerts/new/", told(team=line_two.pk)).status_code == 422

    assert looks.get(f"/board/alerts/{whole.pk}/").status_code == 200
    assert looks.post(f"/board/alerts/{whole.pk}/retire/").status_code == 403
    assert looks.get(f"/board/alerts/{whole.pk}/change/").status_code == 403
    assert looks.post("/board/alerts/new/", told()).status_code == 302
    for path in ("", "new/", f"{own.pk}/", f"{own.pk}/change/"):
        assert client_of(anna).get(f"/board/alerts/{path}").status_code == 403
    for act in ("pause", "resume", "retire"):
        assert client_of(anna).post(f"/board/alerts/{own.pk}/{act}/").status_code == 403
        assert Browser().post(f"/board/alerts/{own.pk}/{act}/").status_code == 302


def test_a_list_of_many_asks_as_often_as_one_of_few(head: User, line_one: Team) -> None:
    browser, counted = client_of(head), []
    for many in (1, 5):
        for number in range(many):
            alert(head, "frt", name=f"{many}-{number}", bound=1.0, team=line_one, side="agent", key=str(head.pk))
        browser.get("/board/alerts/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/board/alerts/")
        counted.append(len(asked))
    assert counted[0] == counted[1], counted


def test_hostile_names_are_escaped(head: User, day: Day) -> None:
    watched = alert(head, "frt", name="<script>x</script>", bound=1.0)
    day(WEDNESDAY, 6, Measure.FIRST, minutes=42)
    count_facts()
    page = client_of(head).get(f"/board/alerts/{watched.pk}/").content.decode()
    assert "<script>x" not in page and "&lt;script&gt;x" in page


def test_an_alert_on_somebody_who_left_is_changed_without_choosing_anew(head: User, anna: User, quality: User) -> None:
    watched = alert(quality, "frt", bound=1800.0, side="agent", key=str(anna.pk))
    anna.is_active = False
    anna.save(update_fields=["is_active"])
    browser, address = client_of(head), f"/board/alerts/{watched.pk}/change/"

    shown = browser.get(address).content.decode()
    assert f'value="agent:{anna.pk}" selected' in shown
    assert quality.name in shown, "the owner is named to somebody else"
    browser.post(address, told(name="Медленнее", only=f"agent:{anna.pk}"))
    watched.refresh_from_db()
    assert (watched.name, watched.key) == ("Медленнее", str(anna.pk))
