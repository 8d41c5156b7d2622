"""Visits on the card: planned in a dialog, told in a letter, closed with a result."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets import letters
from otklik.desk.tickets.models import Ticket, Visit
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PART = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


@pytest.fixture
def form(ticket: Ticket, ilya: User) -> dict[str, Any]:
    """In the time of the client, who lives five hours ahead of Moscow."""
    ticket.contact.time_zone = "Asia/Krasnoyarsk"
    ticket.contact.save()
    starts = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    return {
        "place": "Садовая, 5 <двор>",
        "starts": local(ticket, starts),
        "ends": local(ticket, starts + 2 * HOUR),
        "people": [ilya.pk],
        "bring": "Роутер",
        "route": "Код 12",
    }


def local(ticket: Ticket, moment: datetime) -> str:
    return f"{timezone.localtime(moment, letters.zone_of(ticket)):%Y-%m-%dT%H:%M}"


def card(client: Client, ticket: Ticket) -> str:
    return client.get(f"/tickets/{ticket.number}/card/visits/", headers=PART).content.decode()


def test_it_is_planned_in_the_time_of_the_client_and_told_at_once(
    ticket: Ticket, form: dict[str, Any], anna: User, ilya: User, post: Post, client_of: SignIn, paper: Paper
) -> None:
    asked = client_of(anna).get(f"/tickets/{ticket.number}/visits/", headers=PART).content.decode()
    assert asked.startswith("<dialog") and "Илья Соколов" in asked and "UTC+7" in asked

    assert post(anna, ticket, "visits", tell="on", **form).status_code == 204
    visit = Visit.objects.get()
    assert local(ticket, visit.starts_at) == form["starts"] and visit.is_told
    assert "UTC+7" in paper.letters[-1].text and "Код 12" not in paper.letters[-1].text

    shown = card(client_of(anna), ticket)
    assert "Садовая, 5 &lt;двор&gt;" in shown and "Роутер" in shown and "Код 12" in shown
    story = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "выезд: " in story and "Илья Соколов" in story


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post
) -> None:
    for field, wrong in (
        ("place", {"place": ""}),
        ("starts", {"starts": "вчера"}),
        ("ends", {"ends": form["starts"]}),
        ("people", {"people": []}),
    ):
        refused = post(anna, ticket, "visits", **{**form, **wrong})
        words = refused.content.decode()
        assert refused.status_code == 422 and f'id="e-{field}"' in words and "Роутер" in words
    assert not Visit.objects.exists()


def test_one_who_is_elsewhere_is_warned_of_and_may_go_nevertheless(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post
) -> None:
    assert post(anna, ticket, "visits", **form).status_code == 204
    refused = post(anna, ticket, "visits", **form)
    assert refused.status_code == 422 and 'name="despite"' in refused.content.decode()
    assert post(anna, ticket, "visits", despite="on", **form).status_code == 204
    assert Visit.objects.count() == 2


def test_a_letter_that_cannot_go_leaves_no_visit_behind(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post, client_of: SignIn
) -> None:
    """Another date is promised already and nobody says why it moves."""
    from otklik.desk.tickets.steps import PromiseDate

    ticket.reply("Ответим", by=anna, then=PromiseDate(clock.now() + HOUR, "ответить"))
    refused = post(anna, ticket, "visits", tell="on", **form)
    assert refused.status_code == 422 and 'id="e-why"' in refused.content.decode()
    assert not Visit.objects.exists()
    assert post(anna, ticket, "visits", tell="on", why="нужен выезд", **form).status_code == 204


def test_it_moves_and_the_client_is_told_why(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post, client_of: SignIn, paper: Paper
) -> None:
    post(anna, ticket, "visits", tell="on", **form)
    visit = Visit.objects.get()
    later = visit.ends_at + 5 * HOUR
    assert post(anna, ticket, f"visits/{visit.pk}", **{**form, "ends": local(ticket, later)}).status_code == 204
    assert "пока знает другое время" in card(client_of(anna), ticket)

    asked = client_of(anna).get(f"/tickets/{ticket.number}/visits/{visit.pk}/tell/", headers=PART).content.decode()
    assert 'name="why"' in asked and "Садовая" in asked
    assert post(anna, ticket, f"visits/{visit.pk}/tell", text="Приедем позже").status_code == 422
    told = post(anna, ticket, f"visits/{visit.pk}/tell", text="Приедем позже", why="машина занята")
    assert told.status_code == 204 and "Приедем позже" in paper.letters[-1].text


def test_its_states_are_pressed_and_its_result_is_asked_for(
    ticket: Ticket, form: dict[str, Any], anna: User, ilya: User, post: Post, client_of: SignIn
) -> None:
    post(anna, ticket, "visits", tell="on", **form)
    visit = Visit.objects.get()
    assert post(ilya, ticket, f"visits/{visit.pk}/coming").status_code == 204
    assert post(ilya, ticket, f"visits/{visit.pk}/confirmed").status_code == 409
    asked = client_of(ilya).get(f"/tickets/{ticket.number}/visits/{visit.pk}/failed/", headers=PART).content.decode()
    assert 'name="result"' in asked and 'name="by_client"' in asked
    assert post(ilya, ticket, f"visits/{visit.pk}/failed").status_code == 422
    done = post(ilya, ticket, f"visits/{visit.pk}/done", result="Заменили")
    assert done.status_code == 204 and f"visits/{visit.pk}/planned/" in done["HX-Trigger"]
    assert "Заменили" in card(client_of(anna), ticket)

    assert post(ilya, ticket, f"visits/{visit.pk}/planned").status_code == 204
    assert Visit.objects.get().state == "planned"


def test_who_may_not_see_the_request_learns_nothing(
    ticket: Ticket, form: dict[str, Any], anna: User, vera: User, quality: User, post: Post
) -> None:
    post(anna, ticket, "visits", **form)
    visit = Visit.objects.get()
    for path in ("visits", f"visits/{visit.pk}", f"visits/{visit.pk}/tell", f"visits/{visit.pk}/done"):
        assert post(vera, ticket, path, **form).status_code == 404
        assert post(quality, ticket, path, **form).status_code == 403
    assert post(anna, ticket, "visits/999999", **form).status_code == 404
    assert post(anna, ticket, f"visits/{visit.pk}/eaten").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"map_link": "https://[half"},
        {"map_link": "https://℀.com/"},
        {"map_link": "https:"},
        {"people": ["9" * 5000]},
        {"people": ["²"]},
        {"starts": "0001-01-01T00:00+14:00"},
        {"starts": "9999-12-31T23:59-12:00", "ends": "9999-12-31T23:59:30-12:00"},
        {"place": "\x00"},
        {"place": "о" * 301},
    ],
)
def test_no_form_breaks_the_page(ticket: Ticket, form: dict[str, Any], anna: User, post: Post, odd: object) -> None:
    refused = post(anna, ticket, "visits", tell="on", **{**form, **odd})  # type: ignore[dict-item]
    assert refused.status_code == 422 and not Visit.objects.exists()


def test_what_cannot_be_stored_is_left_out_and_a_place_is_one_line(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post, paper: Paper
) -> None:
    told = {**form, "place": "Садовая,\r\n5\x00", "route": "Код\n12\x00", "why": "ста\x00рый", "tell": "on"}
    assert post(anna, ticket, "visits", **told).status_code == 204
    visit = Visit.objects.get()
    assert (visit.place, visit.route) == ("Садовая, 5", "Код\n12")
    assert post(anna, ticket, f"visits/{visit.pk}/tell", text="Едем\x00").status_code == 204
    assert paper.letters[-1].text.startswith("Едем\n")


def seen_in(client: Client, ticket: Ticket, act: str) -> str:
    words = client.get(f"/tickets/{ticket.number}/{act}/", headers=PART).content.decode()
    return words.split('name="seen" value="')[1].split('"')[0]


def test_two_who_change_one_visit_do_not_undo_each_other(
    ticket: Ticket, form: dict[str, Any], anna: User, ilya: User, post: Post, client_of: SignIn, paper: Paper
) -> None:
    post(anna, ticket, "visits", **form)
    act = f"visits/{Visit.objects.get().pk}"
    seen = seen_in(client_of(anna), ticket, act)
    letter = seen_in(client_of(ilya), ticket, f"{act}/tell")
    assert post(anna, ticket, act, **{**form, "place": "Садовая, 7", "seen": seen}).status_code == 204

    late = post(ilya, ticket, act, **{**form, "bring": "Кабель", "seen": seen})
    words = late.content.decode()
    assert late.status_code == 422 and "Кабель" in words and f'value="{seen}"' not in words
    assert Visit.objects.get().place == "Садовая, 7"
    before = len(paper.letters)
    told = post(ilya, ticket, f"{act}/tell", text="Едем на Садовую, 5", seen=letter)
    assert told.status_code == 422 and len(paper.letters) == before
    assert post(ilya, ticket, f"{act}/tell", text="Едем", seen=seen_in(client_of(ilya), ticket, act)).status_code == 204


def test_a_letter_of_a_visit_that_is_sent_twice_leaves_once(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post, client_of: SignIn, paper: Paper
) -> None:
    post(anna, ticket, "visits", **form)
    act = f"visits/{Visit.objects.get().pk}/tell"
    words = client_of(anna).get(f"/tickets/{ticket.number}/{act}/", headers=PART).content.decode()
    key, before = words.split('name="key" value="')[1].split('"')[0], len(paper.letters)
    assert [post(anna, ticket, act, text="Едем", key=key).status_code for _ in "12"] == [204, 204]
    assert key and len(paper.letters) == before + 1


def test_a_letter_in_between_is_put_aside_until_the_visit(
    ticket: Ticket, form: dict[str, Any], anna: User, post: Post, client_of: SignIn
) -> None:
    """Nothing else is promised by it; what was promised, that somebody comes, stays."""
    post(anna, ticket, "visits", tell="on", **form)
    visit, page = Visit.objects.get(), client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    begins = f"{timezone.localtime(visit.starts_at):%Y-%m-%dT%H:%M}"
    assert 'value="aside" id="n-aside" checked' in page and begins in page and "Почему переносится" not in page

    sent = {"text": "Мастер позвонит за час.", "next": "aside", "aside_what": "выезд", "aside_agreed": "on"}
    answer = post(anna, ticket, "reply", **sent, aside_until="other", aside_other=begins, key="k7")
    assert answer.status_code == 200
    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at) == ("scheduled", visit.starts_at)
    assert ticket.promises.current().get() == visit.promise
