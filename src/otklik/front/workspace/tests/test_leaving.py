"""Whoever leaves the shift gives away what cannot wait for them."""

import pytest
from django.test import Client

from otklik.core.staff.models import Availability, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db


def availability(person: User) -> str:
    return User.objects.get(pk=person.pk).availability


def owners() -> list[int | None]:
    return list(Ticket.objects.order_by("due_at").values_list("owner", flat=True))


def test_with_nothing_at_hand_the_person_is_off_at_once(annas: Client, anna: User) -> None:
    assert annas.post("/my/leave/", headers={"HX-Request": "true"}).status_code == 200
    assert availability(anna) == Availability.OFF


def test_what_waits_for_the_person_is_shown_before(annas: Client, anna: User, crowd: Crowd) -> None:
    crowd([30, 60 * 40], owner=anna)
    crowd([90], owner=anna, status="pending_client")
    anna.say(Availability.READY, by=anna)

    answer = annas.post("/my/leave/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/my/leaving/"
    assert availability(anna) == Availability.READY

    page = annas.get("/my/leaving/").content.decode()
    assert page.count('name="ids"') == 2, "what waits for others has its date and stays"
    assert page.count("checked>") == 2, "one that cannot wait, and the queue of the line as its way"


def test_the_ticked_ones_go_to_the_queue_or_to_a_colleague(annas: Client, anna: User, ilya: User, crowd: Crowd) -> None:
    crowd([30, 60, 60 * 40], owner=anna)
    first, second, _third = Ticket.objects.order_by("due_at").values_list("pk", flat=True)

    answer = annas.post("/my/leaving/", {"ids": [first], "owner": ""})
    assert answer.status_code == 302 and availability(anna) == Availability.OFF
    assert owners() == [None, anna.pk, anna.pk]

    annas.post("/my/leaving/", {"ids": [second], "owner": ilya.pk})
    assert owners() == [None, ilya.pk, anna.pk]


def test_nobody_gives_away_what_is_not_theirs(annas: Client, anna: User, ilya: User, crowd: Crowd) -> None:
    crowd([30], owner=ilya)

    annas.post("/my/leaving/", {"ids": list(Ticket.objects.values_list("pk", flat=True)), "owner": ""})

    assert owners() == [ilya.pk]


def test_what_could_not_be_given_keeps_the_person_and_says_why(
    annas: Client, anna: User, vera: User, ilya: User, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    from otklik.desk.routing.colleagues import Colleague

    crowd([30], owner=anna)
    anna.say(Availability.READY, by=anna)
    monkeypatch.setattr(Colleague, "why_not", lambda *_: "Илья Соколов занят")

    answer = annas.post("/my/leaving/", {"ids": list(Ticket.objects.values_list("pk", flat=True)), "owner": ilya.pk})

    assert answer.status_code == 422 and "Илья Соколов занят" in answer.content.decode()
    assert availability(anna) == Availability.READY and owners() == [anna.pk]


def test_the_page_asks_no_more_for_many(annas: Client, anna: User, crowd: Crowd, django_assert_max_num_queries) -> None:
    crowd(range(1, 31), owner=anna)
    with django_assert_max_num_queries(16):
        annas.get("/my/leaving/")
