"""Acts on many tickets by programs."""

from datetime import timedelta

import pytest

from otklik.care.incidents.models import Incident
from otklik.care.problems.models import Problem
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Team, User
from otklik.desk.automation.models import Macro
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.models import Batch, Sweep, Ticket, Topic, Watch
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(writes: Write) -> list[int]:
    return [writes(f"Дело {number}", subject=f"Дело {number}").pk for number in range(3)]


def test_given_with_reasons_and_taken_back(
    ask: Ask, boris: User, ilya: User, vera: User, three: list[int], line_two: Team
) -> None:
    Ticket.objects.filter(pk=three[2]).update(team=line_two)

    told = ask("post", "tickets/many/assign", boris, {"tickets": three, "owner": "ilya"}).json()
    assert (told["done"], told["gone"], told["refused"]) == (three[:2], 1, [])
    again = ask("post", "tickets/many/assign", boris, {"tickets": three[:2], "owner": "ilya"}).json()
    assert (again["same"], again["undo"]) == (three[:2], None)
    refused = ask("post", "tickets/many/assign", boris, {"tickets": three[:2], "owner": "vera"}).json()
    assert refused["refused"][0]["tickets"] == three[:2]

    back = ask("post", f"tickets/many/{told['undo']}/undo", boris)
    assert back.json()["done"] == three[:2] and not Ticket.objects.exclude(owner=None).exists()
    assert ask("post", f"tickets/many/{told['undo']}/undo", boris).status_code == 409
    assert ask("post", f"tickets/many/{told['undo']}/undo", ilya).status_code == 404


def test_labels_and_priority_with_the_same_key_once(ask: Ask, anna: User, three: list[int]) -> None:
    topic = Topic(name="Оплата")
    topic.put()
    body = {"tickets": three, "topic": topic.pk, "add": ["vpn"]}
    done, repeated = (ask("post", "tickets/many/labels", anna, body, key="k").json() for _ in range(2))
    assert done == repeated and done["done"] == three
    assert set(Ticket.objects.values_list("topic", flat=True)) == {topic.pk}
    ask("post", f"tickets/many/{done['undo']}/undo", anna)
    assert list(Ticket.objects.values_list("topic", "tags")) == [(None, [])] * 3

    assert ask("post", "tickets/many/priority", anna, {"tickets": three, "priority": 4}).json()["done"] == three
    assert ask("post", "tickets/many/priority", anna, {"tickets": three, "priority": 9}).status_code == 422
    assert ask("post", "tickets/many/labels", anna, {"tickets": three, "topic": 987}).json()["field"] == "topic"
    assert ask("post", "tickets/many/take", anna, {"tickets": []}).status_code == 422
    assert ask("post", "tickets/many/take", anna, {"tickets": three}).json()["done"] == three


def test_a_hand_over_taken_back_was_none(ask: Ask, anna: User, three: list[int], line_two: Team) -> None:
    words = {"line": "Вторая линия", "question": "Нет звука", "expected": "Доступ"}
    told = ask("post", "tickets/many/hand-over", anna, {"tickets": three, **words}).json()
    assert told["done"] == three and Handover.objects.count() == 3
    assert ask("post", "tickets/many/hand-over", anna, {"tickets": three, **words, "line": "?"}).status_code == 422

    assert ask("post", f"tickets/many/{told['undo']}/undo", anna).json()["done"] == three
    assert not Handover.objects.exists() and not Ticket.objects.filter(team=line_two).exists()


def test_colleagues_watch_many_and_hear_of_it_once(
    ask: Ask, anna: User, ilya: User, boris: User, vera: User, three: list[int]
) -> None:
    told = ask("post", "tickets/many/watch", anna, {"tickets": three, "people": ["ilya", "boris"]}, key="k").json()
    assert told["done"] == three and Watch.objects.filter(user=ilya).count() == 3
    assert Notice.objects.filter(person=ilya, kind="watched").count() == 1
    refused = ask("post", "tickets/many/watch", anna, {"tickets": three, "people": ["vera"]}).json()
    assert (refused["done"], refused["refused"][0]["tickets"]) == ([], three), "she may not see them"
    assert ask("post", "tickets/many/watch", anna, {"tickets": three, "people": ["?"]}).json()["field"] == "people"
    assert ask("post", f"tickets/many/{told['undo']}/undo", anna).json()["done"] == three
    assert not Watch.objects.exists()


def test_many_come_to_a_problem_and_to_an_incident_and_leave_them(ask: Ask, anna: User, three: list[int]) -> None:
    problem = Problem.objects.begin(title="Нет звука", notices="Не слышно", by=anna)
    told = ask("post", "tickets/many/problem", anna, {"tickets": three, "problem": problem.pk}).json()
    assert told["done"] == three and problem.linked.count() == 3
    assert ask("post", f"tickets/many/{told['undo']}/undo", anna).json()["done"] == three
    assert problem.linked.count() == 0
    assert ask("post", "tickets/many/problem", anna, {"tickets": three, "problem": 987}).json()["field"] == "problem"

    incident = Incident.objects.declare(title="Лежит", affects="Нет связи", severity=2, by=anna)
    attached = ask("post", "tickets/many/incident", anna, {"tickets": three, "incident": incident.pk}).json()
    assert attached["done"] == three
    left = ask("post", "tickets/many/incident", anna, {"tickets": three[:1], "incident": None}).json()
    assert left["done"] == three[:1]
    assert list(incident.affected.filter(stands=True).order_by("ticket").values_list("ticket", flat=True)) == three[1:]
    assert ask("post", "tickets/many/incident", anna, {"tickets": three, "incident": 987}).json()["field"] == "incident"
    assert ask("post", "tickets/many/incident", anna, {"tickets": three}).status_code == 422, "none has to be meant"


def test_a_macro_a_date_and_an_end_for_many(ask: Ask, anna: User, three: list[int], line_two: Team) -> None:
    acts = [{"act": "priority", "priority": "4"}]
    macro = Macro.objects.create(name="Срочно", acts=acts, changed_by=anna)
    foreign = Macro.objects.create(name="Чужое", acts=acts, changed_by=anna, team=line_two)
    told = ask("post", "tickets/many/macro", anna, {"tickets": three, "macro": macro.pk}).json()
    assert told["done"] == three and set(Ticket.objects.values_list("priority", flat=True)) == {4}, told
    assert ask("post", "tickets/many/macro", anna, {"tickets": three, "macro": foreign.pk}).json()["field"] == "macro"

    until = (clock.now() + timedelta(days=2)).isoformat()
    aside = ask("post", "tickets/many/schedule", anna, {"tickets": three, "until": until, "what": "склад"}).json()
    assert aside["done"] == three and set(Ticket.objects.values_list("status", flat=True)) == {"scheduled"}
    assert ask("post", f"tickets/many/{aside['undo']}/undo", anna).json()["done"] == three
    past = ask("post", "tickets/many/schedule", anna, {"tickets": three, "until": "2020-01-01T00:00:00Z", "what": "x"})
    assert past.json()["done"] == [] and past.json()["refused"][0]["tickets"] == three

    closed = ask("post", "tickets/many/close", anna, {"tickets": three, "reason": "spam"}).json()
    assert closed["done"] == three and not Ticket.objects.open().exists()
    assert ask("post", "tickets/many/close", anna, {"tickets": three, "reason": "tired"}).status_code == 422


def test_ACCESS_1_those_of_another_line_are_gone(ask: Ask, vera: User, quality: User, three: list[int]) -> None:
    until = (clock.now() + timedelta(days=2)).isoformat()
    acts: dict[str, dict[str, object]] = {
        "watch": {"people": ["vera"]},
        "incident": {"incident": None},
        "schedule": {"until": until, "what": "x"},
        "close": {"reason": "spam"},
    }
    for act, told in acts.items():
        for user in (vera, quality):
            answer = ask("post", f"tickets/many/{act}", user, {"tickets": three, **told}).json()
            assert (answer["done"], answer["refused"], answer["gone"]) == ([], [], 3), (act, user)


def test_a_portion_of_a_whole_list_is_not_taken_back_alone(ask: Ask, anna: User, three: list[int]) -> None:
    sweep = Sweep.objects.create(act="take", by=anna)
    batch = Batch.objects.create(act="owner", by=anna, sweep=sweep, items=[])
    assert ask("post", f"tickets/many/{batch.pk}/undo", anna).status_code == 404
