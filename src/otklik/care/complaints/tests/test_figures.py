"""Figures of complaints: by the kernel, and of too few nothing."""

from datetime import datetime, timedelta

import pytest

from otklik.care.complaints import figures
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import bring
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db


def by_label(user: User) -> dict[str, figures.Figure]:
    return {str(one.label): one for one in figures.of(user).shares}


def test_of_too_few_only_how_many_there_were(file, boris: User) -> None:
    nothing = figures.of(boris)
    assert all(one.share is None and (one.k, one.n) == (0, 0) for one in nothing.shares)
    assert nothing.rate.count == 0 and nothing.cycle.median is None
    for _each in range(4):
        file(upto="agrees")
    upheld = by_label(boris)[str(figures.UPHELD[0])]
    assert (upheld.k, upheld.n, upheld.share) == (4, 4, None)


def test_shares_of_enough(file, boris: User, head: User) -> None:
    start = clock.now() - timedelta(days=20)
    for n in range(6):
        with clock.at(start + timedelta(hours=n)):
            one = file(stated_cause="people.attitude")
        with clock.at(start + timedelta(days=8 if n else 15)):
            bring(one, "agrees", by=boris, investigator=head, decision="upheld" if n < 3 else "not")
    told = by_label(boris)
    legal = told[str(figures.LEGAL[0])]
    assert (legal.k, legal.n) == (5, 6) and legal.share == pytest.approx(5 / 6) and legal.lo and 0 < legal.lo < 5 / 6
    assert told[str(figures.ACKNOWLEDGED[0])].k == 0
    assert told[str(figures.UPHELD[0])].share == 0.5
    assert figures.of(boris).cycle.median == pytest.approx(8, abs=0.3) and figures.of(boris).rate.count == 6


def close(one: Complaint, at: datetime, **told: object) -> None:
    ended = {"state": "closed", "closed_at": at, "next_at": None, "next_due": "", "soon_at": None}
    Complaint.objects.filter(pk=one.pk).update(**ended, **told)


def test_a_cause_that_came_back(file, boris: User) -> None:
    old, new, young = file(), file(), file()
    closed, told = clock.now() - timedelta(days=120), {"decision": "upheld", "found_cause": "people.load"}

    def repeated() -> tuple[int, int]:
        figure = by_label(boris)[str(figures.REPEATED[0])]
        return figure.k, figure.n

    close(old, closed, received_at=closed, **told)
    close(young, clock.now() - timedelta(days=89), received_at=closed - timedelta(days=5), **told)
    assert repeated() == (0, 1), "of what was closed within 90 days nobody knows yet"
    Complaint.objects.filter(pk=new.pk).update(received_at=closed - timedelta(days=1), **told)
    assert repeated() == (0, 1)
    Complaint.objects.filter(pk=new.pk).update(received_at=closed + timedelta(days=50), decision="")
    assert repeated() == (0, 1), "an undecided one is not upheld"
    Complaint.objects.filter(pk=new.pk).update(decision="partly")
    assert repeated() == (1, 1)
    close(old, clock.now() - timedelta(days=181))
    assert repeated() == (0, 0)


def test_causes_shift_of_the_closed_ones(file, boris: User) -> None:
    one = file(upto="agrees", stated_cause="people.attitude")
    shifted = str(figures.SHIFTED[0])
    assert by_label(boris)[shifted].n == 0
    close(one, clock.now())
    assert (by_label(boris)[shifted].k, by_label(boris)[shifted].n) == (1, 1)


def test_a_check_that_proves_nothing_is_a_check(file, boris: User, head: User) -> None:
    with clock.at(clock.now() - timedelta(days=200)):
        one = file(upto="agrees")
        due = clock.now() + timedelta(days=1)
        one.finish(one.plan("Починить", kind="corrective", owner=head, due_at=due, by=boris), "Починили", by=head)
    checked_at = one.check_at + timedelta(days=130)
    with clock.at(checked_at):
        assert one.turned_at < clock.now() - timedelta(days=figures.DAYS)
        assert one.weigh("helped", by=boris).verdict == "unproven"
        told = by_label(boris)[str(figures.EFFECTIVE[0])]
        assert (told.k, told.n) == (0, 1)
    Complaint.objects.filter(pk=one.pk).update(verdict="effective")  # of a later check
    with clock.at(checked_at):
        told = by_label(boris)[str(figures.EFFECTIVE[0])]
        assert (told.k, told.n) == (0, 1), "what it said then stays"
    with clock.at(one.check_at + timedelta(days=figures.DAYS + 1)):
        assert by_label(boris)[str(figures.EFFECTIVE[0])].n == 0


def test_of_several_checks_the_last_one_in_the_span_counts(file, boris: User, head: User) -> None:
    start = clock.now() - timedelta(days=50)
    checked, other = file(), file()
    for one, day, verdict in (
        *((checked, 0, "effective"), (checked, 10, "unproven"), (checked, 40, "effective")),
        *((other, 3, "unproven"), (other, 4, "effective")),
    ):
        told = {"about": "complaint", "about_id": one.pk, "data": {"verdict": verdict}}
        Entry.objects.create(kind=figures.CHECK, at=start + timedelta(days=day), **told)

    def effective(until: int) -> list[tuple[int, bool]]:
        mine = Complaint.objects.visible_to(boris)
        told = figures.told_of(mine, start, start + timedelta(days=until), ["effective"])["effective"]
        assert {item.line for item in told} <= {checked.line_id}
        return sorted((item.complaint, item.good) for item in told)

    assert effective(3) == [(checked.pk, True)]
    assert effective(11) == [(checked.pk, False), (other.pk, True)]
    assert effective(41) == [(checked.pk, True), (other.pk, True)]


def test_of_what_the_reader_may_not_see_nothing_is_counted(file, anna: User, boris: User, ticket) -> None:
    file(ticket, against=boris, by=anna)
    assert figures.of(boris).rate.count == 0


def test_the_number_of_statements_does_not_grow(file, boris: User, django_assert_max_num_queries) -> None:
    for _each in range(6):
        file(upto="agrees")
    assert boris.team_ids
    with django_assert_max_num_queries(6):
        figures.of(boris)
