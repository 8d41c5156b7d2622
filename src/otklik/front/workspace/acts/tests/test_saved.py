"""Saved replies in the composer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft, SavedReply
from otklik.desk.tickets import letters
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
TEXT = (
    "Здравствуйте, {{клиент}}!\nПозвоним {{клиент кому}} ({{организация}}) {{срок}}, № {{номер}}. "
    "{{причина}}\n{{сотрудник}}"
)


@pytest.fixture
def greeting(line_one: Team) -> SavedReply:
    return SavedReply.objects.create(name="Обрыв связи", shortcut="обрыв", text=TEXT, team=line_one)


def inserted(post: Post, user: User, ticket: Ticket, reply: SavedReply, **told: Any) -> dict[str, Any]:
    found: dict[str, Any] = post(user, ticket, f"saved/{reply.pk}/insert", **told).json()
    return found


def test_a_text_is_filled_in_for_this_client(
    ticket: Ticket, anna: User, post: Post, greeting: SavedReply, tonight: str
) -> None:
    said = inserted(post, anna, ticket, greeting, next="promise", promise_until=tonight)

    date = letters.moment(datetime.fromisoformat(tonight), letters.zone_of(ticket))
    assert said["text"] == (
        f"Здравствуйте, Павел Демидов!\nПозвоним Павлу Демидову (Волга) {date}, № {ticket.number}. "
        "{{причина}}\nАнна Белова"
    )
    assert said["holes"] == ["{{причина}}"]


def test_the_client_is_addressed_as_they_want(
    ticket: Ticket, anna: User, post: Post, greeting: SavedReply, pavel: Contact
) -> None:
    pavel.address_as = "Павел Андреевич, на «вы»"
    pavel.save()

    said = inserted(post, anna, ticket, greeting)["text"]

    assert "Здравствуйте, Павел Андреевич!" in said and "Позвоним Павлу Андреевичу" in said
    assert "{{срок}}" in said  # nothing is promised


def test_who_reads_english_gets_english(
    ticket: Ticket, anna: User, post: Post, greeting: SavedReply, pavel: Contact
) -> None:
    greeting.text_en = "Dear {{client}}, request {{number}}."
    greeting.save()
    assert "Здравствуйте" in inserted(post, anna, ticket, greeting)["text"]

    pavel.language = "en"
    pavel.save()
    assert inserted(post, anna, ticket, greeting)["text"] == f"Dear Павел Демидов, request {ticket.number}."


def test_INJECT_2_a_client_named_like_a_place_fills_in_nothing(
    ticket: Ticket, anna: User, post: Post, pavel: Contact
) -> None:
    pavel.name = "{{сотрудник}} [тут](https://evil.test)"
    pavel.save()
    reply = SavedReply.objects.create(name="Привет", text="{{клиент}}", owner=anna)

    said = inserted(post, anna, ticket, reply)

    assert said["text"] == "{{сотрудник}} тут (https://evil.test)" and said["holes"] == ["{{сотрудник}}"]


def test_an_open_place_stops_the_sending_once(ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]) -> None:
    stopped = post(anna, ticket, "reply", **{**promise, "text": "Из-за {{причина}}."})
    assert stopped.status_code == 422 and 'id="doubts"' in stopped.content.decode()
    assert "{{причина}}" in stopped.content.decode()

    assert post(anna, ticket, "reply", **{**promise, "text": "Из-за {{причина}}.", "sure": "on"}).status_code == 200


def test_mine_come_first_and_texts_of_others_are_not_there(
    ticket: Ticket, anna: User, ilya: User, line_two: Team, client_of: SignIn, greeting: SavedReply, post: Post
) -> None:
    mine = SavedReply.objects.create(name="Ясно", shortcut="я", text="Ясно.", owner=anna)
    others = [
        SavedReply.objects.create(name="Личное Ильи", text="x", owner=ilya),
        SavedReply.objects.create(name="Вторая линия", text="x", team=line_two),
    ]
    everybody = SavedReply.objects.create(name="Общее", text="x")
    inserted(post, anna, ticket, mine)

    page = client_of(anna)
    names = [each["name"] for each in page.get(f"/tickets/{ticket.number}/saved/names/").json()["replies"]]
    shown = page.get(f"/tickets/{ticket.number}/saved/").content.decode()

    assert names == [mine.name, greeting.name, everybody.name]
    assert all(name in shown for name in names) and not any(other.name in shown for other in others)
    for other in others:
        for act in ("", "/insert"):
            assert post(anna, ticket, f"saved/{other.pk}{act}").status_code == 404


def test_the_preview_marks_what_is_open(ticket: Ticket, anna: User, post: Post, greeting: SavedReply) -> None:
    page = post(anna, ticket, f"saved/{greeting.pk}").content.decode()

    assert "Павлу Демидову" in page and '<span class="chip hole" data-s="soon">причина</span>' in page
    assert not greeting.uses.exists()


def test_without_scripts_the_text_goes_below_the_draft(
    ticket: Ticket, anna: User, post: Post, greeting: SavedReply
) -> None:
    ticket.keep_draft("Добрый день.", by=anna, mode="reply", form={"next": "wait"})

    answer = post(anna, ticket, f"saved/{greeting.pk}/insert", plain=True, view="view=mine")

    draft = Draft.objects.get()
    assert answer["Location"] == f"/tickets/{ticket.number}/?view=mine&compose=reply"
    assert draft.text.startswith("Добрый день.\n\nЗдравствуйте, Павел Демидов!") and draft.form == {"next": "wait"}


def test_uses_are_counted(ticket: Ticket, anna: User, ilya: User, post: Post, greeting: SavedReply) -> None:
    for user in (anna, anna, ilya):
        inserted(post, user, ticket, greeting)

    assert sorted(greeting.uses.values_list("times", flat=True)) == [1, 2]


def test_quality_controllers_choose_nothing(ticket: Ticket, quality: User, client_of: SignIn) -> None:
    assert client_of(quality).get(f"/tickets/{ticket.number}/saved/").status_code == 403
