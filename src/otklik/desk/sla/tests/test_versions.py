"""What may be promised: nothing unchecked, nothing red, nothing above what was measured without a word why."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.sla.models import ServiceClass, State, Version
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Priority
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Version:
    return Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)


def test_a_version_goes_its_way_and_never_back(draft: Version, admin: User, anna: User) -> None:
    assert draft.state.value == "draft"
    with pytest.raises(Conflict):
        draft.put_in_force(by=admin)
    draft.check_capacity()
    assert draft.found and draft.checked_at
    with pytest.raises(Invalid) as refused:
        draft.put_in_force(by=admin)
    assert refused.value.field == "accepted"
    with pytest.raises(Invalid) as refused:
        draft.put_in_force(by=admin, accepted="начинаем с малого")
    assert refused.value.field == "override"
    draft.put_in_force(by=admin, accepted="начинаем с малого", override="ещё нечего мерить")

    assert draft.state == State.IN_FORCE
    for late in (lambda: draft.put_in_force(by=admin), draft.check_capacity, lambda: draft.change({})):
        with pytest.raises(Conflict):
            late()


def test_other_times_have_to_be_checked_again(draft: Version) -> None:
    draft.check_capacity()
    draft.change({Priority.NORMAL: (timedelta(minutes=5), timedelta(minutes=5), timedelta(hours=1))})

    assert draft.state == State.DRAFT and draft.found is None


def test_the_next_version_ends_the_one_before_it_at_its_own_moment(draft: Version, admin: User) -> None:
    draft.found, draft.checked_at = {"colour": "green", "above_measured": False}, clock.now()
    draft.put_in_force(by=admin)
    following = draft.service_class.begin_version(by=admin)
    assert following.pk != draft.pk and draft.service_class.begin_version(by=admin).pk == following.pk
    assert [target.times for target in following.targets.all()] == [target.times for target in draft.targets.all()]
    following.found, following.checked_at = draft.found, clock.now()
    month = clock.now() + timedelta(days=30)
    following.put_in_force(by=admin, at=month)
    draft.refresh_from_db()

    assert (draft.state, following.state) == (State.IN_FORCE, State.COMING)
    with clock.at(month):
        assert (draft.state, following.state) == (State.RETIRED, State.IN_FORCE)
        assert draft.service_class.in_force() == following


def test_what_two_things_stand_against_is_not_promised(draft: Version, writes: Write, anna: User, admin: User) -> None:
    """One person in the line, and of ten first answers none came within the minute that is promised now."""
    draft.change(dict.fromkeys(Priority, (timedelta(minutes=1), timedelta(minutes=1), timedelta(minutes=1))))
    for number in range(10):
        ticket = writes(external_id=f"<{number}@volga.test>")
        with clock.at(ticket.opened_at + timedelta(minutes=30)):
            ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(hours=1)):
        draft.check_capacity()

    assert draft.found and draft.found["colour"] == "red"
    assert draft.found["kept"]["first_answer"] == [0, 10]
    with pytest.raises(Conflict):
        draft.put_in_force(by=admin, accepted="очень надо", override="очень надо")


def test_a_share_that_was_measured_needs_no_word_why(draft: Version, writes: Write, anna: User, ilya: User) -> None:
    draft.change({}, share=80, suppliers_fit=True)
    for number in range(40):
        writes(external_id=f"<{number}@volga.test>").reply("Готово", by=anna, then=Resolve())
    draft.check_capacity()

    assert draft.found
    assert draft.found["kept"] == {"first_answer": [40, 40], "next_answer": [0, 0], "resolution": [40, 40]}
    assert (draft.found["colour"], draft.found["above_measured"]) == ("amber", False)  # how busy people are is unknown
