"""A review from the assignment to the last word: who may do what when, and what stays."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.care.quality import deciders, telling, terms
from otklik.care.quality.models import Plan, Review, ReviewPolicy, Step, Told
from otklik.care.quality.models.plan import next_turn
from otklik.care.quality.scoring import SKIP
from otklik.care.quality.states import BITS, Family, State, Stream, Verdict
from otklik.care.quality.tests.conftest import Assess, Solve, marks_of
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(person=user, about="review").values_list("text", flat=True))


def test_a_review_waits_for_its_reviewer_until_a_date(solve: Solve, anna: User, quality: User, boris: User) -> None:
    review = Review.objects.assign(solve(anna), anna, quality, by=boris)

    assert (review.holder, review.state) == (quality, State.OPEN) and review.next_at == review.due_at > clock.now()
    assert len(told(quality)) == 1 and not told(anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(holder=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(next_at=None)


def test_nobody_reviews_themselves_and_no_agent_reviews(solve: Solve, anna: User, boris: User, ilya: User) -> None:
    ticket = solve(boris)
    for reviewer in (boris, ilya):
        with pytest.raises(Invalid) as refused:
            Review.objects.assign(ticket, boris, reviewer)
        assert refused.value.field == "reviewer"
    review = Review.objects.assign(solve(anna), anna, boris)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(agent=boris)


def test_a_lead_does_not_review_what_belongs_to_another_line(solve: Solve, anna: User, line_two) -> None:
    from tests.fixtures.cast import person

    with pytest.raises(Invalid):
        Review.objects.assign(solve(anna), anna, person("lena", "Лена", "lead", line_two))


def test_one_review_of_a_person_in_a_request(solve: Solve, anna: User, quality: User) -> None:
    ticket = solve(anna)
    first = Review.objects.assign(ticket, anna, quality)
    with pytest.raises(Conflict):
        Review.objects.assign(ticket, anna, quality)
    first.skip("Пустое письмо", by=quality)
    assert Review.objects.assign(ticket, anna, quality).pk != first.pk


def test_what_is_written_is_kept_and_a_quote_finds_its_letter(solve: Solve, anna: User, quality: User) -> None:
    ticket = solve(anna, answer="Проверила линию,\n  всё починили.")
    review = Review.objects.assign(ticket, anna, quality)
    first, second = review.version.criteria.all()[:2]
    review.keep(
        {first.pk: Told("9", "проверила линию, ВСЁ починили", ""), second.pk: Told("2", "Этого там нет", "Мало")},
        comment="Черновик", praise="", by=quality,
    )  # fmt: skip

    mark = review.marks.get(criterion=first)
    assert mark.mark == "" and mark.message and mark.message.author == anna
    assert review.marks.get(criterion=second).message is None
    assert Review.objects.get(pk=review.pk).comment == "Черновик" and not told(anna)


def test_a_quote_belongs_to_the_letter_in_which_it_was_chosen(
    solve: Solve, writes: Callable[..., Ticket], anna: User, quality: User, tomorrow: datetime
) -> None:
    ticket, elsewhere = writes("Не работает звонок"), solve(anna)
    for _answer in range(2):
        ticket.reply("Проверяем, подождите.", by=anna, then=Wait(tomorrow))
    first, second = letters_in(ticket)
    review = Review.objects.assign(ticket, anna, quality)
    one = review.version.criteria.all()[0]

    def letter(words: str, chosen: int | None) -> int | None:
        review.keep({one.pk: Told("2", words, "", chosen)}, comment="", praise="", by=quality)
        return review.marks.get(criterion=one).message_id

    assert letter("подождите", first) == first and letter("подождите", None) == first
    assert letter("подождите", second) == second
    assert letter("Проверяем", None) == second and letter("подождите", letters_in(elsewhere)[0]) == second
    assert letter("нет таких слов", first) is None and letter("", first) is None


def test_what_has_not_changed_is_not_looked_for_again(solve: Solve, anna: User, quality: User) -> None:
    review = Review.objects.assign(solve(anna), anna, quality)
    told = {pk: replace(one, quote="всё починили") for pk, one in marks_of(review).items()}
    typed = {pk: replace(one, quote="Проверила") for pk, one in told.items()}
    chosen = {pk: replace(one, quote="линию", letter=letters_in(review.ticket)[0]) for pk, one in told.items()}

    def texts_read(kept: Mapping[int, Told]) -> int:
        with CaptureQueriesContext(connection) as seen:
            review.keep(kept, comment="", praise="", by=quality)
        return sum('"new_text"' in one["sql"] for one in seen)

    assert [texts_read(kept) for kept in (told, told, typed, typed, chosen, chosen)] == [1, 0, 1, 0, 1, 0]


def letters_in(ticket: Ticket) -> list[int]:
    """Numbers of the answers, in their order."""
    return list(ticket.conversation.messages.answers().order_by("pk").values_list("pk", flat=True))


def test_it_is_published_only_whole_and_a_lowered_mark_says_why(solve: Solve, anna: User, quality: User) -> None:
    review = Review.objects.assign(solve(anna), anna, quality)
    first = review.version.criteria.first()
    with pytest.raises(Invalid) as missing:
        review.publish(by=quality)
    assert first and missing.value.field == f"mark-{first.pk}"

    marks = marks_of(review) | {first.pk: Told("1")}
    review.keep(marks, comment="", praise="", by=quality)
    with pytest.raises(Invalid) as unsaid:
        review.publish(by=quality)
    assert unsaid.value.field == f"quote-{first.pk}" and not told(anna)

    review.keep({first.pk: Told("1", quote="всё починили")}, comment="", praise="", by=quality)
    review.publish(by=quality)
    assert review.state == State.PUBLISHED and review.holder == anna and len(told(anna)) == 1
    with pytest.raises(Conflict):
        review.keep(marks, comment="потом", praise="", by=quality)


def test_where_nothing_applies_there_is_no_score(solve: Solve, anna: User, quality: User) -> None:
    review = Review.objects.assign(solve(anna), anna, quality)
    review.keep(marks_of(review, dict.fromkeys(range(20), SKIP)), comment="", praise="", by=quality)
    with pytest.raises(Invalid, match=r"\S"):
        review.publish(by=quality)


def test_a_critical_error_stands_apart_from_the_score(assess: Assess) -> None:
    review = assess({7: "0", 9: "0"})

    assert review.score == 100 and review.errors == BITS[Family.CLIENT] | BITS[Family.COMPLIANCE]


def test_the_person_accepts_and_nobody_else(assess: Assess, anna: User, ilya: User) -> None:
    review = assess()
    with pytest.raises(Conflict):
        review.accept(by=ilya)
    review.accept(by=anna)
    assert review.state == State.ACCEPTED and review.accepted_at and review.next_at is None
    with pytest.raises(Conflict):
        review.dispute("Передумала", by=anna)


def test_a_dispute_is_decided_by_somebody_else_and_both_marks_stay(
    assess: Assess, anna: User, quality: User, boris: User
) -> None:
    review = assess({1: "1"})
    with pytest.raises(Invalid):
        review.dispute("  ", by=anna)
    review.dispute("Причину нашёл Илья", by=anna)
    assert review.holder == boris == review.decider and told(boris)
    with pytest.raises(Conflict):
        review.decide({}, "Пусть", by=quality)

    solved = review.version.criteria.all()[1]
    before = review.score
    review.decide({solved.pk: "4"}, "Илья и Анна работали вместе", by=boris)
    mark = review.marks.get(criterion=solved)
    assert (mark.mark, mark.ruled, mark.counts) == ("1", "4", "4")
    assert review.score == before and review.result == 100 and review.verdict == Verdict.CHANGED
    assert review.state == State.DECIDED and review.holder is None
    assert len(told(anna)) == 2


def test_a_decision_that_changes_nothing_says_so(assess: Assess, anna: User, boris: User) -> None:
    review = assess({1: "1"})
    review.dispute("Не согласна", by=anna)
    solved = review.version.criteria.all()[1]
    with pytest.raises(Invalid):
        review.decide({solved.pk: "9"}, "Так", by=boris)
    with pytest.raises(Invalid):
        review.decide({}, "", by=boris)
    review.decide({solved.pk: "1"}, "Оценка верна", by=boris)
    assert review.verdict == Verdict.STANDS and review.result == review.score


def test_the_reviewer_who_leads_the_line_does_not_decide(solve: Solve, anna: User, boris: User, head: User) -> None:
    review = Review.objects.assign(solve(anna), anna, boris)
    review.keep(marks_of(review), comment="", praise="", by=boris)
    review.publish(by=boris)
    assert deciders.decider_for(review) == head


def test_silence_is_acceptance_and_what_is_late_is_told_once(
    assess: Assess, solve: Solve, anna: User, quality: User, head: User
) -> None:
    silent, waiting = assess(), Review.objects.assign(solve(anna), anna, quality)
    with clock.at(clock.now() + timedelta(days=30)):
        telling.look_at_dates()
        telling.look_at_dates()

    silent.refresh_from_db()
    waiting.refresh_from_db()
    assert silent.state == State.ACCEPTED and silent.accepted_at is None
    assert waiting.late_at and Entry.objects.filter(kind="quality.ReviewLate").count() == 1
    assert Notice.objects.filter(person=head, about="review", urgent=True).count() == 1


def test_many_that_are_late_are_written_down_together(solve: Solve, anna: User, quality: User, head: User) -> None:
    waiting = [Review.objects.assign(solve(anna), anna, quality) for _one in range(3)]
    with clock.at(clock.now() + timedelta(days=30)), CaptureQueriesContext(connection) as asked:
        telling.look_at_dates()
    said = [one["sql"] for one in asked]
    assert sum('UPDATE "quality_review"' in sql for sql in said) == 1
    assert sum('"staff_user"."role"' in sql.partition("WHERE")[2] for sql in said) == 1
    assert Notice.objects.filter(person=head, urgent=True).count() == len(waiting)
    assert Notice.objects.filter(person=quality, urgent=True).count() == len(waiting)


def test_a_step_of_coaching_has_an_owner_and_a_date(assess: Assess, anna: User, quality: User) -> None:
    review, soon = assess(), clock.now() + timedelta(days=3)
    with pytest.raises(Invalid):
        review.agree("Тренировка", anna, clock.now() - timedelta(days=1), by=quality)
    step = review.agree("Разобрать три звонка", anna, soon, by=quality)
    assert len(told(anna)) == 2
    with clock.at(soon + timedelta(hours=1)):
        telling.look_at_dates()
        assert Step.objects.get().late_at and Notice.objects.filter(person=anna, urgent=True).exists()
        step.finish(by=anna)
        step.finish(by=anna)
    assert step.done_at and Entry.objects.filter(kind="quality.StepDone").count() == 1


def test_a_critical_error_that_holds_begins_a_step_by_itself(
    assess: Assess, anna: User, boris: User, quality: User
) -> None:
    silent, read, clean, agreed = assess({7: "0"}), assess({7: "0", 9: "0"}), assess({1: "0"}), assess({7: "0"})
    agreed.agree("Разобрать вместе", anna, clock.now() + timedelta(days=3), by=quality)
    for one in (read, clean, agreed):
        assert one.steps.count() == (one == agreed)
        one.accept(by=anna)
    step = read.steps.get()
    assert (step.owner, step.agreed_by, step.done_at) == (boris, quality, None)
    assert str(Family.CLIENT.label) in step.text and str(Family.COMPLIANCE.label) in step.text
    assert step.until == terms.within(5, step.agreed_at) and len(told(boris)) == 1
    assert not clean.steps.exists() and agreed.steps.count() == 1

    with clock.at(clock.now() + timedelta(days=30)):
        telling.look_at_dates()
    assert silent.steps.count() == 1


def test_a_step_is_given_to_nobody_who_has_left(assess: Assess, anna: User, boris: User, quality: User) -> None:
    """Neither leads nor a head are there, and whoever reviewed it has left: another controller, else no step."""
    first, second = assess({7: "0"}), assess({7: "0"})
    other = person("zoya", "Зоя", Role.QUALITY)
    User.objects.filter(pk__in=(boris.pk, quality.pk)).update(is_active=False)
    User.objects.filter(role__in=(Role.HEAD, Role.ADMIN)).update(is_active=False)

    Review.objects.get(pk=first.pk).accept(by=anna)
    assert first.steps.get().owner == other
    User.objects.filter(pk=other.pk).update(is_active=False)
    Review.objects.get(pk=second.pk).accept(by=anna)
    assert not second.steps.exists()


def test_an_error_that_a_decision_took_away_is_talked_about_with_nobody(
    assess: Assess, anna: User, boris: User, head: User
) -> None:
    gone, stands = assess({7: "0"}), assess({7: "0"})
    for review, mark in ((gone, "1"), (stands, "0")):
        review.dispute("Так и было", by=anna)
        review.decide({review.version.criteria.all()[7].pk: mark}, "Посмотрела", by=boris)
    assert not gone.steps.exists() and stands.steps.get().owner == boris


def test_terms_are_those_of_the_department(assess: Assess, solve: Solve, anna: User, quality: User, head: User) -> None:
    ReviewPolicy.objects.create(pk=1, review_days=1, dispute_days=2, decide_days=4, step_days=6)
    waiting, review = Review.objects.assign(solve(anna), anna, quality), assess({7: "0"})
    assert waiting.next_at == terms.within(1, waiting.assigned_at)
    assert review.published_at and review.next_at == terms.within(2, review.published_at)
    review.dispute("Нет", by=anna)
    assert review.disputed_at and review.next_at == terms.within(4, review.disputed_at)
    assert review.decider
    review.decide({}, "Так", by=review.decider)
    step = review.steps.get()
    assert step.until == terms.within(6, step.agreed_at)
    with clock.at(clock.now() + timedelta(days=30)):
        waiting.hand_over(head, by=quality)
        assert waiting.due_at == terms.within(1, clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewPolicy.objects.update(dispute_days=7)


def test_nothing_hangs_on_somebody_who_left(
    assess: Assess, solve: Solve, anna: User, ilya: User, quality: User, boris: User, head: User
) -> None:
    read, disputed, waiting = assess(), assess(), Review.objects.assign(solve(ilya), ilya, quality)
    disputed.dispute("Нет", by=anna)
    step = read.agree("Тренировка", anna, clock.now() + timedelta(days=3), by=quality)
    boris.deactivate()
    disputed.refresh_from_db()
    assert disputed.holder == head and disputed.decider == head

    quality.deactivate()
    anna.deactivate()
    for one in (read, disputed, waiting, step):
        one.refresh_from_db()
    assert waiting.holder == head == waiting.reviewer
    assert read.state == disputed.state == State.ACCEPTED
    assert step.owner == head


def test_a_step_stays_with_nobody_who_has_left(assess: Assess, quality: User, head: User) -> None:
    step = assess().agree("Разобрать", quality, clock.now() + timedelta(days=3), by=quality)
    quality.deactivate()
    step.refresh_from_db()
    assert step.owner == head


def test_a_dispute_that_is_passed_on_is_told_with_a_new_term(
    assess: Assess, anna: User, boris: User, head: User
) -> None:
    review = assess()
    review.dispute("Нет", by=anna)
    with clock.at(clock.now() + timedelta(days=30)):
        telling.look_at_dates()
        heads = len(told(head))
        boris.deactivate()
        review.refresh_from_db()
        assert review.holder == head and review.late_at is None and not review.is_late(clock.now())
        assert len(told(head)) == heads + 1


def test_who_does_not_review_any_more_passes_on(
    assess: Assess, solve: Solve, anna: User, quality: User, boris: User, head: User, line_two
) -> None:
    waiting, disputed, plan = Review.objects.assign(solve(anna), anna, quality), assess(), a_plan_of(quality)
    disputed.dispute("Нет", by=anna)
    boris.appoint("lead", [line_two], by=head)
    quality.appoint("agent", [line_two], by=head)
    for one in (waiting, disputed, plan):
        one.refresh_from_db()
    assert waiting.holder == waiting.reviewer == disputed.decider == disputed.holder == plan.controller == head


def test_who_goes_on_reviewing_keeps_everything(solve: Solve, anna: User, quality: User, head: User) -> None:
    waiting, plan = Review.objects.assign(solve(anna), anna, quality), a_plan_of(quality)
    quality.appoint("head", [], by=head)
    waiting.refresh_from_db()
    plan.refresh_from_db()
    assert waiting.holder == plan.controller == quality


def a_plan_of(controller: User) -> Plan:
    return Plan.objects.create(controller=controller, next_at=next_turn("week", clock.now()))


def test_what_is_given_when_it_is_late_gets_a_new_term(solve: Solve, anna: User, quality: User, head: User) -> None:
    early, late = (Review.objects.assign(solve(anna), anna, quality) for _one in range(2))
    before = early.due_at
    early.hand_over(head, by=quality)
    assert early.due_at == early.next_at == before
    with clock.at(clock.now() + timedelta(days=30)):
        telling.look_at_dates()
        late.hand_over(head, by=quality)
        assert late.due_at == late.next_at and not late.is_late(clock.now()) and late.late_at is None


def test_two_who_begin_at_once_are_told_in_words(
    solve: Solve, anna: User, quality: User, boris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = solve(anna)
    Review.objects.assign(ticket, anna, quality)
    monkeypatch.setattr("django.db.models.QuerySet.exists", lambda _rows: False)  # as the other has not committed yet
    monkeypatch.setattr("otklik.care.quality.models.reviewing.must_be_fit", lambda *_people: None)
    with pytest.raises(Conflict):
        Review.objects.assign(ticket, anna, boris)
    assert Review.objects.count() == 1


def test_only_random_ones_outside_a_dispute_count(assess: Assess, anna: User, boris: User) -> None:
    random, chosen, disputed = assess(stream=Stream.RANDOM), assess(), assess(stream=Stream.RANDOM)
    disputed.dispute("Нет", by=anna)
    assert list(Review.objects.counting()) == [random] and chosen.state == State.PUBLISHED
