"""METRICS P7 through the product: readings, a closed month, a statement, a dispute."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, Team, User
from otklik.team.indicators.models import Close, Dispute, Frozen, Indicator, Part, Plan, Scheme, State, Statement
from otklik.team.indicators.tests.conftest import IN_JUNE, MAY, Read
from otklik.team.metrics.measure import Measure

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def close(four: list[Indicator], may: None, scheme: Scheme, head: User) -> Close:
    with clock.at(IN_JUNE):
        return Close.objects.close(MAY, by=head)


@pytest.fixture
def statement(close: Close, anna: User) -> Statement:
    with clock.at(IN_JUNE):
        Statement.objects.draft(close)
    return Statement.objects.get(person=anna)


def test_P7_example(statement: Statement) -> None:
    parts = list(statement.parts.order_by("frozen__plan__indicator"))

    assert [part.score for part in parts] == [1.2, 0.8, 0.9, 0.8]
    assert (statement.total, statement.payout, statement.amount) == (0.945, Decimal("11340.00"), Decimal("11340.00"))
    assert [part.moved for part in parts] == [720, -720, -300, -360]
    assert sum(part.brought for part in parts) == statement.payout
    assert [part.neutral for part in parts] == [False] * 4


def test_what_was_frozen_says_of_what_it_is_made(close: Close) -> None:
    row = close.frozen.get(plan__indicator__metric="csat.t2b")

    assert (row.n, row.good, row.value, row.is_by_todays_definition) == (100, 93, 0.93, True)
    assert row.lo is not None and row.lo < 0.93 < (row.hi or 0)
    assert len(row.tickets) == 100, "one number for each reading"
    assert close.entry_id == Entry.objects.filter(pk__lte=close.entry_id).latest("pk").pk


def test_corrections_afterwards_change_nothing(close: Close, read: Read) -> None:
    read(Measure.SCORE, good=5, of=5)

    assert Frozen.objects.get(plan__indicator__metric="csat.t2b").value == 0.93


@pytest.mark.parametrize("model", [Frozen, Plan, Close, Part, Statement])
def test_the_database_lets_nobody_change_it(statement: Statement, head: User, model: Any) -> None:
    with clock.at(IN_JUNE):
        statement.approve(by=head)
    change: dict[Any, dict[str, Any]] = {
        Frozen: {"value": 1.0},
        Plan: {"target": 0.5},
        Close: {"entry_id": 1},
        Part: {"brought": 1},
    }
    for act in (
        lambda: model.objects.update(**change.get(model, {"payout": 1})),
        lambda: model._base_manager.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            act()


def test_a_month_is_closed_when_it_is_over_and_once(close: Close, head: User) -> None:
    with clock.at(IN_JUNE):
        with pytest.raises(Refused):
            Close.objects.close(MAY, by=head)
        with pytest.raises(Refused):
            Close.objects.close(MAY.replace(month=6), by=head)


def test_it_is_reopened_with_a_reason_and_closed_anew(statement: Statement, head: User, read: Read) -> None:
    close = statement.close
    with pytest.raises(Refused):
        close.reopen(" ", by=head)
    read(Measure.SCORE, good=5, of=5)
    close.reopen("пять оценок пришли позже", by=head)
    assert not Statement.objects.exists() and close.frozen.count() == 4

    with clock.at(IN_JUNE):
        again = Close.objects.close(MAY, by=head)
        Statement.objects.draft(again)
    assert again.frozen.get(plan__indicator__metric="csat.t2b").n == 105
    assert Statement.objects.get().close == again
    with pytest.raises(Refused):
        close.reopen("ещё раз", by=head)
    assert Entry.objects.filter(kind="indicators.MonthReopened", data__why="пять оценок пришли позже").exists()


def test_a_change_begins_with_the_next_period(four: list[Indicator], head: User, close: Close) -> None:
    csat = four[0]
    figures: dict[str, Any] = {"floor": 0.8, "target": 0.95, "weight": Decimal(30)}
    with clock.at(IN_JUNE):
        with pytest.raises(Refused):
            csat.plan(by=head, starts_on=MAY, **figures)
        with pytest.raises(Refused):
            csat.plan(by=head, starts_on=MAY.replace(month=6), **figures)
        plan = csat.plan(by=head, **figures)
    assert (plan.number, plan.starts_on) == (2, MAY.replace(month=7))
    assert close.frozen.get(plan__indicator=csat).plan.target == 0.90


def test_too_few_cases_count_as_reached(four: list[Indicator], read: Read, scheme: Scheme, head: User) -> None:
    read(Measure.SCORE, good=0, of=29)
    with clock.at(IN_JUNE):
        Statement.objects.draft(Close.objects.close(MAY, by=head))

    statement = Statement.objects.get()
    assert statement.payout == 12_000 and all(part.neutral for part in statement.parts.all())


def test_a_plan_that_cannot_be_paid_is_named_with_its_reasons(
    four: list[Indicator], may: None, scheme: Scheme, head: User, anna: User
) -> None:
    with clock.at(IN_JUNE.replace(month=5)):
        four[3].end(by=head)
    Indicator.objects.filter(pk=four[3].pk).update(ends_on=MAY)
    with clock.at(IN_JUNE):
        drafted = Statement.objects.draft(Close.objects.close(MAY, by=head))

    assert not Statement.objects.exists()
    assert len(drafted.left[anna.name]) == 2, "weights of 85 %, and nothing of the line"


def test_nobody_approves_their_own(statement: Statement, head: User, admin: User, anna: User, boris: User) -> None:
    User.objects.filter(pk=anna.pk).update(role=Role.HEAD)
    anna.refresh_from_db()
    for person in (anna, boris):
        with pytest.raises(Refused):
            statement.approve(by=person)
    statement.approve(by=admin)
    with pytest.raises(Refused):
        statement.approve(by=head)


def test_a_critical_error_and_a_cut_within_the_law(statement: Statement, head: User) -> None:
    cut: dict[str, Any] = {"critical": False, "salary": Decimal(50_000), "why": "приказ № 4"}
    with pytest.raises(Refused):
        statement.lower(**{**cut, "why": ""}, cut=Decimal(1), by=head)
    with pytest.raises(Refused):
        statement.lower(**{**cut, "salary": Decimal(1000)}, cut=Decimal(11_340), by=head)
    statement.lower(**cut, cut=Decimal(11_340), by=head)
    assert statement.amount == 0

    statement.lower(critical=True, cut=Decimal(0), salary=None, why="раскрыты данные клиента", by=head)
    assert (statement.total, statement.amount) == (0.8, Decimal(9600))
    statement.lower(critical=False, cut=Decimal(0), salary=None, why="", by=head)
    assert statement.amount == Decimal(11_340)


def test_a_dispute_and_its_answer(statement: Statement, anna: User, ilya: User, head: User) -> None:
    with clock.at(IN_JUNE):
        with pytest.raises(Refused):
            statement.dispute_it("рано", by=anna)
        statement.approve(by=head)
        for person, words in ((ilya, "за неё"), (anna, " ")):
            with pytest.raises(Refused):
                statement.dispute_it(words, by=person)
        statement.dispute_it("Два обращения решал не я", by=anna)
        with pytest.raises(Refused):
            statement.dispute_it("и ещё", by=anna)
        for amount in (Decimal(-1), Decimal(14_401)):
            with pytest.raises(Refused):
                statement.answer("Верно", amount=amount, by=head)
        with pytest.raises(Refused):
            statement.answer("Сама себе", amount=None, by=anna)
        statement.answer("Верно", amount=Decimal(11_700), by=head)
        with pytest.raises(Refused):
            statement.answer("Нет", amount=None, by=head)

    statement = Statement.objects.get()
    assert (statement.amount, statement.payout) == (Decimal(11_700), Decimal(11_340))
    told = Notice.objects.order_by("pk").values_list("person", "about")
    assert list(told) == [(anna.pk, "bonus"), (head.pk, "bonus_dispute"), (anna.pk, "bonus")]
    assert Dispute.objects.get().outcome == "corrected"


def test_after_five_working_days_it_stands(statement: Statement, anna: User, head: User) -> None:
    with clock.at(IN_JUNE):
        statement.approve(by=head)
    with clock.at(IN_JUNE.replace(day=15)), pytest.raises(Refused):
        statement.dispute_it("поздно", by=anna)


def test_who_sees_which_statement(
    statement: Statement, anna: User, ilya: User, vera: User, boris: User, head: User, quality: User, line_two: Team
) -> None:
    def seen(user: User) -> bool:
        return Statement.objects.visible_to(user).exists()

    User.objects.filter(pk=vera.pk).update(role=Role.LEAD)
    vera.refresh_from_db()
    assert [seen(user) for user in (anna, ilya, vera, boris, head, quality)] == [False, False, False, True, True, False]
    statement.approve(by=head)
    assert [seen(user) for user in (anna, ilya, vera, boris, head, quality)] == [True, False, False, True, True, False]
    assert Statement.objects.seen_by(anna).get().state == State.APPROVED
