"""The story of the demo company holds together."""

import pytest

from otklik.core.staff.models import User
from otklik.team.people import seeds
from otklik.team.people.models import Candidate, Onboarding, Stage

pytestmark = pytest.mark.django_db


def test_who_was_taken_was_brought_in(head: User, boris: User, anna: User, ilya: User, vera: User) -> None:
    seeds.load()
    taken = Candidate.objects.get(stage=Stage.HIRED)
    plan = Onboarding.objects.get(person=taken.person_id)
    assert plan.begins_on == taken.hired_on and plan.ended_on
    assert Onboarding.objects.running().count() == 1
