"""Programs plan the roster as leads do, and people swap and ask by theirs."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Team, User
from otklik.front.api.tests.conftest import ALL, Ask
from otklik.team.shifts.models import Excepted, Shift, ShiftTemplate, Swap, Week
from otklik.team.shifts.models.week import monday_of

pytestmark = pytest.mark.django_db
HOURS = {"starts": "09:00", "ends": "18:00", "breaks": [{"starts": "13:00", "ends": "14:00"}]}


@pytest.fixture
def monday() -> date:
    return monday_of(clock.today() + timedelta(days=21))


@pytest.fixture
def home(line_one: Team) -> str:
    return f"roster/lines/{line_one.pk}"


def test_a_week_is_planned_copied_published_and_changed(
    ask: Ask, home: str, line_one: Team, anna: User, boris: User, monday: date
) -> None:
    hours = {"starts": time(8), "ends": time(17), "breaks": [["12:00", "13:00"]]}
    template = ShiftTemplate.objects.create(line=line_one, name="День", short="Д", **hours)
    (known,) = ask("get", f"{home}/templates", anna).json()
    assert (known["id"], known["short"], known["starts"]) == (template.pk, "Д", "08:00:00")
    assert known["breaks"] == [{"starts": "12:00:00", "ends": "13:00:00"}]

    made, again = (ask("put", f"{home}/days/{monday}/anna", boris, HOURS, key="k") for _ in range(2))
    assert made.status_code == 200 and made.content == again.content, made.json()
    assert (made.json()["template"], len(made.json()["breaks"]), made.json()["published_at"]) == (None, 1, None)
    changed = ask("put", f"{home}/days/{monday}/Anna", boris, {"template": template.pk}).json()
    assert (changed["id"], changed["template"]) == (made.json()["id"], "Д") and Shift.objects.count() == 1

    following = monday + timedelta(days=7)
    assert ask("post", f"{home}/weeks/{following}/copy", boris).json() == {"put": 1, "left": 0}
    assert ask("get", f"{home}/weeks/{monday}", boris).json()["published_at"] is None
    told = ask("post", f"{home}/weeks/{monday + timedelta(days=3)}/publish", boris, {})
    assert told.status_code == 200 and told.json()["monday"] == str(monday), "any day of it"
    assert told.json()["published_by"]["login"] == "boris" and told.json()["faults"] == []
    assert ask("post", f"{home}/weeks/{monday}/publish", boris, {}).status_code == 409, "it is published"
    assert len(ask("get", f"roster/shifts?since={monday}", anna).json()) == 1

    gone = ask("post", f"roster/shifts/{made.json()['id']}/remove", boris)
    assert gone.json()["day"] == str(monday) and Shift.objects.get().day == following


def test_what_breaks_rules_has_to_be_meant(
    ask: Ask, home: str, anna: User, boris: User, monday: date, line_one: Team
) -> None:
    late, early = {"starts": "14:00", "ends": "23:00"}, {"starts": "06:00", "ends": "12:00"}
    ask("put", f"{home}/days/{monday}/anna", boris, late)
    ask("put", f"{home}/days/{monday + timedelta(days=1)}/anna", boris, early)
    start = datetime.fromisoformat(f"{monday}T00:00:00+00:00")
    Absence.objects.create(user=anna, declared_by=anna, since=start, until=start + timedelta(hours=20))

    faults = ask("get", f"{home}/weeks/{monday}", boris).json()["faults"]
    codes = {(one["day"], one["code"]) for one in faults}
    assert (str(monday), "AWAY") in codes and len(codes) > 1, "too little rest between them"
    assert {one["person"]["login"] for one in faults} == {"anna"}
    refused = ask("post", f"{home}/weeks/{monday}/publish", boris, {})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:otklik:problem:faults")
    assert not Week.objects.exists()
    assert ask("post", f"{home}/weeks/{monday}/publish", boris, {"sure": True}).json()["faults"] == faults


def test_what_cannot_be_planned(ask: Ask, home: str, anna: User, vera: User, boris: User, monday: date) -> None:
    day = f"{home}/days/{monday}/anna"
    outside = {"starts": "09:00", "ends": "12:00", "breaks": [{"starts": "20:00", "ends": "21:00"}]}
    for body, field in (
        ({}, "template"),
        ({"starts": "09:00"}, "template"),
        ({"template": 987654}, "template"),
        ({**HOURS, "template": 1}, "template"),
        (outside, "breaks"),
    ):
        refused = ask("put", day, boris, body)
        assert (refused.status_code, refused.json()["field"]) == (422, field), body
    assert ask("put", day, boris, {"starts": "09:00+03:00", "ends": "12:00"}).status_code == 422
    for wrong in ("0001-01-01", "9999-12-31"):
        assert ask("put", f"{home}/days/{wrong}/anna", boris, HOURS).json()["field"] == "day", wrong
        for act in ("", "/publish", "/copy"):
            method = "post" if act else "get"
            sent: dict[str, Any] | None = {} if act else None
            assert ask(method, f"{home}/weeks/{wrong}{act}", boris, sent).status_code == 422, wrong
    assert ask("put", f"{home}/days/x/anna", boris, HOURS).status_code == 422
    yesterday = clock.today() - timedelta(days=2)
    assert ask("put", f"{home}/days/{yesterday}/anna", boris, HOURS).status_code == 409
    assert ask("put", f"{home}/days/{monday}/vera", boris, HOURS).status_code == 409, "of another line"
    assert ask("put", f"{home}/days/{monday}/nobody", boris, HOURS).status_code == 404
    assert not Shift.objects.exists()


def test_ACCESS_1_who_leads_another_line_plans_nothing_here(
    ask: Ask, home: str, anna: User, vera: User, boris: User, head: User, monday: date
) -> None:
    made = ask("put", f"{home}/days/{monday}/anna", boris, HOURS).json()["id"]
    acts: list[tuple[str, str, Any]] = [
        ("put", f"{home}/days/{monday}/anna", HOURS),
        ("get", f"{home}/weeks/{monday}", None),
        ("post", f"{home}/weeks/{monday}/publish", {}),
        ("post", f"{home}/weeks/{monday}/copy", None),
    ]
    for method, path, body in acts:
        assert ask(method, path, vera, body).status_code == 404, path
        assert ask(method, path, anna, body).status_code == 403, path
    remove = f"roster/shifts/{made}/remove"
    assert [ask("post", remove, user).status_code for user in (vera, anna)] == [404, 404], "a plan is nobody's yet"
    Week.objects.publish(Team.objects.get(name="Первая линия"), monday, by=boris)
    assert [ask("post", remove, user).status_code for user in (vera, anna)] == [404, 403]
    narrow = tuple(scope for scope in ALL if scope != "roster:write")
    assert ask("post", remove, boris, scopes=narrow).status_code == 403
    assert ask("post", remove, head).status_code == 200


@pytest.fixture
def shifts(ask: Ask, home: str, line_one: Team, anna: User, ilya: User, boris: User, monday: date) -> dict[str, int]:
    """One of Anna and one of Ilya, known to them."""
    told = {}
    for place, who in enumerate(("anna", "ilya")):
        day = monday + timedelta(days=place)
        told[who] = ask("put", f"{home}/days/{day}/{who}", boris, HOURS).json()["id"]
    Week.objects.publish(line_one, monday, by=boris)
    return told


def test_a_shift_changes_hands(
    ask: Ask, shifts: dict[str, int], anna: User, ilya: User, boris: User, vera: User
) -> None:
    body = {"shift_id": shifts["anna"], "taker": "Ilya", "back_id": shifts["ilya"], "words": "К врачу"}
    made, again = (ask("post", "roster/swaps", anna, body, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content, made.json()
    told = made.json()
    assert (told["state"], told["shift"]["id"], told["back"]["id"]) == ("asked", shifts["anna"], shifts["ilya"])
    assert [one["id"] for one in ask("get", "roster/swaps", ilya).json()] == [told["id"]]
    assert ask("get", "roster/swaps", boris).json() == ask("get", "roster/swaps", vera).json() == []

    turn = f"roster/swaps/{told['id']}/state"
    assert ask("post", turn, vera, {"state": "approved"}).status_code == 404, "ACCESS-1"
    assert ask("post", turn, boris, {"state": "approved"}).status_code == 404, "it waits for the colleague"
    assert ask("post", turn, anna, {"state": "accepted"}).status_code == 409
    assert ask("post", turn, ilya, {"state": "accepted"}).json()["state"] == "accepted"
    assert [one["id"] for one in ask("get", "roster/swaps", boris).json()] == [told["id"]]
    assert ask("post", turn, boris, {"state": "approved"}).json()["decided_at"]
    assert Shift.objects.get(pk=shifts["anna"]).person == ilya and Shift.objects.get(pk=shifts["ilya"]).person == anna
    assert ask("post", turn, anna, {"state": "withdrawn"}).status_code == 409


def test_what_is_no_swap(ask: Ask, shifts: dict[str, int], anna: User, vera: User) -> None:
    body = {"shift_id": shifts["anna"], "taker": "ilya"}
    for change, field in (
        ({"shift_id": shifts["ilya"]}, "shift_id"),
        ({"taker": "vera"}, "taker"),
        ({"taker": "anna"}, "taker"),
        ({"back_id": 987654}, "back_id"),
    ):
        refused = ask("post", "roster/swaps", anna, body | change)
        assert (refused.status_code, refused.json()["field"]) == (422, field), change
    assert ask("post", "roster/swaps", vera, body).status_code == 422 and not Swap.objects.exists()


def test_an_exception_is_asked_for_and_decided_by_who_leads(
    ask: Ask, shifts: dict[str, int], anna: User, ilya: User, boris: User, vera: User
) -> None:
    shift = Shift.objects.get(pk=shifts["anna"])
    body = {"starts_at": shift.starts_at.isoformat(), "ends_at": shift.ends_at.isoformat(), "reason": "Обучение"}
    made = ask("post", "roster/exceptions", anna, body)
    assert made.status_code == 201 and made.json()["state"] == "asked", made.json()
    turn = f"roster/exceptions/{made.json()['id']}/state"
    for user in (anna, ilya, vera):
        assert ask("post", turn, user, {"state": "approved"}).status_code == 404
    assert [one["id"] for one in ask("get", "roster/exceptions", boris).json()] == [made.json()["id"]]
    assert ask("post", turn, boris, {"state": "refused"}).json()["state"] == "refused"
    assert ask("post", turn, boris, {"state": "approved"}).status_code == 409
    by_lead = ask("post", "roster/exceptions", boris, body | {"login": "anna"}).json()
    assert (by_lead["state"], by_lead["person"]["login"]) == ("approved", "anna")
    assert ask("post", "roster/exceptions", ilya, body | {"login": "anna"}).status_code == 409

    turned = {"starts_at": body["ends_at"], "ends_at": body["starts_at"]}
    for change, field in ((turned, "ends_at"), ({"ends_at": "9999-01-01T00:00:00Z"}, "starts_at")):
        assert ask("post", "roster/exceptions", anna, body | change).json()["field"] == field, change
    assert Excepted.objects.count() == 2


def test_a_large_week_costs_what_a_small_one_does(
    ask: Ask, home: str, anna: User, ilya: User, boris: User, monday: date, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 5):
        for who in ("anna", "ilya")[: 1 + count // 5]:
            for day in range(count):
                ask("put", f"{home}/days/{monday + timedelta(days=day)}/{who}", boris, HOURS)
        with django_assert_max_num_queries(14):
            assert ask("get", f"{home}/weeks/{monday}", boris).status_code == 200


def test_many_swaps_exceptions_and_templates_cost_what_one_does(
    ask: Ask, home: str, line_one: Team, anna: User, ilya: User, boris: User, monday: date, kept_for_long: None
) -> None:
    breaks = [["12:00", "13:00"]]

    def asked(path: str, user: User) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as told:
            return len(ask("get", path, user).json()), len(told)

    costs: list[list[tuple[int, int]]] = []
    for week in range(3):
        hours = {"starts": time(8 + week), "ends": time(17), "breaks": breaks}
        template = ShiftTemplate.objects.create(line=line_one, name=f"День {week}", short=f"Д{week}", **hours)
        first = monday + timedelta(days=7 * week)
        theirs = [
            Shift.objects.plan(who, line_one, first + timedelta(days=day), template.hours, by=boris, template=template)
            for day, who in enumerate((anna, ilya))
        ]
        Week.objects.publish(line_one, first, by=boris)
        swap = Swap.objects.ask(Shift.objects.get(pk=theirs[0].pk), ilya, by=anna, back=theirs[1])
        swap.accept(by=ilya)
        Excepted.objects.ask(anna, theirs[0].starts_at, theirs[0].starts_at + timedelta(hours=1), "training", by=anna)
        places = (("roster/swaps", boris), ("roster/exceptions", boris), (f"{home}/templates", anna))
        costs.append([asked(path, user) for path, user in places])
    assert [count for count, _statements in costs[0]] == [1, 1, 1], costs
    assert [count for count, _statements in costs[2]] == [3, 3, 3], costs
    assert [told for _count, told in costs[1]] == [told for _count, told in costs[2]], costs


def test_a_login_that_cannot_be_kept_is_nobody(ask: Ask, home: str, boris: User, monday: date) -> None:
    """The character that no database keeps, in a path: there is nothing of that name, and nothing breaks."""
    refused = ask("put", f"{home}/days/{monday}/an%00na", boris, HOURS)
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    assert ask("get", "people/of/an%00na", boris).status_code == 404
    assert ask("get", "metrics/f%00rt?since=2026-06-01&until=2026-06-02", boris).status_code == 404
    assert not Shift.objects.exists()
