"""Marks given alone, a proposal, a person who decides, and words that go (METRICS P1, P2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.people.assessing import assessment, discuss, may_see_marks
from otklik.team.people.models import Candidate, Sheet, Vacancy
from otklik.team.people.models.candidate import KEPT_DECIDED
from otklik.team.people.reckoning import agreement, early_attrition
from otklik.team.people.tasks import daily
from otklik.team.people.tests.conftest import Came, Gives

pytestmark = pytest.mark.django_db


def asked(name: str, user: User) -> Question:
    after = midnight(today() + timedelta(days=1))
    return Question(METRICS[name], Scope.visible_to(user, after - timedelta(days=28), after))


def test_the_worked_example_is_green(came: Came, gives: Gives, head: User, boris: User) -> None:
    one = came()
    gives(one, head, (3, 4, 3, 1, 2))
    alone = assessment(one)
    assert (alone.score, alone.group) == (None, ""), "one sheet proposes nothing"
    gives(one, boris, (3, 4, 3, 1, 2))
    told = assessment(one)
    assert told.score == pytest.approx(81.1, abs=0.05)
    assert (told.gate, told.group) == (True, "green")


def test_means_of_two_and_what_lies_apart(came: Came, gives: Gives, head: User, boris: User) -> None:
    """4,3,5 and 4,4,3: means 4, 3.5, 4, and the third needs a note."""
    one = came()
    gives(one, head, (4, 3, 5, 1, 2))
    gives(one, boris, (4, 4, 3, 1, 2))
    rows = assessment(one).rows
    assert [row.mean for row in rows[:3]] == [4, 3.5, 4]
    assert [row.is_undiscussed for row in rows] == [False, False, True, False, False]
    with pytest.raises(Refused, match="обсудил"):
        one.decide("hired", "Берём", by=head, person=boris, hired_on=today())
    with pytest.raises(Refused):
        discuss(one, rows[0].criterion.pk, "Незачем", by=head)
    discuss(one, rows[2].criterion.pk, "Сошлись на четырёх", by=head)
    assert not any(row.is_undiscussed for row in assessment(one).rows)


def test_nobody_sees_the_marks_of_others_before_their_own(
    came: Came, gives: Gives, head: User, boris: User, admin: User, vacancy: Vacancy
) -> None:
    vacancy.interviewers.add(admin)
    one = came()
    gives(one, head, (3, 4, 3, 1, 2))
    assert [may_see_marks(one, user) for user in (head, boris, admin)] == [False] * 3
    gives(one, boris, (3, 4, 3, 1, 2))
    assert [may_see_marks(one, user) for user in (head, boris, admin)] == [True, True, False]
    with pytest.raises(Refused):
        discuss(one, one.vacancy.profile.criteria.all()[0].pk, "Так", by=admin)


def test_a_sheet_is_whole_given_once_and_stands_on_evidence(came: Came, gives: Gives, head: User, ilya: User) -> None:
    one = came()
    with pytest.raises(Refused) as refused:
        gives(one, head, (3, 4, 3, 1, 2), evidence="  ")
    assert refused.value.field.startswith("evidence_")
    with pytest.raises(Refused):
        gives(one, head, (3, 4, 6, 1, 2))
    with pytest.raises(Refused):
        Sheet.objects.give(one, {}, by=head)
    with pytest.raises(Refused):
        gives(one, ilya, (3, 4, 3, 1, 2))
    assert not Sheet.objects.exists()
    gives(one, head, (3, 4, 3, 1, 2))
    with pytest.raises(Refused):
        gives(one, head, (5, 5, 5, 5, 5))


def test_red_refuses_nobody_and_nothing_is_decided_without_a_person(
    came: Came, gives: Gives, head: User, boris: User, vera: User, anna: User
) -> None:
    one = came()
    with pytest.raises(Refused):
        one.decide("hired", "Берём", by=head, person=anna, hired_on=today())
    gives(one, head, (1, 1, 1, 1, 1))
    gives(one, boris, (1, 1, 1, 1, 1))
    assert assessment(one).group == "red"
    one.refresh_from_db()
    assert one.is_open
    with pytest.raises(Refused):
        one.decide("hired", " ", by=head, person=anna, hired_on=today())
    with pytest.raises(Refused):
        one.decide("refused", "Нет", by=vera)
    one.decide("hired", "Берём на обучение", by=boris, person=anna, hired_on=today())
    assert (one.group, one.decided_by) == ("red", boris)
    with pytest.raises(Refused):
        Candidate.objects.get(pk=one.pk).decide("refused", "Передумали", by=head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.create(vacancy=one.vacancy, name="Сам", stage="refused", made_by=head)


def test_who_may_know_of_a_candidate(
    came: Came, hired: Callable[..., Candidate], head: User, boris: User, anna: User, vera: User, quality: User
) -> None:
    one, own = came(), hired(anna, 5)
    seen = {user.login: set(Candidate.objects.visible_to(user)) for user in (head, boris, anna, vera, quality)}
    assert seen == {"head": {one, own}, "boris": {one, own}, "anna": {own}, "vera": set(), "quality": set()}
    one.vacancy.interviewers.add(vera)
    assert set(Candidate.objects.visible_to(vera)) == {one, own}


def test_an_erased_candidate_is_nobody(came: Came, gives: Gives, head: User, boris: User) -> None:
    one = came(note="Живёт на Лесной", source="Подруга Оля")
    gives(one, head, (3, 4, 5, 1, 2), "Рассказала про Лесную")
    gives(one, boris, (3, 4, 2, 1, 2), "Рассказала про Лесную")
    discuss(one, assessment(one).rows[2].criterion.pk, "На Лесной всё иначе", by=head)
    one.erase(by=head)
    one.refresh_from_db()
    kept = str(Candidate.objects.values().get()) + str([list(one.sheets.values("marks__evidence"))])
    kept += str(list(one.discussions.values()))
    assert not any(word in kept for word in ("Ланская", "Лесн", "Оля", "+7 900"))
    assert one.stage == "withdrawn" and one.sheets.first().marks.count() == 5  # type: ignore[union-attr]
    with pytest.raises(Refused):
        one.erase(by=head)


def test_words_go_when_their_time_is_over(came: Came, head: User) -> None:
    one = came()
    one.decide("refused", "Другой подошёл больше", by=head)
    assert one.keep_until == today() + KEPT_DECIDED
    with clock.at(clock.now() + KEPT_DECIDED):
        daily(0)
    assert Candidate.objects.get().name == one.name
    with clock.at(clock.now() + KEPT_DECIDED + timedelta(days=1)):
        daily(0)
    assert "Ланская" not in Candidate.objects.get().name
    assert Entry.objects.get(kind="people.CandidateErased").actor is None


def test_two_of_twelve_left_early(hired: Callable[..., Candidate], admin: User) -> None:
    """The worked example of METRICS P3; who came less than ninety days ago is not counted yet."""
    people = [User.objects.create_user(f"new{n}", name=f"Новый {n}", role=Role.AGENT) for n in range(14)]
    taken = [hired(person, 120) for person in people[:12]]
    taken.append(hired(people[12], 89))
    taken.append(hired(people[13], 456))
    for person, ago in ((people[0], 100), (people[1], 31), (people[2], 30)):
        with clock.at(clock.now() - timedelta(days=ago)):
            person.deactivate(by=admin)
    told = early_attrition(taken)
    assert (told.share.good, told.share.n) == (2, 12)
    assert told.share.value == pytest.approx(0.167, abs=0.001)
    assert [one.person for one in told.who] == people[:2]


def test_agreement_is_told_of_ten_candidates(came: Came, gives: Gives, head: User, boris: User) -> None:
    ones = [came(f"К {n}") for n in range(10)]
    for n, one in enumerate(ones):
        levels = (1 + n % 5, 2, 3, 4, 1 + n % 3)
        gives(one, head, levels)
        if n < 9:
            gives(one, boris, levels)
    few = agreement(one.pk for one in ones)
    assert (few.candidates, few.units, few.alpha) == (9, 45, None)
    gives(ones[9], boris, (5, 2, 3, 4, 2))
    told = agreement(one.pk for one in ones)
    assert told.alpha is not None and told.lo is not None
    assert 0.9 < told.alpha <= 1 and told.lo <= told.alpha


def test_the_layer_tells_leads_how_far_interviewers_agree(
    came: Came, gives: Gives, anna: User, head: User, boris: User
) -> None:
    for n in range(11):
        one = came(f"К {n}")
        for by in (head, boris):
            gives(one, by, (1 + n % 5, 2, 3, 4, 1 + n % 3))
        if n < 10:
            one.decide("refused", "Нет", by=head)
    told = agreement(Candidate.objects.exclude(stage="open").values_list("pk", flat=True))
    found = layer.figure(asked("hire.agreement", head))
    assert (found.value, found.lo, found.hi, found.n) == (told.alpha, told.lo, told.hi, 50) and told.alpha
    assert layer.figure(asked("hire.agreement", boris)).value == told.alpha, "of the candidates of his line"
    assert layer.figure(asked("hire.agreement", anna)).value is None, "who leads nobody"
    assert layer.figure(asked("hire.agreement", head).before()).value is None


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=6))
def test_a_spread_of_two_is_apart_whoever_gave_more(pairs: list[tuple[int, int]]) -> None:
    from otklik.team.people.assessing import Row
    from otklik.team.people.models import Mark, ProfileCriterion

    for one, other in pairs:
        row = Row(ProfileCriterion(), [Mark(level=one), Mark(level=other)])
        turned = Row(ProfileCriterion(), [Mark(level=other), Mark(level=one)])
        assert row.is_undiscussed == turned.is_undiscussed == (abs(one - other) >= 2)
