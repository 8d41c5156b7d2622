"""Figures of complaints: by the kernel, and of too few nothing."""

from datetime import timedelta

import pytest

from otklik.care.complaints import figures
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import bring
from otklik.core.journal import clock
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db


def by_label(user: User) -> dict[str, figures.Figure]:
    return {str(one.label): one for one in figures.of(user)}


def test_of_too_few_only_how_many_there_were(file, boris: User) -> None:
    assert all(one.share is None and (one.k, one.n) == (0, 0) for one in figures.of(boris))
    assert figures.rate(boris).count == 0 and figures.cycle(boris).median is None
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
    assert told[str(figures.SHIFTED[0])].share == 1
    assert figures.cycle(boris).median == pytest.approx(8, abs=0.3) and figures.rate(boris).count == 6


def test_a_cause_that_came_back(file, boris: User) -> None:
    old, new, late = file(), file(), file()
    closed = clock.now() - timedelta(days=60)
    told = {"decision": "upheld", "found_cause": "people.load"}
    Complaint.objects.filter(pk=old.pk).update(
        state="closed", received_at=closed, closed_at=closed, next_at=None, next_due="", soon_at=None, **told
    )
    assert by_label(boris)[str(figures.REPEATED[0])].k == 0
    Complaint.objects.filter(pk=new.pk).update(received_at=closed - timedelta(days=1), found_cause="people.load")
    assert by_label(boris)[str(figures.REPEATED[0])].k == 0
    Complaint.objects.filter(pk=late.pk).update(received_at=closed + timedelta(days=50), found_cause="people.load")
    assert (by_label(boris)[str(figures.REPEATED[0])].k, by_label(boris)[str(figures.REPEATED[0])].n) == (1, 1)


def test_of_what_the_reader_may_not_see_nothing_is_counted(file, anna: User, boris: User, ticket) -> None:
    file(ticket, against=boris, by=anna)
    assert figures.rate(boris).count == 0


def test_the_number_of_statements_does_not_grow(file, boris: User, django_assert_max_num_queries) -> None:
    for _each in range(6):
        file(upto="agrees")
    assert boris.team_ids
    with django_assert_max_num_queries(16):
        figures.of(boris)
        figures.rate(boris)
        figures.cycle(boris)
