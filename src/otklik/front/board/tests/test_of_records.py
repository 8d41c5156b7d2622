"""Complaints and incidents where figures are chosen: in an alert, in a plan, and in what a month froze."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import File, file
from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.team.alerts.models import Alert
from otklik.team.indicators.models import Close, Frozen, Indicator, Of
from otklik.team.indicators.tests.conftest import IN_JUNE, IN_MAY, MAY, planned
from tests.fixtures.cast import person

__all__ = ["file"]
pytestmark = pytest.mark.django_db(transaction=True)
OTHERS = "то, о чём могут знать только другие"


def client_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def watching(**instead: Any) -> dict[str, Any]:
    asked = {"name": "Жалобы", "metric": "complaint.ack", "team": "", "only": "", "kind": "threshold", "way": "below"}
    return {**asked, "bound": "80", "days": "28", "weeks": "8", "fewest": "5", "whom": "owner", **instead}


def planning(**instead: Any) -> dict[str, Any]:
    asked = {"metric": "complaint.ack", "span": "month", "floor": "50", "target": "90", "weight": "30", "stretch": ""}
    return {**asked, "owner": "department", "starts_on": "2026-05-01", "fewest": "5", **instead}


def test_an_alert_on_complaints_is_begun_from_their_page(head: User, quality: User) -> None:
    shown = page(head, "/board/metrics/complaint.ack/")
    assert "/board/alerts/new/?metric=complaint.ack" in shown

    made = client_of(head).post("/board/alerts/new/", watching())
    one = Alert.objects.get()
    assert made["Location"] == f"/board/alerts/{one.pk}/" and (one.bound, one.days) == (0.8, 28)
    assert "больше никому не сообщается" in page(head, made["Location"])
    assert client_of(quality).get(made["Location"]).status_code == 404
    assert "Жалобы подтвер" not in page(quality, "/board/alerts/")


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ({"only": "channel:paper"}, "выберите линию целиком"),
        ({"whom": "leads"}, "сообщается только вам"),
        ({"metric": "inc.mttr", "team": "line"}, "Аварии не принадлежат линиям"),
        ({"days": "0"}, "выберите"),
    ],
)
def test_what_cannot_be_watched_says_why(
    head: User, door: object, line_one: Team, instead: dict[str, str], said: str
) -> None:
    instead = {name: str(line_one.pk) if value == "line" else value for name, value in instead.items()}
    answer = client_of(head).post("/board/alerts/new/", watching(**instead))

    assert answer.status_code == 422 and said in answer.content.decode() and not Alert.objects.exists()


def test_what_is_planned_has_a_period_and_somebody_whose_it_is(head: User, anna: User, line_one: Team) -> None:
    with clock.at(IN_MAY):
        form = page(head, "/board/indicators/new/")
        for metric in ("complaint.ack", "inc.mttr", "qa.score", "kb.link_rate"):
            assert f'value="{metric}"' in form
        assert 'value="backlog"' not in form and 'value="complaint.rate"' not in form
        own = {"owner": f"person:{anna.pk}", "of": "own"}
        for asked, said in (
            (own, "По отдельным людям"),
            ({"owner": f"line:{line_one.pk}", "metric": "inc.mttr", "floor": "600", "target": "60"}, "Аварии не"),
        ):
            answer = client_of(head).post("/board/indicators/new/", planning(**asked))
            assert answer.status_code == 422 and said in answer.content.decode()
        assert not Indicator.objects.exists()
        assert client_of(head).post("/board/indicators/new/", planning()).status_code == 302
    assert Indicator.objects.get().of == Of.DEPARTMENT


def test_what_a_figure_was_made_of_is_shown_to_whom_it_concerns(
    file: File, head: User, boris: User, anna: User, line_one: Team, line_two: Team
) -> None:
    """Two complaints of May: a lead of another line, who sees the figure, is not told which they were."""
    with clock.at(IN_MAY):
        one, other = file(stated="Не ответили"), file(stated="Не позвонили")
        file(against=anna, stated="Нагрубила")
    for moment, each in enumerate((one, other)):
        with clock.at(IN_MAY + timedelta(hours=1 + moment)):
            each.acknowledge(by=boris, how="Позвонили")
    lead = person("roman", "Роман", Role.LEAD, line_two)
    floor = {"floor": 0.5, "target": 0.9, "weight": 100, "fewest": 1}
    plan = planned(head, "complaint.ack", of=Of.DEPARTMENT, **floor).plans.get()
    behind = f"/board/indicators/plans/{plan.pk}/requests/?month=2026-05"

    with clock.at(IN_JUNE):
        shown = page(head, behind)
        assert "Из чего: 2" in shown and f"/complaints/{one.pk}/" in shown and f"/complaints/{other.pk}/" in shown
        hidden = page(lead, behind)
        assert hidden.count(OTHERS) == 2 and "/complaints/" not in hidden.partition("<h1>")[2].partition("</table>")[0]

        Close.objects.close(MAY, by=head)
        frozen = f"/board/indicators/frozen/{Frozen.objects.get().pk}/"
        assert f"/complaints/{one.pk}/" in page(head, frozen)
        Complaint.objects.filter(pk=other.pk).update(ack_due=IN_JUNE)
        moved = page(head, frozen)
    assert moved.count("больше не") == 1 and "2 из 2" in moved


def test_a_plan_of_a_net_score_above_80_is_asked_about_again(head: User) -> None:
    with clock.at(IN_MAY):
        asked = planning(metric="nps", floor="20", target="90")
        again = client_of(head).post("/board/indicators/new/", asked)
        assert again.status_code == 422 and 'name="sure"' in again.content.decode()
        assert client_of(head).post("/board/indicators/new/", {**asked, "sure": "on"}).status_code == 302
