"""Gain of the same people, attestations that end, tests that measure (METRICS P4)."""

from datetime import date, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Skill, User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.people.models import Attestation, Course, KnowledgeTest, Seat, Wave
from otklik.team.people.models.attestation import months_later
from otklik.team.people.reckoning import gain_of, reliability, skills_of, valid_share
from otklik.team.people.reminding import remind

pytestmark = pytest.mark.django_db
GUIDE = (
    *((1, 1, 1, 1, 1), (1, 1, 1, 1, 1), (1, 1, 1, 1, 0), (1, 1, 1, 0, 0)),
    *((1, 1, 0, 0, 0), (1, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
)


@pytest.fixture
def sip(db: None) -> Skill:
    return Skill.objects.create(name="SIP")


def attest(person: User, skill: Skill, by: User, ago: int = 0, **told: bool) -> Attestation:
    told = {"passed": True, "of_product": False, **told}
    return Attestation.objects.take(person, skill, word="Показал", by=by, on=today() - timedelta(days=ago), **told)


def test_from_sixty_to_seventy_eight(anna: User, ilya: User, vera: User, head: User) -> None:
    course = Course.objects.create(name="Разговор")
    wave = Wave.objects.create(course=course, starts_on=today(), ends_on=today(), made_by=head)
    for person in (anna, ilya, vera):
        Seat.objects.create(wave=wave, person=person)
    assert gain_of(wave.seats.all())["mean"] is None
    wave.points({anna.pk: (50, 70), ilya.pk: (70, 86), vera.pk: (40, None)})
    told = gain_of(wave.seats.all())
    assert (told["n"], told["mean"]) == (2, 18)
    assert told["normalised"] == pytest.approx(0.45)
    with pytest.raises(Refused):
        wave.points({anna.pk: (50, 101)})


def test_the_layer_tells_the_gain_of_a_year_of_those_one_leads(
    anna: User, ilya: User, vera: User, boris: User, head: User
) -> None:
    course = Course.objects.create(name="Разговор")
    for ago, points in ((10, {anna: (50, 70), ilya: (70, 86), vera: (40, 70)}), (400, {anna: (0, 100)})):
        day = today() - timedelta(days=ago)
        wave = Wave.objects.create(course=course, starts_on=day, ends_on=day, made_by=head)
        for person in points:
            Seat.objects.create(wave=wave, person=person)
        wave.points({person.pk: told for person, told in points.items()})

    def gain(user: User) -> Figure:
        after = midnight(today() + timedelta(days=1))
        scope = Scope.visible_to(user, after - timedelta(days=28), after)
        return layer.figure(Question(METRICS["train.gain"], scope))

    whole = gain(head)
    assert whole.n == 3 and whole.value == pytest.approx(22) and whole.lo is not None and whole.lo < 22
    assert (gain(boris).n, gain(boris).value) == (2, 18), "of his line"
    assert gain(anna).value is None and whole.status == "hidden"


def test_who_sees_whose_points(anna: User, ilya: User, vera: User, boris: User, head: User) -> None:
    course = Course.objects.create(name="Разговор")
    wave = Wave.objects.create(course=course, starts_on=today(), ends_on=today(), made_by=head)
    for person in (anna, vera):
        Seat.objects.create(wave=wave, person=person)
    seen = {user: {seat.person for seat in Seat.objects.visible_to(user)} for user in (anna, ilya, boris, head)}
    assert seen == {anna: {anna}, ilya: set(), boris: {anna}, head: {anna, vera}}
    assert [Wave.objects.visible_to(user).exists() for user in (anna, ilya, boris)] == [True, False, True]


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
    ],
)
def test_the_same_day_months_later(day: date, months: int, until: date) -> None:
    assert months_later(day, months) == until


def test_an_attestation_ends_and_a_product_ends_sooner(anna: User, boris: User, head: User, sip: Skill) -> None:
    year, half = attest(anna, sip, boris), attest(anna, sip, boris, of_product=True)
    assert year.valid_until == months_later(today(), 12) and half.valid_until == months_later(today(), 6)
    with pytest.raises(Refused):
        Attestation.objects.all().end_product(sip, by=boris)
    assert Attestation.objects.all().end_product(sip, by=head) == 1
    assert list(Attestation.objects.valid()) == [year]
    with clock.at(clock.now() + timedelta(days=367)):
        assert not Attestation.objects.valid().exists() and not year.is_valid


def test_once_more_after_seven_days_and_nobody_oneself(anna: User, boris: User, vera: User, sip: Skill) -> None:
    attest(anna, sip, boris, ago=6, passed=False)
    with pytest.raises(Refused) as refused:
        attest(anna, sip, boris)
    assert refused.value.field == "taken_on"
    for person, by in ((boris, boris), (vera, boris), (anna, anna)):
        with pytest.raises(Refused):
            attest(person, sip, by)
    with clock.at(clock.now() + timedelta(days=1)):
        assert attest(anna, sip, boris).is_valid
    with pytest.raises(Refused):
        attest(anna, sip, boris, ago=-3)


def test_share_of_skills_that_hold(anna: User, ilya: User, boris: User, sip: Skill) -> None:
    other = Skill.objects.create(name="Биллинг")
    anna.skills.set([sip, other])
    ilya.skills.set([sip])
    attest(anna, sip, boris)
    attest(ilya, sip, boris, ago=400)
    owed = skills_of([anna, ilya])
    assert [(one.person, one.skill, one.is_valid) for one in owed] == [
        (anna, "Биллинг", False),
        (ilya, "SIP", False),
        (anna, "SIP", True),
    ]
    assert (valid_share(owed).good, valid_share(owed).n) == (1, 3)
    assert valid_share([]).value is None


def test_reminded_thirty_and_seven_days_before_and_once_each(anna: User, boris: User, sip: Skill) -> None:
    one = attest(anna, sip, boris)
    assert one.valid_until
    for left, count in ((31, 0), (30, 1), (29, 1), (8, 1), (7, 2), (1, 2), (0, 2), (-1, 2)):
        with clock.at(clock.now() + (one.valid_until - today()) - timedelta(days=left)):
            remind()
        assert Notice.objects.filter(person=anna).count() == count, left
    assert "SIP" in Notice.objects.filter(person=anna)[0].text


def test_who_has_taken_it_again_is_left_alone(anna: User, boris: User, sip: Skill) -> None:
    attest(anna, sip, boris, ago=350)
    attest(anna, sip, boris)
    assert remind() == 0


def test_the_worked_example_of_reliability(anna: User, head: User, sip: Skill) -> None:
    people = [User.objects.create_user(f"p{n}", name=str(n)) for n in range(8)]
    test = KnowledgeTest.objects.enter("SIP", sip, today(), dict(zip(people, GUIDE, strict=True)), by=head)
    told = reliability(test)
    assert (told.people, told.questions, told.decides) == (8, 5, True)
    weak = {people[0]: (1, 0, 1), people[1]: (0, 1, 1), people[2]: (1, 1, 0), people[3]: (0, 0, 1)}
    assert not reliability(KnowledgeTest.objects.enter("Слабый", sip, today(), weak, by=head)).decides
    alike = {people[0]: (1, 1), people[1]: (1, 1)}
    undefined = reliability(KnowledgeTest.objects.enter("Все", sip, today(), alike, by=head))
    assert (undefined.value, undefined.decides) == (None, False)
    with pytest.raises(Refused):
        KnowledgeTest.objects.enter("Разные", sip, today(), {people[0]: (1,), people[1]: (1, 0)}, by=head)
