"""Changes: asked for, decided by somebody else, carried out by their steps, or rolled back."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, Role, Team, User
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.change_rights import right_of
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Change, Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import person
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def plan() -> ChangePlan:
    return ChangePlan(
        "Перенести маршрут", "Старый оператор уходит", way_back="Вернуть прежний", steps=["Снять", "Дать"]
    )


@pytest.fixture
def asked(ticket: Ticket, plan: ChangePlan, anna: User) -> Change:
    change = ticket.draft_change(plan, by=anna)
    ticket.ask_change(change, by=anna)
    return change


def test_its_steps_are_tasks_and_its_lead_time_is_measured(
    ticket: Ticket, plan: ChangePlan, anna: User, boris: User
) -> None:
    began = clock.now()
    change = ticket.draft_change(plan, by=anna)
    assert [task.text for task in ticket.tasks.all()] == ["Снять", "Дать"] and change.state == "draft"
    with clock.at(began + HOUR):
        ticket.ask_change(change, by=anna)
        assert Notice.objects.filter(person=boris, about_id=ticket.pk).exists()
        assert not Notice.objects.filter(person=anna).exists()
    ticket.decide_change(change, approved=True, by=boris, remark="Ночью")
    assert Notice.objects.filter(person=anna).count() == 1
    with pytest.raises(Invalid, match="Снять"):
        ticket.end_change(change, rolled_back=False, by=anna)

    with clock.at(began + 5 * HOUR):
        for task in ticket.tasks.all():
            ticket.tick(task, done=True, by=anna)
        ticket.end_change(change, rolled_back=False, by=anna, result="Звонки идут")
    change.refresh_from_db()
    assert change.lead_time == 4 * HOUR and change.decided_by == boris and change.decided_for is None
    states = [entry.data["state"] for entry in Entry.objects.filter(kind="tickets.ChangeTurned").order_by("id")]
    assert states == ["draft", "asked", "approved", "done"]


def test_what_makes_no_sense_is_refused(ticket: Ticket, plan: ChangePlan, anna: User) -> None:
    now = clock.now()
    changes: list[tuple[str, dict[str, Any]]] = [
        ("what", {"what": " "}),
        ("what", {"what": "о" * 301}),
        ("why", {"why": ""}),
        ("risk", {"risk": "enormous"}),
        ("way_back", {"risk": "high", "way_back": " "}),
        ("ends", {"starts_at": now + 2 * HOUR, "ends_at": now + HOUR}),
        ("ends", {"ends_at": now - HOUR}),
    ]
    for field, wrong in changes:
        with pytest.raises(Invalid) as refused:
            ticket.draft_change(ChangePlan(**{**vars(plan), **wrong}), by=anna)
        assert refused.value.field == field, wrong
    assert not Change.objects.exists() and not ticket.tasks.exists()


def test_nobody_decides_on_their_own(ticket: Ticket, plan: ChangePlan, anna: User, boris: User, head: User) -> None:
    change = ticket.draft_change(plan, by=boris)
    ticket.ask_change(change, by=anna)
    for one in (anna, boris):
        with pytest.raises(Conflict):
            ticket.decide_change(change, approved=True, by=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(state="approved", decided_by=boris, decided_at=clock.now())
    ticket.decide_change(change, approved=True, by=head)
    assert Change.objects.get().decided_by == head


def test_who_stands_in_for_the_lead_decides_meanwhile(
    ticket: Ticket, plan: ChangePlan, anna: User, ilya: User, boris: User, vera: User, quality: User
) -> None:
    change = ticket.draft_change(plan, by=anna)
    ticket.ask_change(change, by=anna)
    assert right_of(ilya, change) is None
    Absence.objects.declare(boris, by=boris, until=clock.now() + 24 * HOUR, deputy=ilya)

    right = right_of(ilya, change)
    assert right and right.lead == boris
    assert [right_of(one, change) for one in (anna, vera, quality)] == [None, None, None]
    ticket.decide_change(change, approved=True, by=ilya)
    assert Change.objects.get().decided_for == boris


def test_a_rejection_says_why_and_it_is_asked_for_anew(
    ticket: Ticket, asked: Change, plan: ChangePlan, anna: User, boris: User
) -> None:
    with pytest.raises(Invalid) as refused:
        ticket.decide_change(asked, approved=False, by=boris)
    assert refused.value.field == "remark"
    ticket.decide_change(asked, approved=False, by=boris, remark="Не в пятницу")
    first = asked.asked_at

    ticket.redraft_change(asked, ChangePlan(**{**vars(plan), "what": "В понедельник", "steps": []}), by=anna)
    ticket.ask_change(asked, by=anna)
    asked.refresh_from_db()
    assert (asked.state, asked.what, asked.decided_by, asked.asked_at) == ("asked", "В понедельник", None, first)


def test_what_was_rolled_back_says_why_and_has_no_lead_time(
    ticket: Ticket, asked: Change, anna: User, boris: User
) -> None:
    ticket.decide_change(asked, approved=True, by=boris)
    with pytest.raises(Invalid):
        ticket.end_change(asked, rolled_back=True, by=anna)
    ticket.end_change(asked, rolled_back=True, by=anna, result="Пропал звук")
    assert asked.is_over and asked.lead_time is None

    ticket.take_up_change(asked, by=anna)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at, asked.result) == ("approved", None, "")


def test_what_cannot_follow_is_refused(
    ticket: Ticket, asked: Change, plan: ChangePlan, anna: User, boris: User
) -> None:
    for act in (
        lambda: ticket.ask_change(asked, by=anna),
        lambda: ticket.end_change(asked, rolled_back=False, by=anna),
    ):
        with pytest.raises(Conflict):
            act()
    ticket.decide_change(asked, approved=True, by=boris)
    with pytest.raises(Conflict):
        ticket.redraft_change(asked, plan, by=anna)
    with pytest.raises(Conflict):
        ticket.decide_change(asked, approved=False, by=boris, remark="Передумал")


def test_it_goes_along_with_a_joined_request(ticket: Ticket, asked: Change, anna: User, writes: Any) -> None:
    other = writes(sender="pavel@volga.test", subject="Ещё раз")
    ticket.merge_into(other, by=anna)
    asked.refresh_from_db()
    assert asked.ticket == other and asked.steps.count() == 2


def test_those_who_can_decide_now_hear_of_it(
    ticket: Ticket, plan: ChangePlan, anna: User, ilya: User, boris: User, head: User
) -> None:
    """Who stands in for an absent lead, and the head where a lead may not; each in their own language."""
    User.objects.filter(pk=ilya.pk).update(language="en")
    Absence.objects.declare(boris, by=boris, until=clock.now() + 24 * HOUR, deputy=ilya)
    ticket.ask_change(ticket.draft_change(plan, by=anna), by=anna)
    assert [notice.person for notice in Notice.objects.all()] == [ilya]
    assert "asks to approve" in Notice.objects.get().text

    ticket.ask_change(ticket.draft_change(plan, by=ilya), by=anna)
    assert Notice.objects.order_by("pk").last().person == head


def test_a_lead_of_another_line_who_helps_does_not_decide(
    ticket: Ticket, asked: Change, anna: User, line_two: Team
) -> None:
    other = person("other", "Роман Котов", Role.LEAD, line_two)
    ticket.invite(other, by=anna)
    ticket.refresh_from_db()
    assert right_of(other, Change.objects.get(pk=asked.pk)) is None
    with pytest.raises(Conflict):
        ticket.decide_change(asked, approved=True, by=other)


def test_no_request_ends_over_a_change_that_is_under_way(
    ticket: Ticket, asked: Change, anna: User, boris: User
) -> None:
    with pytest.raises(Conflict):
        ticket.reply("Готово", by=anna, then=Resolve())
    ticket.decide_change(asked, approved=True, by=boris)
    with pytest.raises(Conflict):
        ticket.close("spam", by=anna)
    ticket.end_change(asked, rolled_back=True, by=anna, result="Пропал звук")
    ticket.reply("Готово", by=anna, then=Resolve())
    with pytest.raises(Conflict):
        ticket.take_up_change(asked, by=anna)


@pytest.mark.django_db(transaction=True)
def test_RACE_one_of_many_decides(ticket: Ticket, asked: Change, plan: ChangePlan, anna: User) -> None:
    leads = [person(f"lead{number}", f"Лид {number}", Role.LEAD, ticket.team) for number in range(4)]

    def again() -> Change:
        return Change.objects.select_related("ticket").get(pk=asked.pk)

    def decide(lead: User, approved: bool) -> None:
        again().ticket.decide_change(again(), approved=approved, by=lead, remark="так")

    acts: list[Callable[[], None]] = [partial(decide, lead, lead.pk % 2 == 0) for lead in leads]
    done = at_once([*acts, lambda: again().ticket.take_up_change(again(), by=anna)])
    assert done.count(None) == 1 and all(one is None or isinstance(one, Conflict) for one in done), done
    assert Entry.objects.filter(kind="tickets.ChangeTurned").count() == 3


@pytest.mark.django_db(transaction=True)
def test_RACE_asked_for_while_the_request_ends(ticket: Ticket, plan: ChangePlan, anna: User, ilya: User) -> None:
    change = ticket.draft_change(plan, by=anna)

    def end() -> None:
        Ticket.objects.get(pk=ticket.pk).close("spam", by=ilya)

    done = at_once([end, lambda: Ticket.objects.get(pk=ticket.pk).ask_change(change, by=anna)])
    assert done.count(None) == 1 and sum(isinstance(one, Conflict) for one in done) == 1, done
