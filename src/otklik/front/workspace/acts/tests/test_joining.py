"""Joining, splitting, moving by the screens: who may, what is asked, and the way back."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write, fresh

pytestmark = pytest.mark.django_db

TOO_LATE = "Одно из обращений уже присоединено к другому."
type Door = Callable[[User], Client]


@pytest.fixture
def pair(ticket: Ticket, writes: Write) -> tuple[Ticket, Ticket]:
    return ticket, writes("Звонок всё ещё не работает", subject="Опять звонок")


def test_the_older_one_goes_on_whichever_page_it_was_asked_on(
    pair: tuple[Ticket, Ticket], anna: User, post: Post
) -> None:
    older, newer = pair
    answer = post(anna, older, "join", other=newer.number)

    assert answer["HX-Redirect"].startswith(f"/tickets/{older.number}/")
    assert fresh(newer).merged_into == older and fresh(older).is_open


def test_one_click_turns_it_round(pair: tuple[Ticket, Ticket], anna: User, post: Post) -> None:
    older, newer = pair
    post(anna, older, "join", number=f"№ {newer.number}", stays="newer")
    assert fresh(older).merged_into == newer


def test_an_open_request_outlives_an_older_ended_one(pair: tuple[Ticket, Ticket], anna: User, post: Post) -> None:
    older, newer = pair
    fresh(older).close("spam", by=anna)
    post(anna, newer, "join", number=older.number)
    assert fresh(older).merged_into == newer and fresh(newer).is_open


def test_the_dialog_offers_the_clients_other_requests(
    pair: tuple[Ticket, Ticket], anna: User, client_of: Door, writes: Write
) -> None:
    older, newer = pair
    stranger = writes("Чужое", sender="olga@other.test")
    page = client_of(anna).get(f"/tickets/{newer.number}/join/").content.decode()
    assert f'value="{older.number}" checked' in page and f'value="{stranger.number}"' not in page


@pytest.mark.parametrize("number", ["", "999999", "слово", "9" * 30])
def test_what_cannot_be_joined_is_said_in_the_dialog(
    pair: tuple[Ticket, Ticket], anna: User, post: Post, number: str
) -> None:
    answer = post(anna, pair[1], "join", number=number)
    assert answer.status_code == 422 and 'id="e-other"' in answer.content.decode()
    assert not Relocation.objects.exists()


def test_ACCESS_3_a_request_of_another_line_is_the_same_as_none(
    pair: tuple[Ticket, Ticket], vera: User, anna: User, post: Post, line_two: Any
) -> None:
    """From either side, for joining, moving and undoing."""
    older, newer = pair
    done = fresh(newer).merge_into(fresh(older), by=anna)
    own = Ticket.objects.filter(pk=newer.pk)
    own.update(team=line_two)
    for act in ("join", f"relocations/{done.pk}/undo", "messages/1/elsewhere"):
        assert post(vera, older, act, other=newer.number).status_code == 404
    assert post(vera, newer, f"relocations/{done.pk}/undo").status_code == 404
    assert post(anna, older, f"relocations/{done.pk}/undo").status_code == 404
    assert fresh(newer).merged_into == older


def test_ACCESS_3_the_words_do_not_tell_a_foreign_request_from_a_missing_one(
    pair: tuple[Ticket, Ticket], anna: User, post: Post, line_two: Any
) -> None:
    older, newer = pair
    Ticket.objects.filter(pk=older.pk).update(team=line_two)
    foreign = post(anna, newer, "join", number=older.number).content.decode()
    missing = post(anna, newer, "join", number=older.number + 5000).content.decode()
    token = re.compile('name="csrfmiddlewaretoken" value="[^"]+"')
    told = [token.sub("", page) for page in (foreign, missing)]
    assert told[0].replace(str(older.number), "N") == told[1].replace(str(older.number + 5000), "N")


def test_reading_alone_is_not_enough(pair: tuple[Ticket, Ticket], quality: User, post: Post) -> None:
    assert post(quality, pair[0], "join", other=pair[1].number).status_code == 403


def test_letters_of_another_person_are_confirmed(ticket: Ticket, anna: User, post: Post, writes: Write) -> None:
    other = writes("Чужое письмо", sender="olga@volga.test", sender_name="Ольга Нилова")
    asked = post(anna, ticket, "join", number=other.number)
    page = asked.content.decode()
    assert asked.status_code == 422 and 'name="disclose"' in page and "Ольга Нилова" in page

    post(anna, ticket, "join", number=other.number, disclose="on")
    assert fresh(other).merged_into == ticket


def test_who_was_slower_reads_why(pair: tuple[Ticket, Ticket], anna: User, ilya: User, post: Post) -> None:
    older, newer = pair
    fresh(newer).merge_into(fresh(older), by=ilya)
    asked = post(anna, older, "join", number=newer.number)
    assert asked.status_code == 422 and TOO_LATE in asked.content.decode()
    quick = post(anna, older, "join", other=newer.number, quick="1")
    assert quick.status_code == 409 and json.loads(quick["HX-Trigger"])["say"]["text"] == TOO_LATE


def test_the_page_of_a_joined_request_leads_on_and_back(
    pair: tuple[Ticket, Ticket], anna: User, post: Post, client_of: Door
) -> None:
    older, newer = pair
    post(anna, newer, "join", other=older.number)
    act = Relocation.objects.get()
    page = client_of(anna).get(f"/tickets/{newer.number}/").content.decode()
    assert f"Продолжается в № {older.number}" in page and f'href="/tickets/{older.number}/"' in page
    assert "reply-text" not in page and f"/tickets/{newer.number}/relocations/{act.pk}/undo/" in page

    post(anna, newer, f"relocations/{act.pk}/undo")
    assert fresh(newer).merged_into is None
    assert post(anna, newer, f"relocations/{act.pk}/undo").status_code == 409


def test_the_story_names_the_other_request_and_takes_it_back(
    pair: tuple[Ticket, Ticket], anna: User, boris: User, post: Post, client_of: Door
) -> None:
    older, newer = pair
    post(anna, newer, "join", other=older.number)
    act = Relocation.objects.get()
    page = client_of(boris).get(f"/tickets/{older.number}/").content.decode()
    assert f'<a class="link" href="/tickets/{newer.number}/">№ {newer.number}</a>' in page
    assert f"/tickets/{older.number}/relocations/{act.pk}/undo/" in page


def test_nothing_is_done_on_a_joined_request(
    pair: tuple[Ticket, Ticket], anna: User, post: Post, promise: dict[str, Any]
) -> None:
    """A page that stood open since before: every act says why not, and what was typed is not lost."""
    older, newer = pair
    post(anna, newer, "join", other=older.number)
    for act, told in (
        ("reply", {**promise, "seen": 10**9}),
        ("note", {"note": "Заметка"}),
        ("take", {}),
        ("reopen", {}),
        ("assign", {"owner": anna.pk}),
    ):
        assert post(anna, newer, act, **told).status_code in (409, 422), act
    assert post(anna, newer, "draft", text="Начала", mode="reply").status_code == 422
    assert not newer.conversation.messages.exists()


def test_the_clients_other_request_stands_on_top(pair: tuple[Ticket, Ticket], anna: User, client_of: Door) -> None:
    older, newer = pair
    page = client_of(anna).get(f"/tickets/{newer.number}/").content.decode()
    assert f"открыто ещё одно обращение, № {older.number}" in page and 'name="quick"' in page


def test_news_of_a_joining_draw_the_open_page_anew(
    pair: tuple[Ticket, Ticket], anna: User, ilya: User, client_of: Door
) -> None:
    """Letters came in between, with numbers that the page has passed already."""
    older, newer = pair
    fresh(newer).merge_into(fresh(older), by=anna)
    address = f"/tickets/{older.number}/timeline/?after={10**6}&event=0"
    page = client_of(ilya).get(address).content.decode()
    assert 'hx-target="#timeline"' in page and "Звонок всё ещё не работает" in page


# -- messages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def second(ticket: Ticket, writes: Write) -> Message:
    writes("И смените тариф", token=ticket.conversation.token)
    found = ticket.conversation.messages.order_by("id").last()
    assert found
    return found


def test_a_message_becomes_a_request_of_its_own(
    ticket: Ticket, second: Message, anna: User, post: Post, client_of: Door
) -> None:
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert f"/tickets/{ticket.number}/messages/{second.pk}/elsewhere/?how=new" in page

    post(anna, ticket, f"messages/{second.pk}/elsewhere", how="new", scope="this", subject="Тариф")
    begun = Ticket.objects.exclude(pk=ticket.pk).get()
    assert begun.subject == "Тариф" and begun.conversation.messages.count() == 1


def test_this_and_all_later_ones(
    ticket: Ticket, second: Message, anna: User, post: Post, client_of: Door, writes: Write
) -> None:
    writes("Ещё о тарифе", token=ticket.conversation.token)
    asked = client_of(anna).get(f"/tickets/{ticket.number}/messages/{second.pk}/elsewhere/?how=new").content.decode()
    assert 'value="later"' in asked
    post(anna, ticket, f"messages/{second.pk}/elsewhere", how="new", scope="later")
    assert Ticket.objects.exclude(pk=ticket.pk).get().conversation.messages.count() == 2


def test_a_message_goes_to_another_request_and_back(
    ticket: Ticket, second: Message, anna: User, post: Post, writes: Write
) -> None:
    tariff = writes("Хочу другой тариф")
    post(anna, ticket, f"messages/{second.pk}/elsewhere", how="other", scope="this", other=tariff.number)
    second.refresh_from_db()
    assert second.conversation == tariff.conversation

    post(anna, tariff, f"relocations/{Relocation.objects.get().pk}/undo")
    second.refresh_from_db()
    assert second.conversation == ticket.conversation


def test_the_last_message_is_not_taken_away(ticket: Ticket, anna: User, post: Post) -> None:
    """Everything from the first one on: the dialog says what to do instead."""
    only = ticket.conversation.messages.order_by("id").first()
    assert only
    Outbound.objects.update(state=Outbound.State.SENT)  # the receipt
    answer = post(anna, ticket, f"messages/{only.pk}/elsewhere", how="new", scope="later")
    assert answer.status_code == 422 and 'id="e-messages"' in answer.content.decode()
    assert Ticket.objects.count() == 1


def test_a_message_of_another_request_is_none_of_this_one(
    ticket: Ticket, anna: User, post: Post, writes: Write
) -> None:
    other = writes("Другое").conversation.messages.first()
    assert other
    assert post(anna, ticket, f"messages/{other.pk}/elsewhere", how="new").status_code == 404
