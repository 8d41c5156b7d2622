"""Whatever people, clients and the clock do, in whatever order: no request is left hanging."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from otklik.core import formulas
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets import proof
from otklik.desk.tickets.access import can_release
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import (
    Appeal,
    Change,
    HeldAnswer,
    Promise,
    RefusalRequest,
    Relocation,
    Ticket,
    Traineeship,
    Visit,
)
from otklik.desk.tickets.models.releasing import pass_on_late
from otklik.desk.tickets.models.states import ASLEEP
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait
from otklik.desk.tickets.tests.formula import item_of
from otklik.desk.tickets.visit_plan import VisitPlan
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

BRIEF = Brief("Звук пропадает", "", "проверить маршрут")
BEGIN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
HOURS = some.integers(1, 200)
WHICH = some.integers(0, 9)
WHO = some.sampled_from(["anna", "ilya"])


def turn_change(change: Change, act: str, by: User) -> None:
    ticket = change.ticket
    match act:
        case "approve" | "reject":
            ticket.decide_change(change, approved=act == "approve", by=by, remark="так")
        case "do" | "roll back":
            ticket.end_change(change, rolled_back=act == "roll back", by=by, result="так")
        case "take up":
            ticket.take_up_change(change, by=by)
        case "redraft":
            ticket.redraft_change(change, ChangePlan("Иначе", "Надо"), by=by)
        case _:
            ticket.ask_change(change, by=by)


def step_of(kind: str, until: datetime) -> Step:
    steps: dict[str, Step] = {
        "wait": Wait(until),
        "promise": PromiseDate(until, "проверить", "ждём"),
        "aside": PutAside(until, "склад", agreed=True),
        "third": PutAside(until, "склад", whom="склад"),
        "resolve": Resolve("помогло"),
        "refuse": Refuse("outside", "роутер не наш", ["созвонимся"]),
    }
    return steps[kind]


@pytest.fixture
def desk(writes: Write, anna: User, ilya: User, boris: User, line_two: Team) -> type[RuleBasedStateMachine]:
    class Desk(RuleBasedStateMachine):
        """Acts that the tickets refuse are refused whole; those they take leave every rule true."""

        def __init__(self) -> None:
            super().__init__()
            self.now, self.letters = BEGIN, 0
            self.whole = transaction.atomic()
            self.whole.__enter__()
            self.clients_write(new=True, which=0)

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)

        def ticket(self, which: int) -> Ticket:
            tickets = list(Ticket.objects.order_by("pk"))
            return tickets[which % len(tickets)]

        def person(self, login: str) -> User:
            """Who has left comes in by no door: Anna acts instead."""
            found = User.objects.get(login=login)
            return found if found.is_active else User.objects.get(login="anna")

        def one_of[Row: (Visit, Change)](self, model: type[Row], which: int) -> Row | None:
            found = list(model.objects.select_related("ticket").order_by("pk"))
            return found[which % len(found)] if found else None

        def visit_in(self, hours: int, goes: str) -> VisitPlan:
            starts = self.now + timedelta(hours=hours)
            return VisitPlan("Садовая, 5", starts, starts + timedelta(hours=2), [self.person(goes)], despite=True)

        def act(self, do: Callable[[], Any]) -> Any:
            try:
                with clock.at(self.now), transaction.atomic():
                    return do()
            except Refused:
                return None

        @rule(new=some.booleans(), which=WHICH)
        def clients_write(self, new: bool, which: int) -> None:
            self.letters += 1
            told: dict[str, Any] = {"sender": f"c{self.letters % 3}@else.test", "subject": f"Вопрос {self.letters}"}
            if not new:
                told["token"] = self.ticket(which).conversation.token
            self.act(lambda: writes(f"слово {self.letters}", external_id=f"<in-{self.letters}@else.test>", **told))

        @rule(
            which=WHICH,
            who=WHO,
            kind=some.sampled_from(["wait", "promise", "aside", "third", "resolve", "refuse"]),
            hours=HOURS,
            undone=some.booleans(),
        )
        def somebody_answers(self, which: int, who: str, kind: str, hours: int, undone: bool) -> None:
            ticket, by = self.ticket(which), self.person(who)
            until = self.now + timedelta(hours=hours)
            said = self.act(lambda: ticket.reply("Ответ", by=by, then=step_of(kind, until), undo=15))
            if said and undone:
                self.act(lambda: Ticket.objects.get(pk=ticket.pk).take_back(said, by=by))

        @rule(which=WHICH, who=WHO, agreed=some.booleans(), whom=some.sampled_from(["", "склад"]), hours=HOURS)
        def somebody_puts_aside(self, which: int, who: str, agreed: bool, whom: str, hours: int) -> None:
            until = self.now + timedelta(hours=hours)
            self.act(lambda: self.ticket(which).put_aside(PutAside(until, "склад", agreed, whom), by=self.person(who)))

        @rule(which=WHICH, who=WHO, hours=HOURS)
        def somebody_forwards(self, which: int, who: str, hours: int) -> None:
            ticket = self.ticket(which)
            letters = list(ticket.forwardable.values_list("pk", flat=True))
            aside = PutAside(self.now + timedelta(hours=hours), "ответ провайдера")
            self.act(
                lambda: ticket.forward(
                    "Посмотрите", by=self.person(who), to=["noc@isp.test"], messages=letters, then=aside
                )
            )

        @rule(which=WHICH, who=WHO)
        def somebody_asks_to_refuse(self, which: int, who: str) -> None:
            refusal = Refuse("rules", "договор", ["созвонимся"])
            self.act(lambda: self.ticket(which).ask_to_refuse("Нет", by=self.person(who), step=refusal))

        @rule(approves=some.booleans())
        def the_lead_decides(self, approves: bool) -> None:
            asked = RefusalRequest.objects.waiting().order_by("pk").first()
            if asked and approves:
                self.act(lambda: asked.ticket.approve_refusal(asked.pk, by=boris))
            elif asked:
                self.act(lambda: asked.ticket.return_refusal(asked.pk, by=boris, words="не так"))

        @rule(which=WHICH, who=WHO, marked=some.booleans())
        def the_client_appeals(self, which: int, who: str, marked: bool) -> None:
            ticket = self.ticket(which)
            self.act(lambda: ticket.mark_appeal(by=self.person(who)) if marked else ticket.appeal("Не согласен"))

        @rule(grants=some.booleans(), hours=HOURS)
        def somebody_else_decides_on_the_appeal(self, grants: bool, hours: int) -> None:
            appeal, then = Appeal.objects.open().order_by("pk").first(), PromiseDate(self.now + timedelta(hours=hours))
            if appeal and grants:
                self.act(lambda: appeal.ticket.grant_appeal(appeal.pk, by=boris, words="Верно", then=then))
            elif appeal:
                self.act(lambda: appeal.ticket.uphold_appeal(appeal.pk, by=boris, words="Нет"))

        @rule(who=WHO, in_a_row=some.sampled_from([None, 1, 3]))
        def a_training_begins_or_ends(self, who: str, in_a_row: int | None) -> None:
            trainee, curator = self.person(who), self.person("ilya" if who == "anna" else "anna")
            if under := Traineeship.objects.filter(person=trainee, ended_at=None).first():
                self.act(lambda: under.end(by=boris))
            else:
                self.act(lambda: Traineeship.objects.begin(trainee, curator, by=boris, in_a_row=in_a_row))

        @rule(
            which=WHICH,
            kind=some.sampled_from(["wait", "promise", "aside", "third", "resolve", "refuse"]),
            hours=HOURS,
        )
        def somebody_in_training_answers(self, which: int, kind: str, hours: int) -> None:
            trainee = User.objects.filter(traineeships__ended_at=None, traineeships__isnull=False).first()
            if trainee:
                step = step_of(kind, self.now + timedelta(hours=hours))
                self.act(lambda: self.ticket(which).hand_in("Ответ", by=self.person(trainee.login), then=step))

        @rule(
            which=WHICH,
            act=some.sampled_from(["release", "edit", "return", "withdraw"]),
            by=some.sampled_from(["curator", "boris"]),
        )
        def an_answer_for_release_goes_on(self, which: int, act: str, by: str) -> None:
            waiting = list(HeldAnswer.objects.waiting().select_related("ticket", "traineeship").order_by("pk"))
            if not waiting:
                return
            held = waiting[which % len(waiting)]
            ticket, who = held.ticket, boris if by == "boris" else held.traineeship.curator
            match act:
                case "return":
                    self.act(lambda: ticket.return_answer(held.pk, by=who, words="не так"))
                case "withdraw":
                    self.act(lambda: ticket.withdraw_answer(by=held.asked_by))
                case _:
                    text = "Иначе" if act == "edit" else None
                    seen = ticket.last_message_id
                    self.act(lambda: ticket.release_answer(held.pk, by=who, text=text, seen=seen))

        @rule(which=WHICH, who=WHO, goes=WHO, hours=HOURS, told=some.booleans())
        def somebody_plans_a_visit(self, which: int, who: str, goes: str, hours: int, told: bool) -> None:
            plan, by = self.visit_in(hours, goes), self.person(who)
            visit = self.act(lambda: self.ticket(which).plan_visit(plan, by=by))
            if visit and told:
                self.act(lambda: visit.ticket.tell_visit(visit, by=by, why="так вышло"))

        @rule(which=WHICH, who=WHO, goes=WHO, hours=HOURS, told=some.booleans(), undone=some.booleans())
        def somebody_moves_a_visit(self, which: int, who: str, goes: str, hours: int, told: bool, undone: bool) -> None:
            visit, plan, by = self.one_of(Visit, which), self.visit_in(hours, goes), self.person(who)
            if visit is None:
                return
            self.act(lambda: visit.ticket.replan_visit(visit, plan, by=by))
            said = told and self.act(lambda: visit.ticket.tell_visit(visit, by=by, why="машина занята"))
            if said and undone:
                self.act(lambda: Ticket.objects.get(pk=visit.ticket_id).take_back(said, by=by))

        @rule(which=WHICH, who=WHO, state=some.sampled_from(Visit.State.values), by_client=some.booleans())
        def a_visit_goes_on(self, which: int, who: str, state: str, by_client: bool) -> None:
            if visit := self.one_of(Visit, which):
                by = self.person(who)
                self.act(lambda: visit.ticket.step_visit(visit, state, by=by, result="так", by_client=by_client))

        @rule(which=WHICH, agreed=some.booleans())
        def the_client_answers_a_visit(self, which: int, agreed: bool) -> None:
            ticket = self.ticket(which)
            with clock.at(self.now):
                visit = ticket.visit_to_agree
            if visit:
                self.act(lambda: ticket.answer_visit(visit.pk, agreed))

        @rule(which=WHICH, who=WHO)
        def somebody_asks_for_a_change(self, which: int, who: str) -> None:
            plan, by = ChangePlan("Маршрут", "Старый уходит", steps=["Снять"]), self.person(who)
            change = self.act(lambda: self.ticket(which).draft_change(plan, by=by))
            if change:
                self.act(lambda: change.ticket.ask_change(change, by=by))

        @rule(
            which=WHICH,
            who=some.sampled_from(["anna", "boris"]),
            act=some.sampled_from(["approve", "reject", "do", "roll back", "take up", "redraft", "ask"]),
        )
        def a_change_goes_on(self, which: int, who: str, act: str) -> None:
            if change := self.one_of(Change, which):
                self.act(lambda: turn_change(change, act, User.objects.get(login=who)))

        @rule(which=WHICH, who=WHO, owner=some.sampled_from(["anna", "ilya", ""]))
        def somebody_gives(self, which: int, who: str, owner: str) -> None:
            to = self.person(owner) if owner else None
            self.act(lambda: self.ticket(which).assign(to, by=self.person(who)))

        @rule(which=WHICH, who=WHO)
        def somebody_hands_over(self, which: int, who: str) -> None:
            self.act(lambda: self.ticket(which).hand_over(line_two, BRIEF, by=self.person(who)))

        @rule(which=WHICH, who=WHO)
        def somebody_closes(self, which: int, who: str) -> None:
            self.act(lambda: self.ticket(which).close("spam", by=self.person(who)))

        @rule(which=WHICH, who=WHO)
        def somebody_reopens(self, which: int, who: str) -> None:
            self.act(lambda: self.ticket(which).reopen_by(self.person(who)))

        @rule(which=WHICH, other=WHICH, who=WHO)
        def somebody_joins(self, which: int, other: int, who: str) -> None:
            self.act(lambda: self.ticket(which).merge_into(self.ticket(other), by=self.person(who), disclose=True))

        @rule(which=WHICH, who=WHO)
        def somebody_splits(self, which: int, who: str) -> None:
            ticket = self.ticket(which)
            last = list(
                ticket.conversation.messages.filter(direction="in").order_by("-id").values_list("pk", flat=True)
            )
            self.act(lambda: ticket.split_off(last[:1], by=self.person(who)))

        @rule(who=WHO)
        def somebody_undoes(self, who: str) -> None:
            done = Relocation.objects.undoable().order_by("-pk").first()
            if done:
                self.act(lambda: done.source.bring_back(done, by=self.person(who)))

        @rule(which=WHICH)
        def the_client_says_not_solved(self, which: int) -> None:
            self.act(lambda: self.ticket(which).not_solved(key=str(random.random())))

        @rule(which=WHICH, agreed=some.booleans())
        def the_client_answers_a_date(self, which: int, agreed: bool) -> None:
            ticket = self.ticket(which)
            with clock.at(self.now):
                promise = ticket.date_to_agree
            if promise:
                self.act(lambda: ticket.agree_date(promise.pk, agreed))

        @precondition(lambda self: User.objects.filter(login="ilya", is_active=True).exists())
        @rule()
        def somebody_leaves(self) -> None:
            self.act(lambda: self.person("ilya").deactivate())

        @rule(hours=some.integers(1, 100))
        def time_passes(self, hours: int) -> None:
            self.now += timedelta(hours=hours)
            with clock.at(self.now):
                Ticket.objects.wake_due()
                Ticket.objects.mind_promises()
                Ticket.objects.mind_visits()
                pass_on_late()
                Traineeship.objects.end_over()

        @invariant()
        def every_rule_holds(self) -> None:
            """What the nightly proof asks of the whole database is true after every act."""
            with clock.at(self.now), transaction.atomic():
                check = proof.walk()
                assert check.faults == []
                transaction.set_rollback(True)

        @invariant()
        def what_hangs_is_what_the_formula_says(self) -> None:
            rows = [item_of(ticket, self.now) for ticket in Ticket.objects.all()]
            told = formulas.hanging(rows, self.now)
            assert set(told["ids"]) == set(Ticket.objects.hanging(self.now).values_list("pk", flat=True))

        @invariant()
        def a_refusal_waits_where_the_row_says_so(self) -> None:
            waiting = dict(RefusalRequest.objects.waiting().values_list("ticket", "pk"))
            rows = Ticket.objects.exclude(refusal_asked=None)
            assert waiting == dict(rows.values_list("pk", "refusal_asked"))
            assert all(ticket.is_our_move for ticket in rows)

        @invariant()
        def a_request_in_appeal_goes_on_until_it_is_decided(self) -> None:
            appeals = {appeal.ticket_id: appeal for appeal in Appeal.objects.open()}
            rows = Ticket.objects.exclude(appealed=None)
            assert {one: appeal.pk for one, appeal in appeals.items()} == dict(rows.values_list("pk", "appealed"))
            for ticket in rows:
                assert ticket.is_open and ticket.status != "pending_client"
                assert ticket.due_at and ticket.due_at <= appeals[ticket.pk].until

        @invariant()
        def an_answer_waits_for_release_where_the_row_says_so(self) -> None:
            """Our move, with somebody who is asked: the curator, or others once it was passed on."""
            waiting = list(HeldAnswer.objects.waiting().select_related("ticket", "asked_by", "traineeship__curator"))
            rows = Ticket.objects.exclude(held_answer=None)
            assert {held.ticket_id: held.pk for held in waiting} == dict(rows.values_list("pk", "held_answer"))
            assert all(ticket.is_our_move and ticket.due_at for ticket in rows)
            with clock.at(self.now):
                assert all(any(can_release(one, held) for one in User.objects.all()) for held in waiting)
                assert not [held for held in waiting if held.until <= self.now and not held.passed_at]

        @invariant()
        def nobody_goes_where_the_request_is_over(self) -> None:
            assert not Visit.objects.open().filter(ticket__due_at=None).exists()
            assert not Change.objects.under_way().filter(ticket__due_at=None).exists()

        @invariant()
        def a_visit_without_a_result_is_looked_at(self) -> None:
            """It has a mark, or its time is over and it was found missed."""
            assert not Visit.objects.open().filter(next_mark=None, missed_at=None).exists()
            assert not Visit.objects.filter(missed_at__lt=F("ends_at")).exists()

        @invariant()
        def a_promise_to_come_is_of_a_visit(self) -> None:
            """What the client was told of is what coming keeps, and nobody has come before it was told."""
            for promise in Promise.objects.current().filter(of_visit=True):
                visit = Visit.objects.get(promise=promise)
                assert (visit.ticket_id, visit.told_ends_at) == (promise.ticket_id, promise.until)
                assert visit.state not in ("here", "done")
            assert not Promise.objects.filter(done_at__lt=F("at")).exists()

        @invariant()
        def nothing_sleeps_past_a_client_who_waits(self) -> None:
            """What is asleep wakes by itself, and within the cadence unless the client knows the date."""
            for ticket in Ticket.objects.filter(status__in=ASLEEP):
                assert ticket.due_at and min(ticket.due_at, ticket.inform_by or ticket.due_at) > self.now

    return Desk


def test_no_order_of_acts_leaves_a_request_hanging(desk: type[RuleBasedStateMachine]) -> None:
    run_state_machine_as_test(
        desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=[Phase.generate],  # a shorter story is not worth minutes
            database=None,
        ),
    )
