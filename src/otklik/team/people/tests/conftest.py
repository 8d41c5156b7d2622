from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.people.models import Candidate, HiringProfile, ProfileCriterion, Sheet, Sort, Vacancy

type Came = Callable[..., Candidate]
type Gives = Callable[..., Sheet]

EXAMPLE = (
    ("Грамотность", Sort.MUST, 3),
    ("Эмпатия", Sort.IMPORTANT, 4),
    ("Письмо", Sort.IMPORTANT, 4),
    ("Продукт", Sort.TRAINABLE, 3),
    ("Английский", Sort.PLUS, 2),
)
"""The criteria of the worked example of METRICS P1."""


@pytest.fixture
def vacancy(line_one: Team, head: User, boris: User) -> Vacancy:
    """Of the first line; the head and its lead interview."""
    profile = HiringProfile.objects.create(name="Первая линия", made_by=head)
    for place, (name, sort, required) in enumerate(EXAMPLE):
        told = {"name": name, "sort": sort, "required": required, "question": "Расскажите", "anchors": "1–5"}
        ProfileCriterion.objects.create(profile=profile, place=place, **told)
    vacancy = Vacancy.objects.create(title="Специалист", profile=profile, team=line_one, made_by=head)
    vacancy.interviewers.set([head, boris])
    return vacancy


@pytest.fixture
def came(vacancy: Vacancy, head: User) -> Came:
    def make(name: str = "Мария Ланская", **told: Any) -> Candidate:
        return Candidate.objects.create(vacancy=vacancy, name=name, contact="+7 900", made_by=head, **told)

    return make


@pytest.fixture
def gives() -> Gives:
    def give(candidate: Candidate, by: User, levels: tuple[int, ...], evidence: str = "Показала") -> Sheet:
        criteria = candidate.vacancy.profile.criteria.all()
        marks = {one.pk: (level, evidence) for one, level in zip(criteria, levels, strict=True)}
        return Sheet.objects.give(candidate, marks, by=by)

    return give


@pytest.fixture
def hired(came: Came, gives: Gives, head: User, boris: User) -> Callable[..., Candidate]:
    """`hired(person, 100)`: whose first day at work was a hundred days ago."""

    def make(person: User, ago: int) -> Candidate:
        one = came(person.name)
        gives(one, head, (4, 4, 3, 1, 2))
        gives(one, boris, (4, 4, 3, 1, 2))
        one.decide("hired", "Подходит", by=head, person=person, hired_on=clock.house_today() - timedelta(days=ago))
        return one

    return make
