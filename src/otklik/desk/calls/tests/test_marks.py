"""Calls of one number have a mark in common, which leads nowhere after an erasure."""

from importlib import import_module
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection

from otklik.core.staff.models import User
from otklik.desk.calls.models import Call, CallBack
from otklik.desk.calls.tests.conftest import NUMBER, Tell
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.facts import forget

pytestmark = pytest.mark.django_db
OTHER = "+79004445566"


def rang(tells: Tell, name: str, number: str, second: float, ticket: Ticket | None = None) -> Call:
    tells("ringing", second, name, number=number)
    call = tells("ended", second + 30, name)
    if ticket:
        Call.objects.filter(pk=call.pk).update(ticket=ticket)
    return call


def mark_of(name: str) -> UUID | None:
    return Call.objects.get(external_id=name).caller


def test_the_mark_of_who_was_erased_leads_to_no_call_that_has_the_number(tells: Tell, writes: Write) -> None:
    one, kept = writes(), writes(subject="И ещё")
    rang(tells, "first", NUMBER, 0)
    rang(tells, "second", NUMBER, 60)
    rang(tells, "other", OTHER, 120)
    Call.objects.update(ticket=one)
    CallBack.objects.update(ticket=one)
    rang(tells, "later", NUMBER, 4000, kept)
    was = {name: mark_of(name) for name in ("first", "other", "later")}
    forget(one)

    assert mark_of("first") == mark_of("second") != mark_of("other"), "who was one stays one, who were two two"
    assert mark_of("later") == was["later"] == was["first"]
    assert not Call.objects.filter(number="…", caller__in=was.values()).exists()
    owed = CallBack.objects.filter(ticket=one).values_list("caller", flat=True)
    assert set(owed) == {mark_of("first"), mark_of("other")}, "what is owed goes with its calls"
    after = mark_of("first")
    forget(one)
    assert mark_of("first") == after and set(owed.all()) == {after, mark_of("other")}, "twice is once"


def test_a_hidden_number_has_no_mark_afterwards_either(tells: Tell, ticket: Ticket) -> None:
    rang(tells, "hidden", "", 0, ticket)
    forget(ticket)

    assert mark_of("hidden") is None


def test_calls_from_before_are_marked_number_by_number(tells: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = import_module("otklik.desk.calls.migrations.0009_calls_of_a_caller")
    monkeypatch.setattr(upgrade, "BATCH", 1)
    for place, number in enumerate((NUMBER, NUMBER, OTHER, "")):
        rang(tells, f"c{place}", number, place * 100)
    known = mark_of("c2")
    Call.objects.exclude(external_id="c2").update(caller=None)
    CallBack.objects.exclude(number=OTHER).update(caller=None)
    rang(tells, "new", OTHER, 900)
    for _time in range(2):
        upgrade.mark(apps, SimpleNamespace(connection=connection))

    assert mark_of("c0") == mark_of("c1") not in (None, known) and mark_of("c2") == mark_of("new") == known
    assert mark_of("c3") is None
    assert set(CallBack.objects.values_list("caller", flat=True)) == {mark_of("c0"), known}


def test_a_call_of_the_version_before_is_marked_when_more_is_heard_of_it(tells: Tell, anna: User) -> None:
    tells("ringing", extension="101", number=NUMBER)
    Call.objects.update(caller=None)
    tells("answered", 5, extension="101")

    assert mark_of("c1")
