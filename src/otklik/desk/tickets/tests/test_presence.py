"""Who is at a ticket now; told to open pages only when something changed."""

import json
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Presence, Ticket

pytestmark = pytest.mark.django_db


def test_a_heartbeat_shows_a_person_to_others_but_not_to_themselves(ticket: Ticket, anna: User, ilya: User) -> None:
    Presence.objects.beat(ticket, anna, "writes")

    assert [(one.user, one.doing) for one in Presence.objects.others(ticket, ilya)] == [(anna, "writes")]
    assert Presence.objects.others(ticket, anna) == []


def test_whoever_is_silent_for_half_a_minute_is_gone(ticket: Ticket, anna: User, ilya: User) -> None:
    Presence.objects.beat(ticket, anna, "reads")

    with clock.at(clock.now() + timedelta(seconds=31)):
        assert Presence.objects.others(ticket, ilya) == []


def test_it_is_news_only_when_somebody_comes_changes_or_leaves(ticket: Ticket, anna: User) -> None:
    beat = Presence.objects.beat
    assert [beat(ticket, anna, doing) for doing in ("reads", "reads", "writes", "writes")] == [True, False, True, False]
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert beat(ticket, anna, "writes")
    assert Presence.objects.leave(ticket, anna) and not Presence.objects.leave(ticket, anna)


def test_writers_stand_before_readers(ticket: Ticket, anna: User, ilya: User, boris: User, admin: User) -> None:
    Presence.objects.beat(ticket, anna, "reads")
    Presence.objects.beat(ticket, ilya, "notes")
    Presence.objects.beat(ticket, boris, "writes")

    assert [one.user for one in Presence.objects.others(ticket, admin)] == [boris, ilya, anna]


@pytest.mark.django_db(transaction=True)
def test_open_pages_hear_of_it(ticket: Ticket, anna: User) -> None:
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}, autocommit=True) as other:
        other.execute("listen otklik")
        Presence.objects.beat(ticket, anna, "writes")
        news = [json.loads(note.payload) for note in other.notifies(timeout=30, stop_after=1)]

    assert news == [{"about": "presence", "about_id": ticket.pk}]
