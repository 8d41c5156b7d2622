"""Take, give, pass on."""

import json
from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, Availability, Team, User
from otklik.desk.conversations.models import Draft
from otklik.desk.routing.models import Pick
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.picks import Reason
from otklik.front.workspace.acts.tests.conftest import Post
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_taking_makes_one_the_owner_and_the_slower_hears_who_was_quicker(
    ticket: Ticket, anna: User, ilya: User, post: Post
) -> None:
    taken = post(anna, ticket, "take")
    assert taken.status_code == 204
    assert json.loads(taken["HX-Trigger"])["say"]["state"] == "quiet", "the strip shows it; only a reader hears it"
    late = post(ilya, ticket, "take")

    assert late.status_code == 409 and "\\u0410\\u043d\\u043d\\u0430" in late["HX-Trigger"]
    assert late["HX-Reswap"] == "none"
    ticket.refresh_from_db()
    assert ticket.owner == anna


def test_whoever_takes_out_of_turn_is_offered_to_say_why(
    writes: Write, anna: User, ilya: User, post: Post, client_of: object
) -> None:
    """The request is theirs at once; the line offers the question, and one of few reasons is kept."""
    with clock.at(clock.now() - timedelta(hours=1)):
        older = writes("Первый", sender="first@volga.test", external_id="<first>")
    ticket = writes("Второй", sender="second@volga.test", external_id="<second>")
    Ticket.objects.filter(pk=older.pk).update(due_at=clock.now() - timedelta(minutes=1))
    why = f"/tickets/{ticket.number}/take/why/"
    assert post(anna, ticket, "take/why").status_code == 409, "nobody has picked it yet"

    said = json.loads(post(anna, ticket, "take")["HX-Trigger"])["say"]
    assert said["ask"]["address"] == why and said["state"] == "info" and "ticket:changed" not in said

    page = client_of(anna).get(why, headers={"HX-Request": "true"}).content.decode()  # type: ignore[operator]
    assert page.startswith("<dialog") and page.count('type="radio"') == len(Reason)
    wrong = post(anna, ticket, "take/why", reason="потому что")
    assert wrong.status_code == 422 and "Выберите причину" in wrong.content.decode()
    assert post(anna, ticket, "take/why", reason="asked").status_code == 204
    assert Pick.objects.get(ticket=ticket).reason == Reason.ASKED
    assert post(ilya, ticket, "take/why", reason="lead").status_code == 409, "it was not they who chose"
    again = json.loads(post(anna, ticket, "take")["HX-Trigger"])["say"]
    assert again["state"] == "quiet" and not again.get("ask"), "it is theirs: nothing was picked, and nothing is asked"
    assert json.loads(post(anna, older, "take")["HX-Trigger"])["say"]["state"] == "quiet", "it was its turn"


def test_without_scripts_the_question_is_a_page(writes: Write, anna: User, post: Post) -> None:
    with clock.at(clock.now() - timedelta(hours=1)):
        writes("Первый", sender="first@volga.test", external_id="<first>")
    ticket = writes("Второй", sender="second@volga.test", external_id="<second>")
    Ticket.objects.exclude(pk=ticket.pk).update(due_at=clock.now() - timedelta(minutes=1))

    answer = post(anna, ticket, "take", plain=True, view="view=line")
    assert answer["Location"] == f"/tickets/{ticket.number}/take/why/?view=line"


def test_without_scripts_the_one_who_takes_is_led_back(ticket: Ticket, anna: User, post: Post) -> None:
    answer = post(anna, ticket, "take", plain=True, view="view=line")

    assert answer["Location"] == f"/tickets/{ticket.number}/?view=line"


def test_the_dialog_shows_people_of_the_line_with_what_waits_for_them(
    writes: Write, ticket: Ticket, anna: User, ilya: User, vera: User, client_of: object
) -> None:
    writes("Ещё").take(by=ilya)

    page = client_of(anna).get(f"/tickets/{ticket.number}/assign/", headers={"HX-Request": "true"}).content.decode()  # type: ignore[operator]

    assert page.startswith("<dialog") and "Илья Соколов" in page and "Вера" not in page
    assert page.index("Анна Белова") < page.index("Илья Соколов")


def test_giving_to_a_colleague_and_back_to_the_queue(ticket: Ticket, anna: User, ilya: User, post: Post) -> None:
    post(anna, ticket, "assign", owner=ilya.pk)
    ticket.refresh_from_db()
    assert ticket.owner == ilya

    post(ilya, ticket, "assign", owner="")
    ticket.refresh_from_db()
    assert ticket.owner is None


def test_only_a_lead_gives_away_what_another_works_on(
    ticket: Ticket, anna: User, ilya: User, boris: User, post: Post
) -> None:
    ticket.take(by=ilya)

    assert post(anna, ticket, "assign", owner=anna.pk).status_code == 422
    ticket.refresh_from_db()
    assert ticket.owner == ilya

    post(boris, ticket, "assign", owner=anna.pk)
    ticket.refresh_from_db()
    assert ticket.owner == anna


def test_a_stranger_to_the_line_cannot_be_given_the_ticket(ticket: Ticket, anna: User, vera: User, post: Post) -> None:
    assert post(anna, ticket, "assign", owner=vera.pk).status_code == 422


def test_passing_on_needs_a_question_and_what_is_expected_and_leads_the_agent_on(
    ticket: Ticket, anna: User, line_two: Team, post: Post
) -> None:
    told = {"line": line_two.pk, "question": "Нет звука", "tried": "Проверен роутер", "expected": "Доступ к маршрутам"}
    for field in ("question", "expected"):
        refused = post(anna, ticket, "handover", **{**told, field: " "})
        assert refused.status_code == 422 and f'id="e-{field}"' in refused.content.decode()

    answer = post(anna, ticket, "handover", **told)

    assert answer["HX-Redirect"] == "/queue/mine/"
    ticket.refresh_from_db()
    assert (ticket.team, ticket.owner) == (line_two, None)
    note = ticket.conversation.messages.get(direction="note").text
    assert all(str(words) in note for words in ("Нет звука", "Проверен роутер", "Доступ к маршрутам"))


def test_the_words_stand_above_the_conversation_and_the_line_returns_it(
    ticket: Ticket, anna: User, vera: User, line_two: Team, post: Post, client_of: object
) -> None:
    told = {"line": line_two.pk, "question": "Нет звука", "tried": "", "expected": "Доступ к маршрутам"}
    ticket.take(by=anna)
    post(anna, ticket, "handover", **told)

    page = client_of(vera).get(f"/tickets/{ticket.number}/").content.decode()  # type: ignore[operator]
    assert "Доступ к маршрутам" in page and f"/tickets/{ticket.number}/handover/return/" in page
    assert post(vera, ticket, "handover/return", reason="").status_code == 422
    post(vera, ticket, "handover/return", reason="Не проверен роутер")

    ticket.refresh_from_db()
    assert ticket.owner == anna
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()  # type: ignore[operator]
    assert "Не проверен роутер" in page and "Вера Лис" in page
    assert post(anna, ticket, "handover/return", reason="И ещё раз").status_code == 422


def test_the_next_ticket_is_taken_and_opened(ticket: Ticket, anna: User, client_of: object) -> None:
    taken = client_of(anna).post("/queue/next/")  # type: ignore[operator]
    empty = client_of(anna).post("/queue/next/")  # type: ignore[operator]

    assert (taken["Location"], empty["Location"]) == (f"/tickets/{ticket.number}/", "/queue/mine/")


def test_the_dialog_shows_who_is_ready_and_who_is_away(
    ticket: Ticket, anna: User, ilya: User, boris: User, client_of: object
) -> None:
    ilya.say(Availability.READY, by=ilya)
    Absence.objects.declare(boris, by=boris, until=clock.now() + timedelta(days=1), deputy=ilya)

    page = client_of(anna).get(f"/tickets/{ticket.number}/assign/", headers={"HX-Request": "true"}).content.decode()  # type: ignore[operator]

    rows = page.split('<label class="choice">')
    his, theirs = (next(row for row in rows if f'value="{one.pk}"' in row) for one in (boris, ilya))
    assert "disabled" in his and "Илья Соколов" in his and 'data-s="off"' in his
    assert "disabled" not in theirs and 'data-s="ok"' in theirs


def test_what_is_known_goes_along_to_a_colleague_and_stays_as_a_note(
    ticket: Ticket, anna: User, ilya: User, post: Post, client_of: object
) -> None:
    door = client_of(anna)  # type: ignore[operator]
    address, part = f"/tickets/{ticket.number}/assign/", {"HX-Request": "true"}
    assert 'name="tried"' not in door.get(address, headers=part).content.decode(), "nobody passes on what waits"
    ticket.take(by=anna)
    page = door.get(address, headers=part).content.decode()
    assert 'name="tried"' in page and f'name="known_question" value="{ticket.subject}"' in page

    post(anna, ticket, "assign", owner=ilya.pk, question="Нет звука", tried="Проверен роутер", promised="Позвонить")

    note = ticket.conversation.messages.get(direction="note")
    assert note.author == anna and all(said in note.text for said in ("Нет звука", "Проверен роутер", "Позвонить"))
    stood = {"known_question": f"{ticket.subject}: 15:00", "question": f" {ticket.subject}: 15:00\r\n"}  # an hour ago
    post(ilya, ticket, "assign", owner=anna.pk, tried=" ", promised="", **stood)
    assert ticket.conversation.messages.filter(direction="note").count() == 1, "nothing was told"
    moves = Entry.objects.filter(kind="tickets.TicketAssigned").order_by("id")
    assert [one.data["card"] for one in moves] == [None, True, False]


def test_a_card_leaves_the_note_that_was_begun(
    ticket: Ticket, anna: User, ilya: User, line_two: Team, post: Post
) -> None:
    ticket.take(by=anna)
    for person in (anna, ilya):
        ticket.keep_draft("Начато", by=person, mode=Draft.Mode.NOTE, form={})

    post(anna, ticket, "assign", owner=ilya.pk, question="Нет звука", tried="Проверен роутер", promised="")
    post(ilya, ticket, "handover", line=line_two.pk, question="Нет звука", tried="", expected="Доступ")

    assert ticket.conversation.messages.filter(direction="note").count() == 2
    assert Draft.objects.filter(conversation=ticket.conversation, mode=Draft.Mode.NOTE).count() == 2
